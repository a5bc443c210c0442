"""A heart that beats on the event loop, and shows how long the loop was held up."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable

_Result = TypeVar("_Result")

#: Rest between two beats, in seconds.
_REST = 0.001


async def held_up(work: Awaitable[_Result]) -> tuple[_Result, float]:
    """Do some work, and give with its result the longest time (in seconds) that the loop wasn't at work."""
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            started = perf_counter()
            await asyncio.sleep(_REST)
            longest = max(longest, perf_counter() - started - _REST)

    heart = asyncio.create_task(beat())
    await asyncio.sleep(0)
    result = await work
    # A pause at the very end shows at the next beat.
    await asyncio.sleep(_REST)
    heart.cancel()
    return result, longest
