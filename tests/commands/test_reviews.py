from __future__ import annotations

from typing import TYPE_CHECKING

import simcord

from tests.commands.reviewroom import ReviewRoom
from tests.commands.workbench import can_save, kept, text
from tests.conftest import Shown

if TYPE_CHECKING:
    from tests.conftest import World


async def test_approve(world: World) -> None:
    """A change is approved by a press: it is in this server's catalog, the message says so, the proposer hears it."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    sent = await room.change(summary="Serves models.", options={"note": "Shorter."})
    assert "This server's moderators will look at it" in text(sent)
    board = room.board()
    assert "now: Serves **models.**" in text(board)
    assert "What mia says\nShorter." in text(board)
    await bench.restart()
    said = await room.approve(board)
    assert said.ephemeral
    assert "Saved as change" in text(said)
    found = bench.here("vllm")
    assert found
    assert found.summary == "Serves models."
    assert bench.shared("vllm") == bench.there("vllm") != found
    assert "**Approved by ada" in text(board)
    assert list(board.buttons) == ["Reopen"]
    assert "It is in the catalog now" in room.heard(world.mia)[-1]
    history = await bench.use("history", name="vllm")
    assert "Proposal 1" in text(history)


async def test_approving_is_looked_at_first(world: World) -> None:
    """Approve shows its presser alone the card and what people ask; who saves after somebody decided is told."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    await room.change(summary="Serves models.")
    shown = await bench.press(room.board(), "Approve")
    assert shown.ephemeral
    assert "now: Serves **models.**" in text(shown)
    assert "As it will be shown" in text(shown)
    assert (await room.proposal()).state == "open"
    await room.approve(who=bench.bob)
    assert "approved by now (by bob)" in text(await bench.press(shown, "Save"))
    assert len(await world.catalog.storage.history("vllm", (await room.proposal()).scope, limit=9)) == 1


async def test_what_came_true_meanwhile(world: World) -> None:
    """What somebody has saved already can be approved all the same, and changes nothing."""
    room = await ReviewRoom.of(world)
    await room.change(summary="Serves models.")
    edit = await room.bench.form("edit", name="vllm", section="basics")
    await room.bench.saved(await room.bench.send(edit, summary="Serves models."))
    assert "Nothing to save" in text(await room.approve())
    assert (await room.proposal()).state == "approved"


async def test_a_wording_for_a_dispute(world: World) -> None:
    """A dispute that says what should stand there can be approved at once; only that sentence changes."""
    room = await ReviewRoom.of(world)
    before = room.bench.here("vllm")
    assert before
    unique = before.capabilities[1].unique or ""
    assert "Reword a sentence of vLLM" in text(
        await room.dispute("Not so.", said=unique, wording="Little memory is lost.")
    )
    await room.approve()
    after = room.bench.here("vllm")
    assert after
    assert after.capabilities[1].unique == "Little memory is lost."
    assert after.capabilities[0] == before.capabilities[0]


