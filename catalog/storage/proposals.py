"""Proposals and who supports them, in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from sqlalchemy import func, insert, select, update

from catalog.errors import DecidedError, EditError, StorageError
from catalog.moments import moment
from catalog.proposals import (
    ADDED_LIMIT,
    DECISION,
    OPEN_STATES,
    Filed,
    Proposal,
    ProposalState,
    Support,
    folded,
)
from catalog.storage import tally
from catalog.tables import proposals, supporters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from catalog.database import Database
    from catalog.revision import Scope

#: What may be written of a proposal beside its decision, whatever its state.
_MARKS: Final = frozenset({"channel_id", "message_id", "thread_id", "reminded_at"})


class Proposals:
    """Reads and writes proposals. One that is decided together with documents goes through `Writer.decide`.

    Whatever is written reads the proposal in the same transaction and changes its own fields alone, so that two who
    write different ones at the same time keep both.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, proposal: Proposal, limit: int | None = None, since: str = "") -> Filed:
        """File a proposal, or join an open one of its scope that wants the same.

        Who joins one supports it, what they say is kept with their support, and what they filled in of a new tool with
        the proposal. To their own all of it is added.

        Args:
            proposal: one without a number.
            limit: how many the proposer may have made or supported in this scope `since` a moment, this one included.
            since: the moment.

        Raises:
            EditError: they have made as many already; nothing was changed.
            StorageError: the database refused; nothing was changed.
        """
        same = _of(proposal.scope, OPEN_STATES).where(proposals.c.fingerprint == proposal.fingerprint)
        async with self._database.writing() as connection:
            if limit is not None and proposal.proposer_id is not None:
                made = await tally.counted(connection, proposal.scope, proposal.proposer_id, since)
                tally.check(made, limit)
            row = (await connection.execute(same.order_by(proposals.c.number).limit(1))).first()
            if row is not None:
                return await _join(connection, read(row), proposal)
            # Writers take turns and no proposal is ever deleted, so the next number is free and none is skipped.
            number = (await connection.scalar(select(func.max(proposals.c.number))) or 0) + 1
            filed = proposal.model_copy(update={"number": number})
            await connection.execute(insert(proposals), [{"number": number, **write(filed)}])
            return Filed(filed, joined=False, changed=True)

    async def get(self, number: int) -> Proposal | None:
        """Read a proposal; None when there is none of that number.

        Raises:
            StorageError: the database refused, or holds a proposal that the code doesn't understand.
        """
        async with self._database.reading() as connection:
            return await find(connection, number)

    async def of(
        self, scope: Scope, states: Iterable[ProposalState] = OPEN_STATES, limit: int = 25, skip: int = 0
    ) -> list[Proposal]:
        """Read a scope's proposals in some states, oldest first, without as many of the oldest.

        Raises:
            StorageError: as `get`.
        """
        query = _of(scope, states).order_by(proposals.c.number)
        return await self._read(query.limit(limit).offset(skip))

    async def waiting(self, scope: Scope) -> int:
        """Count a scope's open proposals.

        Raises:
            StorageError: the database refused.
        """
        query = select(func.count()).select_from(_of(scope, OPEN_STATES).subquery())
        async with self._database.reading() as connection:
            return await connection.scalar(query) or 0

    async def mine(self, user_id: int, limit: int = 25) -> list[Proposal]:
        """Read what somebody proposed, in whichever scope, newest first.

        Raises:
            StorageError: as `get`.
        """
        query = select(proposals).where(proposals.c.proposer_id == user_id)
        return await self._read(query.order_by(proposals.c.number.desc()).limit(limit))

    async def due(self, before: str) -> list[Proposal]:
        """Read what is open of all scopes and was neither made nor last reminded of since a moment, oldest first.

        Raises:
            StorageError: as `get`.
        """
        query = select(proposals).where(proposals.c.state.in_(OPEN_STATES), proposals.c.made_at < before)
        found = await self._read(query.order_by(proposals.c.number))
        return [proposal for proposal in found if (proposal.reminded_at or proposal.made_at) < before]

    async def supporters(self, number: int) -> tuple[Support, ...]:
        """Read who supports a proposal, in the order in which they did.

        Raises:
            StorageError: the database refused.
        """
        query = select(supporters).where(supporters.c.proposal == number)
        async with self._database.reading() as connection:
            found = await connection.execute(query.order_by(supporters.c.made_at, supporters.c.user_id))
            return tuple(Support(row.user_id, row.note, row.quiet) for row in found)

    async def count(self, scope: Scope, proposer_id: int, since: str) -> int:
        """Count what somebody proposed or supported in a scope since a moment, whatever became of it.

        Raises:
            StorageError: the database refused.
        """
        async with self._database.reading() as connection:
            return await tally.counted(connection, scope, proposer_id, since)

    async def save(self, proposal: Proposal, expecting: Collection[ProposalState] = OPEN_STATES) -> Proposal:
        """Keep what was decided on a proposal, provided that it is still in one of some states.

        Raises:
            DecidedError: it is in another state by now; nothing was changed.
            EditError: there is no such proposal.
            StorageError: the database refused; nothing was changed.
        """
        async with self._database.writing() as connection:
            return await keep(connection, proposal, expecting)

    async def mark(self, number: int, **marks: object) -> Proposal:
        """Note where a proposal is shown, or when moderators were reminded of it, whatever its state.

        Raises:
            EditError: there is no such proposal.
            StorageError: the database refused; nothing was changed.
        """
        unknown = marks.keys() - _MARKS
        if unknown:
            raise TypeError(f"not a mark: {', '.join(sorted(unknown))}")
        async with self._database.writing() as connection:
            current = await _there(connection, number)
            return await _rewrite(connection, current.model_copy(update=marks))

    async def hush(self, number: int, user_id: int) -> Proposal:
        """Note that who proposed or supports something wants no more messages about it.

        Raises:
            EditError: there is no such proposal, or they have no part in it.
            StorageError: the database refused; nothing was changed.
        """
        async with self._database.writing() as connection:
            current = await _there(connection, number)
            if current.proposer_id == user_id:
                return await _rewrite(connection, current.model_copy(update={"quiet": True}))
            mine = (supporters.c.proposal == number) & (supporters.c.user_id == user_id)
            if not (await connection.execute(update(supporters).where(mine).values(quiet=True))).rowcount:
                raise EditError("Only who made or supports this proposal can do that.")
            return current

    async def reply(self, number: int, text: str) -> Proposal:
        """Keep the proposer's answer beside what they said; the proposal waits for a decision again.

        Raises:
            DecidedError: nobody waits for an answer any more; nothing was changed.
            EditError: there is no such proposal, or it holds as many answers as it can.
            StorageError: the database refused; nothing was changed.
        """
        async with self._database.writing() as connection:
            current = await _there(connection, number)
            if current.state is not ProposalState.ASKED:
                raise DecidedError(current)
            # It was with the proposer for as long: those who decide have their time anew.
            open_again = {"state": ProposalState.OPEN, "reminded_at": moment()}
            return await _rewrite(connection, _adding(current, text).model_copy(update=open_again))

    async def _read(self, query: Any) -> list[Proposal]:  # noqa: ANN401 (SQLAlchemy types each query by its columns)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [read(row) for row in rows]


