"""Figures: a tool's newest signals as they stand on a day, each on its curve."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from catalog.benchmarks import curve_of
from catalog.metrics import BENCHMARK, METRICS, RELEASED_ON, RELEASED_ONCE, Kind, Metric

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.models import Signal, Tool

_FULL_MARKS = 100


class Figure(NamedTuple):
    """A signal on its curve, before it is known what share of its component it has: the head of a `SignalUse`."""

    metric: str
    label: str
    value: float
    unit: str
    source: str
    observed_on: str
    score: float
    stale: float


class _Reading(NamedTuple):
    """How a metric's figures are read."""

    metric: Metric
    label: str
    score: Callable[[float], float]


def age_in_days(when: str, today: date) -> float:
    """Give the days from a date to `today`, never less than 0; of a month or year alone, from its middle."""
    return float(max(today.toordinal() - _ordinal(when), 0))


def day_of(when: str) -> date:
    """Give the day of a date; of a month or year alone, its middle."""
    return date.fromordinal(_ordinal(when))


@lru_cache(maxsize=4096)
def _ordinal(when: str) -> int:
    year, month, day = [*(int(part) for part in when.split("-")), 0, 0][:3]
    if not month:
        month, day = 7, 1
    # A day that the month doesn't have (2025-02-30) is read as its last one.
    return date(year, month, min(day or 15, calendar.monthrange(year, month)[1])).toordinal()


def measured(tool: Tool, kinds: frozenset[Kind], today: date) -> dict[str, list[Figure]]:
    """Bring the newest observation of each metric that counts onto its curve, grouped by metric."""
    newest: dict[str, tuple[int, Signal, _Reading]] = {}
    for signal in tool.signals:
        if reading := _reading_of(signal):
            day = _ordinal(signal.observed_on)
            before = newest.get(signal.metric)
            # Of two sources on one day the first listed counts, as in Tool.signal.
            if before is None or before[0] < day:
                newest[signal.metric] = (day, signal, reading)
    frozen = tool.type in RELEASED_ONCE
    now = today.toordinal()
    slots: dict[str, list[Figure]] = {}
    for name, (day, signal, (metric, label, score)) in newest.items():
        age = max(now - day, 0)
        # An age is shown as it counts today, or the figure wouldn't explain its score.
        value = signal.value + age if metric.ages else signal.value
        stale = metric.stale_share(age, frozen=frozen)
        figure = Figure(
            name, label, value, signal.unit, signal.source, signal.observed_on, score(value), stale
        )
        if metric.name in slots:
            slots[metric.name].append(figure)
        else:
            slots[metric.name] = [figure]
    if tool.released_on and METRICS[RELEASED_ON].expected_of in kinds:
        slots[RELEASED_ON] = [_release(tool.released_on, today)]
    return slots


def is_read(signal: Signal) -> bool:
    """Tell whether a figure counts for anything: it is a metric's, in a unit that is understood."""
    return _reading_of(signal) is not None


def _reading_of(signal: Signal) -> _Reading | None:
    reading = _reading(signal.metric)
    return reading if reading and (reading.metric.name != BENCHMARK or _is_percentage(signal)) else None


@lru_cache(maxsize=4096)
def _reading(name: str) -> _Reading | None:
    """Say how a metric's figures are read; None when it doesn't count."""
    slot, _, what = name.partition(":")
    metric = METRICS.get(slot)
    if slot == BENCHMARK and metric:
        return _Reading(metric, what.replace("_", " "), curve_of(what).score) if what else None
    return (
        _Reading(metric, metric.label, metric.curve.score)
        if metric and slot != RELEASED_ON and not what
        else None
    )


def _is_percentage(signal: Signal) -> bool:
    # An Elo or an index filed as a benchmark would pass for full marks.
    return signal.unit.casefold() in {"percent", "%"} and 0 <= signal.value <= _FULL_MARKS


def _release(released_on: str, today: date) -> Figure:
    metric = METRICS[RELEASED_ON]
    age = age_in_days(released_on, today)
    return Figure(
        RELEASED_ON, metric.label, age, "days ago", "release date", released_on, metric.curve.score(age), 0.0
    )
