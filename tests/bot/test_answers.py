from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.address import Address, Screen
from bot.answers import answer
from bot.replies import Refusal
from catalog import starter
from catalog.service import Catalog

if TYPE_CHECKING:
    from bot.replies import Reply


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The starter catalog, in memory."""
    return Catalog([incoming.tool for incoming in starter.read()])


def _options(reply: Reply) -> list[tuple[str, str]]:
    assert reply.view
    parts = [part for row in reply.view.to_components() for part in row["components"]]
    return [(option["label"], option["value"]) for part in parts for option in part.get("options", [])]


def test_resolved(catalog: Catalog) -> None:
    """When every name is one tool, the screen is drawn, with a receipt for what wasn't exact."""
    reply = answer(catalog, Screen.COMPARISON, [catalog.resolve("vLLM"), catalog.resolve("olama")], 1)
    assert reply.embed.title == "vLLM vs Ollama"
    assert "Read as Ollama" in (reply.embed.footer.text or "")


@pytest.mark.parametrize(
    ("names", "screen"),
    [
        (["llama"], Screen.TOOL),
        (["llama"], Screen.ALTERNATIVES),
        (["llama", "gpt-4o"], Screen.COMPARISON),
        (["gpt-4o", "llama", "claude sonnet"], Screen.COMPARISON),
        (["llama", "claude sonnet", "gemini"], Screen.COMPARISON),
    ],
)
def test_question_back(catalog: Catalog, names: list[str], screen: Screen) -> None:
    """Each option leads to the screen that was asked for, with every name in its place and no tool twice."""
    asked = [catalog.resolve(name) for name in names]
    options = _options(answer(catalog, screen, asked, 7))
    assert 1 < len(options) <= 25
    assert len({value for _, value in options}) == len(options)
    for label, value in options:
        address = Address.parse(value)
        tools = [catalog.by_key(key) for key in address.keys]
        assert (address.screen, address.asker) == (screen, 7)
        assert label == " vs ".join(tool.name for tool in tools)
        assert len({tool.slug for tool in tools}) == len(names)
        for tool, one in zip(tools, asked, strict=True):
            assert tool.slug in {candidate.slug for candidate in one.candidates} | {
                one.tool and one.tool.slug
            }


def test_the_likeliest_first(catalog: Catalog) -> None:
    """The first option joins the best candidates."""
    llama, gpt = catalog.resolve("llama"), catalog.resolve("gpt-4o")
    assert gpt.tool
    options = _options(answer(catalog, Screen.COMPARISON, [llama, gpt], 1))
    assert options[0][0] == f"{llama.candidates[0].name} vs {gpt.tool.name}"


@pytest.mark.parametrize(("screen", "most"), [(Screen.COMPARISON, 4), (Screen.TOOL, 1), (Screen.RANKS, 1)])
def test_too_many(catalog: Catalog, screen: Screen, most: int) -> None:
    """More names than a screen shows are refused with both numbers."""
    asked = [catalog.resolve(tool.name) for tool in list(catalog.tools)[: most + 1]]
    with pytest.raises(Refusal, match=rf"At most {most} .* you named {most + 1}"):
        answer(catalog, screen, asked, 1)


def test_missing_beside_known(catalog: Catalog) -> None:
    """One name like none: the known one isn't complained about, and is offered against what could stand in for it."""
    reply = answer(catalog, Screen.COMPARISON, [catalog.resolve("qqqqxyz"), catalog.resolve("vLLM")], 1)
    assert reply.embed.title == "Not in the catalog"
    assert "qqqqxyz" in (reply.embed.description or "")
    assert "vLLM" not in (reply.embed.description or "")
    assert _options(reply)
    assert all(label.startswith("vLLM vs ") for label, _ in _options(reply))


@pytest.mark.parametrize(
    "names", [("mixtral 8x7b", "mixtral 8x22b"), ("vllm", "vllm 2"), ("qqqqxyz", "zzzzqqq")], ids=" vs ".join
)
def test_a_menu_is_promised_only_where_there_is_one(catalog: Catalog, names: tuple[str, str]) -> None:
    """Two names that come to one tool, or to none, never leave a person with nothing to pick from."""
    reply = answer(catalog, Screen.COMPARISON, [catalog.resolve(name) for name in names], 1)
    said = (reply.embed.description or "").lower()
    assert bool(_options(reply)) == ("below" in said)
