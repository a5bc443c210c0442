from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from catalog.flip import EDGE, Flip, flip, reversal
from catalog.rank import Component, Rank
from catalog.weights import COMPONENTS, PRESETS, Weights

if TYPE_CHECKING:
    from catalog.models import ComponentName

NAMES = {"one": "One", "two": "Two"}
EVEN = Weights(0.2, 0.2, 0.2, 0.2, 0.2)
USUAL = Weights(0.25, 0.25, 0.1, 0.2, 0.2)
#: Nobody reads the difference between two ranks closer than this as a lead.
CLEAR = 1e-3


def ranked(slug: str, values: tuple[float, ...], weights: Weights = USUAL, factor: float = 1.0) -> Rank:
    """Make a rank whose components have these values."""
    known = ("signal", "a signal", 1.0, "count", "a test", "2026", 1.0, 0.0, 1.0, 1.0, 1.0, 1.0)
    parts = tuple(
        Component(name, weight, value, value, value, weight * value * factor * 100, (known,))  # type: ignore[arg-type]  # stands for a signal; only whether there is one matters
        for name, weight, value in zip(COMPONENTS, weights, values, strict=True)
    )
    points = min(sum(part.points for part in parts), 100.0)
    return Rank(
        slug=slug,
        rank=points,
        low=points,
        high=points,
        factor=factor,
        components=parts,
        known=5,
        expected=5,
    )


def unknown(judged: Rank, name: str) -> Rank:
    """Take away what is known of one component; it counts half."""
    parts = [
        part._replace(value=0.5, low=0.0, high=1.0, signals=()) if part.name == name else part
        for part in judged.components
    ]
    return judged.model_copy(update={"components": tuple(parts)})


def points(judged: Rank, weights: Weights) -> float:
    """Rank by the published formula, under other weights."""
    return (
        100
        * judged.factor
        * sum(share * part.value for share, part in zip(weights, judged.components, strict=True))
    )


def ahead(winner: Rank, loser: Rank, shift: tuple[float, ...], part: float = 1.0) -> float:
    """By how many points the winner leads once this part of a shift is made."""
    first, second = (
        Weights(
            *(component.weight + part * more for component, more in zip(one.components, shift, strict=True))
        )
        for one in (winner, loser)
    )
    return points(winner, first) - points(loser, second)


def shift_of(found: Flip) -> tuple[float, ...]:
    """Give what a flip adds to each weight."""
    return tuple(after - before for before, after in zip(found.before.loser, found.after.loser, strict=True))


def program(winner: Rank, loser: Rank) -> tuple[float | None, float]:
    """Solve the same by linear programming: the least L1 change that flips (None: there is none), the least lead."""
    pairs = list(zip(winner.components, loser.components, strict=True))
    leads = [100 * (winner.factor * a.value - loser.factor * b.value) for a, b in pairs]
    gap = ahead(winner, loser, (0.0,) * 5)
    # What is added and what is taken, each from 0 up; together they are as large as the change.
    bounds = [(0.0, None)] * 5 + [(0.0, min(a.weight, b.weight)) for a, b in pairs]
    moves = [*leads, *(-lead for lead in leads)]
    level = [[1.0] * 5 + [-1.0] * 5]
    solved = linprog([1.0] * 10, A_ub=[moves], b_ub=[-gap - EDGE], A_eq=level, b_eq=[0.0], bounds=bounds)
    least = linprog(moves, A_eq=level, b_eq=[0.0], bounds=bounds)
    return (solved.fun if solved.status == 0 else None), gap + least.fun


