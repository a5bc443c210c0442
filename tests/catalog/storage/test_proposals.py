from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from catalog.database import Database
from catalog.editing.change import Change, Edit
from catalog.errors import DecidedError, EditError, StorageError
from catalog.models import Tool
from catalog.proposals import ADDED_LIMIT, NOTE_LIMIT, OPEN_STATES, Proposal, ProposalState, Support
from catalog.revision import SHARED, Author, Scope
from catalog.storage import Storage

GUILD = Scope(guild_id=1_234_567_890_123_456_789)
MIA, LEO, THEO = 1_111_111_111_111_111_111, 2, 3
ANT = Tool(name="Ant")

if TYPE_CHECKING:
    from collections.abc import Sequence


def wish(name: str = "Ant", who: int | None = MIA, **fields: Any) -> Proposal:  # noqa: ANN401 (any field of a proposal)
    """Make a proposal of a missing tool."""
    tool = Tool.model_validate({"name": name})
    change = Change(title=f"Add {name}", edits=(Edit(slug=tool.slug, before=None, after=tool),))
    return Proposal.model_validate(
        {
            "kind": "tool",
            "title": f"Add {name}",
            "change": change,
            "proposer": f"member {who}",
            "proposer_id": who,
            "made_at": "2026-11-01T10:00:00Z",
            **fields,
        }
    )


async def add(storage: Storage, *wishes: Proposal) -> list[Proposal]:
    """File proposals that nobody made before."""
    filed = [await storage.proposals.add(one) for one in wishes]
    assert not any(one.joined for one in filed)
    return [one.proposal for one in filed]


def numbers(found: Sequence[Proposal]) -> list[int | None]:
    """Give the numbers of proposals."""
    return [one.number for one in found]


async def test_a_proposal_is_filed_and_read_again(storage: Storage) -> None:
    """It has the next number, and all else as it was."""
    first, second = await add(storage, wish(note="Søk 搜索 🐝", quiet=True, scope=GUILD), wish("Bee"))
    assert (first.number, second.number) == (1, 2)
    assert (
        await storage.proposals.get(1) == first == wish(note="Søk 搜索 🐝", quiet=True, scope=GUILD, number=1)
    )
    assert await storage.proposals.get(3) is None


async def test_who_wants_the_same_supports_it(storage: Storage) -> None:
    """An open proposal is joined once by each other member, however they write the name."""
    (first,) = await add(storage, wish("Ant 4o"))
    new: set[int | None] = {LEO, THEO}
    for who in (LEO, THEO, LEO, MIA, None):
        filed, joined, changed = await storage.proposals.add(wish("ant-4-o", who))
        assert (filed, joined) == (first, True)
        assert changed == (who in new)
        new.discard(who)
    assert [one.user_id for one in await storage.proposals.supporters(1)] == [LEO, THEO]
    assert await storage.proposals.supporters(2) == ()
    assert await storage.proposals.get(2) is None


@pytest.mark.parametrize("state", ProposalState)
async def test_only_what_is_open_is_joined(storage: Storage, state: ProposalState) -> None:
    """What was decided can be proposed anew; so can the same thing in another scope."""
    (first,) = await add(storage, wish())
    await storage.proposals.save(first.model_copy(update={"state": state}))
    filed, joined, _ = await storage.proposals.add(wish(who=LEO))
    assert (filed.number, joined) == ((1, True) if state.is_open else (2, False))
    _, joined, _ = await storage.proposals.add(wish(who=LEO, scope=GUILD))
    assert not joined


