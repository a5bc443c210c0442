from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.benchmarks import FEWEST, curve_of, references
from catalog.curves import Curve, half_life, linear_curve, log_curve, through


@pytest.mark.parametrize(
    ("curve", "value", "score"),
    [
        (log_curve(10, 1000), 100, 0.5),
        (log_curve(10, 1000), 0, 0),
        (log_curve(10, 1000), 10**9, 1),
        (linear_curve(900, 1500), 1200, 0.5),
        (linear_curve(20, 0), 5, 0.75),
        (linear_curve(20, 0), 90, 0),
        (half_life(100), 200, 0.25),
        (through([(0, 0), (40, 0.2), (50, 0.8), (100, 1)], ""), 45, 0.5),
        (through([(0, 0), (40, 0.2), (50, 0.8), (100, 1)], ""), 200, 1),
    ],
)
def test_curves(curve: Curve, value: float, score: float) -> None:
    """Floors, ceilings, and what lies between."""
    assert curve.score(value) == pytest.approx(score)


@pytest.mark.parametrize(
    "curve", [log_curve(10, 1000), linear_curve(20, 0), half_life(100), curve_of("gpqa"), curve_of("none")]
)
@given(score=st.floats(0.01, 0.99))
def test_a_curve_reads_backwards(curve: Curve, score: float) -> None:
    """The figure of a score has that score."""
    assert curve.score(curve.figure(score)) == pytest.approx(score)


def test_points_that_share_a_figure_become_one() -> None:
    """A tenth of the results at one figure: it beats half of them, and a better one beats more."""
    curve = through([(0, 0), (50, 0.4), (50, 0.6), (100, 1)], "")
    assert curve.score(50) == pytest.approx(0.5)
    assert curve.score(49) < curve.score(50) < curve.score(51)


@pytest.mark.parametrize("name", [*references(), "unheard_of"])
@given(first=st.floats(0, 100), more=st.floats(0.01, 100))
def test_a_better_result_always_scores_better(name: str, first: float, more: float) -> None:
    """From 0 to 1, strictly rising, however near the deciles lie to each other."""
    score = curve_of(name).score
    assert 0 <= score(0) < score(100) <= 1
    if first + more <= 100:
        assert score(first) < score(first + more)


def test_a_result_is_placed_among_those_of_its_benchmark() -> None:
    """The median scores a half in each; without published results the percentage itself counts."""
    for name, reference in references().items():
        assert curve_of(name).score(reference.deciles[4]) == pytest.approx(0.5)
        assert reference.results >= FEWEST
        assert reference.licence in {"CC-BY-4.0", "Apache-2.0"}
    assert curve_of("unheard_of").score(70) == pytest.approx(0.7)
