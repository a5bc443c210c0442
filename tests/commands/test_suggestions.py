from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from simcord import interactions

from catalog.drafts import Draft
from catalog.editing.sentences import sentences
from catalog.moderation import Moderation
from catalog.revision import SHARED, Scope
from tests.commands.reviewroom import ReviewRoom
from tests.commands.workbench import kept, text
from tests.conftest import Shown

if TYPE_CHECKING:
    import simcord

    from tests.conftest import World


async def _menu(world: World, target: Shown, who: simcord.MemberActor | None = None) -> Shown:
    result = await (who or world.mia).context_menu(world.channel, "Dispute this", target.message.message)
    return world.answered(result)


async def test_a_missing_tool(world: World) -> None:
    """A member fills in what they know, looks at it, fills in more, and sends it; nothing is saved by that."""
    room = await ReviewRoom.of(world)
    form = await world.mia.slash(world.channel, "suggest tool", name="Quarrybird", note="We all use it.")
    assert kept(form)["name"] == "Quarrybird"
    shown = await room.bench.send(form, who=world.mia, type=["Repository"])
    assert "Save" not in shown.buttons
    await room.bench.restart()
    (menu,) = [part for part in shown.parts if part.get("custom_id", "").startswith("draft:section")]
    names = await world.mia.select(shown.message, ["names"], custom_id=menu["custom_id"])
    shown = await room.bench.send(names, who=world.mia, aliases="qb")
    await room.bench.press(shown, "Send proposal", who=world.mia)
    assert room.bench.here("quarrybird") is None
    board = room.board()
    assert "A new tool, by mia" in text(board)
    assert "What mia says\nWe all use it." in text(board)
    await room.approve(board)
    found = room.bench.here("quarrybird")
    assert found
    assert found.aliases == ("qb",)


async def test_what_is_there_is_not_missing(world: World) -> None:
    """Who suggests a tool that is there is told so, and what they typed is kept."""
    await ReviewRoom.of(world)
    form = await world.mia.slash(world.channel, "suggest tool", name="vLLM")
    shown = world.answered(await world.mia.submit_modal(form, kept(form) | {"type": ["Repository"]}))
    assert "there is a vLLM already" in text(shown)


async def test_suggest_under_an_answer(world: World) -> None:
    """A name that wasn't found can be suggested by a button, by anybody, after a restart too."""
    room = await ReviewRoom.of(world)
    shown = await world.slash("tool", name="zzyzxq 9000 @everyone [a](https://b.c)")
    label = next(label for label in shown.buttons if label.startswith("Suggest"))
    await room.bench.restart()
    form = await world.press(shown, label, who=world.leo)
    assert kept(form)["name"].startswith("zzyzxq 9000")
    sent = await room.bench.send(form, who=world.leo, name="Zzyzxq", type=["Repository"])
    await room.bench.press(sent, "Send proposal", who=world.leo)
    assert room.board().title == "Proposal 1: Add Zzyzxq"


@pytest.mark.parametrize("name", ["x" * 90 + "q", "zq😀" * 25, 'zq"`|:' * 10])
async def test_suggest_any_name(world: World, name: str) -> None:
    """However long or strange the name is, the button leads to a form that holds it as far as there is room."""
    await ReviewRoom.of(world)
    shown = await world.slash("tool", name=name[:100])
    label = next(label for label in shown.buttons if label.startswith("Suggest"))
    assert name.startswith(kept(await world.press(shown, label))["name"][:80])


async def test_dispute_this(world: World) -> None:
    """Under one of the bot's answers each sentence can be picked, after a restart too; the dispute names it."""
    room = await ReviewRoom.of(world)
    card = await world.slash("compare", first="vllm", second="sglang")
    shown = await _menu(world, card)
    assert shown.ephemeral
    assert "vLLM, SGLang" in shown.text
    await room.bench.restart()
    option = shown.options[1]
    form = await world.mia.select(shown.message, [option["value"]])
    assert kept(form)["wording"].startswith(option["label"].rstrip("…"))
    await room.bench.send(form, who=world.mia, note="I measured it.")
    tool = world.catalog.get("vllm")
    assert (await room.proposal()).sentence == list(sentences(tool))[1].text
    assert "I measured it." in text(room.board())