async def test_the_queue(storage: Storage) -> None:
    """A scope's proposals in some states are read oldest first, page by page."""
    filed = await add(storage, *(wish(f"Tool {number}") for number in range(5)), wish(scope=GUILD))
    await storage.proposals.save(filed[1].model_copy(update={"state": ProposalState.REJECTED}))
    await storage.proposals.save(filed[2].model_copy(update={"state": ProposalState.ASKED}))
    assert numbers(await storage.proposals.of(SHARED)) == [1, 3, 4, 5]
    assert numbers(await storage.proposals.of(SHARED, limit=2)) == [1, 3]
    assert numbers(await storage.proposals.of(SHARED, limit=2, skip=2)) == [4, 5]
    assert numbers(await storage.proposals.of(SHARED, {ProposalState.REJECTED})) == [2]
    assert numbers(await storage.proposals.of(GUILD)) == [6]
    assert await storage.proposals.of(SHARED, ()) == []
    assert [await storage.proposals.waiting(scope) for scope in (SHARED, GUILD, Scope(guild_id=2))] == [
        4,
        1,
        0,
    ]


async def test_whose_and_how_many(storage: Storage) -> None:
    """Somebody's own are read newest first; counted are those of a scope since a moment, whatever their state."""
    old, new = "2026-10-01T00:00:00Z", "2026-11-20T00:00:00Z"
    filed = await add(
        storage,
        wish("One", made_at=old),
        wish("Two", made_at=new),
        wish("Three", made_at=new, scope=GUILD),
        wish("Four", LEO, made_at=new),
    )
    await storage.proposals.save(filed[1].model_copy(update={"state": ProposalState.WITHDRAWN}))
    assert numbers(await storage.proposals.mine(MIA)) == [3, 2, 1]
    assert numbers(await storage.proposals.mine(MIA, limit=1)) == [3]
    assert await storage.proposals.count(SHARED, MIA, "2026-11-19T00:00:00Z") == 1
    assert await storage.proposals.count(SHARED, MIA, old) == 2
    assert await storage.proposals.count(GUILD, MIA, old) == 1
    assert await storage.proposals.count(GUILD, LEO, old) == 0


async def test_what_is_due_for_a_reminder(storage: Storage) -> None:
    """Open proposals come up once they are old, and again only so long after they were reminded of."""
    filed = await add(
        storage, wish("One"), wish("Two", scope=GUILD), wish("Three", made_at="2026-11-20T00:00:00Z")
    )
    assert filed[0].number
    await storage.proposals.mark(filed[0].number, reminded_at="2026-11-10T00:00:00Z")
    assert numbers(await storage.proposals.due("2026-11-08T00:00:00Z")) == [2]
    assert numbers(await storage.proposals.due("2026-11-11T00:00:00Z")) == [1, 2]
    await storage.proposals.save(filed[1].model_copy(update={"state": ProposalState.APPROVED}))
    assert numbers(await storage.proposals.due("2026-12-01T00:00:00Z")) == [1, 3]


async def test_the_second_to_decide_is_told(storage: Storage) -> None:
    """Who comes too late changes nothing, and learns what became of it; who expects that may go on."""
    (first,) = await add(storage, wish())
    approved = first.model_copy(update={"state": ProposalState.APPROVED, "decided_by": "theo"})
    assert await storage.proposals.save(approved) == approved
    with pytest.raises(DecidedError, match=r"approved by now \(by theo\), so nothing was changed") as caught:
        await storage.proposals.save(first.model_copy(update={"state": ProposalState.REJECTED}))
    assert caught.value.proposal == approved == await storage.proposals.get(1)
    again = first.model_copy(update={"state": ProposalState.OPEN})
    await storage.proposals.save(again, {ProposalState.APPROVED})
    assert await storage.proposals.get(1) == again


async def test_what_others_write_meanwhile_stays(storage: Storage) -> None:
    """Who decides on a proposal as they read it keeps where it is shown, who wants no messages, and what was said."""
    (first,) = await add(storage, wish(note="One."))
    await asyncio.gather(
        storage.proposals.mark(1, channel_id=7, message_id=8),
        storage.proposals.mark(1, thread_id=9),
        storage.proposals.hush(1, MIA),
        storage.proposals.add(wish(note="Two.")),
        storage.proposals.save(first.model_copy(update={"state": ProposalState.ASKED, "answer": "Which?"})),
    )
    kept = await storage.proposals.get(1)
    assert kept
    assert (kept.channel_id, kept.message_id, kept.thread_id, kept.quiet) == (7, 8, 9, True)
    assert (kept.note, kept.added, kept.state, kept.answer) == ("One.", ("Two.",), "asked", "Which?")
    with pytest.raises(TypeError, match="not a mark: state"):
        await storage.proposals.mark(1, state=ProposalState.OPEN)


