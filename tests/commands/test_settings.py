from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
import pytest_asyncio

from catalog.weights import PRESETS
from tests.conftest import Shown

if TYPE_CHECKING:
    import simcord

    from tests.conftest import World


@pytest_asyncio.fixture
async def moderator(world: World) -> simcord.MemberActor:
    """Somebody who may manage the server."""
    guild = world.mia.guild
    role = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    member = guild.add_member(world.env.create_user("ada"), roles=[role])
    await world.env.settle()
    return member


async def _settle_weights(world: World, who: simcord.MemberActor, **options: str) -> Shown:
    result = await who.slash(world.channel, "settings weights", **options)
    return Shown(world.env, result.response)


async def test_a_server_weighs_for_itself(world: World, moderator: simcord.MemberActor) -> None:
    """What a moderator chooses holds in this server's ranks, is said in footers, and ends when it is taken back."""
    before = await world.slash("rank", name="vLLM")
    said = await _settle_weights(world, moderator, weights="freshness=100")
    assert said.ephemeral
    assert "freshness 100%" in said.text
    after = await world.slash("rank", name="vLLM")
    assert "This server's weights: freshness 100%" in after.text
    assert after.text != before.text
    assert "This server's weights" in (await world.slash("compare", first="vLLM", second="Ollama")).text
    assert "This server's weights" not in (await world.dm("what is vllm")).text
    await world.restart()
    assert "This server's weights" in (await world.slash("rank", name="vLLM")).text
    await _settle_weights(world, moderator)
    assert (await world.slash("rank", name="vLLM")).text == before.text


async def test_another_process_learns_of_it(world: World, moderator: simcord.MemberActor) -> None:
    """Weights are kept in the database; who catches up has them."""
    await _settle_weights(world, moderator, weights="quality")
    world.catalog.preferences._weights = {}
    await world.catalog.catch_up()
    assert world.catalog.preferences.weights(world.mia.guild.id) == PRESETS["quality"].rounded()


async def test_members_may_not(world: World) -> None:
    """Who may not manage the server is told so, even where the server shows them the command, and nothing changes."""
    (command,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "settings"]
    world.mia.guild.set_command_permissions(command, {world.mia: True})
    interaction = world.mia.slash(world.channel, "settings weights", weights="quality")
    shown = Shown(world.env, (await interaction).response)
    assert shown.ephemeral
    assert "Ask a moderator" in shown.text
    assert world.catalog.preferences.weights(world.mia.guild.id) is None


@pytest.mark.parametrize("text", ["quality=lots", "speed=50", "quality=0", "@everyone"])
async def test_weights_that_are_none(world: World, text: str) -> None:
    """Weights that can't be read are refused with what there is, to who asked alone."""
    shown = await world.slash("compare", first="vLLM", second="Ollama", weights=text)
    assert shown.ephemeral
    assert "adoption, quality, ecosystem, match graph, freshness" in shown.text
