from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from catalog import standings
from catalog.models import Tool
from catalog.rank import Rank, rank
from catalog.standings import Standings

TODAY = date(2026, 11, 21)


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
