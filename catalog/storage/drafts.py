"""Drafts in the database: what somebody works on outlives the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic_core import from_json
from sqlalchemy import and_, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.drafts import Draft, Purpose
from catalog.editing.change import Edit
from catalog.storage.rows import upsert
from catalog.tables import drafts
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

    from catalog.database import Database
    from catalog.revision import Scope

#: Drafts that are kept of one person; those that hold nothing yet make room first, then the oldest.
KEPT: Final = 20


class Unfinished(NamedTuple):
    """A draft in which somebody has done something: what leads to it, what for (None: unnamed yet), and since when."""

    key: str
    title: str | None
    made_at: str


class Drafts:
    """Reads and writes drafts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, draft: Draft) -> None:
        """Keep a draft, in place of the one with its key; where its owner has too many, some make room.

        Raises:
            pydantic.ValidationError: it isn't what a draft may be; `model_copy` checks nothing.
            StorageError: the database refused; nothing was changed.
        """
        # What couldn't be read again is better refused now than gone later. The documents of its change, which may
        # be hundreds, were checked when they were made.
        draft = Draft.model_validate(dict(draft))
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
            .order_by(_is_begun().desc(), drafts.c.made_at.desc(), drafts.c.key)
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
            return None if content is None else await _read(content)
        except (ValueError, TypeError, KeyError):
            # A draft is no record: to begin anew costs less than a person who can't go on.
            return None

    async def of(self, owner_id: int, scopes: Sequence[Scope]) -> list[Unfinished]:
        """Tell of somebody's drafts in some scopes, the last one first, but for those in which they did nothing yet.

        Raises:
            StorageError: the database refused.
        """
        query = (
            select(drafts.c.key, _part("change", "title").label("title"), drafts.c.made_at)
            .where(
                drafts.c.owner_id == owner_id,
                drafts.c.scope.in_([scope.key for scope in scopes]),
                _is_begun(),
            )
            .order_by(drafts.c.made_at.desc(), drafts.c.key)
        )
        async with self._database.reading() as connection:
            return [Unfinished(*row) for row in await connection.execute(query)]

    async def drop(self, key: str) -> None:
        """Delete a draft, if it is there.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._database.writing() as connection:
            await connection.execute(delete(drafts).where(drafts.c.key == key))


async def _read(content: str) -> Draft:
    """Read a draft, its documents in turns; ValueError, TypeError or KeyError where it can't be."""
    read = from_json(content)
    if change := read.get("change"):
        change["edits"] = [Edit.model_validate(edit) async for edit in in_turns(change["edits"])]
    return Draft.model_validate(read)


def _part(*place: str | int) -> ColumnElement[Any]:
    """Ask for a part of a draft, as text; null where it has none, or only what is usual."""
    part: ColumnElement[Any] = drafts.c.content[place].as_string()
    return part


def _is_begun() -> ColumnElement[bool]:
    """Ask whether its owner has done more about a draft than to open its form."""
    before, after = (_part("change", "edits", 0, side) for side in ("before", "after"))
    return or_(
        _part("typed").is_not(None),
        _part("purpose").is_not_distinct_from(Purpose.REBASE.value),
        and_(_part("change").is_not(None), before.is_distinct_from(after)),
    )
