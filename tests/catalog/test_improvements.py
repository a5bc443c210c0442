from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.improvements import Effort, Improvement, improvements
from catalog.models import Signal, Tool
from catalog.rank import rank

TODAY = date(2026, 11, 21)
#: What could be bought or aimed at; nobody is told to get more of it.
GAMEABLE = {"github_stars", "github_forks", "times_matched", "lmarena_score", "benchmark"}


def library(signals: dict[str, float], observed_on: str = "2026-11-01", **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a library of which some figures were taken on a day."""
    taken = [
        {"metric": metric, "value": value, "unit": "times", "source": "a test", "observed_on": observed_on}
        for metric, value in signals.items()
    ]
    return Tool.model_validate({"name": "Probe", "type": "library", "signals": taken, **fields})


def found(tool: Tool) -> dict[tuple[Effort, str], Improvement]:
    """Give what would raise a tool's rank, by effort and metric."""
    return {(one.effort, one.metric): one for one in improvements(tool, rank(tool, today=TODAY))}


COUNTS = ["github_stars", "monthly_downloads", "contributors", "dependent_projects", "days_since_commit"]
libraries = st.builds(
    library,
    st.dictionaries(st.sampled_from(COUNTS), st.integers(0, 10**7), min_size=1),
    st.dates(date(2023, 1, 1), TODAY).map(date.isoformat),
    # Products show what nobody expects of them, so its weight fades.
    type=st.sampled_from(["library", "product", "model", "repository"]),
)


@settings(max_examples=50, deadline=None)
@given(libraries)
def test_a_step_gains_what_was_said(tool: Tool) -> None:
    """Reach the figure that an improvement names, and the rank rises by its points."""
    before = rank(tool, today=TODAY)
    assert before.rank is not None
    for (_, metric), one in found(tool).items():
        assert one.gain > 0
        if one.target is None:
            continue
        assert one.certain
        signals = tuple(renewed(tool, metric, one.target, TODAY.isoformat()))
        after = rank(tool.model_copy(update={"signals": signals}), today=TODAY)
        assert after.rank == pytest.approx(before.rank + one.gain, abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(libraries, st.integers(0, 10**8))
def test_a_figure_taken_anew_gains_no_more_than_was_said(tool: Tool, value: int) -> None:
    """What is recorded or looked up again moves the rank by the gain at most, up or down."""
    before = rank(tool, today=TODAY)
    assert before.rank is not None
    for (effort, metric), one in found(tool).items():
        if effort not in {Effort.RECORD, Effort.RENEW} or metric == "days_since_commit":
            continue
        signals = tuple(renewed(tool, metric, value, TODAY.isoformat()))
        after = rank(tool.model_copy(update={"signals": signals}), today=TODAY)
        assert after.rank is not None
        if effort is Effort.RECORD:
            assert before.rank - one.risk - 1e-6 <= after.rank <= before.rank + one.gain + 1e-6


def renewed(tool: Tool, metric: str, value: float, seen_on: str | None) -> list[Signal]:
    """Give a tool's signals with one figure changed, taken on the same day or another, or added."""
    had = tool.signal(metric)
    day = seen_on or (had.observed_on if had else TODAY.isoformat())
    new = Signal(metric=metric, value=value, unit="times", source="a test", observed_on=day)
    return [signal for signal in tool.signals if signal.metric != metric] + [new]


@settings(max_examples=50, deadline=None)
@given(libraries)
def test_the_least_effort_comes_first_and_nothing_gameable(tool: Tool) -> None:
    """By effort, then by gain; stars, forks and test results are only ever recorded."""
    listed = improvements(tool, rank(tool, today=TODAY))
    order = [(list(Effort).index(one.effort), -one.gain) for one in listed]
    assert order == sorted(order)
    for one in listed:
        assert one.effort in {Effort.RECORD, Effort.RENEW} or one.metric.partition(":")[0] not in GAMEABLE


def test_by_hand() -> None:
    """A gain that is computed by hand: 10,000 downloads a month of a library, a tenth further up their curve 38,000."""
    # The curve runs over ln(500,000) = 13.1; ln(38,000 / 10,000) / 13.1 = .1017 of it; of the library's 35 points for
    # adoption downloads make up two thirds. That nobody recorded its stars leaves 35 / 3 / 2 points open.
    better = found(library({"monthly_downloads": 10_000}))
    grow = better[Effort.GROW, "monthly_downloads"]
    assert grow.text == "28,000 more downloads a month: from 10,000 to 38,000."
    assert (grow.target, grow.certain) == (38_000, True)
    assert grow.gain == pytest.approx(35 * 2 / 3 * 0.10174, abs=0.001)
    stars = better[Effort.RECORD, "github_stars"]
    assert (stars.gain, stars.risk) == pytest.approx((35 / 6, 35 / 6))
    assert not stars.certain
    assert (Effort.RECORD, "times_matched") not in better


@pytest.mark.parametrize("value", [1, 10_000])
def test_no_step_that_may_cost_points_is_advised(value: float) -> None:
    """A bad figure that is forgotten counts half again, and one that nobody expects not at all: renewed, they cost."""
    signals = {"monthly_downloads": value, "github_stars": 900_000.0}
    assert (Effort.GROW, "monthly_downloads") in found(library(signals))
    assert (Effort.GROW, "monthly_downloads") in found(library(signals, type="product"))
    assert (Effort.GROW, "monthly_downloads") not in found(library(signals, "2023-01-01", type="product"))
    assert (Effort.GROW, "monthly_downloads") not in found(
        library(signals | {"monthly_downloads": 1}, "2023-01-01")
    )


def test_what_is_given_up_is_not_advised() -> None:
    """No effort should go into what is deprecated."""
    assert not found(library({"monthly_downloads": 10_000}, status="deprecated"))
