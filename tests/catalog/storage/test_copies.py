from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.editing.copies import Copy
from catalog.editing.threeway import Side
from catalog.models import Tool
from catalog.revision import SHARED, Author, Revision, RevisionKind, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.storage import Storage

GUILD, OTHER = Scope(guild_id=7), Scope(guild_id=8)
ADA = Author(name="Ada", reason="test", user_id=42, interaction_id=43)


def ant(**fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make the tool that these tests edit."""
    return Tool.model_validate({"name": "Ant", **fields})


async def edit(
    storage: Storage, *edits: Tool | str, scope: Scope = SHARED, settled: bool = False
) -> tuple[Revision, ...]:
    """Put tools, or remove them by slug, in one transaction."""
    async with storage.writing(ADA, scope) as writer:
        for one in edits:
            await (writer.remove(one) if isinstance(one, str) else writer.put(one, settled=settled))
    return writer.revisions


async def seen(storage: Storage, scope: Scope = GUILD) -> Tool | None:
    """Give the ant that a scope sees."""
    async with storage.writing(ADA, scope) as writer:
        return (await writer.current(["ant"])).get("ant")


async def own(storage: Storage, guild: Scope = GUILD) -> Copy | None:
    """Give what a guild has of its own of the ant."""
    return {one.guild_id: one.copy for one in await storage.copies()}.get(guild.key)


def kinds(revisions: Sequence[Revision]) -> list[RevisionKind]:
    """Give what revisions did."""
    return [revision.kind for revision in revisions]


async def test_a_copy_is_made_on_the_first_edit(storage: Storage) -> None:
    """A guild sees the shared tool until it edits it; then it has a copy, which nobody else sees."""
    shared, ours = ant(vendor="They"), ant(vendor="We")
    await edit(storage, shared)
    assert (await seen(storage), await own(storage)) == (shared, None)
    (revision,) = await edit(storage, ours, scope=GUILD)
    assert (revision.kind, revision.before, revision.after) == (RevisionKind.CHANGE, shared, ours)
    assert await own(storage) == Copy(ours, shared)
    assert [await seen(storage, scope) for scope in (SHARED, GUILD, OTHER)] == [shared, ours, shared]


async def test_a_copy_that_says_the_same_is_given_up(storage: Storage) -> None:
    """Putting the shared document resets: the guild has nothing of its own, and undoing that makes a copy again."""
    shared, ours = ant(vendor="They"), ant(vendor="We")
    await edit(storage, shared)
    await edit(storage, ours, scope=GUILD)
    (reset,) = await edit(storage, shared, scope=GUILD)
    assert (reset.kind, reset.before, reset.after) == (RevisionKind.RESET, ours, shared)
    assert (await own(storage), await edit(storage, shared, scope=GUILD)) == (None, ())
    assert kinds(await edit(storage, ours, scope=GUILD)) == [RevisionKind.CHANGE]
    assert await own(storage) == Copy(ours, shared)


async def test_a_copy_is_given_up_where_the_shared_tool_came_to_say_the_same(storage: Storage) -> None:
    """Nothing that is seen changes, and it is a revision still: from then on the guild follows the shared tool."""
    ours = ant(vendor="We")
    await edit(storage, ant(vendor="They"))
    await edit(storage, ours, scope=GUILD)
    await edit(storage, ours)
    assert await own(storage) is not None
    (reset,) = await edit(storage, ours, scope=GUILD)
    assert (reset.kind, reset.before, reset.after) == (RevisionKind.RESET, ours, ours)
    await edit(storage, ant(vendor="Others"))
    assert await seen(storage) == ant(vendor="Others")


async def test_a_shared_tool_is_hidden_from_one_guild(storage: Storage) -> None:
    """Removing it in a guild hides it there alone; putting it brings it back, with or without a copy."""
    shared, ours = ant(vendor="They"), ant(vendor="We")
    await edit(storage, shared)
    (hidden,) = await edit(storage, "ant", scope=GUILD)
    assert (hidden.kind, hidden.before, hidden.after) == (RevisionKind.HIDE, shared, None)
    assert (await seen(storage), await own(storage)) == (None, Copy(None, shared))
    assert await edit(storage, "ant", scope=GUILD) == ()
    assert (await seen(storage, SHARED), await seen(storage, OTHER)) == (shared, shared)
    assert (await storage.load(GUILD))[0] == []
    assert await storage.get("ant", GUILD) is None
    assert kinds(await edit(storage, shared, scope=GUILD)) == [RevisionKind.RESET]
    assert (await seen(storage), await own(storage)) == (shared, None)
    assert kinds(await edit(storage, "ant", ours, "ant", scope=GUILD)) == [
        RevisionKind.HIDE,
        RevisionKind.ADD,
        RevisionKind.HIDE,
    ]


async def test_what_is_hidden_stays_hidden(storage: Storage) -> None:
    """Whatever becomes of the shared tool, even that it goes and comes back."""
    await edit(storage, ant())
    await edit(storage, "ant", scope=GUILD)
    for change in (ant(vendor="They"), "ant", ant(vendor="Others")):
        await edit(storage, change)
        assert await seen(storage) is None


async def test_a_tool_of_a_guilds_own(storage: Storage) -> None:
    """It is added, changed and removed like a shared one, and stays the guild's when the shared catalog gets one."""
    ours, newer = ant(vendor="We"), ant(vendor="We", summary="Ours.")
    assert kinds(await edit(storage, ours, newer, "ant", ours, scope=GUILD)) == [
        RevisionKind.ADD,
        RevisionKind.CHANGE,
        RevisionKind.REMOVE,
        RevisionKind.ADD,
    ]
    assert await own(storage) == Copy(ours, None)
    await edit(storage, ant(vendor="They"))
    assert await seen(storage) == ours
    assert kinds(await edit(storage, "ant", scope=GUILD)) == [RevisionKind.HIDE]


async def test_a_copy_follows_the_shared_tool_place_by_place(storage: Storage) -> None:
    """Where only the shared tool moves, the guild sees that; its next edit is made of what it saw."""
    await edit(storage, ant(vendor="They"))
    await edit(storage, ant(vendor="We"), scope=GUILD)
    moved = ant(vendor="They", licence="MIT", tags=["fast"])
    await edit(storage, moved)
    assert await seen(storage) == ant(vendor="We", licence="MIT", tags=["fast"])
    ours = ant(vendor="We", licence="MIT", tags=["fast"], summary="Ours.")
    (revision,) = await edit(storage, ours, scope=GUILD)
    assert (revision.before, revision.after) == (ant(vendor="We", licence="MIT", tags=["fast"]), ours)
    assert await own(storage) == Copy(ours, moved)


async def test_a_conflict_keeps_the_guilds_value(storage: Storage) -> None:
    """Where both moved the guild's word stands, through edits of other places, until somebody settles it."""
    base, moved = ant(vendor="They"), ant(vendor="Others", licence="MIT")
    await edit(storage, base)
    await edit(storage, ant(vendor="We"), scope=GUILD)
    await edit(storage, moved)
    assert await seen(storage) == ant(vendor="We", licence="MIT")
    ours = ant(vendor="We", licence="MIT", summary="Ours.")
    await edit(storage, ours, scope=GUILD)
    copy = await own(storage)
    assert copy == Copy(ours, base)
    assert [conflict.place for conflict in copy.over(moved).conflicts] == ["vendor"]
    (settled,) = await edit(storage, ours, scope=GUILD, settled=True)
    assert (settled.kind, settled.before, settled.after) == (RevisionKind.CHANGE, ours, ours)
    assert await own(storage) == Copy(ours, moved)
    assert await edit(storage, ours, scope=GUILD, settled=True) == ()


async def test_an_edit_that_takes_back_what_the_shared_tool_brought(storage: Storage) -> None:
    """Even while a conflict is open what was saved is what is seen, and nothing brings the other back."""
    await edit(storage, ant(vendor="They"))
    await edit(storage, ant(vendor="We"), scope=GUILD)
    await edit(storage, ant(vendor="Others", licence="MIT"))
    assert await seen(storage) == ant(vendor="We", licence="MIT")
    await edit(storage, ant(vendor="We"), scope=GUILD)
    assert await seen(storage) == ant(vendor="We")


@pytest.mark.parametrize(("side", "vendor"), [(Side.MINE, "Others"), (Side.THEIRS, "We")])
async def test_choosing_a_side(storage: Storage, side: Side, vendor: str) -> None:
    """A writer gives what comes of a choice, MINE the shared value, THEIRS the guild's."""
    await edit(storage, ant(vendor="They"))
    await edit(storage, ant(vendor="We", licence="MIT"), scope=GUILD)
    await edit(storage, ant(vendor="Others"))
    async with storage.writing(ADA, GUILD) as writer:
        merged = await writer.rebased("ant", {"vendor": side})
        assert merged
        assert merged.document
        assert (merged.conflicts, merged.document) == ((), ant(vendor=vendor, licence="MIT"))
        assert await writer.rebased("bee", {}) is None
        await writer.put(merged.document, settled=True)
    assert await own(storage) == Copy(ant(vendor=vendor, licence="MIT"), ant(vendor="Others"))


async def test_a_copy_outlives_the_shared_tool(storage: Storage) -> None:
    """A guild keeps its copy when the shared tool goes; when it comes back, the copy follows it as before."""
    await edit(storage, ant(vendor="They"))
    await edit(storage, ant(vendor="We"), scope=GUILD)
    await edit(storage, "ant")
    assert (await seen(storage), await seen(storage, OTHER)) == (ant(vendor="We"), None)
    await edit(storage, ant(vendor="We", summary="Ours."), scope=GUILD)
    await edit(storage, ant(vendor="They", licence="MIT"))
    assert await seen(storage) == ant(vendor="We", summary="Ours.", licence="MIT")


async def test_what_is_read_of_copies(storage: Storage) -> None:
    """All of them, or those of some guilds and slugs, each with when it was made; the shared tools are none."""
    assert await storage.copies() == []
    await edit(storage, ant(), Tool(name="Bee"))
    await edit(storage, ant(vendor="We"), "bee", scope=GUILD)
    (made, _) = await edit(storage, Tool(name="Cat"), "ant", scope=OTHER)
    everything = await storage.copies()
    assert sorted((one.guild_id, one.slug, one.copy.document) for one in everything if one.copy.document) == [
        (7, "ant", ant(vendor="We")),
        (8, "cat", Tool(name="Cat")),
    ]
    assert len(everything) == 4
    (cat,) = await storage.copies([(8, "cat"), (7, "cat"), (0, "ant")])
    assert (cat.guild_id, cat.slug, cat.made_at) == (8, "cat", made.made_at)
    assert await storage.copies([]) == []


async def test_a_guilds_ledger_is_about_its_copy(storage: Storage) -> None:
    """It begins with the copy and ends with it; what the shared tool brought meanwhile is no doing of an edit."""

    def stars(count: int, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
        signal = {"metric": "github_stars", "value": count, "unit": "stars", "source": "a test"}
        return ant(type="library", signals=[signal | {"observed_on": "2026-02-01"}], **fields)

    await edit(storage, stars(10))
    await edit(storage, stars(10, vendor="We"), scope=GUILD)
    await edit(storage, stars(90_000))
    await edit(storage, stars(90_000, vendor="Us"), scope=GUILD)
    entries = await storage.ledger.of("ant", GUILD)
    assert [(entry.revision, entry.removed) for entry in entries] == [(2, False)]
    await edit(storage, "ant", scope=GUILD)
    await edit(storage, ant(vendor="Bare"), scope=GUILD)
    entries = await storage.ledger.of("ant", GUILD)
    assert [(entry.revision, entry.removed) for entry in entries] == [(2, False), (5, True), (6, False)]
    await edit(storage, "ant", scope=OTHER)
    assert await storage.ledger.of("ant", OTHER) == []


async def test_revisions_say_who_it_was_and_what_belongs_together(storage: Storage) -> None:
    """All revisions of a block have the number of the first, and the ids of who made them."""
    await edit(storage, ant())
    revisions = await edit(storage, Tool(name="Bee"), Tool(name="Cat"), "ant", scope=GUILD)
    assert [(one.number, one.change) for one in revisions] == [(2, 2), (3, 2), (4, 2)]
    assert {(one.actor, one.actor_id, one.interaction_id) for one in revisions} == {("Ada", 42, 43)}
    assert tuple(await storage.together(2)) == revisions


_values = st.sampled_from([None, "one", "two"])
_tools = st.builds(ant, vendor=_values, licence=_values, summary=_values)
_steps = st.lists(
    st.tuples(st.sampled_from([SHARED, GUILD]), st.none() | _tools, st.booleans()), min_size=1, max_size=8
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_steps)
async def test_what_a_guild_saves_is_what_it_sees(
    storage: Storage, steps: list[tuple[Scope, Tool | None, bool]]
) -> None:
    """Whatever came before, right after an edit its scope sees the edited document, and the history says so."""
    for scope, wanted, settled in steps:
        before = await seen(storage, scope)
        revisions = await edit(storage, wanted or "ant", scope=scope, settled=settled)
        assert await seen(storage, scope) == wanted
        assert all((one.before, one.after) == (before, wanted) for one in revisions)
        assert revisions or before == wanted
    assert await seen(storage, OTHER) == await seen(storage, SHARED)
