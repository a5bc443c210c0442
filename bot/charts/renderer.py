"""Draws pictures beside the event loop, once each, and keeps what was drawn while there is room."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import TracebackType

    from bot.charts.picture import Picture

log = logging.getLogger(__name__)

#: How many bytes of drawn pictures are kept, the last asked for; a picture has 10,000 to 40,000.
ROOM: Final = 16 * 2**20
#: How long a picture is waited for, in seconds, when nothing else is said.
PATIENCE: Final = 5.0
#: How long a reply may wait for its picture, in seconds; the text goes first when it takes longer.
AT_ONCE: Final = 0.1
#: Pictures that couldn't be drawn and aren't tried again, at most.
_FAILED: Final = 64


class Renderer:
    """Draws pictures in one thread of its own, which begins with the first picture and ends with `close`.

    One thread, not several: Pillow lets the event loop run while it compresses a picture and between two strokes, and
    a second thread would only take turns with the first.

    A reply never waits longer for a picture than people notice::

        png = await renderer.render(picture, within=AT_ONCE)
        if png is not None:
            ...  # send text and picture at once
        else:
            ...  # send the text, then:
            png = await renderer.render(picture)
            if png is not None:
                ...  # edit the message: attachments=[File(BytesIO(png), picture.filename, description=picture.alt)]
    """

    def __init__(self, *, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._drawing: dict[str, asyncio.Future[bytes]] = {}
        self._thread: ThreadPoolExecutor | None = None
        self._closed = False
        # The same content fails again; whoever asks for it next need not wait.
        self._failed: set[str] = set()

    async def __aenter__(self) -> Self:
        """Nothing is started before the first picture."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the thread."""
        await self.close()

    def kept(self, picture: Picture) -> bytes | None:
        """Give a picture that was drawn before and is still kept."""
        png = self._kept.get(picture.key)
        if png is not None:
            self._kept.move_to_end(picture.key)
        return png

    async def render(self, picture: Picture, *, within: float = PATIENCE) -> bytes | None:
        """Give a picture as a PNG, drawn once however many ask for it at a time.

        Args:
            picture: what to draw.
            within: how long to wait for it, in seconds.

        Returns:
            The file; None when it isn't ready in time, couldn't be drawn (which is logged), or after `close`. What
            isn't ready is drawn to its end and kept, whether or not somebody still waits.
        """
        png = self.kept(picture)
        if png is not None or self._closed or picture.key in self._failed:
            return png
        future = self._drawing.get(picture.key) or self._begin(picture)
        # Unlike wait_for, this leaves the drawing alone when the time is up or who waits is cancelled.
        await asyncio.wait((future,), timeout=within)
        if not future.done() or future.cancelled() or future.exception():
            return None
        return future.result()

    async def close(self) -> None:
        """Leave out what isn't begun, let the picture at hand end, and stop the thread."""
        self._closed = True
        thread, self._thread = self._thread, None
        if thread:
            await asyncio.to_thread(thread.shutdown, wait=True, cancel_futures=True)

    def _begin(self, picture: Picture) -> asyncio.Future[bytes]:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")
        future = asyncio.get_running_loop().run_in_executor(self._thread, picture.draw)
        self._drawing[picture.key] = future
        future.add_done_callback(lambda done: self._ended(picture, done))
        return future

    def _ended(self, picture: Picture, done: asyncio.Future[bytes]) -> None:
        del self._drawing[picture.key]
        if done.cancelled():
            return
        error = done.exception()
        if error:
            # A reply goes without its picture; the text says the same.
            log.error("could not draw %s", picture.filename, exc_info=error)
            self._failed = {picture.key, *list(self._failed)[: _FAILED - 1]}
        else:
            self._keep(picture.key, done.result())

    def _keep(self, key: str, png: bytes) -> None:
        self._kept[key] = png
        self._size += len(png)
        while self._size > self._room:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest)
