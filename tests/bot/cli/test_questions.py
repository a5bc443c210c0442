from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from catalog.weights import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[..., Any]


def test_compare_gives_rows_verdict_and_warning_of_the_pages(
    ask: Ask, pages: tuple[Path, Path], database: Path
) -> None:
    """Two pages alone: reported ranks with sources, sentences with evidence, the jobs differ; no database made."""
    said = ask(
        "--catalog", pages[0], "compare", "mistrl small", "stable diffusion", "--catalog", pages[1], "--json"
    )
    assert said.code == 0
    rows = {row["feature"]: row for row in said.json["rows"]}
    assert rows["Rank"]["values"] == ["47/100 reported", "51/100, 55/100 reported"]
    assert len(rows["Rank"]["cells"][1]["sources"]) == 2
    assert rows["Capabilities"]["values"] == ["8 of 12 known", "8 of 13 known"]
    assert {"feature", "values", "winner"} <= rows["Type"].keys()
    features = set(rows)
    assert said.json["verdict"]
    assert all(
        sentence["evidence"] and set(sentence["evidence"]) <= features for sentence in said.json["verdict"]
    )
    assert said.json["warnings"]
    assert [tool["slug"] for tool in said.json["tools"]] == ["mistral-small", "stable-diffusion"]
    assert sum(len(listing["items"]) for listing in said.json["capabilities"]) == 16
    assert "mistrl small" in said.err
    assert not database.exists()


def test_the_real_pages_compare(ask: Ask, seeds: tuple[Path, ...]) -> None:
    """The pages as another site saved them give the same rows."""
    options = [word for seed in seeds for word in ("--catalog", seed)]
    said = ask(*options, "compare", "mistrl small", "stable diffusion", "--json")
    values = {row["feature"]: row["values"] for row in said.json["rows"]}
    assert values["Rank"] == ["47/100 reported", "51/100, 55/100 reported"]
    assert values["Adoption"] == ["1 reported", "1 reported"]


