"""Reminders of proposals that wait for long, and the end of those that waited for too long."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final

from catalog.errors import DecidedError
from catalog.moments import moment
from catalog.proposals import ProposalState
from catalog.reviews import Reviews
from catalog.revision import Author

if TYPE_CHECKING:
    from bot.client import Matchbook
    from bot.notices import Notices

_REMINDER: Final = Author(name="matchbook", reason="nobody decided on it in time")


class Reminders:
    """Keeps proposals from being forgotten."""

    def __init__(self, bot: Matchbook, notices: Notices) -> None:
        self._bot = bot
        self._reviews = Reviews(bot.catalog)
        self._notices = notices
        # Proposals of which moderators were reminded while the database couldn't note it: they aren't told twice.
        self._reminded: set[int] = set()

    async def remind(self) -> None:
        """Remind moderators of what has waited for long, and let expire what has waited for too long.

        What nobody could be reminded of stays due, and never expires.

        Raises:
            StorageError: the database refused.
        """
        now = datetime.now(UTC)
        remind, expire = await self._reviews.due(now)
        for proposal in expire:
            try:
                expired = await self._reviews.answer(proposal, ProposalState.EXPIRED, _REMINDER, None)
            except DecidedError:
                continue
            await self._notices.spread(expired)
        self._reminded &= {one.number for one in remind if one.number}
        for scope, together in groupby(sorted(remind, key=lambda one: one.scope.key), lambda one: one.scope):
            numbers = {one.number or 0: one for one in together}
            untold = [one for number, one in numbers.items() if number not in self._reminded]
            if untold and await self._notices.remind(scope, untold):
                self._reminded |= numbers.keys()
            for number in self._reminded & numbers.keys():
                await self._bot.catalog.storage.proposals.mark(number, reminded_at=moment(now))
                self._reminded.discard(number)
