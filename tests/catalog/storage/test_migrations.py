from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from catalog import migrations
from catalog.database import Database
from catalog.models import Tool
from catalog.storage import Storage
from catalog.tables import FORM, VERSION_TABLE, metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sqlalchemy import Connection


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {VERSION_TABLE}


def _names(connection: Connection) -> set[str | None]:
    inspector = inspect(connection)
    found: set[str | None] = set()
    for table in metadata.tables:
        found.add(inspector.get_pk_constraint(table)["name"])
        found.update(key["name"] for key in inspector.get_foreign_keys(table))
        found.update(index["name"] for index in inspector.get_indexes(table))
    return found


def _drift(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection,
        opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True},
    )
    return list(compare_metadata(context, metadata))


async def test_an_empty_database_gets_all_tables(database: Database) -> None:
    """Upgrading from nothing makes every table, and leaves no difference to what the code describes."""
    async with database.reading() as connection:
        assert await connection.run_sync(_tables) == set(metadata.tables)
        assert await connection.run_sync(_drift) == []


async def test_keys_and_indexes_have_our_names(database: Database) -> None:
    """Migrations name keys and indexes as the tables do, so that a later one can refer to them."""
    expected = {table.primary_key.name for table in metadata.sorted_tables}
    for table in metadata.sorted_tables:
        expected |= {key.name for key in table.foreign_key_constraints}
        expected |= {index.name for index in table.indexes}
    async with database.reading() as connection:
        assert await connection.run_sync(_names) == expected


async def test_down_and_up_again(database: Database) -> None:
    """Every migration can be taken back to nothing and made again."""
    async with database.writing() as connection:
        await connection.run_sync(migrations.downgrade)
        assert await connection.run_sync(_tables) == set()
        await connection.run_sync(migrations.upgrade)
        assert await connection.run_sync(_drift) == []


async def test_a_failed_migration_leaves_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that breaks off half-way is undone, and the next start does it anew."""

    def upgrade_halfway(connection: Connection) -> None:
        upgrade(connection)
        raise InterruptedError

    upgrade = migrations.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "upgrade", upgrade_halfway)
        with pytest.raises(InterruptedError):
            async with Database.open(url):
                pass
    async with Database.open(url) as database, database.reading() as connection:
        assert await connection.run_sync(_drift) == []


async def test_reopening_keeps_what_is_there(url: str) -> None:
    """Opening an up-to-date database changes nothing in it."""
    async with (
        Database.open(url) as database,
        Storage(database).writing(actor="Ada", reason="test") as writer,
    ):
        await writer.put(Tool(slug="ant", name="Ant"))
    async with Database.open(url) as database:
        assert await Storage(database).load() == ([Tool(slug="ant", name="Ant")], 1)


def test_several_processes_start_at_once(
    url: str, fork: Callable[[Callable[[], Coroutine[Any, Any, None]]], int]
) -> None:
    """Of processes that find the same empty database, one migrates it and the others wait for that."""

    async def start() -> None:
        async with Database.open(url) as database:
            assert await Storage(database).load() == ([], 0)

    children = [fork(start) for _ in range(4)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]


def test_migrations_are_one_line() -> None:
    """There is one oldest migration and one newest, which gives the tables the form that the code expects."""
    assert migrations.scripts().get_heads() == [FORM]
    assert len(migrations.scripts().get_bases()) == 1
