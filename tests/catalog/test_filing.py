from __future__ import annotations

import asyncio
from functools import reduce
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.filing import NEW, SAME_SLUG, Filing, ImportReport, Plan, Register
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


def foreign(name: str, *, file: str = "page.json", **fields: Any) -> Incoming:  # noqa: ANN401 (as above)
    """Make somebody else's document."""
    return Incoming(tool(name, **fields), f"{file}:1", Authority.FOREIGN)


async def _filed(known: Iterable[Tool], incoming: Iterable[Incoming]) -> tuple[Filing, ...]:
    return await (await Register.of(known)).file(incoming)


def plan(incoming: list[Incoming], slugs: Sequence[str], current: dict[str, Tool]) -> Plan:
    """Plan an import of documents that are filed already, on a loop of its own."""
    filings = [Filing(slug, one, "") for slug, one in zip(slugs, incoming, strict=True)]
    return asyncio.run(planning(filings, current))


def filed(*documents: Tool) -> tuple[str, ...]:
    """File documents in a catalog of two tools that share an alias."""
    known = [
        tool("Stable-Diffusion", aliases=["SD", "shared"]),
        tool("SD WebUI", slug="webui", aliases=["shared"]),
    ]
    incoming = [Incoming(document, "tools.yaml:1", Authority.OWN) for document in documents]
    return tuple(filing.slug for filing in asyncio.run(_filed(known, incoming)))


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
    files = {"tools.yaml": ("c", "b", "a")}
    expected = ImportReport(added=("c",), changed=("a",), unchanged=("b",), files=files)
    assert planned.report() == expected
    assert planned.changes == {"c": tool("C"), "a": tool("A", vendor="Y", licence="MIT")}


def test_what_is_changed_back_is_no_change() -> None:
    """Only the documents before and after count, not what is between them."""
    before = {"a": tool("A", vendor="X")}
    planned = plan([own("A", vendor="Y"), own("A", vendor="X")], ["a", "a"], before)
    assert planned.report() == ImportReport(unchanged=("a",), files={"tools.yaml": ("a",)})
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
INCOMING = st.builds(Incoming, DOCUMENTS, st.just("x:1"), st.just(Authority.OWN))


def by_the_rules(incoming: list[Incoming], catalog: dict[str, Tool]) -> dict[str, Tool]:
    """Do what filing and planning do, one step after the other and with no thought of how long it takes."""
    claims = [(name_key(name), one.slug) for one in catalog.values() for name in (one.name, *one.aliases)]
    known = {key: slug for key, slug in claims if all(slug == other for same, other in claims if same == key)}
    parts: dict[str, list[Incoming]] = {}
    for one in incoming:
        slug = one.tool.slug
        if "slug" not in one.tool.model_fields_set:
            by_name = known.get(name_key(one.tool.name), slug)
            slug = slug if slug in {*catalog, *parts} else by_name
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
    planned = asyncio.run(planning(asyncio.run(_filed(catalog.values(), incoming)), catalog))
    expected = by_the_rules(incoming, catalog)
    assert list(planned.after.items()) == list(expected.items())
    assert planned.changes == {slug: one for slug, one in expected.items() if catalog.get(slug) != one}
    report = planned.report()
    assert sorted((*report.added, *report.changed, *report.unchanged)) == sorted(expected)
    assert set(report.added) == expected.keys() - catalog.keys()
    assert {*report.added, *report.changed} == planned.changes.keys()


def repository(place: str) -> list[dict[str, str]]:
    """Give the links of a tool whose code is at a place."""
    return [{"kind": "repository", "url": f"https://{place}"}]


CATALOG = [
    tool("vLLM", type="framework", links=repository("github.com/vllm-project/vllm")),
    tool(
        "Whisper",
        type="model",
        aliases=["large-v3"],
        links=[{"kind": "model-hub", "url": "https://huggingface.co/openai/whisper-large-v3"}],
    ),
    tool("Stripe", type="product", links=[{"kind": "homepage", "url": "https://stripe.com"}]),
    tool("LiteLLM", type="library", packages=["pypi:litellm"]),
]


def placed(*incoming: Incoming) -> list[tuple[str, str]]:
    """File others' documents in a small catalog; gives slugs and reasons."""
    return [(filing.slug, filing.why) for filing in asyncio.run(_filed(CATALOG, incoming))]


