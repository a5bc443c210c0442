"""Rules for measured figures and prices."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from catalog.figures import is_read
from catalog.licences import is_share_alike
from catalog.metrics import BENCHMARK
from catalog.quality.finding import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.models import Signal, Tool
    from catalog.quality.finding import Path

_PERCENT = frozenset({"percent", "%"})
_ALL = 100


def future(tool: Tool) -> Iterator[Found]:
    """Date a figure or a price to the day on which it was seen."""
    today = datetime.now(UTC).date().isoformat()
    dated: list[tuple[Path, str]] = [
        (("signals", number, "observed_on"), one.observed_on) for number, one in enumerate(tool.signals)
    ]
    if tool.pricing and tool.pricing.starting:
        dated.append((("pricing", "starting", "observed_on"), tool.pricing.starting.observed_on))
    for path, day in dated:
        if day > today:
            yield Found(path, f"{day} is yet to come; write when the figure was seen")


def unknown_metric(tool: Tool) -> Iterator[Found]:
    """Enter figures that ranks or pages know what to do with."""
    for number, signal in enumerate(tool.signals):
        if is_read(signal) or _cannot_be(signal):
            continue
        slot, _, what = signal.metric.partition(":")
        if slot == BENCHMARK and what:
            reason = f"a benchmark in {signal.unit} counts for nothing; give it in percent, or leave it out"
            yield Found(("signals", number, "unit"), reason)
        else:
            reason = f'"{signal.metric}" counts for nothing; use a metric of docs/rank.md'
            yield Found(("signals", number, "metric"), reason)


def impossible(tool: Tool) -> Iterator[Found]:
    """Enter figures that can be: none below zero, no more than 100 percent."""
    for number, signal in enumerate(tool.signals):
        if _cannot_be(signal):
            yield Found(
                ("signals", number, "value"), f"{signal.value:g} {signal.unit} can't be; check the source"
            )


def _cannot_be(signal: Signal) -> bool:
    return signal.value < 0 or (signal.unit.casefold() in _PERCENT and signal.value > _ALL)


def share_alike(tool: Tool) -> Iterator[Found]:
    """Take no figures from sources that ask that what is made of them is passed on under the same licence."""
    licences: list[tuple[Path, str | None]] = [
        (("signals", number, "licence"), one.licence) for number, one in enumerate(tool.signals)
    ]
    if tool.pricing and tool.pricing.starting:
        licences.append((("pricing", "starting", "licence"), tool.pricing.starting.licence))
    for path, terms in licences:
        if is_share_alike(terms):
            yield Found(
                path, f"{terms} asks for the same licence of what is made with it; find another source"
            )


def figure_twice(tool: Tool) -> Iterator[Found]:
    """Enter a metric once for each source and day."""
    seen: set[tuple[str, str, str]] = set()
    for number, signal in enumerate(tool.signals):
        key = (signal.metric, signal.source, signal.observed_on)
        if key in seen:
            reason = f"{signal.metric} of {signal.source} on {signal.observed_on} stands here twice; keep one"
            yield Found(("signals", number), reason)
        seen.add(key)


RULES = (future, unknown_metric, impossible, share_alike, figure_twice)
