"""Everybody who may meet the bot, for the tests of who may do what."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest_asyncio
import simcord

from tests.commands.people import People, gather

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from tests.conftest import World


@pytest_asyncio.fixture
async def people(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[People]:
    """A server with its moderators and members, and another one beside it."""
    # The simulator rests 50 ms after each answer for tasks that begin late; nothing here does.
    how = simcord.Env._settle_internal.__kwdefaults__
    assert how
    monkeypatch.setitem(how, "idle", 0.004)
    with closing(sqlite3.connect(tmp_path / "matchbook.db")) as database:
        yield await gather(world, database, monkeypatch)
