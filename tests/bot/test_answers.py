from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.address import Address, Screen
from bot.answers import answer
from bot.replies import Refusal
from catalog.service import Catalog
from tests import starters

if TYPE_CHECKING:
    from bot.replies import Reply


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The starter catalog, in memory."""
    return Catalog(starters.all_tools())


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


def test_candidates_keep_their_order(catalog: Catalog) -> None:
    """A menu lists a name's candidates as the catalog ranks them, whatever their confidence."""
    llama, gpt = catalog.resolve("llama"), catalog.resolve("gpt-4o")
    assert gpt.tool
    shuffled = llama.model_copy(
        update={
            "candidates": tuple(
                candidate.model_copy(update={"confidence": n / 10})
                for n, candidate in enumerate(llama.candidates)
            )
        }
    )
    names = [candidate.name for candidate in llama.candidates]
    for one in (llama, shuffled):
        alone = _options(answer(catalog, Screen.TOOL, [one], 1))
        beside = _options(answer(catalog, Screen.COMPARISON, [one, gpt], 1))
        assert [label for label, _ in alone] == names
        assert [label for label, _ in beside] == [f"{name} vs {gpt.tool.name}" for name in names]


def test_the_best_of_several_names_first(catalog: Catalog) -> None:
    """Where two names are open, the first option joins the best of both, and each step down comes later."""
    asked = [catalog.resolve(name) for name in ("llama", "qwen")]
    first, second = ([candidate.name for candidate in one.candidates[:5]] for one in asked)
    labels = [label for label, _ in _options(answer(catalog, Screen.COMPARISON, asked, 1))]
    assert labels[0] == f"{first[0]} vs {second[0]}"
    assert set(labels[1:3]) == {f"{first[0]} vs {second[1]}", f"{first[1]} vs {second[0]}"}


def test_four_receipts_fit_into_the_footer(catalog: Catalog) -> None:
    """Four names with the longest receipts are all told, in the footer and nowhere else, before the sources."""
    note = "read as {}; " + "1 letter differs; another is 4 letters away " * 3 + "so it is"
    asked = [
        catalog.resolve(tool.name).model_copy(update={"note": note.format(tool.name)})
        for tool in list(catalog.tools)[:4]
    ]
    reply = answer(catalog, Screen.COMPARISON, asked, 1)
    footer = reply.embed.footer.text or ""
    assert footer.count("so it is") == 4
    assert "Catalog " in footer
    assert len(footer) <= 2048
    assert "letter differs" not in (reply.embed.description or "")


def test_a_question_back_says_how_the_other_name_was_read(catalog: Catalog) -> None:
    """Beside an open name, the receipt of one that was read stands quietly in the footer."""
    read = catalog.resolve("ollama").model_copy(update={"note": "read as Ollama; 1 letter differs"})
    reply = answer(catalog, Screen.COMPARISON, [catalog.resolve("llama"), read], 1)
    assert reply.embed.footer.text == "Read as Ollama; 1 letter differs"
    assert "letter differs" not in (reply.embed.description or "")


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
