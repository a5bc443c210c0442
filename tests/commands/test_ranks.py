"""Ranks under other weights, over time, and in pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import Shown

if TYPE_CHECKING:
    from tests.conftest import World

_PNG = b"\x89PNG"


async def test_other_weights_go_along(world: World) -> None:
    """Weights that were asked for are said in the footer and hold on every screen that a button leads to."""
    shown = await world.slash("compare", first="vLLM", second="Ollama", weights="quality=50 freshness=50")
    said = "Weights: quality 50%, freshness 50%"
    assert said in shown.text
    result = await world.press(shown, "Ranks")
    assert said in Shown(world.env, result.response or shown.message).text
    assert "Adoption" in shown.text


async def test_presets_are_offered(world: World) -> None:
    """Autocomplete offers the presets, then reads what was typed."""
    choices = await world.mia.autocomplete(
        world.channel, "compare", "weights", "q", first="vllm", second="sd"
    )
    assert [choice["value"] for choice in choices] == ["quality"]
    choices = await world.mia.autocomplete(
        world.channel, "compare", "weights", "quality=1 freshness=3", first="vllm", second="sd"
    )
    assert "freshness 75%, quality 25%" in choices[0]["name"]


async def test_history(world: World) -> None:
    """A rank's history says what it was, what moved it, and why others report two scores."""
    tool = world.catalog.get("vllm")
    await world.put(tool.model_copy(update={"signals": tool.signals[:1]}))
    shown = await world.slash("rank", name="vllm", history=True)
    assert shown.title == "History of the rank of vLLM"
    assert "edited" in shown.text
    assert "What moved it since" in shown.text
    assert [option["label"] for option in shown.options]
    picked = await world.pick(shown, shown.options[0]["label"])
    assert Shown(world.env, picked.response or shown.message).title == shown.title
    reported = await world.slash("rank", name="stable diffusion", history=True)
    assert "51" in reported.text
    assert "55" in reported.text
    assert "unexplained" in reported.text


async def test_history_by_button(world: World) -> None:
    """One tool's screens lead to the history of its rank."""
    shown = await world.slash("rank", name="ComfyUI")
    assert list(shown.buttons)[:5] == ["Overview", "Ranks", "Capabilities", "Alternatives", "History"]
    await world.press(shown, "History")
    assert Shown(world.env, world.channel.last_message).title == "History of the rank of ComfyUI"


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("compare", {"first": "vLLM", "second": "Ollama"}),
        ("rank", {"name": "vLLM", "history": True}),
    ],
)
async def test_pictures(world: World, command: str, options: dict[str, str | bool]) -> None:
    """A picture says in words what it shows, and stands in the embed, at once or a moment later."""
    shown = await world.slash(command, **options)
    (attached,) = shown.message.attachments
    assert attached.filename.endswith(".png")
    assert attached.description
    assert "vLLM" in attached.description
    assert shown.embed.image.url


async def test_breakdown(world: World) -> None:
    """A breakdown gives each figure's points, the place among its kind, and what would raise it."""
    shown = await world.slash("rank", name="vLLM")
    assert " points · " in shown.text
    assert "Place " in shown.text
    assert "What would raise it" in shown.text


async def test_weights_go_along_through_menus(world: World) -> None:
    """A menu that leads to another comparison keeps the weights that were asked for."""
    shown = await world.slash("compare", first="vLLM", second="Ollama", weights="quality=50 freshness=50")
    await world.press(shown, "Alternatives")
    changed = Shown(world.env, world.channel.last_message)
    result = await world.pick(changed, changed.options[0]["label"])
    assert "Weights: quality 50%" in Shown(world.env, result.response or world.channel.last_message).text


async def test_a_history_is_told_by_the_usual_weights(world: World) -> None:
    """A history says what it is told by, where somebody asked for something else."""
    shown = await world.slash("rank", name="vLLM", history=True, weights="quality")
    assert "A history is told by the usual weights" in shown.text
    assert "quality 60%" not in shown.text


async def test_what_comes_late_overwrites_nothing(world: World) -> None:
    """A picture that is ready when the message shows something else already is left out."""
    latest = world.bot.latest
    first = latest.note(1)
    second = latest.note(1)
    assert not latest.holds(1, first)
    assert latest.holds(1, second)
