"""Documents and their revisions in the database.

Reading gives whole documents; writing goes through one `Writer` a transaction, which adds a revision to the
change log for every document that really changes. What is acknowledged (the ``async with`` block is left
without an error) is on the disk; what isn't, never happened.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.errors import StorageError
from catalog.models import SHARED, Revision, RevisionKind, Scope, Tool
from catalog.tables import revisions, settings, tools
from catalog.text import Line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

    from sqlalchemy import Row, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    from catalog.database import Database

#: How many documents go to or come from the database at a time; between two batches others get a turn.
_BATCH = 500
_LINE: TypeAdapter[str] = TypeAdapter(Line)


class Writer:
    """One transaction's edits of one scope. Made by `Storage.writing`.

    Edits are gathered and sent in batches, so thousands of them are quick. The writer reads its own edits.
    """

    def __init__(
        self, connection: AsyncConnection, *, postgres: bool, scope: Scope, actor: str, reason: str
    ) -> None:
        self._connection = connection
        self._insert: Any = postgresql.insert if postgres else sqlite.insert
        self._scope = scope
        self._actor = actor
        self._reason = reason
        # Slugs and what is to become of their documents, in order; None removes.
        self._pending: list[tuple[str, Tool | None]] = []
        # What the transaction has seen; writers take turns, so nobody else changes it meanwhile.
        self._seen: dict[str, Tool | None] = {}
        self._revisions: list[Revision] = []

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions made, in order; complete once the ``async with`` block has been left."""
        return tuple(self._revisions)

    async def current(self, slugs: Iterable[str]) -> dict[str, Tool]:
        """Give those of the named documents that exist, by slug, as this transaction sees them."""
        await self.flush()
        slugs = tuple(dict.fromkeys(slugs))
        await self._see(slugs)
        return {slug: tool for slug in slugs if (tool := self._seen[slug]) is not None}

    async def put(self, tool: Tool) -> None:
        """Add a document, or change the one filed under its slug.

        When the stored document is the same already, that makes no revision. What was made of it is in
        `revisions` after the block.
        """
        await self._intend(tool.slug, tool)

    async def remove(self, slug: str) -> None:
        """Remove a document; its history stays. When there is none, that makes no revision."""
        await self._intend(slug, None)

    async def _intend(self, slug: str, tool: Tool | None) -> None:
        self._pending.append((slug, tool))
        if len(self._pending) >= _BATCH:
            await self.flush()

    async def _see(self, slugs: Iterable[str]) -> None:
        """Read those of some documents that the transaction hasn't seen yet."""
        unseen = [slug for slug in slugs if slug not in self._seen]
        mine = select(tools.c.slug, tools.c.document).where(tools.c.scope == self._scope.key)
        for start in range(0, len(unseen), _BATCH):
            batch = unseen[start : start + _BATCH]
            rows = await self._connection.execute(mine.where(tools.c.slug.in_(batch)))
            self._seen |= dict.fromkeys(batch) | {slug: _read(slug, document) for slug, document in rows}

    async def flush(self) -> None:
        """Send what is pending to the database. Leaving the ``async with`` block does it too."""
        pending, self._pending = self._pending, []
        await self._see(dict.fromkeys(slug for slug, _ in pending))
        # Writers take turns and no revision is ever deleted, so the next number is free and none is skipped.
        number = await self._connection.scalar(select(func.max(revisions.c.number))) or 0
        made: list[Revision] = []
        for slug, after in pending:
            before, self._seen[slug] = self._seen[slug], after
            if after != before:
                made.append(self._revision(number + len(made) + 1, slug, before, after))
        if made:
            rows = [_row(revision) for revision in made]
            await self._connection.execute(insert(revisions), rows)
            await self._file(rows)
            self._revisions += made

    def _revision(self, number: int, slug: str, before: Tool | None, after: Tool | None) -> Revision:
        kind = RevisionKind.CHANGE if before else RevisionKind.ADD
        if after is None:
            kind = RevisionKind.REMOVE
        return Revision(
            number=number,
            scope=self._scope,
            slug=slug,
            kind=kind,
            before=before,
            after=after,
            actor=self._actor,
            reason=self._reason,
            made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    async def _file(self, made: Sequence[Mapping[str, Any]]) -> None:
        # Of several edits of one document within a batch only the last one is the document.
        last = {row["slug"]: row for row in made}
        gone = [slug for slug, row in last.items() if row["after"] is None]
        rows = [
            {"scope": row["scope"], "slug": slug, "document": row["after"], "revision": row["number"]}
            for slug, row in last.items()
            if row["after"] is not None
        ]
        if gone:
            await self._connection.execute(
                delete(tools).where(tools.c.scope == self._scope.key, tools.c.slug.in_(gone))
            )
        if rows:
            await self._connection.execute(_upsert(self._insert, tools), rows)


class Storage:
    """Reads and writes the catalog's documents, revisions and settings in an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
            async for batch in rows.partitions(_BATCH):
                found += [_read(slug, document) for slug, document in batch]
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
            return [(row.scope, _read(row.slug, row.document), row.made_at) for row in rows]

    async def get(self, slug: str, scope: Scope = SHARED) -> Tool | None:
        """Read one document; None when the scope has none under that slug.

        Raises:
            StorageError: as `load`.
        """
        async with self._database.reading() as connection:
            document = await connection.scalar(
                select(tools.c.document).where(tools.c.scope == scope.key, tools.c.slug == slug)
            )
        return None if document is None else _read(slug, document)

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
            async for batch in rows.partitions(_BATCH):
                found += map(_revision, batch)
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
            return [_revision(row) for row in rows]

    async def setting(self, key: str) -> str | None:
        """Read a setting; None when it was never set.

        Raises:
            StorageError: the database refused.
        """
        async with self._database.reading() as connection:
            return await connection.scalar(select(settings.c.value).where(settings.c.key == key))

    async def set_setting(self, key: str, value: str) -> None:
        """Keep a setting, in place of what it was.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        dialect: Any = postgresql.insert if self._database.is_postgres else sqlite.insert
        async with self._database.writing() as connection:
            await connection.execute(_upsert(dialect, settings), [{"key": key, "value": value}])


def _upsert(dialect_insert: Any, table: Table) -> Any:  # noqa: ANN401 (the two dialects share no base)
    statement = dialect_insert(table)
    return statement.on_conflict_do_update(
        index_elements=table.primary_key.columns,
        set_={
            column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key
        },
    )


def _write(tool: Tool | None) -> str | None:
    return None if tool is None else tool.model_dump_json(exclude_defaults=True)


def _read(slug: str, document: str) -> Tool:
    try:
        return Tool.model_validate_json(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "document"
        raise StorageError(
            f"The stored document of {slug!r} can't be understood ({place}: {first['msg']}); "
            "it was written by another version or edited by hand. Restore a backup or correct it."
        ) from error


def _row(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "scope": revision.scope.key,
        "slug": revision.slug,
        "kind": revision.kind.value,
        "before": _write(revision.before),
        "after": _write(revision.after),
        "actor": revision.actor,
        "reason": revision.reason,
        "made_at": revision.made_at,
    }


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        number=row.number,
        scope=Scope(guild_id=row.scope or None),
        slug=row.slug,
        kind=RevisionKind(row.kind),
        before=None if row.before is None else _read(row.slug, row.before),
        after=None if row.after is None else _read(row.slug, row.after),
        actor=row.actor,
        reason=row.reason,
        made_at=row.made_at,
    )
