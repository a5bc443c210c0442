from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from catalog.models import Tool

if TYPE_CHECKING:
    from tests.conftest import World


async def test_tool(world: World) -> None:
    """A tool's card says what it is, what it costs, what it can do, and leads on."""
    shown = await world.slash("tool", name="vllm")
    assert shown.title == "vLLM"
    assert not shown.ephemeral
    names = [field.name for field in shown.embed.fields]
    known = len(world.catalog.get("vllm").capabilities)
    assert names == [
        "Used for",
        "Licence",
        "Pricing",
        f"Can do: {known} known",
        "Also called",
        "Links",
        "Data from",
    ]
    assert "(https://github.com/vllm-project/vllm)" in shown.text
    assert "of 100" in shown.text
    assert list(shown.buttons) == [
        "Overview",
        "Ranks",
        "Capabilities",
        "Alternatives",
        "History",
        "Search a need",
        "Delete",
    ]


async def test_tool_with_reports(world: World) -> None:
    """What others report of a tool is shown beside our rank and counted capabilities stay counted."""
    shown = await world.slash("tool", name="Stable-Diffusion")
    assert "Reported elsewhere: 51/100, 55/100" in shown.text
    assert "known, up to 5 more" in shown.text


async def test_deprecated_tool(world: World) -> None:
    """That a tool is deprecated is said first, with what takes over from it."""
    await world.put(Tool.model_validate({"name": "Oldie", "status": "deprecated", "successor": "vllm"}))
    shown = await world.slash("tool", name="Oldie")
    assert (shown.embed.description or "").startswith("⚠️ **DEPRECATED.** Use vLLM instead.")


async def test_rank(world: World) -> None:
    """A rank is broken down to the last point, with the source and date of each figure."""
    shown = await world.slash("rank", name="vllm")
    assert shown.title == "Rank of vLLM"
    rank = world.catalog.rank("vllm")
    assert rank.rank is not None
    assert f"**{rank.rank:.1f}** of 100" in shown.text
    for component in rank.components:
        assert component.name.replace("_", " ").capitalize() in shown.text
        for use in component.signals:
            assert use.source in shown.text
            assert use.observed_on in shown.text


async def test_rank_of_a_tool_without_figures(world: World) -> None:
    """Where nothing was measured there is no rank, and what others report is named with its page."""
    shown = await world.slash("rank", name="Stable-Diffusion")
    assert "No rank yet" in shown.text
    assert "**51/100**" in shown.text
    assert "**55/100**" in shown.text
    assert "Unfragile: Mixtral 8x7B vs Stable-Diffusion, 2026" in shown.text


@pytest.mark.parametrize("command", ["tool", "rank"])
async def test_private(world: World, command: str) -> None:
    """A private answer is seen by who asked alone."""
    assert (await world.slash(command, name="vLLM", private=True)).ephemeral


@pytest.mark.parametrize(("command", "title"), [("tool", "{}"), ("rank", "Rank of {}")])
async def test_family_name(world: World, command: str, title: str) -> None:
    """A family's name asks back; picking a member answers what was asked, after a restart too."""
    asked = await world.slash(command, name="llama")
    assert asked.title == "Which one did you mean?"
    await world.restart()
    await world.pick(asked, "Llama 3.3 70B")
    assert asked.title == title.format("Llama 3.3 70B")


async def test_not_found(world: World) -> None:
    """A name like none has nothing to pick, but the need search and the delete button."""
    shown = await world.slash("tool", name="qqqqxyz")
    assert shown.title == "Not in the catalog"
    assert list(shown.buttons) == ["Search a need", "Suggest “qqqqxyz”", "Delete"]
    assert not shown.options


async def test_a_familys_name(world: World) -> None:
    """Whoever names a family gets its newest, and reads that it is one, of when, and what else there is."""
    shown = await world.slash("tool", name="claude sonet")
    assert shown.title == "Claude Sonnet 4.6"
    newest = "Read as Claude Sonnet 4.6, the newest Claude Sonnet here (17 February 2026); 1 letter differs"
    assert f"{newest}; there is also Claude Sonnet 4.5, Claude Sonnet 3.7, Claude 3.5 Sonnet" in shown.text


async def test_an_edit_that_makes_a_family_newer(world: World) -> None:
    """As soon as a newer version is listed the family's name means it."""
    await world.put(Tool(name="Claude Sonnet 7", family="Claude Sonnet", released_on="2026-11"))
    shown = await world.slash("tool", name="claude sonnet")
    assert shown.title == "Claude Sonnet 7"
    assert "the newest Claude Sonnet here (November 2026)" in shown.text
    await world.remove("claude-sonnet-7")
    assert (await world.slash("tool", name="claude sonnet")).title == "Claude Sonnet 4.6"
