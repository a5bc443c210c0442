"""The measures, on answers whose worth is plain."""

from __future__ import annotations

import pytest

from catalog.resolver import Outcome
from tests.evaluation.measures import Found, Judged, Tally, Verdict, judge, percentile
from tests.evaluation.sets import Query, Wanted

RESOLVED, AMBIGUOUS, NOT_FOUND = Outcome.RESOLVED, Outcome.AMBIGUOUS, Outcome.NOT_FOUND
#: What is wanted, what is right, what was found, and what that is worth.
CASES = [
    (Wanted.TOOL, "a", ("a", "b"), RESOLVED, Verdict.RIGHT),
    (Wanted.TOOL, "ab", ("b",), RESOLVED, Verdict.RIGHT),
    (Wanted.TOOL, "a", ("b", "a"), RESOLVED, Verdict.WRONG),
    (Wanted.TOOL, "a", ("b", "a"), AMBIGUOUS, Verdict.OFFERED),
    (Wanted.TOOL, "a", ("b", "c"), AMBIGUOUS, Verdict.ASTRAY),
    (Wanted.TOOL, "a", ("a",), NOT_FOUND, Verdict.MISSED),
    (Wanted.FAMILY, "abc", ("x", "c", "b"), AMBIGUOUS, Verdict.RIGHT),
    (Wanted.FAMILY, "abc", ("x", "c"), AMBIGUOUS, Verdict.ASTRAY),
    (Wanted.FAMILY, "abc", ("a",), RESOLVED, Verdict.WRONG),
    (Wanted.FAMILY, "abc", (), NOT_FOUND, Verdict.MISSED),
    (Wanted.MEMBER, "abc", ("a",), RESOLVED, Verdict.RIGHT),
    (Wanted.MEMBER, "abc", ("x",), RESOLVED, Verdict.WRONG),
    (Wanted.NOTHING, "", ("x",), RESOLVED, Verdict.WRONG),
    (Wanted.NOTHING, "", ("x", "y"), AMBIGUOUS, Verdict.OFFERED),
    (Wanted.NOTHING, "", ("x",), NOT_FOUND, Verdict.RIGHT),
]


def _judged(
    wanted: Wanted, right: str, slugs: tuple[str, ...], outcome: Outcome, took: float = 0.0
) -> Judged:
    return Judged(Query("typed", frozenset(right), "kind", wanted), Found(slugs, outcome), took)


@pytest.mark.parametrize(("wanted", "right", "slugs", "outcome", "verdict"), CASES)
def test_each_answer_is_worth_what_it_is(
    wanted: Wanted, right: str, slugs: tuple[str, ...], outcome: Outcome, verdict: Verdict
) -> None:
    """Resolving, asking back and finding nothing are told apart, for tools, families and strangers."""
    assert _judged(wanted, right, slugs, outcome).verdict is verdict


def test_shares_are_those_of_the_answers_picked() -> None:
    """Accuracy counts the first candidates whatever the outcome; each sort of query is counted by itself."""
    tally = Tally(tuple(_judged(*case[:4]) for case in CASES))
    tools = tally.of(Wanted.TOOL)
    assert (len(tally), len(tools), len(tally.of(Wanted.FAMILY, Wanted.MEMBER))) == (15, 6, 6)
    assert tools.within(1) == pytest.approx(3 / 6)
    assert tools.within(5) == pytest.approx(5 / 6)
    assert tools.share(Verdict.RIGHT, Verdict.OFFERED) == pytest.approx(3 / 6)
    assert tally.of(Wanted.NOTHING).share(Verdict.WRONG) == pytest.approx(1 / 3)
    assert tally.kinds == ("kind",)
    assert Tally(()).share(Verdict.RIGHT) == 0


def test_percentiles_are_values_that_were_measured() -> None:
    """The nearest rank is taken, never something between two values."""
    values = [float(value) for value in range(200, 0, -1)]
    assert [percentile(values, percent) for percent in (50, 99, 100)] == [100, 198, 200]
    assert percentile([7.0], 99) == 7
    assert percentile([], 50) == 0
    times = (0.001, 0.003, 0.002)
    tally = Tally(tuple(_judged(Wanted.TOOL, "a", ("a",), RESOLVED, took) for took in times))
    assert tally.milliseconds(50) == pytest.approx(2)


def test_every_query_is_asked_once_in_turn() -> None:
    """Queries reach whoever is asked as they were typed, and each has its own time."""
    typed: list[str] = []

    def ask(text: str) -> Found:
        typed.append(text)
        return Found((text,))

    queries = [Query(text, frozenset({"b"}), text) for text in "abc"]
    tally = judge(queries, ask)
    assert typed == ["a", "b", "c"]
    assert [one.place for one in tally.answers] == [None, 0, None]
    assert all(one.seconds > 0 for one in tally.answers)
