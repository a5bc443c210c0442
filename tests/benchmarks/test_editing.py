"""How long a moderator waits: merging, the view of a guild whose copies follow, a preview, saving."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from catalog.desk import Desk
from catalog.editing.change import Change, Edit
from catalog.editing.copies import Copy
from catalog.editing.operations import with_alias
from catalog.editing.threeway import merge
from catalog.models import Tool
from catalog.revision import Author, Scope
from catalog.service import Catalog
from tests import starters
from tests.benchmarks.conftest import PAUSE
from tests.benchmarks.heart import held_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_benchmark.fixture import BenchmarkFixture

TOOLS = 10_000
ASKED = 500
GUILD = Scope(guild_id=7)
AUTHOR = Author(name="ada", reason="a benchmark", user_id=1)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The starter catalog in memory, computed beforehand as the bot has it."""
    made = Catalog(starters.all_tools())
    asyncio.run(made.warm())
    return made


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """An event loop."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def large(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """A catalog of ten thousand tools in a database, of which a guild has asked for five hundred by name."""
    file = tmp_path_factory.mktemp("desk") / "desk.db"
    opened = Catalog.open(f"sqlite:///{file}")
    catalog = runner.run(opened.__aenter__())

    async def fill() -> None:
        async with catalog.writing(AUTHOR) as writer:
            for number in range(TOOLS):
                await writer.put(Tool(name=f"Tool {number} of many", aliases=(f"t{number}",)))
        await catalog.warm()
        asked = {(7, f"tol {number * 17 % TOOLS} of mny"): 2 for number in range(ASKED)}
        await catalog.storage.questions.add(asked, "2026-01-01")

    runner.run(fill())
    yield catalog
    runner.run(opened.__aexit__(None, None, None))


def alias(catalog: Catalog) -> Change:
    """Another name for a tool, which other tools go by in part."""
    tool = catalog.view(7).get("vllm")
    return Change(title="alias", edits=(Edit(slug="vllm", before=tool, after=with_alias(tool, "tool 17")),))


def test_merge_two_edits(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Merging two edits of one document, place by place."""
    base = catalog.get("vllm")
    mine = base.model_copy(update={"summary": "Mine."})
    theirs = base.model_copy(update={"vendor": "Theirs"})
    merged = benchmark(merge, base, mine, theirs).document
    assert (merged.summary, merged.vendor) == ("Mine.", "Theirs")


def test_view_of_a_guild_whose_copies_follow(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Making the view of a guild with twenty copies, each of a shared tool that has moved on since."""
    twenty = {
        tool.slug: Copy(
            tool.model_copy(update={"summary": "Ours."}), tool.model_copy(update={"vendor": "Before"})
        )
        for tool in list(catalog.tools)[:20]
    }
    seen = benchmark(lambda: catalog.view().with_copies(twenty, None))
    assert all(seen.get(slug).summary == "Ours." for slug in twenty)


def test_preview_an_alias_among_10000_tools(
    benchmark: Any,  # noqa: ANN401 (`pedantic` has no types)
    runner: asyncio.Runner,
    large: Catalog,
) -> None:
    """What an alias would change, with 500 past questions replayed, beside a running event loop."""
    desk = Desk(large)
    preview, pause = benchmark.pedantic(
        lambda: runner.run(held_up(desk.preview(alias(large), GUILD))), rounds=3, warmup_rounds=1
    )
    benchmark.extra_info[PAUSE] = pause
    assert preview.reach.texts == ASKED


def test_save_an_alias_among_10000_tools(
    benchmark: Any,  # noqa: ANN401 (the same)
    runner: asyncio.Runner,
    large: Catalog,
) -> None:
    """Saving it for one guild, until the guild's next question is answered with it."""
    desk = Desk(large)
    aliases = iter(range(100))

    async def save() -> str:
        tool = large.view(7).get("vllm")
        wanted = with_alias(tool, f"servant {next(aliases)}")
        change = Change(title="alias", edits=(Edit(slug="vllm", before=tool, after=wanted),))
        await desk.save(change, GUILD, AUTHOR)
        found = large.view(7).resolve(wanted.aliases[-1]).tool
        return found.slug if found else ""

    slug, pause = benchmark.pedantic(lambda: runner.run(held_up(save())), rounds=10)
    benchmark.extra_info[PAUSE] = pause
    assert slug == "vllm"
