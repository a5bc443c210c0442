"""How a rank came to be what it is: its entries, and what the difference between two of them comes from."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.embeds.palette import of_type
from bot.embeds.panel import Panel
from bot.embeds.rank import reported
from bot.limits import clip
from bot.markdown import code_block, escape
from catalog.attribution import explain, unexplained
from catalog.ledger import Cause

if TYPE_CHECKING:
    from collections.abc import Iterator

    import discord

    from catalog.attribution import Explanation
    from catalog.ledger import Entry, History
    from catalog.models import Tool

#: Entries and reasons that are listed; of older and lesser ones their number is.
_LISTED: Final = 8
_REASONS: Final = 6
_REPORTS: Final = 3
_CAUSES: Final = {Cause.EDIT: "edited", Cause.DAY: "figures aged", Cause.FORMULA: "new formula"}


def since(history: History, page: int) -> Entry:
    """Give the entry that today's rank is held against on a page: the first one on page 0, then from the newest on."""
    entries = history.entries or (history.now,)
    return entries[0] if not page else entries[-min(page, len(entries))]


def card(tool: Tool, history: History, page: int, footer: str) -> discord.Embed:
    """Tell a rank's history; `page` chooses what today is held against (see `since`)."""
    panel = Panel(f"History of the rank of {escape(tool.name)}", of_type(tool.type), footer=footer)
    entries = "\n".join(_entries(history))
    panel.text(f"Today: {_said(history.now)}" + (f"\n{code_block(entries)}" if entries else ""))
    first = since(history, page)
    if len(history.entries) > 1 or first.rank != history.now.rank:
        why = explain(first, history.now)
        panel.field(f"What moved it since {first.day}", "\n".join(_reasons(why)))
    else:
        began = "this is how it began" if history.entries else "there was nothing to note"
        panel.field("What moved it", f"Nothing yet: {began}. Each change from now on is kept here.")
    for score in history.reported:
        panel.field(f"Reported for {escape(clip(tool.name, 60))}", reported(score))
    differing = [pair for pair in pairwise(history.reported) if pair[0].rank != pair[1].rank]
    panel.field(
        "Why the reports differ", "\n".join(escape(unexplained(*pair)) for pair in differing[:_REPORTS])
    )
    return panel.embed()


def _entries(history: History) -> Iterator[str]:
    shown = history.entries[::-1][:_LISTED]
    before = [*history.entries[::-1][1:], None][: len(shown)]
    for entry, former in zip(shown, before, strict=True):
        moved = (
            entry.rank - former.rank
            if former and entry.rank is not None and former.rank is not None
            else None
        )
        change = f"{moved:+5.1f}" if moved is not None else "     "
        yield f"{entry.day}  {_points(entry):>5}  {change}  {_CAUSES[entry.cause] if former else 'first noted'}"
    if len(history.entries) > _LISTED:
        yield f"and {len(history.entries) - _LISTED} before"


def _reasons(why: Explanation) -> Iterator[str]:
    yield escape(why.text)
    told = [item for item in why.items if item.shown]
    for item in told[:_REASONS]:
        yield f"- {escape(item.text)}"
    if len(told) > _REASONS:
        rest = sum(item.shown for item in told[_REASONS:])
        yield f"- {len(told) - _REASONS} more together: {rest:+.1f}"


def _said(entry: Entry) -> str:
    if entry.rank is None:
        return "no rank yet, because nothing is measured."
    return f"**{entry.rank:.1f}** of 100, between {entry.low:.0f} and {entry.high:.0f}"


def _points(entry: Entry) -> str:
    return "gone" if entry.removed else "-" if entry.rank is None else f"{entry.rank:.1f}"
