from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.models import Tool
from catalog.revision import SHARED, Author, Revision, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.database import Database
    from catalog.storage import Storage

GUILD = Scope(guild_id=7)


async def edit(storage: Storage, *edits: Tool | str, scope: Scope = SHARED) -> tuple[Revision, ...]:
    """Put tools, or remove them by slug, in one transaction."""
    async with storage.writing(Author(name="Ada", reason="test"), scope) as writer:
        for one in edits:
            await (writer.remove(one) if isinstance(one, str) else writer.put(one))
    return writer.revisions


def numbers(revisions: Sequence[Revision]) -> list[int]:
    """Give the numbers of revisions."""
    return [revision.number for revision in revisions]


async def test_history_comes_in_pages(storage: Storage) -> None:
    """Newest first, and the next page begins after those of the pages before."""
    for number in range(5):
        await edit(storage, Tool(name="Ant", summary=str(number)), Tool(name="Bee", summary=str(number)))
    first = await storage.history("ant", limit=2)
    assert numbers(first) == [9, 7]
    assert numbers(await storage.history("ant", limit=2, skipped=2)) == [5, 3]
    assert numbers(await storage.history("ant", skipped=4)) == [1]
    assert await storage.history("ant", skipped=5) == []


async def test_what_happened_lately(storage: Storage) -> None:
    """A scope's revisions of all tools, newest first."""
    await edit(storage, Tool(name="Ant"), Tool(name="Bee"))
    await edit(storage, Tool(name="Cat"), scope=GUILD)
    await edit(storage, "ant")
    assert numbers(await storage.recent()) == [4, 2, 1]
    assert numbers(await storage.recent(limit=1)) == [4]
    assert numbers(await storage.recent(GUILD)) == [3]
    assert await storage.recent(Scope(guild_id=8)) == []


async def test_one_revision_and_those_made_with_it(storage: Storage) -> None:
    """Any revision leads to all that were made together with it, in their order."""
    await edit(storage, Tool(name="Ant"))
    made = await edit(storage, Tool(name="Bee"), Tool(name="Cat"), "ant")
    third = await storage.revision(3)
    assert third == made[1]
    assert tuple(await storage.together(third.change)) == made
    assert numbers(await storage.together(1)) == [1]
    assert (await storage.revision(5), await storage.together(3)) == (None, [])


async def test_what_was_written_before_changes_had_numbers(storage: Storage, database: Database) -> None:
    """Each such revision stands alone, under its own number."""
    await edit(storage, Tool(name="Ant"), Tool(name="Bee"))
    async with database.writing() as connection:
        await connection.exec_driver_sql("UPDATE revisions SET change = NULL")
    assert [numbers(await storage.together(number)) for number in (1, 2, 3)] == [[1], [2], []]
    assert [one.change for one in await storage.since(0)] == [1, 2]


async def test_what_was_removed(storage: Storage) -> None:
    """Each tool that isn't there any more, by the revision that took it away, newest first."""
    await edit(storage, Tool(name="Ant"), Tool(name="Bee"), Tool(name="Cat"))
    await edit(storage, "ant", "bee", "cat")
    await edit(storage, Tool(name="Bee", summary="Back."))
    assert numbers(await storage.removed()) == [6, 4]
    assert numbers(await storage.removed(limit=1)) == [6]
    assert [one.before for one in await storage.removed()] == [Tool(name="Cat"), Tool(name="Ant")]


async def test_what_a_guild_removed(storage: Storage) -> None:
    """What it hid and what of its own it removed, unless it sees it again; what is gone for all isn't its doing."""
    await edit(storage, Tool(name="Ant"), Tool(name="Bee"), Tool(name="Gone"))
    await edit(storage, "gone")
    ours = Tool(name="Bee", summary="Ours.")
    await edit(storage, "ant", Tool(name="Own"), Tool(name="Soon Shared"), ours, scope=GUILD)
    (own, soon) = await edit(storage, "own", "soon-shared", scope=GUILD)
    assert numbers(await storage.removed(GUILD)) == [soon.number, own.number, 5]
    await edit(storage, Tool(name="Soon Shared"))
    assert numbers(await storage.removed(GUILD)) == [own.number, 5]
    await edit(storage, Tool(name="Ant"), Tool(name="Bee"), scope=GUILD)
    assert numbers(await storage.removed(GUILD)) == [own.number]
    assert await storage.removed(Scope(guild_id=8)) == []
