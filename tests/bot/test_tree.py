from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.tree import Tree

if TYPE_CHECKING:
    from tests.conftest import World


def _syncs(world: World) -> list[Any]:
    return [
        request.json
        for request in world.env.http_requests
        if request.method == "PUT" and request.path.endswith("/commands")
    ]


async def test_sent_once(world: World) -> None:
    """The first start sends the commands; the next with the same Discord doesn't."""
    assert len(_syncs(world)) == 1
    await world.restart()
    await world.restart()
    assert len(_syncs(world)) == 1


async def test_where_commands_can_be_used(world: World) -> None:
    """Looking up and suggesting work everywhere; editing where the bot was added, settings in a server alone."""
    (commands,) = _syncs(world)
    everywhere, private = ([0, 1, 2], [0, 1]), ([0, 1], [0])
    where = {
        command["name"]: (sorted(command["contexts"]), sorted(command["integration_types"]))
        for command in commands
    }
    assert where == {
        "Dispute this": everywhere,
        "about": everywhere,
        "alternatives": everywhere,
        "catalog": private,
        "compare": everywhere,
        "privacy": everywhere,
        "rank": everywhere,
        "settings": ([0], [0]),
        "suggest": everywhere,
        "tool": everywhere,
    }


async def test_what_discord_hides(world: World) -> None:
    """Settings alone are hidden from members: a role that moderates needs no permission of Discord's to edit."""
    (commands,) = _syncs(world)
    hidden = {
        command["name"]: int(command["default_member_permissions"])
        for command in commands
        if command["default_member_permissions"] is not None
    }
    assert hidden == {"settings": discord.Permissions(manage_guild=True).value}


@pytest.mark.parametrize("change", ["description", "option", "gone", "new option"])
async def test_sent_again_when_changed(world: World, change: str) -> None:
    """A command that Discord knows otherwise is sent again."""
    tree = world.bot.tree
    assert isinstance(tree, Tree)
    assert not await tree.sync_if_changed()
    command: Any = tree.get_command("compare")
    if change == "description":
        command.description = "Hold tools side by side."
    elif change == "option":
        command._params["second"].required = False
    elif change == "gone":
        tree.remove_command("rank")
    else:
        command._params["extra"] = command._params["fourth"]
    assert await tree.sync_if_changed()
    assert len(_syncs(world)) == 2


async def test_in_a_direct_message(world: World) -> None:
    """Commands work where there is no server."""
    result = await world.mia.user.slash("compare", first="vLLM", second="Ollama")
    shown = world.answered(result)
    assert shown.title == "vLLM vs Ollama"
    await world.press(shown, "Ranks", who=world.mia.user)
    assert shown.title == "Rank of vLLM and Ollama"
