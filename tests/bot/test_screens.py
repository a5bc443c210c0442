from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from simcord.components import validate_components, validate_embeds

from bot import screens
from bot.address import Address, Screen
from bot.answers import answer
from bot.replies import Reply, explain
from catalog.errors import ComparisonError, UnknownToolError
from catalog.models import Tool
from catalog.service import Catalog
from tests import starters

PARSER = (
    MarkdownIt("commonmark")
    .enable("strikethrough")
    .disable(["code", "html_block", "html_inline", "entity", "lheading", "list"])
)
#: What our own wording uses; nothing else may come out of a document.
OURS = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak", "hardbreak"} | {
    "strong_open",
    "strong_close",
    "fence",
    "link_open",
    "link_close",
}
LINK = "https://good.example/"

FRAGMENTS = [
    "word ", "**bold** ", "[free](https://evil.example) ", "`tick` ", "```\n", "\n", "\n\n", "# head ", "- item ",
    "> quote ", "1. one ", "@everyone ", "<@123> ", "\\", "*", "_", "~~", "||", "通义", "😀", "👨‍👩‍👧‍👦", "עברית ",
    "\u202e", "e\u0301\u0302", "a" * 300, "https://evil.example/x ", "but requires ", "(", ")", "]",
    "claims 50% faster ",
]  # fmt: skip


