"""Refreshing by one process at a time, on both databases."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from catalog.freshness import freshness
from catalog.moments import moment
from catalog.refreshes import RefreshingElsewhereError
from catalog.storage.leases import Lease
from tests.catalog.storage.yard import ANT, BEE, CAT, Yard, open_yard, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
async def yard(url: str) -> AsyncIterator[Yard]:
    """Two tools that sources know, and one that none knows."""
    async with open_yard(url, ANT, BEE, CAT) as yard:
        yield yard


async def test_of_two_at_once_one_refreshes(url: str, yard: Yard) -> None:
    """The other one is told who does, and asks nothing."""
    yard.answer()
    async with open_yard(url) as other, yard.refresher.alone():
        with pytest.raises(RefreshingElsewhereError, match=str(os.getpid())):
            await other.refresh()
        assert not other.service.requests
        found = await freshness(other.catalog, other.sources, now=other.clock.now)
        assert found.refreshing is not None
    async with open_yard(url) as other:
        assert (await freshness(other.catalog, other.sources, now=other.clock.now)).refreshing is None
        async with other.refresher.alone():
            pass


async def test_who_waits_gets_it(url: str, yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as the other one is done; it is said once for whom they wait, and they don't wait for ever."""
    monkeypatch.setattr("catalog.refreshing._TRIED", 0.0)
    told: list[str | None] = []
    async with open_yard(url) as other:
        holding = yard.refresher.alone()
        await holding.__aenter__()

        def waits(holder: str | None) -> None:
            told.append(holder)
            other.clock.today += timedelta(seconds=40)

        with pytest.raises(RefreshingElsewhereError):
            async with other.refresher.alone(timedelta(seconds=30), waits):
                pass

        async def wait() -> None:
            async with other.refresher.alone(timedelta(minutes=2), told.append):
                pass

        waiting = asyncio.create_task(wait())
        await until(lambda: len(told) == 2)
        assert not waiting.done()
        await holding.__aexit__(None, None, None)
        await waiting
    assert len(told) == 2
    assert all(str(os.getpid()) in (holder or "") for holder in told)


async def test_who_lost_the_lease_stops(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that slept for long, and in whose place another works by now, asks no more."""
    monkeypatch.setattr("catalog.refreshing._RENEWED", 0.01)
    yard.answer()
    async with yard.refresher.alone():
        plan = await yard.refresher.plan()
        yard.clock.today += timedelta(minutes=5)
        theirs = Lease("refresh", "another", moment(yard.clock.today + timedelta(minutes=2)))
        leases = yard.catalog.storage.leases
        # It may have been renewed in that very moment.
        while not await leases.take(theirs, moment(yard.clock.today + timedelta(minutes=3))):
            pass
        await until(lambda: not yard.refresher._is_alone)
        report = await yard.refresher.refresh(plan)
    assert all(one.stopped and not one.requests for one in report.sources)
    assert await leases.held("refresh", moment(yard.clock.today)) == theirs


async def test_stopped_half_way(yard: Yard) -> None:
    """What was answered is kept, and the lease is given back at once."""
    yard.answer()

    async def never(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    yard.service.on("/repos/bees/bee", never)
    working = asyncio.create_task(yard.refresh(only=["github"]))
    await until(lambda: "/repos/bees/bee" in yard.service.paths)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert yard.figures("ant")["github_stars"] == 10
    assert await yard.catalog.storage.leases.held("refresh", moment(yard.clock.today)) is None


def test_a_killed_refresher_gives_way(
    url: str, fork: Callable[[Callable[[], Coroutine[None, None, None]]], int]
) -> None:
    """Killed in the middle, it is followed by the next process once its lease has run out."""

    async def die() -> None:
        async with open_yard(url, BEE) as yard:

            async def kill(_: asyncio.StreamWriter) -> None:
                os.kill(os.getpid(), signal.SIGKILL)

            yard.service.on("/repos/bees/bee", kill)
            await yard.refresh()

    async def follow() -> None:
        async with open_yard(url) as yard:
            yard.answer()
            with pytest.raises(RefreshingElsewhereError):
                await yard.refresh()
            yard.clock.today += timedelta(minutes=2)
            assert (await yard.refresh()).sources[0].changed == ("bee",)

    _, status = os.waitpid(fork(die), 0)
    assert os.WIFSIGNALED(status)
    asyncio.run(follow())
