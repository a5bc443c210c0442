"""Files that were taken in or handed out, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.embeds.lines import listed, one_line
from bot.embeds.palette import NEUTRAL
from bot.embeds.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

_NAME: Final = 100
_NOTE: Final = 400
_NOTES: Final = 3000


def nothing_new(filename: str, notes: Sequence[str]) -> discord.Embed:
    """Say that a file holds nothing that isn't known."""
    lines = [f"- {one_line(note, _NOTE)}" for note in notes]
    said = f"{one_line(filename, _NAME)} changes nothing.\n{listed(lines, _NOTES)}"
    return Panel("Nothing to import", NEUTRAL).text(said).embed()


def handed_out(filename: str, count: int, form: str) -> discord.Embed:
    """Say what is in a file that goes with the message."""
    tools = "1 tool" if count == 1 else f"{count:,} tools"
    said = f"{tools} in {one_line(filename, _NAME)}; `/catalog import` reads it again."
    if form == "csv":
        said += " A table holds no capabilities and no scores of others; YAML and JSON hold everything."
    return Panel("Exported", NEUTRAL).text(said).embed()
