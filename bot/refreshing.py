"""The schedule of live sources: what is due is asked every few minutes, while the bot runs."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Final

from discord.ext import tasks

from catalog.errors import StorageError
from catalog.flagging import PROPOSER
from catalog.refreshes import RefreshingElsewhereError
from catalog.revision import SHARED

if TYPE_CHECKING:
    from bot.client import Matchbook
    from bot.notices import Notices
    from catalog.refreshes import RefreshReport
    from catalog.refreshing import Refresher

log = logging.getLogger(__name__)

_MINUTES: Final = 5
#: Keys of one source that are asked for at a time: whoever else wants to refresh needn't wait for all of them.
_AT_ONCE: Final = 30
#: The same of a slow source, in seconds: less than others wait.
_SECONDS: Final = 90.0
_HOUR: Final = 3600.0
#: Open proposals that are looked through for some that nobody was shown.
_OPEN: Final = 200


class Refreshing:
    """Asks live sources by and by, and shows curators what came of it."""

    def __init__(self, bot: Matchbook, notices: Notices, refresher: Refresher) -> None:
        self._bot = bot
        self._notices = notices
        self._refresher = refresher
        self._complained = self._looked = -_HOUR

    def start(self) -> None:
        """Begin; a first look follows at once, in the background."""
        self._turns.start()

    async def stop(self) -> None:
        """End, wherever it is: what was asked and not written yet is asked again another time."""
        running = self._turns.get_task()
        self._turns.cancel()
        if running is not None:
            await asyncio.gather(running, return_exceptions=True)

    @tasks.loop(minutes=_MINUTES)
    async def _turns(self) -> None:
        try:
            await self.turn()
        except StorageError as error:
            self._complain(f"the database refused: {error}")
        except Exception:
            # The loop would end with it. Whatever it is, the bot answers from what it has.
            log.exception("could not refresh the catalog")

    async def turn(self) -> RefreshReport | None:
        """Ask for what is due, unless another process does; say what came of it.

        Raises:
            StorageError: the database refused.
        """
        try:
            async with self._refresher.alone():
                plan = await self._refresher.plan(limit=_AT_ONCE, seconds=_SECONDS)
                report = await self._refresher.refresh(plan, patient=True)
        except RefreshingElsewhereError as error:
            log.debug("%s", error)
            return None
        await self._show(report)
        troubles = [
            f"{one.name}: {one.stopped or one.failed[0].reason}" for one in report.sources if one.has_failed
        ]
        if troubles:
            self._complain("; ".join(troubles))
        return report

    async def _show(self, report: RefreshReport) -> None:
        """Show curators what was proposed: here, on the command line, or before the bot was stopped half-way."""
        if not self._bot.is_ready() or self._notices.channel(SHARED) is None:
            return
        if not report.filed and time.monotonic() - self._looked < _HOUR:
            return
        for proposal in await self._bot.catalog.storage.proposals.of(SHARED, limit=_OPEN):
            if proposal.proposer == PROPOSER and proposal.proposer_id is None and not proposal.message_id:
                await self._notices.publish(proposal)
        self._looked = time.monotonic()

    def _complain(self, what: str) -> None:
        """Log trouble, once an hour: it may last for days, and the rest goes on."""
        if time.monotonic() - self._complained >= _HOUR:
            log.warning("live sources: %s", what)
            self._complained = time.monotonic()
        else:
            log.debug("live sources: %s", what)
