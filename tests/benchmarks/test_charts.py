"""How long a picture takes, drawn and from memory, and how long drawing holds the event loop up."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.charts.comparison import comparison
from bot.charts.history import Entry, Report, history
from bot.charts.overlap import overlap
from bot.charts.renderer import Renderer
from catalog import starter
from catalog.importers import read_file
from catalog.rank import rank
from tests.benchmarks.conftest import P99, PAUSE
from tests.benchmarks.heart import held_up

if TYPE_CHECKING:
    from bot.charts.picture import Picture

TODAY = date(2026, 11, 22)
#: Tools of which much is known.
_SLUGS = ("llama-3-3-70b", "claude-3-5-sonnet", "whisper-large-v3", "stable-diffusion-3-5-large")
#: How many pictures are drawn beside the event loop.
_MANY = 50


def _pictures() -> dict[str, Picture]:
    incoming = [one.tool for file in starter.FOLDER.glob("*/*.yaml") for one in read_file(file).tools]
    by_slug = {tool.slug: tool for tool in incoming}
    tools = [by_slug[slug] for slug in _SLUGS]
    ranks = [rank(tool, today=TODAY) for tool in tools]
    names = [tool.name for tool in tools]
    entries = [Entry(TODAY - timedelta(days=40 * n), 30 + 3 * n, 20, 70) for n in range(12, 0, -1)]
    return {
        "comparison of two": comparison(names[:2], ranks[:2]),
        "comparison of four": comparison(names, ranks),
        "overlap of four": overlap(tools),
        "history": history(names[0], entries, [Report(TODAY, 51, "a page")]),
    }


PICTURES = _pictures()


def _p99(benchmark: Any) -> float:  # noqa: ANN401 (pytest-benchmark is untyped)
    data = sorted(benchmark.stats.stats.data)
    return float(data[min(len(data) - 1, round(len(data) * 0.99))])


@pytest.mark.parametrize("shown", PICTURES)
def test_draw(benchmark: Any, shown: str) -> None:  # noqa: ANN401 (the same)
    """Drawing a picture that nobody asked for before."""
    png = benchmark.pedantic(PICTURES[shown].draw, rounds=100, warmup_rounds=3)
    benchmark.extra_info[P99] = _p99(benchmark)
    assert png.startswith(b"\x89PNG")


def test_picture_in_words(benchmark: Any) -> None:  # noqa: ANN401 (the same)
    """What the event loop does for a picture: its words and its key."""
    tool = next(iter(read_file(next(starter.FOLDER.glob("*/*.yaml"))).tools)).tool
    ranks = [rank(tool, today=TODAY)] * 4
    benchmark.pedantic(comparison, args=(["A", "B", "C", "D"], ranks), rounds=200, warmup_rounds=5)
    benchmark.extra_info[P99] = _p99(benchmark)


def test_picture_from_memory(benchmark: Any) -> None:  # noqa: ANN401 (the same)
    """Giving a picture that was drawn before."""
    picture = PICTURES["comparison of four"]
    with asyncio.Runner() as runner:
        renderer = Renderer()
        assert runner.run(renderer.render(picture))
        assert benchmark.pedantic(renderer.kept, args=(picture,), rounds=1000)
        runner.run(renderer.close())
    benchmark.extra_info[P99] = _p99(benchmark)


def test_fifty_pictures_beside_the_loop(benchmark: Any) -> None:  # noqa: ANN401 (the same)
    """Drawing fifty pictures at once beside a running event loop; how long the loop was held up at most."""
    count, pause = benchmark.pedantic(lambda: asyncio.run(_drawn()), rounds=1)
    benchmark.extra_info[PAUSE] = pause
    assert count == _MANY


async def _drawn() -> tuple[int, float]:
    """Draw many pictures, and give with their number the longest time that the loop wasn't at work."""
    shown = list(PICTURES.values())
    async with Renderer() as renderer:
        pictures = [replace(shown[n % len(shown)], key=str(n)) for n in range(_MANY)]
        pngs, longest = await held_up(
            asyncio.gather(*(renderer.render(picture, within=60) for picture in pictures))
        )
    return sum(png is not None for png in pngs), longest
