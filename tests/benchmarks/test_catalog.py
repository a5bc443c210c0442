"""How long the catalog takes to answer, in process, with the starter catalog."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot import screens
from bot.address import Address, Screen
from catalog import starter
from catalog.editing.copies import Copy
from catalog.importers import read_file, read_text
from catalog.quality import read_lists, review
from catalog.resolver import Outcome
from catalog.revision import Author
from catalog.rows import Feature
from catalog.service import Catalog
from tests import starters

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "bot" / "demo" / "pages" / "mistral-small-vs-stable-diffusion.txt"
LINES = 10_000
BY = Author(name="a benchmark", reason="to measure")
#: What people type, and what is meant by it; None is nothing that the catalog has.
TYPED = {
    "vllm": "vllm",
    "mistrl small": "mistral-small-4",
    "sdxl": "stable-diffusion-xl",
    "diffusion stable xl": "stable-diffusion-xl",
    "mixtral 8x22b": None,
    "claude code": "claude-code",
    "an entirely unknown tool of the future": None,
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The starter catalog in memory, computed beforehand as the bot has it."""
    made = Catalog(starters.all_tools())
    asyncio.run(made.warm())
    return made


@pytest.fixture(scope="module")
def jsonl() -> str:
    """Ten thousand minimal lines."""
    return "\n".join(json.dumps({"name": f"Tool number {one}", "popularity": 0.5}) for one in range(LINES))


def in_rounds(benchmark: Any, work: Callable[..., Any], **how: Any) -> Any:  # noqa: ANN401 (`pedantic` has no types)
    """Time what takes long or needs something new each time."""
    return benchmark.pedantic(work, **how)


def run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Callable[[], Any]:
    """Make a coroutine function into one that can be timed."""
    return lambda: asyncio.run(work())


