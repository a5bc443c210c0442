from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot import demo
from catalog.errors import ImportFileError

if TYPE_CHECKING:
    from pathlib import Path


async def test_world() -> None:
    """The demo is the real bot with the starter catalog and both pages, in a database of its own."""
    async with demo.world() as (_, bot):
        assert len(bot.catalog) > 50
        reported = bot.catalog.get("stable-diffusion").reported
        assert sorted(score.rank or 0 for score in reported) == [51, 55]
        assert bot.catalog.resolve("mistrl small").tool


async def test_other_pages(tmp_path: Path) -> None:
    """The demo can show other pages; one that is none is refused."""
    page = tmp_path / "page.txt"
    page.write_text("nothing of the kind")
    with pytest.raises(ImportFileError):
        async with demo.world([page]):
            pass


async def test_serves_a_page() -> None:
    """The address that is said first serves the demo; it ends when it is told to."""
    said: list[str] = []
    serving = asyncio.create_task(demo.serve(open_browser=False, say=said.append))
    async with asyncio.timeout(30):
        while len(said) < 2:
            assert not serving.done(), serving.exception()
            await asyncio.sleep(0.05)
    assert said[0].startswith("http://127.0.0.1:")
    assert "tools" in said[1]
    async with aiohttp.ClientSession() as session, session.get(said[0]) as response:
        assert response.status == 200
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
