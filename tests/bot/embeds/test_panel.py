from __future__ import annotations

import discord
from hypothesis import given
from hypothesis import strategies as st
from simcord.components import validate_embeds

from bot.embeds.panel import Panel

#: From nothing to more than any part holds.
sizes = st.integers(0, 5000) | st.sampled_from([1, 39, 40, 41, 256, 257, 1023, 1024, 1025, 4096, 4097])


@given(sizes, sizes, st.lists(st.tuples(st.integers(1, 300), sizes), max_size=30), sizes)
def test_keeps_within_limits(title: int, text: int, fields: list[tuple[int, int]], footer: int) -> None:
    """Whatever goes into an embed, it keeps Discord's limits, and says so when a field was left out."""
    panel = Panel("t" * title, discord.Colour(0), footer="f" * footer).text("x" * text)
    for name, value in fields:
        panel.field("n" * name, "v" * value)
    embed = panel.embed()
    validate_embeds([embed.to_dict()])
    assert all(field.name and field.value for field in embed.fields)
    asked = sum(1 for _, value in fields if value)
    if len(embed.fields) < asked:
        assert "more not shown" in (embed.footer.text or "")
        assert f"{asked - len(embed.fields)} more not shown" in (embed.footer.text or "")


def test_important_parts_first() -> None:
    """Sources in the footer keep their room however long the text is."""
    embed = Panel("t", discord.Colour(0), footer="the source").text("x " * 4000).embed()
    assert embed.footer.text == "the source"
    assert (embed.description or "").endswith("…")