async def test_the_proposers_answer(storage: Storage) -> None:
    """It stands beside what they said, the proposal is open again, and nobody answers what wasn't asked."""
    (first,) = await add(storage, wish(note="One."))
    with pytest.raises(DecidedError):
        await storage.proposals.reply(1, "Two.")
    await storage.proposals.save(first.model_copy(update={"state": ProposalState.ASKED}))
    answered = await storage.proposals.reply(1, "x" * NOTE_LIMIT)
    assert (answered.state, answered.note, answered.added) == ("open", "One.", ("x" * NOTE_LIMIT,))
    assert answered.reminded_at
    assert await storage.proposals.get(1) == answered


async def test_answers_have_an_end(storage: Storage) -> None:
    """As many as a proposal holds are kept; one more is refused, and none makes room for it."""
    (first,) = await add(storage, wish(note="One."))
    for number in range(ADDED_LIMIT):
        first = (await storage.proposals.add(wish(note=f"Answer {number}"))).proposal
    with pytest.raises(EditError, match="as many answers as it can"):
        await storage.proposals.add(wish(note="One more"))
    assert await storage.proposals.get(1) == first
    assert (first.note, first.added[0]) == ("One.", "Answer 0")


async def test_what_a_joiner_filled_in_is_kept(storage: Storage) -> None:
    """What the first left empty is taken over, other values stand beside it; what is said twice is kept once."""
    tool = Tool.model_validate({"name": "Ant", "vendor": "They"})
    other = Tool.model_validate({"name": "ant", "vendor": "We", "licence": "MIT", "aliases": ["a"]})
    changes = [
        Change(title="Add", edits=(Edit(slug="ant", before=None, after=one),)) for one in (tool, other)
    ]
    await add(storage, wish(change=changes[0]))
    filed, _, changed = await storage.proposals.add(wish(who=LEO, change=changes[1]))
    assert changed
    assert filed.change
    assert filed.change.edits[0].after == tool.model_copy(update={"licence": "MIT", "aliases": ("a",)})
    assert filed.besides == ("Vendor: We",)
    assert filed == await storage.proposals.get(1)
    again = await storage.proposals.add(wish(who=LEO, change=changes[1]))
    assert (again.proposal, again.changed) == (filed, False)


async def test_the_limit_holds_for_all_who_send_at_once(database: Database, url: str) -> None:
    """What is proposed and what is supported counts, however many processes take it at once."""
    since = "2026-10-01T00:00:00Z"
    async with Database.open(url) as other:
        storages = [Storage(database), Storage(other)]
        await add(storages[0], wish("Bee", THEO))
        outcomes = await asyncio.gather(
            storages[0].proposals.add(wish("Bee"), 3, since),
            *(storages[n % 2].proposals.add(wish(f"Tool {n}"), 3, since) for n in range(6)),
            return_exceptions=True,
        )
    assert sum(isinstance(one, EditError) for one in outcomes) == 4
    assert await storages[0].proposals.count(SHARED, MIA, since) == 3
    with pytest.raises(EditError, match="3 proposals here within a day"):
        await storages[0].proposals.add(wish("Bee"), 3, since)


async def test_what_supporters_say(storage: Storage) -> None:
    """Each one's note is kept with their support, the last one they wrote; so is whether they want messages."""
    await add(storage, wish(note="One."))
    for note in ("Two.", None, "Three."):
        filed, *_ = await storage.proposals.add(wish(who=LEO, note=note))
        assert filed.note == "One."
    await storage.proposals.add(wish(who=THEO, quiet=True))
    assert set(await storage.proposals.supporters(1)) == {
        Support(LEO, "Three.", quiet=False),
        Support(THEO, None, quiet=True),
    }
    await storage.proposals.hush(1, LEO)
    assert all(one.quiet for one in await storage.proposals.supporters(1))
    with pytest.raises(EditError, match="made or supports"):
        await storage.proposals.hush(1, 99)


