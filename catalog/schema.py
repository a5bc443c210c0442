"""The JSON Schema of a tool's document, for editors: they complete fields, show what each is for, and mark mistakes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import GenerateJsonSchema

from catalog.models import Tool
from catalog.quality.vocabulary import CAPABILITIES, DESCRIPTION, SUMMARY, TAGS, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the rules of quality ask of a field besides, which no reading of a document insists on.
_ASKED: Final[dict[tuple[str, str], str]] = {
    ("Tool", "summary"): f"At most {SUMMARY} words.",
    ("Tool", "capabilities"): f"{CAPABILITIES} or more.",
    ("Capability", "title"): f"At most {TITLE} characters.",
    ("Capability", "description"): f"{DESCRIPTION[0]} to {DESCRIPTION[1]} words.",
}


def tool_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a document that is one tool."""
    schema = Tool.model_json_schema()
    models = {"Tool": schema, **schema["$defs"]}
    for name, model in models.items():
        model["description"] = _first_paragraph(model.get("description", ""))
        for field, shape in model.get("properties", {}).items():
            text = f"{shape['description']} {_ASKED.get((name, field), '')}"
            shape["description"] = " ".join(text.split())
    schema["properties"]["tags"]["items"] = {"enum": sorted(TAGS)}
    models["Link"]["properties"]["url"]["pattern"] = "^https?://"
    for part in list(_parts(schema)):
        if isinstance(part.get("title"), str):
            del part["title"]
        if "default" in part and part["default"] in (None, [], ""):
            del part["default"]
    return {"$schema": GenerateJsonSchema.schema_dialect, "title": "A tool of Matchbook's catalog", **schema}


def schema_text() -> str:
    """Give the schema as the text of a file."""
    return json.dumps(tool_schema(), indent=2, ensure_ascii=False) + "\n"


def _first_paragraph(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())


def _parts(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (JSON holds anything)
    """Give every object of a schema, the outer ones first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _parts(one)
