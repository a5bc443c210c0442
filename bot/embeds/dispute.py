"""Which sentence is disputed, asked of who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds.palette import QUESTION
from bot.embeds.panel import Panel
from bot.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.models import Tool


def offer(tools: Sequence[Tool]) -> discord.Embed:
    """Ask which sentence isn't so."""
    names = ", ".join(escape(tool.name) for tool in tools)
    return (
        Panel("Which sentence isn't so?", QUESTION)
        .text(
            f"Pick a sentence about {names}; then say what is wrong with it. Moderators see both together. "
            "`/suggest dispute` offers every sentence as you type."
        )
        .embed()
    )
