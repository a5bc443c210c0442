"""A service on this machine that replies what a test tells it to, byte for byte, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    Script = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]

_REASONS = {200: "OK", 301: "Moved Permanently", 304: "Not Modified", 403: "Forbidden", 404: "Not Found"}


class Request(NamedTuple):
    """What was asked: the path with its query, and the headers (names in lower case)."""

    path: str
    headers: Mapping[str, str]


def reply(status: int = 200, body: Any = None, **headers: str) -> bytes:  # noqa: ANN401 (JSON holds anything)
    """Write a reply: JSON of anything but bytes; `retry_after="3"` is the header Retry-After."""
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    told = {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(content)),
        "Connection": "close",
        **{name.replace("_", "-").title(): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} {_REASONS.get(status, 'Reply')}\r\n{head}\r\n".encode() + content


class Service:
    """Scripted replies by path, the last of each path again and again; 404 for the rest."""

    def __init__(self) -> None:
        self.address = ""
        self.requests: list[Request] = []
        self.most_at_once = 0
        self.running: set[asyncio.Task[None]] = set()
        self._scripts: dict[str, deque[Script]] = {}

    def on(self, path: str, *scripts: Script) -> None:
        """Reply to a path (with or without its query) with these, in order."""
        self._scripts[path] = deque(scripts)

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.path for request in self.requests]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request and reply to it."""
        task = asyncio.current_task()
        assert task is not None
        self.running.add(task)
        self.most_at_once = max(self.most_at_once, len(self.running))
        try:
            # A client that has had enough hangs up; that is what some tests are about.
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._answer(reader, writer)
        finally:
            self.running.discard(task)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        path = first.split(" ")[1]
        headers = dict(line.split(": ", 1) for line in lines if line)
        self.requests.append(Request(path, {name.casefold(): value for name, value in headers.items()}))
        script = self._script(path)
        if isinstance(script, bytes):
            writer.write(script)
            await writer.drain()
        else:
            await script(writer)

    def _script(self, path: str) -> Script:
        scripts = self._scripts.get(path) or self._scripts.get(path.partition("?")[0])
        if not scripts:
            return reply(404, {"message": "Not Found", "status": "404"})
        return scripts.popleft() if len(scripts) > 1 else scripts[0]


@asynccontextmanager
async def serving() -> AsyncIterator[Service]:
    """Run a service for as long as an `async with` block does."""
    service = Service()
    server = await asyncio.start_server(service.answer, "127.0.0.1", 0)
    service.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield service
    finally:
        server.close()
        left = list(service.running)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
