from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from catalog.database import Database
from catalog.ledger import of_edit
from catalog.models import Signal, Tool, ToolType
from catalog.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from catalog.ledger import Entry
    from catalog.models import Revision


def _counter(summary: str, stars: int) -> Tool:
    signal = Signal(
        metric="github_stars", value=stars, unit="stars", source="child", observed_on="2026-01-01"
    )
    return Tool(slug="counter", name="Counter", summary=summary, type=ToolType.LIBRARY, signals=(signal,))


async def _write_for_ever(url: str, generation: int, acknowledgements: int) -> None:
    async with Database.open(url) as database:
        storage = Storage(database)
        for edit in range(100_000):
            async with storage.writing(actor="child", reason="edit") as writer:
                for part in "abc":
                    await writer.put(
                        Tool(slug=f"{part}-{generation}-{edit}", name=part, summary="word " * 50)
                    )
                await writer.put(_counter(f"{generation} {edit}", stars=20 + 1000 * generation + edit))
            os.write(acknowledgements, f"{generation}-{edit}\n".encode())


async def _read(url: str) -> tuple[list[Tool], list[Revision], list[Entry]]:
    async with Database.open(url) as database:
        storage = Storage(database)
        tools, newest = await storage.load()
        revisions = await storage.since(0)
        entries = await storage.ledger.of("counter")
    assert [revision.number for revision in revisions] == list(range(1, newest + 1))
    return tools, revisions, entries


def test_an_acknowledged_edit_survives_a_kill(
    url: str, fork: Callable[[Callable[[], Coroutine[Any, Any, None]]], int]
) -> None:
    """After SIGKILL at any moment every acknowledged edit is there with its entry in the ledger, and none half."""
    chance = random.Random(7)  # noqa: S311 (moments to kill at, no secret)
    acknowledged: set[str] = set()
    for generation in range(10):
        receiving, sending = os.pipe()
        child = fork(lambda: _write_for_ever(url, generation, sending))  # noqa: B023 (forked at once)
        os.close(sending)
        with os.fdopen(receiving) as lines:
            first = next(lines)
            time.sleep(chance.uniform(0, 0.1))
            os.kill(child, signal.SIGKILL)
            acknowledged |= {line.strip() for line in (first, *lines)}
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        tools, revisions, entries = asyncio.run(_read(url))
        parts = Counter(tool.slug.partition("-")[2] for tool in tools if tool.slug != "counter")
        assert set(parts.values()) == {3}
        assert acknowledged <= set(parts)
        last = {revision.slug: revision.after for revision in revisions}
        assert last == {tool.slug: tool for tool in tools}
        edits = [revision for revision in revisions if revision.slug == "counter"]
        assert [entry.revision for entry in entries] == [edit.number for edit in edits]
        assert [of_edit(edit) for edit in edits] == entries
    assert len(acknowledged) > 10
