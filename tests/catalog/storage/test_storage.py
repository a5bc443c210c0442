from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from catalog.database import Database
from catalog.errors import StorageError
from catalog.models import Capability, Signal, Tool
from catalog.revision import SHARED, Author, Revision, RevisionKind, Scope
from catalog.storage import Storage
from catalog.text import clean_line, clean_prose

if TYPE_CHECKING:
    from collections.abc import Iterable

GUILD = Scope(guild_id=1_234_567_890_123_456_789)


def named(name: str, **fields: object) -> Tool:
    """Make a tool; its slug follows from its name."""
    return Tool.model_validate({"name": name, **fields})


_lines = st.text(max_size=40).map(clean_line).filter(bool)
_prose = st.text(max_size=200).map(clean_prose).filter(bool)
_documents = st.builds(
    named,
    name=st.sampled_from(["Ant", "Bee", "Cat"]),
    summary=st.none() | _lines,
    popularity=st.none() | st.floats(0, 1),
    capabilities=st.lists(st.builds(Capability, description=_prose), max_size=2).map(tuple),
    signals=st.lists(
        st.builds(
            Signal,
            metric=st.just("github_stars"),
            value=st.floats(-1e15, 1e15),
            unit=_lines,
            source=_lines,
            observed_on=st.just("2026-01"),
        ),
        max_size=2,
    ).map(tuple),
)
_edits = st.lists(_documents | st.sampled_from(["ant", "bee", "cat"]), max_size=6)


async def put(storage: Storage, *tools: Tool, scope: Scope = SHARED) -> tuple[Revision, ...]:
    """Put tools in one transaction."""
    async with storage.writing(Author(name="Ada", reason="test"), scope=scope) as writer:
        for tool in tools:
            await writer.put(tool)
    return writer.revisions


def folded(revisions: Iterable[Revision]) -> dict[str, Tool]:
    """Give the documents that a run of revisions leaves, checking that each begins where the last ended."""
    documents: dict[str, Tool] = {}
    for revision in revisions:
        assert documents.pop(revision.slug, None) == revision.before
        if revision.after is not None:
            documents[revision.slug] = revision.after
    return documents


async def test_an_empty_database_holds_nothing(storage: Storage) -> None:
    """Nothing there reads as nothing, not as an error."""
    assert await storage.load() == ([], 0)
    assert await storage.get("ant") is None
    assert await storage.since(0) == []
    assert await storage.history("ant") == []
    assert await storage.newest() == 0


async def test_what_was_put_is_read_again(storage: Storage) -> None:
    """A document comes back as it was, by load and by get, sorted by slug."""
    bee, ant = named("Bee", summary="Søkemotor 搜索 🐝"), named("Ant", aliases=("A",), popularity=0.1)
    await put(storage, bee, ant)
    assert await storage.load() == ([ant, bee], 2)
    assert await storage.get("bee") == bee


async def test_each_edit_is_a_revision(storage: Storage) -> None:
    """Adding, changing and removing each leave who, why, when, and the document before and after."""
    old, new = named("Ant", summary="old"), named("Ant", summary="new")
    await put(storage, old)
    await put(storage, new)
    async with storage.writing(Author(name="Bob", reason="a duplicate")) as writer:
        await writer.remove("ant")
    history = await storage.history("ant")
    assert [(entry.number, entry.kind, entry.before, entry.after) for entry in history] == [
        (3, RevisionKind.REMOVE, new, None),
        (2, RevisionKind.CHANGE, old, new),
        (1, RevisionKind.ADD, None, old),
    ]
    assert (history[0].actor, history[0].reason) == ("Bob", "a duplicate")
    assert history[0].made_at.endswith("Z")
    assert writer.revisions == (history[0],)
    assert await storage.load() == ([], 3)
    assert await storage.history("ant", limit=1) == history[:1]


