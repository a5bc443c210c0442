"""Leases: what only one process may do at a time, whichever of them comes first.

A lease holds until a moment that its holder moves on while it works. Who is killed gives nothing back, so what they
held is free once that moment has passed. Processes are expected to agree on the time to within a few seconds; where a
clock was ahead by more than a day, what it left behind is no lease.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.moments import moment
from catalog.tables import leases

if TYPE_CHECKING:
    from catalog.database import Database


#: Nobody takes a lease for so long: who seems to have one has, or had, a clock that is wrong.
_NEVER: Final = timedelta(days=1)


class Lease(NamedTuple):
    """Who does what only one process may do, and until which moment that holds unless they say so again."""

    name: str
    holder: str
    until: str


class Leases:
    """Takes leases and gives them back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, lease: Lease, now: str) -> bool:
        """Take a lease that nobody holds at a moment, or go on holding it; say whether that is so.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        dialect: Any = postgresql.insert if self._database.is_postgres else sqlite.insert
        statement = dialect(leases).values(lease._asdict())
        # One statement: between looking and taking there is no moment in which another one could take it.
        taking = statement.on_conflict_do_update(
            index_elements=[leases.c.name],
            set_={"holder": statement.excluded.holder, "until": statement.excluded.until},
            where=or_(leases.c.until <= now, leases.c.until > _beyond(now), leases.c.holder == lease.holder),
        ).returning(leases.c.holder)
        async with self._database.writing() as connection:
            return (await connection.execute(taking)).first() is not None

    async def give_back(self, lease: Lease) -> None:
        """Let a lease go; one that another holds by now stays theirs.

        Raises:
            StorageError: the database refused; the lease runs out by itself.
        """
        mine = (leases.c.name == lease.name) & (leases.c.holder == lease.holder)
        async with self._database.writing() as connection:
            await connection.execute(delete(leases).where(mine))

    async def held(self, name: str, now: str) -> Lease | None:
        """Tell who holds a lease at a moment; None when nobody does.

        Raises:
            StorageError: the database refused.
        """
        query = select(leases).where(
            leases.c.name == name, leases.c.until > now, leases.c.until <= _beyond(now)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else Lease(row.name, row.holder, row.until)


def _beyond(now: str) -> str:
    return moment(datetime.fromisoformat(now) + _NEVER)
