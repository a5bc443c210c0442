from __future__ import annotations

import json

import pytest

from catalog.importers import read_text
from catalog.resolver.parts import _ALIASES
from catalog.text import ALIAS_LIMIT


def test_a_broken_line_costs_only_itself() -> None:
    """Broken text, repeated keys and figures that are none are rejected by line."""
    rows = [
        '{"name": "Ollama"}',
        "{oops",
        "",
        '{"name": "a", "name": "b"}',
        '{"name": "c", "popularity": NaN}',
        "[" * 9999,
    ]
    reading = read_text("\n".join(rows), where="x.jsonl")
    assert [(i.tool.name, i.where) for i in reading.tools] == [("Ollama", "x.jsonl:1")]
    assert [(r.where, r.reason) for r in reading.rejected] == [
        ("x.jsonl:2", "expecting property name enclosed in double quotes"),
        ("x.jsonl:4", '"name" is given twice; keep one of them'),
        ("x.jsonl:5", "NaN is no number in JSON; leave the field out"),
        ("x.jsonl:6", "lists or mappings are nested too deeply"),
    ]


@pytest.mark.parametrize(
    ("popularity", "told"),
    [
        ("NaN", "NaN is no number in JSON"),
        ("Infinity", "Infinity is no number in JSON"),
        ("-Infinity", "-Infinity is no number in JSON"),
        ("1e999", "popularity: should be"),
        ("-1e999", "popularity: should be"),
        ('"NaN"', "popularity: should be"),
        ('"inf"', "popularity: should be"),
        ("-0.001", "popularity: should be at least 0"),
        ("1.001", "popularity: should be at most 1"),
        ("1" * 5000, "too many digits"),
    ],
)
def test_a_popularity_is_a_share(popularity: str, told: str) -> None:
    """A figure that is none, or not between 0 and 1, is refused with its line."""
    rows = f'{{"name": "a"}}\n{{"name": "b", "popularity": {popularity}}}\n{{"name": "c", "popularity": 1}}'
    reading = read_text(rows, where="x.jsonl")
    assert [one.tool.name for one in reading.tools] == ["a", "c"]
    (rejection,) = reading.rejected
    assert rejection.where == "x.jsonl:2"
    assert told in rejection.reason


def test_a_tool_has_only_so_many_aliases() -> None:
    """As many as are looked for by the index of names; one more is refused with its line."""
    assert _ALIASES == ALIAS_LIMIT
    rows = [
        json.dumps({"name": "a", "aliases": [f"a {number}" for number in range(count)]})
        for count in (ALIAS_LIMIT, ALIAS_LIMIT + 1)
    ]
    reading = read_text("\n".join(rows), where="x.jsonl")
    assert [len(one.tool.aliases) for one in reading.tools] == [ALIAS_LIMIT]
    assert [(one.where, one.reason) for one in reading.rejected] == [
        ("x.jsonl:2", "aliases: more than 254 of them; keep those that people use")
    ]


def test_line_separators_inside_text_end_no_line() -> None:
    """JSON allows U+2028 and U+0085 inside a string."""
    reading = read_text('{"name": "Ol\u2028lama\x85x"}\r\n{"name": "vLLM"}\r\n', where="x.jsonl")
    assert [(i.tool.name, i.where) for i in reading.tools] == [
        ("Ol lama x", "x.jsonl:1"),
        ("vLLM", "x.jsonl:2"),
    ]


def test_long_lists_of_names_are_read() -> None:
    """A name is all that a line needs; aliases and popularity are optional."""
    rows = [
        f'{{"name": "package-{number}", "aliases": ["p{number}"], "popularity": 0.5}}'
        for number in range(5000)
    ]
    reading = read_text("\n".join(rows), where="x.jsonl")
    assert (len(reading.tools), reading.rejected) == (5000, ())
    last = reading.tools[-1]
    assert (last.tool.slug, last.tool.aliases, last.where) == ("package-4999", ("p4999",), "x.jsonl:5000")
