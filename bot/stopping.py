"""Ending on Ctrl-C or SIGTERM without cutting anything off."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until the work is done, or until Ctrl-C or SIGTERM cancels it; its own errors come through."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers on its event loop; there Ctrl-C raises KeyboardInterrupt instead.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(signum, stopped.set)
    task, waiting = asyncio.ensure_future(work), asyncio.ensure_future(stopped.wait())
    done, pending = await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    for one in pending:
        one.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    if task in done:
        task.result()
