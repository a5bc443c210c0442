"""What went wrong, said to the person who met it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.embeds.palette import PROBLEM
from bot.embeds.panel import Panel
from bot.markdown import escape
from catalog.text import clean_prose

if TYPE_CHECKING:
    import discord

#: A command or an option, marked as such by the bot; of nothing but letters, it can do no harm whoever wrote it.
_COMMAND: Final = re.compile(r"\\`(/?[a-z]+(?:(?: |\\_)[a-z]+)*)\\`")


def _marked(found: re.Match[str]) -> str:
    # Between backticks an underscore stands for itself.
    return f"`{found[1].replace(chr(92), '')}`"


def refusal(reason: str) -> discord.Embed:
    """Say what can't be done and why, in the words of the error; what it repeats shows nothing invisible."""
    text = _COMMAND.sub(_marked, escape(clean_prose(reason)))
    return Panel("That didn't work", PROBLEM).text(text).embed()


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
