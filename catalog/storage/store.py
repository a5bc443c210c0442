"""What is in the database: documents, revisions, settings and the ledger."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.models import SHARED
from catalog.storage.ledger import Ledger
from catalog.storage.rows import BATCH, read, revision_of, upsert
from catalog.storage.writer import Writer
from catalog.tables import revisions, settings, tools
from catalog.text import Line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from catalog.database import Database
    from catalog.models import Revision, Scope, Tool

_LINE: TypeAdapter[str] = TypeAdapter(Line)


class Storage:
    """Reads and writes the catalog's documents, revisions and settings in an open database.

    Attributes:
        ledger: what became of ranks, and why.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.ledger = Ledger(database)

    async def load(self, scope: Scope = SHARED) -> tuple[list[Tool], int]:
        """Read all documents of a scope, by slug, and the number of the newest revision of any scope.

        Both are of one moment: `since` that number gives exactly the edits that the documents lack. The
        number is 0 when nothing was ever written.

        Raises:
            StorageError: the database refused, or holds a document that the code doesn't understand.
        """
        found: list[Tool] = []
        async with self._database.reading() as connection:
            newest = await connection.scalar(select(func.max(revisions.c.number)))
            rows = await connection.stream(
                select(tools.c.slug, tools.c.document)
                .where(tools.c.scope == scope.key)
                .order_by(tools.c.slug)
            )
            async for batch in rows.partitions(BATCH):
                found += [read(slug, document) for slug, document in batch]
        return found, newest or 0

    async def copies(self) -> list[tuple[int, Tool, str]]:
        """Read the documents of all guilds: whose each is, the document, and when it was last changed.

        Raises:
            StorageError: as `load`.
        """
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(tools.c.scope, tools.c.slug, tools.c.document, revisions.c.made_at)
                .join(revisions, revisions.c.number == tools.c.revision)
                .where(tools.c.scope != SHARED.key)
            )
            return [(row.scope, read(row.slug, row.document), row.made_at) for row in rows]

    async def get(self, slug: str, scope: Scope = SHARED) -> Tool | None:
        """Read one document; None when the scope has none under that slug.

        Raises:
            StorageError: as `load`.
        """
        async with self._database.reading() as connection:
            document = await connection.scalar(
                select(tools.c.document).where(tools.c.scope == scope.key, tools.c.slug == slug)
            )
        return None if document is None else read(slug, document)

    @asynccontextmanager
    async def writing(self, *, actor: str, reason: str, scope: Scope = SHARED) -> AsyncIterator[Writer]:
        """Edit documents in one transaction: all of the block's edits are kept, or (on an error) none.

        Writers take turns; keep the block short, and ask people before it, not within.

        Args:
            actor: who edits, one line, as the history shows it.
            reason: why, one line.
            scope: whose documents.

        Raises:
            StorageError: the database refused; nothing was changed.
            pydantic.ValidationError: the actor or reason is empty or too long.
        """
        actor, reason = _LINE.validate_python(actor), _LINE.validate_python(reason)
        async with self._database.writing() as connection:
            writer = Writer(
                connection,
                postgres=self._database.is_postgres,
                scope=scope,
                actor=actor,
                reason=reason,
            )
            yield writer
            await writer.flush()

    async def newest(self) -> int:
        """Give the number of the newest revision, 0 when there is none; cheap enough to poll.

        Raises:
            StorageError: the database refused.
        """
        async with self._database.reading() as connection:
            return await connection.scalar(select(func.max(revisions.c.number))) or 0

    async def last_change(self) -> str | None:
        """Give when the shared catalog's newest revision was made (as `Revision.made_at`); None when there is none.

        Raises:
            StorageError: the database refused.
        """
        async with self._database.reading() as connection:
            shared = select(revisions.c.made_at).where(revisions.c.scope == SHARED.key)
            newest: str | None = await connection.scalar(shared.order_by(revisions.c.number.desc()).limit(1))
            return newest

    async def since(self, number: int) -> list[Revision]:
        """Read all revisions above a number, of every scope, oldest first.

        Numbers grow in the order of commits, so nothing is missed by asking again from the last one seen.

        Raises:
            StorageError: as `load`.
        """
        found: list[Revision] = []
        async with self._database.reading() as connection:
            rows = await connection.stream(
                select(revisions).where(revisions.c.number > number).order_by(revisions.c.number)
            )
            async for batch in rows.partitions(BATCH):
                found += map(revision_of, batch)
        return found

    async def history(self, slug: str, scope: Scope = SHARED, limit: int = 50) -> list[Revision]:
        """Read a document's revisions, newest first; they stay when it is removed.

        Raises:
            StorageError: as `load`.
        """
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(revisions)
                .where(revisions.c.scope == scope.key, revisions.c.slug == slug)
                .order_by(revisions.c.number.desc())
                .limit(limit)
            )
            return [revision_of(row) for row in rows]

    async def setting(self, key: str) -> str | None:
        """Read a setting; None when it was never set.

        Raises:
            StorageError: the database refused.
        """
        async with self._database.reading() as connection:
            return await connection.scalar(select(settings.c.value).where(settings.c.key == key))

    async def settings(self, beginning: str) -> dict[str, str]:
        """Read all settings whose keys begin so.

        Raises:
            StorageError: the database refused.
        """
        query = select(settings.c.key, settings.c.value).where(
            settings.c.key.startswith(beginning, autoescape=True)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return {row.key: row.value for row in rows}

    async def set_setting(self, key: str, value: str) -> None:
        """Keep a setting, in place of what it was.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        dialect: Any = postgresql.insert if self._database.is_postgres else sqlite.insert
        async with self._database.writing() as connection:
            await connection.execute(upsert(dialect, settings), [{"key": key, "value": value}])
