"""What came of a refresh and how fresh everything is, as a terminal shows it. Names are never read as markup."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from catalog.freshness import Freshness, SourceFreshness
    from catalog.refreshes import Flagged, RefreshReport

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
#: Ages are told in the next larger unit from so many on.
_MANY: Final = 2


def refreshed(report: RefreshReport, *, notes: bool = False) -> RenderableType:
    """Draw what came of a refresh, what was flagged, and what else was said in words if `notes` are wanted."""
    table = _table("Source", "Changed", "Unchanged", "Failed", "Left")
    for one in report.sources:
        counts = (len(one.changed), len(one.unchanged), len(one.failed), one.left)
        _row(table, one.name, *(f"{count:,}" for count in counts))
    lines = [
        Text(f"! {flag.slug}: {one.name} says: {flag.text}{_told(flag)}")
        for one in report.sources
        for flag in one.flagged
    ]
    if notes:
        lines += [Text(f"- {note.slug}: {note.text}") for one in report.sources for note in one.notes]
    return Group(table, *([Text(), *lines] if lines else []))


def _told(flag: Flagged) -> str:
    if flag.proposal:
        return f" Filed as proposal {flag.proposal}."
    return (
        " Curators are told once it is seen on a second day."
        if flag.pending
        else " Curators were told before."
    )


def status(found: Freshness) -> RenderableType:
    """Draw how live sources stand, what failed and why, and from when the catalog's figures are."""
    live = _table("Live source", "Tools", "Answered", "Answers from", "Due now", "Failing")
    for one in found.sources:
        answered = f"{one.answered:,} of {one.keys:,}"
        _row(
            live,
            one.name,
            f"{one.tools:,}",
            answered,
            _span(one, found.at),
            f"{one.due:,}",
            f"{one.failing:,}",
        )
    figures = _table("Figures of", "Figures", "Tools", "Oldest", "Newest", "Age")
    for one_source in found.figures:
        days = _days(one_source.newest, found.at)
        counts = (f"{one_source.figures:,}", f"{one_source.tools:,}")
        _row(figures, one_source.source, *counts, one_source.oldest, one_source.newest, days)
    notes = [Text(f"- {line}") for one in found.sources for line in _notes(one, found.at)]
    if found.refreshing:
        notes.append(Text(f"- A process is refreshing right now: {found.refreshing.name}."))
    shown: list[RenderableType] = [live, Text()]
    if notes:
        shown += [*notes, Text()]
    shown.append(figures if found.figures else Text("No figure is in the catalog."))
    return Group(*shown)


def _notes(one: SourceFreshness, at: str) -> Iterator[str]:
    """Say what there is to say of a source beside its row."""
    if one.stopped and one.until:
        yield f"{one.name}: asked again in {_age(at, one.until)}, because {one.stopped}"
    for reason in one.reasons:
        if reason.text == one.stopped:
            continue
        yield f"{one.name}: {reason.keys:,} failing: {reason.text}"
    if one.next_due:
        yield f"{one.name}: next due in {_age(at, one.next_due)}"


def _span(one: SourceFreshness, at: str) -> str:
    if not (one.oldest and one.newest):
        return "never"
    oldest, newest = _age(one.oldest, at), _age(one.newest, at)
    return f"{newest} ago" if oldest == newest else f"{newest} to {oldest} ago"


def _age(then: str, now: str) -> str:
    """Say how long it is from one moment to another: ``"5 min"``, ``"3 h"``, ``"2 days"``."""
    seconds = (datetime.fromisoformat(now) - datetime.fromisoformat(then)).total_seconds()
    if seconds < _MANY * _HOUR:
        return f"{max(seconds, 0) / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:.0f} h" if seconds < _MANY * _DAY else f"{seconds / _DAY:.0f} days"


def _days(when: str, at: str) -> str:
    """Say how many days ago a day was; of a month or a year alone nobody knows it so closely."""
    try:
        days = (datetime.fromisoformat(at).date() - date.fromisoformat(when)).days
    except ValueError:
        return ""
    return "1 day" if days == 1 else f"{max(days, 0):,} days"


def _table(first: str, *headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(Text(first), overflow="fold")
    for heading in headings:
        table.add_column(Text(heading), justify="right", overflow="fold")
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*map(Text, cells))