async def test_an_unchanged_document_makes_no_revision(storage: Storage) -> None:
    """Putting what is there already, or removing what isn't, changes nothing and says so."""
    await put(storage, named("Ant"))
    assert await put(storage, named("Ant", tags=())) == ()
    async with storage.writing(Author(name="Ada", reason="test")) as writer:
        await writer.remove("bee")
    assert writer.revisions == ()
    assert await storage.newest() == 1


async def test_a_writer_reads_its_own_edits(storage: Storage) -> None:
    """Within a transaction, current sees what was put and removed before it; nobody else does yet."""
    await put(storage, named("Ant"), named("Cat"))
    async with storage.writing(Author(name="Ada", reason="test")) as writer:
        await writer.put(named("Bee"))
        await writer.remove("ant")
        assert await writer.current(["ant", "bee", "bee", "cat", "dog"]) == {
            "bee": named("Bee"),
            "cat": named("Cat"),
        }
        assert [tool.slug for tool in (await storage.load())[0]] == ["ant", "cat"]
        await writer.put(named("Ant", summary="back"))
    assert [revision.kind for revision in writer.revisions] == ["add", "remove", "add"]
    assert [tool.slug for tool in (await storage.load())[0]] == ["ant", "bee", "cat"]


async def test_an_error_undoes_the_whole_block(storage: Storage) -> None:
    """An exception within the block leaves no document, no revision and no gap in the numbers."""

    async def fail() -> None:
        async with storage.writing(Author(name="Ada", reason="test")) as writer:
            await writer.put(named("Ant"))
            await writer.flush()
            raise FileNotFoundError("the caller's own error, not the database's")

    with pytest.raises(FileNotFoundError):
        await fail()
    assert await storage.load() == ([], 0)
    assert [revision.number for revision in await put(storage, named("Ant"))] == [1]


async def test_a_cancelled_block_leaves_nothing(storage: Storage) -> None:
    """A task that is cancelled while it writes undoes its edits and hands on the turn to write."""
    started = asyncio.Event()

    async def write_slowly() -> None:
        async with storage.writing(Author(name="Ada", reason="test")) as writer:
            await writer.put(named("Ant"))
            await writer.flush()
            started.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(write_slowly())
    await started.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await asyncio.wait_for(put(storage, named("Bee")), 5)
    assert await storage.load() == ([named("Bee")], 1)


async def test_cancelling_at_any_moment_keeps_all_or_nothing(storage: Storage) -> None:
    """Whenever a writer is cancelled, both of its documents are there or neither is, and others can write."""

    async def write(number: int) -> None:
        await put(storage, named(f"First {number}"), named(f"Second {number}"))

    for number in range(25):
        task = asyncio.create_task(write(number))
        for _ in range(number * 2):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await asyncio.wait_for(put(storage, named("Last")), 5)
    tools, newest = await storage.load()
    numbers = [tool.name.partition(" ")[2] for tool in tools if tool.name != "Last"]
    assert all(numbers.count(number) == 2 for number in numbers)
    assert newest == len(tools)


async def test_scopes_do_not_see_each_other(storage: Storage) -> None:
    """A guild's document and the shared one under the same slug are two; only since tells of both."""
    shared, own = named("Ant", summary="shared"), named("Ant", summary="own")
    await put(storage, shared)
    await put(storage, own, scope=GUILD)
    assert await storage.load() == ([shared], 2)
    assert await storage.load(GUILD) == ([own], 2)
    assert await storage.get("ant", GUILD) == own
    assert [revision.scope for revision in await storage.since(0)] == [SHARED, GUILD]
    assert [revision.after for revision in await storage.history("ant", GUILD)] == [own]
    async with storage.writing(Author(name="Ada", reason="test"), scope=GUILD) as writer:
        await writer.remove("ant")
    assert await storage.get("ant") == shared


async def test_settings_are_kept(storage: Storage) -> None:
    """A setting is None until it is set, and then the last value."""
    assert await storage.setting("commands") is None
    await storage.set_setting("commands", "one")
    await storage.set_setting("commands", "two")
    assert await storage.setting("commands") == "two"