async def find(connection: AsyncConnection, number: int) -> Proposal | None:
    """Read a proposal in a transaction; None when there is none of that number."""
    row = (await connection.execute(select(proposals).where(proposals.c.number == number))).first()
    return None if row is None else read(row)


async def keep(
    connection: AsyncConnection, proposal: Proposal, expecting: Collection[ProposalState]
) -> Proposal:
    """Keep a proposal within a writer's transaction; raises as `Proposals.save`."""
    current = await _there(connection, proposal.number or 0)
    if current.state not in expecting:
        raise DecidedError(current)
    decision = {field: getattr(proposal, field) for field in DECISION}
    return await _rewrite(connection, current.model_copy(update=decision))


async def _there(connection: AsyncConnection, number: int) -> Proposal:
    current = await find(connection, number)
    if current is None:
        raise EditError("There is no such proposal. `/catalog review` lists those that are open.")
    return current


async def _rewrite(connection: AsyncConnection, proposal: Proposal) -> Proposal:
    mine = proposals.c.number == proposal.number
    await connection.execute(update(proposals).where(mine).values(write(proposal)))
    return proposal


def write(proposal: Proposal) -> dict[str, Any]:
    """Give a proposal's row, without its number."""
    return {
        "scope": proposal.scope.key,
        "state": proposal.state.value,
        "fingerprint": proposal.fingerprint,
        "proposer_id": proposal.proposer_id,
        "made_at": proposal.made_at,
        "content": proposal.model_dump_json(exclude_defaults=True),
    }


def read(row: Row[Any]) -> Proposal:
    """Give the proposal in a row; StorageError names the one that can't be understood."""
    try:
        return Proposal.model_validate_json(row.content)
    except ValidationError as error:
        raise StorageError(
            f"Proposal {row.number} can't be understood; it was written by another version or edited by hand. "
            "Restore a backup or correct it."
        ) from error


async def _join(connection: AsyncConnection, known: Proposal, proposal: Proposal) -> Filed:
    """Count a proposal with one that was there before; give that one."""
    user_id = proposal.proposer_id
    filled = folded(known, proposal)
    if user_id is not None and user_id == known.proposer_id:
        filled = _adding(filled, proposal.note)
    changed = filled != known
    if changed:
        await _rewrite(connection, filled)
    if user_id is not None and user_id != known.proposer_id:
        changed = await _support(connection, proposal, known.number or 0, user_id) or changed
    return Filed(filled, joined=True, changed=changed)


async def _support(connection: AsyncConnection, proposal: Proposal, number: int, user_id: int) -> bool:
    """Note that somebody wants what another proposed; say whether that is new, or what they say of it."""
    mine = (supporters.c.proposal == number) & (supporters.c.user_id == user_id)
    known = (await connection.execute(select(supporters).where(mine))).first()
    row: dict[str, object] = {"note": proposal.note, "quiet": proposal.quiet}
    if known is None:
        row |= {"proposal": number, "user_id": user_id, "made_at": moment()}
        await connection.execute(insert(supporters), [row])
        return True
    if not proposal.note:
        return False
    await connection.execute(update(supporters).where(mine).values(**row))
    return bool(known.note != proposal.note)


def _adding(proposal: Proposal, text: str | None) -> Proposal:
    """Add what a proposer says later, once; nothing that they said before makes room for it."""
    if not text or text == proposal.note or text in proposal.added:
        return proposal
    if len(proposal.added) >= ADDED_LIMIT:
        raise EditError("This proposal holds as many answers as it can. Talk to the moderators instead.")
    return Proposal.model_validate({**dict(proposal), "added": (*proposal.added, text)})


def _of(scope: Scope, states: Iterable[ProposalState]) -> Any:  # noqa: ANN401 (SQLAlchemy types each query by its columns)
    return select(proposals).where(proposals.c.scope == scope.key, proposals.c.state.in_(list(states)))