async def test_dispute_where_copies_were_left(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the bot isn't installed any more the shared tool is disputed, not what the server had made of it."""
    await ReviewRoom.of(world)
    shared = world.catalog.get("vllm")
    await world.put(shared.model_copy(update={"summary": "Ours alone."}), guild=world.mia.guild)
    card = await world.slash("tool", name="vllm")
    usual = interactions.base_payload

    def brought(*args: Any, **named: Any) -> Any:  # noqa: ANN401 (passed on)
        record, made = usual(*args, **named)
        return record, made | {"authorizing_integration_owners": {"1": str(named["user_id"])}}

    monkeypatch.setattr(interactions, "base_payload", brought)
    shown = await _menu(world, card)
    assert "Ours alone." not in str(shown.options)
    form = await world.mia.select(shown.message, [shown.options[0]["value"]])
    sent = world.answered(await world.mia.submit_modal(form, kept(form) | {"note": "No."}))
    assert "curators" in text(sent)
    proposal = await world.catalog.storage.proposals.get(1)
    assert proposal
    assert (proposal.scope, proposal.sentence) == (SHARED, shared.summary)


async def test_dispute_what_is_no_answer(world: World) -> None:
    """A message that shows no tool is told apart, be it a member's or a question of the bot."""
    said = await world.mia.send(world.channel, "vLLM is the best")
    asked = await world.slash("tool", name="zzyzxq 9000")
    for target in (Shown(world.env, said), asked):
        assert "No tool of the catalog is shown" in text(await _menu(world, target))


async def test_dispute_what_was_mended(world: World) -> None:
    """A sentence that isn't said any more is refused when it is picked, and when the form is sent."""
    room = await ReviewRoom.of(world)
    shown = await _menu(world, await world.slash("tool", name="vllm"))
    value = shown.options[0]["value"]
    form = await world.mia.select(shown.message, [value])
    tool = world.catalog.get("vllm")
    await world.put(tool.model_copy(update={"summary": "Mended."}))
    late = await room.bench.send(form, who=world.mia, note="No.", wording="Otherwise.")
    assert "isn't shown any more" in text(late)
    again = world.answered(await world.mia.select(shown.message, [value]))
    assert "isn't shown any more" in text(again)


async def test_a_long_sentence(world: World) -> None:
    """A sentence that is longer than any title is disputed like others; so is one over several lines."""
    room = await ReviewRoom.of(world)
    tool = world.catalog.get("vllm")
    long = "Very " * 200 + "fast."
    capability = tool.capabilities[0].model_copy(update={"description": long})
    await world.put(tool.model_copy(update={"capabilities": (capability, *tool.capabilities[1:])}))
    key = next(one.key for one in sentences(world.catalog.get("vllm")) if one.text == long)
    assert "is received" in text(await room.dispute(said=key))
    assert room.board().title.startswith("Proposal 1: vLLM: “Very Very")


async def test_nothing_visible_is_nothing(world: World) -> None:
    """A note in which nothing can be seen is none: a dispute needs one, a suggestion doesn't."""
    room = await ReviewRoom.of(world)
    assert "Say what is wrong" in text(await room.dispute("\u200b \u202e"))
    await room.suggest("Quarrybird", type=["Repository"], options={"note": "\u200b"})
    assert (await room.proposal()).note is None
    await room.dispute("So.")
    assert "Nothing that can be read" in text(await room.note("Ask", "\u200b", shown=room.board(2)))


async def test_the_same_again(world: World) -> None:
    """Whoever proposes their own again adds what they say to it."""
    room = await ReviewRoom.of(world)
    await room.dispute("First.")
    assert "You proposed the same before" in text(await room.dispute("Second."))
    proposal = await room.proposal()
    assert (proposal.note, proposal.added) == ("First.", ("Second.",))
    assert "What mia added\n- Second." in text(room.board())


async def test_taken_back(world: World) -> None:
    """A proposer withdraws what nobody has decided on; moderators see it, and nothing can be approved any more."""
    room = await ReviewRoom.of(world)
    received = await room.suggest("Quarrybird", summary="Serves quarry models.")
    await world.press(received, "Withdraw")
    assert received.title == "Withdrawn"
    assert not await world.catalog.storage.proposals.of(Scope(guild_id=world.mia.guild.id))
    message = Shown(world.env, room.channel.last_message)
    assert "Withdrawn by the proposer" in message.text
    assert set(message.buttons) == {"Reopen"}


async def test_what_others_filled_in(world: World) -> None:
    """Who suggests the same tool adds what they know to it; where both say something else, both can be read."""
    room = await ReviewRoom.of(world)
    await room.suggest("Quarrybird", type=["Repository"], vendor="They")
    await room.suggest("quarrybird", who=world.leo, type=["Repository"], vendor="We", licence="MIT")
    board = text(room.board())
    assert "What others filled in otherwise\n- Vendor: We" in board
    await room.approve()
    found = room.bench.here("quarrybird")
    assert found
    assert (found.vendor, found.licence) == ("They", "MIT")


async def test_withdrawn_with_supporters(world: World) -> None:
    """Who wanted the same hears that it was taken back, and what to do; who took it back needs no message."""
    room = await ReviewRoom.of(world)
    received = await room.suggest("Quarrybird", type=["Repository"])
    await room.suggest("Quarrybird", who=world.leo, type=["Repository"])
    await world.press(received, "Withdraw")
    assert "suggest it yourself" in room.heard(world.leo)[-1]
    assert room.heard(world.mia) == []


async def test_where_no_channel_shows_it(world: World) -> None:
    """Who proposes is told that it waits in the list where no review channel is set."""
    room = await ReviewRoom.of(world, chosen=False)
    assert "no channel shows it" in text(await room.dispute("Not so."))
    await room.settle("review", channel=room.channel)
    assert "no channel shows it" not in text(await room.dispute("Nor so.", wording="Serves models."))


async def test_a_side_that_was_chosen_is_sent(world: World) -> None:
    """Whose version a member chose before sending is what they propose; moderators aren't asked again."""
    room = await ReviewRoom.of(world)
    form = await world.mia.slash(world.channel, "suggest change", name="vllm", section="basics")
    edit = await room.bench.form("edit", name="vllm", section="basics")
    await room.bench.saved(await room.bench.send(edit, summary="Serves all."))
    shown = await room.bench.send(form, who=world.mia, summary="Serves models.", vendor="They")
    await room.bench.choose(shown, "Yours", who=world.mia)
    await room.bench.press(shown, "Send proposal", who=world.mia)
    board = text(room.board())
    assert "Both changed" not in board
    assert "now: Serves **models.**" in board
    await room.approve()
    found = room.bench.here("vllm")
    assert found
    assert (found.summary, found.vendor) == ("Serves models.", "They")


async def test_as_many_as_a_day_takes(world: World) -> None:
    """Who has proposed enough is told before they type; where none are taken, everybody is."""
    room = await ReviewRoom.of(world)
    await room.settle("proposals", daily_limit=1)
    await room.suggest("Quarrybird", type=["Repository"])
    for said in (await room.suggest("Pitlark"), await room.dispute(), await room.change()):
        assert "You have made 1 proposal here within a day" in text(said)
    card = await world.slash("tool", name="vllm")
    assert "Try again tomorrow" in text(await _menu(world, card))
    assert "is received" in text(await room.dispute(who=world.leo))
    await room.settle("proposals", daily_limit=0)
    assert "take no proposals" in text(await room.dispute(who=world.theo))


async def test_who_is_blocked(world: World) -> None:
    """Somebody on the list is refused before they type, and when they had begun before; others aren't."""
    room = await ReviewRoom.of(world)
    form = await world.mia.slash(world.channel, "suggest tool", name="Quarrybird")
    shown = await room.bench.send(form, who=world.mia, type=["Repository"])
    await room.settle("block", member=world.mia)
    assert "no proposals from you" in text(await room.bench.press(shown, "Send proposal", who=world.mia))
    assert "no proposals from you" in text(await room.dispute())
    assert "is received" in text(await room.dispute(who=world.leo))
    await room.settle("block", member=world.mia, remove=True)
    assert "is received" in text(await room.bench.press(shown, "Send proposal", who=world.mia))


async def test_in_a_direct_message(world: World) -> None:
    """There, what is suggested goes to the curators; where the operator named none, that is said before typing."""
    room = await ReviewRoom.of(world)
    form = await world.mia.user.slash("suggest tool", name="Quarrybird")
    sent = await world.mia.user.submit_modal(form, kept(form) | {"type": ["Repository"]})
    shown = world.answered(sent)
    received = world.answered(await world.mia.user.click(shown.message, label="Send proposal"))
    assert "The curators of the shared catalog" in text(received)
    assert (await room.proposal()).scope == SHARED
    assert "Nothing waits" in text(await room.bench.use("review"))
    listed = await room.bench.use("review", who=room.bench.cora, shared=True)
    assert "Add Quarrybird" in text(listed)
    world.bot.curators = frozenset()
    refused = world.answered(await world.mia.user.slash("suggest tool", name="Pitlark"))
    assert "named no curators" in text(refused)


async def test_upstream(world: World) -> None:
    """A server's copy is proposed to the curators, in their channel; approved, everybody sees it and the server too."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    channel = world.mia.guild.create_text_channel("curators")
    await world.env.settle()
    world.bot.curators_channel = channel.id
    edit = await bench.form("edit", name="vllm", section="basics")
    await bench.saved(await bench.send(edit, summary="Serves models."))
    shown = await bench.use("upstream", name="vllm", reason="Clearer.")
    assert "For everyone" in text(shown)
    await bench.press(shown, "Send proposal")
    board = Shown(world.env, channel.last_message)
    assert "A server's edit, proposed for everyone" in text(board)
    assert "Clearer." in text(board)
    assert "Only the curators" in text(await bench.press(board, "Approve"))
    await room.approve(board, who=bench.cora)
    shared, there = bench.shared("vllm"), bench.there("vllm")
    assert shared
    assert shared.summary == "Serves models."
    assert there == shared == bench.here("vllm")
    assert "the shared catalog" in room.heard(bench.ada)[-1]
    told = Shown(world.env, channel.last_message)
    assert "for everyone" in text(told)
    await bench.press(board, "Reopen", who=bench.cora)
    assert bench.shared("vllm") != shared


async def test_upstream_is_edited(world: World) -> None:
    """Curators change what a server proposes for everyone before they approve it."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    edit = await bench.form("edit", name="vllm", section="basics")
    await bench.saved(await bench.send(edit, summary="Serves models."))
    await bench.press(await bench.use("upstream", name="vllm"), "Send proposal")
    shown = await bench.use("review", who=bench.cora, shared=True, number=1)
    form = await world.press(shown, "Edit & approve", who=bench.cora)
    assert kept(form)["summary"] == "Serves models."
    await bench.saved(await bench.send(form, who=bench.cora, summary="Serves all."), who=bench.cora)
    shared = bench.shared("vllm")
    assert shared
    assert shared.summary == "Serves all."
    assert (await room.proposal()).state == "approved"


async def test_upstream_without_curators(world: World) -> None:
    """Where the operator named no curators, that is said at once."""
    room = await ReviewRoom.of(world)
    world.bot.curators = frozenset()
    assert "named no curators" in text(await room.bench.use("upstream", name="vllm"))


async def test_wanted(world: World) -> None:
    """Names that were asked for openly and not found are listed; private answers and direct messages don't count."""
    room = await ReviewRoom.of(world)
    for _ in range(2):
        await world.slash("tool", name="zzyzxq")
    await world.say(f"{world.me} what is pitlarkify")
    await world.slash("tool", name="secretbird", private=True)
    await world.dm("what is lonelybird")
    shown = text(await room.bench.use("wanted"))
    assert "zzyzxq" in shown
    assert "2 times" in shown
    assert "pitlarkify" in shown
    assert "secretbird" not in shown
    assert "lonelybird" not in shown
    assert "zzyzxq" not in text(await room.bench.use("wanted", who=room.bench.zoe))


async def test_another_servers_proposals_are_apart(world: World) -> None:
    """Limits, lists and joining are each server's own."""
    room = await ReviewRoom.of(world)
    visitor = room.bench.zoe.guild.add_member(world.mia.user)
    await world.env.settle()
    await room.dispute()
    sentence = next(sentences(world.catalog.get("vllm"))).text
    form = await visitor.slash(room.bench.abroad, "suggest dispute", name="vllm", sentence=sentence)
    said = world.answered(await visitor.submit_modal(form, kept(form) | {"note": "No."}))
    assert "Proposal 2 is received" in text(said)
    assert "1 proposal to decide" in text(await room.bench.use("review"))
    await world.catalog.preferences.moderate(room.bench.zoe.guild.id, Moderation(daily_limit=1))
    assert (await room.proposal(2)).scope == Scope(guild_id=room.bench.zoe.guild.id)


async def test_a_forgotten_draft(world: World) -> None:
    """A dispute's form that is sent when its draft is gone is refused in words."""
    room = await ReviewRoom.of(world)
    sentence = next(sentences(world.catalog.get("vllm"))).text
    form = await world.mia.slash(world.channel, "suggest dispute", name="vllm", sentence=sentence)
    assert form.modal
    key = form.modal["custom_id"].partition(":")[2]
    draft = await world.catalog.storage.drafts.get(key)
    assert isinstance(draft, Draft)
    await world.catalog.storage.drafts.drop(key)
    assert "no longer there" in text(await room.bench.send(form, who=world.mia, note="No."))
