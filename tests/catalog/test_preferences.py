from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from catalog.database import Database
from catalog.moderation import BLOCKED_LIMIT, ROLES_LIMIT, USUAL, Moderation
from catalog.preferences import Preferences
from catalog.storage import Storage
from catalog.weights import PRESETS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

HOME, ELSEWHERE = 7, 70
RULES = Moderation(roles=(1, 2), review_channel=3, log_channel=4, daily_limit=0, remind_days=1, blocked=(5,))


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    """An empty database."""
    async with Database.open(f"sqlite:///{tmp_path / 'matchbook.db'}") as database:
        yield Storage(database)


async def test_in_memory() -> None:
    """Without a database choices last as long as the process; a guild's are its own."""
    preferences = Preferences()
    await preferences.moderate(HOME, RULES)
    await preferences.choose(HOME, PRESETS["quality"])
    await preferences.read()
    assert preferences.moderation(HOME) == RULES
    assert preferences.moderation(ELSEWHERE) == preferences.moderation(None) == USUAL
    assert preferences.weights(ELSEWHERE) is None


async def test_in_a_database(storage: Storage) -> None:
    """Another process reads what was chosen, and what was chosen anew."""
    mine, theirs = Preferences(storage), Preferences(storage)
    await mine.moderate(HOME, RULES)
    await mine.choose(ELSEWHERE, PRESETS["quality"])
    await theirs.read()
    assert theirs.moderation(HOME) == RULES
    assert theirs.weights(ELSEWHERE) == PRESETS["quality"].rounded()
    await mine.moderate(HOME, USUAL)
    await theirs.read()
    assert theirs.moderation(HOME) == USUAL


async def test_what_cannot_be_read(storage: Storage) -> None:
    """Rules of another version make nobody a moderator, and spoil nobody else's."""
    preferences = Preferences(storage)
    await preferences.moderate(ELSEWHERE, RULES)
    for text in ("", "{", '{"colour": "red"}', '{"roles": ["everyone"]}'):
        await storage.set_setting(f"moderation:{HOME}", text)
        await preferences.read()
        assert preferences.moderation(HOME) == USUAL
        assert preferences.moderation(ELSEWHERE) == RULES
    await storage.set_setting("moderation:me", "{}")
    await preferences.read()
    assert preferences.moderation(ELSEWHERE) == RULES


async def test_two_processes_settle(storage: Storage) -> None:
    """Who settles something does so on top of what another process settled a moment ago, unread as yet."""
    mine, theirs = Preferences(storage), Preferences(storage)
    await mine.adjust(HOME, lambda rules: rules.model_copy(update={"daily_limit": 1}))
    both = await theirs.adjust(HOME, lambda rules: rules.model_copy(update={"remind_days": 30}))
    assert (both.daily_limit, both.remind_days) == (1, 30)
    await mine.read()
    assert mine.moderation(HOME) == theirs.moderation(HOME) == both


async def test_only_what_changed_is_read(storage: Storage) -> None:
    """Rules and weights that nobody has changed are not taken apart again, however often one looks."""
    mine, theirs = Preferences(storage), Preferences(storage)
    for guild_id in (HOME, ELSEWHERE):
        await theirs.moderate(guild_id, RULES)
        await theirs.choose(guild_id, PRESETS["quality"])
    await mine.read()
    before = [(mine.moderation(guild_id), mine.weights(guild_id)) for guild_id in (HOME, ELSEWHERE)]
    await theirs.moderate(HOME, RULES.model_copy(update={"daily_limit": 9}))
    await theirs.choose(HOME, None)
    await mine.read()
    assert mine.moderation(HOME).daily_limit == 9
    assert mine.weights(HOME) is None
    assert mine.moderation(ELSEWHERE) is before[1][0]
    assert mine.weights(ELSEWHERE) is before[1][1]


@pytest.mark.parametrize(
    "fields",
    [
        {"daily_limit": -1},
        {"daily_limit": 101},
        {"remind_days": 0},
        {"remind_days": 91},
        {"roles": tuple(range(1, ROLES_LIMIT + 2))},
        {"blocked": tuple(range(1, BLOCKED_LIMIT + 2))},
        {"roles": (0,)},
    ],
    ids=lambda fields: str(*fields),
)
def test_what_is_no_rule(fields: dict[str, object]) -> None:
    """Rules out of bounds are refused."""
    with pytest.raises(ValidationError):
        Moderation.model_validate(fields)
