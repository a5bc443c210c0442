from __future__ import annotations

from typing import TYPE_CHECKING

from simcord.components import validate_embeds

from bot.embeds import moderation
from catalog.moderation import USUAL, Moderation

if TYPE_CHECKING:
    import discord


def _said(embed: discord.Embed) -> dict[str | None, str | None]:
    return {field.name: field.value for field in embed.fields}


def test_what_is_usual() -> None:
    """A server that settled nothing is told what holds then, in words."""
    said = _said(moderation.card(USUAL))
    assert said["Who moderates"] == "Its owner, everybody who may manage the server"
    assert (said["Where proposals are shown"] or "").startswith("Nowhere, as no channel is set: they wait")
    assert said["How much a member may propose"] == "5 proposals in 24 hours."
    assert said["How long a proposal waits"] == (
        "Moderators are reminded after 7 days. After 14 days it expires, unless nobody could be reminded."
    )
    assert said["Who may not propose"] == "Nobody is blocked."


def test_what_was_chosen() -> None:
    """Roles, channels and members are shown as mentions, which in an embed call nobody."""
    said = _said(moderation.card(Moderation(roles=(1, 2), review_channel=3, log_channel=4, blocked=(5,))))
    assert (said["Who moderates"] or "").endswith(", <@&1>, <@&2>")
    assert said["Where proposals are shown"] == "<#3>"
    assert said["Where changes are told"] == "<#4>"
    assert said["Who may not propose"] == "<@5>"


def test_a_channel_that_fails() -> None:
    """A channel that can't be written to is told apart from one that can."""
    said = _said(moderation.card(Moderation(review_channel=3, log_channel=4), [3]))
    assert "I can't write there" in (said["Where proposals are shown"] or "")
    assert said["Where changes are told"] == "<#4>"


def test_as_much_as_there_can_be() -> None:
    """The most roles and blocked members have room; those who aren't named are counted."""
    ids = tuple(range(10**18, 10**18 + 500))
    embed = moderation.card(Moderation(roles=ids[:25], blocked=ids, daily_limit=0, remind_days=1))
    validate_embeds([embed.to_dict()])
    said = _said(embed)
    assert (said["Who moderates"] or "").count("<@&") == 25
    assert (said["Who may not propose"] or "").endswith(" and 490 more")
    assert said["How much a member may propose"] == "Nothing: proposals are turned off."
    assert (said["How long a proposal waits"] or "").startswith("Moderators are reminded after 1 day.")
