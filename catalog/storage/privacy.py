"""Forgetting people: on their wish, and when what they did is long over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Text, cast, delete, or_, select, update

from catalog.moments import moment
from catalog.proposals import OPEN_STATES, ProposalState
from catalog.storage import tally
from catalog.storage.proposals import read, write
from catalog.tables import drafts, proposals, revisions, supporters

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.ext.asyncio import AsyncConnection

    from catalog.database import Database
    from catalog.proposals import Proposal

#: What stands in place of a name.
NOBODY: Final = "somebody who asked to be forgotten"
#: The same where nobody asked for it: it was too long ago.
LONG_AGO: Final = "a member"
#: How long a draft is kept, and who proposed what once it is decided.
DRAFTS_KEPT: Final = timedelta(days=7)
PROPOSERS_KEPT: Final = timedelta(days=365)
#: How long what somebody proposed counts for the limit, also when they were forgotten.
COUNTED: Final = timedelta(days=1)


class Forgotten(NamedTuple):
    """How much was changed so that it names nobody (revisions, proposals) or deleted (supports, drafts)."""

    revisions: int = 0
    proposals: int = 0
    supports: int = 0
    drafts: int = 0


class Privacy:
    """Takes people out of what is kept, and leaves what they did to the catalog."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget(self, user_id: int) -> Forgotten:
        """Take somebody's name and ids out of everything, in one transaction; what of theirs is open is withdrawn.

        An open proposal without its proposer could be approved by who made it.

        Raises:
            StorageError: the database refused, or holds a proposal that can't be understood; nothing was changed.
        """
        # Who decided stands in the document alone; text finds a few too many, which `_without` leaves as they are.
        decided = cast(proposals.c.content, Text).contains(f'"decided_by_id":{user_id:d}', autoescape=True)
        theirs = or_(proposals.c.proposer_id == user_id, decided)
        async with self._database.writing() as connection:
            nameless = {"actor": NOBODY, "actor_id": None, "interaction_id": None}
            await tally.remember(connection, user_id, moment(datetime.now(UTC) - COUNTED))
            made = update(revisions).where(revisions.c.actor_id == user_id).values(nameless)
            supported = delete(supporters).where(supporters.c.user_id == user_id)
            drafted = delete(drafts).where(drafts.c.owner_id == user_id)
            return Forgotten(
                revisions=(await connection.execute(made)).rowcount,
                proposals=await _rewrite(connection, theirs, lambda one: _without(one, user_id)),
                supports=(await connection.execute(supported)).rowcount,
                drafts=(await connection.execute(drafted)).rowcount,
            )

    async def expire(self, now: datetime | None = None) -> Forgotten:
        """Delete old drafts, and of proposals that were decided long ago who made and who supported them.

        Raises:
            StorageError: as `forget`.
        """
        now = now or datetime.now(UTC)
        until = moment(now - PROPOSERS_KEPT)
        # It was made before it was decided, so this finds all of them; when it was decided says the document.
        over = (
            proposals.c.state.not_in(OPEN_STATES)
            & proposals.c.proposer_id.is_not(None)
            & (proposals.c.made_at < until)
        )

        def proposed(one: Proposal) -> Proposal:
            if (one.decided_at or one.made_at) >= until:
                return one
            changes: dict[str, object] = {"proposer": LONG_AGO, "proposer_id": None}
            if one.decided_by_id == one.proposer_id:  # as who withdraws their own
                changes |= {"decided_by": LONG_AGO, "decided_by_id": None}
            return one.model_copy(update=changes)

        async with self._database.writing() as connection:
            await tally.thin(connection, moment(now - COUNTED))
            rewritten = await _rewrite(connection, over, proposed)
            closed = select(proposals.c.number).where(
                proposals.c.state.not_in(OPEN_STATES), proposals.c.proposer_id.is_(None)
            )
            supported = delete(supporters).where(
                supporters.c.proposal.in_(closed), supporters.c.made_at < until
            )
            drafted = delete(drafts).where(drafts.c.made_at < moment(now - DRAFTS_KEPT))
            return Forgotten(
                proposals=rewritten,
                supports=(await connection.execute(supported)).rowcount,
                drafts=(await connection.execute(drafted)).rowcount,
            )


async def _rewrite(
    connection: AsyncConnection,
    which: Any,  # noqa: ANN401 (SQLAlchemy types each condition by its columns)
    change: Callable[[Proposal], Proposal],
) -> int:
    """Change some proposals; say how many became others."""
    changed = 0
    for row in (await connection.execute(select(proposals).where(which))).all():
        before = read(row)
        after = change(before)
        if after != before:
            changed += 1
            mine = proposals.c.number == row.number
            await connection.execute(update(proposals).where(mine).values(write(after)))
    return changed


def _without(proposal: Proposal, user_id: int) -> Proposal:
    nameless: dict[str, object] = {}
    if proposal.proposer_id == user_id:
        nameless |= {"proposer": NOBODY, "proposer_id": None}
        if proposal.state.is_open:
            nameless |= {
                "state": ProposalState.WITHDRAWN,
                "decided_by": NOBODY,
                "decided_by_id": None,
                "decided_at": moment(),
            }
    if proposal.decided_by_id == user_id:
        nameless |= {"decided_by": NOBODY, "decided_by_id": None}
    return proposal.model_copy(update=nameless)
