from __future__ import annotations

import json
from typing import Any

from catalog.models import LinkKind, ToolType
from tests.catalog.importers.public.board_files import (
    by_name,
    figures,
    reading,
    real,
    reasons,
    taken_in_twice,
)

HUB = "https://huggingface.co"


def entry(
    plus: float | None = 50.0, link: str = "https://models.example/", *, mbpp: float | None = None
) -> dict[str, Any]:
    """Make a model's entry as the file has it."""
    results = {"humaneval": 60.0, "humaneval+": plus, "mbpp": None, "mbpp+": mbpp}
    return {"link": link, "open-data": "NONE", "pass@1": results, "prompted": True, "size": 7.0}


def board(**models: dict[str, Any]) -> str:
    """Make a file of entries by name."""
    return json.dumps(models)


def test_a_model_has_its_percentages_and_its_own_links() -> None:
    """A page of news is nobody's own."""
    one = reading(
        board(
            **{
                "Kolibri-7B": entry(71.4, f"{HUB}/kolibri-ai/Kolibri-7B"),
                "Wren-2B": entry(link="https://arxiv.org/abs/2203.00000"),
                "lab/Finch-1B": entry(),
            }
        )
    )
    kolibri, wren, finch = (by_name(one)[name] for name in ("Kolibri-7B", "Wren-2B", "Finch-1B"))
    assert kolibri.type is ToolType.MODEL
    assert figures(kolibri) == {
        "benchmark:humaneval": (60.0, "2026-11-21"),
        "benchmark:humaneval_plus": (71.4, "2026-11-21"),
    }
    assert kolibri.aliases == ("Kolibri-7B", "kolibri-ai/Kolibri-7B")
    assert [link.kind for link in (*kolibri.links, *wren.links)] == [LinkKind.MODEL_HUB, LinkKind.PAPER]
    assert not finch.links


def test_the_latest_snapshot_of_a_model_counts() -> None:
    """What it lacks is taken from an earlier one."""
    one = reading(
        board(
            **{
                "Kolibri 2 (Nov 2023)": entry(40.0, mbpp=30.0),
                "Kolibri 2 (April 2024)": entry(44.0),
            }
        )
    )
    (kolibri,) = by_name(one).values()
    assert kolibri.name == "Kolibri 2"
    assert {metric: value for metric, (value, _) in figures(kolibri).items()} == {
        "benchmark:humaneval": 60.0,
        "benchmark:humaneval_plus": 44.0,
        "benchmark:mbpp_plus": 30.0,
    }


def test_entries_without_results_are_refused() -> None:
    """So are those that are none."""
    empty = entry(None) | {"pass@1": {"humaneval": None}}
    assert reasons(reading(board(Kolibri=empty, Wren={"link": "x"}, Finch=entry()))) == {
        "Kolibri": "no result in any of the benchmarks",
        "Wren": "pass@1: missing",
    }


def test_the_real_file() -> None:
    """Of 125 entries two are snapshots of a model that has a later one."""
    one = real("evalplus/results.json")
    assert (len(one.tools), len(one.rejected)) == (123, 0)
    first, second = taken_in_twice(one)
    assert {"gpt-4o", "deepseek-v3", "claude-3-5-sonnet", "mixtral-8x7b"} <= set(first.changed)
    assert not {"mistral-small", "mistral-large-3"} & set(first.changed)
    assert not second.added
    assert not second.changed
