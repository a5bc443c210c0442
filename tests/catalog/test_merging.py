from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from catalog.importers import Authority, Incoming
from catalog.merging import by_hand, merge
from catalog.models import Capability, Tool, ToolType


def tool(**fields: Any) -> Tool:  # noqa: ANN401 (whatever a document may hold)
    """Make a document."""
    return Tool.model_validate({"name": "Stable-Diffusion", **fields})


def own(**fields: Any) -> Incoming:  # noqa: ANN401 (whatever a document may hold)
    """Make a document of ours."""
    return Incoming(tool(**fields), "tools.yaml:1", Authority.OWN)


def foreign(**fields: Any) -> Incoming:  # noqa: ANN401 (whatever a document may hold)
    """Make a page's document."""
    return Incoming(tool(**fields), "page.txt:3", Authority.FOREIGN)


def triples(*words: str, source: str | None = "S") -> list[dict[str, Any]]:
    """Make capabilities of a source."""
    return [{"description": word, "source": source} for word in words]


def test_our_document_replaces_what_it_gives() -> None:
    """Given fields win, also where they take something away; what isn't given stays."""
    old = tool(licence="MIT", vendor="A", summary="S", status="deprecated")
    new = merge(old, own(licence="Apache-2.0", vendor=None, status="active"))
    assert (new.licence, new.vendor, new.summary, new.status) == ("Apache-2.0", None, "S", "active")


def test_a_page_fills_only_what_is_empty() -> None:
    """Somebody else's page replaces no field of ours."""
    old = tool(type="repository", vendor="A")
    new = merge(old, foreign(type="model", vendor="B", pricing={"kind": "free"}))
    assert (new.type, new.vendor, new.pricing and new.pricing.kind) == ("repository", "A", "free")
    assert merge(tool(), foreign(type="model")).type is ToolType.MODEL


def test_a_document_in_the_middle_of_nothing_is_itself() -> None:
    """A new tool is taken as it comes, its repeated entries once."""
    new = merge(None, own(aliases=["SD", "sd"], tasks=["training", "training"], licence="MIT"))
    assert (new.aliases, new.tasks, new.licence) == (("SD",), ("training",), "MIT")


def test_two_pages_keep_two_scores() -> None:
    """Scores are the same where their source is; the later word on one source wins, complete."""
    score = {"source": "U: A vs B", "observed_on": "2026", "rank": 51, "components": {"adoption": 1}}
    new = merge(tool(reported=[score]), foreign(reported=[{**score, "source": "U: A vs C", "rank": 55}]))
    assert [entry.rank for entry in new.reported] == [51, 55]
    newer = {"source": "U: A vs B", "observed_on": "2027", "rank": 60, "components": {"quality": 1}}
    older = {"source": "U: A vs B", "observed_on": "2025", "rank": 1}
    (entry,) = merge(merge(tool(reported=[score]), foreign(reported=[newer])), own(reported=[older])).reported
    assert (entry.rank, entry.observed_on, entry.components) == (60, "2027", {"adoption": 1, "quality": 1})


def test_capabilities_are_the_same_by_their_description() -> None:
    """Case and spacing make no second capability; a page completes one, our document corrects it."""
    old = tool(capabilities=[{"description": "Draws  pictures.", "unique": "U"}])
    page = merge(
        old, foreign(capabilities=[{"description": "draws pictures.", "unique": "X", "versus": "V"}])
    )
    assert page.capabilities == (Capability(description="Draws pictures.", unique="U", versus="V"),)
    ours = merge(page, own(capabilities=[{"description": "draws pictures.", "unique": "X"}]))
    assert [(entry.unique, entry.versus) for entry in ours.capabilities] == [("X", "V")]


def test_what_one_page_shows_the_other_no_longer_hides() -> None:
    """Two pages of one source that show different capabilities: the count of the rest shrinks."""
    old = tool(capabilities=triples("a", "b"), hidden_capabilities=[{"count": 2, "source": "S"}])
    page = foreign(capabilities=triples("b", "c"), hidden_capabilities=[{"count": 2, "source": "S"}])
    new = merge(old, page)
    assert [entry.count for entry in new.hidden_capabilities] == [1]
    assert merge(new, foreign(capabilities=triples("d"))).hidden_capabilities == ()


