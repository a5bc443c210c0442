from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.reviewroom import ReviewRoom
from tests.commands.workbench import text
from tests.conftest import Shown

if TYPE_CHECKING:
    from tests.conftest import World


async def test_forget_me(world: World) -> None:
    """Who asks for it is in no history, proposal, draft or support any more; what they did to the catalog stays."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    await room.dispute("Not so.", who=bench.ada)
    await room.suggest("Quarrybird", who=world.leo, type=["Repository"])
    await room.suggest("Quarrybird", who=bench.ada, type=["Repository"], options={"note": "I too"})
    edit = await bench.form("edit", name="vllm", section="basics")
    await bench.saved(await bench.send(edit, summary="Serves all."))
    unsaved = await bench.send(
        await bench.form("edit", name="vllm", section="basics"), summary="Serves nobody."
    )
    assert "ada" in text(await bench.use("history", name="vllm"))
    result = await bench.ada.slash(world.channel, "privacy forget me")
    asked = Shown(world.env, result.response)
    assert asked.ephemeral
    assert "What Matchbook keeps of you" in asked.text
    await bench.restart()
    said = await bench.press(asked, "Forget me")
    assert "out of 1 change and 1 proposal. Deleted: 1 draft and 1 mark of support" in text(said)
    history = text(await bench.use("history", who=bench.bob, name="vllm"))
    assert "ada" not in history
    assert "somebody who asked to be forgotten" in history
    found = bench.here("vllm")
    assert found
    assert found.summary == "Serves all."
    assert "no longer there" in text(await bench.press(unsaved, "Save"))
    proposal = await room.proposal()
    assert (proposal.proposer_id, proposal.proposer) == (None, "somebody who asked to be forgotten")
    assert proposal.state == "withdrawn"
    assert "ada" not in text(room.board())
    assert await world.catalog.storage.proposals.supporters(2) == ()
    await room.approve(number=2, who=bench.bob)
    assert room.heard(bench.ada) == []


async def test_what_a_forgotten_proposer_wanted(world: World) -> None:
    """It is withdrawn and who supports it hears so; nobody opens it again, so nobody approves their own that way."""
    room = await ReviewRoom.of(world)
    ada = room.bench.ada
    await room.settle("proposals", daily_limit=1)
    await room.dispute("Not so.", who=ada, wording="Serves models.")
    await room.dispute("Nor here.", who=world.leo, wording="Serves models.")
    asked = Shown(world.env, (await ada.slash(world.channel, "privacy forget me")).response)
    await room.bench.press(asked, "Forget me")
    assert "Withdrawn by the proposer" in text(room.board())
    assert "suggest it yourself" in room.heard(world.leo)[-1]
    assert room.heard(ada) == []
    assert "isn't known any more" in text(await room.bench.press(room.board(), "Reopen"))
    assert (await room.proposal()).state == "withdrawn"
    assert "1 proposal here within a day" in text(await room.dispute("Again.", who=ada))


async def test_nobody_else_can_ask_for_it(world: World) -> None:
    """The button works for who it was shown to, and says so to others."""
    room = await ReviewRoom.of(world)
    card = await world.slash("tool", name="vllm")
    forged = await world.forge(card, "Ranks", f"forget:{world.leo.id}", who=world.mia)
    assert "Only they themselves" in text(world.answered(forged))
    alone = Shown(world.env, (await world.mia.user.slash("privacy forget me")).response)
    pressed = await world.mia.user.click(alone.message, label="Forget me")
    assert "Nothing was kept of you" in text(world.answered(pressed))
    assert room.heard(world.leo) == []
