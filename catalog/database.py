"""The database: where it is, how it is opened and brought up to date, and what it says when it refuses.

Nothing above this module knows which database there is. Both are driven so that a finished transaction is on
the disk (``synchronous=FULL``, PostgreSQL's default) and that writers take turns, across processes too: the
numbers of revisions grow in the order of commits, so that who has seen one number has seen all below it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from platformdirs import user_data_path
from sqlalchemy import event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from catalog.errors import StorageError
from catalog.tables import FORM, VERSION_TABLE, metadata

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from sqlalchemy import Connection
    from sqlalchemy.engine import URL
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

#: How long a writer waits for another one, in seconds, before it gives up.
BUSY_SECONDS = 5.0
#: The same while a database is brought up to date, which may take the other one long.
MIGRATION_SECONDS = 60.0
_CONNECT_SECONDS = 10.0
#: PostgreSQL's advisory locks share one space of numbers; this one spells "MATCH".
_TURN = int.from_bytes(b"MATCH")
#: The execution option that marks a connection for writing; its value is how many seconds to wait for a turn.
_PATIENCE = "catalog_patience"

_FULL = "the disk is full; free some space and try again"
_READ_ONLY = "it can't be written to; check who owns it and whether it is mounted read-only"
_BUSY = "another program is writing to it; try again in a moment"
_LOST = "the connection to the server was lost; try again in a moment"
_SQLITE_REASONS = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: "it can't be opened; check that it is a file that you may read and write",
    sqlite3.SQLITE_NOTADB: "it is no SQLite database; name another file, or move this one away",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore a backup",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write; check the disk and its free space",
}
#: By SQLSTATE, or by its class (the first two characters).
_POSTGRES_REASONS = {
    "28": "the server refused the user or password; check both in its URL",
    "3D": "there is no such database on the server; create it, or correct the URL",
    "42501": "the user may not do this; grant it the right to create and change tables",
    "25006": "it can't be written to; it may be a standby server",
    "53100": _FULL,
    "53300": "the server has no free connection; raise max_connections or stop another program",
    "55P03": _BUSY,
    "57": "the server is stopping or starting; try again in a moment",
    "08": _LOST,
}


def default_url() -> str:
    """Give the URL of the database that is used when none is named: a file in the user's data folder."""
    return f"sqlite:///{user_data_path('matchbook') / 'matchbook.db'}"


class Place(NamedTuple):
    """A database's URL taken apart: `label` names it for people and never holds a password."""

    url: URL
    label: str
    file: Path | None


def read_url(url: str) -> Place:
    """Understand a database's URL.

    Args:
        url: ``sqlite:///relative.db``, ``sqlite:////absolute.db`` or ``postgresql://user:password@host/name``
            (with ``?sslmode=`` and what else libpq takes). A driver named in the URL is accepted.

    Raises:
        StorageError: it is no such URL. The message doesn't repeat it, since it may hold a password.
    """
    unreadable = StorageError(
        "The database's URL can't be read; write sqlite:///path.db or postgresql://user:password@host/name, "
        "with %-codes for odd characters in the password (%40 for @)."
    )
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Neither the message nor the chain of causes may show the password.
        raise unreadable from None
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        if parsed.database in {None, "", ":memory:"}:
            raise StorageError(
                "A database in memory would forget every edit; name a file: sqlite:///path.db."
            )
        if parsed.query:
            raise StorageError("The URL of a SQLite database takes no options; leave out what follows the ?.")
        file = Path(str(parsed.database)).expanduser()
        url_of_file = parsed.set(drivername="sqlite+aiosqlite", database=str(file))
        return Place(url_of_file, f"The database {file}", file)
    if kind in {"postgres", "postgresql"}:
        if url.count("@") > 1:
            # What follows the first @ would pass for the host, and the label would show half a password.
            raise unreadable
        name = f"The database {parsed.database}" if parsed.database else "The database"
        host = parsed.host or parsed.query.get("host", "localhost")
        return Place(parsed.set(drivername="postgresql+asyncpg"), f"{name} on {host}", None)
    raise StorageError(f"The database's URL begins with {kind}://; use sqlite:/// or postgresql://.")


