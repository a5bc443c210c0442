from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import standings
from catalog.models import Tool, ToolType
from catalog.rank import Rank, rank
from catalog.standings import Standings

TODAY = date(2026, 11, 21)
MATCHED = {
    "metric": "times_matched", "value": 10, "unit": "times", "source": "a test", "observed_on": "2026-11-01"
}  # fmt: skip

DOWNLOADED = {**MATCHED, "metric": "monthly_downloads", "value": 5000}
#: Enough of a data set or a model to be placed.
KNOWN = [MATCHED, DOWNLOADED]


def model(name: str, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a model that has a rank."""
    return Tool.model_validate({"name": name, "type": "model", "released_on": "2026-11-01", **fields})


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of all ranks that are computed, in order."""
    slugs: list[str] = []

    def watched(tool: Tool, *, today: date) -> Rank:
        slugs.append(tool.slug)
        return rank(tool, today=today)

    monkeypatch.setattr(standings, "rank", watched)
    return slugs


def test_a_rank_is_computed_once(computed: list[str]) -> None:
    """Nothing is computed before it is asked for, and nothing twice."""
    ranks = Standings({"a": model("A"), "b": model("B")}, TODAY)
    assert len(ranks) == 2
    assert computed == []
    assert ranks["a"] is ranks["a"]
    assert computed == ["a"]


def test_an_edit_costs_the_rank_of_what_was_edited(computed: list[str]) -> None:
    """Of the same day everything but the changed document is known, from either side."""
    tools = {"a": model("A"), "b": model("B")}
    before = Standings(tools, TODAY)
    before.prepare()
    edited = tools | {"b": model("B", released_on="2020-01-01")}
    after = before.replaced(edited, TODAY)
    after.prepare()
    assert after["a"] is before["a"]
    assert after["b"] == rank(edited["b"], today=TODAY)
    assert before["b"] == rank(tools["b"], today=TODAY)
    assert computed.count("a") == 1


def test_another_day_has_other_ranks() -> None:
    """What was computed for one day isn't taken for another."""
    ranks = Standings({"a": model("A")}, TODAY)
    later = ranks.replaced({"a": model("A")}, TODAY + timedelta(days=900))
    assert later["a"].rank != ranks["a"].rank


def test_only_figures_are_prepared(computed: list[str]) -> None:
    """A tool of which nothing was measured costs nothing until somebody asks."""
    ranks = Standings({"bare": Tool(name="Bare"), "a": model("A")}, TODAY)
    ranks.prepare()
    assert computed == ["a"]
    assert ranks["bare"].rank is None


def placed(ranks: Standings, slugs: str) -> list[tuple[int, int, str | None] | None]:
    """Say where some tools stand."""
    places = [ranks.place(slug) for slug in slugs]
    return [(one.place, one.of, one.medal) if one else None for one in places]


def field(*days: str, **fields: Any) -> dict[str, Tool]:  # noqa: ANN401 (any field of a tool)
    """Make data sets named a, b, c .. that were released on some days; what they differ by is their freshness."""
    made = {"type": "dataset", "signals": KNOWN, **fields}
    return {name: model(name, released_on=day, **made) for name, day in zip("abcdefgh", days, strict=False)}


def test_medals_go_to_the_first_three_and_ties_share_a_place() -> None:
    """Of five two are level in front: two golds, no silver, one bronze."""
    ranks = Standings(field("2026-11-01", "2026-11-01", "2025-01-01", "2024-01-01", "2023-01-01"), TODAY)
    assert placed(ranks, "abcde") == [
        (1, 5, "gold"), (1, 5, "gold"), (3, 5, "bronze"), (4, 5, None), (5, 5, None)
    ]  # fmt: skip


def test_a_small_field_has_places_and_no_medals() -> None:
    """Three medals among four would be no distinction."""
    ranks = Standings(field("2026-01-01", "2025-01-01", "2024-01-01", "2023-01-01"), TODAY)
    assert placed(ranks, "ab") == [(1, 4, None), (2, 4, None)]


def test_only_what_is_active_and_mostly_known_is_placed() -> None:
    """Deprecated tools, those without a rank and those mostly unknown are neither placed nor counted."""
    tools = field("2026-01-01", "2025-01-01")
    tools |= {
        "old": model("old", type="dataset", signals=KNOWN, status="deprecated"),
        "bare": Tool(name="bare", type=ToolType.DATASET),
        # One figure of the six that are expected of a language model: 80 of 100 points are open.
        "guess": model("guess", tasks=["chat"]),
        "other": model("other", signals=KNOWN),
    }
    ranks = Standings(tools, TODAY)
    assert [ranks.place(slug) for slug in ("old", "bare", "guess")] == [None] * 3
    assert placed(ranks, "ab") == [(1, 2, None), (2, 2, None)]
    assert (other := ranks.place("other")) is not None
    assert (other.place, other.of) == (1, 1)


def products(*flattering: dict[str, Any]) -> Standings:
    """Rank six products of which all that was measured is this."""
    return Standings(
        {
            name: Tool.model_validate({"name": name, "type": "product", "signals": flattering})
            for name in "abcdef"
        },
        TODAY,
    )


@pytest.mark.parametrize(
    "signals",
    [
        pytest.param([{**DOWNLOADED, "value": 5e7}], id="not expected"),
        pytest.param([MATCHED], id="all that is expected"),
        pytest.param([{**one, "observed_on": "2019"} for one in KNOWN], id="stale"),
    ],
)
def test_what_leaves_most_open_buys_no_place(signals: list[dict[str, Any]]) -> None:
    """However many signals there are of those that are expected: what counts is how much is open."""
    ranks = products(*signals)
    assert ranks["a"].rank is not None
    assert ranks["a"].high - ranks["a"].low > standings.WIDEST
    assert ranks.place("a") is None
    assert placed(products(*KNOWN), "a") == [(1, 6, "gold")]


@pytest.mark.parametrize(("width", "is_placed"), [(50, True), (50 + 1e-12, True), (50.1, False)])
def test_exactly_half_is_enough(monkeypatch: pytest.MonkeyPatch, width: float, is_placed: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    """An interval of 50 points is placed, with the noise of its sums; a wider one isn't."""
    tool = model("a", signals=KNOWN)
    made = rank(tool, today=TODAY).model_copy(update={"rank": 40.0, "low": 20.0, "high": 20.0 + width})
    monkeypatch.setattr(standings, "rank", lambda *_, **__: made)
    assert (Standings({"a": tool}, TODAY).place("a") is not None) == is_placed


def test_places_are_mended_by_an_edit(computed: list[str]) -> None:
    """What an edit doesn't touch isn't looked at again; the outcome is that of standings made anew."""
    tools = field("2026-01-01", "2025-01-01", "2024-01-01")
    before = Standings(tools, TODAY)
    before.prepare()
    computed.clear()
    changes = {"b": model("b", signals=KNOWN), "c": None, "d": model("d", type="dataset", signals=KNOWN)}
    edited = {slug: tool for slug, tool in (tools | changes).items() if tool}
    after = before.replaced(edited, TODAY, changes).replaced(edited, TODAY, {})
    assert (
        placed(after, "abd")
        == placed(Standings(edited, TODAY), "abd")
        == [(2, 2, None), (1, 1, None), (1, 2, None)]
    )
    assert placed(before, "abc") == [(1, 3, None), (2, 3, None), (3, 3, None)]
    assert computed.count("a") == 1  # by the standings made anew
    with pytest.raises(KeyError):
        after.place("c")


@given(
    st.lists(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.dates(TODAY - timedelta(900), TODAY)))
)
def test_any_edits_leave_the_places_that_a_fresh_look_finds(edits: list[dict[str, date | None]]) -> None:
    """However edits follow each other, asked for in between or not."""
    tools = field("2026-01-01", "2025-01-01", "2024-01-01")
    ranks = Standings(tools, TODAY)
    for number, edit in enumerate(edits):
        changes = {
            slug: field(day.isoformat())["a"].model_copy(update={"slug": slug}) if day else None
            for slug, day in edit.items()
        }
        tools = {slug: tool for slug, tool in (tools | changes).items() if tool}
        ranks = ranks.replaced(tools, TODAY, changes)
        if number % 2:
            _ = placed(ranks, "".join(tools))
    there = "".join(tools)
    assert placed(ranks, there) == placed(Standings(tools, TODAY), there)
