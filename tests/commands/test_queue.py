from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.reviewroom import ReviewRoom
from tests.commands.workbench import links, text
from tests.conftest import Shown

if TYPE_CHECKING:
    from tests.conftest import World


async def test_without_a_channel(world: World) -> None:
    """Without a review channel all is done from the list, one proposal after the other, and found by its number."""
    room = await ReviewRoom.of(world, chosen=False)
    bench = room.bench
    for name in ("Quarrybird", "Pitlark"):
        await room.suggest(name, type=["Repository"])
    await room.dispute("Not so.")
    shown = await bench.use("review")
    assert "3 proposals to decide" in text(shown)
    await bench.restart()
    await bench.ada.select(shown.message, ["1"])
    assert "Proposal 1: Add Quarrybird" in text(shown)
    await room.note("Reject", "No.", shown=shown)
    assert "**Rejected by ada" in text(shown)
    await bench.press(shown, "All that wait")
    assert "2 proposals to decide" in text(shown)
    await bench.ada.select(shown.message, ["3"])
    await room.note("Ask", "Where?", shown=shown)
    assert "Where?" in room.heard(world.mia)[-1]
    await bench.press(shown, "All that wait")
    assert "waits for the proposer's answer" in text(shown)
    await bench.ada.select(shown.message, ["2"])
    await room.approve(shown)
    assert bench.here("pitlark")
    again = await bench.use("review", number=1)
    await bench.press(again, "Reopen")
    assert (await room.proposal(1)).state == "open"
    assert "no proposal 9" in text(await bench.use("review", number=9))


async def test_pages(world: World) -> None:
    """A long list is read page by page."""
    room = await ReviewRoom.of(world)
    await room.settle("proposals", daily_limit=50)
    proposals = world.catalog.storage.proposals
    await room.suggest("Tool 0", type=["Repository"])
    first = await room.proposal()
    for number in range(1, 12):
        await proposals.add(first.model_copy(update={"title": f"Add {number}", "change": None}))
    shown = await room.bench.use("review")
    assert "Page 1 of 2" in text(shown)
    await room.bench.restart()
    await room.bench.press(shown, "Later")
    assert "Page 2 of 2" in text(shown)
    assert len(shown.options) == 2
    await room.bench.press(shown, "Earlier")
    assert "Page 1 of 2" in text(shown)


async def test_other_servers(world: World) -> None:
    """Another server's moderators neither see a proposal nor decide on it, whatever they press."""
    room = await ReviewRoom.of(world)
    bench = room.bench
    await room.change(summary="Serves models.")
    assert "Nothing waits" in text(await bench.use("review", who=bench.zoe))
    assert "belongs to another server" in text(await bench.use("review", who=bench.zoe, number=1))
    other = await bench.use("review", who=bench.zoe)
    assert not other.parts
    assert (await room.proposal()).state == "open"


async def test_hostile_text(world: World) -> None:
    """Whatever stands in a proposal, its message, the list, the thread and the letters show it harmlessly."""
    room = await ReviewRoom.of(world)
    nasty = "@everyone <@1> [x](https://evil.example) \u202e`` ``` ```**b** <script> " + "z" * 300
    await room.dispute(nasty, wording=nasty[:200])
    await room.suggest(
        "[Bird](https://evil.example)", type=["Repository"], summary=nasty[:250], options={"note": nasty}
    )
    for number in (1, 2):
        board = room.board(number)
        assert not board.links, board.links
        assert not links(board)
        await room.note("Ask", nasty, shown=board)
        assert not links(board)
    for thread in room.channel.threads:
        assert not links(Shown(world.env, thread.last_message))
    assert not links(room.letter(world.mia))
    listed = await room.bench.use("review")
    assert all("discord.com/channels" in link for link in links(listed))
    await room.approve(number=2)
    assert not links(room.board(2))
