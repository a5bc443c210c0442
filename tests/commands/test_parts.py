from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from catalog.asked import Asked
from catalog.models import Tool
from tests.commands.workbench import Workbench, kept, text

if TYPE_CHECKING:
    from tests.conftest import World

PROBE = Tool.model_validate(
    {
        "name": "Quarrybird",
        "type": "repository",
        "aliases": ["qb"],
        "capabilities": [
            {"title": "Serving", "description": "Serves quarry models."},
            {"title": "Training", "description": "Trains quarry models."},
            {"description": "Sings."},
        ],
    }
)


def _titles(tool: Tool | None) -> list[str]:
    return [one.title or one.description for one in tool.capabilities] if tool else []


@pytest.mark.parametrize("written", ["Training", "#2", "trains quarry models."])
async def test_capability_edit(world: World, written: str) -> None:
    """A capability is reworded in a form that is filled in with it, wherever it stands."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    form = await bench.form("capability edit", name="quarrybird", capability=written)
    assert kept(form)["description"] == "Trains quarry models."
    shown = await bench.send(form, description="Trains all models.", unique="Nobody else does.")
    assert "Nobody else does" in text(shown)
    said = await bench.saved(shown)
    assert _titles(bench.here("quarrybird")) == ["Serving", "Training", "Sings."]
    found = bench.here("quarrybird")
    assert found is not None
    assert found.capabilities[1].description == "Trains all models."
    assert found.capabilities[1].unique == "Nobody else does."
    await bench.undone(said)
    assert bench.here("quarrybird") == PROBE


async def test_capability_add(world: World) -> None:
    """A capability is added; its form opens again on the same one, so that it isn't added twice."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    shown = await bench.send(
        await bench.form("capability add", name="quarrybird"), title="Dancing", description="Dances."
    )
    again = await world.press(shown, "Edit again", who=bench.ada)
    assert kept(again)["title"] == "Dancing"
    shown = await bench.send(again, description="Dances well.")
    said = await bench.saved(shown)
    found = bench.here("quarrybird")
    assert found is not None
    assert _titles(found) == ["Serving", "Training", "Sings.", "Dancing"]
    assert found.capabilities[3].description == "Dances well."
    await bench.undone(said)
    assert bench.here("quarrybird") == PROBE


async def test_capability_move_and_remove(world: World) -> None:
    """Capabilities change places and are taken away; both can be undone, and in any order."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    moved = await bench.saved(
        await bench.use("capability move", name="quarrybird", capability="Sings.", to=1)
    )
    assert _titles(bench.here("quarrybird")) == ["Sings.", "Serving", "Training"]
    removed = await bench.saved(await bench.use("capability remove", name="quarrybird", capability="Serving"))
    assert _titles(bench.here("quarrybird")) == ["Sings.", "Training"]
    await bench.undone(moved)
    assert _titles(bench.here("quarrybird")) == ["Training", "Sings."]
    await bench.undone(removed)
    # It stood behind the one that has moved away since.
    assert _titles(bench.here("quarrybird")) == ["Training", "Sings.", "Serving"]
    far = await bench.use("capability move", name="quarrybird", capability="#1", to=1000)
    await bench.saved(far)
    assert _titles(bench.here("quarrybird")) == ["Sings.", "Serving", "Training"]


async def test_a_capability_that_is_none(world: World) -> None:
    """A capability that isn't there is refused with what to write; autocomplete offers those that are."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    said = await bench.use("capability remove", name="quarrybird", capability="Flying")
    assert "no capability “Flying”" in text(said)
    offers = await bench.ada.autocomplete(
        world.channel, "catalog capability remove", "capability", "tr", name="quarrybird"
    )
    assert offers == [{"name": "#2 Training", "value": "#2"}]


