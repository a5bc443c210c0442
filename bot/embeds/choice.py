"""What the bot asks back when a name fits several tools, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds.palette import QUESTION
from bot.embeds.panel import Panel
from bot.embeds.receipt import receipts
from bot.markdown import escape, quoted
from catalog.resolver import Outcome, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.resolver import Resolution

_NEAREST = 5
_HOW_TO_ADD = "Is a tool missing? Tell a moderator of this server or whoever runs this bot: they can add it."


def card(unclear: Sequence[Resolution], offer: str, notes: Sequence[str | None] = ()) -> discord.Embed:
    """Say what could not be read and why, and what the menu below offers (nothing, with an empty `offer`).

    `notes` are of the names beside these that could be read; they are shown quietly in the footer.
    """
    lacking = any(one.outcome is Outcome.NOT_FOUND for one in unclear)
    lines = [*(_line(one) for one in unclear), "", offer]
    if lacking:
        lines += ["", _HOW_TO_ADD]
    title = "Not in the catalog" if lacking else "Which one did you mean?"
    return Panel(title, QUESTION, footer=" · ".join(receipts(notes))).text("\n".join(lines).strip()).embed()


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
