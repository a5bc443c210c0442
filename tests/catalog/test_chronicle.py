from __future__ import annotations

import asyncio
import logging
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from catalog import chronicle
from catalog.attribution import Change, explain
from catalog.errors import StorageError, UnknownToolError
from catalog.importers import Authority, Incoming
from catalog.ledger import Cause
from catalog.models import Tool
from catalog.revision import Author, Scope
from catalog.service import Catalog

if TYPE_CHECKING:
    from pathlib import Path

    from catalog.ledger import Entry

BY = Author(name="a test", reason="to see")
GUILD = 7


def library(name: str, stars: float | None = None, **fields: Any) -> Incoming:  # noqa: ANN401 (any field of a tool)
    """Make a document of our own."""
    day = (date.today() - timedelta(3)).isoformat()  # noqa: DTZ011 (days before today in any zone)
    signal = {
        "metric": "github_stars",
        "value": stars,
        "unit": "stars",
        "source": "a test",
        "observed_on": day,
    }
    signals = [] if stars is None else [signal]
    tool = Tool.model_validate({"name": name, "type": "library", "signals": signals, **fields})
    return Incoming(tool, "a test", Authority.OWN)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Where a database may come to be."""
    return f"sqlite:///{tmp_path}/catalog.db"


def told(entries: tuple[Entry, ...]) -> list[tuple[Cause, float | None]]:
    """Say what caused entries, and which rank they have."""
    return [(entry.cause, entry.rank) for entry in entries]


async def test_a_history_from_edit_to_edit(url: str) -> None:
    """Edits are told with the rank each led to, and the two can be explained."""
    async with Catalog.open(url, with_starter=False) as catalog:
        reported = [
            {"source": "Unfragile: B", "observed_on": "2026-02", "rank": 55},
            {"source": "Unfragile: A", "observed_on": "2026-01", "rank": 51},
        ]
        await catalog.take_in([library("Ant", 100, reported=reported)], BY)
        first = catalog.rank("ant").rank
        await catalog.take_in([library("Ant", 90_000)], BY)
        history = await catalog.history("ant")
        assert told(history.entries) == [(Cause.EDIT, first), (Cause.EDIT, catalog.rank("ant").rank)]
        assert history.now.rank == catalog.rank("ant").rank
        assert [score.rank for score in history.reported] == [51, 55]
        (item,) = explain(history.entries[0], history.now).items
        assert (item.change, item.metric) == (Change.FIGURE, "github_stars")
        with pytest.raises(UnknownToolError):
            await catalog.history("bee")


async def test_a_guild_s_copy_has_its_own(url: str) -> None:
    """Its entries and rank are told in that guild alone; without a copy a guild is told the shared history."""
    async with Catalog.open(url, with_starter=False) as catalog:
        await catalog.take_in([library("Ant", 100)], BY)
        await catalog.take_in([library("Ant", 90_000)], BY, scope=Scope(guild_id=GUILD))
        await catalog.take_in([library("Bee", 90_000)], BY, scope=Scope(guild_id=GUILD))
        shared, own = await catalog.history("ant"), await catalog.history("ant", GUILD)
        assert len(shared.entries) == len(own.entries) == 1
        assert shared.now.rank == catalog.rank("ant").rank
        assert own.now.rank == catalog.view(GUILD).rank("ant").rank != shared.now.rank
        assert await catalog.history("ant", 8) == shared
        for guild_id in (None, 8):
            with pytest.raises(UnknownToolError):
                await catalog.history("bee", guild_id)
        later = catalog.today + timedelta(900)
        assert await catalog.note_ranks(later) == 3
        assert {entry.scope.guild_id for entry in (await catalog.history("ant", GUILD)).entries} == {GUILD}
        assert {entry.scope.guild_id for entry in (await catalog.history("ant")).entries} == {None}


async def test_a_catalog_in_memory_keeps_no_history() -> None:
    """It tells today's rank, and there is nothing to note."""
    catalog = Catalog([library("Ant", 100).tool])
    history = await catalog.history("ant")
    assert (history.entries, history.now.rank) == ((), catalog.rank("ant").rank)
    assert await catalog.note_ranks() == 0


async def test_a_start_notes_once_a_day(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first start of a day notes what has aged; later ones, and who only asks, don't."""
    noted: list[str] = []
    note = chronicle.note

    async def spy(*args: Any, **named: Any) -> int:  # noqa: ANN401 (passed on as they come)
        noted.append("noted")
        return await note(*args, **named)

    monkeypatch.setattr(chronicle, "note", spy)
    async with Catalog.open(url, with_starter=False, noting=False) as catalog:
        await catalog.take_in([library("Ant", 100)], BY)
    assert noted == []
    for _ in range(3):
        async with Catalog.open(url, with_starter=False) as catalog:
            assert len((await catalog.history("ant")).entries) == 1
    assert noted == ["noted"]


async def test_tools_from_before_the_ledger_are_noted(url: str) -> None:
    """What was in the database before it had a ledger has a first entry after the next start."""
    async with Catalog.open(url, with_starter=False, noting=False) as catalog:
        await catalog.take_in([library("Ant", 100), library("Bee")], BY)
        assert catalog._storage is not None
        async with catalog._storage._database.writing() as connection:
            await connection.exec_driver_sql("DELETE FROM ledger")
    async with Catalog.open(url, with_starter=False) as catalog:
        assert told((await catalog.history("ant")).entries) == [(Cause.DAY, catalog.rank("ant").rank)]
        assert (await catalog.history("bee")).entries == ()


async def test_a_start_goes_on_without_noting(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that can't be written to answers questions all the same, and the log says what wasn't done."""
    async with Catalog.open(url, with_starter=False, noting=False) as catalog:
        await catalog.take_in([library("Ant", 100)], BY)

    async def refuse(*_: object, **__: object) -> int:
        raise StorageError("The database: it can't be written to.")

    monkeypatch.setattr(chronicle, "note", refuse)
    with caplog.at_level(logging.WARNING):
        async with Catalog.open(url, with_starter=False) as catalog:
            assert catalog.get("ant").name == "Ant"
    assert "could not note how ranks have aged: The database: it can't be written to." in caplog.text


async def test_noting_many_keeps_nobody_waiting(url: str) -> None:
    """While thousands of ranks are computed and written, others have their turns."""
    async with Catalog.open(url, with_starter=False, noting=False) as catalog:
        await catalog.take_in([library(f"Tool {number}", 100 + number) for number in range(3000)], BY)
        pauses = [0.0]
        done = False

        async def watch() -> None:
            while not done:
                begun = time.perf_counter()
                await asyncio.sleep(0)
                pauses.append(time.perf_counter() - begun)

        watching = asyncio.create_task(watch())
        assert await catalog.note_ranks(catalog.today + timedelta(900)) == 3000
        done = True
        await watching
    assert max(pauses) < 0.15
