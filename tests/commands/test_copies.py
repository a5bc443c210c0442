from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from catalog.models import Tool
from tests.catalog.editing.strategies import written
from tests.commands.workbench import Workbench, can_save, text

if TYPE_CHECKING:
    from tests.conftest import World


def _with(tool: Tool | None, **values: object) -> Tool:
    assert tool is not None
    return tool.model_copy(update=values)


async def _edited(bench: Workbench, **values: Any) -> None:  # noqa: ANN401 (as Workbench.send)
    """Let ada edit vLLM for her server."""
    await bench.saved(await bench.send(await bench.form("edit", name="vllm"), **values))


async def test_followed(world: World) -> None:
    """A copy says that it is edited here, and follows the shared tool in all that wasn't edited."""
    bench = await Workbench.of(world)
    await _edited(bench, summary="Ours.")
    assert "Edited here" in (await world.slash("tool", name="vllm")).text
    await world.put(_with(bench.shared("vllm"), vendor="New makers", tags=("moved-on",)))
    found = bench.here("vllm")
    assert found is not None
    assert (found.summary, found.vendor, found.tags) == ("Ours.", "New makers", ("moved-on",))
    assert "moved on" not in (await world.slash("tool", name="vllm")).text
    assert "Edited here" not in world.answered(await bench.zoe.slash(bench.abroad, "tool", name="vllm")).text
    said = await bench.use("rebase", name="vllm")
    assert "agree, or differ only where you edited it" in text(said)


@pytest.mark.parametrize(
    ("sides", "outcome"),
    [
        (("The shared", "This server's"), ("Everybody's.", "Our vendor")),
        (("This server's", "This server's"), ("Ours.", "Our vendor")),
        (("The shared", "The shared"), ("Everybody's.", "Their vendor")),
    ],
)
async def test_rebase(world: World, sides: tuple[str, str], outcome: tuple[str, str]) -> None:
    """Where both have edited the same, the copy says so; each place is chosen, and then they are one again."""
    bench = await Workbench.of(world)
    await _edited(bench, summary="Ours.", vendor="Our vendor")
    await world.put(_with(bench.shared("vllm"), vendor="Their vendor", summary="Everybody's."))
    assert "The shared one has moved on" in (await world.slash("tool", name="vllm")).text
    shown = await bench.use("rebase", name="vllm")
    assert "2 choices" in text(shown)
    for said in ("Ours", "Everybody's", "**Our** vendor", "**Their** vendor"):
        assert said in text(shown)
    assert not can_save(shown)
    await bench.restart()
    # Vendor stands before summary.
    await bench.choose(shown, sides[1])
    assert not can_save(shown)
    await bench.choose(shown, sides[0])
    await bench.saved(shown)
    found = bench.here("vllm")
    assert found is not None
    assert (found.summary, found.vendor) == outcome
    assert "moved on" not in (await world.slash("tool", name="vllm")).text
    assert world.catalog.view(bench.ada.guild.id).is_own("vllm") == (found != bench.shared("vllm"))


async def test_reset(world: World) -> None:
    """A copy is given up, and the shared tool seen again as it is now; undoing brings the copy back."""
    bench = await Workbench.of(world)
    await _edited(bench, summary="Ours.")
    await world.put(_with(bench.shared("vllm"), vendor="New makers"))
    shown = await bench.use("reset", name="vllm")
    assert "Ours" in text(shown)
    said = await bench.saved(shown)
    assert bench.here("vllm") == bench.shared("vllm")
    assert "Edited here" not in (await world.slash("tool", name="vllm")).text
    assert "no copy" in text(await bench.use("reset", name="vllm"))
    await bench.undone(said)
    assert getattr(bench.here("vllm"), "summary", None) == "Ours."


async def test_hide_and_restore(world: World) -> None:
    """A tool removed here is there for everybody else; it comes back as the shared one is by then."""
    bench = await Workbench.of(world)
    await bench.saved(await bench.use("remove", name="vllm"))
    assert bench.here("vllm") is None
    assert bench.there("vllm") is not None
    await world.put(_with(bench.shared("vllm"), vendor="New makers"))
    assert bench.here("vllm") is None
    offers = await bench.ada.autocomplete(world.channel, "catalog restore", "name", "vl")
    assert offers == [{"name": "vLLM", "value": "vllm"}]
    await bench.saved(await bench.use("restore", name="vllm"))
    assert bench.here("vllm") == bench.shared("vllm")
    assert not world.catalog.view(bench.ada.guild.id).is_own("vllm")
    assert "No tool of that name was removed" in text(await bench.use("restore", name="vllm"))


