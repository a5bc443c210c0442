"""docs/tool.schema.json and the documents that are read say the same.

`UPDATE_DOCS=1 pytest tests/catalog/test_schema.py` renews the file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from catalog import starter
from catalog.importers.yaml_documents import parsed
from catalog.models import Tool
from catalog.quality.vocabulary import TAGS
from catalog.schema import schema_text, tool_schema

FILE = Path(__file__).parents[2] / "docs" / "tool.schema.json"
SCHEMA = tool_schema()
GOOD: dict[str, Any] = {"name": "Ant", "capabilities": [{"title": "Leaves", "description": "Carries them."}]}


def complaints(document: object) -> list[str]:
    """Give what a validator says of a document."""
    found = jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in found]


def test_the_published_schema_is_the_models() -> None:
    """The file is what the command writes."""
    if os.environ.get("UPDATE_DOCS"):
        FILE.write_text(schema_text(), "utf-8")
    assert FILE.read_text("utf-8") == schema_text()


def test_it_is_a_schema() -> None:
    """Of the draft that it names."""
    assert SCHEMA["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_starter_entry_is_valid() -> None:
    """As an editor reads it, before anything is cleaned or converted."""
    wrong = {
        path.name: found
        for path in sorted(starter.FOLDER.glob("*/*.yaml"))
        if (found := complaints(parsed(path.read_text("utf-8"), path.name)))
    }
    assert not wrong


@pytest.mark.parametrize(
    "wrong",
    [
        {"licens": "MIT"},
        {"name": ""},
        {"type": "gadget"},
        {"tasks": ["flying"]},
        {"tags": ["speedy"]},
        {"status": "lost"},
        {"successor": "Not A Slug"},
        {"released_on": "last year"},
        {"released_on": 1066},
        {"links": [{"kind": "homepage", "url": "ftp://example.com"}]},
        {"pricing": {"kind": "free", "starting": {"usd": -1}}},
        {"capabilities": [{"title": "Leaves"}]},
        {"packages": ["crates:ant"]},
        {"signals": [{"metric": "github_stars", "value": 1, "unit": "stars"}]},
    ],
)
def test_mistakes_are_marked(wrong: dict[str, Any]) -> None:
    """What the catalog would refuse, or the vocabulary lacks, an editor underlines."""
    assert not complaints(GOOD)
    assert complaints(GOOD | wrong)


@pytest.mark.parametrize("day", [2025, "2025", "2025-03", "2025-03-07"])
def test_dates_may_be_as_exact_as_they_are_known(day: object) -> None:
    """A bare year is a number to YAML."""
    assert not complaints(GOOD | {"released_on": day})
    assert Tool.model_validate(GOOD | {"released_on": day}).released_on == str(day)


def test_every_field_is_explained() -> None:
    """An editor shows a sentence on each field and model, and no name that Python gave it."""
    models = [SCHEMA, *SCHEMA["$defs"].values()]
    assert all(model["description"] for model in models)
    shapes = [shape for model in models for shape in model.get("properties", {}).values()]
    assert all(shape["description"].endswith(".") and "`" not in shape["description"] for shape in shapes)
    assert not [shape for shape in shapes if "title" in shape]
    assert SCHEMA["properties"]["tags"]["items"]["enum"] == sorted(TAGS)
