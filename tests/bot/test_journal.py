from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from tests.commands.reviewroom import ReviewRoom
from tests.commands.workbench import links, text
from tests.conftest import Shown

if TYPE_CHECKING:
    import simcord

    from tests.conftest import World


async def _log(room: ReviewRoom) -> simcord.ChannelHandle:
    """Choose a log channel."""
    channel = room.world.mia.guild.create_text_channel("log")
    await room.world.env.settle()
    await room.settle("log", channel=channel)
    return channel


async def _edit(room: ReviewRoom, **values: Any) -> None:  # noqa: ANN401 (as a form takes them)
    """Let ada edit vLLM."""
    form = await room.bench.form("edit", name="vllm", section="basics")
    await room.bench.saved(await room.bench.send(form, **values))


async def test_one_entry_a_change(world: World) -> None:
    """An edit, an approval, an undoing and a reopening are told once each, by whom and what differs."""
    room = await ReviewRoom.of(world)
    channel = await _log(room)
    before = room.bench.here("vllm")
    await _edit(room, summary="Serves all.")
    (entry,) = channel.history()
    shown = Shown(world.env, entry)
    assert shown.title == "Edit vLLM"
    assert "By ada" in shown.text
    assert "for this server alone" in shown.text
    await room.bench.restart()
    preview = await room.bench.press(shown, "Undo", who=room.bench.bob)
    await room.bench.saved(preview, who=room.bench.bob)
    assert room.bench.here("vllm") == before
    assert len(channel.history()) == 2
    await room.change(vendor="They")
    assert len(channel.history()) == 2
    await room.approve()
    approved = Shown(world.env, channel.last_message)
    assert approved.title == "Change vLLM"
    assert "Why: Proposal 1" in approved.text
    await room.bench.press(room.board(), "Reopen")
    assert "Proposal 1 is open again" in Shown(world.env, channel.last_message).text
    assert len(channel.history()) == 4


async def test_members_may_not_undo(world: World) -> None:
    """Who only reads the log can't take anything back."""
    room = await ReviewRoom.of(world)
    channel = await _log(room)
    await _edit(room, summary="Serves all.")
    said = await room.bench.press(Shown(world.env, channel.last_message), "Undo", who=world.mia)
    assert "Only this server's moderators" in text(said)


async def test_channels_that_fail(world: World) -> None:
    """A log channel that is forbidden, gone, or in another server costs nothing but the entry."""
    room = await ReviewRoom.of(world)
    handle = await _log(room)
    channel = world.bot.get_channel(handle.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.set_permissions(channel.guild.default_role, view_channel=False)
    await world.env.settle()
    await _edit(room, summary="One.")
    world.env.backend.delete_channel(handle.id)
    await world.env.settle()
    await _edit(room, summary="Two.")
    guild = world.mia.guild.id
    rules = world.catalog.preferences.moderation(guild)
    wrong = rules.model_copy(update={"log_channel": room.bench.abroad.id})
    await world.catalog.preferences.moderate(guild, wrong)
    await _edit(room, summary="Three.")
    found = room.bench.here("vllm")
    assert found
    assert found.summary == "Three."
    assert not room.bench.abroad.history()


async def test_the_curators_log(world: World) -> None:
    """Changes of the shared catalog are told in the curators' channel, a server's are not."""
    room = await ReviewRoom.of(world)
    channel = room.bench.zoe.guild.create_text_channel("curators")
    await world.env.settle()
    world.bot.curators_channel = channel.id
    await _edit(room, summary="Serves all.")
    assert not channel.history()
    form = await room.bench.form("edit", who=room.bench.cora, name="vllm", shared=True)
    await room.bench.saved(
        await room.bench.send(form, who=room.bench.cora, vendor="They"), who=room.bench.cora
    )
    assert "for everyone" in Shown(world.env, channel.last_message).text


async def test_hostile_text(world: World) -> None:
    """Whatever an edit holds, its entry is one harmless card."""
    room = await ReviewRoom.of(world)
    channel = await _log(room)
    nasty = "@everyone <@1> [x](https://evil.example) ```\u202e**b**"
    form = await room.bench.form("edit", name="vllm", section="basics", reason=nasty)
    await room.bench.saved(await room.bench.send(form, summary=nasty, name="[vLLM](https://evil.example)"))
    entry = Shown(world.env, channel.last_message)
    assert not links(entry)
    assert "\u202e" not in entry.text