def test_another_source_hides_on_its_own_account() -> None:
    """Counts of different sources stay apart, whatever is known from elsewhere."""
    old = tool(capabilities=triples("a", source=None), hidden_capabilities=[{"count": 4, "source": "S"}])
    new = merge(
        old, foreign(capabilities=triples("x", source="T"), hidden_capabilities=[{"count": 5, "source": "T"}])
    )
    assert [(entry.source, entry.count) for entry in new.hidden_capabilities] == [("S", 4), ("T", 5)]


def test_aliases_are_united_whatever_the_case() -> None:
    """One spelling each; the first one stays; the name itself is none."""
    new = merge(tool(aliases=["SD"]), own(aliases=["sd", "SDXL", "stable-diffusion"]))
    assert new.aliases == ("SD", "SDXL")


def test_another_name_is_an_alias_unless_the_slug_says_otherwise() -> None:
    """The same slug renames, and the old name still finds the tool; another one only adds a name."""
    renamed = merge(tool(), own(slug="stable-diffusion", name="SD guides"))
    assert (renamed.name, renamed.aliases) == ("SD guides", ("Stable-Diffusion",))
    added = merge(tool(), own(name="SD"))
    assert (added.slug, added.name, added.aliases) == ("stable-diffusion", "Stable-Diffusion", ("SD",))
    assert merge(tool(), foreign(name="stable diffusion")).aliases == ()


def test_no_tool_succeeds_itself() -> None:
    """A document found by an alias may name the tool's own slug as the successor; that is dropped."""
    new = merge(tool(), own(name="SD", successor="stable-diffusion"))
    assert new.successor is None


def _few(*choices: Any) -> st.SearchStrategy[list[Any]]:  # noqa: ANN401 (parts of documents)
    return st.lists(st.sampled_from(choices), max_size=4)


_SOURCES = ("S", "T")
FIELDS = st.fixed_dictionaries(
    {"name": st.sampled_from(["Stable-Diffusion", "SD", "stable diffusion", "SD guides"])},
    optional={
        "slug": st.sampled_from(["stable-diffusion", "other"]),
        "type": st.sampled_from(["model", "other", "repository"]),
        "vendor": st.sampled_from([None, "A", "B"]),
        "successor": st.sampled_from([None, "stable-diffusion", "next"]),
        "status": st.sampled_from(["active", "gone"]),
        "aliases": _few("SD", "sd", "S D", "SDXL", "Stable-Diffusion"),
        "tags": _few("a", "b"),
        "links": _few(
            {"kind": "homepage", "url": "https://a.example/"}, {"kind": "docs", "url": "https://a.example/"}
        ),
        "capabilities": _few(
            *(
                {"description": word, "source": source, **more}
                for word in ("a", "A", "b", "c")
                for source in (*_SOURCES, None)
                for more in ({}, {"unique": "u"}, {"unique": "v", "versus": None})
            )
        ),
        "hidden_capabilities": _few(
            *({"count": count, "source": s} for count in (1, 2, 5) for s in _SOURCES)
        ),
        "signals": _few(
            *(
                {"metric": "github_stars", "value": value, "unit": "stars", "source": "G", "observed_on": day}
                for value in (1, 2)
                for day in ("2025", "2026")
            )
        ),
        "reported": _few(
            *(
                {"source": source, "observed_on": day, "rank": rank, "components": components}
                for source in _SOURCES
                for day in (None, "2025", "2026")
                for rank in (None, 51, 55)
                for components in ({}, {"adoption": 1}, {"adoption": 0, "quality": 1})
            )
        ),
    },
).filter(lambda fields: fields.get("successor") is None or fields["successor"] != fields.get("slug"))
TOOLS = FIELDS.filter(
    lambda fields: fields["name"] == "SD" or "slug" in fields or fields.get("successor") != "stable-diffusion"
).map(Tool.model_validate)
INCOMING = st.builds(Incoming, TOOLS, st.just("x:1"), st.sampled_from(Authority))


@settings(max_examples=300, deadline=None)
@given(TOOLS, INCOMING)
def test_merging_twice_changes_nothing_more(existing: Tool, incoming: Incoming) -> None:
    """The second import of a file is no edit, whatever the file holds."""
    once = merge(existing, incoming)
    assert merge(once, incoming) == once
    assert Tool.model_validate(once.model_dump()) == once


@settings(max_examples=150, deadline=None)
@given(INCOMING)
def test_importing_a_new_tool_twice_changes_nothing_more(incoming: Incoming) -> None:
    """So it is for a tool that wasn't there before."""
    once = merge(None, incoming)
    assert merge(once, incoming) == once