def _text(longest: int) -> st.SearchStrategy[str]:
    """Text up to a length, made of a few fragments over and over."""
    some = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6)
    lengths = st.integers(1, longest) | st.just(longest)
    return st.builds(
        lambda parts, length: ("x" + "".join(parts) * (length // max(1, len("".join(parts))) + 1))[
            :length
        ].rstrip(),
        some,
        lengths,
    )


def _name() -> st.SearchStrategy[str]:
    return _text(100).map(lambda text: text.replace("@everyone", "everyone").replace("<@123>", "123"))


def _several(maker: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[list[Any]]:
    """A list of 0 to `most`, in which a few made parts stand over and over (making is what takes time)."""
    return st.builds(
        lambda parts, count: [parts[n % len(parts)] for n in range(count)],
        st.lists(maker, min_size=1, max_size=3),
        st.integers(0, most) | st.just(most),
    )


METRICS = [
    "github_stars",
    "github_forks",
    "contributors",
    "monthly_downloads",
    "lmarena_score",
    "context_window",
]
capabilities = st.fixed_dictionaries(
    {"description": _text(4000)},
    optional={"title": _text(300), "unique": _text(4000), "versus": _text(4000), "source": _text(300)},
)
signals = st.fixed_dictionaries(
    {
        "metric": st.sampled_from(METRICS) | st.integers(0, 60).map(lambda n: f"benchmark:b{n}"),
        "value": st.floats(0, 1e12) | st.sampled_from([0.0, 1e15, 0.1]),
        "unit": _text(300),
        "source": _text(300),
        "observed_on": st.just("2026-01-02"),
    }
)
scores = st.fixed_dictionaries(
    {"source": _text(300)},
    optional={
        "rank": st.floats(0, 100),
        "rounded": st.booleans(),
        "times_matched": st.integers(0, 10**9),
        "components": st.dictionaries(
            st.sampled_from(["adoption", "quality", "ecosystem", "match_graph", "freshness"]),
            st.floats(-1e6, 1e6),
        ),
    },
)
documents = st.fixed_dictionaries(
    {"name": _name()},
    optional={
        "type": st.sampled_from(["model", "repository", "mcp-server", "other"]),
        "vendor": _text(300),
        "summary": _text(300),
        "licence": _text(300),
        "aliases": _several(_name(), 30),
        "tasks": st.just(["coding", "chat"]) | st.just(["music generation"]),
        "status": st.sampled_from(["active", "deprecated", "gone"]),
        "successor": st.just("nowhere"),
        "links": st.integers(0, 6).map(
            lambda count: [{"kind": "model-hub", "url": LINK + "p" * 400 + str(n)} for n in range(count)]
        ),
        "pricing": st.builds(
            lambda kind, note: {
                "kind": kind,
                "note": note,
                "starting": {"usd": 1e9, "unit": "hour", "source": note, "observed_on": "2026"},
            },
            st.sampled_from(["free", "freemium", "paid", "usage"]),
            _text(300),
        ),
        "capabilities": _several(capabilities, 50),
        "hidden_capabilities": _several(
            st.builds(lambda source: {"count": 99_999, "source": source}, _text(300)), 3
        ),
        "signals": _several(signals, 40),
        "reported": _several(scores, 40),
    },
)


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Two to four tools of the strangest kind to ask about, and two more beside each that do the same job."""
    drawn = draw(st.lists(documents, min_size=2, max_size=4))
    tools = [{**document, "slug": f"asked-{n}"} for n, document in enumerate(drawn)]
    tools += [{**tool, "slug": f"beside-{n}"} for n, tool in enumerate([*tools, *tools])]
    return Catalog(map(Tool.model_validate, tools))


def _asked(catalog: Catalog) -> list[Tool]:
    return [tool for tool in catalog.tools if tool.slug.startswith("asked")]


def _check(reply: Reply, where: object) -> None:
    """Check a message against Discord's limits and against markup that a document smuggled in."""
    embed = reply.embed.to_dict()
    validate_embeds([embed])
    if reply.view:
        components = reply.view.to_components()
        validate_components(components)
        assert len(components) <= 5, where
        for row in components:
            for part in row["components"]:
                assert len(part["custom_id"]) <= 100, where
    fields: list[Any] = [(field["name"], field["value"]) for field in embed.get("fields", [])]
    assert all(name.strip() and value.strip() for name, value in fields), (where, fields)
    for text in (
        embed.get("title", ""),
        embed.get("description", ""),
        *(part for field in fields for part in field),
    ):
        assert text.count("```") % 2 == 0, (where, text)
        tokens = [token for block in PARSER.parse(text) for token in [block, *(block.children or [])]]
        assert {token.type for token in tokens} <= OURS, (
            where,
            text,
            {token.type for token in tokens} - OURS,
        )
        assert all(str(token.attrs["href"]).startswith(LINK) for token in tokens if "href" in token.attrs), (
            where,
            text,
        )
        outside = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        assert not re.search(r"https?://(?!good)", outside), (where, text)
        assert not re.search(r"@everyone|(?<!\\)<@", outside), (where, text)


#: Shrinking documents of this size takes minutes and tells no more than the message does.
WHOLE = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@settings(WHOLE, max_examples=25)
@given(catalogs(), st.sampled_from(Screen), st.integers(0, 200))
def test_any_document_fits(catalog: Catalog, screen: Screen, page: int) -> None:
    """Whatever the catalog holds, every screen keeps Discord's limits and shows text as text."""
    keys = tuple(tool.key for tool in _asked(catalog))
    _check(screens.draw(catalog, Address(screen, keys, 2**63, page), notes=["read as x" * 60] * 4), screen)
    if screen is not Screen.COMPARISON:
        _check(screens.draw(catalog, Address(screen, keys[:1], 2**63, page)), screen)


@settings(WHOLE, max_examples=12)
@given(catalogs(), _text(300))
def test_any_question_fits(catalog: Catalog, text: str) -> None:
    """Whatever is asked of whatever the catalog holds, the answer keeps Discord's limits."""
    _check(screens.found(catalog, text, 2**63), "found")
    names = [
        text,
        *(tool.name for tool in _asked(catalog)),
        "x",
        *(tool.name[:3] for tool in _asked(catalog)),
    ]
    for asked in (names[:1], names[1:2], names[:2], names[:4], names[-3:], names[-2:] + names[:2]):
        screen = Screen.COMPARISON if len(asked) > 1 else Screen.TOOL
        try:
            _check(answer(catalog, screen, [catalog.resolve(name) for name in asked], 2**63), asked)
        except ComparisonError as error:
            _check(explain(error), asked)


def test_every_screen_of_every_tool() -> None:
    """Each screen of each tool of the starter catalog keeps the limits."""
    catalog = Catalog(starters.all_tools())
    assert len(catalog) > 50
    for tool in catalog.tools:
        for screen in (Screen.TOOL, Screen.RANKS, Screen.CAPABILITIES, Screen.ALTERNATIVES):
            address = Address(screen, (tool.key,), 1)
            text = str(screens.draw(catalog, address).embed.to_dict())
            assert tool.name.split("*")[0] in text


def test_unknown_key() -> None:
    """A tool that isn't there is an error of the catalog."""
    with pytest.raises(UnknownToolError):
        screens.draw(Catalog(), Address(Screen.TOOL, ("x" * 12,), 1))


def test_menu_of_capabilities_moves_along() -> None:
    """With more capabilities than a menu holds, it offers those around the open one."""
    tool = Tool.model_validate(
        {
            "name": "Many",
            "capabilities": [{"title": f"Cap {n}", "description": "Does it."} for n in range(60)],
        }
    )
    catalog = Catalog([tool])
    for page in (0, 11, 30, 59):
        view = screens.draw(catalog, Address(Screen.CAPABILITIES, (tool.key,), 1, page)).view
        assert view
        (menu,) = [part for row in view.to_components() for part in row["components"] if part["type"] == 3]
        labels = [option["label"] for option in menu["options"]]
        assert len(labels) == 25
        assert f"Many: Cap {page}" in labels


def test_nothing_known() -> None:
    """A tool of which only the name is known has a card, no rank, no capability and no alternative."""
    tool = Tool.model_validate({"name": "Bare"})
    catalog = Catalog([tool])
    said = {
        Screen.TOOL: "No rank yet",
        Screen.RANKS: "No rank yet",
        Screen.CAPABILITIES: "No capability of Bare",
        Screen.ALTERNATIVES: "Nothing in the catalog",
    }
    for screen, text in said.items():
        assert text in str(screens.draw(catalog, Address(screen, (tool.key,), 1)).embed.to_dict())
