from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from catalog.editing.difference import differences
from catalog.editing.pairing import LISTS
from catalog.editing.places import DOCUMENT, places
from catalog.editing.threeway import Side, merge
from catalog.models import Tool
from catalog.text import ALIAS_LIMIT
from tests.catalog.editing.strategies import EDITS, edited, rewritten, tools, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.editing.threeway import Merged

#: Full documents take a while to make; how long says nothing of what is shown.
few = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tool(**fields: Any) -> Tool:  # noqa: ANN401 (whatever a document may hold)
    """Make a document."""
    return Tool.model_validate({"slug": "probe", "name": "Probe", **fields})


def said(*descriptions: str) -> list[dict[str, str]]:
    """Make capabilities."""
    return [{"description": description} for description in descriptions]


def all_of(side: Side, base: Tool | None, mine: Tool | None, theirs: Tool | None) -> Merged:
    """Merge, with one side's word taken in every conflict."""
    conflicts = merge(base, mine, theirs).conflicts
    return merge(base, mine, theirs, {conflict.place: side for conflict in conflicts})


def held(merged: Merged, field: str) -> Any:  # noqa: ANN401 (whatever a document may hold)
    """Give a field of what was merged."""
    assert merged.document is not None
    return getattr(merged.document, field)


def test_there_are_enough_kinds() -> None:
    """Every field of a document is edited, in far more than 25 ways."""
    assert {kind.partition(".")[0] for kind in EDITS} == set(Tool.model_fields) - {"slug"}
    assert len(EDITS) >= 25


@pytest.mark.parametrize("kind", sorted(EDITS))
@few
@given(data=st.data())
def test_an_edit_is_undone_to_the_byte(kind: str, data: st.DataObject) -> None:
    """Whatever is edited: undone, the document is what it was, byte for byte; so it is when done again."""
    before = data.draw(tools(repeated=True))
    after = data.draw(edited(before, kind))
    undone = merge(after, before, after)
    assert written(undone.document) == written(before)
    assert undone.document == before
    assert not undone.conflicts
    assert written(merge(before, after, undone.document).document) == written(after)


@some
@given(data=st.data())
def test_an_edit_is_undone_beneath_another(data: st.DataObject) -> None:
    """An edit is undone when another field was edited since: only the other edit is left, byte for byte."""
    first, second = data.draw(
        st.tuples(*[st.sampled_from(sorted(EDITS))] * 2).filter(
            lambda kinds: kinds[0].partition(".")[0] != kinds[1].partition(".")[0]
        )
    )
    note(f"{first}, {second}")
    before = data.draw(tools(repeated=True))
    after = data.draw(edited(before, first))
    other = data.draw(edited(before, second, "theirs"))
    both = merge(before, after, other)
    assert not both.conflicts
    undone = merge(after, before, both.document)
    assert not undone.conflicts
    assert written(undone.document) == written(other)


@some
@given(data=st.data())
def test_who_is_alone_is_followed_to_the_byte(data: st.DataObject) -> None:
    """What only one side edited is as that side has it, and what both edited alike as both have it."""
    base = data.draw(st.none() | tools(repeated=True))
    changed = data.draw(st.none() | (tools(repeated=True) if base is None else rewritten(base)))
    for merged in (
        merge(base, changed, base),
        merge(base, base, changed),
        merge(base, changed, changed),
    ):
        assert (merged.document, written(merged.document)) == (changed, written(changed))
        assert not merged.conflicts
    assert merge(base, base, changed).joined == differences(base, changed)


@some
@given(data=st.data())
def test_a_chosen_side_keeps_every_change(data: st.DataObject) -> None:
    """Whichever side is chosen in all conflicts, what it changed is in the document, and nothing is left to choose."""
    base = data.draw(tools())
    mine, theirs = data.draw(rewritten(base)), data.draw(rewritten(base, "theirs"))
    for side, chosen in ((Side.MINE, mine), (Side.THEIRS, theirs)):
        merged = all_of(side, base, mine, theirs)
        assert not merged.conflicts
        for place in places(base, chosen, merged.document):
            before, wanted, after = place.values
            assert wanted in (before, after), place


