"""What can wait, done in the background: working changes into indexes, and making views before they are asked for."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, NamedTuple

from catalog.backoff import Backoff

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

#: Seconds before a fold that failed is tried again, doubled each time up to the second: what is lacking (memory, as
#: a rule) seldom comes back at once, and each try takes seconds of work.
_PAUSE, _LONGEST_PAUSE = 10.0, 3600.0


class Chores(NamedTuple):
    """What there is to do: whether it is due, and how it is done."""

    overgrown: Callable[[], bool]
    fold: Callable[[], Awaitable[None]]
    waiting: Callable[[], bool]
    prepare: Callable[[], Awaitable[None]]


class Upkeep:
    """Does chores by one task at a time, and tries a fold that failed again, later each time."""

    def __init__(self, chores: Chores) -> None:
        self._chores = chores
        self.task: asyncio.Task[None] | None = None
        self.backoff = Backoff(first=_PAUSE, longest=_LONGEST_PAUSE)
        self._retry: asyncio.TimerHandle | None = None
        self._closed = False

    @property
    def _may_fold(self) -> bool:
        return self._chores.overgrown() and self.backoff.is_over

    def tend(self) -> None:
        """See to it that what is due is done."""
        idle = self.task is None or self.task.done()
        if idle and not self._closed and (self._may_fold or self._chores.waiting()):
            self.task = asyncio.create_task(self._keep_up())

    async def close(self) -> None:
        """End what runs, and begin nothing any more."""
        self._closed = True
        if self._retry:
            self._retry.cancel()
        if self.task:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

    async def _keep_up(self) -> None:
        while self._may_fold or self._chores.waiting():
            if self._may_fold:
                await self._try_to_fold()
            else:
                await self._chores.prepare()

    async def _try_to_fold(self) -> None:
        try:
            await self._chores.fold()
        except Exception as error:
            pause = self.backoff.failed()
            # Where it comes from is told once: the next ones would say the same at length.
            log.error(  # noqa: TRY400 (the same)
                "could not work changes into the indexes (%r); they are answered from beside them, next try in %g s",
                error,
                pause,
                exc_info=self.backoff.failures == 1,
            )
            self._retry = asyncio.get_running_loop().call_later(pause, self.tend)
        else:
            self.backoff.worked()
