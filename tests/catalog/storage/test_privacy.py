from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from catalog.drafts import Draft
from catalog.errors import DecidedError, StorageError
from catalog.models import Tool
from catalog.moments import moment
from catalog.proposals import Proposal, ProposalState, Support
from catalog.revision import SHARED, Author, Scope
from catalog.storage.privacy import NOBODY, Forgotten

if TYPE_CHECKING:
    from catalog.database import Database
    from catalog.storage import Storage

# Two ids of which one is the beginning of the other, as text sees it.
MIA, LEO, THEO = 123_456_789_012_345_678, 1_234_567_890_123_456_789, 5
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def wish(title: str, who: int, **fields: Any) -> Proposal:  # noqa: ANN401 (any field of a proposal)
    """Make a proposal of a missing tool."""
    made = {"kind": "tool", "title": title, "proposer": f"member {who}", "proposer_id": who}
    return Proposal.model_validate({**made, "made_at": moment(NOW), **fields})


async def file(storage: Storage, proposal: Proposal, **fields: Any) -> Proposal:  # noqa: ANN401 (the same)
    """File a proposal, and give it the fields that it has later."""
    filed, *_ = await storage.proposals.add(proposal)
    return await storage.proposals.save(filed.model_copy(update=fields))


async def dump(database: Database) -> str:
    """Give all that is written in the database."""
    tables = ("revisions", "tools", "proposals", "supporters", "drafts", "questions", "settings")
    async with database.reading() as connection:
        found = [await connection.exec_driver_sql(f"SELECT * FROM {table}") for table in tables]
        return "\n".join(str(tuple(row)) for rows in found for row in rows)


async def test_somebody_is_forgotten(storage: Storage, database: Database) -> None:
    """What they did stays; their name and id are nowhere any more, and nobody else's are touched."""
    for who, name in ((MIA, "Ant"), (LEO, "Bee")):
        author = Author(name=f"member {who}", reason="test", user_id=who, interaction_id=who + 1)
        async with storage.writing(author) as writer:
            await writer.put(Tool(name=name))
        await storage.drafts.put(Draft(owner_id=who, made_at=moment(NOW)))
    mine = await file(storage, wish("One", MIA))
    theirs = await file(
        storage, wish("Two", LEO), state=ProposalState.REJECTED, decided_by=f"member {MIA}", decided_by_id=MIA
    )
    other = await file(storage, wish("Three", THEO), decided_by=f"member {LEO}", decided_by_id=LEO)
    await storage.proposals.add(wish("Three", MIA))
    await storage.proposals.add(wish("Three", LEO))
    assert await storage.privacy.forget(MIA) == Forgotten(revisions=1, proposals=2, supports=1, drafts=1)
    assert str(MIA) not in (await dump(database)).replace(str(LEO), "").replace(str(LEO + 1), "")
    first, second = await storage.since(0)
    assert (first.actor, first.actor_id, first.interaction_id) == (NOBODY, None, None)
    assert (first.reason, first.after) == ("test", Tool(name="Ant"))
    assert (second.actor, second.actor_id) == (f"member {LEO}", LEO)
    gone = await storage.proposals.get(1)
    assert gone
    assert gone.decided_at
    nobody = {"proposer": NOBODY, "proposer_id": None, "decided_by": NOBODY, "decided_at": gone.decided_at}
    assert gone == mine.model_copy(update={**nobody, "state": ProposalState.WITHDRAWN})
    assert await storage.proposals.get(2) == theirs.model_copy(
        update={"decided_by": NOBODY, "decided_by_id": None}
    )
    assert await storage.proposals.get(3) == other
    assert await storage.proposals.supporters(3) == (Support(LEO, None, quiet=False),)
    assert await storage.proposals.mine(MIA) == []
    assert await storage.privacy.forget(MIA) == Forgotten()


async def test_nobody_is_remembered_again(storage: Storage) -> None:
    """Who still holds a proposal from before can save it, but not the name of who was forgotten."""
    before = await file(storage, wish("One", MIA))
    await storage.privacy.forget(MIA)
    with pytest.raises(DecidedError):
        await storage.proposals.save(before)
    kept = await storage.proposals.save(before.model_copy(update={"answer": "No."}), frozenset(ProposalState))
    assert (kept.answer, kept.proposer, kept.proposer_id) == ("No.", NOBODY, None)
    assert await storage.proposals.get(1) == kept


