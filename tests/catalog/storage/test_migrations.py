from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from catalog import migrations
from catalog.database import Database, _postgres_connector, read_url
from catalog.editing.copies import Copy
from catalog.models import Tool
from catalog.proposals import Proposal, ProposalKind
from catalog.revision import SHARED, Author, Scope
from catalog.storage import Storage
from catalog.storage.ledger import _DICTIONARY
from catalog.tables import FORM, VERSION_TABLE, metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sqlalchemy import Connection

OLD, NEW, OURS = (Tool(name="Ant", summary=summary) for summary in ("Old.", "New 搜索.", "Ours."))
GONE = Tool(name="Gone")


@pytest.fixture
def url(new_url: str) -> str:
    """A database that nobody has opened: how it comes into its form is what is tried here."""
    return new_url


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
        Storage(database).writing(Author(name="Ada", reason="test")) as writer,
    ):
        await writer.put(Tool(slug="ant", name="Ant"))
    async with Database.open(url) as database:
        assert await Storage(database).load() == ([Tool(slug="ant", name="Ant")], 1)


def _fill_first_form(connection: Connection) -> None:
    """Write what a database in the first form could hold: a tool with its history, a copy, a setting."""
    rows = (
        (1, 0, "add", None, OLD, "Ada"),
        (2, 0, "change", OLD, NEW, "Ada"),
        (3, 7, "change", NEW, OURS, "Søren"),
        (4, 0, "add", None, GONE, "Ada"),
        (5, 0, "remove", GONE, None, "Ada"),
    )
    for number, scope, kind, before, after, actor in rows:
        tool = after or before
        assert tool is not None
        values = {
            "number": number,
            "scope": scope,
            "slug": tool.slug,
            "kind": kind,
            "before": before and before.model_dump_json(exclude_defaults=True),
            "after": after and after.model_dump_json(exclude_defaults=True),
            "actor": actor,
        }
        connection.execute(
            text(
                "INSERT INTO revisions (number, scope, slug, kind, before, after, actor, reason, made_at) "
                "VALUES (:number, :scope, :slug, :kind, :before, :after, :actor, 'why', '2026-01-02T03:04:05Z')"
            ),
            values,
        )
    for scope, tool, number in ((0, NEW, 2), (7, OURS, 3)):
        document = tool.model_dump_json(exclude_defaults=True)
        connection.execute(
            text(
                "INSERT INTO tools (scope, slug, document, revision) VALUES (:scope, 'ant', :document, :number)"
            ),
            {"scope": scope, "document": document, "number": number},
        )
    connection.execute(text("INSERT INTO settings (key, value) VALUES ('shards', '3')"))


def _fill_second_form(connection: Connection) -> None:
    """Write what a database in the second form holds beside that: an entry of the ledger, without its components."""
    _fill_first_form(connection)
    packer = zlib.compressobj(zdict=_DICTIONARY)
    connection.execute(
        text(
            "INSERT INTO ledger VALUES (1, 0, 'ant', '2026-01-02T03:04:05Z', 'edit', 1, 'a formula', 12.5, 10, 20, "
            "1, :components)"
        ),
        {"components": packer.compress(b"[]") + packer.flush()},
    )


def _fill_third_form(connection: Connection) -> None:
    """Write what a database in the third form holds beside that: a draft, a proposal and what people asked."""
    _fill_second_form(connection)
    proposal = Proposal(
        kind=ProposalKind.TOOL, title="Bee", proposer="Ada", proposer_id=9, made_at="2026-01-02T03:04:05Z"
    )
    for statement, values in (
        ("INSERT INTO questions VALUES (7, 'bee', 2, '2026-01-02')", {}),
        ("INSERT INTO drafts VALUES ('k', 9, 0, '2026-01-02T03:04:05Z', '{}')", {}),
        (
            "INSERT INTO proposals VALUES (1, 0, 'open', 'f', 9, '2026-01-02T03:04:05Z', :content)",
            {"content": proposal.model_copy(update={"number": 1}).model_dump_json(exclude_defaults=True)},
        ),
        ("INSERT INTO supporters VALUES (1, 10, '2026-01-02T03:04:05Z', NULL, :quiet)", {"quiet": False}),
    ):
        connection.execute(text(statement), values)


