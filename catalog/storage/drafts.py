"""Drafts in the database: what somebody works on outlives the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.drafts import Draft
from catalog.storage.rows import upsert
from catalog.tables import drafts

if TYPE_CHECKING:
    from catalog.database import Database

#: Drafts that are kept of one person; the oldest make room.
KEPT: Final = 20


class Drafts:
    """Reads and writes drafts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, draft: Draft) -> None:
        """Keep a draft, in place of the one with its key; where its owner has too many, the oldest go.

        Raises:
            pydantic.ValidationError: it isn't what a draft may be; `model_copy` checks nothing.
            StorageError: the database refused; nothing was changed.
        """
        # What couldn't be read again is better refused now than gone later.
        draft = Draft.model_validate(draft.model_dump())
        dialect: Any = postgresql.insert if self._database.is_postgres else sqlite.insert
        row = {
            "key": draft.key,
            "owner_id": draft.owner_id,
            "scope": draft.scope.key,
            "made_at": draft.made_at,
            "content": draft.model_dump_json(exclude_defaults=True),
        }
        others = (
            select(drafts.c.key)
            .where(drafts.c.owner_id == draft.owner_id, drafts.c.key != draft.key)
            .order_by(drafts.c.made_at.desc(), drafts.c.key)
            .offset(KEPT - 1)
        )
        async with self._database.writing() as connection:
            await connection.execute(upsert(dialect, drafts), [row])
            await connection.execute(delete(drafts).where(drafts.c.key.in_(others)))

    async def get(self, key: str) -> Draft | None:
        """Read a draft; None when it is gone, or was written by a version that kept other things.

        Raises:
            StorageError: the database refused.
        """
        async with self._database.reading() as connection:
            content = await connection.scalar(select(drafts.c.content).where(drafts.c.key == key))
        try:
            return None if content is None else Draft.model_validate_json(content)
        except ValidationError:
            # A draft is no record: to begin anew costs less than a person who can't go on.
            return None

    async def drop(self, key: str) -> None:
        """Delete a draft, if it is there.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._database.writing() as connection:
            await connection.execute(delete(drafts).where(drafts.c.key == key))

    async def thin(self, before: str) -> int:
        """Delete drafts that were made before a moment; say how many.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._database.writing() as connection:
            return (await connection.execute(delete(drafts).where(drafts.c.made_at < before))).rowcount
