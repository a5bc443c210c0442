"""One transaction's edits: documents, their revisions, and what they do to ranks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.ledger import of_edit, unranked
from catalog.models import Revision, RevisionKind, Scope, Tool
from catalog.storage.ledger import enter, entered
from catalog.storage.rows import BATCH, read, row_of, upsert
from catalog.tables import revisions, tools
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from catalog.ledger import Entry


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
        if len(self._pending) >= BATCH:
            await self.flush()

    async def _see(self, slugs: Iterable[str]) -> None:
        """Read those of some documents that the transaction hasn't seen yet."""
        unseen = [slug for slug in slugs if slug not in self._seen]
        mine = select(tools.c.slug, tools.c.document).where(tools.c.scope == self._scope.key)
        for start in range(0, len(unseen), BATCH):
            batch = unseen[start : start + BATCH]
            rows = await self._connection.execute(mine.where(tools.c.slug.in_(batch)))
            self._seen |= dict.fromkeys(batch) | {slug: read(slug, document) for slug, document in rows}

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
            rows = [row_of(revision) for revision in made]
            await self._connection.execute(insert(revisions), rows)
            await self._file(rows)
            # In the same transaction: an edit that is acknowledged has its entry, one that isn't has none, and
            # whoever tries again after an error can't make a second one.
            await enter(self._connection, await self._entries(made))
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

    async def _entries(self, made: Sequence[Revision]) -> list[Entry]:
        """Give the ledger's entries for revisions."""
        added = [revision.slug for revision in made if revision.kind is RevisionKind.ADD]
        known = await entered(self._connection, self._scope, added)
        entries: list[Entry] = []
        # Thousands of ranks take a while; the next batch of an import isn't worth a pause of everybody else.
        async for revision in in_turns(made):
            entry = of_edit(revision)
            if entry is None and revision.before is None and revision.after and revision.slug in known:
                # It comes back without figures, where the last that was said of it is that it is gone.
                entry = unranked(revision, revision.after)
            if entry:
                entries.append(entry)
                known.add(revision.slug)
        return entries

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
            await self._connection.execute(upsert(self._insert, tools), rows)
