from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from typing import TYPE_CHECKING, Any

import discord
import pytest
from aiohttp import web

from bot.cli import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ask = Callable[..., Any]

#: A token of the right shape for nobody.
TOKEN = "bm9ib2R5.Y2FsbHM.aXRzZWxmLXRoaXM"  # noqa: S105 (it is made up)


@contextlib.contextmanager
def _discord(answer: Callable[[web.Request], Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Discord of our own that gives one answer to everything, in a thread with its own event loop."""
    import asyncio  # noqa: PLC0415 (beside its use)

    loop = asyncio.new_event_loop()

    async def start() -> tuple[web.AppRunner, int]:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, runner.addresses[0][1]

    runner, port = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{port}")
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """`run` and `demo` set up logging for the whole process."""
    import logging  # noqa: PLC0415 (beside its use)

    root, theirs = logging.getLogger(), logging.getLogger("discord")
    handlers, level, discord_level = root.handlers[:], root.level, theirs.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    theirs.setLevel(discord_level)


@pytest.mark.parametrize("token", [None, "", "  "])
def test_run_needs_a_token(ask: Ask, monkeypatch: pytest.MonkeyPatch, token: str | None) -> None:
    """Exit 2 and one line that says where to get it and where to put it."""
    if token is not None:
        monkeypatch.setenv("DISCORD_TOKEN", token)
    said = ask("run")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "https://discord.com/developers/applications" in said.err
    assert ".env" in said.err


def test_a_wrong_token_is_told_and_never_shown(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord says 401: one clear line, exit 1."""

    async def refuse(_: web.Request) -> web.Response:
        return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)

    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    with _discord(refuse, monkeypatch):
        said = ask("run")
    assert said.code == 1
    assert said.err.splitlines()[-1].startswith("matchbook: Discord refused DISCORD_TOKEN")
    assert TOKEN not in said.err + said.out


def test_no_network_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers: one clear line, exit 1."""
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1")
    said = ask("run")
    assert said.code == 1
    assert said.err.splitlines()[-1].startswith("matchbook: Discord can't be reached")


def test_run_answers_health_and_stops_when_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """While Discord keeps it waiting the endpoint says 503; SIGTERM ends it cleanly."""
    import asyncio  # noqa: PLC0415 (beside its use)

    asked = threading.Event()
    seen: list[int] = []

    async def wait(_: web.Request) -> web.Response:
        asked.set()
        await asyncio.sleep(60)
        return web.Response()

    def watch() -> None:
        asked.wait(60)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as response:
                seen.append(response.status)
        except urllib.error.HTTPError as error:
            seen.append(error.code)
            error.close()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    port = _free_port()
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("HEALTH_PORT", str(port))
    watcher = threading.Thread(target=watch)
    watcher.start()
    with _discord(wait, monkeypatch):
        said = ask("run", "--json")
    watcher.join()
    assert (said.code, seen) == (0, [503])
    assert said.json["health_port"] == port
    assert said.json["tools"] > 0
    assert TOKEN not in said.err


def _free_port() -> int:
    import socket  # noqa: PLC0415 (beside its use)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_a_taken_health_port_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else listens there: one clear line, exit 1."""
    import socket  # noqa: PLC0415 (beside its use)

    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
        monkeypatch.setenv("HEALTH_PORT", str(taken.getsockname()[1]))
        said = ask("run")
    assert said.code == 1
    assert "health endpoint can't listen" in said.err.splitlines()[-1]


def test_the_demo_answers_and_stops_when_told() -> None:
    """Its address is the first line of stdout and answers; SIGTERM ends it with exit 0."""
    command = [sys.executable, "-m", "bot", "demo", "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(url, timeout=20) as page:  # noqa: S310 (our own address)
            assert page.status == 200
        process.terminate()
        assert process.wait(timeout=30) == 0
        assert "Ctrl-C" in process.stdout.read()
        assert "Traceback" not in process.stderr.read()


def test_the_demo_tells_scripts_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json stdout holds the address alone; what is for people goes to stderr."""
    announce = serving.Announcer(as_json=True)
    announce("http://127.0.0.1:1/")
    announce("111 tools.")
    said = capsys.readouterr()
    assert json.loads(said.out) == {"url": "http://127.0.0.1:1/"}
    assert said.err == "matchbook: 111 tools.\n"


def test_a_demo_of_no_page_is_told(ask: Ask) -> None:
    """A page that isn't there: one line, exit 1."""
    said = ask("demo", "gone.txt", "--no-open")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "gone.txt" in said.err


def test_serving_takes_no_catalog(ask: Ask) -> None:
    """The bot keeps edits, so it runs on a database; saying --catalog is a bad argument."""
    for command in ("run", "demo"):
        assert ask("--catalog", "x.yaml", command).code == 2
