"""What live sources said and when they are asked again, in the database."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.sources.source import Answer
from catalog.storage.rows import BATCH, upsert
from catalog.tables import fetches
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Row

    from catalog.database import Database

#: The key under which a source itself is filed.
WHOLE: Final = ""

_ANSWER: Final = TypeAdapter(Answer)


class Outcome(StrEnum):
    """How asking a source ended."""

    ANSWERED = "answered"
    FAILED = "failed"
    LIMITED = "limited"
    """The source itself said when it wants to be asked again."""


class Fetch(NamedTuple):
    """How a source was last asked for a key. All moments are as `catalog.moments` writes them.

    Attributes:
        source: the key of the source.
        key: what it was asked for; `WHOLE` for the source itself, which is put off as one.
        outcome: how that ended.
        due_at: when it is asked again.
        asked_at: when it was asked.
        answered_at: when it last answered, if ever.
        reason: why it failed, in a sentence.
        failures: how often it has failed in a row.
        known: what the fetcher remembers of the last answer, as JSON.
        answer: the last answer.
        flags: what it was flagged for, each with the day on which that was last seen.
    """

    source: str
    key: str
    outcome: Outcome
    due_at: str
    asked_at: str
    answered_at: str | None = None
    reason: str | None = None
    failures: int = 0
    known: str | None = None
    answer: Answer | None = None
    flags: Mapping[str, str] = {}


class Fetches:
    """Reads and writes how live sources were asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def schedule(self, sources: Collection[str]) -> list[Fetch]:
        """Read how some sources were last asked for everything, without what they said.

        Raises:
            StorageError: the database refused.
        """
        said = {fetches.c.known, fetches.c.answer, fetches.c.flags}
        columns = [column for column in fetches.c if column not in said]
        found: list[Fetch] = []
        async with self._database.reading() as connection:
            rows = await connection.stream(
                select(*columns)
                .where(fetches.c.source.in_(list(sources)))
                .order_by(fetches.c.source, fetches.c.key)
            )
            async for batch in rows.partitions(BATCH):
                found += [_outline(row) async for row in in_turns(batch)]
        return found

    async def of(self, source: str, keys: Sequence[str]) -> dict[str, Fetch]:
        """Read how a source was last asked for some keys, and what it said; by key.

        Raises:
            StorageError: the database refused.
        """
        found: dict[str, Fetch] = {}
        async with self._database.reading() as connection:
            for start in range(0, len(keys), BATCH):
                some = fetches.c.key.in_(keys[start : start + BATCH])
                rows = await connection.execute(select(fetches).where(fetches.c.source == source, some))
                found |= {row.key: _read(row) for row in rows}
        return found

    async def save(self, asked: Iterable[Fetch]) -> None:
        """Keep how sources were asked, each in place of the last time.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        rows = [_row(fetch) for fetch in asked]
        if not rows:
            return
        dialect: Any = postgresql.insert if self._database.is_postgres else sqlite.insert
        async with self._database.writing() as connection:
            await connection.execute(upsert(dialect, fetches), rows)

    async def drop(self, source: str, keys: Sequence[str]) -> None:
        """Forget that a source was ever asked for some keys.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        if not keys:
            return
        async with self._database.writing() as connection:
            for start in range(0, len(keys), BATCH):
                some = fetches.c.key.in_(keys[start : start + BATCH])
                await connection.execute(delete(fetches).where(fetches.c.source == source, some))


def _outline(row: Row[Any]) -> Fetch:
    return Fetch(**{**row._mapping, "outcome": Outcome(row.outcome)})  # noqa: SLF001 (its public name)


def _read(row: Row[Any]) -> Fetch:
    outline = _outline(row)
    try:
        answer = None if row.answer is None else _ANSWER.validate_json(row.answer)
        flags = (
            {} if row.flags is None else {str(flag): str(day) for flag, day in from_json(row.flags).items()}
        )
    except (ValueError, AttributeError):
        # Another version kept something else. It is no record: to ask anew costs one request.
        return outline._replace(known=None, answer=None, flags={})
    return outline._replace(answer=answer, flags=flags)


def _row(fetch: Fetch) -> dict[str, Any]:
    return {
        **fetch._asdict(),
        "outcome": fetch.outcome.value,
        "answer": None if fetch.answer is None else _ANSWER.dump_json(fetch.answer).decode(),
        "flags": to_json(fetch.flags).decode() if fetch.flags else None,
    }
