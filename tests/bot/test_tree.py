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


async def test_usable_everywhere(world: World) -> None:
    """Every command works everywhere, but for settings: those are a server's, and for who may manage it."""
    (commands,) = _syncs(world)
    assert {command["name"] for command in commands} == {
        "about",
        "alternatives",
        "compare",
        "rank",
        "settings",
        "tool",
    }
    for command in commands:
        settings = command["name"] == "settings"
        assert sorted(command["contexts"]) == ([0] if settings else [0, 1, 2])
        assert sorted(command["integration_types"]) == ([0] if settings else [0, 1])
        least = discord.Permissions(manage_guild=True).value if settings else None
        assert command["default_member_permissions"] in {least, str(least) if least else None}


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