def test_resolve_seven_names(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Reading names: exact, misspelt, short, in another order, and not there."""
    found = benchmark(lambda: [catalog.resolve(name) for name in TYPED])
    slugs = [one.tool.slug if one.tool else None for one in found]
    assert slugs == list(TYPED.values())
    assert found[-1].outcome is Outcome.NOT_FOUND


def test_complete(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Offering names for two letters."""
    found = benchmark(catalog.complete, "mi")
    assert {"midjourney", "mistral-small-4"} <= {one.slug for one in found}


def test_complete_nothing_typed(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Offering names before anything is typed."""
    assert len(benchmark(catalog.complete, "")) == 25


def test_compare(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Two tools side by side, with the verdict."""
    compared = benchmark(catalog.compare, ["vllm", "ollama"])
    assert compared.row(Feature.TYPE).values == ("Repository", "Repository")
    assert compared.verdict


def test_compare_four(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Four tools side by side."""
    assert len(benchmark(catalog.compare, ["vllm", "ollama", "sglang", "stable-diffusion"]).warnings) == 1


def test_alternatives(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """What could stand in for a tool."""
    assert "sglang" in [near.slug for near in benchmark(catalog.alternatives, "vllm")]


def test_find(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Tools for a need in words."""
    found = benchmark(catalog.find, "turn speech into text offline")
    assert "whisper" in found[0].slug


def test_understand(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Reading a question out of a message."""
    assert len(benchmark(catalog.understand, "compare comfyui, invokeai and midjourney please").names) == 3


def test_snapshot_after_an_edit(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Having everything ready again once a tool has changed."""
    edited = {"vllm": catalog.get("vllm").model_copy(update={"vendor": "Another"})}
    after = benchmark(lambda: catalog._snapshot.replaced(edited).warmed())
    assert after.get("vllm").vendor == "Another"


def test_view_of_a_guild(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Making the view of a guild with ten copies of its own, and reading a name with it."""
    ten = {
        tool.slug: Copy(tool.model_copy(update={"name": f"Our {tool.name}"}), tool)
        for tool in list(catalog.tools)[:10]
    }
    found = benchmark(lambda: catalog.view().with_copies(ten, None).resolve("our aider").tool)
    assert found.slug == "aider"


def test_draw_comparison(benchmark: BenchmarkFixture, catalog: Catalog) -> None:
    """Drawing the comparison's embed with its buttons, the asking included."""
    keys = tuple(catalog.get(slug).key for slug in ("vllm", "ollama"))
    reply = benchmark(screens.draw, catalog, Address(Screen.COMPARISON, keys, 1))
    assert "vLLM" in reply.embed.title


@pytest.mark.parametrize(
    "screen",
    [screen for screen in Screen if screen is not Screen.COMPARISON],
    ids=lambda screen: screen.name.lower(),
)
def test_draw(benchmark: BenchmarkFixture, catalog: Catalog, screen: Screen) -> None:
    """Drawing each other screen of a tool."""
    reply = benchmark(screens.draw, catalog, Address(screen, (catalog.get("vllm").key,), 1))
    assert "vLLM" in reply.embed.title


def test_read_the_starter(benchmark: BenchmarkFixture) -> None:
    """Reading all files of the starter catalog."""
    read = in_rounds(benchmark, starter.read, rounds=5, warmup_rounds=1)
    assert len(read) == len(list(starter.FOLDER.glob("*/*.yaml")))


def test_review_the_starter(benchmark: BenchmarkFixture) -> None:
    """Asking all rules of quality about all entries, as `matchbook check catalog/starter` does."""
    entries, intended = starter.read(), read_lists(starter.FOLDER)
    assert not in_rounds(benchmark, lambda: review(entries, intended=intended), rounds=5, warmup_rounds=1)


def test_first_start(benchmark: BenchmarkFixture, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Opening a database that isn't there: making it, and loading the starter catalog."""

    def fresh() -> tuple[tuple[str], dict[str, Any]]:
        return (f"sqlite:///{tmp_path_factory.mktemp('first')}/catalog.db",), {}

    assert in_rounds(benchmark, _opened, setup=fresh, rounds=5) == len(starter.read())


def test_later_start(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Opening a database that holds the starter catalog."""
    url = f"sqlite:///{tmp_path}/catalog.db"
    _opened(url)
    assert in_rounds(benchmark, _opened, args=(url,), rounds=5) == len(starter.read())


def test_read_a_comparison_page(benchmark: BenchmarkFixture) -> None:
    """Reading a saved comparison page."""
    reading = benchmark(read_file, PAGE)
    assert [len(incoming.tool.capabilities) for incoming in reading.tools] == [8, 8]


def test_import_a_comparison_page(benchmark: BenchmarkFixture) -> None:
    """Reading a page and taking it into a catalog in memory."""

    async def take_in() -> int:
        catalog = Catalog()
        await catalog.take_in(read_file(PAGE).tools, BY)
        return len(catalog)

    assert benchmark(run(take_in)) == 2


def test_read_10000_lines(benchmark: BenchmarkFixture, jsonl: str) -> None:
    """Reading ten thousand lines of JSONL."""
    reading = in_rounds(benchmark, read_text, args=(jsonl,), kwargs={"where": "tools.jsonl"}, rounds=3)
    assert (reading.format, len(reading.tools), reading.rejected) == ("JSONL", LINES, ())


def test_import_10000_lines(
    benchmark: BenchmarkFixture, tmp_path_factory: pytest.TempPathFactory, jsonl: str
) -> None:
    """Importing ten thousand lines into a database, from the text to the acknowledgement."""

    async def take_in(url: str) -> int:
        async with Catalog.open(url, with_starter=False) as catalog:
            await catalog.take_in(read_text(jsonl, where="tools.jsonl").tools, BY)
            return len(catalog)

    def fresh() -> tuple[tuple[str], dict[str, Any]]:
        return (f"sqlite:///{tmp_path_factory.mktemp('import')}/catalog.db",), {}

    assert in_rounds(benchmark, lambda url: asyncio.run(take_in(url)), setup=fresh, rounds=3) == LINES


def _opened(url: str) -> int:
    async def start() -> int:
        async with Catalog.open(url) as catalog:
            return len(catalog)

    return asyncio.run(start())