def test_others_are_filed_by_what_only_one_tool_has() -> None:
    """A repository, a model's id, a package or a site says more than a name, and the reason says which it was."""
    found = placed(
        foreign("vllm-engine", type="repository", links=repository("github.com/VLLM-project/vLLM.git")),
        foreign(
            "whisper-v3",
            type="model",
            links=[{"kind": "model-hub", "url": "https://huggingface.co/openai/whisper-large-v3/tree/main"}],
        ),
        foreign("litellm proxy", packages=["pypi:LiteLLM"]),
        foreign("Stripe Inc", type="api", links=[{"kind": "homepage", "url": "https://www.stripe.com/"}]),
        foreign("large v3", type="model"),
    )
    assert found == [
        ("vllm", "same repository (github.com/vllm-project/vllm)"),
        ("whisper", "same model id (huggingface.co/openai/whisper-large-v3)"),
        ("litellm", "same package (pypi:litellm)"),
        ("stripe", "same site (stripe.com)"),
        ("whisper", "same name (large 3)"),
    ]


def test_a_name_alone_does_not_make_a_server_a_company() -> None:
    """Tools of unlike types that share a name are two tools, again so the second time."""
    incoming = [foreign("Stripe", type="mcp-server"), foreign("whisper", type="repository")]
    assert placed(*incoming) == [("stripe-mcp-server", NEW), ("whisper-repository", NEW)]
    known = [filing.incoming.tool for filing in asyncio.run(_filed(CATALOG, incoming))]
    again = asyncio.run(_filed([*CATALOG, *known], incoming))
    assert [filing.slug for filing in again] == ["stripe-mcp-server", "whisper-repository"]
    assert SAME_SLUG not in {filing.why for filing in again}


def test_a_name_alone_does_not_join_two_repositories() -> None:
    """A repository that moved is the same tool; one of another name, or a namesake's, isn't."""
    moved = foreign("vllm", type="repository", links=repository("github.com/acme/v-llm"))
    other = foreign("vllm", file="b.json", type="repository", links=repository("github.com/acme/fork"))
    assert placed(moved) == [("vllm", "same name (vllm)")]
    third = other._replace(tool=tool("vllm", type="repository", links=repository("github.com/third/x")))
    assert placed(other, third, other) == [
        ("vllm-repository", NEW),
        ("vllm-repository-2", NEW),
        ("vllm-repository", "same repository (github.com/acme/fork)"),
    ]


def test_a_service_is_not_anybodys_repository() -> None:
    """Code that only has a service's name is another tool; that of its maker is the same one."""
    theirs = foreign("stripe", type="repository", links=repository("github.com/acme/stripe"))
    its_own = foreign("stripe", file="b.json", type="library", links=repository("github.com/stripe/stripe"))
    assert placed(theirs, its_own) == [("stripe-repository", NEW), ("stripe", "same name (stripe)")]


def test_what_several_of_a_file_share_identifies_none() -> None:
    """A repository of many servers is no server's identity, but the folders inside it are."""
    shared = repository("github.com/acme/servers")
    inside = repository("github.com/acme/servers/tree/main/src/fetch")
    filings = placed(
        foreign("Fetch", type="mcp-server", links=shared),
        foreign("Time", type="mcp-server", links=shared),
        foreign("Fetcher", file="other.json", type="mcp-server", links=inside),
        foreign("Get", file="third.json", type="mcp-server", links=inside),
    )
    assert [slug for slug, _ in filings] == ["fetch", "time", "fetcher", "fetcher"]


def test_others_take_no_name_away() -> None:
    """An alias that another tool goes by is left out, and a name of another tool doesn't become an alias."""
    (filing,) = asyncio.run(
        _filed(CATALOG, [foreign("Stripe", aliases=["LiteLLM", "stripe-ai"], packages=["pypi:litellm"])])
    )
    assert (filing.slug, filing.incoming.tool.name) == ("litellm", "LiteLLM")
    assert filing.incoming.tool.aliases == ("LiteLLM", "stripe-ai")
    (filing,) = asyncio.run(_filed(CATALOG, [foreign("Sglang", type="library", aliases=["Whisper", "sgl"])]))
    assert filing.incoming.tool.aliases == ("sgl",)


@settings(max_examples=300, deadline=None)
@given(st.lists(DOCUMENTS, max_size=4), st.lists(DOCUMENTS, max_size=8))
def test_an_import_of_others_twice_changes_nothing(tools: list[Tool], documents: list[Tool]) -> None:
    """Whatever somebody else's documents are, the second time all of them are known."""
    catalog = {one.slug: one for one in tools}
    incoming = [Incoming(one, "x:1", Authority.FOREIGN) for one in documents]
    first = asyncio.run(planning(asyncio.run(_filed(catalog.values(), incoming)), catalog))
    known = {**catalog, **first.after}
    second = asyncio.run(planning(asyncio.run(_filed(known.values(), incoming)), known))
    assert not second.changes