@some
@given(data=st.data())
def test_nothing_is_invented(data: st.DataObject) -> None:
    """What a merged document holds, one side holds; it is a whole document and keeps its slug."""
    base = data.draw(st.none() | tools(repeated=True))
    mine, theirs = (
        data.draw(tools(repeated=True) if base is None else rewritten(base, voice))
        for voice in ("mine", "theirs")
    )
    for merged in (merge(base, mine, theirs), all_of(Side.MINE, base, mine, theirs)):
        document = merged.document
        assert document is not None
        assert document.slug == mine.slug
        assert written(Tool.model_validate_json(document.model_dump_json())) == written(document)
        for field in Tool.model_fields:
            if field in LISTS:
                known = [*getattr(mine, field), *getattr(theirs, field)]
                assert all(entry in known for entry in getattr(document, field))
            else:
                assert getattr(document, field) in (getattr(mine, field), getattr(theirs, field))


@some
@given(data=st.data())
def test_a_conflict_holds_theirs_until_it_is_chosen(data: st.DataObject) -> None:
    """Before anything is chosen the document is as when theirs is chosen everywhere; only more is left to tell."""
    base = data.draw(tools(repeated=True))
    mine, theirs = data.draw(rewritten(base)), data.draw(rewritten(base, "theirs"))
    open_, settled = merge(base, mine, theirs), all_of(Side.THEIRS, base, mine, theirs)
    assert open_.document == settled.document
    keys = [conflict.place for conflict in open_.conflicts]
    assert len(set(keys)) == len(keys)
    assert set(keys) <= {place.key for place in places(base, mine, theirs)}
    told = [difference.place for difference in settled.joined]
    assert sorted(told) == sorted([*keys, *(difference.place for difference in open_.joined)])


@some
@given(data=st.data())
def test_different_fields_never_conflict(data: st.DataObject) -> None:
    """Two people who edit different fields never hear of each other; both edits are in the document."""
    base = data.draw(tools(repeated=True))
    mine, theirs = (data.draw(rewritten(base, voice, most=3)) for voice in ("mine", "theirs"))
    changed = [
        {field for field in Tool.model_fields if getattr(side, field) != getattr(base, field)}
        for side in (mine, theirs)
    ]
    assume(not changed[0] & changed[1])
    merged = merge(base, mine, theirs)
    assert not merged.conflicts
    for field in Tool.model_fields:
        assert held(merged, field) == getattr(mine if field in changed[0] else theirs, field)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("abc", "axbc", "abcy", "axbcy"),
        ("abc", "xabc", "abcy", "xabcy"),
        ("abc", "abcx", "abcy", "abcxy"),
        ("abc", "cab", "abyc", "caby"),
        ("abc", "abxc", "cba", "cbxa"),
        ("abc", "acx", "abyc", "aycx"),
        ("abc", "bxc", "ab", "bx"),
        ("ab", "abxy", "abz", "abxyz"),
        ("", "xy", "yz", "xyz"),
        ("aab", "ab", "aaby", "aby"),
    ],
)
def test_a_merged_list(base: str, mine: str, theirs: str, merged: str) -> None:
    """What either adds stays beside what it followed, what either removed goes, and who alone moved is heard."""
    seen, wanted, known = (tool(capabilities=said(*letters)) for letters in (base, mine, theirs))
    result = merge(seen, wanted, known)
    assert not result.conflicts
    assert "".join(capability.description for capability in held(result, "capabilities")) == merged


def test_both_reorder() -> None:
    """Two orders of one list are a conflict of the order alone; what either added finds its place in both."""
    base, mine, theirs = (tool(tags=list(letters)) for letters in ("abc", "bxac", "cabz"))
    (conflict,) = merge(base, mine, theirs).conflicts
    assert (conflict.place, conflict.label) == ("order:tags", "Order of tags")
    assert (conflict.base, conflict.mine) == ("1. a\n2. b\n3. c", "1. b\n2. a\n3. c")
    for side, wanted in ((Side.MINE, "bzxac"), (Side.THEIRS, "cabxz")):
        merged = merge(base, mine, theirs, {conflict.place: side})
        assert "".join(held(merged, "tags")) == wanted
    joined = merge(base, mine, theirs, {conflict.place: Side.THEIRS}).joined
    assert [(each.place, each.kind) for each in joined] == [
        ("tags:z", "added"),
        ("order:tags", "moved"),
    ]


