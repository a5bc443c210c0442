"""A rank over time: a step at each change, the span in which it could lie, and what others reported."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.charts import theme
from bot.charts.axis import ticks
from bot.charts.canvas import NAME, QUIET, Canvas, Style
from bot.charts.fonts import BOLD, legible
from bot.charts.picture import Picture, picture
from bot.limits import clip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.charts.canvas import Mark

_LEFT: Final = theme.MARGIN + 52
_RIGHT: Final = theme.WIDTH - theme.MARGIN - 58
_TOP: Final = 136
_TALL: Final = 320
_BOTTOM: Final = _TOP + _TALL
_LINE: Final = 34
_STEP: Final = 5
_MARK: Final = 10
#: Before and after a history of one day, so that it stands in the middle of something.
_AROUND: Final = timedelta(days=7)
_NAME_SAID: Final = 60
#: How many sources have a sign of their own; the others share the last one.
_SIGNS: Final[tuple[Mark, ...]] = ("diamond", "triangle", "cross", "ring")
_SAID: Final = 12


class Entry(NamedTuple):
    """What a rank became on a day, 0..100; None when nothing was known any more."""

    day: date
    rank: float | None
    low: float
    high: float


class Report(NamedTuple):
    """A rank, 0..100, that somebody else printed on a day."""

    day: date
    rank: float
    source: str


def history(
    name: str, entries: Sequence[Entry], reports: Sequence[Report] = (), *, until: date | None = None
) -> Picture:
    """Picture a rank over time.

    Args:
        name: what the tool is called.
        entries: what the rank became and when, oldest first; at least one. A rank holds until the next entry.
        reports: ranks that others printed; drawn beside ours with a sign for each source.
        until: the day up to which the last rank holds; the last day of all that is shown when not given.

    Raises:
        ValueError: there is no entry.
    """
    if not entries:
        raise ValueError("a history needs an entry")
    ours, others = tuple(entries), tuple(sorted(reports))
    days = [entry.day for entry in ours] + [report.day for report in others] + ([until] if until else [])
    span = (min(days), max(days))
    return picture(
        "history",
        list(_said(name, ours, others)),
        (name, ours, others, span),
        lambda: _draw(name, ours, others, span),
    )


def _said(name: str, entries: tuple[Entry, ...], reports: tuple[Report, ...]) -> Iterator[str]:
    yield f"Line chart of the rank of {clip(name, _NAME_SAID)} over time, 0 to 100: {_change(entries)}."
    for entry in entries[-_SAID:]:
        value = (
            "unknown"
            if entry.rank is None
            else f"{entry.rank:.1f} (between {entry.low:.0f} and {entry.high:.0f})"
        )
        yield f"{entry.day}: {value}."
    for report in reports:
        yield f"Reported by {clip(report.source, _NAME_SAID)} on {report.day}: {report.rank:g}."


def _change(entries: tuple[Entry, ...]) -> str:
    first, last = entries[0], entries[-1]
    if len(entries) == 1:
        return f"{_figure(first.rank)} since {first.day}"
    return f"from {_figure(first.rank)} on {first.day} to {_figure(last.rank)} on {last.day}"


def _figure(rank: float | None) -> str:
    return "unknown" if rank is None else f"{rank:.1f}"


class _Frame(NamedTuple):
    """Where days and ranks stand on the card."""

    first: date
    last: date

    def x(self, day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * ((day - self.first) / (self.last - self.first))

    def y(self, rank: float) -> float:
        return _BOTTOM - _TALL * rank / 100


def _draw(
    name: str, entries: tuple[Entry, ...], reports: tuple[Report, ...], span: tuple[date, date]
) -> bytes:
    first, last = span
    frame = _Frame(first, last) if first < last else _Frame(first - _AROUND, last + _AROUND)
    sources = list(dict.fromkeys(report.source for report in reports))
    lines = 1 + min(len(sources), len(_SIGNS))
    canvas = Canvas(_BOTTOM + 68 + _LINE * lines + 8)
    canvas.text(
        theme.MARGIN, theme.MARGIN + 24, name if legible(name) else "Rank over time", NAME,
        room=theme.WIDTH - 2 * theme.MARGIN,
    )  # fmt: skip
    said = _change(entries)
    canvas.text(theme.MARGIN, theme.MARGIN + 62, f"Rank {said}", QUIET)
    _grid(canvas, frame)
    _band(canvas, frame, entries, last)
    _steps(canvas, frame, entries, last)
    for report in reports:
        sign = _SIGNS[min(sources.index(report.source), len(_SIGNS) - 1)]
        x, y = frame.x(report.day), frame.y(report.rank)
        canvas.mark(sign, x, y, _MARK + 3, theme.CARD)
        canvas.mark(sign, x, y, _MARK, _REPORTED)
    _key(canvas, sources)
    return canvas.png()


def _grid(canvas: Canvas, frame: _Frame) -> None:
    for rank in (0, 25, 50, 75, 100):
        y = frame.y(rank)
        canvas.rect(_LEFT, y - 1, _RIGHT, y + 1, theme.RULE)
        canvas.text(_LEFT - 14, y + 8, str(rank), QUIET, side="right")
    for tick in ticks(frame.first, frame.last):
        x = frame.x(tick.day)
        canvas.rect(x - 1, _BOTTOM, x + 1, _BOTTOM + 10, theme.SOFT)
        canvas.text(x, _BOTTOM + 36, tick.label, QUIET, side="middle")


def _band(canvas: Canvas, frame: _Frame, entries: tuple[Entry, ...], end: date) -> None:
    for entry, until in _stretches(entries, end):
        left, right = frame.x(entry.day), frame.x(until)
        if left == right:
            # A rank that was found today has had no time to last; its span is seen all the same.
            left, right = left - _MARK, right + _MARK
        # A span without width is still seen beside the line.
        top, bottom = frame.y(entry.high) - 1, frame.y(entry.low) + 1
        if entry.rank is None:
            canvas.bar(left, top, right, bottom, theme.UNKNOWN, hatched=True)
        else:
            canvas.rect(left, top, right, bottom, _BAND)


def _steps(canvas: Canvas, frame: _Frame, entries: tuple[Entry, ...], end: date) -> None:
    half = _STEP / 2
    for entry, until in _stretches(entries, end):
        if entry.rank is not None:
            y = frame.y(entry.rank)
            canvas.rect(frame.x(entry.day) - half, y - half, frame.x(until) + half, y + half, _OURS)
    for before, after in pairwise(entries):
        if before.rank is not None and after.rank is not None:
            x = frame.x(after.day)
            upper, lower = sorted((frame.y(before.rank), frame.y(after.rank)))
            canvas.rect(x - half, upper - half, x + half, lower + half, _OURS)
    for entry in entries:
        if entry.rank is not None:
            canvas.mark("dot", frame.x(entry.day), frame.y(entry.rank), 9, theme.CARD)
            canvas.mark("dot", frame.x(entry.day), frame.y(entry.rank), 7, _OURS)
    last = entries[-1]
    if last.rank is not None:
        canvas.text(
            frame.x(end) + 18, frame.y(last.rank) + 9, f"{last.rank:.0f}", Style(theme.BODY, _OURS, BOLD)
        )


def _stretches(entries: tuple[Entry, ...], end: date) -> Iterator[tuple[Entry, date]]:
    for entry, after in pairwise(entries):
        yield entry, after.day
    yield entries[-1], end


def _key(canvas: Canvas, sources: list[str]) -> None:
    base = _BOTTOM + 84
    at = float(theme.MARGIN)
    canvas.rect(at, base - 10, at + 36, base - 5, _OURS)
    canvas.mark("dot", at + 18, base - 7.5, 7, _OURS)
    at += 48 + canvas.text(at + 48, base, "our rank", QUIET) + 36
    canvas.rect(at, base - 18, at + 36, base + 3, _BAND)
    canvas.text(at + 48, base, "where it could lie, for lack of data", QUIET)
    others = len(sources) - len(_SIGNS)
    for place, (sign, source) in enumerate(zip(_SIGNS, sources, strict=False)):
        line = base + _LINE * (place + 1)
        canvas.mark(sign, theme.MARGIN + 18, line - 8, _MARK, _REPORTED)
        more = f" and {others} more" if others > 0 and place == len(_SIGNS) - 1 else ""
        left = theme.MARGIN + 48
        room = theme.WIDTH - theme.MARGIN - left
        canvas.text(left, line, f"reported{more}: {source}", QUIET, room=room)


_OURS: Final = theme.TOOLS[0]
_REPORTED: Final = theme.TOOLS[1]
_BAND: Final = theme.mixed(theme.TOOLS[0], theme.SPAN)
