from __future__ import annotations

import shutil
import stat
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from catalog.asked import Asked
from catalog.database import Database
from catalog.drafts import Draft, new_key
from catalog.errors import StorageError
from catalog.models import Tool
from catalog.proposals import OPEN_STATES, Proposal, ProposalKind, ProposalState
from catalog.revision import SHARED, Author, Scope
from catalog.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from contextlib import AbstractContextManager

MIA = 2
NOW = "2026-11-21T10:00:00Z"
ADA = Author(name="Ada", reason="test", user_id=MIA)
DRAFT = Draft(owner_id=MIA, made_at=NOW, typed={"name": "word " * 700})


def wish(number: int) -> Proposal:
    """Make a proposal that is long enough to fill a disk."""
    return Proposal(
        kind=ProposalKind.TOOL,
        title=f"Tool {number}",
        note="word " * 190,
        sentence="word " * 700,
        proposer="mia",
        proposer_id=MIA,
        made_at=NOW,
    )


def protect(url: str) -> None:
    """Take away the right to write to a file."""
    file = make_url(url).database
    assert file
    Path(file).chmod(stat.S_IRUSR)


async def edit(storage: Storage, number: int, scope: Scope = SHARED) -> None:
    """Add a tool."""
    async with storage.writing(ADA, scope) as writer:
        await writer.put(Tool(name=f"Tool {number}", tags=tuple(f"tag-{n}" for n in range(400))))


async def decide(storage: Storage) -> None:
    """Approve the first proposal together with its document."""
    first = await storage.proposals.get(1)
    assert first
    async with storage.writing(ADA) as writer:
        await writer.put(Tool(name="Decided", tags=tuple(f"tag-{n}" for n in range(4000))))
        await writer.decide(first.model_copy(update={"state": ProposalState.APPROVED}), OPEN_STATES)


async def ask(storage: Storage) -> None:
    """Write down what was asked."""
    asked = Asked()
    for number in range(2000):
        asked.note(7, f"{'long ' * 15} {number}")
    await asked.flush(storage)


#: Everything that writes; each may be refused.
WRITES: dict[str, Callable[[Storage], Awaitable[object]]] = {
    "edit": lambda storage: edit(storage, 9_999),
    "copy": lambda storage: edit(storage, 9_998, Scope(guild_id=7)),
    "decide": decide,
    "propose": lambda storage: storage.proposals.add(wish(9_999)),
    "draft": lambda storage: storage.drafts.put(DRAFT),
    "ask": ask,
}


async def everything(storage: Storage) -> tuple[object, ...]:
    """Give all that was acknowledged."""
    return (
        await storage.load(),
        await storage.since(0),
        await storage.copies(),
        await storage.proposals.of(SHARED, ProposalState, limit=1000),
        await storage.questions.of(Scope(guild_id=7), 1000),
        await storage.drafts.get(DRAFT.key),
    )


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
async def test_a_database_that_may_only_be_read(
    sqlite_url: str,
    bound_by_permissions: Callable[[], AbstractContextManager[None]],
    write: Callable[[Storage], Awaitable[object]],
) -> None:
    """Whatever is written is refused with the reason; what was there stays, and can be read."""
    async with Database.open(sqlite_url) as database:
        await edit(Storage(database), 1)
        await Storage(database).proposals.add(wish(1))
        before = await everything(Storage(database))
    protect(sqlite_url)
    with bound_by_permissions():
        async with Database.open(sqlite_url) as database:
            storage = Storage(database)
            with pytest.raises(
                StorageError, match=r"can't be written to; check who owns it and whether it is"
            ):
                await write(storage)
            assert await everything(storage) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    tried = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True, check=False
    )
    if not (tried and umount) or tried.returncode:
        pytest.skip("no file system can be mounted here; that takes root")
    yield folder
    subprocess.run([umount, str(folder)], check=True)


async def test_a_real_disk_that_is_full(small_disk: Path) -> None:
    """On a disk without a byte left a write is refused with the reason, and all that was acknowledged is there."""
    url = f"sqlite:///{small_disk / 'matchbook.db'}"
    acknowledged = 0
    async with Database.open(url) as database:
        storage = Storage(database)
        with pytest.raises(StorageError, match="the disk"):  # noqa: PT012 (how many there is room for is the disk's affair)
            while True:
                await edit(storage, acknowledged)
                acknowledged += 1
        tools, newest = await storage.load()
        assert len(tools) == newest == acknowledged > 0
        with pytest.raises(StorageError, match="the disk"):
            await edit(storage, acknowledged)
    async with Database.open(url) as database:
        tools, newest = await Storage(database).load()
        assert len(tools) == newest == acknowledged


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
async def test_a_disk_that_is_full(sqlite_url: str, write: Callable[[Storage], Awaitable[object]]) -> None:
    """What there is no room for is refused with the reason; all that was acknowledged until then is there."""
    async with Database.open(sqlite_url) as database:
        storage = Storage(database)
        await storage.proposals.add(wish(0))
        acknowledged = 0
        async with database.reading() as connection:
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
            await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 40}")
        with pytest.raises(StorageError, match="the disk is full; free some space and try again"):  # noqa: PT012 (how many there is room for is the disk's affair)
            while True:
                await edit(storage, acknowledged)
                acknowledged += 1
        with suppress(StorageError):  # what is smaller may still fit
            for owner_id in range(3, 200):
                await storage.drafts.put(DRAFT.model_copy(update={"key": new_key(), "owner_id": owner_id}))
        before = await everything(storage)
        with pytest.raises(StorageError, match="the disk is full; free some space and try again"):
            await write(storage)
        assert await everything(storage) == before
        tools, newest = await storage.load()
        assert len(tools) == newest == acknowledged > 0
        async with database.reading() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        await write(storage)
        assert await everything(storage) != before