def _upgrade_to(connection: Connection, form: str) -> None:
    command.upgrade(migrations._config(connection), form)


async def _in_form(url: str, form: str, fill: Callable[[Connection], None]) -> None:
    """Make a database as an older version left it."""
    engine = create_async_engine(
        read_url(url).url,
        **({"async_creator": _postgres_connector(read_url(url))} if "postgres" in url else {}),
    )
    if file := read_url(url).file:
        file.parent.mkdir()
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade_to, form)
        await connection.run_sync(fill)
    await engine.dispose()


@pytest.mark.parametrize(
    ("form", "fill"),
    [("0001", _fill_first_form), ("0002", _fill_second_form), ("0003", _fill_third_form)],
    ids=["0001", "0002", "0003"],
)
async def test_an_older_database_is_brought_up_to_date(
    url: str, form: str, fill: Callable[[Connection], None]
) -> None:
    """All that an older version wrote is there and can be read, and the tables are as in a new database."""
    await _in_form(url, form, fill)
    async with Database.open(url) as database:
        storage = Storage(database)
        async with database.reading() as connection:
            assert await connection.run_sync(_drift) == []
            expected = {table.primary_key.name for table in metadata.sorted_tables}
            assert expected <= await connection.run_sync(_names)
        assert await storage.load() == ([NEW], 5)
        assert [(one.guild_id, one.copy) for one in await storage.copies()] == [(7, Copy(OURS, None))]
        revisions = await storage.since(0)
        assert [(one.number, one.change, one.before, one.after) for one in revisions] == [
            (1, 1, None, OLD),
            (2, 2, OLD, NEW),
            (3, 3, NEW, OURS),
            (4, 4, None, GONE),
            (5, 5, GONE, None),
        ]
        assert (revisions[2].actor, revisions[2].actor_id, revisions[2].scope.key) == ("Søren", None, 7)
        assert await storage.together(2) == revisions[1:2]
        assert await storage.removed() == revisions[4:]
        assert await storage.setting("shards") == "3"
        entries = await storage.ledger.of("ant")
        assert [(one.revision, one.rank, one.high) for one in entries] == (
            [] if form == "0001" else [(1, 12.5, 20)]
        )
        proposals = await storage.proposals.of(SHARED)
        assert [(one.title, one.proposer_id) for one in proposals] == ([("Bee", 9)] if form == "0003" else [])
        assert await storage.questions.of(Scope(guild_id=7), 5) == ([("bee", 2)] if form == "0003" else [])


async def test_an_older_database_can_be_edited(url: str) -> None:
    """After the upgrade edits go on: numbers from where they were, copies from what they are."""
    await _in_form(url, "0002", _fill_second_form)
    async with Database.open(url) as database:
        storage = Storage(database)
        async with storage.writing(Author(name="Ada", reason="test"), Scope(guild_id=7)) as writer:
            assert await writer.current(["ant"]) == {"ant": OURS}
            await writer.put(NEW)
        async with storage.writing(Author(name="Ada", reason="test")) as shared:
            await shared.put(GONE)
        assert [(one.number, one.kind) for one in (*writer.revisions, *shared.revisions)] == [
            (6, "reset"),
            (7, "add"),
        ]
        assert await storage.copies() == []


async def test_down_from_the_newest_form_and_up_again(url: str) -> None:
    """Taking the newest form back keeps documents and history; what older forms can't hold is let go."""
    async with Database.open(url) as database:
        storage = Storage(database)
        async with storage.writing(Author(name="Ada", reason="test")) as writer:
            await writer.put(OLD)
        async with storage.writing(Author(name="Ada", reason="test"), Scope(guild_id=7)) as writer:
            await writer.remove("ant")
        async with database.writing() as connection:
            await connection.run_sync(lambda sync: command.downgrade(migrations._config(sync), "0002"))
            await connection.run_sync(migrations.upgrade)
            assert await connection.run_sync(_drift) == []
        assert await storage.load() == ([OLD], 2)
        assert await storage.copies() == []
        assert [one.change for one in await storage.since(0)] == [1, 2]


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
