from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Shown, World


async def _searched(world: World, shown: Shown, need: str) -> Shown:
    form = await world.press(shown, "Search a need")
    assert form.modal is not None
    assert form.modal["title"] == "What do you need?"
    (label,) = form.modal["components"]
    (field,) = [label["component"]] if "component" in label else label["components"]
    return world.answered(await world.mia.submit_modal(form, {field["custom_id"]: need}))


async def test_a_need(world: World) -> None:
    """A need said in words finds tools, privately, and each can be opened."""
    shown = await world.slash("compare", first="vLLM", second="Ollama")
    found = await _searched(world, shown, "turn speech into text offline")
    assert found.ephemeral
    assert "turn speech into text offline" in found.title
    label = found.options[0]["label"]
    assert "hisper" in " ".join(option["label"] for option in found.options[:4])
    await world.restart()
    await world.pick(found, label)
    assert found.title == label


async def test_nothing_found(world: World) -> None:
    """A need that nothing meets is answered with what to try."""
    shown = await world.slash("tool", name="vLLM")
    found = await _searched(world, shown, "qqqq zzzz")
    assert "Try other words" in found.text
    assert not found.options


async def test_hostile_need(world: World) -> None:
    """A need can't call anyone or forge a link."""
    shown = await world.slash("tool", name="qqqqxyz")
    found = await _searched(world, shown, "@everyone [x](https://evil.example) **serve** models " + "y" * 100)
    assert not found.links
    assert "@everyone" not in found.text


async def test_an_error_in_the_form(world: World) -> None:
    """What breaks behind the form is answered with an incident, too."""
    world.breaks = True
    shown = await world.slash("tool", name="vLLM")
    form = await world.press(shown, "Search a need")
    world.catalog._swap(None)  # type: ignore[arg-type]  # something of ours is broken
    assert form.modal is not None
    (label,) = form.modal["components"]
    (field,) = [label["component"]] if "component" in label else label["components"]
    said = world.answered(await world.mia.submit_modal(form, {field["custom_id"]: "serving"}))
    assert said.title == "Something broke on our side"
