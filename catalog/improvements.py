"""What would raise a tool's rank, and what it would take: the least effort first.

Only what does somebody good is advised. Stars and forks can be bought, people asking a bot can be sent, and a test
that is aimed at measures nothing any more: nobody is told to get more of those. Recording what they are today is
another thing; it helps whoever compares, however it comes out.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from catalog.metrics import METRICS, kinds_of
from catalog.models import ComponentName, Document, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.metrics import Kind, Metric
    from catalog.models import Tool
    from catalog.rank import Component, MissingSignal, Rank, SignalUse

#: How far up its curve the next step of a figure leads: a size that a project can plan for.
STEP: Final = 0.1
#: What gains less than is shown with one decimal isn't worth an advice.
LEAST: Final = 0.05


class Effort(StrEnum):
    """How much work an improvement is, the least first."""

    RENEW = "look up again"
    RECORD = "look up or publish"
    RELEASE = "release"
    GROW = "grow"


_ORDER: Final = {effort: place for place, effort in enumerate(Effort)}


class Improvement(Document):
    """One way to a higher rank: what to do, what it would take, and the points (0..100) that it would add.

    A figure that nobody knows can come out well or badly: then `gain` is the most that it could add, `certain` is
    False, and `risk` says how many points it could cost. `target` is the figure that the gain is of.
    """

    effort: Effort
    component: ComponentName
    metric: str
    label: str
    text: str
    found: str
    """Where such a figure comes from."""
    gain: Annotated[float, Field(ge=0, le=100)]
    risk: Annotated[float, Field(ge=0, le=100)] = 0.0
    certain: bool = False
    target: float | None = None


def improvements(tool: Tool, judged: Rank) -> tuple[Improvement, ...]:
    """Say what would raise a tool's rank, by effort and then by gain.

    Nothing for what is deprecated or gone: its status is what holds it down, and no effort should go there.
    """
    if tool.status is not Status.ACTIVE:
        return ()
    kinds = kinds_of(tool)
    found = [one for part in judged.components for one in _of(part, part.weight * judged.factor * 100, kinds)]
    worth = [one for one in found if one.gain >= LEAST]
    return tuple(sorted(worth, key=lambda one: (_ORDER[one.effort], -one.gain, one.metric)))


def _of(part: Component, full: float, kinds: frozenset[Kind]) -> Iterator[Improvement]:
    """Go through one component of a tool of these kinds; `full` is how many points it could add."""
    for gap in part.missing:
        # Matchbook counts that itself: nobody can look it up.
        if gap.metric != "times_matched":
            yield _record(part.name, gap)
    for use in part.signals:
        metric = METRICS[use.metric.partition(":")[0]]
        share = use.weight * full
        if use.high - use.low > 0:
            yield _renew(metric, use, share)
        # The weight of an old figure that nobody expects has faded, and a fresh one regains it at the cost of all
        # others: that may well lower the rank.
        if use.stale and metric.expected_of not in kinds:
            continue
        if metric.ages:
            yield _release(metric, use, share)
        if metric.grows:
            yield from _grow(metric, use, share)


def _record(component: ComponentName, gap: MissingSignal) -> Improvement:
    metric = METRICS[gap.metric]
    return Improvement(
        effort=Effort.RECORD,
        component=component,
        metric=gap.metric,
        label=gap.label,
        text=f"Record {gap.label}: nobody has yet, so it counts half.",
        found=metric.found,
        gain=gap.points,
        risk=gap.points,
    )


def _renew(metric: Metric, use: SignalUse, share: float) -> Improvement:
    # The figure may have gone anywhere since: from the middle of what it could be, either end is as far.
    doubt = use.high - use.low
    return Improvement(
        effort=Effort.RENEW,
        component=metric.component,
        metric=use.metric,
        label=use.label,
        text=f"Look up {use.label} again: the figure is of {use.observed_on}, and {doubt:.0%} of it is unknown by now.",
        found=metric.found,
        gain=share * doubt / 2,
        risk=share * doubt / 2,
    )


def _release(metric: Metric, use: SignalUse, share: float) -> Improvement:
    return Improvement(
        effort=Effort.RELEASE,
        component=metric.component,
        metric=use.metric,
        label=use.label,
        text=f"Publish the next change: the last known one is {use.value:,.0f} days old.",
        found=metric.found,
        gain=share * (1 - _value(use)),
        certain=True,
        target=0.0,
    )


def _grow(metric: Metric, use: SignalUse, share: float) -> Iterator[Improvement]:
    target = _rounded_up(metric.curve.figure(min(use.score + STEP, 1.0)))
    # A figure that is reached is also a fresh one: where the old one was bad and mostly forgotten, that may cost more
    # than the step gains.
    gain = share * (metric.curve.score(target) - _value(use))
    if target > use.value and gain > 0:
        yield Improvement(
            effort=Effort.GROW,
            component=metric.component,
            metric=use.metric,
            label=use.label,
            text=f"{target - use.value:,.0f} more {metric.grows}: from {use.value:,.0f} to {target:,.0f}.",
            found=metric.found,
            gain=gain,
            certain=True,
            target=target,
        )


def _value(use: SignalUse) -> float:
    return (use.low + use.high) / 2


def _rounded_up(figure: float) -> float:
    """Round a figure up to two digits, as people aim for: 12,345 to 13,000.

    >>> _rounded_up(12345), _rounded_up(7.2)
    (13000.0, 8.0)
    """
    step = 10.0 ** max(math.floor(math.log10(figure)) - 1, 0)
    return math.ceil(figure / step - 1e-9) * step
