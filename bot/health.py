"""A small endpoint that tells whoever watches the process whether the bot is fit to answer."""

from __future__ import annotations

import math
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.client import Matchbook


@asynccontextmanager
async def serve(bot: Matchbook, host: str, port: int) -> AsyncIterator[int]:
    """Serve `GET /healthz` while the block runs; gives the port (useful with port 0).

    200 when the bot is connected and its catalog is loaded, 503 otherwise, both with a JSON body.
    """

    async def healthz(_: web.Request) -> web.Response:
        latency = bot.latency
        body = {
            # Readiness is never taken back by discord.py; whether the gateway is there each shard knows.
            "ready": bot.is_ready() and not any(shard.is_closed() for shard in bot.shards.values()),
            "tools": len(bot.catalog),
            "latency_ms": round(latency * 1000) if math.isfinite(latency) else None,
        }
        return web.json_response(body, status=200 if body["ready"] else 503)

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
