"""The ledger's entries in the database: written with the edits that cause them, or for a day."""

from __future__ import annotations

import zlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json
from sqlalchemy import delete, func, insert, select

from catalog.errors import StorageError
from catalog.ledger import Cause, Entry, Last, of_day
from catalog.rank import Component, by_name
from catalog.revision import SHARED, Scope
from catalog.storage.rows import BATCH
from catalog.tables import ledger, tools
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from catalog.database import Database
    from catalog.rank import Rank

#: How long every entry is kept; of what is older, the last one of each month.
KEPT_DAYS: Final = 366
#: What most entries say, for the compressor to point to; it takes a third off every row. Rows can't be read without
#: the one they were written with: it is never changed, whatever becomes of the components that it was made of.
_DICTIONARY: Final = Path(__file__).with_name("ledger.dictionary").read_bytes()
_COMPONENTS: TypeAdapter[tuple[Component, ...]] = TypeAdapter(tuple[Component, ...])


class Ledger:
    """Reads and writes what became of ranks. An edit's entries are made by `Writer`, in its transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, slug: str, scope: Scope = SHARED) -> list[Entry]:
        """Read a tool's entries, oldest first.

        Raises:
            StorageError: the database refused, or holds an entry that the code doesn't understand.
        """
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(ledger)
                .where(ledger.c.scope == scope.key, ledger.c.slug == slug)
                .order_by(ledger.c.number)
            )
            found = rows.all()
        return [_read(row) async for row in in_turns(found)]

    async def note(self, ranks: Iterable[tuple[Scope, Rank]], *, day: date, revision: int) -> int:
        """Add the entries that are due for a day, in turns with everybody else; say how many.

        Any number of processes may do this at once. What a tool's last entry was is looked up again in the very
        transaction that adds one, and writers take turns: of two that find the same entry due, the second finds
        that there is a newer one. The table's key would refuse a second one even so.

        Args:
            ranks: of whose documents, and as they are on that day; computed one by one as they are asked for.
            day: the day.
            revision: the newest revision that the ranks reflect; a tool that was edited after it is left out, as
                its edit has made its own entry.

        Raises:
            StorageError: the database refused; what was added before stays, and isn't added again.
        """
        known = await self._last()
        added, due = 0, []
        async for scope, judged in in_turns(ranks):
            last = known.get((scope.key, judged.slug))
            if entry := of_day(scope, judged, last, day):
                due.append((entry, last))
            if len(due) == BATCH:
                added += await self._add(due, day, revision)
                due = []
        return added + (await self._add(due, day, revision) if due else 0)

    async def thin(self, today: date) -> int:
        """Delete what is over a year old but for the last entry of each month; say how many entries that was.

        A tool's newest entry is the last of its month, so it stays however old it is.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        # Whole months only, or the last entry of one would be another one the next time.
        until = date.fromordinal(today.toordinal() - KEPT_DAYS).replace(day=1).isoformat()
        month = func.substr(ledger.c.made_at, 1, 7)
        old = ledger.c.made_at < until
        lasts = select(func.max(ledger.c.number)).where(old).group_by(ledger.c.scope, ledger.c.slug, month)
        goes = (old, ledger.c.number.not_in(lasts))
        # Most days there are none, and then nobody has to wait for this.
        async with self._database.reading() as connection:
            if not await connection.scalar(select(func.count()).select_from(ledger).where(*goes)):
                return 0
        async with self._database.writing() as connection:
            return (await connection.execute(delete(ledger).where(*goes))).rowcount

    async def _last(self) -> dict[tuple[int, str], Last]:
        """Read every tool's last entry, by scope and slug."""
        found: dict[tuple[int, str], Last] = {}
        async with self._database.reading() as connection:
            rows = await connection.stream(_lasts())
            async for batch in rows.partitions(BATCH):
                found |= {(row.scope, row.slug): Last(*row[2:]) for row in batch}
        return found

    async def _add(self, due: Sequence[tuple[Entry, Last | None]], day: date, revision: int) -> int:
        entries: list[Entry] = []
        async with self._database.writing() as connection:
            for scope in {entry.scope for entry, _ in due}:
                mine = {entry.slug: (entry, last) for entry, last in due if entry.scope == scope}
                still = select(tools.c.slug).where(tools.c.scope == scope.key, tools.c.slug.in_(mine))
                there = set(await connection.scalars(still.where(tools.c.revision <= revision)))
                rows = await connection.execute(_lasts(ledger.c.scope == scope.key, ledger.c.slug.in_(mine)))
                newest = {row.slug: row.number for row in rows}
                # Two versions of the program on one database could take turns with their formulas all day long.
                once = select(ledger.c.slug, ledger.c.cause).where(
                    ledger.c.scope == scope.key, ledger.c.slug.in_(mine), ledger.c.mark == day.toordinal()
                )
                made = {(row.slug, row.cause) for row in await connection.execute(once)}
                entries += [
                    entry
                    for slug, (entry, last) in mine.items()
                    if slug in there
                    and newest.get(slug) == (last and last.number)
                    and (slug, entry.cause.value) not in made
                ]
            await enter(connection, entries)
        return len(entries)


