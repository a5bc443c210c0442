"""Matchbook's own rank: where it comes from, to the last point, and how far it could be off.

    rank = 100 * sum(weight * value)    over adoption, quality, ecosystem, match graph and freshness

**Weights.** Adoption and quality weigh .25 each: what people use and how well it does in measurements are the
two questions that a comparison is asked for, and neither may drown the other. Match graph (.20) is what people
accepted when they looked for something, freshness (.20) is whether a tool still moves; in this field a year is
long. Ecosystem (.10) weighs least, because forks and dependants follow adoption and would count it twice.

**Signals.** A component is the weighted mean of its signals, each brought to 0..1 by a curve (`catalog.metrics`).
Only what can be measured for a tool is expected of it: a closed model has no stars to miss. What is measured
all the same counts.

**Unknown is an interval.** A missing signal spans 0..1: `low` takes it for 0 and `high` for 1. The point value
takes it for .5, so the rank is the middle of what is possible, hiding a bad figure gains at most half of its
weight, and every signal has its own share of points whatever else is known. Nothing known at all: no rank.

**Deprecated or gone.** All points shrink to a half (at most 50) or a fifth (at most 20), so such a tool ranks
low and is still told from others of its kind. Reported scores stand beside the rank and never enter it.
"""

from __future__ import annotations

import calendar
import math
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import Field

from catalog.metrics import BENCHMARK, METRICS, RELEASED_ON, Metric
from catalog.models import ComponentName, Document, ReportedScore, Share, Signal, Slug, Status, Tool
from catalog.weights import COMPONENTS, of_type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.weights import Weights

Points = Annotated[float, Field(ge=0, le=100)]

#: By what a status multiplies all points.
STATUS_FACTOR: Mapping[Status, float] = {Status.ACTIVE: 1.0, Status.DEPRECATED: 0.5, Status.GONE: 0.2}
#: The share of the narrower interval above which an overlap makes two values too close to call.
TOO_CLOSE = 0.5
#: What a missing signal is taken for in the point value.
MIDDLE = 0.5

_FULL_MARKS = 100


class SignalUse(Document):
    """A signal as the rank used it: the figure, its source and date, and what it came to.

    `score` is the figure on its curve (0..1), `weight` its share of the component (0..1).
    """

    metric: str
    label: str
    value: float
    unit: str
    source: str
    observed_on: str
    score: Share
    weight: Share


class MissingSignal(Document):
    """A signal that this kind of tool could have and this one lacks; `weight` is its share of the component."""

    metric: str
    label: str
    weight: Share


