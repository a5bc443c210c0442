from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord
from sqlalchemy import update

from catalog.errors import DecidedError, StorageError
from catalog.moments import moment
from catalog.proposals import Proposal, ProposalState
from catalog.reviews import Reviews
from catalog.revision import Author
from catalog.storage.proposals import write
from catalog.tables import proposals
from tests.commands.reviewroom import ReviewRoom
from tests.commands.workbench import text
from tests.conftest import Shown

if TYPE_CHECKING:
    from tests.conftest import World


async def _alter(room: ReviewRoom, number: int = 1, **fields: Any) -> None:  # noqa: ANN401 (any field of a proposal)
    """Write other fields of a proposal to the database, as if time had gone by."""
    altered = Proposal.model_validate({**dict(await room.proposal(number)), **fields})
    async with room.world.catalog.storage._database.writing() as connection:
        await connection.execute(update(proposals).where(proposals.c.number == number).values(write(altered)))


def _ago(days: float) -> str:
    return moment(datetime.now(UTC) - timedelta(days=days))


async def _hour(world: World) -> None:
    """Let the bot keep house, as if an hour had gone by."""
    world.bot._kept_house = float("-inf")
    await world.bot.keep_house()
    await world.env.settle()


def _told(world: World, channel: simcord.ChannelHandle, words: str) -> int:
    """Count the messages in a channel that say something."""
    found = [Shown(world.env, one) for one in channel.history() if one.embeds]
    return sum(words in text(one) for one in found)


async def test_a_reminder_and_the_end(world: World) -> None:
    """What waits for a week is told once, what waits for two expires; both survive restarts."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.")
    await _hour(world)
    assert not _told(world, room.channel, "still waits")
    await _alter(room, made_at=_ago(8))
    await _hour(world)
    await room.bench.restart()
    await _hour(world)
    assert _told(world, room.channel, "1 proposal still waits") == 1
    await _alter(room, made_at=_ago(15), reminded_at=_ago(7))
    await _hour(world)
    assert (await room.proposal()).state == "expired"
    assert "Expired" in text(room.board())
    assert "nobody decided in time" in room.heard(world.mia)[-1]


async def test_nothing_expires_unseen(world: World) -> None:
    """After a long time without the bot moderators are reminded first; what they open again has its time anew."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.")
    await _alter(room, made_at=_ago(100))
    await _hour(world)
    assert (await room.proposal()).state == "open"
    assert _told(world, room.channel, "still waits") == 1
    await _alter(room, reminded_at=_ago(8))
    await _hour(world)
    assert (await room.proposal()).state == "expired"
    await room.bench.press(room.board(), "Reopen")
    await _hour(world)
    assert (await room.proposal()).state == "open"
    await room.note("Ask", "Where?")
    await _alter(room, reminded_at=_ago(8))
    form = await world.mia.user.click(room.letter(world.mia).message, label="Answer")
    await world.mia.user.submit_modal(form, {"note": "There."})
    await _hour(world)
    assert (await room.proposal()).state == "open"


async def test_who_is_reminded_without_a_channel(world: World) -> None:
    """Without a review channel the log channel is told, without either the owner; what nobody hears never expires."""
    room = await ReviewRoom.of(world, chosen=False)
    await room.dispute("Not so.")
    owner = simcord.MemberActor(world.env, world.mia.guild, world.mia.guild.owner)
    await _alter(room, made_at=_ago(99))
    user = world.env.backend.users.pop(owner.id)
    await _hour(world)
    waits = await room.proposal()
    assert (waits.state, waits.reminded_at) == ("open", None)
    world.env.backend.users[user.id] = user
    await _hour(world)
    assert "In the server" in room.heard(owner)[-1]
    assert (await room.proposal()).reminded_at
    await room.settle("log", channel=room.channel)
    await _alter(room, reminded_at=None)
    await _hour(world)
    assert _told(world, room.channel, "still waits") == 1
    assert len(room.heard(owner)) == 1


async def test_a_reminder_that_the_database_refuses_to_note(world: World) -> None:
    """The house is kept again a moment later; moderators aren't told the same twice meanwhile."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.")
    await _alter(room, made_at=_ago(8))
    async with world.catalog.storage._database.writing() as connection:
        await connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE UPDATE ON proposals BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    for _ in range(2):
        with pytest.raises(StorageError):
            await _hour(world)
        assert world.bot._kept_house == float("-inf")
    async with world.catalog.storage._database.writing() as connection:
        await connection.exec_driver_sql("DROP TRIGGER refuse")
    await world.bot.keep_house()
    assert (await room.proposal()).reminded_at
    await world.env.settle()
    assert _told(world, room.channel, "still waits") == 1


async def test_two_messages_at_once(world: World) -> None:
    """However many show the same proposal at the same moment, it has one message."""
    room = await ReviewRoom.of(world, chosen=False)
    await room.dispute("Not so.")
    stale = await room.proposal()
    await room.settle("review", channel=room.channel)
    notices = world.bot.reviews._notices
    await asyncio.gather(*(notices.publish(stale) for _ in range(3)))
    await world.env.settle()
    assert _told(world, room.channel, "Proposal 1") == 1
    await room.note("Reject", "No.")
    assert "Rejected" in text(room.board())


async def test_a_thread_for_reviews(world: World) -> None:
    """A message in a thread is drawn anew as one in a channel is, also when Discord hasn't told of the thread."""
    room = await ReviewRoom.of(world, chosen=False)
    await room.suggest("Quarrybird", type=["Repository"])
    channel = world.bot.get_channel(room.channel.id)
    assert isinstance(channel, discord.TextChannel)
    thread = await (await channel.send("Here")).create_thread(name="Reviews")
    await world.env.settle()
    rules = world.catalog.preferences.moderation(world.mia.guild.id)
    chosen = rules.model_copy(update={"review_channel": thread.id})
    await world.catalog.preferences.moderate(world.mia.guild.id, chosen)
    await room.suggest("Quarrybird", who=world.leo, type=["Repository"])
    assert (await room.proposal()).channel_id == thread.id
    channel.guild._threads.pop(thread.id, None)
    await room.suggest("Quarrybird", who=world.theo, type=["Repository"])
    (there,) = room.channel.threads
    assert "2 others proposed the same" in text(Shown(world.env, there.last_message))


