from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from catalog import models
from catalog.models import (
    Capability,
    Document,
    HiddenCapabilities,
    Link,
    LinkKind,
    Price,
    PriceUnit,
    PricingKind,
    ReportedScore,
    Signal,
    Tool,
    ToolType,
)
from catalog.text import SLUG_LIMIT

DOCUMENTS = [
    model for model in vars(models).values() if isinstance(model, type) and issubclass(model, Document)
]
STARS = {"metric": "github_stars", "value": 1, "unit": "stars", "source": "a test", "observed_on": "2026"}

#: Much quicker than from a pattern: sets of twenty are drawn.
slugs = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8), min_size=1, max_size=5
).map("-".join)


def tool(**fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a tool with some fields."""
    return Tool.model_validate({"name": "Probe", **fields})


def test_only_the_name_is_needed() -> None:
    """A document of one field is whole: the slug follows from the name, all else is empty or unknown."""
    probe = Tool.model_validate({"name": "GPT-4o mini"})
    assert probe.slug == "gpt-4o-mini"
    assert probe.model_dump(exclude_defaults=True) == {"name": "GPT-4o mini", "slug": "gpt-4o-mini"}


def test_a_given_slug_stays() -> None:
    """A slug that is given is kept, so that a tool can be renamed without losing its place."""
    assert tool(name="New Name", slug="old-name").slug == "old-name"


@pytest.mark.parametrize("model", DOCUMENTS, ids=lambda model: str(model.__name__))
def test_documents_are_strict(model: type[BaseModel]) -> None:
    """No document takes a field that it doesn't know, or can be changed once it is made."""
    assert model.model_config.get("extra") == "forbid"
    assert model.model_config.get("frozen") is True
    assert model.model_config.get("allow_inf_nan") is False


def test_documents_can_be_shared() -> None:
    """A document can't be changed by whom it is handed to, not even its lists."""
    probe = tool(aliases=["p"])
    with pytest.raises(ValidationError, match="frozen"):
        probe.name = "Other"  # type: ignore[misc]  # which is what is shown
    assert isinstance(probe.aliases, tuple)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "@everyone"},
        {"slug": "Not A Slug"},
        {"slug": "a--b"},
        {"slug": "-a"},
        {"slug": "a\n"},
        {"slug": "a" * (SLUG_LIMIT + 1)},
        {"aliases": ["ok", ""]},
        {"aliases": ["@here"]},
        {"type": "gadget"},
        {"tasks": ["juggling"]},
        {"tags": ["Two Words"]},
        {"popularity": 1.1},
        {"popularity": float("nan")},
        {"licens": "MIT"},
        {"successor": "probe"},
        {"released_on": "soon"},
        {"capabilities": [{"title": "Untold"}]},
        {"hidden_capabilities": [{"count": 0, "source": "a page"}]},
        {"signals": [{**STARS, "value": float("inf")}]},
        {"signals": [{**STARS, "metric": "GitHub stars"}]},
        {"signals": [{key: value for key, value in STARS.items() if key != "source"}]},
        {"signals": [{key: value for key, value in STARS.items() if key != "observed_on"}]},
        {"reported": [{"source": "a page", "rank": 101}]},
        {"reported": [{"source": "a page", "times_matched": -1}]},
        {
            "pricing": {
                "kind": "free",
                "starting": {"usd": -1, "unit": "month", "source": "s", "observed_on": "2026"},
            }
        },
    ],
    ids=str,
)
def test_what_is_refused(fields: dict[str, Any]) -> None:
    """A document that can't be true, or can't be shown, is refused."""
    with pytest.raises(ValidationError):
        tool(**fields)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.com",
        "//example.com",
        "example.com",
        "",
        "https://",
        "https://example.com/a b",
        "https://example.com/) [click](https://evil.example",
        "https://example.com/]",
        "https://example.com/>",
        "https://example.com/`",
        "https://example.com\\@evil.example",
        "https://example.com/" + "x" * 500,
    ],
)
def test_a_link_is_on_the_web(url: str) -> None:
    """Only http and https are taken, and nothing that would end a link early where it is shown."""
    with pytest.raises(ValidationError):
        Link(kind=LinkKind.HOMEPAGE, url=url)


@pytest.mark.parametrize(
    "url", ["https://example.com", "http://example.com/a_b*c?d=e&f=%20#g", " https://huggingface.co/a/b-1.5 "]
)
def test_a_link_stays_as_it_is(url: str) -> None:
    """An address is kept as it was written, and not rewritten into another form."""
    assert Link(kind=LinkKind.DOCS, url=url).url == url.strip()


