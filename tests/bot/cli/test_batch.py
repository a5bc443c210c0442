from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[..., Any]

GOOD = b'{"query": "sd"}'
SHAPE = {"query", "outcome", "reason", "confidence", "tool", "candidates"}


def strictly(line: str) -> Any:  # noqa: ANN401 (any JSON value)
    """Read JSON as other programs do: NaN and Infinity are none."""
    return json.loads(line, parse_constant=pytest.fail)


def test_batch_keeps_other_keys(ask: Ask, pages: tuple[Path, Path], tmp_path: Path) -> None:
    """One object a line with what came in; people get one line each."""
    batch = tmp_path / "queries.jsonl"
    batch.write_text('{"query": "mistrl small", "id": 7}\n{"query": "zzzz"}\n')
    said = ask("resolve", "--batch", batch, "--catalog", pages[0], "--json")
    first, second = map(strictly, said.out.splitlines())
    assert (first["id"], first["tool"]["slug"], second["outcome"]) == (7, "mistral-small", "not_found")
    assert (said.code, said.err) == (0, "")
    told = ask("resolve", "--batch", batch, "--catalog", pages[0]).out
    assert told == "“mistrl small”: Mistral Small\n“zzzz”: not found\n"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"no json", "no JSON object"),
        (b'{"q": "x"}', 'no "query" with a text'),
        (b'{"query": 5}', 'no "query" with a text'),
        (b'["query"]', "no JSON object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"query": "x", "deep": ' + b"[" * 960 + b"]" * 960 + b"}", "nested too deeply"),
        (b'{"query": "x"} {"query": "y"}', "no JSON object"),
        (b"\xff", "not UTF-8 text"),
        (b'{"query": "s\0d"}', "a zero byte"),
        (b"\0\0\0", "a zero byte"),
        (b"", "an empty line"),
        (b"  \r", "an empty line"),
        (b'{"query": "x", "id": NaN}', "no JSON object"),
        (b'{"query": "x", "id": -Infinity}', "no JSON object"),
        (b'{"query": "x", "id": 1e999}', "no JSON object"),
        (b'{"query": "x", "id": ' + b"1" * 5000 + b"}", "no JSON object"),
        (b'{"query": "' + b"x" * 1_000_000 + b'"}', "longer than 1 MB"),
        (b"x" * 3_500_000, "longer than 1 MB"),
    ],
)
def test_a_bad_line_is_answered_and_the_batch_goes_on(
    ask: Ask, pages: tuple[Path, Path], tmp_path: Path, bad: bytes, why: str
) -> None:
    """It has a line of its own that says why, in the shape of an answer; what is around it is answered."""
    batch = tmp_path / "queries.jsonl"
    batch.write_bytes(b"\n".join([GOOD, bad, GOOD, bad, GOOD]))
    said = ask("resolve", "--batch", batch, "--catalog", pages[0], "--json")
    answers = [strictly(line) for line in said.out.splitlines()]
    assert [one["outcome"] for one in answers] == ["resolved", "error", "resolved", "error", "resolved"]
    assert answers[1].keys() >= SHAPE
    assert answers[1]["tool"] is None
    assert answers[1]["candidates"] == []
    assert answers[1]["error"].startswith("queries.jsonl:2: ")
    assert answers[3]["error"].startswith("queries.jsonl:4: ")
    assert why in answers[1]["error"]
    assert said.code == 1
    assert said.err == f"matchbook: 2 of 5 lines had no answer; the first: {answers[1]['error']}\n"
    told = ask("resolve", "--batch", batch, "--catalog", pages[0])
    assert (told.code, told.err) == (1, said.err)
    assert told.out.splitlines()[1] == answers[1]["error"]


def test_a_line_without_a_query_keeps_its_keys(ask: Ask, pages: tuple[Path, Path]) -> None:
    """Who numbered the lines finds the number again; what is nested may be too deep to be repeated."""
    lines = '{"id": 7, "deep": [1], "error": "mine"}\n{"id": 8, "query": 5}\n{"tool": "x", "query": {}}\n'
    said = ask("resolve", "--batch", "-", "--catalog", pages[0], "--json", stdin=lines)
    first, second, third = map(strictly, said.out.splitlines())
    assert (first["id"], first["query"], "deep" in first) == (7, None, False)
    assert first["error"].startswith("-:1: no ")
    assert (second["id"], second["query"]) == (8, 5)
    assert (third["tool"], third["query"]) == (None, None)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a device without an end")
def test_a_line_without_end_ends_the_batch(ask: Ask, pages: tuple[Path, Path]) -> None:
    """It is answered like another that is too long; a hundred megabytes on, nothing more is read."""
    said = ask("resolve", "--batch", "/dev/zero", "--catalog", pages[0], "--json")
    assert (said.code, said.json["outcome"]) == (1, "error")
    assert said.err == (
        "matchbook: zero:1: longer than 100 MB; this is no batch, and what follows wasn't read\n"
    )


@pytest.mark.parametrize("size", [999_985, 999_986, 1_000_000, 2_000_000, 2_000_001, 2_000_002])
def test_what_follows_a_long_line_is_read_from_its_start(
    ask: Ask, pages: tuple[Path, Path], tmp_path: Path, size: int
) -> None:
    """Wherever the long line ends, the next one is whole."""
    batch = tmp_path / "queries.jsonl"
    batch.write_bytes(b'{"query": "' + b"x" * size + b'"}\n' + GOOD + b"\n")
    said = ask("resolve", "--batch", batch, "--catalog", pages[0], "--json")
    first, second = map(strictly, said.out.splitlines())
    assert first["outcome"] == ("not_found" if size <= 999_986 else "error")
    assert second["tool"]["slug"] == "stable-diffusion"


def test_an_empty_batch_has_no_answers(ask: Ask, pages: tuple[Path, Path]) -> None:
    """Nothing is asked and nothing is wrong."""
    said = ask("resolve", "--batch", "-", "--catalog", pages[0], "--json", stdin="")
    assert (said.code, said.out, said.err) == (0, "", "")


def test_a_missing_batch_is_one_line(ask: Ask, pages: tuple[Path, Path]) -> None:
    """A file that isn't there is named."""
    said = ask("resolve", "--batch", "gone.jsonl", "--catalog", pages[0])
    assert (said.code, said.err) == (1, "matchbook: gone.jsonl: No such file or directory; check the path\n")


def test_half_a_character_is_answered(ask: Ask, pages: tuple[Path, Path]) -> None:
    """JSON can spell what UTF-8 can't; it comes back as it was."""
    said = ask("resolve", "--batch", "-", "--catalog", pages[0], "--json", stdin='{"query": "zz\\ud800"}\n')
    assert (said.code, said.json["query"]) == (0, "zz\ud800")


def test_batch_streams(pages: tuple[Path, Path]) -> None:
    """Each answer comes before the next question is asked, in a process of its own."""
    command = [sys.executable, "-m", "bot", "--catalog", str(pages[0]), "resolve", "--batch", "-", "--json"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(json.dumps({"query": "mistral small", "number": number}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["number"] == number
        out, err = process.communicate()
        assert (out, err, process.returncode) == ("", "", 0)