async def test_a_hidden_copy(world: World) -> None:
    """A copy that was removed comes back with what was edited, beside what the shared tool brought since."""
    bench = await Workbench.of(world)
    await _edited(bench, summary="Ours.")
    said = await bench.saved(await bench.use("remove", name="vllm"))
    await world.put(_with(bench.shared("vllm"), vendor="New makers"))
    await bench.undone(said)
    found = bench.here("vllm")
    assert found is not None
    assert (found.summary, found.vendor) == ("Ours.", "New makers")


async def test_a_shared_tool_of_the_same_name(world: World) -> None:
    """A tool that the shared catalog adds later than a server is told of on the server's card; it can go over."""
    bench = await Workbench.of(world)
    form = await bench.form("add")
    await bench.saved(await bench.send(form, name="Quarrybird", type=["Model"], summary="Ours."))
    assert "shared one" not in (await world.slash("tool", name="quarrybird")).text
    await world.put(Tool.model_validate({"name": "Quarrybird", "type": "repository", "summary": "Theirs."}))
    card = await world.slash("tool", name="quarrybird")
    assert "Ours." in card.text
    assert "There is a shared one too" in card.text
    assert "`/catalog reset` goes over" in text(await bench.use("rebase", name="quarrybird"))
    said = await bench.saved(await bench.use("reset", name="quarrybird"))
    assert bench.here("quarrybird") == bench.shared("quarrybird")
    assert "shared one" not in (await world.slash("tool", name="quarrybird")).text
    await bench.undone(said)
    assert getattr(bench.here("quarrybird"), "summary", None) == "Ours."


@pytest.mark.parametrize("shared", [False, True])
async def test_merge(world: World, *, shared: bool) -> None:
    """A duplicate goes and its names become aliases; undoing brings both back byte for byte."""
    bench = await Workbench.of(world)
    duplicate = Tool.model_validate(
        {
            "name": "Very Large Serving",
            "aliases": ["vls"],
            "tags": ["dup"],
            "capabilities": [{"description": "Serves very large models."}],
        }
    )
    pointing = Tool.model_validate(
        {"name": "Old One", "status": "deprecated", "successor": "very-large-serving"}
    )
    await world.put(duplicate, pointing)
    look = bench.shared if shared else bench.here
    slugs = ("vllm", "very-large-serving", "old-one")
    before = {slug: written(look(slug)) for slug in slugs}
    who = bench.cora if shared else bench.ada
    shown = await bench.use("merge", name="very-large-serving", into="vllm", shared=shared, who=who)
    assert "is removed" in text(shown)
    card = shown.message.embeds[1]
    assert card.title == "vLLM"
    assert "vls" in str(card.to_dict())
    said = await bench.saved(shown, who=who)
    survivor = look("vllm")
    assert survivor is not None
    assert {"Very Large Serving", "vls"} <= set(survivor.aliases)
    assert "dup" in survivor.tags
    assert "Serves very large models." in [one.description for one in survivor.capabilities]
    assert look("very-large-serving") is None
    assert getattr(look("old-one"), "successor", None) == "vllm"
    assert (bench.there("very-large-serving") is None) == shared
    await bench.undone(said, who=who)
    assert {slug: written(look(slug)) for slug in slugs} == before
    assert not any(world.catalog.view(bench.ada.guild.id).is_own(slug) for slug in slugs)


async def test_merge_into_itself(world: World) -> None:
    """A tool can't be merged into itself."""
    bench = await Workbench.of(world)
    assert "can't be merged into itself" in text(await bench.use("merge", name="vllm", into="vLLM"))


async def test_curators(world: World) -> None:
    """What a curator edits is seen by every server; what a server has edited itself stays."""
    bench = await Workbench.of(world)
    await _edited(bench, summary="Ours.")
    form = await bench.form("edit", name="vllm", shared=True, who=bench.cora)
    shown = await bench.send(form, who=bench.cora, vendor="New makers", summary="Everybody's.")
    assert "For everyone" in text(shown)
    said = await bench.saved(shown, who=bench.cora)
    for find in (bench.shared, bench.there):
        assert (getattr(find("vllm"), "summary", ""), getattr(find("vllm"), "vendor", "")) == (
            "Everybody's.",
            "New makers",
        )
    found = bench.here("vllm")
    assert found is not None
    assert (found.summary, found.vendor) == ("Ours.", "New makers")
    await bench.undone(said, who=bench.cora)
    assert getattr(bench.there("vllm"), "vendor", "") != "New makers"
    refused = await bench.use("remove", name="vllm", shared=True)
    assert "Only the curators" in text(refused)
