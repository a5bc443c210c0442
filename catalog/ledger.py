"""The ledger: what each tool's rank was, since when, what caused it, and from which figures.

An entry is a rank as it was computed, with all of its inputs, so that any two can be held against each other
later (`catalog.attribution`) without asking what the documents and the formula were then. Three things cause one:

- **an edit** that changes the rank: one entry for its revision, written with it;
- **a day**: figures age, and an entry is due once that has moved what is shown far enough (`POINTS`, `WIDTH`);
- **the formula**: when the same figures come to another rank because the program computes it otherwise.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from pydantic import Field, SkipValidation, field_serializer

from catalog.benchmarks import references
from catalog.metrics import BENCHMARK, METRICS, RELEASED_ON
from catalog.models import Document, LinkKind, ReportedScore, Share, Slug, Status, Tool, ToolType
from catalog.rank import Component, Points, Rank, by_name, rank
from catalog.revision import SHARED, Revision, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

#: By how many points a rank must have moved since its last entry for a day to be worth an entry.
POINTS: Final = 0.5
#: The same for either end of its interval.
WIDTH: Final = 2.0

_FULL = 100.0
_PROBE_DAY = date(2026, 1, 1)


class Cause(StrEnum):
    """What made a rank another one."""

    EDIT = "edit"
    DAY = "day"
    FORMULA = "formula"


class Entry(Document):
    """A tool's rank as it came to be at a moment, with its inputs.

    `rank` is None while nothing is measured. An entry without `components` says that the tool was removed.
    """

    scope: Scope = SHARED
    slug: Slug
    made_at: str
    """UTC, ISO: "2026-03-01T12:00:00Z"; of an entry for a day its beginning."""
    cause: Cause
    revision: Annotated[int, Field(gt=0)] | None = None
    """The edit's number; None where no edit is the cause."""
    formula: str
    """Which formula computed it: the same text, the same formula."""
    rank: Points | None
    low: Points
    high: Points
    factor: Share
    # Computed, or read from what was: checking each part again would take longer than either.
    components: SkipValidation[tuple[Component, ...]]

    @field_serializer("components")
    def _by_name(self, components: tuple[Component, ...]) -> list[dict[str, Any]]:
        return by_name(components)

    @property
    def day(self) -> str:
        """The day (UTC, ISO) from which on it held."""
        return self.made_at[:10]

    @property
    def removed(self) -> bool:
        """Whether the tool was taken out of the catalog."""
        return not self.components


class Last(NamedTuple):
    """As much of a tool's last entry as it takes to say whether another one is due."""

    number: int
    formula: str
    rank: float | None
    low: float
    high: float


class History(Document):
    """How a tool's rank came to be what it is, oldest first, with what others reported beside it.

    `now` is the rank as it is today; it may have moved a little since the last entry. None for what isn't kept.
    """

    slug: Slug
    entries: tuple[Entry, ...]
    now: Entry
    reported: tuple[ReportedScore, ...] = ()
    """By date; those without one come first."""

    def at(self, day: date) -> Entry:
        """Give what held at the end of a day: the last entry until then, or the first where it begins later."""
        if day.isoformat() >= self.now.day:
            return self.now
        until = [entry for entry in self.entries if entry.day <= day.isoformat()]
        return until[-1] if until else (*self.entries, self.now)[0]


def of_edit(revision: Revision) -> Entry | None:
    """Give the entry for an edit; None where it leaves the rank as it was on that day."""
    day = date.fromisoformat(revision.made_at[:10])
    before, after = _measured(revision.before, day), _measured(revision.after, day)
    if _figures(before) == _figures(after):
        return None
    if after is None and revision.after is not None:
        return unranked(revision, revision.after)
    return _entry(
        after,
        scope=revision.scope,
        slug=revision.slug,
        made_at=revision.made_at,
        cause=Cause.EDIT,
        revision=revision.number,
    )


def unranked(revision: Revision, tool: Tool) -> Entry:
    """Give the entry for an edit that leaves a tool of which nothing is measured."""
    judged = rank(tool, today=date.fromisoformat(revision.made_at[:10]))
    return _entry(
        judged,
        scope=revision.scope,
        slug=revision.slug,
        made_at=revision.made_at,
        cause=Cause.EDIT,
        revision=revision.number,
    )


