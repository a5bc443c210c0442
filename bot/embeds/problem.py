"""What went wrong, said to the person who met it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds.palette import PROBLEM
from bot.embeds.panel import Panel
from bot.markdown import escape
from catalog.text import clean_prose

if TYPE_CHECKING:
    import discord


def refusal(reason: str) -> discord.Embed:
    """Say what can't be done and why, in the words of the error; what it repeats shows nothing invisible."""
    return Panel("That didn't work", PROBLEM).text(escape(clean_prose(reason))).embed()


def fault(incident: str) -> discord.Embed:
    """Say that the fault is ours, with the id under which it is logged."""
    return (
        Panel("Something broke on our side", PROBLEM)
        .text(
            "Nothing was changed. Try again; if it happens again, tell whoever runs this bot the number below."
        )
        .field("Incident", f"`{incident}`")
        .embed()
    )
