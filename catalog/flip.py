"""What would turn a comparison round: the smallest change of weights after which the other tool ranks higher.

A change moves shares of weight between components, the same for both tools; the weights of each stay a
distribution. By how much the winner is ahead is linear in what is moved:

    ahead = 100 * sum(weight * lead)    where lead = factor * value of the winner - factor * value of the loser

A share gains most where it arrives on the component with the least lead. That one takes any amount (all weights
together are 1), so nothing ever has to arrive elsewhere. It is taken where the lead is greatest first, from each
component as much as both tools have there. Every unit so moved counts at least as much as under any other change, so
no change that does the same is smaller; and where all that can move isn't enough, nothing is.
"""

from __future__ import annotations

import math
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import PlainSerializer

from catalog.models import ComponentName, Document, Share, Slug
from catalog.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from catalog.rank import Rank

#: By how many points the loser has to come out ahead: more than the noise of the sums, less than anybody sees.
EDGE = 1e-9

_WHOLE = 100
_DECIMALS = range(5)
#: Below this two values are the same but for the noise of the sums.
_NOISE = 1e-12

#: Weights that are written by name, not by place.
NamedWeights = Annotated[Weights, PlainSerializer(Weights.named)]


class Sides(Document):
    """The weights that the two are ranked by; the same for both unless they are tools of different types."""

    winner: NamedWeights
    loser: NamedWeights


class Flip(Document):
    """The smallest change of weights that puts the loser ahead, by `EDGE`.

    Attributes:
        winner: who is ahead before.
        loser: who is ahead after.
        component: what counts more.
        taken_from: what counts less, the first emptied before the next is touched.
        moved: the share of all weight that moves (0..1); the weights change by twice that (L1).
        before: the weights now.
        after: the weights then.
    """

    winner: Slug
    loser: Slug
    component: ComponentName
    taken_from: tuple[ComponentName, ...]
    moved: Share
    before: Sides
    after: Sides


class Reversal(Document):
    """What it takes to put the loser ahead, in words; `flip` is None where no change of weights does it."""

    winner: Slug
    loser: Slug
    flip: Flip | None
    text: str


def flip(winner: Rank, loser: Rank) -> Flip | None:
    """Find the smallest change of weights after which the loser ranks higher; None when there is none.

    Raises:
        ValueError: the winner isn't ahead.
    """
    scales = _Scales.of(winner, loser)
    if scales.ahead <= 0:
        raise ValueError(f"{winner.slug} isn't ahead of {loser.slug}")
    moved = scales.enough()
    if moved is None:
        return None
    taken = scales.take(moved)
    before = Sides(winner=_weights(winner), loser=_weights(loser))
    return Flip(
        winner=winner.slug,
        loser=loser.slug,
        component=scales.target,
        taken_from=tuple(taken),
        moved=moved,
        before=before,
        after=Sides(
            winner=_shifted(before.winner, scales.target, taken),
            loser=_shifted(before.loser, scales.target, taken),
        ),
    )


def reversal(winner: Rank, loser: Rank, names: Mapping[Slug, str], *, passes: bool = False) -> Reversal:
    """Say what it takes to put the loser ahead.

    Args:
        winner: the rank that is ahead.
        loser: the other one.
        names: of the two, by slug.
        passes: say only that the one figure passes the other, as nobody wins: the two are too close to call, or others
            are there who may be ahead of both.

    Raises:
        ValueError: the winner isn't ahead.
    """
    found = flip(winner, loser)
    said = _how(found, winner, loser, names, passes) if found else _why_not(winner, loser, names, passes)
    return Reversal(winner=winner.slug, loser=loser.slug, flip=found, text=said)


class _Scales(NamedTuple):
    """Two ranks against each other: what can be moved, what it counts, and where to.

    Attributes:
        ahead: points by which the winner leads.
        spare: the share of each component that can move: what both have there.
        target: the component on which it leads least.
        sources: the others with anything to give and to gain, the greatest gain first: points gained by moving all
            weight, and the share that can move.
    """

    ahead: float
    spare: Mapping[ComponentName, float]
    target: ComponentName
    sources: Sequence[tuple[ComponentName, float, float]]

    @classmethod
    def of(cls, winner: Rank, loser: Rank) -> _Scales:
        pairs = list(zip(winner.components, loser.components, strict=True))
        spare = {a.name: min(a.weight, b.weight) for a, b in pairs}
        leads = {a.name: _WHOLE * (winner.factor * a.value - loser.factor * b.value) for a, b in pairs}
        target = min(leads, key=lambda part: leads[part])
        gains = [(part, lead - leads[target], spare[part]) for part, lead in leads.items() if spare[part]]
        return cls(
            ahead=_points(winner) - _points(loser),
            spare=spare,
            target=target,
            sources=sorted((gain for gain in gains if gain[1] > 0), key=lambda source: -source[1]),
        )

    @property
    def room(self) -> float:
        """How much can move."""
        return sum(most for _, _, most in self.sources)

    def enough(self) -> float | None:
        """Say how much has to move; None when all isn't enough."""
        missing, moved = self.ahead + EDGE, 0.0
        for _, gain, most in self.sources:
            if gain * most >= missing:
                return min(moved + missing / gain, 1.0)
            missing -= gain * most
            moved += most
        return None

    def take(self, moved: float) -> dict[ComponentName, float]:
        """Say how much of a move comes from where, in order."""
        return dict(takewhile(lambda share: share[1] > 0, self._shares(moved)))

    def _shares(self, moved: float) -> Iterator[tuple[ComponentName, float]]:
        for part, _, most in self.sources:
            share = min(most, moved)
            yield part, share
            moved -= share


