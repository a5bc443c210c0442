"""Refreshing on both databases, with the real fetcher and a service on this machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from catalog import recording
from catalog.errors import StorageError
from catalog.freshness import freshness
from catalog.moments import moment
from catalog.refreshes import RefreshReport
from catalog.revision import SHARED, Scope
from tests.catalog.sources.service import reply
from tests.catalog.storage.yard import ANT, BEE, CAT, DAY, TEST, Yard, open_yard, tool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
async def yard(url: str) -> AsyncIterator[Yard]:
    """Two tools that sources know, and one that none knows."""
    async with open_yard(url, ANT, BEE, CAT) as yard:
        yield yard


async def test_what_is_said_is_written(yard: Yard) -> None:
    """Today's figures, credited to their sources, all of them in one transaction."""
    yard.answer()
    before = await yard.number()
    report = await yard.refresh()
    assert {one.key: one.changed for one in report.sources} == {"github": ("ant", "bee"), "pypi": ("ant",)}
    assert not any(one.has_failed for one in report.sources)
    assert yard.figures("ant") == {
        "github_stars": 10,
        "github_forks": 2,
        "days_since_commit": 2,
        "monthly_downloads": 5000,
    }
    stars = yard.catalog.get("ant").signal("github_stars")
    assert stars is not None
    assert (stars.source, stars.observed_on) == ("GitHub", "2026-03-20")
    revisions = await yard.catalog.storage.since(before)
    assert [(one.slug, one.actor, one.reason) for one in revisions] == [
        ("ant", "matchbook", "live signals"),
        ("bee", "matchbook", "live signals"),
    ]
    assert {one.change for one in revisions} == {before + 1}


async def test_a_second_run_has_nothing_to_do(yard: Yard) -> None:
    """Nothing is due; asked by name all the same, sources say that nothing changed, and nothing is written."""
    yard.answer()
    await yard.refresh()
    before, asked = await yard.number(), len(yard.service.requests)
    assert await yard.refresh() == RefreshReport()
    assert len(yard.service.requests) == asked
    yard.service.on("/repos/ants/ant", reply(304))
    report = await yard.refresh("ant")
    assert {one.key: one.unchanged for one in report.sources} == {"github": ("ant",), "pypi": ("ant",)}
    (again,) = [one for one in yard.service.requests[asked:] if one.path == "/repos/ants/ant"]
    assert again.headers["if-none-match"] == '"a"'
    assert await yard.number() == before


async def test_each_key_comes_again_after_about_a_day(yard: Yard) -> None:
    """Not before half a day, and by a day and a half for sure; what stood still in a new month is written anew."""
    yard.answer()
    await yard.refresh()
    yard.clock.today += DAY / 2
    assert not (await yard.refresh()).sources
    yard.clock.today += DAY
    yard.service.on("/repos/ants/ant", reply(304))
    assert {one.key for one in (await yard.refresh()).sources} == {"github", "pypi"}
    yard.clock.today = datetime(2026, 4, 2, 12, tzinfo=UTC)
    await yard.refresh()
    ant = yard.catalog.get("ant")
    stars = [(one.value, one.observed_on) for one in ant.signals if one.metric == "github_stars"]
    assert stars == [(10, "2026-03-20"), (10, "2026-04-02")]
    # Nothing was pushed since: the same source says so with "not modified".
    days = [one.value for one in ant.signals if one.metric == "days_since_commit"]
    assert days == [2, 15]


async def test_with_patience_little_is_not_written(yard: Yard) -> None:
    """A star more each day makes one revision a month; what was said meanwhile isn't lost."""
    yard.answer(1000)
    await yard.refresh(patient=True)
    before = await yard.number()
    for day in (8, 11, 12):
        yard.answer(1000 + day)
        yard.clock.today = datetime(2026, 3, 20, tzinfo=UTC) + day * DAY
        await yard.refresh("bee", patient=True)
        assert (await yard.number() > before) == (day == 12)
    assert yard.figures("bee")["github_stars"] == 1012


async def test_one_failing_source_harms_nothing_else(yard: Yard) -> None:
    """It is put off for longer each time, with its reason; the others go on, and it comes back."""
    yard.answer()
    yard.service.on("/repos/ants/ant", reply(200, b"<html>"))
    yard.service.on("/repos/bees/bee", reply(200, {"full_name": "bees/bee"}))
    report = await yard.refresh()
    github, pypi = report.sources
    assert [one.key for one in github.failed] == ["ants/ant", "bees/bee"]
    assert pypi.changed == ("ant",)
    assert not report.all_failed
    yard.answer()
    assert not (await yard.refresh()).sources
    yard.clock.today += timedelta(hours=1)
    yard.service.on("/repos/bees/bee", reply(200, b"<html>"))
    (again,) = (await yard.refresh()).sources
    assert (again.changed, [one.due_at for one in again.failed]) == (
        ("ant",),
        [moment(yard.clock.today + timedelta(hours=2))],
    )
    found = await freshness(yard.catalog, yard.sources, now=yard.clock.now)
    state = next(one for one in found.sources if one.key == "github")
    assert (state.tools, state.keys, state.answered, state.failing, state.due) == (2, 2, 1, 1, 0)
    assert state.reasons[0].text == again.failed[0].reason


