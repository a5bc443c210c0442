from __future__ import annotations

import asyncio
import os
import signal
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from catalog.database import Database
from catalog.moments import moment
from catalog.sources.source import Answer, Concern, Figure, Flag
from catalog.storage import Storage
from catalog.storage.fetches import Fetch, Outcome
from catalog.storage.leases import Lease

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
AT = moment(NOW)
ANSWER = Answer(
    (Figure("github_stars", 12.0, "stars"),), (Flag(Concern.MOVED, "It moved.", "https://x.example"),)
)
FULL = Fetch(
    "github",
    "ants/ant",
    Outcome.ANSWERED,
    AT,
    AT,
    AT,
    None,
    0,
    '{"answered_at":null}',
    ANSWER,
    {"moved ant": "2026-03-20"},
)
POOR = Fetch("github", "bees/bee", Outcome.FAILED, AT, AT, reason="It took too long.", failures=3)


async def test_what_was_asked_is_read_again(storage: Storage) -> None:
    """All of it by key, and the outline of everything for the schedule."""
    await storage.fetches.save([FULL, POOR])
    await storage.fetches.save([FULL._replace(source="npm")])
    assert await storage.fetches.of("github", ["ants/ant", "bees/bee", "nobody"]) == {
        "ants/ant": FULL,
        "bees/bee": POOR,
    }
    outline = FULL._replace(known=None, answer=None, flags={})
    assert await storage.fetches.schedule(["github"]) == [outline, POOR]
    assert len(await storage.fetches.schedule(["github", "npm"])) == 3


async def test_the_last_time_replaces_the_one_before(storage: Storage) -> None:
    """There is one row a source and key; what is dropped is forgotten."""
    await storage.fetches.save([FULL, POOR])
    await storage.fetches.save([POOR._replace(failures=4)])
    assert (await storage.fetches.of("github", ["bees/bee"]))["bees/bee"].failures == 4
    await storage.fetches.drop("github", ["ants/ant"])
    await storage.fetches.drop("github", [])
    assert [one.key for one in await storage.fetches.schedule(["github"])] == ["bees/bee"]


async def test_what_cannot_be_understood_is_asked_anew(storage: Storage, database: Database) -> None:
    """An answer in another version's form is no answer, and breaks nothing."""
    await storage.fetches.save([FULL])
    async with database.writing() as connection:
        await connection.execute(text("UPDATE fetches SET answer = '[[[1]]]'"))
    assert await storage.fetches.of("github", ["ants/ant"]) == {
        "ants/ant": FULL._replace(known=None, answer=None, flags={})
    }


async def test_one_holds_a_lease(storage: Storage) -> None:
    """Nobody else gets it before it runs out or is given back; its holder may go on."""
    mine, later = (Lease("refresh", "me", moment(NOW + timedelta(minutes=m))) for m in (2, 4))
    theirs = Lease("refresh", "you", moment(NOW + timedelta(minutes=9)))
    assert await storage.leases.take(mine, AT)
    assert not await storage.leases.take(theirs, AT)
    assert await storage.leases.take(later, moment(NOW + timedelta(minutes=1)))
    assert not await storage.leases.take(theirs, mine.until)
    assert await storage.leases.held("refresh", AT) == later
    await storage.leases.give_back(theirs)
    assert await storage.leases.held("refresh", AT) == later
    assert await storage.leases.take(theirs, later.until)
    await storage.leases.give_back(mine)
    assert await storage.leases.held("refresh", AT) == theirs
    assert await storage.leases.held("refresh", theirs.until) is None
    await storage.leases.give_back(theirs)
    assert await storage.leases.held("refresh", AT) is None


async def test_a_lease_of_next_year_is_none(storage: Storage) -> None:
    """Whoever left it there had a clock that was wrong."""
    ahead, mine = (Lease("refresh", who, moment(NOW + days)) for who, days in (
        ("you", timedelta(365)), ("me", timedelta(minutes=2))
    ))  # fmt: skip
    assert await storage.leases.take(ahead, moment(NOW + timedelta(365)))
    assert await storage.leases.held("refresh", AT) is None
    assert await storage.leases.take(mine, AT)
    assert await storage.leases.held("refresh", AT) == mine


async def test_of_many_at_once_one_gets_it(url: str) -> None:
    """However many connections and processes try at the same moment."""

    async def attempt(holder: str) -> bool:
        async with Database.open(url) as database:
            return await Storage(database).leases.take(
                Lease("refresh", holder, moment(NOW + timedelta(1))), AT
            )

    async with Database.open(url):
        pass
    assert sum(await asyncio.gather(*(attempt(str(number)) for number in range(6)))) == 1


def test_a_killed_holder_gives_way(
    url: str, fork: Callable[[Callable[[], Coroutine[None, None, None]]], int]
) -> None:
    """What it held is free once it has run out, and not before."""

    async def hold() -> None:
        async with Database.open(url) as database:
            assert await Storage(database).leases.take(
                Lease("refresh", "dead", moment(NOW + timedelta(0, 60))), AT
            )
            os.kill(os.getpid(), signal.SIGKILL)

    async def follow() -> list[bool]:
        async with Database.open(url) as database:
            mine = Lease("refresh", "alive", moment(NOW + timedelta(1)))
            leases = Storage(database).leases
            return [await leases.take(mine, moment(NOW + timedelta(0, seconds))) for seconds in (59, 60)]

    _, status = os.waitpid(fork(hold), 0)
    assert os.WIFSIGNALED(status)
    assert asyncio.run(follow()) == [False, True]
