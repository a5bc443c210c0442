"""Matchbook's own rank: where it comes from, to the last point, and how far it could be off.

    rank = 100 * sum(weight * value)    over adoption, quality, ecosystem, match graph and freshness

**Weights** depend on the type of tool and can be asked for otherwise: `catalog.weights` argues them.

**Signals.** A component is the weighted mean of its signals, each brought to 0..1 by a curve (`catalog.metrics`).
Only what can be measured for a tool is expected of it: a closed model has no stars to miss. What is measured
all the same counts.

**Unknown is an interval.** A missing signal spans 0..1: `low` takes it for 0 and `high` for 1. The point value
takes it for .5, so the rank is the middle of what is possible, and every expected signal has its own share of points
whatever else is known of these. Hiding a bad figure that is expected and alone in its slot gains at most half of its
weight. One of several benchmarks, or a figure that nobody expects, leaves no gap: its weight goes to the others.
Nothing known at all: no rank.

**Stale.** What was measured long ago is forgotten little by little: the share that has gone stale counts as
missing does, so a figure that nobody renews ends where one ends that was never taken.

**Deprecated or gone.** All points shrink to a half (at most 50) or a fifth (at most 20), so such a tool ranks
low and is still told from others of its kind. Reported scores stand beside the rank and never enter it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import Field, SkipValidation, field_serializer

from catalog.figures import measured
from catalog.metrics import METRICS, kinds_of
from catalog.models import ComponentName, Document, ReportedScore, Share, Slug, Status, Tool
from catalog.rounding import split
from catalog.weights import COMPONENTS, of_type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from catalog.figures import Figure
    from catalog.metrics import Kind, Metric
    from catalog.weights import Weights

Points = Annotated[float, Field(ge=0, le=100)]

#: By what a status multiplies all points.
STATUS_FACTOR: Mapping[Status, float] = {Status.ACTIVE: 1.0, Status.DEPRECATED: 0.5, Status.GONE: 0.2}
#: The share of the narrower interval above which an overlap makes two values too close to call.
TOO_CLOSE = 0.5
#: What a missing signal is taken for in the point value.
MIDDLE = 0.5


class SignalUse(NamedTuple):
    """A signal as the rank used it: the figure, its source and date, and what it came to.

    `score` is the figure on its curve, `stale` how much of it was forgotten, and `low`..`high` what it could be by
    now: not always as wide as `stale`, as one fresh benchmark vouches for the others and what nobody expects fades in
    weight instead. `weight` is its share of the component. All of these are 0..1. `points` (0..100) is what it adds to
    the rank.
    """

    metric: str
    label: str
    value: float
    unit: str
    source: str
    observed_on: str
    score: float
    stale: float
    weight: float
    low: float
    high: float
    points: float


class MissingSignal(NamedTuple):
    """A signal that this kind of tool could have and this one lacks.

    `weight` (0..1) is its share of the component, `points` (0..100) what it adds to the rank, taken for a half.
    """

    metric: str
    label: str
    weight: float
    points: float


class Component(NamedTuple):
    """One part of the rank: `value` within `low`..`high`, all 0..1, and the `points` that it adds (0..100).

    The points are those of its signals and of those that are missing; with neither, half of what it could be.
    """

    name: ComponentName
    weight: float
    value: float
    low: float
    high: float
    points: float
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
    # Made below and nowhere else: checking each part again would take longer than the rank itself.
    components: SkipValidation[tuple[Component, ...]]
    known: int
    expected: int
    reported: tuple[ReportedScore, ...] = ()

    def component(self, name: ComponentName) -> Component:
        """Give one component."""
        return self.components[COMPONENTS.index(name)]

    @field_serializer("components")
    def _by_name(self, components: tuple[Component, ...]) -> list[dict[str, Any]]:
        return by_name(components)


def by_name(components: tuple[Component, ...]) -> list[dict[str, Any]]:
    """Give components with all of their parts by name, as JSON has them."""
    return [
        {
            **part._asdict(),
            "signals": [use._asdict() for use in part.signals],
            "missing": [gap._asdict() for gap in part.missing],
        }
        for part in components
    ]


def rank(tool: Tool, *, today: date, weights: Weights | None = None) -> Rank:
    """Rank a tool from its newest signals as they stand on a day, by the weights of its type or by others.

    The formula and its reasons stand at the top of this module. For every tool 0 <= low <= rank <= high <= 100;
    taking a signal away or letting it age never makes the interval narrower, bettering one never lowers the rank.
    """
    factor = STATUS_FACTOR[tool.status]
    kinds = kinds_of(tool)
    figures = measured(tool, kinds, today)
    known = len(figures)
    components = []
    low = high = points = 0.0
    gaps = 0
    for plan in _plans(weights or of_type(tool.type), factor, kinds, frozenset(figures)):
        part = _component(plan, figures)
        components.append(part)
        low += part.weight * part.low
        high += part.weight * part.high
        points += part.points
        gaps += len(part.missing)
    low, high = _clamp(low * factor) * 100, _clamp(high * factor) * 100
    return Rank(
        slug=tool.slug,
        rank=min(max(points, low), high) if known else None,
        low=low if known else 0.0,
        high=high if known else 100.0 * factor,
        factor=factor,
        components=tuple(components),
        known=known,
        expected=known + gaps,
        reported=tool.reported,
    )


class Shown(NamedTuple):
    """A component's points as they are shown with one decimal, and those of its signals and missing signals."""

    points: float
    signals: tuple[float, ...]
    missing: tuple[float, ...]


