"""Files that were taken in or handed out, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds.palette import NEUTRAL
from bot.embeds.panel import Panel
from bot.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord


def nothing_new(filename: str, notes: Sequence[str]) -> discord.Embed:
    """Say that a file holds nothing that isn't known."""
    lines = [f"{escape(filename)} changes nothing.", *(f"- {escape(note)}" for note in notes)]
    return Panel("Nothing to import", NEUTRAL).text("\n".join(lines)).embed()


def handed_out(filename: str, count: int, form: str) -> discord.Embed:
    """Say what is in a file that goes with the message."""
    tools = "1 tool" if count == 1 else f"{count:,} tools"
    said = f"{tools} in {escape(filename)}; `/catalog import` reads it again."
    if form == "csv":
        said += " A table holds no capabilities and no scores of others; YAML and JSON hold everything."
    return Panel("Exported", NEUTRAL).text(said).embed()
