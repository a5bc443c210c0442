from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.embeds.capability import PAGE, card, pages_of
from catalog.models import Tool

if TYPE_CHECKING:
    from tests.conftest import World


def _tool(**capability: str) -> Tool:
    return Tool.model_validate({"name": "Long", "capabilities": [{"title": "It", **capability}]})


def test_one_page() -> None:
    """A capability shows what it does, what is unique and how it compares, under headings of its own."""
    tool = _tool(
        description="Does it.", unique="Alone.", versus="Faster than Rival.", source="Somebody: page"
    )
    (page,) = pages_of(tool)
    assert page.begins
    assert page.text == "Does it.\n\n**Unique**\nAlone.\n\n**Versus alternatives**\nFaster than Rival."
    embed = card(page, "the end")
    assert embed.title == "Long: It"
    assert embed.footer.text == "Capability 1, 1 known · Somebody: page · the end"


def test_long_text_takes_pages() -> None:
    """Text longer than a page goes on on the next, and no word is lost."""
    words = " ".join(f"w{n}" for n in range(700))
    tool = _tool(description=words, unique=words, versus=words)
    pages = pages_of(tool)
    assert len(pages) > 2
    assert [page.begins for page in pages] == [True] + [False] * (len(pages) - 1)
    assert all(len(page.text) <= PAGE + 60 for page in pages)  # our own headings come on top
    said = " ".join(page.text for page in pages).split()
    assert [word for word in said if word.startswith("w")] == words.split() * 3


def test_limits_are_pointed_out() -> None:
    """What somebody else's text says against the tool, or only claims, is shown as such; our own is left alone."""
    said = "Reads files, but not scanned ones. It claims 50% faster answers."
    (ours,) = pages_of(_tool(description=said))
    assert not card(ours, "").fields
    (page,) = pages_of(_tool(description=said, source="Somebody: page"))
    (field,) = card(page, "").fields
    assert field.name == "Read with care"
    assert "Limit: " in (field.value or "")
    assert "Claimed, not shown: " in (field.value or "")


async def test_hidden_ones_are_counted(world: World) -> None:
    """Capabilities that a page hides are counted with what they are, and never invented."""
    tool = world.catalog.get("stable-diffusion")
    footer = card(pages_of(tool)[0], "").footer.text or ""
    assert f"Capability 1, {len(tool.capabilities)} known, up to 5 more" in footer


@given(st.integers(0, 30), st.sampled_from(["# head", "- item", "> quote", "1. one", "\\*", "**Unique"]))
def test_pages_keep_their_markup(pad: int, mark: str) -> None:
    """Wherever a page ends, no page begins with markup that the text didn't have, or parts a heading."""
    text = "word " * (PAGE // 5 - 4) + "y" * pad + f" {mark} and more words" + " more" * 30
    tool = Tool.model_validate({"name": "T", "capabilities": [{"description": text, "versus": "v " * 100}]})
    for page in pages_of(tool):
        kinds = {token.type for token in MarkdownIt("commonmark").parse(page.text)}
        assert kinds <= {"paragraph_open", "paragraph_close", "inline"}, page.text[:40]
        assert page.text.count("**") % 2 == 0, (page.text[-30:], page.text[:30])


@given(st.integers(0, 120))
def test_headings_are_not_parted(pad: int) -> None:
    """Our own headings stay whole where a page ends."""
    text = "w" * 9 + " "
    tool = Tool.model_validate(
        {
            "name": "T",
            "capabilities": [{"description": (text * 400)[: PAGE - 100 + pad], "versus": "v " * 30}],
        }
    )
    assert all(page.text.count("**") % 2 == 0 for page in pages_of(tool))
