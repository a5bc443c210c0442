from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest_asyncio

from bot.client import Matchbook
from catalog.errors import StorageError
from catalog.models import Link, LinkKind, Tool
from catalog.moments import moment
from catalog.refreshing import LEASE, Refresher
from catalog.sources.fetching import Clock, Fetcher
from catalog.sources.github import GITHUB
from catalog.storage.leases import Lease
from tests.catalog.sources.service import Service, reply, serving
from tests.commands.workbench import text
from tests.conftest import Shown, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest

    from bot.refreshing import Refreshing

ANT = Tool(name="Ant", links=(Link(kind=LinkKind.REPOSITORY, url="https://github.com/ants/ant"),))


def _repository(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON)
    return {
        "full_name": "ants/ant",
        "private": False,
        "archived": False,
        "stargazers_count": 12,
        "forks_count": 3,
        "pushed_at": "2026-03-18T10:00:00Z",
        **fields,
    }


def _of_the_ant(tool: Tool) -> str | None:
    """The other tools of the catalog are none of these tests' business."""
    return GITHUB.key_of(tool) if tool.slug == "ant" else None


class _Quick(Clock):
    async def sleep(self, seconds: float) -> None:
        del seconds
        await asyncio.sleep(0)


@pytest_asyncio.fixture
async def service(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Service]:
    """A service that plays GitHub and knows one repository."""
    monkeypatch.setenv("NO_PROXY", "*")
    async with serving() as service:
        service.on("/repos/ants/ant", reply(200, _repository()))
        yield service


@pytest_asyncio.fixture
async def live(world: World, service: Service) -> AsyncIterator[Matchbook]:
    """A bot in the simulated Discord that refreshes, with a channel for its curators; it is stopped in the end."""
    await world.put(ANT)
    async with Fetcher(clock=_Quick()) as fetcher:
        github = replace(GITHUB, address=service.address, key_of=_of_the_ant, spacing=0)
        bot = Matchbook(
            world.catalog,
            follow=timedelta(days=1),
            shard_count=1,
            curators=frozenset({world.theo.id}),
            curators_channel=world.channel.id,
            refresher=Refresher(world.catalog, fetcher, [github]),
        )
        await world.env.restart_bot(bot)
        await world.env.settle()
        yield bot
        await bot.refreshing.stop()  # type: ignore[union-attr]  # it has a refresher


def _loop(bot: Matchbook) -> Refreshing:
    assert bot.refreshing is not None
    return bot.refreshing


async def _first_turn(bot: Matchbook) -> None:
    """Wait until the turn at the start is over."""
    for _ in range(500):
        if "github_stars" in {one.metric for one in bot.catalog.get("ant").signals}:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def test_the_bot_refreshes_by_itself(world: World, live: Matchbook) -> None:
    """Soon after its start figures are there, and answers show them."""
    await _first_turn(live)
    stars = live.catalog.get("ant").signal("github_stars")
    assert stars is not None
    assert (stars.value, stars.source) == (12, "GitHub")
    assert "Ant" in (await world.slash("tool", name="ant")).title


async def test_curators_are_shown_what_was_flagged(world: World, live: Matchbook, service: Service) -> None:
    """In their channel like any other proposal, once; they approve it there."""
    await _first_turn(live)
    service.on("/repos/ants/ant", reply(200, _repository(full_name="bees/ant")))
    await live.catalog.storage.fetches.drop("github", ["ants/ant"])
    for _ in range(2):
        _loop(live)._looked = float("-inf")
        await _loop(live).turn()
        await world.env.settle()
    cards = [Shown(world.env, one) for one in world.channel.history() if one.embeds]
    (card,) = [one for one in cards if "has moved" in text(one)]
    assert "Matchbook" in text(card)
    shown = await world.press(card, "Approve", who=world.theo)
    await world.press(world.answered(shown), "Save", who=world.theo)
    assert [link.url for link in live.catalog.get("ant").links] == ["https://github.com/bees/ant"]


async def test_commands_are_answered_meanwhile(world: World, live: Matchbook, service: Service) -> None:
    """A source that takes its time keeps nobody waiting."""
    await _first_turn(live)
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(reply(200, _repository(stargazers_count=99)))

    service.on("/repos/ants/ant", slowly)
    await live.catalog.storage.fetches.drop("github", ["ants/ant"])
    turn = asyncio.create_task(_loop(live).turn())
    await asyncio.wait_for(asked.wait(), 10)
    assert "Ant" in (await world.slash("tool", name="ant")).title
    assert not turn.done()
    go_on.set()
    report = await turn
    assert report is not None
    assert report.sources[0].changed == ("ant",)


async def test_another_process_is_left_to_it(live: Matchbook, service: Service) -> None:
    """Where one refreshes already nothing is asked, and nothing is logged as trouble."""
    await _first_turn(live)
    soon = moment(datetime.now(UTC) + timedelta(minutes=1))
    await live.catalog.storage.leases.take(Lease(LEASE, "another", soon), "2026-01-01T00:00:00Z")
    asked = len(service.requests)
    assert await _loop(live).turn() is None
    assert len(service.requests) == asked


async def test_trouble_is_a_line_an_hour(
    live: Matchbook, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a network there is no traceback, and no line each time."""
    await _first_turn(live)
    caplog.clear()
    service.on("/repos/ants/ant", reply(503))
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            await live.catalog.storage.fetches.drop("github", ["ants/ant", ""])
            await _loop(live).turn()
        assert len([one for one in caplog.records if "live sources" in one.message]) == 1
        _loop(live)._complained -= 3601
        await live.catalog.storage.fetches.drop("github", ["ants/ant", ""])
        await _loop(live).turn()
    lines = [one for one in caplog.records if "live sources" in one.message]
    assert [(one.levelname, one.exc_info) for one in lines] == [("WARNING", None)] * 2


async def test_the_loop_outlives_what_breaks(
    live: Matchbook, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The database refuses, or there is a fault of ours: it is logged, and the loop goes on."""
    await _first_turn(live)
    for error in (StorageError("The disk is full."), ZeroDivisionError()):

        async def refuse(error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(_loop(live), "turn", refuse)
        await _loop(live)._turns()
    assert "The disk is full" in caplog.text
    assert "could not refresh the catalog" in caplog.text


async def test_it_stops_in_the_middle(live: Matchbook, service: Service) -> None:
    """A bot that is closed doesn't wait for a source, and holds no lease."""
    await _first_turn(live)
    asked = asyncio.Event()

    async def never(_: asyncio.StreamWriter) -> None:
        asked.set()
        await asyncio.sleep(60)

    service.on("/repos/ants/ant", never)
    await live.catalog.storage.fetches.drop("github", ["ants/ant"])
    loop = _loop(live)
    await loop.stop()
    loop.start()
    await asyncio.wait_for(asked.wait(), 10)
    await asyncio.wait_for(loop.stop(), 5)
    assert await live.catalog.storage.leases.held(LEASE, "2026-01-01T00:00:00Z") is None


async def test_off_without_a_refresher(world: World) -> None:
    """The demo, and whoever turned it off, ask nobody."""
    assert world.bot.refreshing is None
    assert await world.catalog.storage.fetches.schedule(["github", "pypi", "npm", "huggingface"]) == []
