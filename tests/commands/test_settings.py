from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
import pytest_asyncio
import simcord

from catalog.moderation import BLOCKED_LIMIT, ROLES_LIMIT, Moderation
from catalog.preferences import Preferences
from catalog.weights import PRESETS
from tests.conftest import Shown

if TYPE_CHECKING:
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


async def _settle(world: World, who: simcord.MemberActor, command: str, **options: object) -> Shown:
    shown = Shown(world.env, (await who.slash(world.channel, f"settings {command}", **options)).response)
    assert shown.ephemeral
    return shown


def _rules(world: World) -> Moderation:
    return world.catalog.preferences.moderation(world.mia.guild.id)


async def test_a_role_moderates_until_it_is_taken_off(world: World, moderator: simcord.MemberActor) -> None:
    """Who has the role that is named may edit at once, after a restart too, and no longer once it is taken off."""
    guild = world.mia.guild
    role = guild.create_role("Keepers")
    keeper = guild.add_member(world.env.create_user("kim"), roles=[role])
    await world.env.settle()

    async def queue() -> str:
        return Shown(world.env, (await keeper.slash(world.channel, "catalog review")).response).text

    assert "Only this server's moderators" in await queue()
    said = await _settle(world, moderator, "moderators role", role=role)
    assert f"<@&{role.id}>" in said.text
    assert "Only" not in await queue()
    await world.restart()
    assert "Only" not in await queue()
    assert (
        f"<@&{role.id}>"
        not in (await _settle(world, moderator, "moderators role", role=role, remove=True)).text
    )
    assert "Only this server's moderators" in await queue()


async def test_a_moderating_role_changes_no_settings(world: World, moderator: simcord.MemberActor) -> None:
    """Who moderates by a role sees how the server moderates, but doesn't choose it, even where the command is shown."""
    guild = world.mia.guild
    role = guild.create_role("Keepers")
    keeper = guild.add_member(world.env.create_user("kim"), roles=[role])
    await _settle(world, moderator, "moderators role", role=role)
    (command,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "settings"]
    guild.set_command_permissions(command, {keeper: True})
    before = _rules(world)
    assert "Only who may manage this server" in (await _settle(world, keeper, "block", member=world.mia)).text
    assert _rules(world) == before
    shown = Shown(world.env, (await keeper.slash(world.channel, "catalog settings")).response)
    assert f"<@&{role.id}>" in shown.text


async def test_everybody_can_not_moderate(world: World, moderator: simcord.MemberActor) -> None:
    """The role that everybody has is refused, and so is one more than can be listed; one that is listed stays one."""
    guild = world.mia.guild
    everyone = simcord.RoleHandle(world.env, guild, world.env.backend.get_guild(guild.id).roles[guild.id])
    assert "Choose another one" in (await _settle(world, moderator, "moderators role", role=everyone)).text
    assert _rules(world).roles == ()
    role = guild.create_role("Keepers")
    full = (*range(1, ROLES_LIMIT), role.id)
    await world.catalog.preferences.moderate(guild.id, Moderation(roles=full))
    await _settle(world, moderator, "moderators role", role=role)
    assert _rules(world).roles == full
    more = guild.create_role("More")
    assert "take one off first" in (await _settle(world, moderator, "moderators role", role=more)).text
    assert _rules(world).roles == full


@pytest.mark.parametrize(("command", "kept"), [("review", "review_channel"), ("log", "log_channel")])
async def test_channels(world: World, moderator: simcord.MemberActor, command: str, kept: str) -> None:
    """A channel is kept where the bot can write there, and turned off without one."""
    guild = world.mia.guild
    channel = guild.create_text_channel("keepers")
    await world.env.settle()
    assert f"<#{channel.id}>" in (await _settle(world, moderator, command, channel=channel)).text
    assert getattr(_rules(world), kept) == channel.id
    silent = discord.PermissionOverwrite(send_messages=False)
    closed = guild.create_text_channel("closed", overwrites={guild.default_role: silent})
    await world.env.settle()
    refused = (await _settle(world, moderator, command, channel=closed)).text
    assert "let me view it, send messages and embed links" in refused
    assert getattr(_rules(world), kept) == channel.id
    await _settle(world, moderator, command)
    assert getattr(_rules(world), kept) is None


async def test_how_much_may_be_proposed(world: World, moderator: simcord.MemberActor) -> None:
    """Each number is kept by itself; what is left out stays as it was; 0 turns proposals off."""
    await _settle(world, moderator, "proposals", daily_limit=0)
    said = await _settle(world, moderator, "proposals", remind_days=3)
    assert (_rules(world).daily_limit, _rules(world).remind_days) == (0, 3)
    assert "proposals are turned off" in said.text
    assert "After 6 days it expires" in said.text


async def test_blocking(world: World, moderator: simcord.MemberActor) -> None:
    """Somebody is blocked once however often it is said, can be let in again, and there is an end to the list."""
    guild_id = world.mia.guild.id
    await _settle(world, moderator, "block", member=world.leo)
    said = await _settle(world, moderator, "block", member=world.leo)
    assert _rules(world).blocked == (world.leo.id,)
    assert f"<@{world.leo.id}>" in said.text
    await _settle(world, moderator, "block", member=world.leo, remove=True)
    assert _rules(world).blocked == ()
    full = tuple(range(1, BLOCKED_LIMIT + 1))
    await world.catalog.preferences.moderate(guild_id, Moderation(blocked=full))
    assert "take one off first" in (await _settle(world, moderator, "block", member=world.leo)).text
    assert _rules(world).blocked == full


async def test_settings_of_one_server_alone(world: World, moderator: simcord.MemberActor) -> None:
    """What one server chose holds in no other one."""
    await _settle(world, moderator, "proposals", daily_limit=1)
    other = world.env.create_guild("Elsewhere")
    assert world.catalog.preferences.moderation(other.id) == Moderation()


async def test_two_settle_at_once(world: World, moderator: simcord.MemberActor) -> None:
    """Two who choose different things, in another process at that, both get what they chose."""
    elsewhere = Preferences(world.catalog.storage)
    await elsewhere.adjust(world.mia.guild.id, lambda rules: rules.model_copy(update={"remind_days": 30}))
    await _settle(world, moderator, "proposals", daily_limit=1)
    assert (_rules(world).daily_limit, _rules(world).remind_days) == (1, 30)
