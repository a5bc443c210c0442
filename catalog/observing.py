"""How figures of today become part of a tool: which are its own, which are written, what of the series before stays.

A series stays thin, and thinner with age: one observation a month for a year, then one a quarter, after three years
one a year, each the last one of its time; the newest is what ranks use. So today's observation takes the place of an
earlier one of the same metric, source and month, and begins a new month where there is none. A figure that is what the
newest observation of its month says already is not written again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalog.figures import day_of
from catalog.metrics import METRICS, RELEASED_ONCE, Kind, kinds_of
from catalog.models import Signal, ToolType
from catalog.sources.github import GITHUB
from catalog.sources.huggingface import HUGGING_FACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from catalog.models import Tool
    from catalog.sources.source import Answer, Figure, LiveSource

_DOWNLOADS: Final = "monthly_downloads"
#: What a source's downloads are called where another source's count: shown, never counted.
_ASIDE: Final = {"huggingface": "hf_downloads", "pypi": "pypi_downloads", "npm": "npm_downloads"}
#: What is downloaded from the hub itself, whatever packages there are around it.
_ON_THE_HUB: Final = frozenset({ToolType.MODEL, ToolType.DATASET})
_COMMIT: Final = "days_since_commit"
#: What a repository's figures are called on a tool that it isn't: shown, never counted.
_OF_THE_REPOSITORY: Final = {
    "github_stars": "repository_stars",
    "github_forks": "repository_forks",
    _COMMIT: "days_since_repository_commit",
    "days_since_release": "days_since_repository_release",
}

#: Where there is no hurry, a figure that has moved by no more than this share of itself waits for the next month: each
#: write is a revision with the whole document, and ranks would hardly notice.
_LITTLE: Final = 0.02
#: The same of an age, in days: it counts by half a year.
_FEW_DAYS: Final = 14.0

#: For so many months there is an observation a month, then for so many one a quarter, then one a year.
_MONTHLY: Final = 12
_QUARTERLY: Final = 36
_MONTHS: Final = 12
_QUARTER: Final = 3


def is_its_own(tool: Tool, tools: int) -> bool:
    """Tell whether a repository is the tool itself, and not something beside it.

    It isn't where the tool is no public code (a closed product's samples, a model's inference code), or where several
    `tools` go by the same repository: nobody can say which of them its stars are for.
    """
    return tools == 1 and Kind.CODE in kinds_of(tool)


def figures_for(tool: Tool, source: LiveSource, answer: Answer, tools: int = 1) -> tuple[Figure, ...]:
    """Give the figures of an answer as they are written on a tool, where so many `tools` go by what was asked for.

    A metric's newest figure counts, whichever source gave it, so ``monthly_downloads`` of two services would flip from
    one to the other with each day. One service a tool gives it: for models and data sets the hub, else the registry
    of the first package listed, else the hub. What others count is kept under a name of its own
    (``"npm_downloads"``), which is shown and never counted. So are a repository's figures where it isn't the tool
    itself (``"repository_stars"``), and its last commit on what is released once: that one doesn't grow older or
    younger with it.
    """
    names: dict[str, str] = {}
    if source.key == GITHUB.key:
        if not is_its_own(tool, tools):
            names = _OF_THE_REPOSITORY
        elif tool.type in RELEASED_ONCE:
            names = {_COMMIT: _OF_THE_REPOSITORY[_COMMIT]}
    elif _home(tool) != source.key and source.key in _ASIDE:
        names = {_DOWNLOADS: _ASIDE[source.key]}
    return tuple(figure._replace(metric=names.get(figure.metric, figure.metric)) for figure in answer.figures)


def _home(tool: Tool) -> str:
    """Say where a tool's downloads are counted."""
    on_the_hub = HUGGING_FACE.key_of(tool) is not None
    if tool.packages and not (on_the_hub and tool.type in _ON_THE_HUB):
        return tool.packages[0].partition(":")[0]
    return HUGGING_FACE.key


def observed(
    tool: Tool,
    source: str,
    figures: Sequence[Figure],
    day: date,
    *,
    licence: str | None = None,
    patient: bool = False,
) -> Tool:
    """Give a tool with what a source says of it on a day; the same tool where that is nothing new.

    If one of the figures is written all of them are, so that they are of one day. An observation that says it was made
    after that day was written when a clock was wrong: it gives way.

    Args:
        tool: the tool as it is.
        source: the name to which the figures are credited.
        figures: what the source says.
        day: the day on which it says so (UTC).
        licence: under which the figures are, where the source says so.
        patient: whether a figure that hardly moved may wait for the next month.

    Raises:
        pydantic.ValidationError: a figure is none that a document can hold.
    """
    if not any(_is_news(one, _newest(tool, source, one.metric), day, patient=patient) for one in figures):
        return tool
    signals = tool.signals
    for metric, value, unit in figures:
        signal = Signal(
            metric=metric,
            value=value,
            unit=unit,
            source=source,
            observed_on=day.isoformat(),
            licence=licence,
        )
        signals = _thinned(_placed(signals, signal), signal, day)
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
    # Of another month: an earlier one, or one that isn't yet.
    if last is None or last.unit != figure.unit or last.observed_on[:7] != day.isoformat()[:7]:
        return True
    if last.observed_on > day.isoformat():
        return True
    age = _is_age(figure.metric)
    moved = abs(figure.value - (last.value + (day - day_of(last.observed_on)).days if age else last.value))
    return moved > ((_FEW_DAYS if age else abs(last.value) * _LITTLE) if patient else 0)


def _is_age(metric: str) -> bool:
    # The first are those that count; of the rest the name says it.
    return METRICS[metric].ages if metric in METRICS else metric.startswith("days_since_")


def _is_of(one: Signal, series: Signal) -> bool:
    return (one.metric, one.source) == (series.metric, series.source)


def _placed(signals: tuple[Signal, ...], signal: Signal) -> tuple[Signal, ...]:
    """Put an observation where the one of its month stood, or one that says it is younger; else at the end."""

    def is_replaced(one: Signal) -> bool:
        # As text, so that the month alone isn't later than one of its days.
        same_month = one.observed_on[:7] == signal.observed_on[:7]
        return _is_of(one, signal) and (same_month or one.observed_on > signal.observed_on)

    place = next((place for place, one in enumerate(signals) if is_replaced(one)), len(signals))
    kept = [one for one in signals[place:] if not is_replaced(one)]
    return (*signals[:place], signal, *kept)


def _thinned(signals: tuple[Signal, ...], series: Signal, day: date) -> tuple[Signal, ...]:
    """Leave of a series the last observation of each month, of what is older of each quarter, then of each year."""
    last: dict[tuple[int, ...], Signal] = {}
    for one in signals:
        if _is_of(one, series):
            span = _span(day_of(one.observed_on), day)
            if span not in last or day_of(last[span].observed_on) <= day_of(one.observed_on):
                last[span] = one
    kept = {id(one) for one in last.values()}
    return tuple(one for one in signals if not _is_of(one, series) or id(one) in kept)


def _span(then: date, now: date) -> tuple[int, ...]:
    """Give the month, the quarter or the year of which one observation is kept."""
    months = (now.year - then.year) * _MONTHS + now.month - then.month
    if months <= _MONTHLY:
        return then.year, 0, then.month
    # Told apart from months, so that the year in which one goes over into the other keeps both.
    return (then.year, 1, (then.month - 1) // _QUARTER) if months <= _QUARTERLY else (then.year,)