async def test_curators_are_reminded_and_nothing_expires(world: World) -> None:
    """What is proposed for everybody waits as long as curators need."""
    room = await ReviewRoom.of(world)
    channel = world.mia.guild.create_text_channel("curators")
    await world.env.settle()
    world.bot.curators_channel = channel.id
    await room.bench.saved(
        await room.bench.send(await room.bench.form("edit", name="vllm"), summary="Serves models.")
    )
    await room.bench.press(await room.bench.use("upstream", name="vllm"), "Send proposal")
    for days in (50, 100):
        await _alter(room, made_at=_ago(200), reminded_at=_ago(days))
        await _hour(world)
    assert (await room.proposal()).state == "open"
    assert _told(world, channel, "still waits") == 2
    assert not _told(world, channel, "expires")
    assert not _told(world, room.channel, "still waits")


async def test_nothing_is_told_before_the_bot_is_there(world: World) -> None:
    """A reminder that comes due while the bot starts is told once it knows its channels."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.")
    await _alter(room, made_at=_ago(8))
    ready = world.bot._ready
    assert isinstance(ready, asyncio.Event)
    ready.clear()
    await _hour(world)
    assert (await room.proposal()).reminded_at is None
    ready.set()
    await _hour(world)
    assert _told(world, room.channel, "still waits") == 1


@pytest.mark.parametrize("trouble", ["gone", "forbidden", "elsewhere"])
async def test_a_review_channel_that_fails(world: World, trouble: str) -> None:
    """Where the channel can't be written to any more, proposals wait in the list, and all else goes on."""
    room = await ReviewRoom.of(world)
    await room.dispute("First.")
    rules = world.catalog.preferences.moderation(world.mia.guild.id)
    if trouble == "gone":
        world.env.backend.delete_channel(room.channel.id)
    elif trouble == "forbidden":
        channel = world.bot.get_channel(room.channel.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.set_permissions(channel.guild.default_role, send_messages=False, view_channel=False)
    else:
        wrong = rules.model_copy(update={"review_channel": room.bench.abroad.id})
        await world.catalog.preferences.moderate(world.mia.guild.id, wrong)
    await world.env.settle()
    assert "is received" in text(await room.suggest("Quarrybird", type=["Repository"]))
    await _alter(room, made_at=_ago(8))
    await _hour(world)
    assert "I can't write there" in text(await room.bench.use("settings"))
    listed = await room.bench.use("review")
    assert "2 proposals to decide" in text(listed)
    await room.bench.ada.select(listed.message, ["1"])
    await room.note("Ask", "Where?", shown=listed)
    await room.note("Reject", "No.", shown=listed)
    assert (await room.proposal()).state == "rejected"
    assert not room.bench.abroad.history()


async def test_two_decide_at_the_same_moment(world: World) -> None:
    """Of two who approve what they both read, one does, once; the other is told."""
    room = await ReviewRoom.of(world)
    await room.change(summary="Serves models.")
    read = await room.proposal()
    reviews = Reviews(world.catalog)
    authors = [Author(name=name, reason="race", user_id=number) for number, name in enumerate(("a", "b"), 1)]
    outcomes = await asyncio.gather(
        *(reviews.approve(read, author) for author in authors),
        reviews.answer(read, ProposalState.REJECTED, authors[0], None),
        return_exceptions=True,
    )
    assert sum(isinstance(one, DecidedError) for one in outcomes) == 2
    revisions = await world.catalog.storage.history("vllm", read.scope, limit=5)
    assert len(revisions) == ((await room.proposal()).state == "approved")


async def test_a_decision_during_a_reminder(world: World) -> None:
    """What was decided between reading and reminding stays decided, and the house is kept to the end."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.")
    await _alter(room, made_at=_ago(8))
    posted = room.channel.last_message
    reviews = world.bot.reminders._reviews
    due = reviews.due

    async def late(now: datetime) -> Any:  # noqa: ANN401 (what `due` gives)
        found = await due(now)
        await room.note("Reject", "No.")
        return found

    reviews.due = late  # type: ignore[method-assign]
    await _hour(world)
    assert (await room.proposal()).state == "rejected"
    assert posted


async def test_who_takes_no_messages(world: World) -> None:
    """A decision stands where its proposer can't be messaged; who asks them is told so."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.")
    user = world.env.backend.users.pop(world.mia.id)
    said = await room.note("Ask", "Where?")
    assert "couldn't be messaged" in text(said)
    world.env.backend.users[user.id] = user
    await room.note("Reject", "No.")
    assert "rejected" in room.heard(world.mia)[-1]


async def test_a_thread_that_went_to_sleep(world: World) -> None:
    """An answer comes into the thread, also when Discord doesn't tell of it at the start."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.")
    await room.note("Ask", "Where?")
    (thread,) = room.channel.threads
    guild = world.bot.get_guild(world.mia.guild.id)
    assert guild
    guild._threads.pop(thread.id, None)
    form = await world.mia.user.click(room.letter(world.mia).message, label="Answer")
    await world.mia.user.submit_modal(form, {"note": "There."})
    assert "There." in text(Shown(world.env, thread.last_message))
