"""A catalog, a service that plays all live sources, and a clock: what tests of refreshing stand on."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from catalog.models import Link, LinkKind, Tool
from catalog.refreshing import Refresher
from catalog.revision import Author
from catalog.service import Catalog
from catalog.sources.fetching import Clock, Fetcher, Timeouts
from catalog.sources.sources import SOURCES
from tests.catalog.sources.service import Service, reply, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from catalog.refreshes import RefreshReport

TEST = Author(name="test", reason="test")
DAY = timedelta(days=1)


def tool(name: str, *packages: str, repository: str | None = None) -> Tool:
    """Make a tool that sources know by its repository and its packages."""
    link = Link(kind=LinkKind.REPOSITORY, url=f"https://github.com/{repository}") if repository else None
    return Tool(name=name, links=(link,) if link else (), packages=packages)


ANT = tool("Ant", "pypi:ant", repository="ants/ant")
BEE = tool("Bee", repository="bees/bee")
CAT = tool("Cat")


def repository(name: str, stars: int = 10, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON)
    """Give what GitHub says of a repository."""
    return {
        "full_name": name,
        "private": False,
        "archived": False,
        "stargazers_count": stars,
        "forks_count": 2,
        "pushed_at": "2026-03-18T10:00:00Z",
        **fields,
    }


def downloads_of(name: str, count: int) -> dict[str, Any]:
    """Give what PyPI Stats says of a package."""
    return {"data": {"last_month": count}, "package": name, "type": "recent_downloads"}


class HurriedClock(Clock):
    """A day of a test's own, on which waiting takes no time."""

    def __init__(self) -> None:
        self.today = datetime(2026, 3, 20, 12, tzinfo=UTC)

    def now(self) -> datetime:
        """Give the time in UTC."""
        return self.today

    async def sleep(self, seconds: float) -> None:
        """Give everybody else a turn."""
        del seconds
        await asyncio.sleep(0)


class Yard:
    """A catalog, a service that plays all sources, and a clock that a test moves on."""

    def __init__(self, catalog: Catalog, service: Service, fetcher: Fetcher, clock: HurriedClock) -> None:
        self.catalog = catalog
        self.service = service
        self.clock = clock
        self.sources = [replace(one, address=service.address, spacing=0) for one in SOURCES]
        self.refresher = Refresher(catalog, fetcher, self.sources, now=clock.now)

    async def refresh(self, *slugs: str, patient: bool = False, **options: Any) -> RefreshReport:  # noqa: ANN401 (as `plan` takes them)
        """Ask for what is due, or for some tools."""
        async with self.refresher.alone():
            plan = await self.refresher.plan(slugs or None, **options)
            return await self.refresher.refresh(plan, patient=patient)

    def answer(self, stars: int = 10, downloads: int = 5000, etag: str = '"a"') -> None:
        """Let the service know both tools."""
        self.service.on("/repos/ants/ant", reply(200, repository("ants/ant", stars), etag=etag))
        self.service.on("/repos/bees/bee", reply(200, repository("bees/bee", stars), etag=etag))
        self.service.on("/api/packages/ant/recent", reply(200, downloads_of("ant", downloads)))

    def figures(self, slug: str) -> dict[str, float]:
        """Give a tool's newest figures."""
        return {one.metric: one.value for one in self.catalog.get(slug).signals}

    async def number(self) -> int:
        """Give the number of the newest revision."""
        return await self.catalog.storage.newest()


@asynccontextmanager
async def open_yard(url: str, *tools: Tool) -> AsyncIterator[Yard]:
    """Open a catalog in a database, put some tools there, and run a service beside it."""
    clock = HurriedClock()
    async with (
        Catalog.open(url, with_starter=False) as catalog,
        serving() as service,
        Fetcher(clock=clock, timeouts=Timeouts(connect=2, read=1, whole=2)) as fetcher,
    ):
        async with catalog.writing(TEST) as writer:
            for tool in tools:
                await writer.put(tool)
        yield Yard(catalog, service, fetcher, clock)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that happens in a moment."""
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError
