"""Refreshing: live sources are asked how tools stand today, and what they say becomes part of the catalog.

Each source is asked one thing at a time, all sources at once; one that fails is put off for a pause that grows, and the
others go on. Figures are written as observations of today (`catalog.observing`), flags become proposals to the curators
(`catalog.flagging`). Of several processes one refreshes at a time.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from catalog.asking import Round
from catalog.errors import StorageError
from catalog.moments import moment
from catalog.recording import Recorder
from catalog.refreshes import Plan, RefreshingElsewhereError, RefreshReport, SourceReport, Want, is_due
from catalog.storage.fetches import WHOLE, Fetch, Outcome
from catalog.storage.leases import Lease
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Sequence

    from catalog.asking import Asker
    from catalog.service import Catalog
    from catalog.sources.source import LiveSource

log = logging.getLogger(__name__)

#: The name of the lease, how long it holds, and how often its holder says that they go on.
LEASE: Final = "refresh"
_HELD: Final = timedelta(minutes=2)
_RENEWED: Final = 30.0
#: Seconds between two attempts of who waits for it.
_TRIED: Final = 1.0
#: How long it is remembered what a key was flagged for that no tool leads to any more.
_ORPHANED: Final = timedelta(days=30)


class Refresher:
    """Asks live sources and keeps what they say."""

    def __init__(
        self,
        catalog: Catalog,
        asker: Asker,
        sources: Sequence[LiveSource],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the catalog, who asks, whom, and a clock."""
        self._catalog = catalog
        self._sources = sources
        self._asker = asker
        self._now = now
        self._is_alone = False
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"

    @asynccontextmanager
    async def alone(
        self, patience: timedelta = timedelta(), waiting: Callable[[str | None], None] = lambda _: None
    ) -> AsyncIterator[None]:
        """Keep all other processes from refreshing, for as long as the block runs.

        Args:
            patience: for how long another one that refreshes is waited for.
            waiting: is told once that it is, and for whom where that is known.

        Raises:
            RefreshingElsewhereError: another one refreshes still.
            StorageError: the database refused.
        """
        begun, is_told = self._now(), False
        while not await self._hold():
            other = await self._catalog.storage.leases.held(LEASE, moment(self._now()))
            holder = other and other.holder
            if self._now() - begun >= patience:
                raise RefreshingElsewhereError(holder)
            if not is_told:
                waiting(holder)
                is_told = True
            await asyncio.sleep(_TRIED)
        self._is_alone = True
        renewing = asyncio.create_task(self._renew())
        try:
            yield
        finally:
            self._is_alone = False
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
            # Where the database refuses that too, the lease runs out.
            with suppress(StorageError):
                await asyncio.shield(self._catalog.storage.leases.give_back(self._lease()))

    def _lease(self) -> Lease:
        return Lease(LEASE, self._holder, moment(self._now() + _HELD))

    async def _hold(self) -> bool:
        return await self._catalog.storage.leases.take(self._lease(), moment(self._now()))

    async def _renew(self) -> None:
        while self._is_alone:
            await asyncio.sleep(_RENEWED)
            try:
                self._is_alone = await self._hold()
            except StorageError as error:
                log.warning("could not renew the lease on refreshing: %s", error)

    async def plan(
        self,
        slugs: Collection[str] | None = None,
        *,
        only: Collection[str] = (),
        by_hand: bool = False,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> Plan:
        """Say what a refresh asks for.

        Args:
            slugs: all that is known of these tools; None for whatever is due.
            only: the keys of the sources to ask; none for all.
            by_hand: ask a source again that couldn't be reached lately. One that said when it wants to be asked again
                is left alone all the same.
            limit: how many keys of each source at most.
            seconds: no more keys of a source than can be asked for in so many, one at least.

        Raises:
            StorageError: the database refused.
        """
        now = self._now()
        sources = {one.key: one for one in self._sources if not only or one.key in only}
        wanted = await wants(self._catalog, list(sources.values()), slugs)
        off: dict[str, Fetch] = {}
        asked: dict[tuple[str, str], Fetch] = {}
        orphans: dict[str, list[str]] = {}
        forgotten = moment(now - _ORPHANED)
        async for fetch in in_turns(await self._catalog.storage.fetches.schedule(list(sources))):
            if fetch.key == WHOLE:
                if not is_due(fetch.due_at, now) and not (by_hand and fetch.outcome is not Outcome.LIMITED):
                    off[fetch.source] = fetch
            elif (fetch.source, fetch.key) in wanted:
                asked[fetch.source, fetch.key] = fetch
            elif slugs is None and fetch.asked_at < forgotten:
                orphans.setdefault(fetch.source, []).append(fetch.key)
        due: dict[str, list[tuple[bool, str, str]]] = {key: [] for key in sources}
        async for source, key in in_turns(wanted):
            last = asked.get((source, key))
            if last is None:
                due[source].append((False, "", key))
            elif slugs is not None or is_due(last.due_at, now):
                due[source].append((last.outcome is not Outcome.ANSWERED, last.due_at, key))
        # What was never asked, then what has waited for longest; what failed, last: it may do so again.
        return Plan(
            [
                wanted[source, key]
                for source, one in sources.items()
                if source not in off
                for _, _, key in sorted(due[source])[: _most(one, limit, seconds)]
            ],
            {source: fetch for source, fetch in off.items() if due[source]},
            orphans,
        )

    async def refresh(
        self, plan: Plan, *, patient: bool = False, told: Callable[[int], None] = lambda _: None
    ) -> RefreshReport:
        """Ask for what is planned, and keep what the sources say. Meant to be called within `alone`.

        Args:
            plan: what to ask for.
            patient: whether figures that hardly moved may wait for some days until they are written.
            told: is told of each key that is done, or won't be.

        Raises:
            StorageError: the database refused; what was kept before stays.
        """
        fetches = self._catalog.storage.fetches
        for key, keys in plan.orphans.items():
            await fetches.drop(key, keys)
        recorder = Recorder(self._catalog, self._now, patient=patient)
        rounds = []
        for source in self._sources:
            mine = [want for want in plan.wants if want.source.key == source.key]
            if mine:
                before = await fetches.of(source.key, [WHOLE, *(want.key for want in mine)])
                rounds.append(
                    Round(
                        source=source,
                        wants=mine,
                        before=before,
                        asker=self._asker,
                        recorder=recorder,
                        fetches=fetches,
                        now=self._now,
                        is_alone=lambda: self._is_alone,
                        told=told,
                    )
                )
        tasks = [asyncio.create_task(one.run()) for one in rounds]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            # Also when this is cancelled: what was answered needn't be asked for again.
            await recorder.flush()
        reports = {one.source.key: one.report() for one in rounds}
        reports |= {key: self._waiting(off) for key, off in plan.put_off.items()}
        return RefreshReport(sources=tuple(reports[one.key] for one in self._sources if one.key in reports))

    def _waiting(self, off: Fetch) -> SourceReport:
        name = next(source.name for source in self._sources if source.key == off.source)
        return SourceReport(key=off.source, name=name, stopped=off.reason or "put off", until=off.due_at)


async def wants(
    catalog: Catalog, sources: Sequence[LiveSource], slugs: Collection[str] | None = None
) -> dict[tuple[str, str], Want]:
    """Say what sources know of tools (None: of all): what to ask for, by source and key.

    Each comes with all tools that go by it, also where only some of them were named: what is said is said of all, and
    whether it is a tool's own depends on the others.
    """
    found: dict[tuple[str, str], Want] = {}
    async for tool in in_turns(catalog.tools):
        for source in sources:
            key = source.key_of(tool)
            if key:
                known = found.get((source.key, key))
                slugs_of = sorted((*known.slugs, tool.slug)) if known else (tool.slug,)
                found[source.key, key] = Want(source, key, tuple(slugs_of))
    if slugs is None:
        return found
    named = set(slugs)
    return {where: want for where, want in found.items() if not named.isdisjoint(want.slugs)}


def _most(source: LiveSource, limit: int | None, seconds: float | None) -> int | None:
    """Say how many keys of a source are asked for, None for all."""
    if seconds is None or not source.spacing:
        return limit
    quick = max(int(seconds / source.spacing), 1)
    return quick if limit is None else min(quick, limit)
