"""What could stand in for a tool, and why each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds.palette import of_type
from bot.embeds.panel import Panel
from bot.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.alternatives import Alternative
    from catalog.models import Tool


def card(near: Sequence[tuple[Tool, Sequence[Alternative]]], footer: str) -> discord.Embed:
    """List the alternatives of one or several tools, best first, each with its reasons."""
    tools = [tool for tool, _ in near]
    panel = Panel(
        "Alternatives to " + " and ".join(escape(tool.name) for tool in tools),
        of_type(*(tool.type for tool in tools)),
        footer=footer,
    )
    if len(near) == 1:
        return panel.text(_listed(near[0][1])).embed()
    for tool, others in near:
        panel.field(f"Instead of {escape(tool.name)}", _listed(others))
    return panel.embed()


def _listed(others: Sequence[Alternative]) -> str:
    lines = [f"- **{escape(other.name)}**: {escape('; '.join(other.reasons))}" for other in others]
    return "\n".join(lines) or "Nothing in the catalog does the same job."
