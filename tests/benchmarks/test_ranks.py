"""How long it takes to compute all ranks anew, as on every new day."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from catalog.improvements import improvements
from catalog.models import Tool
from catalog.standings import Standings

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

TODAY = date(2026, 11, 21)
TOOLS = 10_000
METRICS = [
    "monthly_downloads",
    "lmarena_score",
    "hallucination_rate_pct",
    "context_window",
    "times_matched",
    *(f"benchmark:{name}" for name in ("mmlu", "gpqa", "math", "ifeval", "humaneval")),
]


@pytest.fixture(scope="module")
def tools() -> dict[str, Tool]:
    """Ten thousand language models with ten figures each, of different days and from different sources."""
    random = Random(4)  # noqa: S311 (no secret)
    made = (Tool.model_validate(fields(number, random)) for number in range(TOOLS))
    return {tool.slug: tool for tool in made}


def fields(number: int, random: Random) -> dict[str, Any]:
    """Make a document."""
    return {
        "name": f"Model {number}",
        "type": "model",
        "tasks": ["coding"],
        "links": [{"kind": "model-hub", "url": "https://hub.example"}],
        "released_on": f"2025-{random.randint(1, 12):02}-15",
        "signals": [
            {
                "metric": metric,
                "value": random.randint(1, 100),
                "unit": "percent",
                "source": f"Source {random.randint(1, 5)}",
                "observed_on": f"2026-{random.randint(1, 10):02}-{random.randint(1, 28):02}",
            }
            for metric in METRICS
        ],
    }


def test_recompute_10000_ranks_of_10_signals(benchmark: Any, tools: dict[str, Tool]) -> None:  # noqa: ANN401 (`pedantic` has no types)
    """All ranks and places of a new day."""

    def work(ranks: Standings) -> Standings:
        ranks.prepare()
        return ranks

    ranks = benchmark.pedantic(work, setup=lambda: ((Standings(tools, TODAY),), {}), rounds=3)
    place = ranks.place("model-0")
    assert place.of == TOOLS
    assert all(len(ranks[slug].components[1].signals) == 8 for slug in list(tools)[:10])


def test_place_after_an_edit(benchmark: Any, tools: dict[str, Tool]) -> None:  # noqa: ANN401 (`pedantic` has no types)
    """The place of a tool among ten thousand once one of them was edited."""
    ranks = Standings(tools, TODAY)
    ranks.prepare()
    edited = {"model-1": tools["model-1"].model_copy(update={"released_on": "2026-01-15"})}
    after = tools | edited

    def work() -> int:
        place = ranks.replaced(after, TODAY, edited).place("model-0")
        assert place
        return place.of

    assert benchmark(work) == TOOLS


def test_improvements_of_one(benchmark: BenchmarkFixture, tools: dict[str, Tool]) -> None:
    """What would raise one tool's rank."""
    judged = Standings(tools, TODAY)["model-0"]
    assert benchmark(improvements, tools["model-0"], judged)
