from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from catalog.figures import age_in_days
from catalog.metrics import METRICS, Staleness
from catalog.models import ComponentName, Link, LinkKind, ReportedScore, Signal, Status, Tool, ToolType
from catalog.rank import (
    MIDDLE,
    STATUS_FACTOR,
    MissingSignal,
    Rank,
    SignalUse,
    overlap,
    rank,
    shown,
    shown_points,
)
from catalog.weights import COMPONENTS, Weights, of_type

TODAY = date(2026, 11, 21)
LESS_IS_BETTER = {"hallucination_rate_pct", "days_since_commit"}
COUNTS = [
    "github_stars",
    "github_forks",
    "contributors",
    "dependent_projects",
    "monthly_downloads",
    "context_window",
]
UNITS = {"hallucination_rate_pct": "percent", "days_since_commit": "days"}


def signal(metric: str, value: float, observed_on: str = "2026-10-01", unit: str | None = None) -> Signal:
    """Make a signal with the unit that its metric has."""
    named = unit or ("percent" if metric.startswith("benchmark:") else UNITS.get(metric, "count"))
    return Signal(metric=metric, value=value, unit=named, source="a test", observed_on=observed_on)


def tool(**fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a tool with some fields."""
    return Tool.model_validate({"name": "Probe", **fields})


values = {
    **dict.fromkeys(COUNTS, st.integers(0, 10**8)),
    "lmarena_score": st.integers(800, 1600),
    "hallucination_rate_pct": st.integers(0, 100),
    "benchmark:mmlu": st.integers(0, 100),
    "benchmark:gpqa": st.integers(0, 100),
    "times_matched": st.integers(0, 10**5),
    "days_since_commit": st.integers(0, 4000),
}


@st.composite
def tools(draw: st.DrawFn) -> Tool:
    """Build tools of any type and status with any choice of signals."""
    metrics = draw(st.lists(st.sampled_from(sorted(values)), unique=True))
    # Years back, so that some figures are all but forgotten; a month or a year alone is a date too.
    days = st.dates(date(2016, 1, 1), TODAY).map(date.isoformat)
    days |= st.sampled_from(["2024", "2025-02", "2026-11"])
    return tool(
        type=draw(st.sampled_from(list(ToolType))),
        status=draw(st.sampled_from(list(Status))),
        tasks=draw(st.sampled_from([(), ("coding",), ("image generation",)])),
        licence=draw(st.sampled_from([None, "Proprietary", "MIT"])),
        released_on=draw(st.none() | days),
        links=draw(
            st.sampled_from(
                [(), (Link(kind=LinkKind.REPOSITORY, url="https://a.example"),)],
            )
        ),
        signals=tuple(signal(metric, draw(values[metric]), draw(days)) for metric in metrics),
    )


@st.composite
def weights(draw: st.DrawFn) -> Weights | None:
    """Build any weights, or those of the type."""
    parts = draw(
        st.none() | st.dictionaries(st.sampled_from([*map(str, COMPONENTS)]), st.integers(1, 100), min_size=1)
    )
    return Weights.of(dict(parts)) if parts else None


@settings(max_examples=100, deadline=None)
@given(tools(), weights())
def test_the_rank_lies_within_its_bounds(probe: Tool, shares: Weights | None) -> None:
    """0 <= low <= rank <= high <= 100, and the same for each component and each signal."""
    judged = rank(probe, today=TODAY, weights=shares)
    point = judged.low if judged.rank is None else judged.rank
    assert 0 <= judged.low <= point <= judged.high <= 100
    assert (judged.rank is None) == (judged.known == 0)
    for part in judged.components:
        assert 0 <= part.low <= part.value <= part.high <= 1
        for use in part.signals:
            assert 0 <= use.low <= use.high <= 1 + 1e-9
            assert 0 <= use.stale < 1


@settings(max_examples=100, deadline=None)
@given(tools(), weights())
def test_the_breakdown_adds_up(probe: Tool, shares: Weights | None) -> None:
    """Signals make up their component and components the rank, in points, and so do values and ends."""
    judged = rank(probe, today=TODAY, weights=shares)
    assert (
        sum(part.points for part in judged.components) == pytest.approx(judged.rank, abs=1e-9)
        or not judged.known
    )
    for part in judged.components:
        assert part.points == pytest.approx(part.weight * part.value * judged.factor * 100, abs=1e-9)
        leaves: list[SignalUse | MissingSignal] = [*part.signals, *part.missing]
        if leaves:
            assert sum(leaf.points for leaf in leaves) == pytest.approx(part.points, abs=1e-9)
            assert sum(leaf.weight for leaf in leaves) == pytest.approx(1)
        assert sum(use.weight * use.low for use in part.signals) == pytest.approx(part.low, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(tools(), st.data())
def test_taking_a_signal_away_never_narrows(probe: Tool, data: st.DataObject) -> None:
    """Knowing less is never being surer, for the rank and for each component."""
    assume(probe.signals)
    gone = data.draw(st.integers(0, len(probe.signals) - 1))
    rest = probe.signals[:gone] + probe.signals[gone + 1 :]
    before = rank(probe, today=TODAY)
    after = rank(probe.model_copy(update={"signals": rest}), today=TODAY)
    assert_no_narrower(after, before)


@settings(max_examples=100, deadline=None)
@given(tools(), st.integers(1, 2000))
def test_ageing_never_narrows(probe: Tool, days: int) -> None:
    """What was known yesterday isn't known better tomorrow."""
    assert_no_narrower(rank(probe, today=TODAY + timedelta(days)), rank(probe, today=TODAY))


def assert_no_narrower(wider: Rank, narrower: Rank) -> None:
    """Hold the intervals of two ranks against each other, and those of their components."""
    assert wider.high - wider.low >= narrower.high - narrower.low - 1e-9
    for one, other in zip(wider.components, narrower.components, strict=True):
        assert one.high - one.low >= other.high - other.low - 1e-9


@settings(max_examples=50, deadline=None)
@given(tools(), st.data())
def test_bettering_a_signal_never_lowers_the_rank(probe: Tool, data: st.DataObject) -> None:
    """Rank, low and high rise or stay when a figure gets better."""
    assume(probe.signals)
    index = data.draw(st.integers(0, len(probe.signals) - 1))
    old = probe.signals[index]
    by = data.draw(st.integers(0, 10**6))
    better = max(old.value - by, 0) if old.metric in LESS_IS_BETTER else old.value + by
    if old.metric.startswith("benchmark:"):
        better = min(better, 100)
    changed = (*probe.signals[:index], old.model_copy(update={"value": better}), *probe.signals[index + 1 :])
    before = rank(probe, today=TODAY)
    after = rank(probe.model_copy(update={"signals": changed}), today=TODAY)
    assert (after.rank or 0) >= (before.rank or 0) - 1e-9
    assert after.low >= before.low - 1e-9
    assert after.high >= before.high - 1e-9


@settings(max_examples=200, deadline=None)
@given(tools(), weights())
def test_what_is_shown_adds_up(probe: Tool, shares: Weights | None) -> None:
    """With one decimal: signals sum to components and components to the rank, each off by a tenth at most."""
    judged = rank(probe, today=TODAY, weights=shares)
    parts = shown(judged)
    assert shown_points(judged) == tuple(part.points for part in parts)
    if judged.rank is not None:
        assert f"{sum(shown_points(judged)):.1f}" == f"{judged.rank:.1f}"
    for part, exact in zip(parts, judged.components, strict=True):
        assert abs(part.points - exact.points) <= 0.1 + 1e-9
        leaves: list[SignalUse | MissingSignal] = [*exact.signals, *exact.missing]
        texts = (*part.signals, *part.missing)
        assert all(abs(text - leaf.points) <= 0.1 + 1e-9 for text, leaf in zip(texts, leaves, strict=True))
        if leaves:
            assert f"{sum(texts):.1f}" == f"{part.points:.1f}"


@settings(max_examples=50, deadline=None)
@given(tools())
def test_a_status_caps_the_rank(probe: Tool) -> None:
    """Deprecated is at most 50, gone at most 20, interval included."""
    judged = rank(probe, today=TODAY)
    assert judged.high <= 100 * STATUS_FACTOR[probe.status] + 1e-9


def test_weights_are_a_distribution_over_the_components() -> None:
    """Every component weighs something and all of them together 1."""
    assert set(COMPONENTS) == set(get_args(ComponentName))
    assert all(sum(of_type(kind)) == pytest.approx(1) for kind in ToolType)
    assert {metric.component for metric in METRICS.values()} == set(COMPONENTS)


def test_nothing_known_is_no_rank() -> None:
    """A tool without any figure has no rank and the whole range."""
    judged = rank(tool(type="repository"), today=TODAY)
    assert (judged.rank, judged.low, judged.high, judged.known) == (None, 0, 100, 0)


def test_one_figure_by_hand() -> None:
    """Stars alone: adoption is known, the rest stands in the middle of 0..1."""
    stars = math.sqrt(10 * 200_000)
    judged = rank(tool(type="repository", signals=[signal("github_stars", stars)]), today=TODAY)
    adoption = judged.component("adoption")
    assert (adoption.value, adoption.low, adoption.high) == pytest.approx((0.5, 0.5, 0.5))
    assert judged.rank == pytest.approx(50)
    # A repository's adoption weighs 30: half of that is sure, the other 70 can be anything.
    assert (judged.low, judged.high) == pytest.approx((15, 85))
    assert (judged.known, judged.expected) == (1, 5)


def test_a_closed_model_has_no_stars_to_miss() -> None:
    """Only what can be measured of a kind of tool is expected of it."""
    judged = rank(tool(type="model", licence="Proprietary", tasks=["coding"]), today=TODAY)
    missing = {gap.metric for part in judged.components for gap in part.missing}
    assert missing.isdisjoint({"github_stars", "github_forks", "contributors", "monthly_downloads"})
    assert {"lmarena_score", "benchmark", "context_window"} <= missing


def test_an_image_model_misses_no_language_score() -> None:
    """A chat arena says nothing of a model that draws."""
    judged = rank(tool(type="model", tasks=["image generation"]), today=TODAY)
    assert judged.component("quality").missing == ()


def test_reported_scores_stay_beside_the_rank() -> None:
    """Somebody else's figures change nothing in ours."""
    bare = tool(type="repository", signals=[signal("github_stars", 5000)])
    told = bare.model_copy(
        update={"reported": (ReportedScore(source="A page", rank=99, components={"quality": 1}),)}
    )
    assert rank(told, today=TODAY).reported == told.reported
    assert rank(told, today=TODAY).model_copy(update={"reported": ()}) == rank(bare, today=TODAY)


def test_the_newest_figure_counts_with_its_source_and_date() -> None:
    """Of a series only the last observation is used, and it says whence it came."""
    series = [signal("github_stars", 90_000, "2024-01-01"), signal("github_stars", 100, "2026-01-01")]
    use = rank(tool(type="repository", signals=series), today=TODAY).component("adoption").signals[0]
    assert (use.value, use.source, use.observed_on) == (100, "a test", "2026-01-01")


def test_benchmarks_share_one_slot() -> None:
    """Ten benchmarks weigh as much as one: piling them up gains nothing."""
    one = tool(type="model", tasks=["coding"], signals=[signal("benchmark:b0", 60)])
    many = tool(type="model", tasks=["coding"], signals=[signal(f"benchmark:b{n}", 60) for n in range(10)])
    first, second = (rank(probe, today=TODAY) for probe in (one, many))
    assert first.rank == pytest.approx(second.rank)
    assert first.known == second.known == 1
    assert sum(use.weight for use in second.component("quality").signals) == pytest.approx(3 / 8)


@pytest.mark.parametrize(("unit", "value"), [("points", 50), ("percent", 1977), ("percent", -1)])
def test_a_benchmark_that_is_no_percentage_does_not_count(unit: str, value: float) -> None:
    """An Elo under a benchmark's name would count as full marks."""
    probe = tool(type="model", signals=[signal("benchmark:codeforces", value, unit=unit)])
    assert rank(probe, today=TODAY).rank is None


def test_an_age_grows_with_the_days() -> None:
    """A commit seen yesterday is older today."""
    probe = tool(type="repository", signals=[signal("days_since_commit", 90, "2026-08-23")])
    then, now = (rank(probe, today=day).component("freshness") for day in (date(2026, 8, 23), TODAY))
    assert (then.value, now.value) == pytest.approx((0.5**0.5, 0.5))
    assert (then.signals[0].value, now.signals[0].value) == (90, 180)


def test_a_stale_figure_is_forgotten_by_half() -> None:
    """Stars of a year and a half ago: a year past their half year of grace, so half of them is unknown."""
    old = (TODAY - timedelta(180 + 365)).isoformat()
    stars = signal("github_stars", 200_000, old)
    adoption = rank(tool(type="repository", signals=[stars]), today=TODAY).component("adoption")
    (use,) = adoption.signals
    assert (use.score, use.stale, use.low, use.high) == pytest.approx((1, 0.5, 0.5, 1))
    assert (adoption.low, adoption.value, adoption.high) == pytest.approx((0.5, 0.75, 1))


def test_what_is_forgotten_ends_as_what_is_missing() -> None:
    """Very old figures leave nearly the interval that none leaves, whether they are expected or not."""
    ancient = [signal(metric, 10**6, "1990-01-01") for metric in ("github_stars", "monthly_downloads")]
    for signals, others in ((ancient, []), (ancient, [signal("github_stars", 5000)])):
        with_it = rank(tool(type="repository", signals=[*others, *signals]), today=TODAY).component(
            "adoption"
        )
        without = rank(tool(type="repository", signals=others), today=TODAY).component("adoption")
        assert (with_it.low, with_it.high) == pytest.approx((without.low, without.high), abs=0.01)


def test_results_of_what_is_released_once_stay() -> None:
    """A model's benchmark of years ago is still its result; an agent has changed since."""
    old = [signal("benchmark:unheard_of", 60, "2022-01-01")]
    model, agent = (rank(tool(type=kind, signals=old), today=TODAY) for kind in ("model", "agent"))
    assert model.component("quality").signals[0].stale == 0
    assert agent.component("quality").signals[0].stale > 0.5
    assert model.component("quality").low == pytest.approx(0.6)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_staleness_rises_from_nothing(age: int, more: int) -> None:
    """Nothing within the days of grace, then more and more, never all."""
    rule = Staleness(grace=100, half_life=200)
    assert rule.share(100) == 0
    assert rule.share(300) == pytest.approx(0.5)
    assert 0 <= rule.share(age) <= rule.share(age + more) < 1


def test_every_metric_has_a_source_and_a_curve() -> None:
    """Every metric says where its figure is found, and its curve stays within 0..1 and can be read backwards."""
    for metric in METRICS.values():
        assert metric.found
        assert all(0 <= metric.curve.score(value) <= 1 for value in (0, 1, 50, 1e3, 1e6, 1e12))
        assert metric.curve.score(metric.curve.figure(MIDDLE)) == pytest.approx(MIDDLE)


@pytest.mark.parametrize(
    ("when", "days"),
    [("2026-11-20", 1), ("2026-11", 6), ("2026", 143), ("2030-01-01", 0), ("2026-02-31", 266)],
)
def test_an_inexact_date_is_read_from_its_middle(when: str, days: int) -> None:
    """A month from its 15th, a year from 1 July; the future is today; an impossible day is the month's last."""
    assert age_in_days(when, TODAY) == days


def test_a_model_fades_with_its_release_date() -> None:
    """Freshness halves in a year, and a repository's birthday is no freshness."""
    last_year = (TODAY - timedelta(days=365)).isoformat()
    model = rank(tool(type="model", released_on=last_year), today=TODAY)
    assert model.component("freshness").value == pytest.approx(0.5, abs=0.001)
    assert not rank(tool(type="repository", released_on=last_year), today=TODAY).component("freshness").known


@settings(max_examples=50)
@given(*[st.tuples(st.floats(0, 100), st.floats(0, 100)).map(sorted).map(tuple)] * 2)
def test_overlap_is_a_symmetric_share(first: tuple[float, float], second: tuple[float, float]) -> None:
    """Between 0 and 1, the same from both sides, and 1 within itself."""
    share = overlap(first, second)
    assert 0 <= share <= 1 + 1e-9
    assert share == overlap(second, first)
    assert overlap(first, first) == pytest.approx(1)


def test_overlap_of_a_point() -> None:
    """A point inside an interval is covered, one outside isn't."""
    assert overlap((5, 5), (0, 10)) == 1
    assert overlap((11, 11), (0, 10)) == 0
    assert overlap((0, 10), (5, 25)) == pytest.approx(0.5)
