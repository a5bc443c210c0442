from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from bot.client import Matchbook
from bot.settings import Settings
from catalog.database import Database
from catalog.moments import moment
from catalog.sources import sources
from catalog.storage import Storage
from catalog.storage.leases import Lease
from tests.catalog.sources.service import Service, reply, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ask = Callable[..., Any]

TOOLS = """\
- name: Ant
  links: [{kind: repository, url: "https://github.com/ants/ant"}]
  packages: ["pypi:ant"]
  signals: [{metric: github_stars, value: 5, unit: stars, source: "Some list: page", observed_on: 2025-11-02}]
- name: Bee
  links: [{kind: repository, url: "https://github.com/bees/bee"}]
- name: Cat
"""
TOKEN = "a-token-of-a-test"  # noqa: S105 (it opens nothing)


def _repository(name: str) -> dict[str, Any]:
    counts = {"stargazers_count": 12, "forks_count": 3, "pushed_at": "2026-03-18T10:00:00Z"}
    return {"full_name": name, "private": False, "archived": False, **counts}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service that plays all sources, in a thread with its own event loop."""
    loop = asyncio.new_event_loop()
    world = serving()
    service = loop.run_until_complete(world.__aenter__())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    ours = tuple(replace(one, address=service.address, spacing=0) for one in sources.SOURCES)
    monkeypatch.setattr(sources, "SOURCES", ours)
    monkeypatch.setenv("NO_PROXY", "*")
    for name in ("ants/ant", "bees/bee"):
        service.on(f"/repos/{name}", reply(200, _repository(name), etag='"a"'))
    service.on("/api/packages/ant/recent", reply(200, {"package": "ant", "data": {"last_month": 4000}}))
    try:
        yield service
    finally:
        asyncio.run_coroutine_threadsafe(world.__aexit__(None, None, None), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def filled(ask: Ask, service: Service) -> Service:
    """A database with three tools of which two can be asked for, and the service that knows them."""
    Path("tools.yaml").write_text(TOOLS)
    assert ask("import", "tools.yaml").code == 0
    return service


def test_what_is_due_is_asked(ask: Ask, filled: Service) -> None:
    """A summary of what came of it, then what the catalog holds; a second run finds nothing due."""
    said = ask("refresh")
    assert (said.code, said.err) == (0, "")
    assert "GitHub" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    assert ask("export", "out.json").code == 0
    assert '"GitHub"' in Path("out.json").read_text()
    asked = len(filled.requests)
    assert ask("refresh").out == "Nothing is due. Name tools to ask for them all the same.\n"
    assert len(filled.requests) == asked
    assert ask("refresh", "--json").json == {"sources": []}


def test_by_name_and_source(ask: Ask, filled: Service) -> None:
    """Names as people type them; of these tools alone, and of one source."""
    said = ask("refresh", "ant", "--source", "pypi", "--json").json
    assert [(one["key"], one["changed"], one["requests"]) for one in said["sources"]] == [
        ("pypi", ["ant"], 1)
    ]
    assert [one.path.partition("?")[0] for one in filled.requests] == ["/api/packages/ant/recent"]
    again = ask("refresh", "ANT", "--json").json
    assert {one["key"]: (one["changed"], one["unchanged"]) for one in again["sources"]} == {
        "github": (["ant"], []),
        "pypi": ([], ["ant"]),
    }


def test_who_is_asked_for_in_vain(ask: Ask, filled: Service) -> None:
    """A name not found exits 3, a source that is none 2, and a tool without links is told of."""
    assert ask("refresh", "quetzal nine").code == 3
    said = ask("refresh", "--source", "gitlab")
    assert (said.code, said.err) == (
        2,
        "matchbook: --source: there is no gitlab; name github, huggingface, pypi, npm\n",
    )
    assert ask("refresh", "cat").out.startswith("No live source knows any of these tools")
    assert ask("refresh", "--catalog", "tools.yaml").code == 2
    assert not filled.requests


def test_some_failed(ask: Ask, filled: Service) -> None:
    """Exit 0, with a line on stderr for what failed and why."""
    filled.on("/repos/bees/bee", reply(200, b"<html>"))
    said = ask("refresh")
    assert said.code == 0
    (line,) = said.err.splitlines()
    assert line.startswith("matchbook: GitHub: bees/bee: ")


def test_all_failed(ask: Ask, filled: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 1, and no line shows the token that was refused."""
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    filled.on("/repos/ants/ant", reply(401, {"message": "Bad credentials"}))
    filled.on("/repos/bees/bee", reply(401, {"message": "Bad credentials"}))
    said = ask("refresh", "--source", "github")
    assert said.code == 1
    assert filled.requests[0].headers["authorization"].endswith(TOKEN)
    assert said.err.splitlines()[-1] == "matchbook: no source answered; nothing was changed"
    assert TOKEN not in said.out + said.err
    told = ask("status")
    assert "refuses the token" in " ".join(told.out.split())
    assert TOKEN not in told.out


