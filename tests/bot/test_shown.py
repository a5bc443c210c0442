from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.shown import tools_in

if TYPE_CHECKING:
    from tests.conftest import Shown, World


async def _message(world: World, shown: Shown) -> discord.Message:
    """Give a message as a message menu hands it to the bot."""
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.fetch_message(shown.message.id)


async def test_what_an_answer_shows(world: World) -> None:
    """An answer's buttons tell which tools it shows: one, or those that are compared."""
    view = world.catalog.view(world.mia.guild.id)
    one = await world.slash("tool", name="vllm")
    assert [tool.slug for tool in tools_in(await _message(world, one), view)] == ["vllm"]
    two = await world.slash("compare", first="vllm", second="ollama")
    assert {tool.slug for tool in tools_in(await _message(world, two), view)} == {"vllm", "ollama"}


async def test_what_is_gone(world: World) -> None:
    """A tool that is no longer there is not among them."""
    two = await world.slash("compare", first="vllm", second="ollama")
    await world.remove("vllm")
    found = tools_in(await _message(world, two), world.catalog.view())
    assert [tool.slug for tool in found] == ["ollama"]


async def test_what_is_no_answer(world: World) -> None:
    """What somebody said shows no tool, whatever it names."""
    said = await world.mia.send(world.channel, "vllm")
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    assert tools_in(await channel.fetch_message(said.id), world.catalog.view()) == []


async def test_forged_buttons(world: World) -> None:
    """A button that leads nowhere is passed over."""
    one = await world.slash("tool", name="vllm")
    for part in one.parts:
        if "custom_id" in part:
            part["custom_id"] = "go1:nonsense"
    assert tools_in(await _message(world, one), world.catalog.view()) == []
