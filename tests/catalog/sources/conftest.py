"""A service to ask, a clock that never waits, and somebody who asks."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from pydantic import SecretStr

from catalog.sources.fetching import Clock, Fetcher, Timeouts
from tests.catalog.sources.service import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from catalog.sources.fetching import Fetched, Known
    from catalog.sources.source import LiveSource
    from tests.catalog.sources.service import Service

NOW = datetime(2026, 9, 20, 12, 0, tzinfo=UTC)
TOKEN = "a-token-of-a-test"  # noqa: S105 (it opens nothing)


class StoppedClock(Clock):
    """Time goes on only when somebody waits, and then at once."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.waits: list[float] = []

    def now(self) -> datetime:
        """Give the time in UTC."""
        return NOW + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        """Give the seconds waited so far."""
        return self.passed

    async def sleep(self, seconds: float) -> None:
        """Note the wait and let the time pass."""
        self.waits.append(seconds)
        self.passed += seconds
        await asyncio.sleep(0)


class Desk:
    """Asks a service on this machine as if it were any of the sources."""

    def __init__(self, service: Service, fetcher: Fetcher, clock: StoppedClock) -> None:
        self.service = service
        self.fetcher = fetcher
        self.clock = clock

    def at(self, source: LiveSource) -> LiveSource:
        """Give a source whose address is the service's."""
        return replace(source, address=self.service.address)

    async def ask(self, source: LiveSource, key: str, known: Known | None = None) -> Fetched:
        """Ask."""
        return await self.fetcher.ask(self.at(source), key, known)


@pytest.fixture
def clock() -> StoppedClock:
    """A clock that never waits."""
    return StoppedClock()


@pytest_asyncio.fixture
async def service() -> AsyncIterator[Service]:
    """A service on this machine."""
    async with serving() as service:
        yield service


@pytest_asyncio.fixture
async def desk(service: Service, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """Somebody who asks the service, with a token for GitHub and little patience."""
    # Whatever proxy this machine has leads elsewhere.
    monkeypatch.setenv("NO_PROXY", "*")
    tokens = {"github": SecretStr(TOKEN)}
    timeouts = Timeouts(connect=2, read=0.2, whole=0.5)
    async with Fetcher(tokens=tokens, contact="ops@example.org", clock=clock, timeouts=timeouts) as fetcher:
        yield Desk(service, fetcher, clock)