def test_compare_draws_a_table_within_the_terminal(
    ask: Ask, pages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, winner marks and verdict are plain text, at 80 columns and at 40."""
    for columns in (80, 40):
        monkeypatch.setenv("COLUMNS", str(columns))
        said = ask("compare", "mistral small", "stable-diffusion", "--catalog", pages[0])
        assert max(map(len, said.out.splitlines())) <= columns
        assert "\x1b" not in said.out
        assert "✓" in said.out
        assert "Quality" in said.out


def test_compare_takes_a_question(ask: Ask, pages: tuple[Path, Path]) -> None:
    """One argument may hold the whole question."""
    said = ask("compare", "mistral small vs stable-diffusion", "--catalog", pages[0], "--json")
    assert [tool["slug"] for tool in said.json["tools"]] == ["mistral-small", "stable-diffusion"]


@pytest.mark.parametrize(
    ("names", "code", "told"),
    [
        (["mistral small"], 2, "2 to 4 names"),
        (["a", "b", "c", "d", "e"], 2, "2 to 4 names"),
        (["mistral small", "mistral-small"], 2, "named twice"),
        (["mistral small", "quetzal nine"], 3, "“quetzal nine” is not in the catalog"),
    ],
)
def test_compare_refuses(ask: Ask, pages: tuple[Path, Path], names: list[str], code: int, told: str) -> None:
    """What can't be compared is one line, an exit code, and nothing on stdout."""
    said = ask("compare", *names, "--catalog", pages[0], "--json")
    assert (said.code, said.out) == (code, "")
    lines = [line for line in said.err.splitlines() if " read as " not in line]
    assert len(lines) == 1
    assert told in lines[0]


def test_compare_by_other_weights(ask: Ask) -> None:
    """A preset or shares: shown with the table, and in the JSON by component, with what reverses the ranking."""
    words = ("compare", "vllm", "ollama", "--weights")
    said = ask(*words, "quality=50 ecosystem=50", "--json").json
    assert said["weights"] == dict.fromkeys(("adoption", "match_graph", "freshness"), 0) | {
        "quality": 0.5,
        "ecosystem": 0.5,
    }
    assert all({"winner", "loser", "flip", "text"} == flip.keys() for flip in said["flips"])
    assert "Weights: quality 60%, " in ask(*words, "quality").out
    assert "Weights:" not in ask("compare", "vllm", "ollama").out
    assert ask("compare", "vllm", "ollama", "--json").json["weights"] is None


def test_help_names_every_preset(ask: Ask) -> None:
    """What can be asked for by a word is listed, in the order in which errors list it."""
    told = " ".join(ask("compare", "--help").out.split())
    assert f"instead: {', '.join(PRESETS)}, or shares" in told


@pytest.mark.parametrize("weights", ["looks=3", "nonsense", "quality=0", ""])
def test_compare_refuses_what_are_no_weights(ask: Ask, weights: str) -> None:
    """One line that says what there is, and exit 2."""
    said = ask("compare", "vllm", "ollama", "--weights", weights, "--json")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "quality" in said.err


def test_an_ambiguous_name_lists_its_candidates(ask: Ask, tmp_path: Path) -> None:
    """A family name exits 3 and names the members, for each command that takes a name."""
    file = tmp_path / "tools.jsonl"
    file.write_text('{"name": "Llama 2 70B"}\n{"name": "Llama 3.3 70B"}\n{"name": "vLLM"}\n')
    for words in (["rank", "llama"], ["alternatives", "llama"], ["compare", "llama", "vllm"]):
        said = ask(*words, "--catalog", file, "--json")
        assert (said.code, said.out) == (3, "")
        assert "Llama 2 70B" in said.err
        assert "Llama 3.3 70B" in said.err
        assert said.err.count("\n") == 1


def test_another_version_is_no_guess(ask: Ask, pages: tuple[Path, Path]) -> None:
    """A size that isn't there is refused, and what there is is named."""
    said = ask("rank", "mixtral 8x22b", "--catalog", pages[1])
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert "Mixtral 8x7B" in said.err
    assert "no 8x22B" in said.err


def test_rank_breaks_down(ask: Ask) -> None:
    """On the starter catalog: the contract's keys, and components that add up to the rank."""
    said = ask("rank", "vllm", "--json")
    judged = said.json
    assert judged["slug"] == "vllm"
    assert judged["low"] <= judged["rank"] <= judged["high"]
    assert {"name", "weight", "value", "low", "high", "signals"} <= judged["components"][0].keys()
    assert sum(part["points"] for part in judged["components"]) == pytest.approx(judged["rank"], abs=0.1)
    drawn = ask("rank", "vllm").out
    assert "of 100, between" in drawn
    assert "GitHub stars" in drawn


def test_rank_without_signals_says_so(ask: Ask, pages: tuple[Path, Path]) -> None:
    """Nothing measured: no rank, the reported scores shown as reported."""
    said = ask("rank", "stable-diffusion", "--catalog", pages[0], "--catalog", pages[1])
    assert "no rank yet" in said.out
    assert "Reported: 51/100" in said.out
    assert "Reported: 55/100" in said.out


def test_alternatives_give_reasons(ask: Ask) -> None:
    """At most as many as asked for, best first, each with a reason."""
    near = ask("alternatives", "comfyui", "--limit", "3", "--json").json
    assert len(near) == 3
    assert all(one["reasons"] and {"slug", "name", "score"} <= one.keys() for one in near)
    assert near == sorted(near, key=lambda one: -one["score"])
    assert near[0]["name"] in ask("alternatives", "comfyui").out


def test_alternatives_of_a_lone_tool(ask: Ask, tmp_path: Path) -> None:
    """A catalog of one has none; that is an answer."""
    file = tmp_path / "one.yaml"
    file.write_text("name: Lonely")
    said = ask("alternatives", "lonely", "--catalog", file)
    assert (said.code, said.out) == (0, "Nothing in the catalog comes near Lonely.\n")


def test_complete_offers_what_autocomplete_does(ask: Ask, pages: tuple[Path, Path]) -> None:
    """Slug and name, at most as many as asked for; no name begins so: an empty list."""
    catalog = ["--catalog", pages[0], "--catalog", pages[1]]
    offers = ask("complete", "mi", *catalog, "--json").json
    assert {"slug": "mistral-small", "name": "Mistral Small"} in offers
    assert len(ask("complete", "", "--limit", "2", *catalog, "--json").json) == 2
    assert ask("complete", "zzzz", *catalog, "--json").json == []
    assert "Nothing in the catalog" in ask("complete", "zzzz", *catalog).out
    assert "Mixtral 8x7B" in ask("complete", "mix", *catalog).out


def test_resolve_prints_one_result_a_query(ask: Ask, pages: tuple[Path, Path]) -> None:
    """Each query a JSON line of the contract's shape."""
    said = ask("resolve", "mistrl small", "stable diffusion", "--catalog", pages[0], "--json")
    first, second = map(json.loads, said.out.splitlines())
    assert (first["outcome"], first["reason"]) == ("resolved", "typo")
    assert second["tool"] == {"slug": "stable-diffusion", "name": "Stable-Diffusion"}
    assert {"slug", "name", "confidence", "reason"} == first["candidates"][0].keys()
    assert said.code == 0


def test_resolve_says_that_a_name_is_a_familys(ask: Ask, tmp_path: Path) -> None:
    """The newest of a family is the tool, the older ones are candidates, and the note says why, for people as well."""
    file = tmp_path / "tools.jsonl"
    file.write_text(
        '{"name": "Kestrel 1", "family": "Kestrel", "released_on": "2024"}\n'
        '{"name": "Kestrel 2", "family": "Kestrel", "released_on": "2025-03"}\n'
    )
    said = ask("resolve", "kestrel", "--catalog", file, "--json")
    assert said.json["tool"] == {"slug": "kestrel-2", "name": "Kestrel 2"}
    assert [one["slug"] for one in said.json["candidates"]] == ["kestrel-2", "kestrel-1"]
    assert (
        said.json["note"]
        == "read as Kestrel 2, the newest Kestrel here (March 2025); there is also Kestrel 1"
    )
    assert "the newest Kestrel" in " ".join(ask("resolve", "kestrel", "--catalog", file).out.split())


def test_resolve_says_what_is_not_there(ask: Ask, pages: tuple[Path, Path]) -> None:
    """A name that isn't there: its result still, one line, exit 3."""
    said = ask("resolve", "quetzal nine", "--catalog", pages[0], "--json")
    assert (said.code, said.json["outcome"], said.json["tool"]) == (3, "not_found", None)
    assert said.err == "matchbook: “quetzal nine” is not in the catalog\n"
    assert "not found" in ask("resolve", "quetzal nine", "--catalog", pages[0]).out


def test_resolve_needs_one_kind_of_question(ask: Ask) -> None:
    """Neither queries nor a batch, or both, exits 2."""
    assert ask("resolve").code == 2
    assert ask("resolve", "x", "--batch", "y").code == 2


def test_a_file_given_as_catalog_may_hold_bad_entries(ask: Ask, tmp_path: Path) -> None:
    """The good ones answer; one line says how many were left out."""
    file = tmp_path / "tools.jsonl"
    file.write_text('{"name": "Fine"}\n{"name": ""}\n{"name": "@everyone"}\n')
    said = ask("resolve", "fine", "--catalog", file, "--json")
    assert said.json["tool"]["slug"] == "fine"
    assert said.err.startswith("matchbook: 2 of tools.jsonl left out; the first: tools.jsonl:2: ")
    assert said.err.count("\n") == 1


def test_a_file_given_as_catalog_without_a_good_entry(ask: Ask, tmp_path: Path) -> None:
    """A catalog of nothing would answer "not found" to everything; it is refused with its first fault."""
    file = tmp_path / "tools.jsonl"
    file.write_text('{"nome": "Fine"}\n{"nome": "Too"}\n')
    said = ask("resolve", "fine", "--catalog", file, "--json")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "tools.jsonl:1: " in said.err


def test_a_catalog_that_is_not_there(ask: Ask) -> None:
    """A missing file and an empty folder are one line each."""
    assert ask("resolve", "x", "--catalog", "gone.yaml").code == 1
    said = ask("resolve", "x", "--catalog", ".")
    assert (said.code, said.err) == (
        1,
        "matchbook: .: no YAML, JSON, JSONL, CSV or text file in this folder\n",
    )


def test_the_first_question_finds_the_starter_catalog(ask: Ask, database: Path) -> None:
    """A database that never held anything is filled first, once."""
    assert ask("resolve", "comfyui", "--json").json["outcome"] == "resolved"
    assert database.exists()
    assert ask("resolve", "comfyui", "--json").json["outcome"] == "resolved"


@pytest.mark.parametrize(
    "query", ["x" * 5_000, "@everyone", "[bold]x[/bold]", "\x1b[2J", "", "\udcff", "a\nb"]
)
def test_odd_names_are_harmless(ask: Ask, pages: tuple[Path, Path], query: str) -> None:
    """Whatever is asked, the answer is one line on stderr without control characters, and a table."""
    for command in ("resolve", "rank"):
        said = ask(command, "--catalog", pages[0], "--", query)
        assert said.code == 3
        assert said.err.count("\n") == 1
        assert "\x1b" not in said.err + said.out
        assert "[/bold]" not in query or "[bold]x[/bold]" in said.err