def shown(judged: Rank) -> tuple[Shown, ...]:
    """Round all points to one decimal so that they add up as shown, from the signals to the components to the rank.

    The points are cut to tenths and the tenths left over go to those that lost most (largest remainder), so no
    shown value is off by more than a tenth. Same order as `Rank.components`, `signals` and `missing`.
    """
    tenths = [part.points * 10 for part in judged.components]
    # The rank may round otherwise than a sum that differs in its last binary digit.
    whole = sum(tenths) / 10 if judged.rank is None else judged.rank
    return tuple(
        _shown(part, points)
        for part, points in zip(judged.components, split(round(round(whole, 1) * 10), tenths), strict=True)
    )


def _shown(part: Component, whole: int) -> Shown:
    leaves = [use.points * 10 for use in part.signals] + [gap.points * 10 for gap in part.missing]
    points = [tenths / 10 for tenths in split(whole, leaves)]
    used = len(part.signals)
    return Shown(whole / 10, tuple(points[:used]), tuple(points[used:]))


def shown_points(judged: Rank) -> tuple[float, ...]:
    """Give each component's points as shown with one decimal; they add up to the rank shown with one decimal."""
    return tuple(part.points for part in shown(judged))


def overlap(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Say how far two intervals cover each other: 0 apart, 1 when the narrower lies inside the wider."""
    shared = min(first[1], second[1]) - max(first[0], second[0])
    narrower = min(first[1] - first[0], second[1] - second[0])
    if shared < 0:
        return 0.0
    # Without the noise of the last digits: exactly a half must compare as a half.
    return round(shared / narrower, 9) if narrower > 0 else 1.0


class _Part(NamedTuple):
    """A metric's share of its component, and how much of that is open; None for as much as has gone stale."""

    metric: str
    share: float
    unknown: float | None = None


class _Plan(NamedTuple):
    """How a component is put together: the same for all tools of which the same is expected and known.

    `full` is how many points it could add, `whole` the weight of all metrics that are expected. `extra` are those
    that were measured though nobody expects them; the parts count without them.
    """

    name: ComponentName
    weight: float
    full: float
    whole: float
    extra: tuple[Metric, ...]
    parts: tuple[_Part, ...]
    missing: tuple[MissingSignal, ...]


@lru_cache(maxsize=4096)
def _plans(
    weights: Weights, factor: float, kinds: frozenset[Kind], known: frozenset[str]
) -> tuple[_Plan, ...]:
    plans = []
    for name, weight in zip(COMPONENTS, weights, strict=True):
        full = weight * factor * 100
        metrics = [metric for metric in METRICS.values() if metric.component == name]
        expected = [metric for metric in metrics if metric.expected_of in kinds]
        extra = tuple(metric for metric in metrics if metric.name in known and metric not in expected)
        whole = sum(metric.weight for metric in expected)
        parts = tuple(_Part(one.name, one.weight / whole) for one in expected if one.name in known)
        gaps = [(gap, gap.weight / whole) for gap in expected if gap.name not in known]
        missing = tuple(
            MissingSignal(gap.name, gap.label, share, share * MIDDLE * full) for gap, share in gaps
        )
        plans.append(_Plan(name, weight, full, whole, extra, parts, missing))
    return tuple(plans)


def _component(plan: _Plan, figures: Mapping[str, Sequence[Figure]]) -> Component:
    name, weight, full, _, _, parts, missing = _with_extra(plan, figures) if plan.extra else plan
    if not parts:
        return Component(name, weight, MIDDLE, 0.0, 1.0, MIDDLE * full, (), missing)
    signals = []
    low = width = points = 0.0
    for metric, share, unknown in parts:
        found = figures[metric]
        # Of several figures for one metric the freshest says how well it is known.
        doubt = min([figure.stale for figure in found]) if unknown is None else unknown
        each = share / len(found)
        for figure in found:
            least = (1.0 - doubt) * figure.score
            gained = each * (least + MIDDLE * doubt) * full
            signals.append(SignalUse(*figure, each, least, least + doubt, gained))
            low += each * least
            points += gained
        width += share * doubt
    for gap in missing:
        width += gap.weight
        points += gap.points
    low = _clamp(low)
    high = _clamp(low + width)
    return Component(name, weight, low + MIDDLE * (high - low), low, high, points, tuple(signals), missing)


def _with_extra(plan: _Plan, figures: Mapping[str, Sequence[Figure]]) -> _Plan:
    """Make room for what was measured though nobody expects it.

    Such a figure leaves no gap when it is forgotten: its weight fades instead, until it is as if it had never been
    there. Where nothing is expected at all the component is as open as its freshest figure.
    """
    stale = [min(figure.stale for figure in figures[metric.name]) for metric in plan.extra]
    fading = [metric.weight * (1.0 - share) for metric, share in zip(plan.extra, stale, strict=True)]
    whole = plan.whole + sum(fading)
    rest = plan.whole / whole
    doubt = 0.0 if plan.whole else min(stale)
    return plan._replace(
        parts=(
            *(part._replace(share=part.share * rest) for part in plan.parts),
            *(_Part(one.name, left / whole, doubt) for one, left in zip(plan.extra, fading, strict=True)),
        ),
        missing=tuple(
            gap._replace(weight=gap.weight * rest, points=gap.points * rest) for gap in plan.missing
        ),
    )


def _clamp(value: float) -> float:
    return min(max(value, 0.0), 1.0)
