from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot import health

if TYPE_CHECKING:
    import pytest

    from tests.conftest import World


async def _ask(port: int, path: str = "/healthz") -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.json() if response.status != 404 else None


async def test_ready(world: World) -> None:
    """A bot that is connected and has its catalog is fit to answer."""
    async with health.serve(world.bot, "127.0.0.1", 0) as port:
        status, body = await _ask(port)
    assert status == 200
    assert body["ready"] is True
    assert body["tools"] == len(world.catalog)


async def test_not_ready(world: World) -> None:
    """Before the bot is connected, and for any other path, the answer is no."""
    async with health.serve(world.new_bot(), "127.0.0.1", 0) as port:
        status, body = await _ask(port)
        assert status == 503
        assert body == {"ready": False, "tools": len(world.catalog), "latency_ms": None}
        assert (await _ask(port, "/"))[0] == 404


async def test_closed(world: World) -> None:
    """A bot that was closed is not fit to answer."""
    bot = world.bot
    async with health.serve(bot, "127.0.0.1", 0) as port:
        await bot.close()
        assert (await _ask(port))[0] == 503


async def test_a_lost_gateway(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that was ready and lost Discord isn't fit to answer until it is back."""
    assert world.bot.shards
    async with health.serve(world.bot, "127.0.0.1", 0) as port:
        monkeypatch.setattr(discord.ShardInfo, "is_closed", lambda _: True)
        assert (await _ask(port))[0] == 503
        monkeypatch.undo()
        assert (await _ask(port))[0] == 200
