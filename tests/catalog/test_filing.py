from __future__ import annotations

import asyncio
from functools import reduce
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.filing import ImportReport, Plan, Register
from catalog.filing import plan as planning
from catalog.importers import Authority, Incoming
from catalog.merging import merge
from catalog.models import Tool
from catalog.names import name_key
from catalog.text import ALIAS_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def tool(name: str, **fields: Any) -> Tool:  # noqa: ANN401 (whatever a document may hold)
    """Make a document."""
    return Tool.model_validate({"name": name, **fields})


def own(name: str, **fields: Any) -> Incoming:  # noqa: ANN401 (whatever a document may hold)
    """Make a document of ours."""
    return Incoming(tool(name, **fields), "tools.yaml:1", Authority.OWN)


async def _filed(known: Iterable[Tool], documents: Iterable[Tool]) -> tuple[str, ...]:
    return await (await Register.of(known)).file(documents)


def plan(incoming: list[Incoming], slugs: Sequence[str], current: dict[str, Tool]) -> Plan:
    """Plan an import, on a loop of its own."""
    return asyncio.run(planning(incoming, slugs, current))


def filed(*documents: Tool) -> tuple[str, ...]:
    """File documents in a catalog of two tools that share an alias."""
    known = [
        tool("Stable-Diffusion", aliases=["SD", "shared"]),
        tool("SD WebUI", slug="webui", aliases=["shared"]),
    ]
    return asyncio.run(_filed(known, documents))


def test_a_tool_is_identified_by_slug_then_by_name() -> None:
    """Names and aliases count if they belong to one tool alone."""
    assert filed(tool("stable diffusion")) == ("stable-diffusion",)
    assert filed(tool("sd")) == ("stable-diffusion",)
    assert filed(tool("SD", slug="webui")) == ("webui",)
    assert filed(tool("Shared")) == ("shared",)
    assert filed(tool("vLLM")) == ("vllm",)


def test_names_count_from_the_document_that_gives_them() -> None:
    """Later documents of an import are filed by the names of earlier ones; who comes first keeps a name."""
    assert filed(tool("V LLM"), tool("vLLM"), tool("Paged", aliases=["vllm", "PA"]), tool("pa")) == (
        "v-llm",
        "vllm",
        "paged",
        "paged",
    )
    assert filed(tool("Shared"), tool("webui", slug="webui"), tool("shared!")) == (
        "shared",
        "webui",
        "shared",
    )


def test_a_plan_says_what_changes() -> None:
    """Each slug is in one list of the report, in the order of the documents, and only changes are to be written."""
    before = {"a": tool("A", vendor="X"), "b": tool("B"), "z": tool("Z")}
    incoming = [own("C"), own("B"), own("A", vendor="Y"), own("A", licence="MIT"), own("B", vendor=None)]
    planned = plan(incoming, ["c", "b", "a", "a", "b"], before)
    assert planned.report() == ImportReport(added=("c",), changed=("a",), unchanged=("b",))
    assert planned.changes == {"c": tool("C"), "a": tool("A", vendor="Y", licence="MIT")}


def test_what_is_changed_back_is_no_change() -> None:
    """Only the documents before and after count, not what is between them."""
    before = {"a": tool("A", vendor="X")}
    planned = plan([own("A", vendor="Y"), own("A", vendor="X")], ["a", "a"], before)
    assert planned.report() == ImportReport(unchanged=("a",))
    assert not planned.changes


def test_aliases_of_several_documents_have_a_limit_too() -> None:
    """What goes beyond it together is left out, the latest first, and said with the document that brought it."""
    names = [f"a {number}" for number in range(ALIAS_LIMIT + 2)]
    incoming = [own("A", aliases=names[:200]), own("A", aliases=names[200:]), own("A", vendor="X")]
    planned = plan(incoming, ["a"] * 3, {})
    assert planned.after["a"].aliases == tuple(names[:ALIAS_LIMIT])
    assert planned.after["a"].vendor == "X"
    (warning,) = planned.report().warnings
    assert warning.reason == "A would have more than 254 aliases; left out a 254 and 1 more"
    assert Tool.model_validate(planned.after["a"].model_dump()) == planned.after["a"]


NAMES = st.sampled_from(
    ["SD", "sd", "S D", "S.D.", "SDXL", "sd xl", "WebUI", "web-ui", "通义", "x" * 70, "x" * 71]
)
DOCUMENTS = st.fixed_dictionaries(
    {"name": NAMES},
    optional={
        "slug": st.sampled_from(["sd", "sdxl", "web-ui", "other"]),
        "aliases": st.lists(NAMES, max_size=3),
        "vendor": st.sampled_from([None, "A", "B"]),
        "popularity": st.sampled_from([0.25, 0.5]),
        "tags": st.lists(st.sampled_from(["a", "b"]), max_size=3),
    },
).map(Tool.model_validate)
INCOMING = st.builds(Incoming, DOCUMENTS, st.just("x:1"), st.sampled_from(Authority))


def by_the_rules(incoming: list[Incoming], catalog: dict[str, Tool]) -> dict[str, Tool]:
    """Do what filing and planning do, one step after the other and with no thought of how long it takes."""
    claims = [(name_key(name), one.slug) for one in catalog.values() for name in (one.name, *one.aliases)]
    known = {key: slug for key, slug in claims if all(slug == other for same, other in claims if same == key)}
    parts: dict[str, list[Incoming]] = {}
    for one in incoming:
        slug = one.tool.slug
        if "slug" not in one.tool.model_fields_set:
            by_name = known.get(name_key(one.tool.name), slug)
            slug = slug if slug in known.values() else by_name
        for name in (one.tool.name, *one.tool.aliases):
            known.setdefault(name_key(name), slug)
        parts.setdefault(slug, []).append(one)
    # A tool that is merged into a blank one goes the long way through merging.
    return {
        slug: reduce(
            merge, of_one, catalog.get(slug) or Tool(slug=of_one[0].tool.slug, name=of_one[0].tool.name)
        )
        for slug, of_one in parts.items()
    }


@settings(max_examples=300, deadline=None)
@given(st.lists(DOCUMENTS, max_size=4), st.lists(INCOMING, max_size=12))
def test_many_documents_are_filed_by_the_same_rules(tools: list[Tool], incoming: list[Incoming]) -> None:
    """Whatever is done to be quick, the documents and their order are those that the rules give."""
    catalog = {one.slug: one for one in tools}
    slugs = asyncio.run(_filed(catalog.values(), (one.tool for one in incoming)))
    planned = plan(incoming, slugs, catalog)
    expected = by_the_rules(incoming, catalog)
    assert list(planned.after.items()) == list(expected.items())
    assert planned.changes == {slug: one for slug, one in expected.items() if catalog.get(slug) != one}
    report = planned.report()
    assert sorted((*report.added, *report.changed, *report.unchanged)) == sorted(expected)
    assert set(report.added) == expected.keys() - catalog.keys()
    assert {*report.added, *report.changed} == planned.changes.keys()