shares = st.floats(0, 1).map(lambda value: round(value, 4))
values = st.tuples(shares, shares, shares, shares, shares)
weights = st.sampled_from([USUAL, EVEN, *PRESETS.values()]) | values.filter(lambda parts: sum(parts) > 0).map(
    lambda parts: Weights.of(dict(zip(COMPONENTS, parts, strict=True)))
)
factors = st.sampled_from([1.0, 1.0, 0.5, 0.2])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Rank, Rank]:
    """Draw two ranks of which the first is ahead, often of one type."""
    first = draw(weights)
    second = first if draw(st.booleans()) else draw(weights)
    one = ranked("one", draw(values), first, draw(factors))
    two = ranked("two", draw(values), second, draw(factors))
    lead = ahead(one, two, (0.0,) * 5)
    assume(abs(lead) > CLEAR)
    return (one, two) if lead > 0 else (two, one)


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_a_flip_flips_and_a_little_less_does_not(pair: tuple[Rank, Rank]) -> None:
    """The loser ranks at least as high by the new weights, which are distributions; at 99% of the way it doesn't."""
    found = flip(*pair)
    if found is None:
        return
    winner, loser = pair
    for side in (found.after.winner, found.after.loser):
        assert sum(side) == pytest.approx(1)
        assert all(0 <= share <= 1 for share in side)
    assert points(loser, found.after.loser) >= points(winner, found.after.winner)
    shift = shift_of(found)
    assert sum(map(abs, shift)) == pytest.approx(2 * found.moved)
    assert ahead(winner, loser, shift, 0.99) > 0
    # The same shift for both.
    sides = zip(found.before.winner, found.after.winner, strict=True)
    assert [after - before for before, after in sides] == pytest.approx(shift)


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_no_smaller_change_flips(pair: tuple[Rank, Rank]) -> None:
    """Linear programming finds no smaller change, and finds none exactly where there is none."""
    found = flip(*pair)
    least, closest = program(*pair)
    if abs(closest) < 1e-6:
        return  # level to the last digit at the very end of what can move: a solver's word is worth nothing there
    assert (found is None) == (least is None) == (closest > 0)
    if found and least is not None:
        assert 2 * found.moved == pytest.approx(least, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(pairs())
def test_no_change_on_a_grid_beats_it(pair: tuple[Rank, Rank]) -> None:
    """Of all shifts in steps of 20%, none that reverses the two is smaller."""
    winner, loser = pair
    found = flip(*pair)
    steps = [step / 5 for step in range(-4, 5)]
    for head in product(steps, repeat=4):
        shift = (*head, -sum(head))
        size = sum(map(abs, shift))
        if found and size >= 2 * found.moved:
            continue
        possible = all(
            min(a.weight, b.weight) + more >= 0
            for a, b, more in zip(winner.components, loser.components, shift, strict=True)
        )
        assert not possible or ahead(winner, loser, shift) > -1e-9


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_what_is_said_is_true(pair: tuple[Rank, Rank]) -> None:
    """The share as it is worded, moved as it is worded, puts the loser ahead; "at least level" is so on every part."""
    winner, loser = pair
    said = reversal(winner, loser, NAMES)
    if said.flip is None:
        if "at least level" in said.text:
            assert all(
                a.value >= b.value - 1e-10 for a, b in zip(winner.components, loser.components, strict=True)
            )
        return
    target = said.flip.component
    told = re.search(
        r"counts ([\d.]+)(?:% instead of ([\d.]+)%| percentage points? more for both)", said.text
    )
    assert told, said.text
    before = said.flip.before.loser.named()[target]
    assert not told[2] or float(told[2]) == pytest.approx(before * 100, abs=0.06)
    moved = float(told[1]) / 100 - (before if told[2] else 0)
    assert moved >= said.flip.moved - 1e-9
    sources = _sources(said.text, said.flip)
    shift = dict.fromkeys(COMPONENTS, 0.0)
    shift[target] = moved
    for source in sources:
        most = min(winner.component(source).weight, loser.component(source).weight)
        share = min(most, moved)
        shift[source], moved = -share, moved - share
    assert moved == pytest.approx(0, abs=1e-9)
    assert ahead(winner, loser, tuple(shift.values())) < 0


def _sources(text: str, found: Flip) -> list[ComponentName]:
    told = text.partition("taken from ")[2].partition(" (")[0].rstrip(".")
    if told == "all the rest":
        return [name for name in COMPONENTS if name != found.component]
    parts = {part.replace(" ", "_") for part in re.split(", then |, | and ", told)}
    assert parts <= set(COMPONENTS)
    # All but the last are emptied, so that their order among each other doesn't matter.
    last = re.split(", then |, | and ", told)[-1].replace(" ", "_")
    return sorted((name for name in COMPONENTS if name in parts), key=lambda name: name == last)


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (
            ranked("one", (0.9, 0.5, 0.5, 0.5, 0.5)),
            ranked("two", (0.5, 0.8, 0.5, 0.5, 0.5)),
            "Two wins once quality counts 29% instead of 25%, taken from adoption.",
        ),
        (
            ranked("one", (0.9, 0.5, 0.9, 0.9, 0.9)),
            ranked("two", (0.2, 0.55, 0.2, 0.2, 0.2)),
            (
                "Two wins once quality counts 94% instead of 25%, "
                "taken from adoption, ecosystem and match graph, then freshness."
            ),
        ),
        (
            ranked("one", (0.9, 0.5, 0.9, 0.9, 0.9)),
            ranked("two", (0.2, 0.501, 0.2, 0.2, 0.2)),
            "Two wins once quality counts 100% instead of 25%, taken from all the rest.",
        ),
        (
            ranked("one", (0.9, 0.5, 0.6, 0.9, 0.5)),
            ranked("two", (0.2, 0.56, 0.6, 0.6, 0.5)),
            "Two wins once quality counts 59% instead of 25%, taken from adoption, then match graph.",
        ),
        (
            ranked("one", (0.9, 0.5, 0.5, 0.5, 0.5)),
            unknown(ranked("two", (0.5, 0.5, 0.5, 0.5, 0.4)), "quality"),
            "No weights make Two win: One is at least level on every part (what is unknown counts half).",
        ),
        (
            unknown(ranked("one", (0.9, 0.5, 0.5, 0.5, 0.5)), "quality"),
            ranked("two", (0.5, 0.8, 0.5, 0.5, 0.5)),
            (
                "Two wins once quality counts 29% instead of 25%, taken from adoption "
                "(quality of One is unknown: counted half)."
            ),
        ),
        (
            ranked("one", (0.9, 0.6, 0.5, 0.5, 0.5)),
            ranked("two", (0.9, 0.6, 0.5, 0.5, 0.4)),
            "No weights make Two win: One is at least level on every part.",
        ),
        (
            ranked("one", (0.5, 0.5, 0.5, 0.5, 0.5)),
            ranked("two", (0.6, 0.9, 0.5, 0.5, 0.5), factor=0.5),
            "No weights make Two win: its status leaves it 50% of its points, and no part makes up for that.",
        ),
        (
            ranked("one", (0.9, 0.5, 0.5, 0.5, 0.5)),
            ranked("two", (0.5, 0.9, 0.5, 0.5, 0.5), Weights(0.35, 0.2, 0.1, 0.2, 0.15)),
            "Two wins once quality counts 3 percentage points more for both, taken from adoption.",
        ),
        (
            ranked("one", (0.9, 0.2, 0.2, 0.2, 0.2), Weights(1, 0, 0, 0, 0)),
            ranked("two", (0.2, 0.3, 0.2, 0.2, 0.2), Weights(0, 1, 0, 0, 0)),
            "No change of weights makes Two win: all that can move to quality, where it does best, isn't enough.",
        ),
    ],
)
def test_words(one: Rank, two: Rank, said: str) -> None:
    """What it takes, or that nothing does and why."""
    assert reversal(one, two, NAMES).text == said