async def test_the_limit_outlives_forgetting(storage: Storage, database: Database) -> None:
    """What was proposed and supported within a day still counts, without an id; a day later that is gone."""
    now = datetime.now(UTC)
    since, guild = moment(now - timedelta(days=1)), Scope(guild_id=7)
    await file(storage, wish("One", MIA, made_at=moment(now)))
    await file(storage, wish("Old", MIA, made_at=moment(now - timedelta(days=2))))
    await file(storage, wish("Two", THEO, scope=guild, made_at=moment(now)))
    await storage.proposals.add(wish("Two", MIA, scope=guild))
    for _ in range(2):
        await storage.privacy.forget(MIA)
    await file(storage, wish("Three", MIA, made_at=moment(now)))
    await storage.privacy.forget(MIA)
    assert str(MIA) not in await dump(database)
    counts = [
        await storage.proposals.count(scope, MIA, since) for scope in (SHARED, guild, Scope(guild_id=8))
    ]
    assert counts == [2, 1, 0]
    assert await storage.proposals.count(SHARED, LEO, since) == 0
    await storage.privacy.expire(now + timedelta(hours=1))
    assert await storage.proposals.count(SHARED, MIA, since) == 2
    await storage.privacy.expire(now + timedelta(hours=25))
    assert await storage.proposals.count(SHARED, MIA, since) == 0
    assert "forgotten:" not in await dump(database)


async def test_forgetting_is_all_or_nothing(storage: Storage, database: Database) -> None:
    """Where one proposal can't be understood nothing is changed, and the error says which it is."""
    await storage.drafts.put(Draft(owner_id=MIA, made_at=moment(NOW)))
    await file(storage, wish("One", MIA))
    async with database.writing() as connection:
        await connection.exec_driver_sql("""UPDATE proposals SET content = '{"colour": "red"}'""")
    before = await dump(database)
    with pytest.raises(StorageError, match="Proposal 1 can't be understood"):
        await storage.privacy.forget(MIA)
    assert await dump(database) == before


async def test_what_is_long_over_names_nobody(storage: Storage) -> None:
    """After a year who made and who supported a decided proposal is forgotten; drafts go after a week."""
    old, older = moment(NOW - timedelta(days=364)), moment(NOW - timedelta(days=366))
    rejected = {"state": ProposalState.REJECTED, "decided_by": "theo", "decided_by_id": THEO}
    over = await file(storage, wish("One", MIA, made_at=older), **rejected, decided_at=older)
    recent = await file(storage, wish("Two", MIA, made_at=older), **rejected, decided_at=old)
    waits = await file(storage, wish("Three", MIA, made_at=older))
    withdrawn = {"state": ProposalState.WITHDRAWN, "decided_by": f"member {LEO}", "decided_by_id": LEO}
    await file(storage, wish("Four", LEO, made_at=older), **withdrawn, decided_at=older)
    drafts = [Draft(owner_id=MIA, made_at=moment(NOW - timedelta(days=days))) for days in (6, 8)]
    for draft in drafts:
        await storage.drafts.put(draft)
    assert await storage.privacy.expire(NOW) == Forgotten(proposals=2, drafts=1)
    found = await storage.proposals.get(1)
    assert found == over.model_copy(update={"proposer": "a member", "proposer_id": None})
    assert [await storage.proposals.get(number) for number in (2, 3)] == [recent, waits]
    four = await storage.proposals.get(4)
    assert four
    assert (four.proposer, four.proposer_id, four.decided_by, four.decided_by_id) == (
        "a member",
        None,
        "a member",
        None,
    )
    assert [bool(await storage.drafts.get(draft.key)) for draft in drafts] == [True, False]
    assert await storage.privacy.expire(NOW) == Forgotten()


async def test_supporters_of_what_is_long_over_are_forgotten(storage: Storage) -> None:
    """They go with the proposer, and not while the proposal waits."""
    made_at = moment(datetime.now(UTC) - timedelta(days=500))
    first = await file(storage, wish("One", MIA, made_at=made_at))
    await storage.proposals.add(wish("One", LEO))
    later = datetime.now(UTC) + timedelta(days=400)
    assert await storage.privacy.expire(later) == Forgotten()
    await storage.proposals.save(
        first.model_copy(update={"state": ProposalState.EXPIRED, "decided_at": made_at})
    )
    assert await storage.privacy.expire(later) == Forgotten(proposals=1, supports=1)