async def test_edit_and_approve(world: World) -> None:
    """A dispute without a wording opens the form where its sentence stands; saving what is written approves it."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    tool = bench.here("vllm")
    assert tool
    await room.dispute("Not so.", said=tool.capabilities[2].unique)
    board = room.board()
    assert board.buttons["Approve"]["disabled"]
    form = await world.press(board, "Edit & approve", who=bench.ada)
    assert form.modal
    assert kept(form)["unique"] == tool.capabilities[2].unique
    await bench.restart()
    shown = await bench.send(form, unique="Applications move over easily.")
    said = await bench.press(shown, "Save")
    assert "Saved as change" in text(said)
    after = bench.here("vllm")
    assert after
    assert after.capabilities[2].unique == "Applications move over easily."
    assert (await room.proposal()).state == "approved"
    assert "**Approved by ada" in text(board)


async def test_edit_opens_where_the_change_is(world: World) -> None:
    """Edit & approve of a change opens the section that it is about, as it was proposed; more can be edited."""
    room = await ReviewRoom.of(world)
    await room.change("names", tags="fast, serving")
    form = await world.press(room.board(), "Edit & approve", who=room.bench.ada)
    assert form.modal
    assert "Names and tags" in form.modal["title"]
    shown = await room.bench.send(form, tags="fast")
    await room.bench.press(shown, "Save")
    found = room.bench.here("vllm")
    assert found
    assert found.tags == ("fast",)


async def test_more_is_filled_in(world: World) -> None:
    """Of a suggested tool a moderator fills in more, section by section, before it is approved."""
    room = await ReviewRoom.of(world)
    await room.suggest("Quarrybird", type=["Repository"])
    form = await world.press(room.board(), "Edit & approve", who=room.bench.ada)
    shown = await room.bench.send(form, vendor="They")
    (menu,) = [part for part in shown.parts if part.get("custom_id", "").startswith("draft:section")]
    names = await room.bench.ada.select(shown.message, ["names"], custom_id=menu["custom_id"])
    await room.bench.press(await room.bench.send(names, aliases="qb"), "Save")
    found = room.bench.here("quarrybird")
    assert found
    assert (found.vendor, found.aliases) == ("They", ("qb",))
    assert (await room.proposal()).state == "approved"


async def test_reject(world: World) -> None:
    """A rejection says why to who proposed it and to who wanted the same, changes nothing, and is shown."""
    room = await ReviewRoom.of(world)
    await room.suggest("Quarrybird", type=["Repository"])
    joined = await room.suggest(
        "quarrybird", who=world.leo, type=["Repository"], options={"note": "Me *too*"}
    )
    assert "has your support" in text(joined)
    board = room.board()
    assert "1 other proposed the same" in text(board)
    assert "What others say\n- Me \\*too\\*" in text(board)
    await room.bench.restart()
    said = await room.note("Reject", "We have @everyone already.")
    assert "**Rejected by ada" in text(said)
    assert "**Rejected by ada" in text(board)
    for who in (world.mia, world.leo):
        assert "We have" in room.heard(who)[-1]
        assert "rejected" in room.heard(who)[-1]
    assert room.bench.here("quarrybird") is None


async def test_ask(world: World) -> None:
    """A question opens a thread and reaches the proposer; their answer comes back to the thread and the message."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.")
    said = await room.note("Ask", "Where did you *see* that?")
    assert "waits for the proposer's answer" in text(said)
    (thread,) = room.channel.threads
    assert "ada asks" in text(Shown(world.env, thread.last_message))
    letter = room.letter(world.mia)
    assert "Where did you" in text(letter)
    await room.bench.restart()
    form = await world.mia.user.click(letter.message, label="Answer")
    answered = world.answered(await world.mia.user.submit_modal(form, {"note": "In *their* docs."}))
    assert "is received" in text(answered)
    assert "mia: “In \\*their\\* docs.”" in text(Shown(world.env, thread.last_message))
    assert "docs" in text(room.board())
    assert (await room.proposal()).state == "open"
    again = world.answered(await world.mia.user.click(letter.message, label="Answer"))
    assert "Proposal 1 is open by now" in text(again)
    await room.note("Ask", "Which page?")
    assert len(room.channel.threads) == 1
    assert "Which page?" in text(Shown(world.env, thread.last_message))


async def test_who_wants_no_messages(world: World) -> None:
    """Quiet ones hear nothing; who asks them something is told that they weren't reached."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.", options={"quiet": True})
    await room.dispute("Nor here.", who=world.leo, options={"quiet": True})
    said = await room.note("Ask", "Where?")
    assert "couldn't be messaged" in text(said)
    (thread,) = room.channel.threads
    assert "couldn't be messaged" in text(Shown(world.env, thread.last_message))
    await room.note("Reject", "No answer.")
    assert room.heard(world.mia) == room.heard(world.leo) == []


async def test_no_more_messages(world: World) -> None:
    """Proposer and supporter stop the messages about a proposal by a button of the first one."""
    room = await ReviewRoom.of(world)
    await room.dispute("Not so.")
    await room.dispute("Nor here.", who=world.leo)
    await room.note("Reject", "It is.")
    for who in (world.mia, world.leo):
        hushed = await who.user.click(room.letter(who).message, label="No more messages about this")
        assert "You hear no more" in text(world.answered(hushed))
    heard = [room.heard(who) for who in (world.mia, world.leo)]
    await room.bench.press(room.board(), "Reopen")
    await room.note("Reject", "It really is.")
    assert [room.heard(who) for who in (world.mia, world.leo)] == heard


async def test_somebody_decided_already(world: World) -> None:
    """The slower of two moderators is told who decided, changes nothing, and sees the message as it is now."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    await room.change(summary="Serves models.")
    form = await world.press(room.board(), "Reject", who=bench.bob)
    await room.approve()
    late = world.answered(await bench.bob.submit_modal(form, {"note": "No."}))
    assert "Proposal 1 is approved by now (by ada)" in text(late)
    found = bench.here("vllm")
    assert found
    assert found.summary == "Serves models."
    room.board().buttons["Reopen"].update(custom_id="review:approve:1", label="Approve")
    stale = await bench.press(room.board(), "Approve", who=bench.bob)
    assert "approved by now (by ada)" in text(stale)
    assert list(room.board().buttons) == ["Reopen"]
    assert len(room.heard(world.mia)) == 1