def test_a_figure_that_only_passes_does_not_win() -> None:
    """Where ranks are too close to call, nobody wins: one figure passes the other."""
    one, two = ranked("one", (0.9, 0.5, 0.5, 0.5, 0.5)), ranked("two", (0.5, 0.8, 0.5, 0.5, 0.5))
    assert reversal(one, two, NAMES, passes=True).text == (
        "Two passes One once quality counts 29% instead of 25%, taken from adoption."
    )
    assert reversal(one, ranked("two", (0,) * 5), NAMES, passes=True).text == (
        "No weights make Two pass One: One is at least level on every part."
    )


def test_who_is_behind_can_not_be_reversed() -> None:
    """There is no winner to reverse where the first isn't ahead."""
    with pytest.raises(ValueError, match="isn't ahead"):
        flip(ranked("one", (0.5,) * 5), ranked("two", (0.5,) * 5))


def test_weights_are_written_by_name() -> None:
    """Scripts read shares by component."""
    found = flip(ranked("one", (0.9, 0.5, 0.5, 0.5, 0.5)), ranked("two", (0.5, 0.8, 0.5, 0.5, 0.5)))
    assert found
    dumped = found.model_dump(mode="json")
    assert dumped["before"]["loser"] == USUAL.named()
    assert dumped["taken_from"] == ["adoption"]
    assert Flip.model_validate_json(found.model_dump_json()) == found