async def test_a_proposal_that_is_not_there(storage: Storage) -> None:
    """It can't be saved."""
    for number in (None, 7):
        with pytest.raises(EditError, match="no such proposal"):
            await storage.proposals.save(wish(number=number))


async def test_of_many_who_decide_at_once_one_does(database: Database, url: str) -> None:
    """However many press at the same moment, in whichever process, one decision is kept."""
    async with Database.open(url) as other:
        storages = [Storage(database), Storage(other)]
        (first,) = await add(storages[0], wish())
        decided = first.model_copy(update={"state": ProposalState.REJECTED})
        outcomes = await asyncio.gather(
            *(
                storages[n % 2].proposals.save(decided.model_copy(update={"decided_by": f"mod {n}"}))
                for n in range(10)
            ),
            return_exceptions=True,
        )
    kept = [one for one in outcomes if isinstance(one, Proposal)]
    assert len(kept) == 1
    assert {one.proposal.decided_by for one in outcomes if isinstance(one, DecidedError)} == {
        kept[0].decided_by
    }


async def test_of_many_who_propose_the_same_at_once_one_does(database: Database, url: str) -> None:
    """All others support it; numbers have no gap."""
    async with Database.open(url) as other:
        storages = [Storage(database), Storage(other)]
        await asyncio.gather(*(storages[who % 2].proposals.add(wish(who=who)) for who in range(1, 11)))
        await asyncio.gather(
            *(storages[who % 2].proposals.add(wish(f"T {who}", who)) for who in range(1, 11))
        )
    assert len(await storages[0].proposals.supporters(1)) == 9
    assert numbers(await storages[0].proposals.of(SHARED)) == list(range(1, 12))


async def test_a_decision_is_one_with_its_documents(storage: Storage) -> None:
    """Approving keeps the documents and the proposal, with the number of the change."""
    await add(storage, wish("Bee"), wish())
    proposal = await storage.proposals.get(2)
    assert proposal
    async with storage.writing(Author(name="theo", reason="Approved")) as writer:
        await writer.put(ANT)
        kept = await writer.decide(
            proposal.model_copy(update={"state": ProposalState.APPROVED}), expecting=OPEN_STATES
        )
    assert kept.revision == 1 == writer.revisions[0].change
    assert await storage.proposals.get(2) == kept
    assert await storage.get("ant") == ANT


async def test_a_decision_that_comes_too_late_changes_no_document(storage: Storage) -> None:
    """Where the proposal was decided meanwhile, or isn't there, nothing of the block is kept."""
    (first,) = await add(storage, wish())
    await storage.proposals.save(first.model_copy(update={"state": ProposalState.WITHDRAWN}))

    async def approve(proposal: Proposal) -> None:
        async with storage.writing(Author(name="theo", reason="Approved")) as writer:
            await writer.put(ANT)
            await writer.decide(proposal.model_copy(update={"state": ProposalState.APPROVED}), OPEN_STATES)

    with pytest.raises(DecidedError):
        await approve(first)
    with pytest.raises(EditError):
        await approve(wish(number=2))
    assert await storage.load() == ([], 0)


async def test_an_approval_that_changes_nothing(storage: Storage) -> None:
    """What was wanted is so already: there is no change to name, and the proposal is approved all the same."""
    (first,) = await add(storage, wish())
    async with storage.writing(Author(name="theo", reason="Approved")) as writer:
        kept = await writer.decide(first.model_copy(update={"state": ProposalState.APPROVED}), OPEN_STATES)
    assert (kept.revision, kept.state) == (None, "approved")


async def test_a_proposal_nobody_understands_is_named(storage: Storage, database: Database) -> None:
    """A stored proposal with an unknown field gives an error that says which one."""
    await add(storage, wish())
    async with database.writing() as connection:
        await connection.exec_driver_sql("""UPDATE proposals SET content = '{"colour": "red"}'""")
    with pytest.raises(StorageError, match="Proposal 1 can't be understood; it was written by another"):
        await storage.proposals.get(1)
