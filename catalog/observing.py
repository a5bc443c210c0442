"""How figures of today become part of a tool: which are written, and what of the series before stays.

A series stays thin: it has one observation a month, the month's last one, and its newest is what ranks use. So today's
observation takes the place of an earlier one of the same metric, source and month, and begins a new month where there
is none. A figure that is what the newest observation of its month says already is not written again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalog.figures import day_of
from catalog.metrics import METRICS
from catalog.models import Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from catalog.models import Tool
    from catalog.sources.source import Figure

#: Where there is no hurry, a figure that has moved by no more than this share of itself waits until the observation
#: before it is so many days old: each write is a revision with the whole document, and ranks would hardly notice.
_LITTLE: Final = 0.02
#: The same of an age, in days: it counts by half a year.
_FEW_DAYS: Final = 3.0
_PATIENCE: Final = 7


def observed(tool: Tool, source: str, figures: Sequence[Figure], day: date, *, patient: bool = False) -> Tool:
    """Give a tool with what a source says of it on a day; the same tool where that is nothing new.

    If one of the figures is written all of them are, so that they are of one day.

    Args:
        tool: the tool as it is.
        source: the name to which the figures are credited.
        figures: what the source says.
        day: the day on which it says so (UTC).
        patient: whether a figure that hardly moved may wait for some days.

    Raises:
        pydantic.ValidationError: a figure is none that a document can hold.
    """
    newest = {figure.metric: _newest(tool, source, figure.metric) for figure in figures}
    current = [
        figure
        for figure in figures
        # As text, so that the month alone isn't later than one of its days.
        if (last := newest[figure.metric]) is None or last.observed_on <= day.isoformat()
    ]
    if not any(_is_news(figure, newest[figure.metric], day, patient=patient) for figure in current):
        return tool
    signals = tool.signals
    for metric, value, unit in current:
        signal = Signal(metric=metric, value=value, unit=unit, source=source, observed_on=day.isoformat())
        signals = _placed(signals, signal)
    return tool.edited({"signals": signals})


def aged(figures: Iterable[Figure], days: int) -> tuple[Figure, ...]:
    """Give figures as they are after some days in which nothing happened: ages have grown, all else stands."""
    return tuple(
        figure._replace(value=figure.value + days) if _is_age(figure.metric) else figure for figure in figures
    )


def _newest(tool: Tool, source: str, metric: str) -> Signal | None:
    series = [one for one in tool.signals if one.metric == metric and one.source == source]
    return max(series, key=lambda one: day_of(one.observed_on), default=None)


def _is_news(figure: Figure, last: Signal | None, day: date, *, patient: bool) -> bool:
    if last is None or last.unit != figure.unit or last.observed_on[:7] != day.isoformat()[:7]:
        return True
    days = (day - day_of(last.observed_on)).days
    age = _is_age(figure.metric)
    moved = abs(figure.value - (last.value + days if age else last.value))
    if patient and days < _PATIENCE:
        return moved > (_FEW_DAYS if age else abs(last.value) * _LITTLE)
    return moved > 0


def _is_age(metric: str) -> bool:
    # The first are those that count; of the rest the name says it.
    return METRICS[metric].ages if metric in METRICS else metric.startswith("days_since_")


def _placed(signals: tuple[Signal, ...], signal: Signal) -> tuple[Signal, ...]:
    """Put an observation where the one of its month stood; else at the end."""

    def is_replaced(one: Signal) -> bool:
        series = (one.metric, one.source) == (signal.metric, signal.source)
        return series and one.observed_on[:7] == signal.observed_on[:7]

    place = next((place for place, one in enumerate(signals) if is_replaced(one)), len(signals))
    kept = [one for one in signals[place:] if not is_replaced(one)]
    return (*signals[:place], signal, *kept)
