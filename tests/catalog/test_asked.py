from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import asked as asked_module
from catalog.asked import Asked
from catalog.database import Database
from catalog.errors import StorageError
from catalog.revision import Scope
from catalog.storage import Storage
from catalog.text import NAME_LIMIT, clean_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

GUILD = Scope(guild_id=7)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    """Storage in a file."""
    async with Database.open(f"sqlite:///{tmp_path / 'catalog.db'}") as database:
        yield Storage(database)


async def test_what_is_asked_is_counted_and_written(storage: Storage) -> None:
    """Each text is counted by guild, as it was typed, and added to what was counted before."""
    asked = Asked()
    for text in ("vLLM", " vLLM\n", "v-llm", "vLLM"):
        asked.note(7, text)
    asked.note(8, "vLLM")
    assert len(asked) == 3
    assert await asked.flush(storage) == 3
    assert (len(asked), await asked.flush(storage)) == (0, 0)
    asked.note(7, "vLLM")
    await asked.flush(storage)
    assert await storage.questions.of(GUILD, 10) == [("vLLM", 4), ("v-llm", 1)]
    assert await storage.questions.of(Scope(guild_id=8), 10) == [("vLLM", 1)]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "!?", "\u200b", "x" * (NAME_LIMIT + 1), "x" * 1_000_000, "hi <@123>", "@everyone"],
    ids=["empty", "blank", "signs", "invisible", "long", "megabyte", "mention", "everyone"],
)
def test_what_is_no_name_is_let_go(text: str) -> None:
    """What can't be a name isn't counted, and nobody who was mentioned is remembered."""
    asked = Asked()
    asked.note(7, text)
    assert len(asked) == 0


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many texts only those that are known are counted."""
    monkeypatch.setattr(asked_module, "REMEMBERED", 10)
    asked = Asked()
    for number in range(1000):
        asked.note(7, f"tool {number}")
        asked.note(7, "tool 3")
    assert len(asked) == 10
    assert asked._counts[7, "tool 3"] > 900


async def test_nothing_is_lost_when_the_database_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What couldn't be written waits, together with what is asked meanwhile, and is written once."""
    asked = Asked()
    asked.note(7, "vLLM")
    monkeypatch.setattr("catalog.database.BUSY_SECONDS", 0.1)
    url = f"sqlite:///{tmp_path / 'catalog.db'}"
    async with Database.open(url) as mine, Database.open(url) as other:
        storage = Storage(mine)
        async with other.writing():
            with pytest.raises(StorageError, match="another program is writing"):
                await asked.flush(storage)
            asked.note(7, "vLLM")
            asked.note(7, "SGLang")
        await asked.flush(storage)
        assert await storage.questions.of(GUILD, 10) == [("vLLM", 2), ("SGLang", 1)]


async def test_what_is_asked_while_it_is_written_waits(storage: Storage) -> None:
    """A name that is asked for in the very moment is written the next time, and not lost."""
    asked = Asked()
    asked.note(7, "vLLM")

    class Slow:
        """Storage during whose writing somebody asks."""

        questions: Slow

        async def add(self, counts: dict[tuple[int, str], int], day: str) -> None:
            asked.note(7, "vLLM")
            await storage.questions.add(counts, day)

    slow = Slow()
    slow.questions = slow
    await asked.flush(cast("Storage", slow))
    assert len(asked) == 1
    await asked.flush(storage)
    assert await storage.questions.of(GUILD, 1) == [("vLLM", 2)]


@given(st.lists(st.text(max_size=120), max_size=20))
def test_any_text_is_a_clean_line_or_nothing(texts: list[str]) -> None:
    """Whatever people type, what is remembered is one visible line that a database can hold."""
    asked = Asked()
    for text in texts:
        asked.note(7, text)
    for (_, text), count in asked._counts.items():
        assert 0 < len(text) <= NAME_LIMIT
        assert clean_line(text) == text
        assert text.encode()
        assert count >= 1