def test_one_rewrites_what_the_other_removes() -> None:
    """An entry that one removed and the other changed is for somebody to choose."""
    base, mine = tool(capabilities=said("Draws.", "Sings.")), tool(capabilities=said("Sings."))
    theirs = tool(capabilities=[{"description": "Draws.", "unique": "In oil."}, *said("Sings.")])
    (conflict,) = merge(base, mine, theirs).conflicts
    assert (conflict.label, conflict.base) == ("Capability “Draws”", "Draws.")
    assert (conflict.mine, conflict.theirs) == (None, "Draws.\nUnique: In oil.")
    assert len(held(merge(base, mine, theirs, {conflict.place: Side.THEIRS}), "capabilities")) == 2
    assert len(held(merge(base, mine, theirs, {conflict.place: Side.MINE}), "capabilities")) == 1


def test_two_rewrite_one_capability() -> None:
    """A description rewritten under the same title by two is one conflict, and not two capabilities."""
    base, mine, theirs = (
        tool(capabilities=[{"title": "Batching", "description": text}])
        for text in ("Old.", "Mine.", "Theirs.")
    )
    (conflict,) = merge(base, mine, theirs).conflicts
    assert (conflict.mine, conflict.theirs) == ("Batching\nMine.", "Batching\nTheirs.")
    for side in Side:
        (capability,) = held(merge(base, mine, theirs, {conflict.place: side}), "capabilities")
        assert capability.description.lower() == f"{side}."


@pytest.mark.parametrize("removed", list(Side))
def test_one_removes_what_the_other_edits(removed: Side) -> None:
    """A document that one removed and the other edited is one conflict, of the whole; the removal isn't forgotten."""
    base, changed = tool(), tool(summary="Better.", vendor="Acme")
    sides: Mapping[Side, Tool | None] = {Side.MINE: changed, Side.THEIRS: changed, removed: None}
    merged = merge(base, sides[Side.MINE], sides[Side.THEIRS])
    (conflict,) = merged.conflicts
    assert (conflict.place, conflict.label, conflict.base) == (DOCUMENT, "Tool “Probe”", "Probe")
    texts = {Side.MINE: conflict.mine, Side.THEIRS: conflict.theirs}
    assert texts.pop(removed) is None
    assert list(texts.values()) == ["Probe, with changes: Vendor, Summary"]
    assert merged.document == sides[Side.THEIRS]
    for side in Side:
        settled = all_of(side, base, sides[Side.MINE], sides[Side.THEIRS])
        assert (settled.document, settled.conflicts) == (sides[side], ())


def test_two_make_the_same_tool() -> None:
    """Two documents for a tool that wasn't there are united; what only one fills is no conflict."""
    mine, theirs = (
        tool(type="model", summary="A.", aliases=["P"]),
        tool(vendor="Acme", summary="B.", aliases=["Q"]),
    )
    merged = merge(None, mine, theirs)
    assert [(conflict.place, conflict.base) for conflict in merged.conflicts] == [("summary", None)]
    assert merged.document == tool(type="model", vendor="Acme", summary="B.", aliases=["P", "Q"])


def test_an_alias_that_became_the_name() -> None:
    """An alias that the other side made the name is no alias any more; who wants both has both."""
    assert held(merge(tool(), tool(aliases=["New", "Old"]), tool(name="new")), "aliases") == ("Old",)
    both = tool(name="New", aliases=["New"])
    assert held(merge(tool(), both, tool(vendor="Acme")), "aliases") == ("New",)


def test_more_aliases_than_fit() -> None:
    """Aliases that two added together beyond the limit: theirs stay, and of mine as many as fit, the first first."""
    base = tool(aliases=[f"Name {number}" for number in range(ALIAS_LIMIT - 3)])
    mine, theirs = (
        tool(aliases=[*base.aliases, *(f"{voice} {number}" for number in range(2))])
        for voice in ("mine", "theirs")
    )
    merged = merge(base, mine, theirs)
    assert held(merged, "aliases") == (*base.aliases, "mine 0", "theirs 0", "theirs 1")
    assert Tool.model_validate_json(merged.model_dump_json(include={"document"})[12:-1]) == merged.document


def test_the_slug_stays() -> None:
    """Renamed by one, edited by the other: the tool is where it was, also where its slug was derived."""
    base = Tool(name="Old Name")
    merged = merge(
        base, base.model_copy(update={"name": "New Name"}), base.model_copy(update={"vendor": "Acme"})
    )
    assert (held(merged, "slug"), held(merged, "name"), held(merged, "vendor")) == (
        "old-name",
        "New Name",
        "Acme",
    )
