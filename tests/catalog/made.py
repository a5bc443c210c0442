"""Entries that break no rule of quality, made to break one."""

from __future__ import annotations

from typing import Any

from catalog.importers import Authority, Incoming
from catalog.models import Tool
from catalog.quality import Finding, Intended, review

SENTENCE = "It carries leaves to the nest all day."
NUMBERS = ("one", "two", "three", "four", "five", "six")


def entry(name: str = "Ant", **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Give an entry that breaks no rule, but for the fields given."""
    good: dict[str, Any] = {
        "name": name,
        "type": "product",
        "vendor": f"{name} makers",
        "summary": f"{name} carries things.",
        "aliases": [f"{name}s"],
        "tasks": ["coding"],
        "tags": ["local"],
        "links": [{"kind": "homepage", "url": "https://example.com"}],
        "licence": "MIT",
        "pricing": {"kind": "free"},
        "capabilities": [capability(f"{name} {number}") for number in NUMBERS],
    }
    return Tool.model_validate(good | fields)


def capability(title: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (any field of a capability)
    """Give a capability that breaks no rule, but for the fields given."""
    return {
        "title": title,
        "description": f"{title} is something that it does, told in as many words as a reader needs to go on.",
        "unique": f"only {title}",
        "versus": f"unlike {title}",
        **fields,
    }


def one(**fields: Any) -> Tool:  # noqa: ANN401 (any field of a capability)
    """Give an entry whose first capability has other fields."""
    return entry(capabilities=[capability("Ant zero") | fields, *map(capability, NUMBERS)])


def found(*tools: Tool, intended: Intended | None = None) -> list[Finding]:
    """Review entries of a file each."""
    return review([Incoming(tool, f"{tool.slug}.yaml:1", Authority.OWN) for tool in tools], intended=intended)


def signal(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 (any field of a signal)
    """Give a figure that breaks no rule, but for the fields given."""
    good = {
        "metric": "github_stars",
        "value": 1,
        "unit": "stars",
        "source": "GitHub",
        "observed_on": "2026-01",
    }
    return good | fields
