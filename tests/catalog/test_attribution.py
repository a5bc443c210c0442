from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.attribution import Change, Explanation, explain, unexplained
from catalog.ledger import Entry, now
from catalog.metrics import METRICS
from catalog.models import ReportedScore, Status, Tool, ToolType
from catalog.rank import rank
from catalog.revision import SHARED

DAY = date(2026, 6, 1)
METRIC_NAMES = [*METRICS, "benchmark:mmlu", "benchmark:made_up", "favourite_colour"]


def tool(**fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a library in public code."""
    return Tool.model_validate({"name": "Ant", "type": "library", **fields})


def figure(metric: str, value: float, observed_on: str = "2026-05-01", unit: str = "count") -> dict[str, Any]:
    """Make a signal."""
    return {
        "metric": metric,
        "value": value,
        "unit": unit,
        "source": "a test",
        "observed_on": observed_on,
    }


def entry(of: Tool, day: date = DAY) -> Entry:
    """Rank a tool on a day, as the ledger would keep it."""
    return now(SHARED, rank(of, today=day), day)


def changes(explanation: Explanation) -> dict[Change, float]:
    """Sum the points of an explanation by what changed."""
    found: dict[Change, float] = {}
    for item in explanation.items:
        found[item.change] = found.get(item.change, 0.0) + item.points
    return found


_figures = st.builds(
    figure,
    metric=st.sampled_from(METRIC_NAMES),
    value=st.floats(0, 100) | st.floats(0, 1e8),
    observed_on=st.dates(date(2021, 1, 1), DAY).map(date.isoformat),
    unit=st.sampled_from(["count", "percent"]),
)
_tools = st.builds(
    tool,
    type=st.sampled_from(ToolType),
    status=st.sampled_from(Status),
    tasks=st.sampled_from([[], ["chat"]]),
    licence=st.sampled_from(["MIT", "Proprietary"]),
    released_on=st.none() | st.just("2024-05"),
    signals=st.lists(_figures, max_size=7),
)
_entries = st.builds(entry, _tools, st.integers(0, 2000).map(lambda days: DAY + timedelta(days)))


@given(first=_entries, last=_entries, same=st.booleans())
def test_what_changed_sums_to_the_difference(first: Entry, last: Entry, same: bool) -> None:  # noqa: FBT001 (drawn)
    """Exactly and as shown, for any two states of any two tools, by one formula or by two."""
    last = last if same else last.model_copy(update={"formula": "another"})
    explanation = explain(first, last)
    before, after = (
        sum(part.points for part in one.components) if one.rank is None else one.rank for one in (first, last)
    )
    assert explanation.points == pytest.approx(after - before, abs=1e-9)
    assert sum(item.points for item in explanation.items) == pytest.approx(after - before, abs=1e-7)
    shown = round(round(after, 1) * 10) - round(round(before, 1) * 10)
    assert sum(round(item.shown * 10) for item in explanation.items) == shown
    assert round(sum(explanation.by_component().values()) * 10) == shown
    assert all(abs(item.shown - item.points) <= 0.2 + 1e-6 for item in explanation.items)


@given(first=_entries, last=_entries)
def test_back_is_the_opposite(first: Entry, last: Entry) -> None:
    """From the last to the first, each thing that changed did just as much the other way."""
    there, back = changes(explain(first, last)), changes(explain(last, first))
    mirrored = {Change.KNOWN: Change.UNKNOWN, Change.UNKNOWN: Change.KNOWN}
    for change, points in there.items():
        assert back[mirrored.get(change, change)] == pytest.approx(-points, abs=1e-7)


@given(one=_entries)
def test_nothing_changed_nothing_to_say(one: Entry) -> None:
    """An entry beside itself has no items."""
    explanation = explain(one, one)
    assert (explanation.items, explanation.shown) == ((), 0.0)


def test_a_figure_that_grew() -> None:
    """A figure measured anew is one item, worded with both figures and what they come to."""
    first = entry(tool(signals=[figure("monthly_downloads", 1_200_000)]))
    last = entry(tool(signals=[figure("monthly_downloads", 3_400_000, "2026-05-20")]))
    (item,) = explain(first, last).items
    assert (item.change, item.component, item.metric) == (Change.FIGURE, "adoption", "monthly_downloads")
    assert item.text == f"downloads a month 1.2M -> 3.4M: {item.shown:+.1f}"
    assert item.points > 0


def test_a_status_is_an_item_of_its_own() -> None:
    """A deprecation takes its half by itself, whatever else was known."""
    known = [figure("github_stars", 5000)]
    explanation = explain(entry(tool(signals=known)), entry(tool(signals=known, status="deprecated")))
    (item,) = explanation.items
    assert (item.change, item.component) == (Change.STATUS, None)
    assert item.text.startswith("status: points count x0.5 instead of x1: -")


def test_time_goes_by() -> None:
    """An age that grows, and a figure that nobody renewed, are told from one that was measured anew."""
    known = tool(signals=[figure("days_since_commit", 3), figure("github_stars", 150_000)])
    explanation = explain(entry(known), entry(known, DAY + timedelta(900)))
    assert set(changes(explanation)) == {Change.AGE, Change.STALE}
    assert explanation.points is not None
    assert explanation.points < 0


def test_what_becomes_known_and_what_does_not() -> None:
    """A signal that comes explains by how much it is better than the half it was taken for, and back when it goes."""
    without, known = (
        entry(tool(signals=[figure("github_stars", 5000)])),
        entry(tool(signals=[figure("github_stars", 5000), figure("contributors", 900)])),
    )
    there, back = explain(without, known), explain(known, without)
    assert [item.change for item in there.items] == [Change.KNOWN]
    assert there.items[0].text.startswith("contributors 900 is known now: +")
    assert [item.change for item in back.items] == [Change.UNKNOWN]
    assert back.items[0].text.startswith("contributors is no longer known: -")


def test_a_signal_as_good_as_the_others_explains_nothing() -> None:
    """Where a benchmark joins another with the same score, shares change and no points are put down to it."""
    one = figure("benchmark:made_up", 60, unit="percent")
    other = figure("benchmark:invented", 60, unit="percent")
    model = {"type": "model", "tasks": ["chat"]}
    explanation = explain(entry(tool(**model, signals=[one])), entry(tool(**model, signals=[one, other])))
    assert explanation.points == pytest.approx(0)
    assert explanation.shown == 0


def test_another_type_weighs_otherwise() -> None:
    """A change of type alone shows as what counts for how much, not as a figure."""
    known = [figure("github_stars", 5000)]
    explanation = explain(entry(tool(signals=known)), entry(tool(signals=known, type="product")))
    assert explanation.items
    assert {Change.FIGURE, Change.AGE, Change.STALE}.isdisjoint(changes(explanation))


def test_another_formula_is_an_item_of_its_own() -> None:
    """What a new formula does to the same figures is one item that names it."""
    known = tool(signals=[figure("github_stars", 5000), figure("github_forks", 10)])
    first = entry(known)
    part = first.components[0]
    heavier = part._replace(weight=part.weight + 0.1, points=part.points * (part.weight + 0.1) / part.weight)
    last = first.model_copy(
        update={
            "formula": "another",
            "components": (heavier, *first.components[1:]),
            "rank": (first.rank or 0) + heavier.points - part.points,
        }
    )
    (item,) = explain(first, last).items
    assert (item.change, item.component) == (Change.FORMULA, None)
    assert item.text.startswith("the formula is another one: +")


def test_no_rank_and_no_tool_are_said() -> None:
    """What has no rank is held against the half of what could be; what was not there is not taken apart."""
    unranked, ranked = entry(tool()), entry(tool(signals=[figure("github_stars", 150_000)]))
    assert explain(unranked, ranked).text.startswith("From no rank (50.0 if half of what is unknown counts)")
    gone = ranked.model_copy(update={"components": (), "rank": None})
    for first, last, words in (
        (ranked, gone, "no longer in the catalog on 2026-06-01."),
        (gone, ranked, "Not in the catalog on 2026-06-01; "),
        (gone, gone, "Not in the catalog on 2026-06-01, nor on 2026-06-01."),
    ):
        explanation = explain(first, last)
        assert words in explanation.text
        assert (explanation.points, explanation.shown, explanation.items) == (None, None, ())


def test_reported_scores_are_not_explained() -> None:
    """Two pages that disagree are named with what they say, and that neither says why."""
    scores = [
        ReportedScore(source=f"Unfragile: page {name}", observed_on="2026", rank=value)
        for name, value in (("A", 51), ("B", 55), ("C", 55))
    ]
    assert unexplained(scores[0], scores[1]) == (
        "51 (Unfragile: page A, 2026) and 55 (Unfragile: page B, 2026): unexplained, neither page says why."
    )
    assert unexplained(scores[1], scores[2]).endswith("the same.")
    other = ReportedScore(source="Somebody else", rank=40)
    assert unexplained(scores[0], other).endswith("unexplained, neither source says why.")