class Component(Document):
    """One part of the rank: `value` within `low`..`high`, all 0..1, and the `points` that it adds (0..100)."""

    name: ComponentName
    weight: Share
    value: Share
    low: Share
    high: Share
    points: Points
    signals: tuple[SignalUse, ...] = ()
    missing: tuple[MissingSignal, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything at all was measured for it."""
        return bool(self.signals)


class Rank(Document):
    """A tool's rank with its interval and breakdown, in points of 0..100.

    `factor` is what the tool's status multiplies all points by (1 while it is active). `rank` is None when no signal
    is known. `known` of `expected` signals were there. `reported` are other people's scores, kept beside it.
    """

    slug: Slug
    rank: Points | None
    low: Points
    high: Points
    factor: Share
    components: tuple[Component, ...]
    known: int
    expected: int
    reported: tuple[ReportedScore, ...] = ()

    def component(self, name: ComponentName) -> Component:
        """Give one component."""
        return self.components[COMPONENTS.index(name)]


_BY_COMPONENT: Mapping[ComponentName, tuple[Metric, ...]] = {
    name: tuple(metric for metric in METRICS.values() if metric.component == name) for name in COMPONENTS
}


def rank(tool: Tool, *, today: date, weights: Weights | None = None) -> Rank:
    """Rank a tool from its newest signals as they stand on a day, by the weights of its type or by others.

    The formula and its reasons stand at the top of this module. For every tool 0 <= low <= rank <= high <=
    100; taking a signal away never makes the interval narrower, bettering one never lowers the rank.
    """
    factor = STATUS_FACTOR[tool.status]
    measured = _measured(tool, today)
    shares = (weights or of_type(tool.type)).named()
    components = tuple(_component(tool, name, shares[name], measured, factor) for name in COMPONENTS)
    known = len(measured)
    low, high = (
        _clamp(sum(part.weight * edge for part, edge in edges) * factor) * 100
        for edges in (
            [(part, part.low) for part in components],
            [(part, part.high) for part in components],
        )
    )
    point = _clamp(sum(part.weight * part.value for part in components) * factor) * 100
    return Rank(
        slug=tool.slug,
        rank=min(max(point, low), high) if known else None,
        low=low if known else 0.0,
        high=high if known else 100.0 * factor,
        factor=factor,
        components=components,
        known=known,
        expected=known + sum(len(component.missing) for component in components),
        reported=tool.reported,
    )


def shown_points(judged: Rank) -> tuple[float, ...]:
    """Round each component's points to one decimal so that they add up to the rank as shown with one decimal.

    The points are cut to tenths and the tenths left over go to those that lost most (largest remainder), so
    no shown value is off by a tenth or more. Same order as `Rank.components`.
    """
    tenths = [component.points * 10 for component in judged.components]
    cut = [math.floor(value + 1e-9) for value in tenths]
    # The rank may round otherwise than a sum that differs in its last binary digit.
    total = sum(tenths) / 10 if judged.rank is None else judged.rank
    target = round(round(total, 1) * 10)
    by_loss = sorted(range(len(cut)), key=lambda index: cut[index] - tenths[index])
    for index in by_loss[: target - sum(cut)]:
        cut[index] += 1
    return tuple(value / 10 for value in cut)


def overlap(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Say how far two intervals cover each other: 0 apart, 1 when the narrower lies inside the wider."""
    shared = min(first[1], second[1]) - max(first[0], second[0])
    narrower = min(first[1] - first[0], second[1] - second[0])
    if shared < 0:
        return 0.0
    # Without the noise of the last digits: exactly a half must compare as a half.
    return round(shared / narrower, 9) if narrower > 0 else 1.0


def age_in_days(when: str, today: date) -> float:
    """Give the days from a date to `today`, never less than 0; of a month or year alone, from its middle.

    Raises:
        ValueError: `when` names a day that no calendar has (30 February).
    """
    year, month, day = [*(int(part) for part in when.split("-")), 0, 0][:3]
    if not month:
        month, day = 7, 1
    # A day that the month doesn't have (2025-02-30) is read as its last one.
    seen = date(year, month, min(day or 15, calendar.monthrange(year, month)[1]))
    return float(max((today - seen).days, 0))


#: A signal as it was used, but for its weight: that depends on what else its component has.
_Figure: TypeAlias = partial[SignalUse]


def _component(
    tool: Tool,
    name: ComponentName,
    weight: float,
    measured: Mapping[str, Sequence[_Figure]],
    factor: float,
) -> Component:
    metrics = _BY_COMPONENT[name]
    used = [(metric, measured[metric.name]) for metric in metrics if metric.name in measured]
    gaps = [metric for metric in metrics if metric.name not in measured and metric.expected_of(tool)]
    gap = sum([metric.weight for metric in gaps])
    whole = gap + sum([metric.weight for metric, _ in used])
    unknown = gap / whole if whole else 1.0
    signals = tuple(
        [
            figure(weight=metric.weight / whole / len(figures))
            for metric, figures in used
            for figure in figures
        ]
    )
    low = _clamp(sum([use.weight * use.score for use in signals]))
    high = _clamp(low + unknown)
    value = min(low + MIDDLE * unknown, high)
    return Component(
        name=name,
        weight=weight,
        value=value,
        low=low,
        high=high,
        points=_clamp(weight * value * factor) * 100,
        signals=signals,
        missing=tuple([_gap(metric.name, metric.label, metric.weight / whole) for metric in gaps]),
    )


@lru_cache(maxsize=1024)
def _gap(metric: str, label: str, weight: float) -> MissingSignal:
    # There are only so many; most tools lack the same few.
    return MissingSignal(metric=metric, label=label, weight=weight)


def _measured(tool: Tool, today: date) -> dict[str, list[_Figure]]:
    """Bring the newest observation of each metric that counts onto its curve, grouped by metric."""
    newest: dict[str, Signal] = {}
    for signal in tool.signals:
        before = newest.get(signal.metric)
        # Of two sources on one day the first listed counts, as in Tool.signal.
        if _counts(signal) and (before is None or before.observed_on < signal.observed_on):
            newest[signal.metric] = signal
    slots: dict[str, list[_Figure]] = {}
    for signal in newest.values():
        slot, _, what = signal.metric.partition(":")
        metric = METRICS[slot]
        age = age_in_days(signal.observed_on, today) if metric.ages else 0.0
        figure = partial(
            SignalUse,
            metric=signal.metric,
            label=what.replace("_", " ") if what else metric.label,
            # Shown as it counts today, or the figure wouldn't explain its score.
            value=signal.value + age,
            unit=signal.unit,
            source=signal.source,
            observed_on=signal.observed_on,
            score=metric.curve(signal.value + age),
        )
        slots.setdefault(slot, []).append(figure)
    if tool.released_on and METRICS[RELEASED_ON].expected_of(tool):
        slots[RELEASED_ON] = [_release(tool.released_on, today)]
    return slots


def _counts(signal: Signal) -> bool:
    slot, _, what = signal.metric.partition(":")
    if slot != BENCHMARK:
        return slot in METRICS and slot != RELEASED_ON and not what
    # An Elo or an index filed as a benchmark would pass for full marks.
    return bool(what) and signal.unit.casefold() in {"percent", "%"} and 0 <= signal.value <= _FULL_MARKS


def _release(released_on: str, today: date) -> _Figure:
    metric = METRICS[RELEASED_ON]
    age = age_in_days(released_on, today)
    return partial(
        SignalUse,
        metric=metric.name,
        label=metric.label,
        value=age,
        unit="days ago",
        source="release date",
        observed_on=released_on,
        score=metric.curve(age),
    )


def _clamp(value: float) -> float:
    return min(max(value, 0.0), 1.0)
