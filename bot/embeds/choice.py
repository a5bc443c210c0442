"""What the bot asks back when a name fits several tools, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds.palette import QUESTION
from bot.embeds.panel import Panel
from bot.markdown import escape, quoted
from catalog.resolver import Outcome, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.resolver import Resolution

_NEAREST = 5


def ambiguous(unclear: Sequence[Resolution]) -> discord.Embed:
    """Ask which tools were meant; the menu below the embed offers them."""
    panel = Panel("Which one did you mean?", QUESTION)
    lines = [_line(one) for one in unclear]
    return panel.text("\n".join([*lines, "", "Pick one below; your question goes on from there."])).embed()


def not_found(unclear: Sequence[Resolution]) -> discord.Embed:
    """Say that a name isn't in the catalog, what is near, and how to get it in."""
    panel = Panel("Not in the catalog", QUESTION)
    lines = [_line(one) for one in unclear]
    if any(one.candidates for one in unclear):
        lines += ["", "If one of those is right, pick it below."]
    lines += [
        "",
        "Is a tool missing? Tell a moderator of this server or whoever runs this bot: they can add it.",
    ]
    return panel.text("\n".join(lines)).embed()


def _line(one: Resolution) -> str:
    typed = quoted(one.query) if one.query.strip() else "An empty name"
    nearest = ", ".join(f"**{escape(candidate.name)}**" for candidate in one.candidates[:_NEAREST])
    if not nearest:
        return f"{typed}: nothing with a name like this."
    if one.outcome is Outcome.NOT_FOUND:
        return f"{typed}: no such tool. Nearest: {nearest}."
    if one.reason is Reason.VERSION and one.note:
        return f"{typed}: {escape(one.note)}."
    more = len(one.candidates) - _NEAREST
    return f"{typed}: {escape(one.note or 'could be')}: {nearest}{f' and {more} more' if more > 0 else ''}."
