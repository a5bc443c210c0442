"""What came of a refresh and how fresh everything is, as a terminal shows it. Names are never read as markup."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType

    from catalog.freshness import Freshness, Said, SourceFreshness
    from catalog.refreshes import Flagged, RefreshReport

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_MONTHS: Final = 12
#: Ages are told in the next larger unit from so many on.
_MANY: Final = 2
#: Where a terminal has fewer columns a table would break its words: there each row is a paragraph.
_NARROW: Final = 70


class _Sheet:
    """A table, or on a narrow terminal its rows as paragraphs."""

    def __init__(self, *headings: str) -> None:
        self._headings = headings
        self._rows: list[tuple[str, ...]] = []

    def row(self, *cells: str) -> None:
        """Add a row."""
        self._rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Draw it as wide as the terminal is."""
        if options.max_width < _NARROW:
            for place, (first, *rest) in enumerate(self._rows):
                told = (
                    f"{heading[0].lower()}{heading[1:]} {cell}"
                    for heading, cell in zip(self._headings[1:], rest, strict=True)
                )
                yield Text(f"\n{first}: {', '.join(told)}.".removeprefix("" if place else "\n"))
            return
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for place, heading in enumerate(self._headings):
            table.add_column(Text(heading), justify="right" if place else "left", overflow="fold")
        for cells in self._rows:
            table.add_row(*map(Text, cells))
        yield table


def refreshed(report: RefreshReport, *, notes: bool = False) -> RenderableType:
    """Draw what came of a refresh, what was flagged, and what else was said in words if `notes` are wanted."""
    table = _Sheet("Source", "Changed", "Unchanged", "Gone", "Failed", "Left")
    for one in report.sources:
        counts = (len(one.changed), len(one.unchanged), len(one.gone), len(one.failed), one.left)
        table.row(one.name, *(f"{count:,}" for count in counts))
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
    live = _Sheet("Live source", "Tools", "Answered", "Answers from", "Due now", "Failing")
    for one in found.sources:
        answered = f"{one.answered:,} of {one.keys:,}"
        live.row(
            one.name,
            f"{one.tools:,}",
            answered,
            _span(one, found.at),
            f"{one.due:,}",
            f"{one.failing:,}",
        )
    figures = _Sheet("Figures of", "Figures", "Tools", "Oldest", "Newest", "Age")
    for one_source in found.figures:
        days = _days(one_source.newest, found.at)
        counts = (f"{one_source.figures:,}", f"{one_source.tools:,}")
        figures.row(one_source.source, *counts, one_source.oldest, one_source.newest, days)
    notes = [Text(f"- {line}") for one in found.sources for line in _notes(one, found.at)]
    if found.refreshing:
        notes.append(Text(f"- A process is refreshing right now: {found.refreshing.name}."))
    shown: list[RenderableType] = [live, Text()]
    if notes:
        shown += [*notes, Text()]
    shown.append(figures if found.figures else Text("No figure is in the catalog."))
    return Group(*shown)


def said(found: Sequence[Said]) -> RenderableType:
    """Draw what sources last answered, figures and words, an answer a paragraph."""
    lines: list[Text] = []
    for one in found:
        also = f" (also {', '.join(one.slugs[1:])})" if one.slugs[1:] else ""
        told = [f"{figure.metric} {figure.value:,.0f} {figure.unit}" for figure in one.figures]
        when = f"answered {one.answered_at}" if one.answered_at else "never answered"
        lines.append(Text(f"{one.slugs[0]}{also}: {one.source} about {one.key}: {when}"))
        lines += [Text(f"- {line}") for line in (*told, *one.notes)]
        if one.reason:
            lines.append(Text(f"- failed since: {one.reason}; asked again from {one.due_at} on"))
    return Group(*lines)


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
    """Say how long ago a day was, as closely as it is known: ``"3 days"``, of a month ``"2 months"``, ``"1 year"``."""
    now = datetime.fromisoformat(at)
    year, *rest = map(int, when.split("-"))
    years = now.year - year
    match rest:
        case []:
            ago, unit = years, "year"
        case [month]:
            ago, unit = years * _MONTHS + now.month - month, "month"
        case _:
            try:
                ago, unit = (now.date() - date.fromisoformat(when)).days, "day"
            except ValueError:  # the thirtieth of a February
                return ""
    if ago <= 0 and unit != "day":
        return f"this {unit}"
    return f"1 {unit}" if ago == 1 else f"{max(ago, 0):,} {unit}s"
