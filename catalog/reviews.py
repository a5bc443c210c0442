"""Deciding on proposals: who may make one, who may decide on it, and what becomes of the catalog."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from catalog.changes import undoing
from catalog.desk import Desk, Saved, chosen
from catalog.editing.threeway import Side
from catalog.errors import EditError
from catalog.moments import moment
from catalog.proposals import OPEN_STATES, Filed, Proposal, ProposalState
from catalog.revision import SHARED
from catalog.storage import tally

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from catalog.editing.change import Change
    from catalog.revision import Author, Scope
    from catalog.service import Catalog

_DAY: Final = timedelta(days=1)


class Reviews:
    """Takes proposals and decisions on them; a proposal and what it changes are written in one transaction."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    async def welcome(self, scope: Scope, proposer: int) -> None:
        """Make sure that somebody may propose something: before they begin, and again when they send it.

        Raises:
            EditError: they may not, or have proposed enough for a day.
            StorageError: the database refused.
        """
        limit = self._limit(scope, proposer)
        tally.check(await self._catalog.storage.proposals.count(scope, proposer, _yesterday()), limit)

    async def propose(self, proposal: Proposal) -> Filed:
        """File a proposal, or join it to an open one that wants the same.

        Raises:
            EditError: the proposer may not propose here, or has proposed enough for a day.
            StorageError: the database refused; nothing was kept.
        """
        limit = None if proposal.proposer_id is None else self._limit(proposal.scope, proposal.proposer_id)
        return await self._catalog.storage.proposals.add(proposal, limit, _yesterday())

    def _limit(self, scope: Scope, proposer: int) -> int:
        """Say how many somebody may propose in a day; EditError where it is none."""
        rules = self._catalog.preferences.moderation(scope.guild_id)
        if proposer in rules.blocked:
            raise EditError("This server's moderators take no proposals from you; ask one of them why.")
        if not rules.daily_limit:
            raise EditError("This server's moderators take no proposals.")
        return rules.daily_limit

    async def get(self, number: int) -> Proposal:
        """Give a proposal; EditError where there is none."""
        proposal = await self._catalog.storage.proposals.get(number)
        if proposal is None:
            raise EditError(f"There is no proposal {number} any more.")
        return proposal

    async def approve(
        self,
        proposal: Proposal,
        author: Author,
        *,
        change: Change | None = None,
        choices: Mapping[str, Side] | None = None,
        alone: bool = False,
    ) -> tuple[Proposal, Saved]:
        """Write what is proposed (or what somebody made of it, `change`) to the catalog, and approve it.

        Args:
            proposal: what is decided on.
            author: who approves.
            change: what is written in place of what was proposed.
            choices: as `Desk.save` takes them.
            alone: whether nobody else could decide; only then may somebody approve their own.

        Raises:
            EditError: it is their own, or there is nothing to write.
            DecidedError: somebody has decided already; nothing was changed.
            ConflictError: the catalog has changed in the same places; nothing was changed.
            StorageError: the database refused; nothing was changed.
        """
        wanted = approvable(proposal, author.user_id, change, alone=alone)
        async with self._catalog.writing(author, proposal.scope) as writer:
            joined = await Desk.merge_in(writer, wanted, choices)
            decided = await writer.decide(
                _decided(proposal, ProposalState.APPROVED, author, None), OPEN_STATES
            )
        return decided, Saved(scope=proposal.scope, revisions=writer.revisions, joined=joined)

    async def answer(
        self, proposal: Proposal, state: ProposalState, author: Author, answer: str | None
    ) -> Proposal:
        """Reject a proposal, ask its proposer something, or let it expire or be withdrawn.

        Raises:
            DecidedError: somebody has decided already.
            StorageError: the database refused; nothing was changed.
        """
        decided = _decided(proposal, state, author, answer)
        return await self._catalog.storage.proposals.save(decided, OPEN_STATES)

    async def reopen(
        self, proposal: Proposal, author: Author
    ) -> tuple[Proposal, Saved | None, Sequence[str]]:
        """Take a decision back: what an approval had changed is undone.

        Returns:
            the proposal, open again; what was undone; and in words the places that were changed again since, which
            stay as they are.

        Raises:
            DecidedError: it is open already.
            EditError: who made it isn't known any more, and might approve their own.
            ConflictError: somebody changes the same at this moment; nothing was changed.
            StorageError: the database refused; nothing was changed.
        """
        if not proposal.state.is_open and proposal.proposer_id is None:
            raise EditError(
                f"Who made proposal {proposal.number} isn't known any more, so it stays decided. `/catalog undo` takes "
                "back what was saved; anything else can be suggested anew."
            )
        # Who decides has their time anew.
        nobody = dict.fromkeys(("decided_by", "decided_by_id", "decided_at", "answer", "revision"))
        again = proposal.model_copy(
            update={**nobody, "state": ProposalState.OPEN, "reminded_at": moment()},
        )
        expected = frozenset({proposal.state}) - OPEN_STATES
        if proposal.revision is None:
            return await self._catalog.storage.proposals.save(again, expected), None, ()
        undo = await undoing(self._catalog, proposal.revision, proposal.scope)
        preview = await Desk(self._catalog).preview(undo, proposal.scope, replay=False)
        stays = {chosen(slug, conflict.place): Side.THEIRS for slug, conflict in preview.conflicts}
        async with self._catalog.writing(author, proposal.scope) as writer:
            joined = await Desk.merge_in(writer, undo, stays)
            again = await writer.decide(again, expected)
        undone = Saved(scope=proposal.scope, revisions=writer.revisions, joined=joined)
        return again, undone, [conflict.label for _, conflict in preview.conflicts]

    async def due(self, now: datetime) -> tuple[Sequence[Proposal], Collection[Proposal]]:
        """Give the open proposals that moderators shall be reminded of, and those that have waited for too long.

        Raises:
            StorageError: the database refused.
        """
        remind, expire = [], []
        for proposal in await self._catalog.storage.proposals.due(moment(now - _DAY)):
            days = self._catalog.preferences.moderation(proposal.scope.guild_id).remind_days
            made = datetime.fromisoformat(proposal.made_at)
            last = datetime.fromisoformat(proposal.reminded_at or proposal.made_at)
            if now - last < timedelta(days=days):
                continue
            # Nothing expires that nobody was reminded of, or that was opened again lately. What a server proposes
            # to the curators waits as long as they need.
            old = now - made >= timedelta(days=2 * days)
            if old and proposal.reminded_at and proposal.scope != SHARED:
                expire.append(proposal)
            else:
                remind.append(proposal)
        return remind, expire


def approvable(
    proposal: Proposal, approver: int | None, change: Change | None = None, *, alone: bool = False
) -> Change:
    """Give what somebody would write by approving a proposal; the arguments are as `Reviews.approve` takes them.

    Raises:
        EditError: it is their own, or there is nothing to write.
    """
    if approver is not None and approver == proposal.proposer_id and not alone:
        raise EditError("This is your own proposal; another moderator has to approve it.")
    wanted = change or proposal.change
    if wanted is None:
        raise EditError(
            "It says what is wrong but not what should stand there. Use Edit & approve, or reject it."
        )
    return wanted


def _yesterday() -> str:
    return moment(datetime.now(UTC) - _DAY)


def _decided(proposal: Proposal, state: ProposalState, author: Author, answer: str | None) -> Proposal:
    return Proposal.model_validate(
        {
            **dict(proposal),
            "state": state,
            "decided_by": author.name,
            "decided_by_id": author.user_id,
            "decided_at": moment(),
            "answer": answer or None,
        }
    )
