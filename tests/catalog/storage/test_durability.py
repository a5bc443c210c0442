from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from catalog.database import Database
from catalog.desk import Desk
from catalog.editing.change import Change, Edit
from catalog.importers import Authority, Incoming
from catalog.ledger import of_edit
from catalog.models import Signal, Tool, ToolType
from catalog.proposals import OPEN_STATES, Proposal, ProposalKind, ProposalState
from catalog.revision import SHARED, Author, Scope
from catalog.service import Catalog
from catalog.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from catalog.editing.copies import Copy
    from catalog.ledger import Entry
    from catalog.revision import Revision
    from catalog.storage import Writer

GUILD = Scope(guild_id=7)
CHILD = Author(name="child", reason="edit")
#: PostgreSQL takes its time over each.
EDITS = {"sqlite": 500, "postgresql": 100}
KILLS = 6
#: What is written in turn, and of how many revisions each is; the number of an edit is in what it writes.
PARTS = {"edit": 1, "import": 3, "guild": 2, "hide": 1, "decision": 3, "taken in": 3, "desk": 1}
#: The first one edits the tool of which there are copies later.
FIRST = len(PARTS)


def _kind(number: int) -> str:
    return list(PARTS)[number % len(PARTS)]


def _counter(number: int) -> Tool:
    stars = Signal(
        metric="github_stars", value=20 + 10 * number, unit="stars", source="child", observed_on="2026-01-01"
    )
    return Tool(slug="counter", name="Counter", summary=str(number), type=ToolType.LIBRARY, signals=(stars,))


async def _import(writer: Writer, number: int) -> None:
    for part in "abc":
        await writer.put(Tool(slug=f"{part}-{number}", name=part, summary="word " * 50))


async def _edit(storage: Storage, number: int) -> None:
    """Make one edit of the kind whose turn it is."""
    kind = _kind(number)
    filed = None
    if kind == "decision":
        filed, *_ = await storage.proposals.add(
            Proposal(
                kind=ProposalKind.TOOL, title=f"Tool {number}", proposer="mia", made_at="2026-11-21T10:00:00Z"
            )
        )
    async with storage.writing(CHILD, GUILD if kind in {"guild", "hide"} else SHARED) as writer:
        if kind == "edit":
            await writer.put(_counter(number))
        elif kind == "guild":
            await writer.put(_counter(number).model_copy(update={"vendor": "We"}))
            await writer.put(Tool(slug=f"own-{number}", name="Own"))
        elif kind == "hide":
            await writer.remove("counter")
        else:
            await _import(writer, number)
        if filed:
            decided = filed.model_copy(update={"state": ProposalState.APPROVED})
            await writer.decide(decided, OPEN_STATES)


def _edits(url: str) -> int:
    return EDITS[url.partition(":")[0]]


async def _by_the_house(catalog: Catalog, number: int) -> None:
    """Import documents as an operator does, or edit one as a moderator does, by what stands above the storage."""
    if _kind(number) == "taken in":
        incoming = [
            Incoming(Tool(slug=f"{part}-{number}", name=f"{part} {number}"), part, Authority.OWN)
            for part in "abc"
        ]
        await catalog.take_in(incoming, CHILD)
        return
    await catalog.catch_up()
    before = catalog.among(["counter"])["counter"]
    change = Change(title="edit", edits=(Edit(slug="counter", before=before, after=_counter(number)),))
    await Desk(catalog).save(change, SHARED, CHILD)


async def _write(url: str, first: int, acknowledgements: int) -> None:
    async with Catalog.open(url, with_starter=False, noting=False) as catalog:
        for number in range(first, _edits(url) + 1):
            if _kind(number) in {"taken in", "desk"}:
                await _by_the_house(catalog, number)
            else:
                await _edit(catalog.storage, number)
            os.write(acknowledgements, f"{number}\n".encode())