async def enter(connection: AsyncConnection, entries: Sequence[Entry]) -> None:
    """Add entries, in their order, within a writer's transaction."""
    if not entries:
        return
    # Writers take turns, as for revisions; the newest entry is never deleted.
    number = await connection.scalar(select(func.max(ledger.c.number))) or 0
    rows = [_row(number + place, entry) async for place, entry in in_turns(list(enumerate(entries, 1)))]
    await connection.execute(insert(ledger), rows)


async def entered(connection: AsyncConnection, scope: Scope, slugs: Sequence[str]) -> set[str]:
    """Give those of some slugs that have an entry."""
    if not slugs:
        return set()
    mine = select(ledger.c.slug).where(ledger.c.scope == scope.key, ledger.c.slug.in_(slugs)).distinct()
    return set(await connection.scalars(mine))


def _lasts(*which: Any) -> Select[Any]:  # noqa: ANN401 (SQLAlchemy's conditions)
    newest = select(func.max(ledger.c.number)).where(*which).group_by(ledger.c.scope, ledger.c.slug)
    columns = (ledger.c[name] for name in ("scope", "slug", *Last._fields))
    return select(*columns).where(ledger.c.number.in_(newest))


def _row(number: int, entry: Entry) -> dict[str, Any]:
    day = date.fromisoformat(entry.day)
    return {
        "number": number,
        "scope": entry.scope.key,
        "slug": entry.slug,
        "made_at": entry.made_at,
        "cause": entry.cause.value,
        "mark": day.toordinal() if entry.revision is None else entry.revision,
        "formula": entry.formula,
        "rank": entry.rank,
        "low": entry.low,
        "high": entry.high,
        "factor": entry.factor,
        "components": _deflated(to_json(by_name(entry.components))),
    }


def _read(row: Row[Any]) -> Entry:
    try:
        return Entry(
            scope=Scope(guild_id=row.scope or None),
            slug=row.slug,
            made_at=row.made_at,
            cause=Cause(row.cause),
            revision=row.mark if row.cause == Cause.EDIT else None,
            formula=row.formula,
            rank=row.rank,
            low=row.low,
            high=row.high,
            factor=row.factor,
            components=_COMPONENTS.validate_json(_inflated(row.components)),
        )
    except (ValidationError, zlib.error) as error:
        raise StorageError(
            f"Entry {row.number} of the ledger, for {row.slug!r}, can't be understood; it was written by another "
            "version or edited by hand. Restore a backup or delete it."
        ) from error


def _deflated(text: bytes) -> bytes:
    compressor = zlib.compressobj(zdict=_DICTIONARY)
    return compressor.compress(text) + compressor.flush()


def _inflated(packed: bytes) -> bytes:
    inflater = zlib.decompressobj(zdict=_DICTIONARY)
    return inflater.decompress(packed) + inflater.flush()
