from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.editing.difference import DifferenceKind, differences
from catalog.editing.places import DOCUMENT
from catalog.models import Tool
from tests.catalog.editing.strategies import EDITS, edited, rewritten, tools, written

few = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tool(**fields: Any) -> Tool:  # noqa: ANN401 (whatever a document may hold)
    """Make a document."""
    return Tool.model_validate({"slug": "probe", "name": "Probe", **fields})


def told(before: Tool | None, after: Tool | None) -> list[tuple[str, str, str | None, str | None]]:
    """Tell differences without their keys."""
    return [(each.label, each.kind.value, each.before, each.after) for each in differences(before, after)]


@some
@given(st.data())
def test_only_what_differs_is_a_difference(data: st.DataObject) -> None:
    """Equal documents differ nowhere, others somewhere; the way back differs in as many places."""
    before = data.draw(tools(repeated=True))
    after = data.draw(st.one_of(rewritten(before), tools(repeated=True)))
    found = differences(before, after)
    assert bool(found) == (before != after)
    assert len(found) == len(differences(after, before))
    assert len({each.place for each in found}) == len(found)
    assert not differences(before, Tool.model_validate_json(before.model_dump_json()))


#: Marks of what was taken away say nothing to people; the place from which it was taken does.
SEEN = sorted(kind for kind in EDITS if not kind.startswith("withdrawn."))


@pytest.mark.parametrize("kind", SEEN)
@few
@given(data=st.data())
def test_an_edit_differs_in_its_field_alone(kind: str, data: st.DataObject) -> None:
    """Whatever kind of edit it is, the differences are of the field that was edited; none when it changed nothing."""
    before = data.draw(tools())
    after = data.draw(edited(before, kind))
    found = differences(before, after)
    assert bool(found) == (written(before) != written(after))
    assert {each.place.removeprefix("order:").partition(":")[0] for each in found} <= {kind.partition(".")[0]}
    if found and kind.endswith((".add", ".remove", ".move")):
        wanted = {"add": "added", "remove": "removed", "move": "moved"}[kind.partition(".")[2]]
        assert wanted in {each.kind for each in found} or len(found) == 1


def test_values_in_words() -> None:
    """Each kind of value reads as people write it."""
    signal = {"metric": "github_stars", "unit": "stars", "source": "GitHub", "observed_on": "2026-01-02"}
    price = {"usd": 2.5, "unit": "million input tokens", "source": "Acme", "observed_on": "2026"}
    before = tool(
        status="deprecated",
        pricing={"kind": "usage", "starting": price, "note": "less at night"},
        popularity=0.25,
        links=[{"kind": "model-hub", "url": "https://example.com"}],
        capabilities=[{"title": "Batching", "description": "Groups requests.\n\nFast."}],
        signals=[{**signal, "value": 150_000}],
    )
    after = tool(
        type="mcp-server",
        pricing={"kind": "free"},
        popularity=0.5,
        capabilities=[
            {
                "title": "Batching",
                "description": "Groups requests.",
                "unique": "U.",
                "versus": "V.",
                "source": "S",
            }
        ],
        hidden_capabilities=[{"count": 1200, "source": "Unfragile"}],
        signals=[{**signal, "value": 150_000.25, "licence": "MIT"}],
        reported=[
            {
                "source": "Unfragile",
                "observed_on": "2026",
                "rank": 51,
                "components": {"match_graph": 0, "quality": 2.5},
                "rounded": True,
                "times_matched": 9000,
            },
            {"source": "Nobody"},
        ],
    )
    assert told(before, after) == [
        ("Type", "changed", "Other", "MCP server"),
        ("Link “https://example.com”", "removed", "Model hub: https://example.com", None),
        (
            "Pricing",
            "changed",
            "Pay as you go, from $2.50 per million input tokens (Acme, 2026); less at night",
            "Free",
        ),
        ("Status", "changed", "Deprecated", "Active"),
        ("Popularity", "changed", "0.25", "0.5"),
        (
            "Capability “Batching”",
            "changed",
            "Batching\nGroups requests.\n\nFast.",
            "Batching\nGroups requests.\nUnique: U.\nVersus: V.\nSource: S",
        ),
        ("Hidden capabilities (Unfragile)", "added", None, "1,200 more (Unfragile)"),
        (
            "Signal github_stars (GitHub, 2026-01-02)",
            "changed",
            "150,000 stars (GitHub, 2026-01-02)",
            "150,000.25 stars (GitHub, 2026-01-02); licence MIT",
        ),
        (
            "Reported score (Unfragile)",
            "added",
            None,
            "rank 51, match graph 0, quality 2.5, matched 9,000 times, rounded (Unfragile, 2026)",
        ),
        ("Reported score (Nobody)", "added", None, "no figures (Nobody)"),
    ]


def test_entries_that_moved() -> None:
    """A new order is one difference, of what both have; what came and went beside it is told on its own."""
    before, after = tool(aliases=["A", "B", "C"]), tool(aliases=["C", "X", "B"])
    assert told(before, after) == [
        ("Alias “A”", "removed", "A", None),
        ("Alias “X”", "added", None, "X"),
        ("Order of aliases", "moved", "1. B\n2. C", "1. C\n2. B"),
    ]


def test_a_recased_alias_is_changed() -> None:
    """Another spelling of an alias is no second alias."""
    assert told(tool(aliases=["sd"]), tool(aliases=["SD"])) == [("Alias “sd”", "changed", "sd", "SD")]


def test_a_new_document_and_one_that_is_gone() -> None:
    """A new document adds what it fills and no more; one that is gone is one difference."""
    document = tool(summary="S.", aliases=["P"])
    assert [(each.place, each.kind, each.before, each.after) for each in differences(None, document)] == [
        ("slug", "added", None, "probe"),
        ("name", "added", None, "Probe"),
        ("summary", "added", None, "S."),
        ("aliases:p", "added", None, "P"),
    ]
    (removed,) = differences(document, None)
    assert (removed.place, removed.label, removed.kind) == (DOCUMENT, "Tool “Probe”", DifferenceKind.REMOVED)
    assert (removed.before, removed.after) == ("Probe", None)
    assert differences(None, None) == ()


def test_what_was_given_is_no_difference() -> None:
    """A document with a given slug is the document that derived the same; so is one that spells out defaults."""
    assert differences(Tool(name="Probe"), tool(type="other", vendor=None, aliases=[])) == ()
    assert told(Tool(name="Probe"), Tool(name="Probe", slug="other")) == [
        ("Slug", "changed", "probe", "other")
    ]