def test_the_newest_signal() -> None:
    """The newest observation of a metric is given, however exact its date and wherever it stands in the list."""
    series = [
        {**STARS, "value": value, "observed_on": day}
        for value, day in [(2, "2025-06"), (4, "2026-01-02"), (3, "2026"), (1, "2024-12-31")]
    ]
    newest = tool(signals=series).signal("github_stars")
    assert newest is not None
    assert newest.value == 4
    assert tool(signals=series).signal("github_forks") is None


@given(st.sets(slugs, min_size=2, max_size=20))
def test_keys_stand_for_slugs(names: set[str]) -> None:
    """Different slugs have different keys: 12 characters that are safe in a custom_id."""
    keys = {tool(slug=slug).key for slug in names}
    assert len(keys) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{12}", key) for key in keys)


def test_a_key_outlives_the_process() -> None:
    """A key depends on the slug alone, so that a button sent long ago still leads to its tool."""
    assert tool(slug="vllm").key == "Qw1xWcR_FL6O" == tool(slug="vllm", name="Another name").key


def test_json_round_trip() -> None:
    """A full document comes back from its JSON as it was."""
    whole = tool(
        type=ToolType.MODEL,
        aliases=["p", "Pröbe 通"],
        tasks=["coding"],
        links=[{"kind": "paper", "url": "https://example.com/%5B"}],
        pricing={
            "kind": "usage",
            "starting": {"usd": 0.15, "unit": "million input tokens", "source": "s", "observed_on": "2026"},
        },
        capabilities=[{"description": "one\n\ntwo", "source": "a page"}],
        hidden_capabilities=[{"count": 4, "source": "a page"}],
        signals=[STARS],
        reported=[{"source": "a page", "rank": 51, "components": {"match_graph": 0}, "rounded": True}],
    )
    assert Tool.model_validate_json(whole.model_dump_json()) == whole
    assert Tool.model_validate(whole.model_dump(mode="json", exclude_defaults=True)) == whole


def test_labels() -> None:
    """Kinds read as words: each begins with a capital and none shows how it is stored."""
    labels = [*(kind.label for kind in ToolType), *(kind.label for kind in PricingKind)]
    assert all(label[0].isupper() and "-" not in label and "_" not in label for label in labels)
    assert {ToolType.API.label, ToolType.MCP_SERVER.label, PricingKind.USAGE.label} == {
        "API",
        "MCP server",
        "Pay as you go",
    }
    assert len(set(labels)) == len(labels)


def test_text_in_documents_is_clean() -> None:
    """Whichever field text comes in by, what can't be seen is gone from it."""
    dirty = "one\u202e \t two"
    assert Capability(title=dirty, description=dirty, unique=dirty, versus=dirty, source=dirty) == Capability(
        title="one two", description="one two", unique="one two", versus="one two", source="one two"
    )
    assert tool(name=dirty).name == "one two"
    assert tool(vendor=dirty, summary=dirty, licence=dirty, aliases=[dirty]).aliases == ("one two",)
    assert HiddenCapabilities(count=1, source=dirty).source == "one two"
    assert ReportedScore(source=dirty).source == "one two"
    assert Signal.model_validate({**STARS, "source": dirty}).source == "one two"
    assert Price(usd=1, unit=PriceUnit.IMAGE, source=dirty, observed_on="2026").source == "one two"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/a\nb",
        "https://exa\tmple.com",
        "https://example.com/\u202egnp.exe",
        "https://example.com/\u200b",
        "https://user:secret@example.com",
    ],
    ids=ascii,
)
def test_a_link_hides_nothing(url: str) -> None:
    """No line break, no invisible character and no user name that looks like a host."""
    with pytest.raises(ValidationError):
        Link.model_validate({"kind": "docs", "url": url})


@pytest.mark.parametrize("name", ["\u3164", "\u115f", "\uffa0", "\u2800"], ids=ascii)
def test_a_name_can_be_seen(name: str) -> None:
    """A name of letters that show nothing is no name."""
    with pytest.raises(ValidationError):
        Tool(name=name)


def test_names_are_all_that_a_tool_goes_by() -> None:
    """Its name first, then its aliases in their order."""
    assert Tool.model_validate({"name": "Ant", "aliases": ["Emmet", "Pismire"]}).names == (
        "Ant",
        "Emmet",
        "Pismire",
    )
