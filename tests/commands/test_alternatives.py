from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import World


async def test_alternatives(world: World) -> None:
    """Alternatives come best first with reasons, and each can be held against the tool."""
    shown = await world.slash("alternatives", name="midjourney")
    near = world.catalog.alternatives("midjourney")
    assert shown.title == "Alternatives to Midjourney"
    lines = (shown.embed.description or "").splitlines()
    assert len(lines) == len(near) > 2
    for line, other in zip(lines, near, strict=True):
        assert f"**{other.name}**: " in line
        assert other.reasons
    assert [option["label"] for option in shown.options] == [f"Midjourney vs {other.name}" for other in near]


async def test_comparing_with_one(world: World) -> None:
    """Picking an alternative compares the two."""
    shown = await world.slash("alternatives", name="vLLM")
    label = shown.options[0]["label"]
    await world.pick(shown, label)
    assert shown.title == label


async def test_private(world: World) -> None:
    """A private answer is seen by who asked alone."""
    assert (await world.slash("alternatives", name="vLLM", private=True)).ephemeral


async def test_family_name(world: World) -> None:
    """A family's name asks back, and the answer is about alternatives still."""
    asked = await world.slash("alternatives", name="llama")
    await world.pick(asked, "llama.cpp")
    assert asked.title == "Alternatives to llama.cpp"
