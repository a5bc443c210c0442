from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from catalog.drafts import Draft
from catalog.editing.change import Change, Edit
from catalog.models import Tool
from catalog.revision import Scope
from catalog.storage.drafts import KEPT

if TYPE_CHECKING:
    from catalog.database import Database
    from catalog.storage import Storage

MIA, LEO = 1_111_111_111_111_111_111, 2


def draft(owner_id: int = MIA, minute: int = 0, **fields: Any) -> Draft:  # noqa: ANN401 (any field of a draft)
    """Make a draft of somebody, made at a minute of an hour."""
    made_at = f"2026-11-21T10:{minute:02}:00Z"
    return Draft.model_validate({"owner_id": owner_id, "made_at": made_at, **fields})


async def test_a_draft_is_kept_until_it_is_dropped(storage: Storage) -> None:
    """It comes back as it was put last, and is gone once it is dropped; dropping it twice is no error."""
    tool = Tool(name="Ant")
    change = Change(title="Add Ant", edits=(Edit(slug="ant", before=None, after=tool),))
    first = draft(
        scope=Scope(guild_id=7),
        change=change,
        typed={"name": "Søk\n搜索", "summary": ""},
        choices={"a b": "mine"},
    )
    await storage.drafts.put(first)
    assert await storage.drafts.get(first.key) == first
    second = first.model_copy(update={"reason": "a reason", "typed": {}})
    await storage.drafts.put(second)
    assert await storage.drafts.get(first.key) == second
    for _ in range(2):
        await storage.drafts.drop(first.key)
        assert await storage.drafts.get(first.key) is None


def test_keys_cannot_be_guessed() -> None:
    """Each draft has another key of 16 characters that are safe in a custom_id."""
    keys = {draft().key for _ in range(100)}
    assert len(keys) == 100
    with pytest.raises(ValidationError):
        draft(key="draft")


@pytest.mark.parametrize(
    "typed",
    [{"name": "x" * 5000}, {"": "x"}, {f"field {n}": "x" for n in range(100)}],
    ids=["long", "unnamed", "many"],
)
async def test_what_is_typed_is_bounded(storage: Storage, typed: dict[str, str]) -> None:
    """A draft that couldn't be read again isn't kept, even if it was made past all checks."""
    with pytest.raises(ValidationError):
        draft(typed=typed)
    with pytest.raises(ValidationError):
        await storage.drafts.put(draft().model_copy(update={"typed": typed}))


async def test_what_is_typed_is_clean(storage: Storage) -> None:
    """What can't be seen goes, empty fields and paragraphs stay."""
    kept = draft()
    await storage.drafts.put(kept.model_copy(update={"typed": {"a": "one\u202e\n\ntwo\0", "b": ""}}))
    found = await storage.drafts.get(kept.key)
    assert found
    assert found.typed == {"a": "one\n\ntwo", "b": ""}


async def test_the_oldest_make_room(storage: Storage) -> None:
    """Of one person only so many are kept, the one that was put last always; of others nothing goes."""
    theirs = draft(LEO)
    await storage.drafts.put(theirs)
    mine = [draft(minute=minute) for minute in range(KEPT + 5)]
    for one in reversed(mine):
        await storage.drafts.put(one)
    there = [one for one in mine if await storage.drafts.get(one.key)]
    assert there == [mine[0], *mine[-KEPT + 1 :]]
    assert await storage.drafts.get(theirs.key) == theirs


async def test_old_ones_go(storage: Storage) -> None:
    """What was made before a moment is deleted, and counted."""
    drafts = [draft(minute=minute) for minute in range(4)]
    for one in drafts:
        await storage.drafts.put(one)
    assert await storage.drafts.thin(drafts[2].made_at) == 2
    assert [bool(await storage.drafts.get(one.key)) for one in drafts] == [False, False, True, True]


async def test_a_draft_of_another_version_is_gone(storage: Storage, database: Database) -> None:
    """What can't be understood is no error: who made it begins anew."""
    kept = draft()
    await storage.drafts.put(kept)
    async with database.writing() as connection:
        await connection.exec_driver_sql("""UPDATE drafts SET content = '{"colour": "red"}'""")
    assert await storage.drafts.get(kept.key) is None