async def test_writers_take_turns(database: Database, url: str) -> None:
    """Many writers through two connections to one database: all are kept, numbers without a gap."""
    async with Database.open(url) as other:
        storages = [Storage(database), Storage(other)]
        await asyncio.gather(*(put(storages[n % 2], named(f"Tool {n}")) for n in range(40)))
    tools, newest = await storages[0].load()
    assert (len(tools), newest) == (40, 40)
    assert [revision.number for revision in await storages[0].since(0)] == list(range(1, 41))


async def test_loading_sees_one_moment(storage: Storage) -> None:
    """While another task edits, documents and newest revision always fit together."""
    stop = asyncio.Event()

    async def edit() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            await put(storage, named("Ant", summary=str(number)))

    task = asyncio.create_task(edit())
    seen = []
    for _ in range(40):
        tools, newest = await storage.load()
        assert [tool.summary for tool in tools] == ([str(newest)] if newest else [])
        seen.append(newest)
    stop.set()
    await task
    assert all(earlier <= later for earlier, later in pairwise(seen))
    assert seen[-1] > seen[0]


async def test_thousands_in_one_transaction(storage: Storage) -> None:
    """An import larger than a batch is one transaction, in order, and a second time changes nothing."""
    tools = [named(f"Tool {number:04}") for number in range(2_100)]
    revisions = await put(storage, *tools)
    assert [(revision.number, revision.after) for revision in revisions] == list(enumerate(tools, 1))
    assert await storage.load() == (tools, 2_100)
    assert await put(storage, *tools) == ()
    async with storage.writing(Author(name="Ada", reason="test")) as writer:
        assert len(await writer.current(tool.slug for tool in tools)) == 2_100


async def test_who_and_why_must_be_given(storage: Storage) -> None:
    """An edit without an actor or a reason isn't begun."""
    for actor, reason in (("", "test"), ("Ada", "\u200b")):
        with pytest.raises(ValidationError):
            async with storage.writing(Author(name=actor, reason=reason)) as writer:
                await writer.put(named("Ant"))
    assert await storage.newest() == 0


async def test_a_document_nobody_understands_is_named(storage: Storage, database: Database) -> None:
    """A stored document with an unknown field gives an error that says which document and field."""
    await put(storage, named("Ant"))
    async with database.writing() as connection:
        await connection.exec_driver_sql(
            """UPDATE tools SET document = '{"slug": "ant", "name": "Ant", "colour": "red"}'"""
        )
    with pytest.raises(StorageError, match=r"document of 'ant' can't be understood \(colour: Extra inputs"):
        await storage.load()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(transactions=st.lists(st.tuples(_edits, st.booleans()), max_size=4), guild=st.integers(1, 2**62))
async def test_any_edits_leave_what_their_history_says(
    storage: Storage, transactions: list[tuple[list[Tool | str], bool]], guild: int
) -> None:
    """After any transactions, kept or undone, the documents are what a plain mapping would hold."""
    scope = Scope(guild_id=guild)
    documents = {tool.slug: tool for tool in (await storage.load(scope))[0]}
    for edits, fails in transactions:
        planned = dict(documents)
        with suppress(KeyError):
            async with storage.writing(Author(name="Ada", reason="test"), scope=scope) as writer:
                for edit in edits:
                    if isinstance(edit, Tool):
                        await writer.put(edit)
                        planned[edit.slug] = edit
                    else:
                        await writer.remove(edit)
                        planned.pop(edit, None)
                if fails:
                    raise KeyError
        documents = documents if fails else planned
    assert {tool.slug: tool for tool in (await storage.load(scope))[0]} == documents
    revisions = await storage.since(0)
    assert [revision.number for revision in revisions] == list(range(1, len(revisions) + 1))
    assert folded(revision for revision in revisions if revision.scope == scope) == documents
