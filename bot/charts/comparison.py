"""Two to four tools side by side: rank and components, each a bar with the span in which it could lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.charts import legend, theme
from bot.charts.canvas import QUIET, STRONG, Canvas
from bot.charts.picture import Picture, picture
from bot.limits import clip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.charts.theme import Colour
    from catalog.rank import Rank

#: Where bars begin and end, and where the figures beside them end.
LEFT: Final = theme.MARGIN + 44
RIGHT: Final = 580
_VALUE: Final = 650
_RANGE: Final = theme.WIDTH - theme.MARGIN

HEADING: Final = 50
BAR: Final = 24
PITCH: Final = 36
_GAP: Final = 10
_FOOT: Final = 64
_BLANK: Final = 56
_PAIR: Final = 2
#: How wide the line is that stands at a value.
_TICK: Final = 6
_BADGE: Final = 28
_NAME_SAID: Final = 60


class Span(NamedTuple):
    """A value within low..high; None where nothing is known."""

    value: float | None
    low: float
    high: float


class Group(NamedTuple):
    """A row of the comparison: what is compared, up to which full marks, and a span for each tool."""

    label: str
    full: float
    spans: tuple[Span, ...]

    def figure(self, value: float) -> str:
        """Write a value as the reply's table does: ranks in whole points, components as shares."""
        return f"{value:.0f}" if self.full > 1 else f"{value:.2f}"

    def said(self, span: Span) -> str:
        """Say a span in words."""
        if span.value is None:
            return "unknown"
        if self.figure(span.low) == self.figure(span.high):
            return self.figure(span.value)
        return f"{self.figure(span.value)} ({self.figure(span.low)} to {self.figure(span.high)})"


def comparison(names: Sequence[str], ranks: Sequence[Rank]) -> Picture:
    """Picture two to four tools side by side.

    Args:
        names: what the tools are called, in the order in which they are shown.
        ranks: their ranks, in the same order.
    """
    names = tuple(names)
    groups = _groups(ranks)
    shown = [clip(name, _NAME_SAID) for name in names]
    said = [
        f"Bar chart of {', '.join(shown)}: each figure and the span in which it could lie.",
        *(
            f"{group.label}: "
            + ", ".join(f"{name} {group.said(span)}" for name, span in zip(shown, group.spans, strict=True))
            + "."
            for group in groups
        ),
    ]
    return picture("comparison", said, (names, groups), lambda: _draw(names, groups))


def top_of(tools: int, group: int, tool: int) -> int:
    """Give the upper edge of a bar: of the `tool`-th tool in the `group`-th row of a comparison of `tools`."""
    row = HEADING + PITCH * tools + _GAP
    return legend.height(tools) + row * group + HEADING + PITCH * tool


def _groups(ranks: Sequence[Rank]) -> tuple[Group, ...]:
    rows = [Group("Rank", 100, tuple(Span(rank.rank, rank.low, rank.high) for rank in ranks))]
    for place, first in enumerate(ranks[0].components):
        parts = [rank.components[place] for rank in ranks]
        spans = (Span(part.value if part.known else None, part.low, part.high) for part in parts)
        rows.append(Group(first.name.replace("_", " ").capitalize(), 1, tuple(spans)))
    return tuple(rows)


def _draw(names: tuple[str, ...], groups: tuple[Group, ...]) -> bytes:
    tools = len(names)
    # A row of which nothing is known for anybody needs no bars; the rank is what one looks for, and stays.
    shown = [
        group for group in groups if group is groups[0] or any(span.value is not None for span in group.spans)
    ]
    blank = [group.label.lower() for group in groups if group not in shown]
    foot = top_of(tools, len(shown), 0) - HEADING
    canvas = Canvas(foot + _FOOT + (_BLANK if blank else 0))
    legend.draw(canvas, names)
    for row, group in enumerate(shown):
        top = top_of(tools, row, 0) - HEADING
        canvas.rect(theme.MARGIN, top, theme.WIDTH - theme.MARGIN, top + 2, theme.RULE)
        wide = canvas.text(theme.MARGIN, top + 36, group.label, STRONG)
        canvas.text(theme.MARGIN + wide + 14, top + 36, f"0 to {group.full:g}", QUIET)
        for tool, span in enumerate(group.spans):
            _row(canvas, top_of(tools, row, tool), tool, group, span)
    if blank:
        said = f"Unknown for {'both' if tools == _PAIR else 'all'}: {', '.join(blank)}"
        canvas.rect(theme.MARGIN, foot, theme.WIDTH - theme.MARGIN, foot + 2, theme.RULE)
        canvas.text(theme.MARGIN, foot + 36, said, QUIET, room=theme.WIDTH - 2 * theme.MARGIN)
    _key(canvas, foot + 14 + (_BLANK if blank else 0))
    return canvas.png()


def _row(canvas: Canvas, top: int, tool: int, group: Group, span: Span) -> None:
    base = top + BAR - 3
    canvas.badge(theme.MARGIN, top + BAR / 2, tool, _BADGE)
    canvas.bar(LEFT, top, RIGHT, top + BAR, theme.TRACK)
    low, high = (LEFT + (RIGHT - LEFT) * edge / group.full for edge in (span.low, span.high))
    if span.value is None:
        canvas.bar(low, top, high, top + BAR, theme.UNKNOWN, hatched=True)
        canvas.text(_RANGE, base, "unknown", QUIET, side="right")
        return
    _bar(canvas, top, theme.TOOLS[tool], (low, LEFT + (RIGHT - LEFT) * span.value / group.full, high))
    canvas.text(_VALUE, base, group.figure(span.value), STRONG, side="right")
    low_said, high_said = group.figure(span.low), group.figure(span.high)
    if low_said != high_said:
        canvas.text(_RANGE, base, f"{low_said}\u2013{high_said}", QUIET, side="right")


def _bar(canvas: Canvas, top: int, colour: Colour, span: tuple[float, float, float]) -> None:
    low, value, high = span
    canvas.bar(LEFT, top, value, top + BAR, colour)
    # One hatch over the whole span: dark on the bar, coloured beyond its end.
    canvas.bar(low, top, value, top + BAR, theme.mixed(colour, theme.HATCHED), hatched=True)
    canvas.bar(value, top, high, top + BAR, colour, hatched=True)
    canvas.bar(value - _TICK / 2, top - 4, value + _TICK / 2, top + BAR + 4, theme.INK)


def _key(canvas: Canvas, top: int) -> None:
    canvas.rect(theme.MARGIN, top - 14, theme.WIDTH - theme.MARGIN, top - 12, theme.RULE)
    base = top + 24
    at = float(theme.MARGIN)
    canvas.bar(at, base - 21, at + _TICK, base + 5, theme.INK)
    at += 18 + canvas.text(at + 18, base, "our value", QUIET) + 36
    canvas.bar(at, base - 20, at + 44, base + 4, theme.SOFT, hatched=True)
    canvas.text(at + 56, base, "where it could lie, for lack of data", QUIET)
