"""One transaction's edits: documents, their revisions, and what they do to ranks."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.editing.copies import Copy
from catalog.ledger import formula, of_edit, unranked
from catalog.proposals import ProposalState
from catalog.revision import SHARED, Author, Revision, RevisionKind, Scope
from catalog.storage.ledger import enter, entered
from catalog.storage.proposals import keep
from catalog.storage.rows import BATCH, copy_of, row_of, upsert, write
from catalog.tables import revisions, tools
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from catalog.editing.threeway import Merged, Side
    from catalog.ledger import Entry
    from catalog.models import Tool
    from catalog.proposals import Proposal


class _Intent(NamedTuple):
    """What is to become of a document; `settled` where the shared one has been taken note of."""

    slug: str
    after: Tool | None
    settled: bool = False


class _Made(NamedTuple):
    """A revision, and what the scope had and has of its own."""

    revision: Revision
    before: Copy | None
    after: Copy | None


class Writer:
    """One transaction's edits of one scope. Made by `Storage.writing`.

    Edits are gathered and sent in batches, so thousands of them are quick. The writer reads its own edits.

    In a guild's scope, documents are what the guild sees: its copies, and for all else the shared ones. A document
    that becomes another one makes a copy, one that becomes the shared one gives the copy up, and a shared one that is
    removed is hidden from the guild alone.
    """

    def __init__(self, connection: AsyncConnection, *, postgres: bool, scope: Scope, author: Author) -> None:
        self._connection = connection
        self._insert: Any = postgresql.insert if postgres else sqlite.insert
        self._scope = scope
        self._author = author
        self._change: int | None = None
        self._pending: list[_Intent] = []
        # What the transaction has seen; writers take turns, so nobody else changes it meanwhile.
        self._own: dict[str, Copy | None] = {}
        self._shared: dict[str, Copy | None] = {}
        self._revisions: list[Revision] = []

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions made, in order; complete once the ``async with`` block has been left."""
        return tuple(self._revisions)

    @property
    def change(self) -> int | None:
        """The number by which all that was written can be undone together; None before anything was."""
        return self._change

    async def current(self, slugs: Iterable[str]) -> dict[str, Tool]:
        """Give those of the named documents that the scope sees, by slug, as this transaction sees them."""
        await self.flush()
        slugs = tuple(dict.fromkeys(slugs))
        await self._see(slugs)
        return {slug: tool for slug in slugs if (tool := self._sees(slug)) is not None}

    async def owned(self) -> int:
        """Count what a guild has of its own, as this transaction sees it; the shared catalog has nothing so."""
        if self._scope == SHARED:
            return 0
        await self.flush()
        mine = select(func.count()).select_from(tools).where(tools.c.scope == self._scope.key)
        return await self._connection.scalar(mine) or 0

    async def rebased(self, slug: str, choices: Mapping[str, Side]) -> Merged | None:
        """Hold a guild's copy against the shared document, as `Copy.over`; None where it has none."""
        await self.current([slug])
        own = self._own[slug]
        return own.over(self._shared_one(slug), choices) if own else None

    async def put(self, tool: Tool, *, settled: bool = False) -> None:
        """Add a document, or change the one filed under its slug.

        When the scope sees the same already, that makes no revision. What was made of it is in `revisions` after
        the block. `settled` says of a guild's copy that it was held against the shared document as it is now.
        """
        await self._intend(_Intent(tool.slug, tool, settled))

    async def remove(self, slug: str) -> None:
        """Remove a document; its history stays. When there is none, that makes no revision."""
        await self._intend(_Intent(slug, None))

    async def decide(self, proposal: Proposal, expecting: Collection[ProposalState]) -> Proposal:
        """Keep a proposal with the edits of this transaction: both, or (on an error) neither.

        One that is approved is given the number of the change that the transaction makes, if it has none.

        Raises:
            DecidedError: it is in none of the expected states by now.
            EditError: there is no such proposal.
            StorageError: the database refused.
        """
        await self.flush()
        if proposal.state is ProposalState.APPROVED and proposal.revision is None:
            proposal = proposal.model_copy(update={"revision": self._change})
        return await keep(self._connection, proposal, expecting)

    async def _intend(self, intent: _Intent) -> None:
        self._pending.append(intent)
        if len(self._pending) >= BATCH:
            await self.flush()

    async def _see(self, slugs: Iterable[str]) -> None:
        """Read those of some documents that the transaction hasn't seen yet."""
        unseen = [slug for slug in slugs if slug not in self._own]
        await self._read(self._scope, unseen, self._own)
        if self._scope != SHARED:
            await self._read(SHARED, unseen, self._shared)

    async def _read(self, scope: Scope, slugs: Sequence[str], into: dict[str, Copy | None]) -> None:
        query = select(tools).where(tools.c.scope == scope.key)
        for start in range(0, len(slugs), BATCH):
            batch = slugs[start : start + BATCH]
            rows = await self._connection.execute(query.where(tools.c.slug.in_(batch)))
            into |= dict.fromkeys(batch) | {row.slug: copy_of(row) for row in rows}

    def _shared_one(self, slug: str) -> Tool | None:
        shared = self._shared.get(slug)
        return shared.document if shared else None

    def _sees(self, slug: str) -> Tool | None:
        own, shared = self._own[slug], self._shared_one(slug)
        return own.over(shared).document if own else shared

    async def flush(self) -> None:
        """Send what is pending to the database. Leaving the ``async with`` block does it too."""
        pending, self._pending = self._pending, []
        await self._see(dict.fromkeys(intent.slug for intent in pending))
        # Writers take turns and no revision is ever deleted, so the next number is free and none is skipped.
        number = await self._connection.scalar(select(func.max(revisions.c.number))) or 0
        made: list[_Made] = []
        async for intent in in_turns(pending):
            before, had = self._sees(intent.slug), self._own[intent.slug]
            has = self._kept(intent, had)
            if intent.after != before or self._is_moved(intent, had, has):
                self._own[intent.slug] = has
                revision = self._revision(number + len(made) + 1, intent, before, has)
                made.append(_Made(revision, had, has))
        if made:
            await self._connection.execute(
                insert(revisions), [row_of(one.revision) async for one in in_turns(made)]
            )
            await self._file(made)
            # In the same transaction: an edit that is acknowledged has its entry, one that isn't has none, and
            # whoever tries again after an error can't make a second one.
            await enter(self._connection, await self._entries(made))
            self._revisions += [one.revision for one in made]

    def _kept(self, intent: _Intent, had: Copy | None) -> Copy | None:
        """Say what the scope has of its own once a document has become another one."""
        shared = self._shared_one(intent.slug)
        if shared is None and had is not None and had.base is not None:
            # It may come back: then the copy, or that it is hidden, is held against what it was made of.
            return Copy(intent.after, had.base)
        if intent.after == shared:
            return None
        if intent.after is None or had is None or intent.settled:
            return Copy(intent.after, shared)
        # While a conflict is open, the copy is held against the shared document as it was before it; unless that
        # would show something else than was put, where the edit takes back what the shared document brought.
        open_still = Copy(intent.after, had.base)
        keeps = had.over(shared).conflicts and open_still.over(shared).document == intent.after
        return open_still if keeps else Copy(intent.after, shared)

    @staticmethod
    def _is_moved(intent: _Intent, had: Copy | None, has: Copy | None) -> bool:
        """Say whether a document that is seen as before stands on something else now: that is worth a revision."""
        given_up = had is not None and had.document is not None and has is None
        return had != has and (intent.settled or given_up)

    def _revision(self, number: int, intent: _Intent, before: Tool | None, has: Copy | None) -> Revision:
        self._change = self._change or number
        if has is None:
            kind = RevisionKind.RESET if intent.after else RevisionKind.REMOVE
        elif has.document is None:
            kind = RevisionKind.HIDE
        else:
            kind = RevisionKind.CHANGE if before else RevisionKind.ADD
        return Revision(
            number=number,
            scope=self._scope,
            slug=intent.slug,
            kind=kind,
            before=before,
            after=intent.after,
            actor=self._author.name,
            reason=self._author.reason,
            made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            change=self._change,
            actor_id=self._author.user_id,
            interaction_id=self._author.interaction_id,
        )

    async def _entries(self, made: Sequence[_Made]) -> list[Entry]:
        """Give the ledger's entries for revisions."""
        added = [one.revision.slug for one in made if _own(one.before, one.revision.before) is None]
        known = await entered(self._connection, self._scope, added)
        # The first of a process takes tens of milliseconds, in which everybody else would have to wait.
        await asyncio.to_thread(formula)
        entries: list[Entry] = []
        # Thousands of ranks take a while; the next batch of an import isn't worth a pause of everybody else.
        async for one in in_turns(made):
            # A scope's entries are about what it has of its own: the first copy begins its story. Both documents
            # are as they were seen: what the shared one brought meanwhile is no doing of this edit.
            before, after = _own(one.before, one.revision.before), _own(one.after, one.revision.after)
            own = one.revision.model_copy(update={"before": before, "after": after})
            entry = of_edit(own)
            if entry is None and own.before is None and own.after and own.slug in known:
                # It comes back without figures, where the last that was said of it is that it is gone.
                entry = unranked(own, own.after)
            if entry:
                entries.append(entry)
                known.add(own.slug)
        return entries

    async def _file(self, made: Sequence[_Made]) -> None:
        # Of several edits of one document within a batch only the last one is the document.
        last = {one.revision.slug: one for one in made}
        gone = [slug for slug, one in last.items() if one.after is None]
        rows = [
            {
                "scope": self._scope.key,
                "slug": slug,
                "document": write(one.after.document),
                "revision": one.revision.number,
                "base": write(one.after.base),
            }
            for slug, one in last.items()
            if one.after is not None
        ]
        if gone:
            await self._connection.execute(
                delete(tools).where(tools.c.scope == self._scope.key, tools.c.slug.in_(gone))
            )
        if rows:
            await self._connection.execute(upsert(self._insert, tools), rows)


def _own(copy: Copy | None, seen: Tool | None) -> Tool | None:
    """Give what a scope saw, if it had it of its own."""
    return seen if copy and copy.document else None
