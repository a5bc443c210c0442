from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from catalog.errors import ImportFileError
from catalog.importers import Authority, read_file, read_text
from catalog.models import (
    Capability,
    HiddenCapabilities,
    Link,
    Price,
    Pricing,
    ReportedScore,
    Signal,
    Tool,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pydantic import BaseModel

    from catalog.importers import Reading

FORMS = ["yaml", "json", "jsonl"]


def reason(form: str = "json", **fields: Any) -> str:  # noqa: ANN401 (what a file may hold)
    """Give why a document with such fields is rejected."""
    reading = read_text(json.dumps({"name": "Ollama", **fields}), where=f"x.{form}")
    assert reading.tools == ()
    (rejection,) = reading.rejected
    assert rejection.where == f"x.{form}:1"
    return rejection.reason


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("fields", "worded"),
    [
        ({"licens": "MIT"}, 'licens: unknown field; did you mean "licence"?'),
        ({"qqqq": 1}, "qqqq: unknown field; leave it out"),
        ({"name": ""}, "name: empty"),
        ({"name": None}, "name: empty"),
        ({"name": 7}, "name: should be text; put it in quotes"),
        ({"vendor": ["x"]}, "vendor: should be text, not a list"),
        ({"summary": {"x": 1}}, "summary: should be text, not a mapping"),
        ({"type": ""}, "type: empty"),
        ({"status": 7}, 'status: "7" isn\'t known; write one of active, deprecated, gone'),
        ({"name": "x" * 5000}, "name: longer than 100 characters; shorten it"),
        (
            {"name": "@everyone"},
            "name: a name can't hold a mention (@everyone, @here, <@id>); write it without the @",
        ),
        ({"aliases": "SD"}, "aliases: should be a list"),
        ({"popularity": 7}, "popularity: should be at most 1"),
        ({"popularity": "much"}, "popularity: should be a number"),
        (
            {"released_on": "soon"},
            'released_on: "soon" won\'t do; write a date as 2025, 2025-03 or 2025-03-07',
        ),
        ({"capabilities": [{"unique": "U"}]}, "capabilities 1, description: missing"),
        (
            {"links": [{"kind": "docs", "url": "javascript:alert(1)"}]},
            "links 1, url: no web address; it should start with https:// or http://",
        ),
        (
            {"links": [{"kind": "docs", "urll": "https://a.example", "url": "https://a.example"}]},
            'links 1, urll: unknown field; did you mean "url"?',
        ),
        (
            {"status": "actve"},
            'status: "actve" isn\'t known; did you mean "active"? (one of active, deprecated, gone)',
        ),
    ],
)
def test_rejections_are_worded_for_people(form: str, fields: dict[str, Any], worded: str) -> None:
    """Field, fault and remedy, the same in every format."""
    assert reason(form, **fields) == worded


def test_many_faults_are_counted() -> None:
    """Five are named, in one line."""
    worded = reason("json", **dict.fromkeys(map("bad{}".format, range(9)), 1))
    assert worded.count("unknown field") == 5
    assert worded.endswith("; and 4 more")
    assert "\n" not in worded


def test_no_machinery_shows_in_a_rejection() -> None:
    """Neither the validator's name nor its addresses mean anything to a reader."""
    worded = reason(
        name=[],
        type=4,
        slug="No Slug",
        pricing={"kind": 3},
        reported=[{"source": "S", "components": {"A b": 1}}],
    )
    for word in ("pydantic", "Value error", "Input should", "http", "Traceback", "[key]"):
        assert word not in worded


def test_a_figure_beyond_its_bounds_is_told_the_bound() -> None:
    """Written out with separators, as nobody reads 1e+15."""
    signal = {"metric": "github_stars", "unit": "stars", "source": "S", "observed_on": "2025"}
    assert reason(signals=[{**signal, "value": 1e300}]) == (
        "signals 1, value: should be at most 1,000,000,000,000,000"
    )
    assert reason(signals=[{**signal, "value": -1e300}]).endswith("at least -1,000,000,000,000,000")


_LEAST: dict[type[BaseModel], tuple[dict[str, Any], Callable[[dict[str, Any]], dict[str, Any]]]] = {
    Tool: ({}, lambda fields: fields),
    Link: ({"kind": "docs", "url": "https://a.example"}, lambda fields: {"links": [fields]}),
    Pricing: ({"kind": "free"}, lambda fields: {"pricing": fields}),
    Price: (
        {"usd": 1, "unit": "month", "source": "S", "observed_on": "2025"},
        lambda fields: {"pricing": {"kind": "paid", "starting": fields}},
    ),
    Capability: ({"description": "D"}, lambda fields: {"capabilities": [fields]}),
    HiddenCapabilities: ({"count": 1, "source": "S"}, lambda fields: {"hidden_capabilities": [fields]}),
    Signal: (
        {"metric": "m", "value": 1, "unit": "u", "source": "S", "observed_on": "2025"},
        lambda fields: {"signals": [fields]},
    ),
    ReportedScore: ({"source": "S"}, lambda fields: {"reported": [fields]}),
}
_WRONG: list[Any] = [
    None,
    "",
    -7,
    3.5,
    1e300,
    -1e300,
    10**40,
    True,
    "x",
    "x" * 9000,
    "9" * 4000,
    "@everyone",
    "https://a b",
    "\ud800",
    [],
    [1],
    ["x", "x"],
    [[]],
    [{}],
    [None],
    {},
    {"a": 1},
    {"A b": 1},
    {"a": "x"},
]
#: What a validator says and no person would.
_MACHINE = re.compile(
    r"Input|Value\b|valid|pars|string|tuple|dict|\bint\b|integer|float|instance|Keys|e\+|None|pydantic|http\S*/v/"
)


