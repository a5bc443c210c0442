"""Long work on the event loop, done in turns with everything else that runs there."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

T = TypeVar("T")

#: How long one turn takes, in seconds.
_TURN: Final = 0.004


async def in_turns(items: Iterable[T]) -> AsyncIterator[T]:
    """Give items one by one, and everybody else a turn every few milliseconds.

    Not a thread: that couldn't be stopped half-way, and would take the interpreter from the loop as often as not.
    """
    begun = perf_counter()
    for item in items:
        yield item
        if perf_counter() - begun > _TURN:
            await asyncio.sleep(0)
            begun = perf_counter()
