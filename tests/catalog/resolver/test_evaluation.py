"""The resolver held against the evaluation sets of names, where they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from catalog.models import Tool
from catalog.resolver import Outcome, Resolver

SETS = Path(__file__).parents[3] / "../shared/eval/names"
pytestmark = pytest.mark.skipif(not SETS.is_dir(), reason="the evaluation sets are not beside the project")


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    """The catalog of the sets; slugs are its ids."""
    return Resolver(
        Tool(slug=str(row["id"]), name=row["name"], aliases=tuple(row["aliases"]), popularity=row["pop"])
        for row in _rows("catalog_ai")
    )


def test_chat_queries(resolver: Resolver) -> None:
    """At least 95 of 100 chat queries have the right tool first; at most 2 resolve to a wrong one."""
    asked = [row for row in _rows("human") if row["type"] != "vs"]
    first = wrong = 0
    for row in asked:
        right = {str(answer) for answer in row["answers"]}
        found = resolver.resolve(row["q"])
        first += bool(found.candidates) and found.candidates[0].slug in right
        wrong += found.tool is not None and found.tool.slug not in right
    assert first / len(asked) >= 0.95
    assert wrong / len(asked) <= 0.02


@pytest.mark.parametrize(("kind", "most"), [("ooc", 0.05), ("nearmiss", 0.1)])
def test_strangers(resolver: Resolver, kind: str, most: float) -> None:
    """What isn't in the catalog is hardly ever answered."""
    asked = [row["q"] for row in _rows("human_negative") if row["type"] == kind]
    answered = sum(resolver.resolve(query).outcome is Outcome.RESOLVED for query in asked)
    assert answered / len(asked) <= most


def test_families(resolver: Resolver) -> None:
    """Nine of ten families are asked back about."""
    asked = _rows("human_ambiguous")
    known = sum(resolver.resolve(row["q"]).outcome is Outcome.AMBIGUOUS for row in asked)
    assert known / len(asked) >= 0.9