def _points(judged: Rank) -> float:
    """The points by the formula alone; `Rank.rank` may differ in its last digits."""
    return _WHOLE * judged.factor * sum(part.weight * part.value for part in judged.components)


def _weights(judged: Rank) -> Weights:
    return Weights(*(part.weight for part in judged.components))


def _shifted(weights: Weights, target: ComponentName, taken: Mapping[ComponentName, float]) -> Weights:
    shares = {name: max(share - taken.get(name, 0.0), 0.0) for name, share in weights.named().items()}
    shares[target] = min(shares[target] + sum(taken.values()), 1.0)
    return Weights(**shares)


def _how(found: Flip, winner: Rank, loser: Rank, names: Mapping[Slug, str], passes: bool) -> str:  # noqa: FBT001 (passed on)
    scales = _Scales.of(winner, loser)
    target = _plain(found.component)
    before = found.before.loser.named()[found.component]
    if found.before.winner == found.before.loser:
        moved, shares = _rounded_up(before, found.moved, scales.room)
        counts = f"counts {shares[1]} instead of {shares[0]}"
    else:
        moved, shares = _rounded_up(0.0, found.moved, scales.room)
        points = shares[1].removesuffix("%")
        counts = f"counts {points} percentage point{'' if points == '1' else 's'} more for both"
    does = f"passes {names[found.winner]}" if passes else "wins"
    # Of the rounded figure: a little more may have to be taken than exactly enough.
    taken = scales.take(moved)
    has = [part for part, most in scales.spare.items() if most and part != found.component]
    whole = len(taken) == len(has) > 1 and scales.room - moved <= _NOISE
    source = "all the rest" if whole else _in_order(list(taken))
    unknown = [
        names[judged.slug] for judged in (winner, loser) if not judged.component(found.component).known
    ]
    aside = f" ({target} of {' and '.join(unknown)} is unknown: counted half)" if unknown else ""
    return f"{names[found.loser]} {does} once {target} {counts}, taken from {source}{aside}."


def _rounded_up(before: float, moved: float, room: float) -> tuple[float, tuple[str, str]]:
    """Round a share up, so that what is said does flip: how much moves then, and the shares before and after.

    Whole percentages, finer ones only where whole ones would need more than there is or look the same.
    """
    for decimals in _DECIMALS:
        unit = 10.0**-decimals / _WHOLE
        after = math.ceil(round((before + moved) / unit, 9)) * unit
        shown = tuple(_percent(share, max(decimals, 1)) for share in (before, after))
        if after - before <= room + _NOISE and shown[0] != shown[1]:
            return min(after - before, room), (shown[0], shown[1])
    return moved, (_percent(before, 6), _percent(before + moved, 6))


def _percent(share: float, decimals: int) -> str:
    text = f"{share * _WHOLE:.{decimals}f}".rstrip("0").rstrip(".")
    return f"{text}%"


def _why_not(winner: Rank, loser: Rank, names: Mapping[Slug, str], passes: bool) -> str:  # noqa: FBT001 (passed on)
    first, second = names[winner.slug], names[loser.slug]
    does = f"pass {first}" if passes else "win"
    pairs = list(zip(winner.components, loser.components, strict=True))
    if all(_WHOLE * (winner.factor * a.value - loser.factor * b.value) >= -EDGE for a, b in pairs):
        if all(_WHOLE * (a.value - b.value) >= -EDGE for a, b in pairs):
            halves = any(a.known is not b.known for a, b in pairs)
            aside = " (what is unknown counts half)" if halves else ""
            return f"No weights make {second} {does}: {first} is at least level on every part{aside}."
        left = f"its status leaves it {loser.factor:.0%} of its points"
        return f"No weights make {second} {does}: {left}, and no part makes up for that."
    target = _plain(_Scales.of(winner, loser).target)
    return (
        f"No change of weights makes {second} {does}: "
        f"all that can move to {target}, where it does best, isn't enough."
    )


def _in_order(parts: Sequence[ComponentName]) -> str:
    """Say what is emptied, and then what the last bit comes from: "adoption and freshness, then quality"."""
    *emptied, last = map(_plain, parts)
    first = " and ".join(filter(None, [", ".join(emptied[:-1]), *emptied[-1:]]))
    return f"{first}, then {last}" if first else last


def _plain(name: ComponentName) -> str:
    return name.replace("_", " ")
