"""Refreshing with clocks that were wrong, a database that refuses, and a loop that others need; on both databases."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from catalog import ledger
from catalog.errors import StorageError
from catalog.freshness import freshness, said
from catalog.moments import moment
from catalog.storage import writer
from catalog.storage.fetches import Fetches
from tests.catalog.sources.service import reply
from tests.catalog.storage.yard import ANT, BEE, CAT, DAY, TEST, Yard, open_yard, tool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from catalog.storage.fetches import Fetch


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
async def yard(url: str) -> AsyncIterator[Yard]:
    """Two tools that sources know, and one that none knows."""
    async with open_yard(url, ANT, BEE, CAT) as yard:
        yield yard


async def test_a_clock_that_was_ahead_freezes_nothing(yard: Yard) -> None:
    """What was asked "next year" is due, what was put off until then is too, and its figures give way to today's."""
    today = yard.clock.today
    yard.clock.today = today + 365 * DAY
    yard.answer(10)
    yard.service.on("/repos/bees/bee", reply(503))
    await yard.refresh()
    yard.clock.today = today
    yard.answer(20)
    yard.service.on("/repos/ants/ant", reply(200, {**_ant(), "pushed_at": "2026-03-20T00:00:00Z"}))
    found = await freshness(yard.catalog, yard.sources, now=yard.clock.now)
    assert {one.key: (one.due, one.stopped) for one in found.sources if one.keys} == {
        "github": (2, None),
        "pypi": (1, None),
    }
    report = await yard.refresh()
    assert {one.key: one.changed for one in report.sources} == {"github": ("ant", "bee"), "pypi": ("ant",)}
    stars = [one for one in yard.catalog.get("ant").signals if one.metric == "github_stars"]
    assert [(one.value, one.observed_on) for one in stars] == [(20, "2026-03-20")]


def _ant() -> dict[str, object]:
    return {"full_name": "ants/ant", "stargazers_count": 20, "forks_count": 2}


async def test_not_modified_since_tomorrow(yard: Yard) -> None:
    """What nobody can date isn't believed unseen: the whole answer is asked for, and no age is negative."""
    today = yard.clock.today
    yard.clock.today = today + 9 * DAY
    yard.answer()
    await yard.refresh("bee")
    yard.clock.today = today
    asked = len(yard.service.requests)
    await yard.refresh("bee")
    assert "if-none-match" not in yard.service.requests[asked].headers
    assert yard.figures("bee")["days_since_commit"] == 2


async def test_answers_outlast_a_locked_database(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """What couldn't be written when its time came is written in the end, and isn't asked for again."""
    monkeypatch.setattr("catalog.recording._BATCH", 1)
    yard.answer()
    real = Fetches.save
    refused: list[list[Fetch]] = []

    async def save(self: Fetches, asked: Iterable[Fetch]) -> None:
        kept = list(asked)
        if not refused and any(one.answer for one in kept):
            refused.append(kept)
            raise StorageError("The database is locked.")
        await real(self, kept)

    monkeypatch.setattr(Fetches, "save", save)
    with pytest.raises(StorageError, match="locked"):
        await yard.refresh(only=["github"], limit=1)
    assert refused
    assert yard.figures("ant")["github_stars"] == 10
    monkeypatch.setattr("catalog.recording._BATCH", 50)
    (github,) = (await yard.refresh(only=["github"])).sources
    assert github.changed == ("bee",)
    assert yard.service.paths.count("/repos/ants/ant") == 1


async def test_answers_are_written_after_a_minute(yard: Yard) -> None:
    """However few they are: who is killed then has lost no more."""
    yard.answer()
    async with yard.refresher.alone():
        plan = await yard.refresher.plan(only=["github"])
        seen: list[bool] = []

        def told(_: int) -> None:
            seen.append("github_stars" in yard.figures("ant"))
            yard.clock.today += timedelta(minutes=1)

        await yard.refresher.refresh(plan, told=told)
    assert seen == [False, True]


async def test_a_slow_source_gets_fewer_keys_at_a_time(yard: Yard) -> None:
    """As many as fit into some seconds, one at least; so whoever waits for the lease gets it soon."""
    async with yard.catalog.writing(TEST) as opened:
        for number in range(5):
            await opened.put(tool(f"Elk {number}", f"pypi:elk-{number}", repository=f"elks/elk{number}"))
    yard.refresher._sources = [
        replace(one, spacing={"pypi": 10.0}.get(one.key, 1.0)) for one in yard.refresher._sources
    ]
    for seconds, github, pypi in ((30.0, 7, 3), (1.0, 1, 1)):
        plan = await yard.refresher.plan(limit=7, seconds=seconds)
        keys = [want.source.key for want in plan.wants]
        assert (keys.count("github"), keys.count("pypi")) == (github, pypi)


async def test_what_was_said_of_a_tool(yard: Yard) -> None:
    """Figures, words and failures of each source that knows it, and of nobody else."""
    yard.answer()
    assert [(one.source, one.answered_at) for one in await said(yard.catalog, yard.sources, ["ant"])] == [
        ("GitHub", None),
        ("PyPI Stats", None),
    ]
    yard.service.on("/repos/ants/ant", reply(200, {**_ant(), "full_name": "bees/ant"}))
    yard.service.on("/api/packages/ant/recent", reply(500))
    await yard.refresh("ant")
    github, pypi = await said(yard.catalog, yard.sources, ["ant"])
    assert github.answered_at == moment(yard.clock.today)
    assert (github.figures, github.notes) == ((), ("ants/ant is bees/ant on GitHub now.",))
    assert (pypi.answered_at, pypi.reason) == (None, "PyPI Stats has a fault of its own (500)")
    assert await said(yard.catalog, yard.sources, ["cat"]) == []


async def test_the_formula_is_worked_out_beside_the_loop(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the many ranks by which it is told."""
    threads = []

    def formula() -> str:
        threads.append(threading.current_thread())
        return ledger.formula()

    monkeypatch.setattr(writer, "formula", formula)
    yard.answer()
    await yard.refresh()
    assert threads
    assert threading.main_thread() not in threads
