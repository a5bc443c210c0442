from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from catalog.database import Database
from catalog.revision import Scope
from catalog.storage import Storage

if TYPE_CHECKING:
    import pytest

GUILD = Scope(guild_id=1_234_567_890_123_456_789)


async def test_counts_are_added_up(storage: Storage) -> None:
    """What is asked again counts on; the most asked come first, and of equals the latest."""
    questions = storage.questions
    await questions.add({}, "2026-11-01")
    await questions.add({(GUILD.key, "vLLM"): 2, (GUILD.key, "搜索"): 1, (8, "vLLM"): 5}, "2026-11-01")
    await questions.add({(GUILD.key, "vLLM"): 3, (GUILD.key, "Ollama"): 1}, "2026-11-02")
    assert await questions.of(GUILD, 10) == [("vLLM", 5), ("Ollama", 1), ("搜索", 1)]
    assert await questions.of(GUILD, 1) == [("vLLM", 5)]
    assert await questions.of(Scope(guild_id=9), 10) == []


async def test_outside_a_guild_only_what_several_ask(storage: Storage) -> None:
    """What one guild alone asks isn't told anywhere else, however often."""
    counts = {(1, "secret plan"): 1000, (1, "vLLM"): 2, (2, "vLLM"): 3, (3, "Ollama"): 1, (1, "Ollama"): 1}
    await storage.questions.add(counts, "2026-11-01")
    assert await storage.questions.everywhere(10) == [("vLLM", 5), ("Ollama", 2)]
    assert await storage.questions.everywhere(1) == [("vLLM", 5)]


async def test_only_so_many_are_kept(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The least asked go first, of equals the oldest; another guild's stay."""
    monkeypatch.setattr("catalog.storage.questions.KEPT", 3)
    await storage.questions.add(
        {(1, "often"): 9, (1, "old"): 1, (1, "older"): 1, (2, "theirs"): 1}, "2026-11-01"
    )
    await storage.questions.add({(1, "new"): 1, (1, "newer"): 2}, "2026-11-02")
    assert await storage.questions.of(Scope(guild_id=1), 10) == [("often", 9), ("newer", 2), ("new", 1)]
    assert await storage.questions.of(Scope(guild_id=2), 10) == [("theirs", 1)]


async def test_many_at_once(database: Database, url: str) -> None:
    """Several processes that write thousands of texts lose no count."""
    counts = {(guild_id, f"tool {number}"): 1 for guild_id in (1, 2) for number in range(1500)}
    async with Database.open(url) as other:
        storages = [Storage(database), Storage(other)]
        await asyncio.gather(*(storages[n % 2].questions.add(counts, "2026-11-01") for n in range(4)))
    found = await storages[0].questions.everywhere(5000)
    assert (len(found), {count for _, count in found}) == (1500, {8})
