"""What is in the database: documents, revisions and settings, and beside them all else that is kept."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import exists, func, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from catalog.revision import SHARED, RevisionKind
from catalog.storage.drafts import Drafts
from catalog.storage.fetches import Fetches
from catalog.storage.leases import Leases
from catalog.storage.ledger import Ledger
from catalog.storage.privacy import Privacy
from catalog.storage.proposals import Proposals
from catalog.storage.questions import Questions
from catalog.storage.rows import BATCH, copy_of, read, revision_of, upsert
from catalog.storage.writer import Writer
from catalog.tables import revisions, settings, tools
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from sqlalchemy import Select

    from catalog.database import Database
    from catalog.editing.copies import Copy
    from catalog.models import Tool
    from catalog.revision import Author, Revision, Scope


class Owned(NamedTuple):
    """What a guild has of its own under a slug, and when that was made of it (as `Revision.made_at`)."""

    guild_id: int
    slug: str
    copy: Copy
    made_at: str


class Storage:
    """Reads and writes the catalog's documents, revisions and settings in an open database.

    Attributes:
        ledger: what became of ranks, and why.
        proposals: what members would like to be changed.
        drafts: what somebody works on.
        questions: what people ask for by name.
        privacy: takes people out of all this.
        fetches: what live sources said, and when they are asked again.
        leases: what only one process may do at a time.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.ledger = Ledger(database)
        self.proposals = Proposals(database)
        self.drafts = Drafts(database)
        self.questions = Questions(database)
        self.privacy = Privacy(database)
        self.fetches = Fetches(database)
        self.leases = Leases(database)

    async def load(self, scope: Scope = SHARED) -> tuple[list[Tool], int]:
        """Read all documents of a scope, by slug, and the number of the newest revision of any scope.

        Both are of one moment: `since` that number gives exactly the edits that the documents lack. The
        number is 0 when nothing was ever written. Of a guild these are its copies, as it last saved them.

        Raises:
            StorageError: the database refused, or holds a document that the code doesn't understand.
        """
        found: list[Tool] = []
        async with self._database.reading() as connection:
            newest = await connection.scalar(select(func.max(revisions.c.number)))
            rows = await connection.stream(
                select(tools.c.slug, tools.c.document)
                .where(tools.c.scope == scope.key, tools.c.document.is_not(None))
                .order_by(tools.c.slug)
            )
            async for batch in rows.partitions(BATCH):
                found += [read(slug, document) for slug, document in batch]
        return found, newest or 0

    async def copies(self, of: Sequence[tuple[int, str]] | None = None) -> list[Owned]:
        """Read what guilds have of their own; with `of`, only under these pairs of scope key and slug.

        Raises:
            StorageError: as `load`.
        """
        query = (
            select(tools, revisions.c.made_at)
            .join(revisions, revisions.c.number == tools.c.revision)
            .where(tools.c.scope != SHARED.key)
        )
        pairs = tuple_(tools.c.scope, tools.c.slug)
        batches = (
            [query]
            if of is None
            else [query.where(pairs.in_(of[start : start + BATCH])) for start in range(0, len(of), BATCH)]
        )
        async with self._database.reading() as connection:
            return [
                Owned(row.scope, row.slug, copy_of(row), row.made_at)
                for batch in batches
                async for row in in_turns(await connection.execute(batch))
            ]

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
    async def writing(self, author: Author, scope: Scope = SHARED) -> AsyncIterator[Writer]:
        """Edit documents in one transaction: all of the block's edits are kept, or (on an error) none.

        Writers take turns; keep the block short, and ask people before it, not within.

        Args:
            author: who edits, and why.
            scope: whose documents.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._database.writing() as connection:
            writer = Writer(connection, postgres=self._database.is_postgres, scope=scope, author=author)
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
                found += [revision_of(row) async for row in in_turns(batch)]
        return found

    async def history(
        self, slug: str, scope: Scope = SHARED, limit: int = 50, skipped: int = 0
    ) -> list[Revision]:
        """Read a document's revisions, newest first; they stay when it is removed.

        Args:
            slug: whose.
            scope: in whose catalog.
            limit: how many at most.
            skipped: how many of the newest are left out, as those of earlier pages.

        Raises:
            StorageError: as `load`.
        """
        return await self._revisions(_newest(_numbers(scope).where(revisions.c.slug == slug), limit, skipped))

    async def recent(self, scope: Scope = SHARED, limit: int = 50) -> list[Revision]:
        """Read the last revisions of all of a scope's documents, newest first.

        Raises:
            StorageError: as `load`.
        """
        return await self._revisions(_newest(_numbers(scope), limit))

    async def revision(self, number: int) -> Revision | None:
        """Read one revision; None when there is none of that number.

        Raises:
            StorageError: as `load`.
        """
        found = await self._revisions(select(revisions).where(revisions.c.number == number))
        return found[0] if found else None

    async def together(self, change: int) -> list[Revision]:
        """Read the revisions that were made together (`Revision.change`), oldest first.

        Raises:
            StorageError: as `load`.
        """
        # One that was written before changes were numbered is its own.
        alone = revisions.c.change.is_(None) & (revisions.c.number == change)
        mine = select(revisions).where(or_(revisions.c.change == change, alone))
        return await self._revisions(mine.order_by(revisions.c.number))

    async def removed(self, scope: Scope = SHARED, limit: int = 50) -> list[Revision]:
        """Read what took away what the scope doesn't see any more, newest first: one revision a document.

        A tool that a guild had of its own and that is in the shared catalog by now is one that it sees.

        Raises:
            StorageError: as `load`.
        """
        there = select(tools.c.slug).where(tools.c.scope == scope.key, tools.c.document.is_not(None))
        last = (
            select(func.max(revisions.c.number))
            .where(revisions.c.scope == scope.key, revisions.c.slug.not_in(there))
            .group_by(revisions.c.slug)
        )
        seen = exists().where(tools.c.scope == SHARED.key, tools.c.slug == revisions.c.slug)
        hidden = revisions.c.kind == RevisionKind.HIDE
        gone = or_(hidden, (revisions.c.kind == RevisionKind.REMOVE) & ~seen)
        query = select(revisions).where(revisions.c.number.in_(last), gone)
        return await self._revisions(query.order_by(revisions.c.number.desc()).limit(limit))

    async def editors(self, scope: Scope) -> set[int]:
        """Read who has edited a scope's documents, by their Discord ids.

        Raises:
            StorageError: the database refused.
        """
        query = select(revisions.c.actor_id).distinct().where(revisions.c.scope == scope.key)
        async with self._database.reading() as connection:
            return {user for user in await connection.scalars(query) if user is not None}

    async def _revisions(self, query: Select[Any]) -> list[Revision]:
        async with self._database.reading() as connection:
            return [revision_of(row) async for row in in_turns(await connection.execute(query))]

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
        await self.change_setting(key, lambda _: value)

    async def change_setting(self, key: str, change: Callable[[str | None], str]) -> str:
        """Keep what a setting becomes, made of what it is at that moment (None: never set); give it.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        dialect: Any = postgresql.insert if self._database.is_postgres else sqlite.insert
        async with self._database.writing() as connection:
            value = change(await connection.scalar(select(settings.c.value).where(settings.c.key == key)))
            await connection.execute(upsert(dialect, settings), [{"key": key, "value": value}])
        return value


def _numbers(scope: Scope) -> Select[Any]:
    """Ask for the numbers of a scope's revisions."""
    return select(revisions.c.number).where(revisions.c.scope == scope.key)


def _newest(numbers: Select[Any], limit: int, skipped: int = 0) -> Select[Any]:
    """Ask for the newest of some revisions but for so many, newest first."""
    # The numbers stand in an index; where whole rows are sorted, all documents are read for the sake of a page.
    few = numbers.order_by(revisions.c.number.desc()).limit(limit).offset(skipped)
    return select(revisions).where(revisions.c.number.in_(few)).order_by(revisions.c.number.desc())