async def test_a_source_that_is_down_is_left_alone(yard: Yard) -> None:
    """The whole of it: nothing else is asked of it before its time, and a person may try at once."""
    yard.answer()
    for path in ("/repos/ants/ant", "/repos/bees/bee"):
        yard.service.on(path, reply(503))
    first = (await yard.refresh()).sources[0]
    assert (len(first.failed), first.left, first.until) == (
        1,
        1,
        moment(yard.clock.today + timedelta(minutes=15)),
    )
    assert "/repos/bees/bee" not in yard.service.paths
    off = (await yard.refresh()).sources[0]
    assert (off.stopped, off.until, off.requests) == (first.stopped, first.until, 0)
    yard.clock.today += timedelta(minutes=15)
    second = (await yard.refresh()).sources[0]
    # What it stumbled over waits; the other one is asked first.
    assert [one.key for one in second.failed] == ["bees/bee"]
    assert second.until == moment(yard.clock.today + timedelta(minutes=30))
    yard.answer()
    assert (await yard.refresh("bee", by_hand=True)).sources[0].changed == ("bee",)
    yard.clock.today += timedelta(hours=1)
    assert (await yard.refresh()).sources[0].changed == ("ant",)


async def test_a_limit_is_obeyed_by_all(yard: Yard) -> None:
    """Who says when to come back isn't asked before, by hand neither; nothing that was wanted is to blame."""
    yard.answer()
    reset = int((datetime.now(UTC) + timedelta(hours=1)).timestamp())
    yard.clock.today = datetime.now(UTC).replace(microsecond=0)
    limited = reply(
        403, {"message": "API rate limit exceeded"}, x_ratelimit_remaining="0", x_ratelimit_reset=str(reset)
    )
    yard.service.on("/repos/ants/ant", limited)
    (github, _) = (await yard.refresh()).sources
    assert (github.failed, github.left) == ((), 2)
    assert github.until == moment(datetime.fromtimestamp(reset, UTC))
    asked = len(yard.service.requests)
    (off,) = (await yard.refresh("bee", by_hand=True)).sources
    assert (off.until, off.requests, len(yard.service.requests)) == (github.until, 0, asked)
    yard.clock.today += timedelta(hours=1, seconds=1)
    yard.answer()
    assert (await yard.refresh()).sources[0].changed == ("ant", "bee")


async def test_one_source_alone(yard: Yard) -> None:
    """The others aren't asked."""
    yard.answer()
    (pypi,) = (await yard.refresh(only=["pypi"])).sources
    assert (pypi.key, pypi.changed) == ("pypi", ("ant",))
    assert len(yard.service.requests) == 1


async def test_so_many_at_a_time(yard: Yard) -> None:
    """What is left is due still; what was never asked comes first."""
    yard.answer()
    assert (await yard.refresh(only=["github"], limit=1)).sources[0].changed == ("ant",)
    assert (await yard.refresh(only=["github"], limit=1)).sources[0].changed == ("bee",)


async def test_guilds_follow_by_themselves(yard: Yard) -> None:
    """A guild's copy keeps what it made its own, and sees the shared tool's new figures."""
    yard.answer()
    async with yard.catalog.writing(TEST, Scope(guild_id=7)) as writer:
        await writer.put(ANT.edited({"summary": "Ours."}))
    before = await yard.number()
    await yard.refresh()
    assert {one.scope for one in await yard.catalog.storage.since(before)} == {SHARED}
    seen = yard.catalog.view(7).get("ant")
    assert seen.summary == "Ours."
    assert seen.signal("github_stars") is not None


async def test_tools_that_share_a_key(yard: Yard) -> None:
    """It is asked for once, and told of both, whoever is named; one that joins later gets it all the same."""
    yard.answer()
    async with yard.catalog.writing(TEST) as writer:
        await writer.put(tool("Bumblebee", repository="bees/bee"))
    await yard.refresh("bee")
    assert yard.service.paths.count("/repos/bees/bee") == 1
    assert yard.figures("bumblebee") == yard.figures("bee") != {}
    async with yard.catalog.writing(TEST) as writer:
        await writer.put(tool("Carpenter bee", repository="bees/bee"))
    yard.service.on("/repos/bees/bee", reply(304))
    yard.clock.today += 2 * DAY
    await yard.refresh(only=["github"])
    assert yard.figures("carpenter-bee")["repository_stars"] == 10


async def test_what_no_tool_leads_to_is_forgotten(yard: Yard) -> None:
    """After a month, so that a link which comes back soon is known again."""
    yard.answer()
    await yard.refresh()
    async with yard.catalog.writing(TEST) as writer:
        await writer.remove("bee")
    for days, kept in ((2, True), (40, False)):
        yard.clock.today += days * DAY
        await yard.refresh()
        schedule = await yard.catalog.storage.fetches.schedule(["github"])
        assert ("bees/bee" in {one.key for one in schedule}) == kept


async def test_nothing_is_noted_that_was_not_written(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the database refuses the figures they are asked for again, and the lease is given back."""
    yard.answer()

    def refuse(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(yard.catalog, "writing", refuse)
        with pytest.raises(StorageError, match="disk is full"):
            await yard.refresh()
    report = await yard.refresh()
    assert report.sources[0].changed == ("ant", "bee")


async def test_answers_are_written_in_bounded_batches(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """No transaction grows with the catalog."""
    monkeypatch.setattr(recording, "_BATCH", 1)
    yard.answer()
    before = await yard.number()
    await yard.refresh()
    assert len({one.change for one in await yard.catalog.storage.since(before)}) == 3
