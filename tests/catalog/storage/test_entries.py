from __future__ import annotations

import asyncio
import hashlib
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from catalog import ledger
from catalog.database import Database
from catalog.errors import StorageError
from catalog.ledger import Cause
from catalog.models import Tool
from catalog.rank import rank
from catalog.revision import SHARED, Author, Scope
from catalog.storage import Storage
from catalog.storage.ledger import _DICTIONARY

if TYPE_CHECKING:
    from catalog.rank import Rank
    from catalog.revision import Revision

GUILD = Scope(guild_id=1_234_567_890_123_456_789)
DAY = date(2026, 3, 1)


def library(name: str, commit: float | None = 1, seen: date = DAY, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a library whose last commit is so many days old."""
    signal = {"metric": "days_since_commit", "value": commit, "unit": "days", "source": "a test"}
    signals = [] if commit is None else [signal | {"observed_on": seen.isoformat()}]
    return Tool.model_validate({"name": name, "type": "library", "signals": signals, **fields})


async def edit(storage: Storage, *edits: Tool | str, scope: Scope = SHARED) -> tuple[Revision, ...]:
    """Put tools, or remove them by slug, in one transaction."""
    async with storage.writing(Author(name="Ada", reason="test"), scope=scope) as writer:
        for one in edits:
            await (writer.remove(one) if isinstance(one, str) else writer.put(one))
    return writer.revisions


async def note(storage: Storage, *tools: Tool, day: date = DAY, revision: int | None = None) -> int:
    """Note the ranks of shared tools on a day, as of the newest revision."""
    ranks: list[tuple[Scope, Rank]] = [(SHARED, rank(tool, today=day)) for tool in tools]
    as_of = await storage.newest() if revision is None else revision
    return await storage.ledger.note(ranks, day=day, revision=as_of)


async def causes(storage: Storage, slug: str, scope: Scope = SHARED) -> list[tuple[Cause, int | None]]:
    """Give what caused a tool's entries, oldest first."""
    return [(entry.cause, entry.revision) for entry in await storage.ledger.of(slug, scope)]


async def test_an_edit_comes_with_its_entry(storage: Storage) -> None:
    """What is read is what was computed, to the last digit, with the edit's number; other edits have none."""
    ant = library("Ant", 40, status="deprecated")
    (added,) = await edit(storage, ant)
    await edit(storage, library("Ant", 40, status="deprecated", summary="An ant."))
    await edit(storage, library("Ant", 90))
    first, last = await storage.ledger.of("ant")
    assert first == ledger.of_edit(added)
    assert first.components == rank(ant, today=date.fromisoformat(added.made_at[:10])).components
    assert (first.revision, last.revision) == (1, 3)
    assert (first.factor, last.factor) == (0.5, 1.0)


async def test_several_edits_in_one_transaction(storage: Storage) -> None:
    """Each edit of a tool has its own entry, in their order."""
    await edit(storage, library("Ant", 1), library("Bee", None), library("Ant", 50), "ant", library("Ant", 9))
    assert [revision for _, revision in await causes(storage, "ant")] == [1, 3, 4, 5]
    assert await causes(storage, "bee") == []


async def test_an_undone_block_has_no_entries(storage: Storage) -> None:
    """An edit that isn't kept leaves nothing in the ledger."""

    async def fail() -> None:
        async with storage.writing(Author(name="Ada", reason="test")) as writer:
            await writer.put(library("Ant"))
            await writer.flush()
            raise FileNotFoundError("the caller's own error, not the database's")

    with pytest.raises(FileNotFoundError):
        await fail()
    assert await storage.ledger.of("ant") == []


async def test_undo_and_remove(storage: Storage) -> None:
    """Undoing an edit and bringing a tool back are entries like any other; what was said before stays."""
    old, new = library("Ant", 1), library("Ant", 300)
    for one in (old, new, old, "ant", old):
        await edit(storage, one)
    entries = await storage.ledger.of("ant")
    ranks = [entry.rank for entry in entries]
    assert [entry.removed for entry in entries] == [False, False, False, True, False]
    assert ranks[0] == ranks[2] == ranks[4]
    assert ranks[1] != ranks[0]
    assert ranks[3] is None


async def test_a_tool_that_comes_back_without_figures(storage: Storage) -> None:
    """It isn't left at being gone, in the same transaction or in a later one."""
    await edit(storage, library("Ant"), "ant", library("Ant", None))
    await edit(storage, "ant")
    assert [entry.removed for entry in await storage.ledger.of("ant")] == [False, True, False]
    await edit(storage, library("Bee"))
    await edit(storage, "bee")
    await edit(storage, library("Bee", None))
    entries = await storage.ledger.of("bee")
    assert [(entry.removed, entry.rank is None) for entry in entries] == [
        (False, False),
        (True, True),
        (False, True),
    ]


async def test_scopes_have_their_own(storage: Storage) -> None:
    """A guild's copy has a history that is neither the shared one's nor another guild's."""
    other = Scope(guild_id=5)
    await edit(storage, library("Ant", 1))
    await edit(storage, library("Ant", 200), scope=GUILD)
    await edit(storage, library("Ant", 400), "ant", scope=other)
    assert await causes(storage, "ant") == [(Cause.EDIT, 1)]
    assert await causes(storage, "ant", GUILD) == [(Cause.EDIT, 2)]
    assert [entry.scope for entry in await storage.ledger.of("ant", other)] == [other, other]
    assert await causes(storage, "ant", Scope(guild_id=6)) == []
    day = DAY + timedelta(900)
    copy = rank(library("Ant", 200), today=day)
    assert await storage.ledger.note([(GUILD, copy)], day=day, revision=4) == 1
    assert len(await storage.ledger.of("ant", GUILD)) == 2
    assert len(await storage.ledger.of("ant")) == 1


async def test_days_are_noted_once_they_show(storage: Storage) -> None:
    """Each entry is at least half a point from the one before, and a day noted twice has one."""
    ant, bee = library("Ant"), library("Bee", None)
    await edit(storage, ant, bee)
    for days in range(0, 200, 5):
        day = DAY + timedelta(days)
        assert await note(storage, ant, bee, day=day) in {0, 1}
        assert await note(storage, ant, bee, day=day) == 0
    entries = await storage.ledger.of("ant")
    assert 5 < len(entries) < 40
    assert {entry.cause for entry in entries[1:]} == {Cause.DAY}
    for entry, following in pairwise(entries[1:]):
        assert abs((entry.rank or 0) - (following.rank or 0)) >= 0.5 or following.low <= entry.low - 2
    assert await storage.ledger.of("bee") == []


async def test_several_processes_note_the_same_day(database: Database, url: str) -> None:
    """Of many that find the same entries due at the same time, each tool has one more entry in the end."""
    tools = [library(f"Tool {number}") for number in range(700)]
    async with Database.open(url) as other:
        storages = [Storage(database), Storage(other)]
        await edit(storages[0], *tools)
        day = DAY + timedelta(100)
        added = await asyncio.gather(*(note(storages[n % 2], *tools, day=day) for n in range(6)))
    assert sum(added) == 700
    for slug in ("tool-0", "tool-699"):
        assert [cause for cause, _ in await causes(storages[0], slug)] == [Cause.EDIT, Cause.DAY]


async def test_what_was_edited_since_is_left_to_its_edit(storage: Storage) -> None:
    """A rank of a document that isn't the stored one any more is not noted, nor one of a tool that is gone."""
    await edit(storage, library("Ant", 1), library("Bee", 1))
    await edit(storage, library("Ant", 300))
    await edit(storage, "bee")
    stale = DAY + timedelta(100)
    assert await note(storage, library("Ant", 1), library("Bee", 1), day=stale, revision=2) == 0
    assert await causes(storage, "ant") == [(Cause.EDIT, 1), (Cause.EDIT, 3)]


async def test_another_formula_is_noted_as_such(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old entries keep the formula they were made by; going to and fro adds no more than one a day for each."""
    ant, day = library("Ant"), DAY + timedelta(30)
    await edit(storage, ant)
    await note(storage, ant, day=day)
    formula = ledger.formula()
    for name, moved in (("second", 20), ("third", 40), ("fourth", 60)):
        monkeypatch.setattr(ledger, "formula", lambda name=name: name)
        await storage.ledger.note([(SHARED, rank(library("Ant", 1 + moved), today=day))], day=day, revision=1)
    entries = await storage.ledger.of("ant")
    assert [(entry.cause, entry.formula) for entry in entries] == [
        (Cause.EDIT, formula),
        (Cause.DAY, formula),
        (Cause.FORMULA, "second"),
    ]


async def test_old_entries_are_thinned_to_month_ends(storage: Storage) -> None:
    """All of a year stays, then the last entry of each month, and the newest however old it is."""
    await edit(storage, library("Bee"))
    ant = library("Ant", None)
    await edit(storage, ant)
    days = [DAY + timedelta(days) for days in range(0, 800, 5)]
    for day in days:
        # Figures that jump to and fro, so that each day is worth an entry.
        judged = rank(library("Ant", day.toordinal() % 2 * 700, day), today=day)
        await storage.ledger.note([(SHARED, judged)], day=day, revision=2)
    before = [entry.day for entry in await storage.ledger.of("ant")]
    assert len(before) == len(days)
    today = days[-1]
    deleted = await storage.ledger.thin(today)
    after = [entry.day for entry in await storage.ledger.of("ant")]
    assert len(after) == len(before) - deleted
    year_ago = (today - timedelta(366)).replace(day=1).isoformat()
    recent = [day for day in before if day >= year_ago]
    ends = {day[:7]: day for day in before if day < year_ago}
    assert after == [*ends.values(), *recent]
    assert await storage.ledger.thin(today) == 0
    assert await storage.ledger.thin(today + timedelta(5000)) > 0
    assert (await storage.ledger.of("ant"))[-1].day == before[-1]
    assert len(await storage.ledger.of("bee")) == 1


async def test_an_entry_nobody_understands_is_named(storage: Storage, database: Database) -> None:
    """A broken entry gives an error that says which one, for which tool."""
    await edit(storage, library("Ant"))
    async with database.writing() as connection:
        await connection.run_sync(
            lambda sync: sync.exec_driver_sql(
                "UPDATE ledger SET components = CAST('x' AS "
                + ("BYTEA)" if database.is_postgres else "BLOB)")
            )
        )
    with pytest.raises(StorageError, match="Entry 1 of the ledger, for 'ant', can't be understood"):
        await storage.ledger.of("ant")


def test_the_dictionary_stays_as_it_is() -> None:
    """Without the very dictionary that they were written with, stored entries can't be read."""
    assert hashlib.sha256(_DICTIONARY).hexdigest() == (
        "398f334e5090e44a11bcf5df969479324d488725e16d06a704d0f54ab2304b06"
    )
