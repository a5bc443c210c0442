"""Families: which tool a name means that was several models after another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.families import Families
from catalog.filing import Register
from catalog.importers import Authority, Incoming
from catalog.models import ReportedScore, Status, Tool, ToolType
from catalog.moments import day_in_words
from catalog.resolver import Outcome, Reason
from catalog.rivals import NameFinder
from catalog.snapshot import Snapshot

if TYPE_CHECKING:
    from catalog.resolver import Resolution

TODAY = date(2026, 11, 22)
OLD = Tool(name="Mistral Small 3", family="Mistral Small", released_on="2025-01-30", type=ToolType.MODEL)
NEW = Tool(name="Mistral Small 4", family="mistral-small", released_on="2026-03-16", type=ToolType.MODEL)
OTHER = Tool(name="Mixtral 8x7B")
DATES = [None, "2024", "2024-05", "2025", "2025-01-30", "2026-03"]


def resolve(query: str, *tools: Tool) -> Resolution:
    """Read a name in a catalog of some tools."""
    return Snapshot.of(tools, TODAY).resolver.resolve(query)


@pytest.mark.parametrize(
    ("members", "newest"),
    [
        ([("a", "2024", Status.ACTIVE), ("b", "2025", Status.ACTIVE)], "b"),
        ([("a", "2024", Status.ACTIVE), ("b", "2025", Status.DEPRECATED)], "a"),
        ([("a", "2024", Status.DEPRECATED), ("b", "2025", Status.GONE)], "a"),
        ([("a", None, Status.ACTIVE), ("b", "2023", Status.ACTIVE)], "b"),
        ([("b", "2025-02", Status.ACTIVE), ("a", "2025-02", Status.ACTIVE)], "a"),
        ([("b", None, Status.GONE), ("a", None, Status.GONE)], "a"),
    ],
)
def test_which_is_the_newest(members: list[tuple[str, str | None, Status]], newest: str) -> None:
    """What is still offered goes first, then what was released last; no date is the oldest, and equals go by slug."""
    tools = [Tool(name=name, family="F", released_on=day, status=status) for name, day, status in members]
    found = Families.of(tools).newest("f")
    assert found is not None
    assert found.slug == newest


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("mistral small", Reason.ALIAS),
        ("MISTRAL_SMALL", Reason.ALIAS),
        ("mistrl small", Reason.TYPO),
        ("the mistral small model", Reason.WORDS),
    ],
)
def test_a_familys_name_means_the_newest(query: str, reason: Reason) -> None:
    """Typed whole, misspelt or among words that change nothing, it is the newest, and the others are candidates."""
    found = resolve(query, OLD, NEW, OTHER)
    assert found.tool is not None
    assert (found.tool.slug, found.reason) == ("mistral-small-4", reason)
    assert [one.slug for one in found.candidates] == ["mistral-small-4", "mistral-small-3"]
    shares = [one.confidence for one in found.candidates]
    assert shares == sorted(shares, reverse=True)
    assert (found.note or "").startswith(
        "read as Mistral Small 4, the newest mistral-small here (16 March 2026)"
    )
    assert "there is also Mistral Small 3" in (found.note or "")


@pytest.mark.parametrize("query", ["mistral small 2", "mistral small 22b", "mistral medium", "ms", "small"])
def test_a_family_is_no_other_name(query: str) -> None:
    """A version that isn't there, another word, initials and a part of the name are asked back about at most."""
    assert resolve(query, OLD, NEW, OTHER).outcome is not Outcome.RESOLVED


def test_a_version_is_no_family() -> None:
    """A version that is there is that tool, without a word about the family."""
    found = resolve("mistral small 3", OLD, NEW)
    assert found.tool is not None
    assert (found.tool.slug, found.note) == ("mistral-small-3", None)


@pytest.mark.parametrize(
    "owner", [Tool(name="Mistral Small", slug="own"), Tool(name="Own", aliases=("mistral small",))]
)
def test_a_tool_keeps_its_name(owner: Tool) -> None:
    """Where a tool is called as the family is, it is meant, misspelt too, and the newest is offered beside it."""
    for query in ("mistral small", "mistrl small"):
        found = resolve(query, OLD, NEW, owner)
        assert found.tool is not None
        assert found.tool.slug == "own"
    snapshot = Snapshot.of([OLD, NEW, owner], TODAY)
    assert [one.slug for one in snapshot.resolver.resolve("mistral small").candidates] == [
        "own",
        "mistral-small-4",
    ]
    assert snapshot.resolver.complete("mistral small", 5)[0].slug == "own"
    assert not [one for one in snapshot.resolver.complete("mistral small", 5) if one.alias == "mistral-small"]
    assert NameFinder([OLD, NEW, owner], Families.of([OLD, NEW, owner])).find("like Mistral Small, but") == [
        "own"
    ]


def test_a_family_of_one() -> None:
    """Of the only version that is listed it is said when it was released, and nothing of others."""
    found = resolve("mistral small", OLD)
    assert found.note == "read as Mistral Small 3, the newest Mistral Small here (30 January 2025)"
    assert len(found.candidates) == 1


