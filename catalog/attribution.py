"""Why a rank is another one than before: the difference between two entries of the ledger, to the last point.

A rank is a sum of products: status factor * weight of the component * share of the signal * what the figure counts.
When several of them change at once, a product's change is parted evenly between its factors:

    b * y - a * x  =  (y - x) * (a + b) / 2  +  (b - a) * (x + y) / 2

which favours neither the old state nor the new one, and is exact: the items sum to the difference of the points.
Within a component shares always sum to 1, so what one signal gains others lose. How much a changed share did is
therefore measured from the component's own level: a new signal just as good as the others explains nothing.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from catalog.ledger import Entry
from catalog.metrics import METRICS, RELEASED_ON
from catalog.models import ComponentName, Document, ReportedScore, publisher_of
from catalog.rank import MIDDLE
from catalog.rounding import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.rank import Component, MissingSignal, SignalUse

#: Differences below this are the last digits of floats, in points.
_NOISE: Final = 1e-9
_FULL: Final = 100.0
_THOUSANDS: Final = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


class Change(StrEnum):
    """What it is that changed."""

    FIGURE = "figure"
    """It was measured anew."""
    AGE = "age"
    """It is an age, and time went by."""
    STALE = "stale"
    """What was measured counts less because it was long ago, or again in full."""
    KNOWN = "known"
    UNKNOWN = "unknown"
    SHARE = "share"
    """It counts for more or less within its component, as others came or went."""
    WEIGHT = "weight"
    """The component counts for more or less: the tool is of another type."""
    STATUS = "status"
    """The tool was deprecated, is gone, or is active again."""
    FORMULA = "formula"
    """The program computes it otherwise."""
    ROUNDING = "rounding"
    """Nothing did: the two lie on either side of where one decimal rounds up."""


class Item(Document):
    """A part of a difference: `points` exactly, `shown` with one decimal, `text` for people."""

    change: Change
    component: ComponentName | None = None
    metric: str | None = None
    points: float
    shown: float
    text: str


class Explanation(Document):
    """The difference between two entries, and what it comes from, the greatest part first.

    `points` is the exact difference and the sum of the items' points; `shown` is that of the two ranks as shown with
    one decimal and the sum of what the items show. A tool of which nothing is measured has no rank, but it has
    points: half of what could be. Both are None where the tool was not in the catalog. `text` says it in a sentence.
    """

    first: Entry
    last: Entry
    points: float | None
    shown: float | None
    items: tuple[Item, ...]
    text: str

    def by_component(self) -> dict[ComponentName | None, float]:
        """Sum what is shown by component; None for what concerns all of them. These add up to `shown`, too."""
        tenths: dict[ComponentName | None, int] = {}
        for item in self.items:
            tenths[item.component] = tenths.get(item.component, 0) + round(item.shown * 10)
        return {name: value / 10 for name, value in tenths.items()}


class _Found(NamedTuple):
    """An item before it is rounded."""

    change: Change
    points: float
    text: str
    component: ComponentName | None = None
    metric: str | None = None


class _Part(NamedTuple):
    """A signal as it stood in an entry: its share of the component and what it counted, 0..1 each."""

    share: float
    counted: float
    use: SignalUse | None
    gap: MissingSignal | None

    @property
    def label(self) -> str:
        """Its name for people."""
        named = self.use or self.gap
        return named.label if named else ""


def explain(first: Entry, last: Entry) -> Explanation:
    """Say what the difference between two entries comes from.

    Where the formulas differ, all that isn't a changed figure is put down to the formula.
    """
    if first.removed or last.removed:
        return Explanation(
            first=first, last=last, points=None, shown=None, items=(), text=_sentence(first, last, 0)
        )
    before, after = _points(first), _points(last)
    found = sorted(_merged(_found(first, last)), key=lambda item: -abs(item.points))
    target = _tenths(after) - _tenths(before)
    if target and not found:
        found = [_Found(Change.ROUNDING, after - before, "rounding")]
    return Explanation(
        first=first,
        last=last,
        points=after - before,
        shown=target / 10,
        items=tuple(
            Item(**item._asdict() | {"shown": tenths / 10, "text": f"{item.text}: {tenths / 10:+.1f}"})
            for item, tenths in zip(found, _shared(target, [item.points * 10 for item in found]), strict=True)
        ),
        text=_sentence(first, last, target),
    )


def unexplained(first: ReportedScore, last: ReportedScore) -> str:
    """Say of two scores that others report what can be said: where they stand, and that nobody says why."""
    one, other = _told(first), _told(last)
    if first.rank == last.rank:
        return f"{one} and {other}: the same."
    pages = publisher_of(first.source) == publisher_of(last.source)
    return f"{one} and {other}: unexplained, neither {'page' if pages else 'source'} says why."


def _told(score: ReportedScore) -> str:
    when = f", {score.observed_on}" if score.observed_on else ""
    return f"{'no rank' if score.rank is None else f'{score.rank:g}'} ({score.source}{when})"


def _points(entry: Entry) -> float:
    # What the parts come to, as `rank` sums them; the rank itself is None while nothing is measured.
    points = sum([part.points for part in entry.components])
    return points if entry.rank is None else entry.rank


def _tenths(points: float) -> int:
    return round(round(points, 1) * 10)


def _found(first: Entry, last: Entry) -> Iterator[_Found]:
    new_formula = first.formula != last.formula
    factor = (first.factor + last.factor) / 2
    whole = [sum(part.weight * part.value for part in entry.components) for entry in (first, last)]
    status = f"status: points count x{last.factor:g} instead of x{first.factor:g}"
    yield _Found(Change.STATUS, (last.factor - first.factor) * sum(whole) / 2 * _FULL, status)
    for old, new in zip(first.components, last.components, strict=True):
        # Where there was nothing to measure, a half was the whole of it.
        there = all(part.signals or part.missing for part in (old, new))
        level = (old.value + new.value) / 2 if there else MIDDLE
        name = old.name.replace("_", " ")
        weight = f"{name} counts {_percent(new.weight)} of the rank instead of {_percent(old.weight)}"
        yield _Found(
            Change.FORMULA if new_formula else Change.WEIGHT,
            (new.weight - old.weight) * (old.value + new.value) / 2 * factor * _FULL,
            weight,
            old.name,
        )
        full = (old.weight + new.weight) / 2 * factor * _FULL
        for item in _of_signals(old, new, level):
            change = Change.FORMULA if new_formula and item.change is Change.SHARE else item.change
            yield item._replace(change=change, points=item.points * full)


def _of_signals(old: Component, new: Component, level: float) -> Iterator[_Found]:
    before, after = _parts(old), _parts(new)
    for metric in dict.fromkeys(chain(before, after)):
        was, now = before.get(metric), after.get(metric)
        if was and now:
            yield from _of_signal(metric, old.name, was, now, level)
        elif now:
            change = Change.KNOWN if now.use else Change.SHARE
            text = f"{now.label} {_figure(now.use)} is known now" if now.use else f"{now.label} is missed now"
            yield _Found(change, now.share * (now.counted - level), text, old.name, metric)
        elif was:
            change = Change.UNKNOWN if was.use else Change.SHARE
            gone = "is no longer known" if was.use else "is no longer missed"
            yield _Found(change, was.share * (level - was.counted), f"{was.label} {gone}", old.name, metric)


def _of_signal(
    metric: str, component: ComponentName, was: _Part, now: _Part, level: float
) -> Iterator[_Found]:
    share = (was.share + now.share) / 2
    counted = (was.counted + now.counted) / 2
    text = f"{now.label} counts {_percent(now.share)} of {component.replace('_', ' ')} instead of {_percent(was.share)}"
    yield _Found(Change.SHARE, (now.share - was.share) * (counted - level), text, component, metric)
    old, new = was.use, now.use
    if old and new:
        # What is open of a figure counts as a missing one does, the rest as it was measured.
        opened = (old.high - old.low + new.high - new.low) / 2
        score = (old.score + new.score) / 2
        change, text = _how(old, new)
        yield _Found(change, share * (1 - opened) * (new.score - old.score), text, component, metric)
        wider = (new.high - new.low) - (old.high - old.low)
        text = f"{new.label}, measured {new.observed_on}, counts " + (
            "less by now" if wider > 0 else "in full again"
        )
        yield _Found(Change.STALE, share * wider * (MIDDLE - score), text, component, metric)
    elif new:
        text = f"{new.label} {_figure(new)} is known now"
        yield _Found(Change.KNOWN, share * (now.counted - was.counted), text, component, metric)
    elif old:
        text = f"{old.label} is no longer known"
        yield _Found(Change.UNKNOWN, share * (now.counted - was.counted), text, component, metric)


def _how(old: SignalUse, new: SignalUse) -> tuple[Change, str]:
    """Say how a figure came to score otherwise."""
    if old.value == new.value:
        # The same figure: only the curve, or what a result is held against, can be another one.
        return Change.FORMULA, f"{new.label} {_figure(new)} is scored otherwise"
    text = f"{new.label} {_figure(old)} -> {_figure(new)}"
    slot = METRICS.get(new.metric)
    ages = new.metric == RELEASED_ON or bool(slot and slot.ages)
    return (Change.AGE if ages and old.observed_on == new.observed_on else Change.FIGURE), text


def _parts(component: Component) -> dict[str, _Part]:
    parts = {
        use.metric: _Part(use.weight, use.low + MIDDLE * (use.high - use.low), use, None)
        for use in component.signals
    }
    return parts | {gap.metric: _Part(gap.weight, MIDDLE, None, gap) for gap in component.missing}


def _merged(found: Iterable[_Found]) -> Iterator[_Found]:
    """Drop what changed nothing, and put together what the formula and shares did within a component."""
    together: dict[tuple[Change, ComponentName | None], list[_Found]] = {}
    for item in found:
        if abs(item.points) < _NOISE:
            continue
        if item.change is Change.FORMULA:
            together.setdefault((Change.FORMULA, None), []).append(item)
        elif item.change is Change.SHARE:
            together.setdefault((Change.SHARE, item.component), []).append(item)
        else:
            yield item
    for (change, component), items in together.items():
        points = sum(item.points for item in items)
        if change is Change.FORMULA:
            yield _Found(change, points, "the formula is another one")
        elif len(items) == 1:
            yield items[0]
        else:
            name = str(component).replace("_", " ")
            yield _Found(change, points, f"what is known counts for other shares of {name}", component)


def _shared(target: int, tenths: list[float]) -> tuple[int, ...]:
    """Round signed parts so that they add up to a whole."""
    # One more or less than the sum of the parts can come of rounding both ends; it goes to the greatest.
    if not tenths:
        return ()
    off = target - sum(tenths)
    greatest = max(range(len(tenths)), key=lambda place: abs(tenths[place]))
    tenths[greatest] += off
    return split(target, tenths)


def _sentence(first: Entry, last: Entry, target: int) -> str:
    if first.removed and last.removed:
        return f"Not in the catalog on {first.day}, nor on {last.day}."
    if first.removed:
        return f"Not in the catalog on {first.day}; {_standing(last)} on {last.day}."
    if last.removed:
        return f"{_standing(first).capitalize()} on {first.day}; no longer in the catalog on {last.day}."
    if first.day == last.day and first.rank == last.rank:
        return f"{_standing(last).capitalize()}."
    moved = f"{target / 10:+.1f}" if target else "no difference"
    return f"From {_standing(first)} on {first.day} to {_standing(last)} on {last.day}: {moved}."


def _standing(entry: Entry) -> str:
    if entry.rank is None:
        return f"no rank ({_points(entry):.1f} if half of what is unknown counts)"
    return f"{entry.rank:.1f} ({entry.low:.0f} to {entry.high:.0f})"


def _figure(use: SignalUse) -> str:
    for size, letter in _THOUSANDS:
        if abs(use.value) >= size * 0.9995:
            return f"{use.value / size:.3g}{letter}"
    return f"{use.value:.4g}"


def _percent(share: float) -> str:
    return f"{share * _FULL:.3g}%"
