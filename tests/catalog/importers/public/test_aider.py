from __future__ import annotations

import yaml

from catalog.models import Status
from tests.catalog.importers.public.board_files import (
    by_name,
    figures,
    reading,
    real,
    reasons,
    taken_in_twice,
)

POLYGLOT = "benchmark:aider_polyglot"
DIFF = "diff"


def run(
    model: str,
    percent: float,
    date: str = "2025-05-01",
    *,
    edit_format: str = DIFF,
    cases: int = 225,
    command: str | None = None,
) -> dict[str, object]:
    """Make a row as the files have it."""
    return {
        "dirname": f"{date}--{model}",
        "test_cases": cases,
        "model": model,
        "edit_format": edit_format,
        "commit_hash": "0000000",
        "pass_rate_1": percent / 2,
        "pass_rate_2": percent,
        "percent_cases_well_formed": 100.0,
        "command": command or f"aider --model {model}",
        "date": date,
    }


def board(*runs: dict[str, object]) -> str:
    """Make a file of runs."""
    return yaml.safe_dump(list(runs), sort_keys=False)


def polyglot(*runs: dict[str, object]) -> dict[str, dict[str, float]]:
    """Give the results by model and day."""
    return {
        name: {signal.observed_on: signal.value for signal in tool.signals}
        for name, tool in by_name(reading(board(*runs))).items()
    }


def test_the_plainest_run_is_the_models_own() -> None:
    """Nothing set goes before the middle and no thinking, and these before anything else."""
    assert polyglot(
        run("kolibri-2 (high)", 80.0),
        run("kolibri-2", 70.0),
        run("wren-1 (low)", 60.0),
        run("wren-1 (medium)", 65.0),
        run("finch-3 (32k think)", 50.0),
        run("finch-3 (no think)", 40.0),
        run("robin-4 (high)", 30.0),
    ) == {
        "kolibri-2": {"2025-05-01": 70.0},
        "wren-1": {"2025-05-01": 65.0},
        "finch-3": {"2025-05-01": 40.0},
        "robin-4": {"2025-05-01": 30.0},
    }


def test_of_equally_plain_runs_of_a_snapshot_the_better_counts() -> None:
    """Snapshots are a series, each under its own day; of two on one day the better one's is taken."""
    assert polyglot(
        run("kolibri-2-2025-01-15", 51.0, "2025-01-20"),
        run("kolibri-2-2025-04-15", 58.0, "2025-04-20", edit_format="whole"),
        run("kolibri-2-2025-04-15", 50.0, "2025-04-21"),
        run("Kolibri 2", 55.0, "2025-04-20"),
    ) == {"kolibri-2": {"2025-04-20": 58.0, "2025-01-20": 51.0}}


def test_two_models_and_broken_runs_are_no_results() -> None:
    """Nor is one of another benchmark that strayed here."""
    one = reading(
        board(
            run("kolibri-2 (high) + wren-1", 80.0, edit_format="architect", cases=133),
            run("finch-3", 70.0, cases=33),
            run("robin-4", 20.0, cases=225),
            run("wren-1", 60.0, cases=133),
            run("swift-5", 61.0, cases=132),
            {"model": "crow-6", "test_cases": 133},
        )
    )
    assert list(by_name(one)) == ["wren-1", "swift-5"]
    assert reasons(one) == {
        "1 (kolibri-2 (high) + wren-1)": "two models together; the result is neither's own",
        "2 (finch-3)": "broken off after 33 of 133 exercises",
        "3 (robin-4)": "a run of 225 exercises among those of 133; it belongs to another benchmark",
        "6 (crow-6)": "edit_format: missing; pass_rate_1: missing; command: missing; date: missing",
    }


def test_weights_cut_down_are_not_the_models() -> None:
    """Where the whole ones were run as well nothing needs to be said."""
    one = reading(
        board(
            run("ollama/kolibri:7b", 80.0),
            run("kolibri-7b", 70.0),
            run("wren:7b-q8_0", 60.0),
            run("ollama/finch:3b-instruct-fp16", 50.0),
        )
    )
    assert {name: figures(tool)[POLYGLOT][0] for name, tool in by_name(one).items()} == {
        "kolibri-7b": 70.0,
        "finch-3b-instruct": 50.0,
    }
    assert reasons(one) == {
        "3 (wren:7b-q8_0)": "only runs of weights cut down to fewer bits, no result of the model itself"
    }


def test_the_benchmark_follows_from_the_number_of_exercises() -> None:
    """The one of refactoring has no second attempt."""
    edit = by_name(reading(board(run("wren-1", 60.0, cases=133))))["wren-1"]
    row = run("wren-1", 60.0, cases=89)
    del row["pass_rate_2"]
    refactor = by_name(reading(board(row)))["wren-1"]
    assert figures(edit) == {"benchmark:aider_edit": (60.0, "2025-05-01")}
    assert figures(refactor) == {"benchmark:aider_refactor": (30.0, "2025-05-01")}


def test_ids_that_were_called_are_names() -> None:
    """Those that say which version, and meant one model alone."""
    one = by_name(
        reading(
            board(
                run("Kolibri R (08-24)", 40.0, command="aider --model kolibri-r-08-2024"),
                run("DeepSeek Chat V9 (prev)", 48.0, command="aider --model deepseek/deepseek-chat"),
                run("DeepSeek V9 (0324)", 55.0, command="aider --model deepseek/deepseek-chat"),
            )
        )
    )
    assert {name: tool.aliases for name, tool in one.items()} == {
        "Kolibri R": ("Kolibri R", "kolibri-r-08-2024"),
        "DeepSeek V9": ("DeepSeek V9",),
        "DeepSeek V9 (0324)": ("DeepSeek V9 (0324)",),
    }


def test_what_is_marked_as_past_is() -> None:
    """The mark is none of the name."""
    (tool,) = by_name(reading(board(run("Wren Coder V2 (deprecated)", 32.0)))).values()
    assert (tool.name, tool.status) == ("Wren Coder V2", Status.DEPRECATED)


def test_the_real_files() -> None:
    """Every run is a model's, belongs to one that has a plainer, or is refused."""
    counts = {}
    for name in ("polyglot", "edit", "refactor"):
        one = real(f"aider/{name}_leaderboard.yml")
        assert not one.warnings
        counts[name] = (len(one.tools), len(one.rejected))
        first, second = taken_in_twice(one)
        assert "claude-3-5-sonnet" in (*first.changed, *first.unchanged)
        assert not second.added
        assert not second.changed
    assert counts == {"polyglot": (49, 3), "edit": (61, 20), "refactor": (11, 0)}


def test_results_of_the_real_file() -> None:
    """Taken with the eyes from the printed board."""
    tools = by_name(real("aider/polyglot_leaderboard.yml"))
    results = {name: figures(tool)[POLYGLOT] for name, tool in tools.items()}
    assert results["gpt-5"] == (86.7, "2025-08-25")
    assert results["o3"] == (76.9, "2025-06-25")
    assert results["Qwen2.5-Coder-32B-Instruct"] == (16.4, "2024-12-26")
    assert results["claude-opus-4"] == (70.7, "2025-05-25")
    assert results["chatgpt-4o-latest"] == (45.3, "2025-03-29")
    assert results["gpt-4o"] == (23.1, "2024-12-30")
