from __future__ import annotations

import asyncio
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from catalog.database import Database, default_url, read_url
from catalog.errors import StorageError
from catalog.models import Tool
from catalog.revision import Author
from catalog.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

SECRET = "hunter2-Zebra"  # noqa: S105 (what no message may show)


async def put(database: Database, *names: str) -> None:
    """Put tools in one transaction."""
    async with Storage(database).writing(Author(name="Ada", reason="test")) as writer:
        for name in names:
            await writer.put(Tool.model_validate({"name": name, "summary": "word " * 50}))


async def slugs(database: Database) -> list[str]:
    """Give the slugs of all tools."""
    return [tool.slug for tool in (await Storage(database).load())[0]]


def file_of(url: str) -> Path:
    """Give the file of a SQLite database."""
    return Path(url.removeprefix("sqlite:///"))


def tear(file: Path) -> None:
    """Overwrite all of a file but its first page."""
    pages = file.read_bytes()
    file.write_bytes(pages[:4096] + b"\xa5" * (len(pages) - 4096))


def protect(file: Path) -> None:
    """Take away the right to write to a file."""
    file.chmod(stat.S_IRUSR)


async def refusal(url: str) -> str:
    """Give the message with which a database can't be opened, after looking for a leaked password."""
    with pytest.raises(StorageError) as caught:
        async with Database.open(url):
            pass
    error: BaseException | None = caught.value
    while error is not None:
        assert SECRET not in str(error)
        error = error.__cause__ or error.__context__
    return str(caught.value)


def test_the_default_is_a_file_of_the_user() -> None:
    """Without a URL the database is a file that the user owns."""
    address = read_url(default_url())
    assert address.file is not None
    assert address.file.name == "matchbook.db"
    assert address.file.is_absolute()


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("sqlite:///here.db", "The database here.db"),
        ("sqlite+aiosqlite:////tmp/there.db", "The database /tmp/there.db"),
        (f"postgres://ada:{SECRET}@db.example/tools", "The database tools on db.example"),
        (
            f"postgresql+asyncpg://ada:{SECRET}@db.example:99/tools?sslmode=require",
            "The database tools on db.example",
        ),
        (f"postgresql://ada@/tools?host=/run/pg&password={SECRET}", "The database tools on /run/pg"),
        (f"postgresql://ada:{SECRET}/?#@db.example/tools", "The database tools on db.example"),
    ],
)
def test_a_url_names_its_database_without_a_password(url: str, label: str) -> None:
    """Every spelling of a URL is understood, and what people are shown holds no password."""
    assert read_url(url).label == label


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("tools.db", "can't be read; write sqlite:///path.db or postgresql://"),
        (f"postgresql://ada:{SECRET}@host:port/tools", "can't be read"),
        (f"postgresql://ada:x@{SECRET}/tools@host/tools", "%40 for @"),
        (f"mysql://ada:{SECRET}@host/tools", "begins with mysql://; use sqlite:/// or postgresql://"),
        ("sqlite://", "in memory would forget every edit"),
        ("sqlite:///:memory:", "in memory would forget every edit"),
        ("sqlite:///tools.db?mode=ro", "takes no options"),
    ],
)
async def test_a_url_that_is_none(url: str, words: str) -> None:
    """A URL that can't be used is refused with what to write instead, and never repeated."""
    assert words in await refusal(url)


async def test_a_missing_folder_is_made(sqlite_url: str) -> None:
    """The first start makes the folder and the file, in write-ahead mode, flushed to the disk."""
    async with Database.open(sqlite_url) as database, database.reading() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar() == value


async def test_a_restored_backup_is_written_ahead_again(sqlite_url: str, tmp_path: Path) -> None:
    """A file that a backup tool wrote without a write-ahead log gets one when it is opened."""
    async with Database.open(sqlite_url) as database:
        await put(database, "Ant")
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(file_of(sqlite_url))) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    async with Database.open(f"sqlite:///{copy}") as database:
        async with database.reading() as connection:
            assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
        assert await Storage(database).newest() == 1


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A path through a file is refused with the reason."""
    (tmp_path / "file").touch()
    assert "folder can't be made" in await refusal(f"sqlite:///{tmp_path}/file/deeper/matchbook.db")


async def test_a_path_that_is_a_folder(tmp_path: Path) -> None:
    """A folder in place of the file is refused with the reason."""
    assert "can't be opened; check that it is a file" in await refusal(f"sqlite:///{tmp_path}")


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """Another program's file is refused and stays as it is."""
    file = tmp_path / "notes.db"
    file.write_text("just some notes\n" * 100)
    assert "is no SQLite database; name another file" in await refusal(f"sqlite:///{file}")
    assert file.read_text() == "just some notes\n" * 100


async def test_a_damaged_file(sqlite_url: str) -> None:
    """A file with a torn page is refused as damaged, with the advice to restore a backup."""
    async with Database.open(sqlite_url) as database:
        await put(database, "Ant")
    tear(file_of(sqlite_url))
    assert "the file is damaged; restore a backup" in await refusal(sqlite_url)