@pytest.mark.parametrize(
    ("model", "field"), [(model, field) for model in _LEAST for field in model.model_fields]
)
def test_every_field_has_its_words(model: type[BaseModel], field: str) -> None:
    """Whatever is wrong with whichever field: no word of the validator's own."""
    fields, inside = _LEAST[model]
    refused = 0
    for wrong in _WRONG:
        document = inside({**fields, field: wrong})
        (*_, rejection) = read_text(json.dumps({"name": "A", **document}), where="x.json").rejected or [None]
        if rejection:
            refused += 1
            assert field in rejection.reason
            # Neither the field's name nor what was given is ours to word.
            ours = re.sub('"[^"]*"', "", rejection.reason.replace(field, ""))
            assert not _MACHINE.search(ours), rejection.reason
    assert refused > 5


@pytest.mark.parametrize("form", FORMS)
def test_a_bad_document_is_rejected_alone(form: str) -> None:
    """Its neighbours are read, and each has its line."""
    rows = ['{"name": "Ollama"}', '{"nam": "x"}', '"word"', '{"name": "vLLM", "aliases": ["v"]}']
    text = "\n".join(rows) if form == "jsonl" else "[\n" + ",\n".join(rows) + "\n]"
    start = 1 if form == "jsonl" else 2
    reading = read_text(text, where=f"x.{form}")
    assert [(i.tool.name, i.where, i.authority) for i in reading.tools] == [
        ("Ollama", f"x.{form}:{start}", Authority.OWN),
        ("vLLM", f"x.{form}:{start + 3}", Authority.OWN),
    ]
    assert [(r.where, r.reason) for r in reading.rejected] == [
        (f"x.{form}:{start + 1}", 'name: missing; nam: unknown field; did you mean "name"?'),
        (f"x.{form}:{start + 2}", "not a tool; write a mapping with at least a name"),
    ]


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_tools_may_stand_under_a_key(form: str) -> None:
    """A list under "tools" reads like the list; what stands beside it is said to be left out."""
    text = '{"version": 1,\n "tools": [\n  {"name": "Ollama"},\n  {"nam": 1}]}'
    reading = read_text(text, where=f"x.{form}")
    assert [(i.tool.name, i.where) for i in reading.tools] == [("Ollama", f"x.{form}:3")]
    assert [r.where for r in reading.rejected] == [f"x.{form}:4"]
    assert [w.reason for w in reading.warnings] == ['left out what stands beside "tools": version']


@pytest.mark.parametrize("form", FORMS)
def test_one_tool_may_stand_alone(form: str) -> None:
    """A file that is one tool needs no list."""
    reading = read_text('{"name": "Ollama"}', where=f"x.{form}")
    assert [incoming.tool.slug for incoming in reading.tools] == ["ollama"]


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_field_given_twice_is_an_error(form: str) -> None:
    """Which of the two was meant can't be known."""
    text = '[{"name": "Ollama"},\n{"name": "vLLM", "licence": "MIT",\n"licence": "BSD"}]'
    with pytest.raises(ImportFileError, match=r'^x\.\w+:[23]: .*"licence" is given twice'):
        read_text(text, where=f"x.{form}")


@pytest.mark.parametrize("form", ["yaml", "json"])
@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 50_000, '[{"name": ' + "[" * 3000 + "]" * 3000 + "}]"]
)
def test_deep_nesting_is_an_error(form: str, text: str) -> None:
    """A file made to exhaust the stack ends in one sentence."""
    with pytest.raises(ImportFileError, match="nested"):
        read_text(text, where=f"x.{form}")


MANY = {
    "yaml": "- name: A\n- name: B\n- {}\n",
    "yml": "tools:\n  - {name: A, aliases: [a, b, c, d]}\n  - name: B\n  - {}\n",
    "json": '[{"name": "A"}, {"name": "B"}, {}]',
    "jsonl": '{"name": "A"}\n{"name": "B"}\n{}\n',
    "csv": "name,vendor\nA,\nB,\n,C\n",
}


@pytest.mark.parametrize("form", MANY)
@pytest.mark.parametrize("read", ["file", "text"])
def test_a_file_may_hold_so_many(tmp_path: Path, form: str, read: str) -> None:
    """Reading ends where a file holds more tools than the caller wants, and broken ones count."""
    file = tmp_path / f"x.{form}"
    file.write_text(MANY[form])

    def of(most: int) -> Reading:
        return read_file(file, most=most) if read == "file" else read_text(MANY[form], file.name, most=most)

    assert (len(of(3).tools), len(of(3).rejected)) == (2, 1)
    with pytest.raises(ImportFileError, match="more than 2 tools; split it"):
        of(2)