def of_day(scope: Scope, judged: Rank, last: Last | None, day: date) -> Entry | None:
    """Give the entry that is due for a day; None where the last one still says what is shown."""
    if last is None:
        cause = Cause.DAY if judged.rank is not None else None
    elif last.formula != formula():
        # The smallest difference that can be seen: after it, what moves is the figures' doing.
        cause = Cause.FORMULA if _moved(judged, last, points=0.05, width=0.5) else None
    else:
        cause = Cause.DAY if _moved(judged, last, points=POINTS, width=WIDTH) else None
    return now(scope, judged, day, cause) if cause else None


def now(scope: Scope, judged: Rank, day: date, cause: Cause = Cause.DAY) -> Entry:
    """Give a rank as an entry for a day."""
    made_at = f"{day.isoformat()}T00:00:00Z"
    return _entry(judged, scope=scope, slug=judged.slug, made_at=made_at, cause=cause, revision=None)


@cache
def formula() -> str:
    """Say by which formula ranks are computed: another text for any other weights, curves or rules.

    It is told by what it does, so that nobody has to remember to count it up: made-up tools of every type, with
    figures and ages over their whole range, are ranked on a fixed day, and the outcome is hashed. Nine digits,
    because the last ones may differ from machine to machine.
    """
    seen = blake2b(digest_size=6)
    for name, reference in references().items():
        seen.update(f"{name} {reference.deciles}".encode())
    for tool in _probes():
        judged = rank(tool, today=_PROBE_DAY)
        numbers = [judged.low, judged.high, judged.rank or 0.0, judged.factor]
        for part in judged.components:
            numbers += [part.weight, part.value, part.low, part.high]
            for use in part.signals:
                seen.update(use.metric.encode())
                numbers += [use.score, use.weight, use.low, use.high]
            for gap in part.missing:
                seen.update(gap.metric.encode())
                numbers.append(gap.weight)
        seen.update(" ".join(f"{number:.9g}" for number in numbers).encode())
    return seen.hexdigest()


def _probes() -> Iterator[Tool]:
    metrics = [f"{name}:probe" if name == BENCHMARK else name for name in METRICS if name != RELEASED_ON]
    for kind in ToolType:
        for step in range(7):
            seen_on = date.fromordinal(_PROBE_DAY.toordinal() - 5 * 3**step).isoformat()
            signals = [
                {
                    "metric": metric,
                    "value": min(10.0**step, 15.0 * step) if metric.startswith(BENCHMARK) else 10.0**step,
                    "unit": "percent",
                    "source": "probe",
                    "observed_on": seen_on,
                }
                # Each time another part of them is missing; the first has them all.
                for place, metric in enumerate(metrics)
                if not step or (place + step) % 7
            ]
            yield Tool.model_validate(
                {
                    "name": f"probe {step}",
                    "type": kind,
                    "status": list(Status)[step % len(Status)],
                    "tasks": ["chat"] if step % 2 else [],
                    "links": [{"kind": LinkKind(one), "url": "https://probe.example"} for one in LinkKind]
                    if step % 3
                    else [],
                    "released_on": seen_on if step % 4 else None,
                    "signals": signals,
                }
            )


def _measured(tool: Tool | None, day: date) -> Rank | None:
    # Most names have no figures at all: what isn't ranked needn't be computed.
    if tool is None or not (tool.signals or tool.released_on):
        return None
    judged = rank(tool, today=day)
    return judged if judged.rank is not None else None


def _figures(judged: Rank | None) -> tuple[float | None, ...] | None:
    return (judged.rank, judged.low, judged.high, judged.factor) if judged else None


def _moved(judged: Rank, last: Last, *, points: float, width: float) -> bool:
    if judged.rank is None or last.rank is None:
        return judged.rank is not last.rank
    return (
        abs(judged.rank - last.rank) >= points
        or abs(judged.low - last.low) >= width
        or abs(judged.high - last.high) >= width
    )


def _entry(
    judged: Rank | None, *, scope: Scope, slug: str, made_at: str, cause: Cause, revision: int | None
) -> Entry:
    return Entry(
        scope=scope,
        slug=slug,
        made_at=made_at,
        cause=cause,
        revision=revision,
        formula=formula(),
        rank=judged.rank if judged else None,
        low=judged.low if judged else 0.0,
        high=judged.high if judged else _FULL,
        factor=judged.factor if judged else 1.0,
        components=judged.components if judged else (),
    )
