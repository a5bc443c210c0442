from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import World


async def test_two_tools(world: World) -> None:
    """A comparison shows the rows, the reported scores and a verdict, and says how names were read."""
    shown = await world.slash("compare", first="mistrl small", second="sd")
    assert shown.title == "Mistral Small 4 vs Stable-Diffusion"
    assert not shown.ephemeral
    for row in ("Type", "Rank", "Reported", "Adoption", "Pricing", "Can do", "Matched"):
        assert f"\n{row}" in shown.text
    for figure in ("47", "51, 55"):
        assert figure in shown.text
    assert "These don't do the same job" in shown.text
    newest = "Read as Mistral Small 4, the newest Mistral Small here (16 March 2026)"
    assert f"{newest}; 1 letter differs; there is also Mistral Small 3" in shown.text
    assert list(shown.buttons) == [
        "Overview",
        "Ranks",
        "Capabilities",
        "Alternatives",
        "Swap",
        "Search a need",
        "Delete",
    ]
    assert shown.buttons["Overview"]["disabled"]


async def test_exact_names_need_no_receipt(world: World) -> None:
    """A name typed as it is leaves no remark on how it was read."""
    shown = await world.slash("compare", first="vLLM", second="Ollama")
    assert "Read as" not in shown.text


async def test_four_tools(world: World) -> None:
    """Four tools fit side by side, in the order asked for."""
    shown = await world.slash(
        "compare", first="mixtral 8x7b", second="GPT-4o", third="ComfyUI", fourth="stable diffusion"
    )
    assert shown.title == "Mixtral 8x7B vs GPT-4o vs ComfyUI vs Stable-Diffusion"
    for letter, name in zip("ABCD", shown.title.split(" vs "), strict=True):
        assert f"**{letter}** {name}: " in shown.text


async def test_four_without_third(world: World) -> None:
    """Optional names may be given in any order."""
    shown = await world.slash("compare", first="vLLM", second="Ollama", fourth="LM Studio")
    assert shown.title == "vLLM vs Ollama vs LM Studio"


async def test_private(world: World) -> None:
    """A private answer is seen by who asked alone."""
    shown = await world.slash("compare", first="vLLM", second="Ollama", private=True)
    assert shown.ephemeral


async def test_the_same_tool_twice(world: World) -> None:
    """The same tool twice is refused in words, to who asked alone, whatever the names."""
    shown = await world.slash("compare", first="sd", second="Stable-Diffusion")
    assert shown.ephemeral
    assert shown.title == "That didn't work"
    assert "named twice" in shown.text


@pytest.mark.parametrize(
    ("names", "most"),
    [
        ({"first": "llama", "second": "GPT-4o"}, 25),
        ({"first": "llama", "second": "claude sonnet"}, 25),
        ({"first": "llama", "second": "claude sonnet", "third": "gemini"}, 25),
        ({"first": "vLLM", "second": "llama", "third": "GPT-4o", "fourth": "gemini"}, 25),
    ],
)
async def test_open_names_become_a_menu(world: World, names: dict[str, str], most: int) -> None:
    """Each option holds the whole question with the open names filled in, also after a restart."""
    asked = await world.slash("compare", **names)
    assert asked.title == "Which one did you mean?"
    labels = [option["label"] for option in asked.options]
    assert 1 < len(labels) <= most
    assert len(set(labels)) == len(labels)
    assert all(label.count(" vs ") == len(names) - 1 for label in labels)
    await world.restart()
    await world.pick(asked, labels[-1])
    assert asked.title == labels[-1]


async def test_not_found(world: World) -> None:
    """A name like none is said to be missing, and what to do; the other one is offered against its like."""
    shown = await world.slash("compare", first="qqqqxyz", second="GPT-4o")
    assert shown.title == "Not in the catalog"
    assert "“qqqqxyz”" in shown.text
    assert "Tell a moderator" in shown.text
    assert all(option["label"].startswith("GPT-4o vs ") for option in shown.options)


async def test_another_version_is_never_taken_for_it(world: World) -> None:
    """A version that isn't there is asked back about, with the versions that are."""
    shown = await world.slash("compare", first="mixtral 8x22b", second="GPT-4o")
    assert shown.title in {"Which one did you mean?", "Not in the catalog"}
    assert "Mixtral 8x7B" in shown.text


async def test_like_for_like_instead(world: World) -> None:
    """Tools that don't do the same job come with fairer comparisons, one press away."""
    shown = await world.slash("compare", first="Mistral Small", second="Stable-Diffusion")
    picked = next(
        option["label"] for option in shown.options if option["label"].startswith("Mistral Small 4 vs ")
    )
    await world.pick(shown, picked)
    assert shown.title == picked
    assert "don't do the same job" not in shown.text


@pytest.mark.parametrize(
    "name", ["x" * 5000, "@everyone", "**`|>#", "\u202e\u200b", "[a](http://b.c)", "通" * 900]
)
async def test_hostile_names(world: World, name: str) -> None:
    """Whatever is typed as a name gets a worded answer."""
    shown = await world.slash("compare", first=name, second="GPT-4o")
    assert shown.title in {"Not in the catalog", "Which one did you mean?"}