class _Kept(NamedTuple):
    tools: list[Tool]
    copies: dict[str, Copy]
    revisions: list[Revision]
    entries: list[Entry]
    decided: list[Proposal]


async def _read(url: str) -> _Kept:
    async with Database.open(url) as database:
        storage = Storage(database)
        tools, newest = await storage.load()
        copies = {one.slug: one.copy for one in await storage.copies()}
        revisions = await storage.since(0)
        entries = await storage.ledger.of("counter")
        proposals = await storage.proposals.of(SHARED, ProposalState, limit=_edits(url))
    assert [revision.number for revision in revisions] == list(range(1, newest + 1))
    assert [one.number for one in proposals] == list(range(1, len(proposals) + 1))
    return _Kept(tools, copies, revisions, entries, [one for one in proposals if not one.state.is_open])


def _check_shared(kept: _Kept) -> None:
    """Hold the shared documents against their history, and the ledger against both."""
    last: dict[str, Tool | None] = {}
    for revision in kept.revisions:
        if revision.scope == SHARED:
            assert revision.before == last.get(revision.slug)
            last[revision.slug] = revision.after
    assert last == {tool.slug: tool for tool in kept.tools}
    edits = [one for one in kept.revisions if one.slug == "counter" and one.scope == SHARED]
    assert [of_edit(edit) for edit in edits] == kept.entries


def _check_guild(kept: _Kept) -> None:
    """Hold a guild's copies against its history."""
    mine = {one.slug: one for one in kept.revisions if one.scope == GUILD}
    assert {slug: one.after for slug, one in mine.items()} == {
        slug: copy.document for slug, copy in kept.copies.items()
    }


def _number_of(revision: Revision) -> int | None:
    """Give the number of the edit that made a revision; hiding a tool leaves none."""
    if revision.after is None:
        return None
    return int(
        revision.after.summary or "" if revision.slug == "counter" else revision.slug.partition("-")[2]
    )


def _written(kept: _Kept) -> set[int]:
    """Give the numbers of the edits that are there, checking that each is there as a whole, with its decision."""
    together = Counter(one.change for one in kept.revisions)
    found = {
        number: one.number
        for one in kept.revisions
        if one.change == one.number and (number := _number_of(one)) is not None
    }
    assert all(together[change] == PARTS[_kind(number)] for number, change in found.items())
    assert {one.title: one.revision for one in kept.decided} == {
        f"Tool {number}": change for number, change in found.items() if _kind(number) == "decision"
    }
    return set(found)


def test_an_acknowledged_edit_survives_a_kill(
    url: str, fork: Callable[[Callable[[], Coroutine[Any, Any, None]]], int]
) -> None:
    """After SIGKILL at any moment every acknowledged edit, import and decision is there, and none half."""
    chance = random.Random(7)  # noqa: S311 (moments to kill at, no secret)
    acknowledged, found = set[int](), set[int]()
    first = FIRST
    for kills_left in reversed(range(KILLS + 1)):
        receiving, sending = os.pipe()
        child = fork(lambda: _write(url, first, sending))  # noqa: B023 (forked at once)
        os.close(sending)
        with os.fdopen(receiving) as lines:
            acknowledged.add(int(next(lines)))
            if kills_left:
                time.sleep(chance.uniform(0, 0.2))
                os.kill(child, signal.SIGKILL)
            acknowledged |= set(map(int, lines))
        assert os.waitpid(child, 0)[1] == (signal.SIGKILL if kills_left else 0)
        kept = asyncio.run(_read(url))
        _check_shared(kept)
        _check_guild(kept)
        found = _written(kept)
        hides = {number for number in acknowledged if _kind(number) == "hide"}
        assert acknowledged - hides <= found
        assert sum(one.kind == "hide" for one in kept.revisions) >= len(hides)
        first = max(acknowledged | found) + 1
    assert found == {number for number in range(FIRST, _edits(url) + 1) if _kind(number) != "hide"}