async def test_a_read_only_file(
    sqlite_url: str, bound_by_permissions: Callable[[], AbstractContextManager[None]]
) -> None:
    """A file that may not be written can still be read; writing says why it can't, and changes nothing."""
    async with Database.open(sqlite_url) as database:
        await put(database, "Ant")
    protect(file_of(sqlite_url))
    with bound_by_permissions():
        async with Database.open(sqlite_url) as database:
            with pytest.raises(StorageError, match="can't be written to; check who owns it"):
                await put(database, "Bee")
            assert await slugs(database) == ["ant"]


async def test_a_read_only_folder(
    tmp_path: Path, bound_by_permissions: Callable[[], AbstractContextManager[None]]
) -> None:
    """A new database in a folder that may not be written is refused with the reason."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    with bound_by_permissions():
        assert "can't be opened; check" in await refusal(f"sqlite:///{folder}/matchbook.db")
        assert "folder can't be made (Permission denied)" in await refusal(f"sqlite:///{folder}/a/b.db")


async def test_a_full_disk(sqlite_url: str) -> None:
    """When there is no room for an edit it is refused; what was acknowledged stays, and room is all it takes."""
    async with Database.open(sqlite_url) as database:
        await put(database, "Ant")
        async with database.reading() as connection:
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
            await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(StorageError, match="the disk is full; free some space"):
            await put(database, *(f"Tool {number}" for number in range(100)))
        assert await slugs(database) == ["ant"]
        async with database.reading() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 10000")
        await put(database, "Bee")
        assert await Storage(database).newest() == 2


async def test_a_writer_who_does_not_end(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the turn to write, writing gives up in time; reading goes on."""
    monkeypatch.setattr("catalog.database.BUSY_SECONDS", 0.2)
    async with Database.open(url) as database, Database.open(url) as other:
        async with other.writing():
            with pytest.raises(StorageError, match="another program is writing to it; try again"):
                await put(database, "Ant")
            assert await Storage(database).newest() == 0
        await put(database, "Ant")
        assert await Storage(database).newest() == 1


async def test_a_newer_database(url: str) -> None:
    """A database that a newer version wrote is refused, by name of its form, and left alone."""
    async with Database.open(url) as database, database.writing() as connection:
        await connection.exec_driver_sql("UPDATE catalog_version SET version_num = '9999'")
    assert "was written by a newer Matchbook (form 9999); update Matchbook" in await refusal(url)


async def test_several_new_databases_at_once(tmp_path: Path) -> None:
    """One process can open several new databases at the same time."""

    async def open_one(number: int) -> int:
        async with Database.open(f"sqlite:///{tmp_path}/{number}.db") as database:
            return await Storage(database).newest()

    assert await asyncio.gather(*map(open_one, range(4))) == [0, 0, 0, 0]


async def test_an_unreachable_server() -> None:
    """A server that doesn't answer is named by host and database, without the password."""
    message = await refusal(f"postgresql://ada:{SECRET}@127.0.0.1:1/tools")
    assert message.startswith("The database tools on 127.0.0.1: the server can't be reached (")
    assert message.endswith("check host, port and network.")


async def test_a_database_that_the_server_lacks(postgres_url: str) -> None:
    """A wrong database name says so."""
    assert "no such database on the server" in await refusal(postgres_url.replace("/matchbook_", "/nothing_"))


@pytest.fixture
def guarded_url(postgres_server: Any, postgres_url: str) -> Iterator[str]:  # noqa: ANN401 (the wheel has no types)
    """A PostgreSQL database under a wrong password, on a server that asks for one."""
    hba = Path(postgres_server.psql("SHOW hba_file;").split("\n")[2].strip())
    before = hba.read_text()
    postgres_server.psql("CREATE ROLE ada LOGIN PASSWORD 'another';")
    hba.write_text("local all ada scram-sha-256\n" + before)
    postgres_server.psql("SELECT pg_reload_conf();")
    yield postgres_url.replace("postgres:@", f"ada:{SECRET}@")
    hba.write_text(before)
    postgres_server.psql("SELECT pg_reload_conf(); DROP ROLE ada;")


async def test_a_refused_password(guarded_url: str) -> None:
    """A wrong password says so, without showing it."""
    assert "the server refused the user or password" in await refusal(guarded_url)


async def test_a_lost_connection(postgres_url: str) -> None:
    """A connection that the server cuts gives a clear error once; the next edit has a new one."""
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    async def edit_and_be_cut_off() -> None:
        async with Storage(database).writing(Author(name="Ada", reason="test")) as writer:
            await writer.put(Tool(slug="ant", name="Ant"))
            await writer.flush()
            async with other.reading() as connection:
                await connection.exec_driver_sql(cut)
            await writer.current(["ant"])

    async with Database.open(postgres_url) as database, Database.open(postgres_url) as other:
        with pytest.raises(StorageError, match="try again in a moment"):
            await edit_and_be_cut_off()
        await put(database, "Bee")
        assert await slugs(database) == ["bee"]


async def test_a_missing_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the driver for PostgreSQL the message says how to install it."""
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    assert "pip install 'matchbook[postgres]'" in await refusal(f"postgresql://ada:{SECRET}@host/tools")