def reason_of(error: BaseException) -> str:
    """Word why a database refused, for a person: what is wrong and what to do."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        # The low byte is the kind of error; the rest tells apart cases that need the same of the reader.
        return _SQLITE_REASONS.get(code & 0xFF, str(cause))
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return _POSTGRES_REASONS.get(state) or _POSTGRES_REASONS.get(state[:2]) or str(cause)
    if getattr(error, "connection_invalidated", False):
        return _LOST
    if isinstance(cause, OSError):
        return f"the server can't be reached ({cause.strerror or 'no answer'}); check host, port and network"
    return str(cause)


class Database:
    """An open database, up to date with the code.

    ```
    async with Database.open("sqlite:///matchbook.db") as database:
        storage = Storage(database)
    ```
    """

    def __init__(self, engine: AsyncEngine, label: str) -> None:
        self.label = label
        self.is_postgres = engine.dialect.name == "postgresql"
        # One snapshot a transaction: SQLite's WAL gives it by itself, PostgreSQL has to be asked.
        self._reader = (
            engine.execution_options(isolation_level="REPEATABLE READ") if self.is_postgres else engine
        )
        self._writer = engine.execution_options(**{_PATIENCE: BUSY_SECONDS})
        # Writers of this process queue here, first come first served, rather than by polling the file's lock.
        self._turn = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str | None = None) -> AsyncIterator[Self]:
        """Open a database, create what is missing and migrate it to the newest form.

        Args:
            url: as `read_url` takes it; None for `default_url`.

        Raises:
            StorageError: it can't be reached, read, or brought up to date, or is newer than the code.
        """
        address = read_url(url or default_url())
        engine = _engine(address)
        try:
            with _refusals(address.label):
                if address.file is not None:
                    await asyncio.to_thread(_write_ahead, address.file)
                await _bring_up_to_date(engine, address.label)
            yield cls(engine, address.label)
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection on which all reads see the same moment.

        Raises:
            StorageError: the database refused.
        """
        with _refusals(self.label):
            async with self._reader.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction that no other writer shares; an exception undoes all of it.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        with _refusals(self.label):
            async with self._turn, self._writer.begin() as connection:
                yield connection


@contextmanager
def _refusals(label: str) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, ConnectionError, TimeoutError) as error:
        raise StorageError(f"{label}: {reason_of(error)}.") from error


def _engine(address: Place) -> AsyncEngine:
    # Documents travel as JSON text: pydantic reads and writes it several times faster than json and dicts.
    options: dict[str, Any] = {"json_serializer": str, "json_deserializer": str, "hide_parameters": True}
    if address.file is not None:
        try:
            address.file.absolute().parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"{address.label}: its folder can't be made ({error.strerror}); name another place."
            ) from error
        engine = create_async_engine(address.url, connect_args={"timeout": BUSY_SECONDS}, **options)
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine
    try:
        engine = create_async_engine(
            address.url,
            async_creator=_postgres_connector(address),
            pool_pre_ping=True,
            **options,
        )
    except ModuleNotFoundError as error:
        raise StorageError(
            "PostgreSQL needs a driver that isn't installed: pip install 'matchbook[postgres]'."
        ) from error
    event.listen(engine.sync_engine, "begin", _begin_postgres)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 (SQLAlchemy's adapter)
    # The driver would begin transactions by itself, too late and never IMMEDIATE; we do it in _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    patience = connection.get_execution_options().get(_PATIENCE)
    if patience is None:
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience * 1000:.0f}")
    # A transaction that reads first and writes later would fail at once if somebody wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgres(connection: Connection) -> None:
    patience = connection.get_execution_options().get(_PATIENCE)
    if patience is not None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{patience * 1000:.0f}ms'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")


def _postgres_connector(address: Place) -> Callable[[], Any]:
    import asyncpg  # type: ignore[import-untyped]  # noqa: PLC0415 (an extra: only who uses PostgreSQL has it)

    # asyncpg reads the URL itself, as libpq would: sslmode, sockets, several hosts, the password file.
    dsn = address.url.set(drivername="postgresql").render_as_string(hide_password=False)

    async def connect() -> Any:  # noqa: ANN401 (asyncpg has no types)
        try:
            return await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
        except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise StorageError(f"{address.label}: {reason_of(error)}.") from error

    return connect


async def _bring_up_to_date(engine: AsyncEngine, label: str) -> None:
    async with engine.connect() as connection:
        form, taken = await connection.run_sync(_found)
    if form == FORM:
        return
    if form is None and taken:
        tables = "tables" if len(taken) > 1 else "a table"
        raise StorageError(
            f"{label} belongs to another program: it has {tables} named {' and '.join(taken)} that Matchbook didn't "
            "make. Name another database, or a new one."
        )
    from catalog import migrations  # noqa: PLC0415 (Alembic is slow to import, and rarely needed)

    if form is not None and form not in migrations.known():
        raise StorageError(
            f"{label} was written by a newer Matchbook (form {form}); "
            "update Matchbook, or restore a backup of the older database."
        )
    async with (
        migrations.alone(),
        engine.execution_options(**{_PATIENCE: MIGRATION_SECONDS}).begin() as connection,
    ):
        # If somebody else migrated while we waited for our turn, upgrading finds nothing to do.
        await connection.run_sync(migrations.upgrade)


def _found(connection: Connection) -> tuple[str | None, list[str]]:
    """Tell the form of what is there, and which tables have the names of ours, as one moment shows them."""
    names = set(inspect(connection).get_table_names())
    version: str | None = None
    if VERSION_TABLE in names:
        version = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    return version, sorted(names & metadata.tables.keys())


def _write_ahead(file: Path) -> None:
    """Switch a SQLite file to its write-ahead log, which lets readers read while somebody writes.

    This is also what meets a file that can't be opened: aiosqlite, where it fails to open one, leaves a
    thread behind that may print a traceback when the program ends. The switch doesn't wait for a lock as all
    else does, so two first starts at once need a retry. A file that may only be read stays as it is.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            kind = error.sqlite_errorcode & 0xFF
            if kind == sqlite3.SQLITE_READONLY:
                return
            if kind != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
