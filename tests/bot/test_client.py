from __future__ import annotations

from typing import TYPE_CHECKING

from bot.client import EXTENSIONS
from catalog.errors import StorageError
from catalog.models import Tool
from catalog.revision import Author

if TYPE_CHECKING:
    import pytest

    from tests.conftest import World


async def test_intents(world: World) -> None:
    """No privileged intent is asked for."""
    intents = world.bot.intents
    assert not intents.message_content
    assert not intents.members
    assert not intents.presences


async def test_loads_every_feature(world: World) -> None:
    """Each feature is loaded, and the bot says how many tools it knows."""
    assert set(world.bot.extensions) == set(EXTENSIONS)


async def test_follows_edits_of_another_process(world: World) -> None:
    """A tool that another process adds is known after the next look, in commands and in autocomplete."""
    storage = world.catalog._storage
    assert storage is not None
    async with storage.writing(Author(name="other", reason="test")) as writer:
        await writer.put(Tool.model_validate({"name": "Zyzzyva Nine"}))
    assert (await world.slash("tool", name="zyzzyva nine")).title == "Not in the catalog"
    await world.bot.follow()
    assert (await world.slash("tool", name="zyzzyva nine")).title == "Zyzzyva Nine"
    assert (await world.mia.autocomplete(world.channel, "tool", "name", "zyzz"))[0]["name"] == "Zyzzyva Nine"


async def test_answers_while_the_database_is_away(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that can't be read is logged; the bot goes on from memory and keeps looking."""

    async def away(_: int) -> None:
        raise StorageError("The database is away.")

    monkeypatch.setattr(world.catalog._storage, "since", away)
    await world.bot.follow()
    assert "could not read the database" in caplog.text
    assert (await world.slash("tool", name="vLLM")).title == "vLLM"
    assert world.bot.follow.is_running()


async def test_ends_cleanly(world: World) -> None:
    """Closing the bot ends its looking at the database."""
    await world.bot.close()
    assert world.bot.is_closed()
    assert not world.bot.follow.is_running() or world.bot.follow.is_being_cancelled()
