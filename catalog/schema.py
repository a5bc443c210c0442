"""The JSON Schema of a tool's document, for editors: they complete fields, show what each is for, and mark mistakes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import GenerateJsonSchema

from catalog.models import Tool
from catalog.quality.vocabulary import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What an editor shows of fields that the models leave to their name.
_HINTS: Final[dict[str, dict[str, str]]] = {
    "Tool": {
        "slug": "Its address in the catalog; follows from the name, and is the file's name. Leave it out.",
        "name": "As its makers write it.",
        "type": "What kind of thing it is, and the folder of its file.",
        "vendor": "Who makes it.",
        "summary": "What it is, in a sentence of at most 25 words.",
        "aliases": "What else people call it: short forms, ids, repositories. No other tool may go by the same.",
        "tasks": "What people use it for. Two tools that share none are compared with a warning.",
        "tags": "From the vocabulary, none twice.",
        "links": "Where it lives on the web.",
        "pricing": "How one pays.",
        "status": "Whether it can still be counted on.",
        "successor": "The slug of the tool that takes over from one that is deprecated or gone.",
        "released_on": "When it first came out.",
        "capabilities": "What it does: six or more.",
        "hidden_capabilities": "How many more capabilities a source counts without showing them.",
        "signals": "Measured figures, each with its source and day.",
        "reported": "Ranks that somebody else gives it.",
        "origins": "Which fields somebody else's public data gave.",
    },
    "Link": {"kind": "Where it leads.", "url": "An address that starts with https:// or http://."},
    "Price": {
        "usd": "US dollars for one unit.",
        "unit": "What it buys.",
        "source": "Where the price stands.",
        "observed_on": "The day on which it was seen.",
    },
    "Pricing": {
        "kind": "Free, paid, both, or by use.",
        "starting": "The lowest price that somebody pays, where it is known.",
        "note": "What a figure can't say: limits, whose price it is, when it changes.",
    },
    "Capability": {
        "title": "What it is called, in at most 60 characters; none twice in an entry.",
        "description": "What the tool does, in 15 to 50 words.",
        "unique": "What only this tool does about it.",
        "versus": "How rivals do it, by name.",
        "source": "Whose claim it is. Leave it out of our own.",
        "licence": "How the source's text is licensed.",
    },
    "HiddenCapabilities": {"count": "How many.", "source": "Who counts them."},
    "Signal": {
        "metric": "What was measured: a metric of docs/rank.md, such as github_stars or benchmark:gpqa.",
        "value": "The figure.",
        "unit": "What it counts: stars, percent, tokens.",
        "source": "Who publishes it.",
        "observed_on": "The day on which it was true: 2025, 2025-03 or 2025-03-07.",
    },
    "Origin": {
        "source": "Whose data it is.",
        "licence": "Its licence.",
        "observed_on": "The day on which it was true.",
        "fields": "The fields that it gave.",
    },
    "ReportedScore": {
        "source": "Who gives it, as publisher: page.",
        "observed_on": "When it was seen.",
        "rank": "From 0 to 100.",
        "components": "The parts of the rank, as printed.",
        "rounded": "Whether the parts are whole numbers that stand for something finer.",
        "times_matched": "How often people were led to it.",
    },
}


def tool_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a document that is one tool."""
    schema = Tool.model_json_schema()
    models = {"Tool": schema, **schema["$defs"]}
    for name, model in models.items():
        model["description"] = _first_paragraph(model.get("description", ""))
        for field, shape in model.get("properties", {}).items():
            text = shape.get("description") or _HINTS[name][field]
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