def test_what_was_flagged_is_told(ask: Ask, filled: Service) -> None:
    """With the number of the proposal; what is gone is told of, and filed when it is so on another day still."""
    moved = {**_repository("wasps/bee"), "archived": True}
    filled.on("/repos/bees/bee", reply(200, moved))
    said = " ".join(ask("refresh", "--source", "github").out.split())
    assert "! bee: GitHub says: bees/bee is wasps/bee on GitHub now. Filed as proposal 1." in said
    assert "Filed as proposal 2." in said
    filled.on("/repos/ants/ant", reply(404, {"message": "Not Found"}))
    again = " ".join(ask("refresh", "bee", "ant").out.split())
    assert again.count("Curators were told before.") == 2
    assert (
        "nothing under ants/ant any more (404). Curators are told once it is seen on a second day." in again
    )


@pytest.mark.usefixtures("filled")
def test_another_process_refreshes(ask: Ask, database: Path) -> None:
    """One clear line, and `status` says which."""

    async def hold() -> None:
        async with Database.open(f"sqlite:///{database}") as opened:
            until = moment(datetime.now(UTC) + timedelta(minutes=1))
            assert await Storage(opened).leases.take(
                Lease("refresh", "elsewhere:7", until), "2026-01-01T00:00:00Z"
            )

    asyncio.run(hold())
    said = ask("refresh")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("matchbook: Another process (elsewhere:7) is refreshing")
    assert "elsewhere:7" in ask("status").out
    assert ask("status", "--json").json["refreshing"]["name"] == "elsewhere:7"


def test_status(ask: Ask, filled: Service) -> None:
    """How each source stands, what fails and why, and from when all figures are, imported ones too."""
    before = ask("status", "--json").json
    assert [(one["key"], one["tools"], one["due"]) for one in before["sources"]] == [
        ("github", 2, 2),
        ("huggingface", 0, 0),
        ("pypi", 1, 1),
        ("npm", 0, 0),
    ]
    assert [(one["source"], one["newest"]) for one in before["figures"]] == [("Some list", "2025-11-02")]
    filled.on("/repos/bees/bee", reply(200, b"<html>"))
    ask("refresh")
    github = ask("status", "--json").json["sources"][0]
    assert (github["answered"], github["failing"], github["due"]) == (1, 1, 0)
    assert github["reasons"][0]["keys"] == 1
    said = ask("status")
    assert max(map(len, said.out.splitlines())) <= 80
    for word in ("GitHub", "1 of 2", "0 min ago", "Some list", "2025-11-02", "GitHub: 1 failing:"):
        assert word in said.out


def test_status_of_a_new_database(ask: Ask, database: Path) -> None:
    """It asks nobody, and there is nothing yet to tell of."""
    Path("none.yaml").write_text("- name: Ant\n")
    ask("import", "none.yaml")
    said = ask("status")
    assert database.exists()
    assert (said.code, "No figure is in the catalog." in said.out) == (0, True)


@pytest.mark.parametrize(("said", "refreshes"), [("off", False), ("on", True), (None, True)])
def test_run_refreshes_unless_told_otherwise(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, said: str | None, *, refreshes: bool
) -> None:
    """The bot gets somebody to ask sources for it, with the tokens that are set; `REFRESH=off` keeps it from that."""
    started = []

    async def start(bot: Matchbook, token: str) -> None:
        started.append((bot.refreshing is not None, token))

    monkeypatch.setattr(Matchbook, "start", start)
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    if said:
        monkeypatch.setenv("REFRESH", said)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        assert ask("run").code == 0
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    assert started == [(refreshes, "a.b.c")]


def test_tokens_are_secrets() -> None:
    """They are given to their sources alone, and shown to nobody; an empty one is none."""
    chosen = Settings(github_token=SecretStr(TOKEN), hf_token=SecretStr(" "), _env_file=None)
    assert {key: token.get_secret_value() for key, token in chosen.tokens.items()} == {"github": TOKEN}
    assert TOKEN not in repr(chosen) + str(chosen.tokens)
