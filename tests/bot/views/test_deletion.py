from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import World


@pytest.mark.parametrize("who", ["mia", "theo"])
@pytest.mark.parametrize("restarted", [False, True])
async def test_who_may(world: World, who: str, *, restarted: bool) -> None:
    """Who asked and who may manage messages can delete an answer, after a restart too."""
    shown = await world.slash("tool", name="vLLM")
    if restarted:
        await world.restart()
    await world.press(shown, "Delete", who=getattr(world, who))
    assert shown.gone


async def test_who_may_not(world: World) -> None:
    """A stranger is refused in words, and the answer stays."""
    shown = await world.slash("tool", name="vLLM")
    refusal = world.answered(await world.press(shown, "Delete", who=world.leo))
    assert refusal.ephemeral
    assert "Only the person who asked" in refusal.text
    assert not shown.gone


async def test_an_answer_in_chat(world: World) -> None:
    """An answer to a mention belongs to who mentioned."""
    shown = await world.say(f"{world.me} vllm")
    await world.press(shown, "Delete", who=world.leo)
    assert not shown.gone
    await world.press(shown, "Delete")
    assert shown.gone


async def test_in_a_direct_message(world: World) -> None:
    """In a direct message the person can delete what the bot said to them."""
    shown = await world.dm("vllm")
    await world.press(shown, "Delete", who=world.mia.user)
    assert shown.gone


async def test_private_answer(world: World) -> None:
    """A private answer can be deleted too."""
    shown = await world.slash("tool", name="vLLM", private=True)
    await world.press(shown, "Delete")
    assert shown.gone


async def test_deleted_twice(world: World) -> None:
    """Pressing Delete on a message that a moderator has just deleted is no fault of ours."""
    shown = await world.slash("tool", name="vLLM")
    world.env.inject_error("DELETE", "/webhooks/*", status=404, code=10008, message="Unknown Message")
    result = await world.press(shown, "Delete")
    assert not result.followups
