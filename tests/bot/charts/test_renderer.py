"""Pictures are drawn beside the event loop, once each, and kept while there is room."""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import TYPE_CHECKING

import pytest_asyncio

from bot.charts.picture import Picture
from bot.charts.renderer import Renderer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import pytest


class Easel:
    """Pictures that count how often they are drawn, and can be held up."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.go = threading.Event()
        self.go.set()

    def picture(self, key: str, size: int = 10) -> Picture:
        """Make a picture of a size in bytes."""
        return Picture("test", "words", key, self._drawing(key, size))

    def _drawing(self, key: str, size: int) -> Callable[[], bytes]:
        def draw() -> bytes:
            self.drawn.append(key)
            assert self.go.wait(10)
            return key.encode() * size

        return draw


@pytest_asyncio.fixture
async def renderer() -> AsyncIterator[Renderer]:
    """A renderer with room for 100 bytes."""
    async with Renderer(room=100) as renderer:
        yield renderer


async def test_a_picture_is_drawn_once(renderer: Renderer) -> None:
    """Whoever asks for a picture, at once or later, gets the one drawing."""
    easel = Easel()
    both = await asyncio.gather(*(renderer.render(easel.picture("a")) for _ in range(5)))
    assert both == [b"a" * 10] * 5
    assert await renderer.render(easel.picture("a")) == b"a" * 10
    assert renderer.kept(easel.picture("a")) == b"a" * 10
    assert easel.drawn == ["a"]


async def test_who_waits_no_longer_gets_nothing_and_the_drawing_is_kept(renderer: Renderer) -> None:
    """When the time is up there is no picture; it is drawn to its end and there for who asks next."""
    easel = Easel()
    easel.go.clear()
    assert await renderer.render(easel.picture("a"), within=0.01) is None
    easel.go.set()
    assert await renderer.render(easel.picture("a")) == b"a" * 10
    assert easel.drawn == ["a"]


async def test_a_cancelled_reply_leaves_the_drawing_to_others(renderer: Renderer) -> None:
    """Cancelling who asked first doesn't take the picture from who asked second."""
    easel = Easel()
    easel.go.clear()
    first, second = (asyncio.create_task(renderer.render(easel.picture("a"))) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.sleep(0)
    easel.go.set()
    assert await second == b"a" * 10
    assert first.cancelled()
    assert easel.drawn == ["a"]


async def test_what_was_asked_for_last_is_kept(renderer: Renderer) -> None:
    """When the room is full, the picture that nobody asked for the longest goes."""
    easel = Easel()
    for key in ("a", "b", "a", "c"):
        await renderer.render(easel.picture(key, 40))
    assert renderer.kept(easel.picture("b")) is None
    assert renderer.kept(easel.picture("a"))
    assert renderer.kept(easel.picture("c"))


async def test_a_picture_larger_than_the_room_is_given_and_not_kept(renderer: Renderer) -> None:
    """What is too large to keep is still drawn for who asks."""
    easel = Easel()
    assert await renderer.render(easel.picture("a", 1000)) == b"a" * 1000
    assert renderer.kept(easel.picture("a")) is None


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith("charts")}


async def test_a_picture_that_fails_is_none_and_logged(
    renderer: Renderer, caplog: pytest.LogCaptureFixture
) -> None:
    """A drawing that goes wrong is logged once, costs nobody the reply, and isn't tried again."""

    def fail() -> bytes:
        raise ZeroDivisionError

    broken = Picture("test", "words", "a", fail)
    with caplog.at_level(logging.ERROR):
        assert await renderer.render(broken) is None
        assert await renderer.render(broken) is None
    assert caplog.text.count("could not draw test-a.png") == 1
    assert await renderer.render(Easel().picture("b")) == b"b" * 10


async def test_closing_ends_what_is_drawn_and_leaves_out_the_rest() -> None:
    """Closing waits for the picture at hand; whoever waits for a later one gets nothing; no thread stays."""
    before = _threads()
    easel, renderer = Easel(), Renderer()
    easel.go.clear()
    waiting = [asyncio.create_task(renderer.render(easel.picture(key))) for key in "ab"]
    await asyncio.sleep(0.01)
    closing = asyncio.create_task(renderer.close())
    await asyncio.sleep(0.01)
    easel.go.set()
    await closing
    assert await asyncio.gather(*waiting) == [b"a" * 10, None]
    assert await renderer.render(easel.picture("c")) is None
    assert easel.drawn == ["a"]
    assert _threads() == before


async def test_nothing_is_started_before_the_first_picture() -> None:
    """A renderer that draws nothing has no thread, and is closed all the same."""
    before = _threads()
    async with Renderer() as renderer:
        assert _threads() == before
    assert await renderer.render(Easel().picture("a")) is None
