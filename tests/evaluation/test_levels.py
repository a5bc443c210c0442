"""The levels that reading names must not fall below, on sets small enough for every run of the tests."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest

from tests.evaluation import sets
from tests.evaluation.catalogs import has_shared
from tests.evaluation.measures import Tally, Verdict
from tests.evaluation.runs import run
from tests.evaluation.sets import Wanted


class Levels(NamedTuple):
    """Shares of the queries of a set, 0..1.

    Attributes:
        first: that have the right tool first, at least.
        known: that are resolved rightly, or asked back about with the right tool offered, at least.
        wrong: that are resolved to a wrong tool, at most.
        families: of families, that are asked back about, at least.
        answered: by kind, of queries that name nothing, that are resolved nevertheless, at most.
    """

    first: float
    known: float
    wrong: float
    families: float
    answered: dict[str, float]


LEVELS = {
    "own": Levels(0.97, 0.97, 0.01, 0.80, {"ooc": 0.03, "nearmiss": 0.02}),
    "human": Levels(0.985, 0.985, 0.01, 0.90, {"ooc": 0.02, "nearmiss": 0.06}),
    "human_vs": Levels(1.0, 1.0, 0.0, 0.0, {}),
    "synth_1k": Levels(0.975, 0.97, 0.01, 0.0, {"heldout": 0.03}),
    "synth_15k": Levels(0.965, 0.965, 0.02, 0.0, {"heldout": 0.06}),
}
#: Of half-typed names, those that have the tool among the first ten, at least.
COMPLETED = {"prefix_1k": 0.93, "prefix_15k": 0.78}


@cache
def tallies() -> dict[str, Tally]:
    """Ask all sets once; those that aren't on this machine are missing."""
    made = sets.makers(("1k", "15k") if has_shared() else ())
    there = [make() for name, make in made.items() if name in {*LEVELS, *COMPLETED}]
    return {one.asked.name: one.ours for one in run(there, baselines=False)}


def tally(name: str) -> Tally:
    """Give what came of a set, or skip the test where the set isn't."""
    found = tallies().get(name)
    return (
        found if found is not None else pytest.skip("the larger evaluation sets are not beside the project")
    )


@pytest.mark.parametrize("name", LEVELS)
def test_names_are_read_as_well_as_ever(name: str) -> None:
    """No set is read worse than its levels say: right ones, wrong ones, families and strangers."""
    levels, answers = LEVELS[name], tally(name)
    tools, families = answers.of(Wanted.TOOL), answers.of(Wanted.FAMILY, Wanted.MEMBER)
    below = {
        "first": (tools.within(1), levels.first),
        "known": (tools.share(Verdict.RIGHT, Verdict.OFFERED), levels.known),
        "families": (families.share(Verdict.RIGHT), levels.families),
    }
    above = {
        "wrong": (tools.share(Verdict.WRONG), levels.wrong),
        **{kind: (answers.kind(kind).share(Verdict.WRONG), most) for kind, most in levels.answered.items()},
    }
    fallen = {what: both for what, both in below.items() if both[0] < both[1]}
    fallen |= {what: both for what, both in above.items() if both[0] > both[1]}
    assert not fallen


@pytest.mark.parametrize("name", COMPLETED)
def test_names_are_completed_as_well_as_ever(name: str) -> None:
    """Half-typed names have their tool among the first ten as often as their level says."""
    assert tally(name).within(10) >= COMPLETED[name]
