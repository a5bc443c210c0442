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


async def test_what_was_only_opened_makes_room_first(storage: Storage) -> None:
    """Forms that were opened and never sent take no place of what somebody has worked on, however old that is."""
    ant = Tool(name="Ant")
    other = Tool(name="Ant", summary="Another.")
    worked = [
        draft(minute=0, typed={"name": "Bee"}),
        draft(minute=1, change=Change(title="Change", edits=(Edit(slug="ant", before=ant, after=other),))),
        draft(minute=2, change=Change(title="Remove", edits=(Edit(slug="ant", before=ant, after=None),))),
        draft(minute=3, change=Change(title="Add", edits=(Edit(slug="ant", before=None, after=ant),))),
    ]
    same = Change(title="Opened", edits=(Edit(slug="ant", before=ant, after=ant),))
    opened = [draft(minute=10 + number, change=same if number % 2 else None) for number in range(KEPT + 5)]
    for one in (*worked, *opened):
        await storage.drafts.put(one)
    assert all([await storage.drafts.get(one.key) for one in worked])
    assert len([one for one in opened if await storage.drafts.get(one.key)]) == KEPT - len(worked)


async def test_what_one_can_go_on_with(storage: Storage) -> None:
    """Somebody's own drafts are listed, the last one first, without those that hold nothing, by what they are for."""
    here, there = Scope(guild_id=7), Scope(guild_id=8)
    same = Tool(name="Ant")
    opened = Change(title="Edit Ant", edits=(Edit(slug="ant", before=same, after=same),))
    added = Change(title="Add Ant", edits=(Edit(slug="ant", before=None, after=same),))
    mine = [
        draft(minute=1, scope=here, change=added),
        draft(minute=2, scope=here, typed={"name": "Bee"}),
        draft(minute=3, change=opened, purpose="rebase"),
    ]
    others = [
        draft(minute=4, scope=here, change=opened),
        draft(minute=5, scope=here),
        draft(minute=6, scope=there, change=added),
        draft(LEO, minute=7, scope=here, change=added),
    ]
    for one in (*mine, *others):
        await storage.drafts.put(one)
    found = await storage.drafts.of(MIA, [here, Scope()])
    assert [(one.key, one.title) for one in found] == [
        (mine[2].key, "Edit Ant"),
        (mine[1].key, None),
        (mine[0].key, "Add Ant"),
    ]
    assert found[2].made_at == mine[0].made_at


async def test_a_draft_of_another_version_is_gone(storage: Storage, database: Database) -> None:
    """What can't be understood is no error: who made it begins anew."""
    kept = draft()
    await storage.drafts.put(kept)
    async with database.writing() as connection:
        await connection.exec_driver_sql("""UPDATE drafts SET content = '{"colour": "red"}'""")
    assert await storage.drafts.get(kept.key) is None