@settings(max_examples=300, deadline=None)
@given(INCOMING)
def test_a_new_tool_is_what_its_document_makes_of_an_empty_one(incoming: Incoming) -> None:
    """What is spared where there is nothing to merge with changes nothing: repeated entries are united all the same."""
    # Of a tool that is there, somebody else's word that it is gone isn't taken.
    assume(incoming.authority is Authority.OWN or "status" not in incoming.tool.model_fields_set)
    blank = Tool(slug=incoming.tool.slug, name=incoming.tool.name)
    assert merge(None, incoming) == merge(blank, incoming)


def test_what_changes_nothing_is_not_copied() -> None:
    """A plain new document is taken as it is, and one that says nothing new leaves the old one in its place."""
    plain = own(aliases=["SD"], popularity=0.5)
    assert merge(None, plain) is plain.tool
    assert merge(plain.tool, own(name="sd")) is plain.tool


@settings(max_examples=100, deadline=None)
@given(TOOLS, st.lists(INCOMING, min_size=2, max_size=3))
def test_a_page_never_takes_anything_away(existing: Tool, pages: list[Incoming]) -> None:
    """No name, capability, signal or score gets lost by a merge, and a page replaces no field."""
    merged = existing
    for page in pages:
        merged = merge(merged, Incoming(page.tool, page.where, Authority.FOREIGN))
    assert merged.slug == existing.slug
    assert merged.name == existing.name
    assert {c.description.casefold() for c in existing.capabilities} <= {
        c.description.casefold() for c in merged.capabilities
    }
    assert {score.source for score in existing.reported} <= {score.source for score in merged.reported}
    assert existing.vendor is None or merged.vendor == existing.vendor


def public(**fields: Any) -> Incoming:  # noqa: ANN401 (as above)
    """Make a record of a public source, which says where its fields are from."""
    day = fields.pop("day", "2026-01-01")
    given = sorted(fields.keys() - {"capabilities"})
    origin = {"source": "A list", "licence": "MIT", "observed_on": day, "fields": given}
    return foreign(**fields, **({"origins": [origin]} if given else {}))


def test_a_source_mends_what_it_gave_until_somebody_edits_it() -> None:
    """A later edition of the same source replaces its own word, another source's not, and nobody's edit."""
    first = merge(None, public(vendor="Acme"))
    assert first.origins[0].fields == ("vendor",)
    assert merge(first, public(vendor="Acme Inc", day="2026-02-01")).vendor == "Acme Inc"
    # Two files of one day may disagree: the first one stays.
    assert merge(first, public(vendor="Other")).vendor == "Acme"
    edited = by_hand(first, {"vendor": "We"})
    assert edited.origins == ()
    assert merge(edited, public(vendor="Acme Inc", day="2026-02-01")).vendor == "We"


def test_what_was_taken_away_by_hand_is_not_given_again() -> None:
    """A removed link or alias and a reworded capability stay so at the next import; what is put back stays, too."""
    link = {"kind": "docs", "url": "https://a.example/docs"}
    said = {"description": "Reads files.", "source": "A list"}
    record = public(links=[link], aliases=["probe"], capabilities=[said], day="2026-02-01")
    known = merge(None, record)
    reworded = known.capabilities[0].model_copy(update={"description": "Reads all files."})
    edited = by_hand(known, {"links": (), "aliases": (), "capabilities": (reworded,)})
    again = merge(edited, record)
    assert (again.links, again.aliases, again.capabilities) == ((), (), (reworded,))
    back = by_hand(again, {"links": known.links})
    assert merge(back, record).links == known.links
    assert merge(back, record).aliases == ()


def test_what_nobody_else_gave_leaves_no_mark() -> None:
    """What we wrote ourselves and take away again may be given by others later."""
    ours = tool(aliases=["probe"], tags=["cli"])
    edited = by_hand(ours, {"aliases": (), "tags": ()})
    assert edited.withdrawn == ()
    assert merge(edited, public(aliases=["probe"])).aliases == ("probe",)


def test_a_record_that_gives_nothing_makes_no_source_newer() -> None:
    """The day of an origin is that of what was taken, whatever comes later."""
    known = merge(None, public(aliases=["probe"]))
    later = merge(known, public(aliases=["probe"], day="2026-03-01"))
    assert later == known