def test_many_versions_are_counted() -> None:
    """The note names a few older versions, the newest of them first, and counts the rest."""
    line = [
        Tool(name=f"Grok {number}", family="Grok", released_on=str(2000 + number)) for number in range(1, 9)
    ]
    found = resolve("grok", *line)
    assert found.note == (
        "read as Grok 8, the newest Grok here (2008); there is also Grok 7, Grok 6, Grok 5 and 4 more"
    )


def test_completion_offers_the_newest_by_the_familys_name() -> None:
    """Autocomplete shows which tool the family's name means, before its other versions."""
    offered = Snapshot.of([OLD, NEW, OTHER], TODAY).resolver.complete("mistral small", 5)
    assert [(one.name, one.alias) for one in offered[:2]] == [
        ("Mistral Small 4", "mistral-small"),
        ("Mistral Small 3", None),
    ]


def test_a_text_that_names_a_family_names_the_newest() -> None:
    """A rival that is named by its family can be opened."""
    tools = [OLD, NEW, OTHER]
    assert NameFinder(tools, Families.of(tools)).find("larger than Mistral Small") == ["mistral-small-4"]


async def test_somebody_elses_page_about_a_family_is_about_the_newest() -> None:
    """A page that names only the family is filed under the newest and takes the family its name not away."""
    register = await Register.of([OLD, NEW])
    page = Tool(
        name="Mistral Small",
        type=ToolType.MODEL,
        aliases=("Mistral-Small", "M. Small"),
        reported=(ReportedScore(source="Example: A vs B", rank=47),),
    )
    (filing,) = await register.file([Incoming(page, "page.txt:1", Authority.FOREIGN)])
    assert filing.slug == "mistral-small-4"
    assert filing.why == "newest of its family (mistral-small)"
    assert (filing.incoming.tool.name, filing.incoming.tool.aliases) == ("Mistral Small 4", ("M. Small",))


async def test_what_was_measured_is_of_one_version() -> None:
    """Figures, and documents of our own, that name only a family are never put down to its newest."""
    measured = Tool.model_validate(
        {
            "name": "Mistral Small",
            "type": "model",
            "signals": [
                {
                    "metric": "benchmark:mmlu",
                    "value": 1,
                    "unit": "percent",
                    "source": "X",
                    "observed_on": "2024",
                }
            ],
        }
    )
    for authority in Authority:
        register = await Register.of([OLD, NEW])
        (filing,) = await register.file([Incoming(measured, "board.json:1", authority)])
        assert filing.slug == "mistral-small"


@st.composite
def members(draw: st.DrawFn) -> Tool:
    """Draw a tool of one of two families, or of none."""
    number = draw(st.integers(0, 4))
    return Tool(
        slug=f"tool-{number}",
        name=draw(st.sampled_from([f"Zephyr {number}", "Zephyr", "Quill"])),
        family=draw(st.sampled_from(["Zephyr", "Quill", None])),
        released_on=draw(st.sampled_from(DATES)),
        status=draw(st.sampled_from(Status)),
        aliases=draw(st.sampled_from([(), ("quill",), (f"z{number}",)])),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(members(), max_size=5), st.lists(members() | st.integers(0, 4), max_size=5))
def test_edits_come_to_what_is_found_anew(tools: list[Tool], edits: list[Tool | int]) -> None:
    """After any edits (a number takes a tool out) names are read as in a catalog built anew, and as foretold."""
    known = {tool.slug: tool for tool in tools}
    snapshot = Snapshot.of(known.values(), TODAY)
    for edit in edits:
        slug = edit.slug if isinstance(edit, Tool) else f"tool-{edit}"
        change = {slug: edit if isinstance(edit, Tool) else None}
        if change[slug] is None and slug not in known:
            continue
        known.pop(slug, None)
        known |= {slug: tool for slug, tool in change.items() if tool}
        foretold = snapshot.naming(change)
        snapshot = snapshot.replaced(change)
        anew = Snapshot.of(known.values(), TODAY).resolver
        for query in ("zephyr", "zephir", "quill", "zephyr 3"):
            assert snapshot.resolver.resolve(query) == anew.resolve(query) == foretold.resolve(query)
    assert snapshot.folded().resolver.resolve("zephyr") == snapshot.resolver.resolve("zephyr")


@pytest.mark.parametrize(
    ("day", "said"), [("2026-03-16", "16 March 2026"), ("2025-12", "December 2025"), ("2024", "2024")]
)
def test_days_in_words(day: str, said: str) -> None:
    """A day is said as exactly as it is known."""
    assert day_in_words(day) == said


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (
            (("2020", "active"), ("2026", "deprecated")),
            "read as Dep 1, the newest Dep still offered here (2020)",
        ),
        ((("2020", "gone"), ("2021", "gone")), "read as Dep 2, the last Dep here, gone by now (2021)"),
        (((None, "active"), (None, "active")), "read as Dep 1, one of the Dep line here"),
    ],
)
def test_no_more_is_said_of_the_newest_than_is_known(
    members: tuple[tuple[str | None, str], ...], said: str
) -> None:
    """A newer one that is withdrawn, a line that has ended and dates that nobody gave are told apart."""
    line = [
        Tool.model_validate({"name": f"Dep {n}", "family": "Dep", "released_on": day, "status": status})
        for n, (day, status) in enumerate(members, 1)
    ]
    assert (Snapshot.of(line, date(2026, 11, 22)).resolver.resolve("dep").note or "").startswith(said)
