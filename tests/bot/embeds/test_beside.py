from __future__ import annotations

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.embeds.beside import beside
from bot.limits import EMBED_TOTAL


def _embed(text: int, fields: int, size: int, footer: str = "") -> discord.Embed:
    embed = discord.Embed(title="t", description="x" * text)
    for n in range(fields):
        embed.add_field(name=f"n{n}", value="v" * size)
    return embed.set_footer(text=footer) if footer else embed


@given(
    st.integers(0, 4000), st.integers(0, 5), st.integers(0, 4000), st.integers(0, 20), st.integers(1, 1024)
)
def test_both_keep_the_limit_of_one_message(
    text: int, fields: int, other: int, others: int, size: int
) -> None:
    """Whatever two embeds hold, together they keep the limit, and the first one loses nothing."""
    first = _embed(text, min(fields, 1), 1000)
    shown = beside(first, _embed(other, others, size, "the end"))
    assert shown[0].to_dict() == first.to_dict()
    assert sum(map(len, shown)) <= EMBED_TOTAL


def test_what_fits_is_left_alone() -> None:
    """Two small embeds stay as they are, and one alone does."""
    first, card = _embed(10, 1, 10), _embed(10, 3, 10, "the end")
    assert beside(first, card)[1].to_dict() == card.to_dict()
    assert beside(first, None) == [first]


def test_what_is_left_out_is_counted() -> None:
    """The last fields go first; the footer says how many, and the embed that was handed in stays whole."""
    card = _embed(10, 6, 1000, "the end")
    _, shown = beside(_embed(2000, 0, 0), card)
    assert [field.name for field in shown.fields] == ["n0", "n1", "n2"]
    assert shown.footer.text == "the end · 3 more not shown here"
    assert len(card.fields) == 6
