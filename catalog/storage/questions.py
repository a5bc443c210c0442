"""Names as people typed them, and how often, in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.tables import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.ext.asyncio import AsyncConnection

    from catalog.database import Database
    from catalog.revision import Scope

#: Texts that are kept of one guild; the least asked go first, and of equals the oldest.
KEPT: Final = 2000
#: In how many guilds a text must have been asked to be told outside of them: what one guild asks is its own affair.
GUILDS: Final = 2


class Questions:
    """Reads and writes what was asked for by name. `catalog.asked` counts it in memory first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, counts: Mapping[tuple[int, str], int], day: str) -> None:
        """Add counts, by guild and text, of a day (ISO); all of them or, on an error, none.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        if not counts:
            return
        dialect: Any = postgresql.insert if self._database.is_postgres else sqlite.insert
        added = dialect(questions)
        statement = added.on_conflict_do_update(
            index_elements=questions.primary_key.columns,
            set_={
                "count": questions.c["count"] + added.excluded["count"],
                "last_on": added.excluded.last_on,
            },
        )
        rows = [
            {"scope": guild_id, "text": text, "count": count, "last_on": day}
            for (guild_id, text), count in counts.items()
        ]
        async with self._database.writing() as connection:
            await connection.execute(statement, rows)
            await _thin(connection, {guild_id for guild_id, _ in counts})

    async def of(self, scope: Scope, limit: int) -> list[tuple[str, int]]:
        """Read what was asked in a guild, and how often: most asked first.

        Raises:
            StorageError: the database refused.
        """
        query = (
            select(questions.c.text, questions.c["count"])
            .where(questions.c.scope == scope.key)
            .order_by(questions.c["count"].desc(), questions.c.last_on.desc(), questions.c.text)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [(text, count) for text, count in await connection.execute(query)]

    async def everywhere(self, limit: int) -> list[tuple[str, int]]:
        """Read what was asked in several guilds, and how often in all of them: most asked first.

        Raises:
            StorageError: the database refused.
        """
        count = func.sum(questions.c["count"])
        query = (
            select(questions.c.text, count)
            .group_by(questions.c.text)
            .having(func.count() >= GUILDS)
            .order_by(count.desc(), questions.c.text)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            # PostgreSQL adds up numbers of 64 bits as decimals.
            return [(text, int(total)) for text, total in await connection.execute(query)]


async def _thin(connection: AsyncConnection, guilds: Iterable[int]) -> None:
    """Keep no more of each guild than there is room for."""
    counted = select(questions.c.scope).group_by(questions.c.scope).having(func.count() > KEPT)
    for guild_id in await connection.scalars(counted.where(questions.c.scope.in_(guilds))):
        too_many = (
            select(questions.c.text)
            .where(questions.c.scope == guild_id)
            .order_by(questions.c["count"].desc(), questions.c.last_on.desc(), questions.c.text)
            .offset(KEPT)
        )
        goes = questions.c.text.in_(too_many)
        await connection.execute(delete(questions).where(questions.c.scope == guild_id, goes))
