from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING, Any

from catalog.importers import Authority, Incoming
from catalog.models import Tool
from catalog.revision import Author, Scope
from catalog.service import Catalog
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path

BY = Author(name="a test", reason="to see")


async def pauses(work: Awaitable[Any]) -> tuple[float, float]:
    """Do work, and give the longest time for which nothing else had a turn, and how long it took, in seconds."""
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        last = perf_counter()
        while True:
            await asyncio.sleep(0)
            longest, last = max(longest, perf_counter() - last), perf_counter()

    heart = asyncio.create_task(beat())
    await asyncio.sleep(0)
    begun = perf_counter()
    await work
    took = perf_counter() - begun
    await asyncio.sleep(0)
    heart.cancel()
    return longest, took


async def test_others_have_their_turn() -> None:
    """However many items there are, each is given once and in order, and the loop is never held for long."""
    given: list[int] = []

    async def work() -> None:
        async for number in in_turns(range(200_000)):
            given.append(number)  # noqa: PERF401 (it is what the test is about)

    longest, took = await pauses(work())
    assert given == list(range(200_000))
    assert longest < took / 2


async def test_an_import_leaves_the_loop_its_turns(tmp_path: Path) -> None:
    """Many tools at once, or one beside many, in memory, in a database, for a guild: no part of it holds the loop."""
    many = [
        Incoming(Tool(name=f"Package {number} kit", aliases=(f"pk{number}",)), "a test", Authority.OWN)
        for number in range(8000)
    ]
    one = Incoming(Tool(name="Quarrybird"), "a test", Authority.OWN)
    async with Catalog.open(f"sqlite:///{tmp_path}/tools.db", with_starter=False) as stored:
        for catalog in (Catalog(), stored):
            for incoming, scope in ((many, Scope()), ([one], Scope()), (many[:3000], Scope(guild_id=7))):
                longest, took = await pauses(catalog.take_in(incoming, BY, scope=scope))
                assert longest < max(0.1, took / 4)
