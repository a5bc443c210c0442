from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.address import Address, Screen

if TYPE_CHECKING:
    from tests.conftest import World

SCREENS = [
    ("Ranks", "Rank of vLLM and Ollama"),
    ("Capabilities", "vLLM: "),
    ("Alternatives", "Alternatives to vLLM and Ollama"),
    ("Swap", "Ollama vs vLLM"),
]


@pytest.mark.parametrize(("label", "title"), SCREENS)
async def test_buttons_redraw_the_message(world: World, label: str, title: str) -> None:
    """Each button of who asked redraws the very message, and Overview leads back; after a restart too."""
    shown = await world.slash("compare", first="vLLM", second="Ollama")
    before = shown.text
    pressed = await world.press(shown, label)
    assert shown.title.startswith(title)
    assert not pressed.followups
    await world.restart()
    if label != "Swap":
        assert shown.buttons[label]["disabled"]
        await world.press(shown, "Overview")
    else:
        await world.press(shown, "Swap")
    assert shown.text == before


async def test_one_tool(world: World) -> None:
    """Under one tool's card the buttons lead to its rank, capabilities and alternatives and back to the card."""
    shown = await world.slash("tool", name="vLLM")
    for label, title in [
        ("Ranks", "Rank of vLLM"),
        ("Capabilities", "vLLM: "),
        ("Alternatives", "Alternatives to vLLM"),
        ("Overview", "vLLM"),
    ]:
        await world.press(shown, label)
        assert shown.title.startswith(title)


async def test_ranks_name_their_sources(world: World) -> None:
    """The ranks of two tools show each figure of both with its source, and what others report."""
    shown = await world.slash("compare", first="Mistral Small", second="Stable-Diffusion")
    await world.press(shown, "Ranks")
    assert "Unfragile: Mistral Small vs Stable-Diffusion, 2026" in shown.text
    assert "Components are rounded to whole numbers there." in shown.text


async def test_pager(world: World) -> None:
    """The pager goes through all capabilities of both tools, with its ends disabled, after a restart too."""
    shown = await world.slash("compare", first="Mixtral 8x7B", second="Stable-Diffusion")
    await world.press(shown, "Capabilities")
    tools = [world.catalog.get("mixtral-8x7b"), world.catalog.get("stable-diffusion")]
    total = sum(len(tool.capabilities) for tool in tools)
    seen = []
    for page in range(1, total + 1):
        assert shown.buttons[f"{page} of {total}"]["disabled"]
        assert shown.buttons["Back"]["disabled"] == (page == 1)
        assert shown.buttons["Next"]["disabled"] == (page == total)
        seen.append(shown.title)
        if page == 3:
            await world.restart()
        if page < total:
            await world.press(shown, "Next")
    assert sum(title.startswith("Mixtral 8x7B: ") for title in seen) == len(tools[0].capabilities)
    await world.press(shown, "Back")
    assert shown.title == seen[-2]


async def test_opening_a_capability(world: World) -> None:
    """The menu opens a capability on its page."""
    shown = await world.slash("tool", name="Stable-Diffusion")
    await world.press(shown, "Capabilities")
    label = shown.options[5]["label"]
    await world.pick(shown, label)
    assert shown.title.replace("\\", "").startswith(label.removesuffix("…"))
    assert shown.buttons[f"6 of {len(world.catalog.get('stable-diffusion').capabilities)}"]


async def test_somebody_else(world: World) -> None:
    """Somebody else's press leaves the message as it is and gives them a private copy of their own."""
    shown = await world.slash("compare", first="vLLM", second="Ollama")
    before = shown.text
    copy = world.answered(await world.press(shown, "Ranks", who=world.leo))
    assert shown.text == before
    assert copy.ephemeral
    assert copy.title == "Rank of vLLM and Ollama"
    await world.press(copy, "Alternatives", who=world.leo)
    assert copy.title == "Alternatives to vLLM and Ollama"
    await world.press(copy, "Delete", who=world.leo)
    assert copy.gone
    assert not shown.gone


async def test_somebody_else_picks(world: World) -> None:
    """Somebody else's pick answers them alone; the question stays open for who asked."""
    asked = await world.slash("compare", first="llama", second="GPT-4o")
    copy = world.answered(await world.pick(asked, "Llama 3.3 70B vs GPT-4o", who=world.leo))
    assert copy.ephemeral
    assert copy.title == "Llama 3.3 70B vs GPT-4o"
    assert asked.title == "Which one did you mean?"


async def test_a_tool_removed_meanwhile(world: World) -> None:
    """A button to a tool that is gone says so, to who pressed alone, and the message stays."""
    shown = await world.slash("compare", first="vLLM", second="Ollama")
    await world.remove("ollama")
    refusal = world.answered(await world.press(shown, "Ranks"))
    assert refusal.ephemeral
    assert "no longer in the catalog" in refusal.text
    assert shown.title == "vLLM vs Ollama"


async def test_a_page_that_is_no_more(world: World) -> None:
    """A page beyond the last shows the last."""
    shown = await world.slash("tool", name="vLLM")
    key = world.catalog.get("vllm").key
    await world.forge(shown, "Ranks", f"go1:{Address(Screen.CAPABILITIES, (key,), world.mia.id, page=9999)}")
    last = len(world.catalog.get("vllm").capabilities)
    assert shown.buttons[f"{last} of {last}"]


@pytest.mark.parametrize(
    "keys", ["AAAAAAAAAAAA", "AAAAAAAAAAAA.BBBBBBBBBBBB", "____________", "٣٣٣٣٣٣٣٣٣٣٣٣"]
)
async def test_forged_keys(world: World, keys: str) -> None:
    """An address of tools that never were is refused in words."""
    shown = await world.slash("tool", name="vLLM")
    refusal = world.answered(await world.forge(shown, "Ranks", f"go1:r:{keys}:0:1"))
    assert refusal.ephemeral
    assert refusal.title == "That didn't work"


async def test_forged_comparison_of_one(world: World) -> None:
    """A comparison of one tool is refused in words."""
    shown = await world.slash("tool", name="vLLM")
    key = world.catalog.get("vllm").key
    refusal = world.answered(await world.forge(shown, "Ranks", f"go1:c:{key}:0:1"))
    assert refusal.title == "That didn't work"


async def test_forged_asker(world: World) -> None:
    """Who claims another asker's name gets a private copy, and can't change the message."""
    shown = await world.slash("compare", first="vLLM", second="Ollama")
    keys = (world.catalog.get("vllm").key, world.catalog.get("ollama").key)
    copy = world.answered(
        await world.forge(shown, "Ranks", f"go1:{Address(Screen.RANKS, keys, 36**13 - 1)}", who=world.leo)
    )
    assert copy.ephemeral
    assert shown.title == "vLLM vs Ollama"