async def test_nobody_approves_their_own(world: World) -> None:
    """A moderator's own proposal waits for another one; they may reject it."""
    room = await ReviewRoom.of(world)
    ada = room.bench.ada
    await room.change(who=ada, summary="Serves models.")
    said = await room.bench.press(room.board(), "Approve")
    assert "your own proposal" in text(said)
    form = await world.press(room.board(), "Edit & approve", who=ada)
    shown = await room.bench.send(form, summary="Serves more models.")
    assert "your own proposal" in text(await room.bench.press(shown, "Save"))
    assert (await room.proposal()).state == "open"
    await room.approve(who=room.bench.bob)
    assert (await room.proposal()).state == "approved"


async def test_the_only_moderator_approves_their_own(world: World) -> None:
    """Where the owner alone moderates, nobody else could; once they named a role, somebody could."""
    room = await ReviewRoom.of(world)
    owner = simcord.MemberActor(world.env, world.mia.guild, world.mia.guild.owner)
    await room.change(who=owner, summary="Serves models.")
    await room.change(who=owner, licence="MIT")
    assert "Saved as change" in text(await room.approve(who=owner))
    role = world.mia.guild.create_role("Helpers")
    await world.env.settle()
    await room.settle("moderators role", role=role)
    assert "your own proposal" in text(await room.bench.press(room.board(2), "Approve", who=owner))


async def test_reopen(world: World) -> None:
    """A decision is taken back: what was approved is undone, and the proposal can be decided on again."""
    room = await ReviewRoom.of(world)
    before = room.bench.here("vllm")
    await room.change(summary="Serves models.")
    await room.approve()
    await room.bench.restart()
    said = await room.bench.press(room.board(), "Reopen", who=room.bench.bob)
    assert "**Open**" in text(said)
    assert room.bench.here("vllm") == before
    assert "Approve" in room.board().buttons
    assert "The approval was taken back" in room.heard(world.mia)[-1]
    await room.note("Reject", "On second thoughts")
    assert "**Rejected by ada" in text(room.board())
    await room.bench.press(room.board(), "Reopen")
    await room.approve()
    found = room.bench.here("vllm")
    assert found
    assert found.summary == "Serves models."


async def test_reopen_what_was_changed_again(world: World) -> None:
    """What somebody changed after the approval stays, the rest is undone, and both are said."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    before = bench.here("vllm")
    assert before
    await room.change(summary="Serves models.", vendor="They")
    await room.approve()
    later = await bench.send(await bench.form("edit", name="vllm", section="basics"), summary="Serves all.")
    await bench.saved(later)
    said = await bench.press(room.board(), "Reopen")
    assert "Not all of it was taken back" in text(said)
    assert "- Summary" in text(said)
    after = bench.here("vllm")
    assert after
    assert (after.summary, after.vendor) == ("Serves all.", before.vendor)
    assert (await room.proposal()).state == "open"


async def test_a_conflict_is_chosen(world: World) -> None:
    """Where the tool was changed in the same place since, the moderator sees both and chooses; then it is approved."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    await room.change(summary="Serves models.", vendor="They")
    edit = await bench.form("edit", name="vllm", section="basics")
    await bench.saved(await bench.send(edit, summary="Serves all."))
    shown = await bench.press(room.board(), "Approve")
    assert "1 choice to make" in text(shown)
    assert "proposed: Serves **models.**" in text(shown)
    assert not can_save(shown)
    await bench.choose(shown, "In the catalog")
    said = await bench.press(shown, "Save")
    assert "Saved as change" in text(said)
    after = bench.here("vllm")
    assert after
    assert (after.summary, after.vendor) == ("Serves all.", "They")
    assert "**Approved by ada" in text(room.board())


async def test_a_tool_that_was_removed(world: World) -> None:
    """A change of what is gone asks whether it shall come back; a dispute of it can only be rejected."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    await room.change(summary="Serves models.")
    await room.dispute("Not so.")
    await bench.saved(await bench.use("remove", name="vllm"))
    assert "no longer in the catalog" in text(await bench.press(room.board(2), "Edit & approve"))
    await room.note("Reject", "It is gone.", shown=room.board(2))
    shown = await bench.press(room.board(), "Approve")
    assert not can_save(shown)
    await bench.choose(shown, "Proposed")
    await bench.press(shown, "Save")
    after = bench.here("vllm")
    assert after
    assert after.summary == "Serves models."
    assert [(await room.proposal(number)).state for number in (1, 2)] == ["approved", "rejected"]
