from __future__ import annotations

import asyncio
import logging
import os
import signal
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from bot.cli import freshness, refresh
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
    assert ask("refresh", "--source", "npm", "--source", "huggingface", "ant").out == (
        "npm, huggingface: nothing is known of these tools there. --source github --source pypi would know.\n"
    )
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


def _hold(database: Path) -> None:
    """Let another process seem to refresh."""

    async def hold() -> None:
        async with Database.open(f"sqlite:///{database}") as opened:
            now = datetime.now(UTC)
            mine = Lease("refresh", "elsewhere:7", moment(now + timedelta(minutes=1)))
            assert await Storage(opened).leases.take(mine, moment(now))

    asyncio.run(hold())


@pytest.mark.usefixtures("filled")
def test_another_process_refreshes(ask: Ask, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is waited for; then one clear line, and `status` says which."""
    monkeypatch.setattr(refresh, "_PATIENCE", timedelta())
    _hold(database)
    said = ask("refresh")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("matchbook: Another process (elsewhere:7) is refreshing")
    assert "elsewhere:7" in ask("status").out
    assert ask("status", "--json").json["refreshing"]["name"] == "elsewhere:7"


@pytest.mark.usefixtures("filled")
def test_another_process_is_waited_for(ask: Ask, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says so, and once it is done what is due is asked."""
    _hold(database)
    said = refresh._waiting

    def waiting(holder: str | None) -> None:
        said(holder)
        with closing(sqlite3.connect(database)) as opened, opened:
            opened.execute("DELETE FROM leases")

    monkeypatch.setattr(refresh, "_waiting", waiting)
    monkeypatch.setattr("catalog.refreshing._TRIED", 0.0)
    came = ask("refresh")
    assert came.code == 0
    assert came.err == (
        "matchbook: another process (elsewhere:7) is refreshing; waiting for it, up to 2 minutes\n"
    )
    assert "GitHub" in came.out


def test_stopped_by_sigterm(ask: Ask, filled: Service, database: Path) -> None:
    """It ends at once and says so; what was answered is kept, and the next one needn't wait."""

    async def stop(_: asyncio.StreamWriter) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()

    filled.on("/repos/bees/bee", stop)
    said = ask("refresh", "--source", "github")
    assert (said.code, said.out) == (130, "")
    assert said.err == "matchbook: stopped; what was answered until then is kept\n"
    with closing(sqlite3.connect(database)) as opened:
        assert opened.execute("SELECT * FROM leases").fetchall() == []
        assert opened.execute("SELECT key FROM fetches").fetchall() == [("ants/ant",)]


@pytest.mark.usefixtures("filled")
def test_on_a_narrow_terminal(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table would break its words: each source is a paragraph."""
    monkeypatch.setenv("COLUMNS", "40")
    said = ask("refresh")
    assert "GitHub: changed 2, unchanged 0, gone 0," in " ".join(said.out.split())
    told = ask("status")
    flat = " ".join(told.out.split())
    assert "GitHub: tools 2, answered 2 of 2, answers from 0 min ago, due now 0, failing 0." in flat
    assert "Some list: figures 1, tools 1, oldest 2025-11-02, newest 2025-11-02, age" in flat
    assert max(map(len, (said.out + told.out).splitlines())) <= 40


def test_status_of_a_tool(ask: Ask, filled: Service) -> None:
    """What each source said of it last, in figures and words, and why it said nothing since."""
    never = ask("status", "ant").out
    assert "ant: GitHub about ants/ant: never answered" in never
    archived = _repository("ants/ant") | {"archived": True}
    filled.on("/repos/ants/ant", reply(200, archived), reply(200, b"<html>"))
    ask("refresh", "ant")
    ask("refresh", "ant")
    said = " ".join(ask("status", "ANT").out.split())
    assert "- github_stars 12 stars" in said
    assert "- ants/ant was archived on GitHub: its owners take no more changes." in said
    assert "- failed since: GitHub's answer is a web page instead of data; asked again from" in said
    github, pypi = ask("status", "ant", "--json").json["answers"]
    assert (github["key"], github["figures"][0]["metric"]) == ("ants/ant", "github_stars")
    assert pypi["reason"] is None
    assert ask("status", "cat").out.startswith("No live source knows any of these tools")
    assert ask("status", "quetzal nine").code == 3


@pytest.mark.parametrize(
    ("when", "age"),
    [
        ("2026-03-16", "0 days"),
        ("2026-03-15", "1 day"),
        ("2026-03", "this month"),
        ("2026-02", "1 month"),
        ("2025-01", "14 months"),
        ("2027-01", "this month"),
        ("2026", "this year"),
        ("2024", "2 years"),
        ("2026-02-30", ""),
    ],
)
def test_ages(when: str, age: str) -> None:
    """As closely as the day is known."""
    assert freshness._days(when, "2026-03-16T12:00:00Z") == age


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