async def test_alias_with_its_reach(world: World) -> None:
    """Before an alias is saved, one sees which past questions it answers differently; then it does, and is undone."""
    bench = await Workbench.of(world)
    asked = Asked()
    for _ in range(3):
        asked.note(bench.ada.guild.id, "stonecutter")
    asked.note(bench.zoe.guild.id, "stonecutter")
    asked.note(bench.ada.guild.id, "ollama")
    await asked.flush(world.catalog.storage)
    shown = await bench.use("alias add", name="vllm", alias="Stonecutter", reason="We call it so")
    assert "Of 4 questions asked here, 3 would be answered differently" in text(shown)
    assert "stonecutter" in text(shown)
    said = await bench.saved(shown)
    assert (await world.slash("tool", name="stonecutter")).title == "vLLM"
    assert "stonecutter" not in getattr(bench.there("vllm"), "aliases", ())
    abroad = await bench.zoe.slash(bench.abroad, "tool", name="stonecutter")
    assert "vLLM" not in world.answered(abroad).title
    await bench.undone(said)
    assert bench.here("vllm") == bench.shared("vllm")


async def test_an_alias_that_others_have(world: World) -> None:
    """An alias that another tool goes by is a warning, not a wall."""
    bench = await Workbench.of(world)
    shown = await bench.use("alias add", name="vllm", alias="SGLang")
    assert "is a name of SGLang too" in text(shown)
    await bench.saved(shown)


async def test_alias_refusals(world: World) -> None:
    """An alias that the tool has, that is its name, or that could call somebody is refused in words."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    for alias, why in (("QB", "has the alias"), ("quarrybird", "name already"), ("@everyone", "Name")):
        said = await bench.use("alias add", name="quarrybird", alias=alias)
        assert why in text(said), text(said)
        assert not said.buttons
    assert "has no alias" in text(await bench.use("alias remove", name="quarrybird", alias="nothing"))


async def test_alias_remove(world: World) -> None:
    """An alias is taken away here alone, and brought back."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    offers = await bench.ada.autocomplete(
        world.channel, "catalog alias remove", "alias", "", name="quarrybird"
    )
    assert [one["name"] for one in offers] == ["qb"]
    said = await bench.saved(await bench.use("alias remove", name="quarrybird", alias="QB"))
    assert getattr(bench.here("quarrybird"), "aliases", None) == ()
    assert bench.there("quarrybird") == PROBE
    await bench.undone(said)
    assert bench.here("quarrybird") == PROBE


async def test_signal(world: World) -> None:
    """A figure is entered with its source and day, moves the rank of this server alone, and is taken back."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    before = (await world.slash("rank", name="quarrybird")).text
    shown = await bench.use(
        "signal set",
        name="quarrybird",
        metric="github_stars",
        value=90000.0,
        source="github.com/us/quarrybird",
        seen_on=str(world.catalog.today),
        unit="stars",
    )
    said = await bench.saved(shown)
    assert (await world.slash("rank", name="quarrybird")).text != before
    assert bench.there("quarrybird") == PROBE
    await bench.undone(said)
    assert bench.here("quarrybird") == PROBE
    assert (await world.slash("rank", name="quarrybird")).text == before


async def test_signal_remove(world: World) -> None:
    """A figure is offered with its source, taken away for this server alone, and comes back by an undo."""
    bench = await Workbench.of(world)
    known = bench.here("vllm")
    assert known is not None
    offers = await bench.ada.autocomplete(world.channel, "catalog signal remove", "figure", "", name="vllm")
    assert [one["value"] for one in offers] == [f"#{place + 1}" for place in range(len(known.signals))]
    assert known.signals[0].metric in offers[0]["name"]
    assert known.signals[0].source[:20] in offers[0]["name"]
    said = await bench.saved(await bench.use("signal remove", name="vllm", figure="#1"))
    assert getattr(bench.here("vllm"), "signals", None) == known.signals[1:]
    assert bench.there("vllm") == known
    await bench.undone(said)
    assert bench.here("vllm") == known
    for figure in ("#0", "#99", "stars", ""):
        said = await bench.use("signal remove", name="vllm", figure=figure or " ")
        assert "no such figure" in text(said)


async def test_signal_refusals(world: World) -> None:
    """A figure of no day, or of a metric that is no name, is refused in words."""
    bench = await Workbench.of(world)
    figure: dict[str, Any] = {"name": "vllm", "value": 1.0, "source": "us"}
    said = await bench.use("signal set", metric="github_stars", seen_on="soon", **figure)
    assert "date" in text(said)
    said = await bench.use("signal set", metric="No Metric!", **figure)
    assert "metric" in text(said)
    assert not said.buttons
