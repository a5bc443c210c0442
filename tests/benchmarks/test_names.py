"""How long names take, in catalogs of four sizes: building, resolving, completing and changing them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from catalog.resolver import Resolver
from tests.benchmarks.conftest import BYTES_A_NAME, P99, PAUSE, WRATIOS
from tests.benchmarks.heart import held_up
from tests.evaluation.baselines import WRatio
from tests.evaluation.catalogs import SIZES, load
from tests.evaluation.measures import percentile
from tests.evaluation.sets import half_typed, typos

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from catalog.resolver import Entry

#: From this size on, building is timed once: it takes seconds.
_LARGE = 100_000
#: Changed entries beside a segment before they are folded in.
_CHANGES = 500
#: Names times queries that WRatio is asked for: it takes seconds for one query in the largest catalog.
_PATIENCE = 1_000_000


@dataclass
class Sized:
    """A catalog of a size, its resolver once built, and what people type."""

    size: str
    resolve_seconds: float | None = None
    """Median of resolving a name, once it was measured."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The names."""
        return load(self.size)

    @cached_property
    def resolver(self) -> Resolver:
        """The resolver of all names."""
        return Resolver(self.entries)

    @cached_property
    def queries(self) -> tuple[str, ...]:
        """Names with errors in them, names that aren't there, and some without an error."""
        step = len(self.entries) // 50
        return (
            *(query.text for query in typos(self.size).queries[::2]),
            *(one.name for one in self.entries[::step]),
        )

    @cached_property
    def changes(self) -> dict[str, Entry]:
        """Some entries under new names."""
        step = len(self.entries) // _CHANGES
        chosen = islice(self.entries[::step], _CHANGES)
        return {
            one.slug: one._replace(name=f"{one.name} renamed {number}") for number, one in enumerate(chosen)
        }


@pytest.fixture(scope="module", params=SIZES)
def sized(request: pytest.FixtureRequest) -> Iterator[Sized]:
    """Each size in turn; a catalog is let go of before the next one."""
    yield Sized(request.param)
    load.cache_clear()


def one_by_one(benchmark: Any, work: Callable[[str], Any], texts: Sequence[str]) -> float:  # noqa: ANN401 (`pedantic` has no types)
    """Time each text once, after some to warm up; gives the median, and notes the 99th percentile."""
    for text in texts[: 1 + len(texts) // 20]:
        work(text)
    left = iter(texts)
    benchmark.pedantic(work, setup=lambda: ((next(left),), {}), rounds=len(texts))
    stats = benchmark.stats.stats
    benchmark.extra_info[P99] = percentile(stats.data, 99)
    return float(stats.median)


def test_build(benchmark: Any, sized: Sized) -> None:  # noqa: ANN401 (the same)
    """Building the resolver of a catalog."""
    rounds = 1 if len(sized.entries) >= _LARGE else 5
    sized.resolver = benchmark.pedantic(Resolver, args=(sized.entries,), rounds=rounds)
    benchmark.extra_info[BYTES_A_NAME] = sized.resolver.nbytes / len(sized.entries)
    assert sized.resolver.pending == 0


def test_resolve(benchmark: Any, sized: Sized) -> None:  # noqa: ANN401 (the same)
    """Resolving a name, most of them misspelt."""
    sized.resolve_seconds = one_by_one(benchmark, sized.resolver.resolve, sized.queries)


def test_resolve_by_wratio(benchmark: Any, sized: Sized) -> None:  # noqa: ANN401 (the same)
    """Finding the nearest name by going through all of them, to hold ours against."""
    some = max(3, min(60, _PATIENCE // len(sized.entries)))
    median = one_by_one(benchmark, WRatio(sized.entries), sized.queries[:: len(sized.queries) // some][:some])
    if sized.resolve_seconds:
        benchmark.extra_info[WRATIOS] = median / sized.resolve_seconds


def test_complete(benchmark: Any, sized: Sized) -> None:  # noqa: ANN401 (the same)
    """Offering tools for a half-typed name."""
    texts = [query.text for query in half_typed(sized.size).queries]
    letters = [query.text[:length] for query in half_typed(sized.size).queries for length in (1, 2, 3)]
    one_by_one(benchmark, sized.resolver.complete, [*texts, *letters, *sized.queries[::4]])


def test_edit(benchmark: Any, sized: Sized) -> None:  # noqa: ANN401 (the same)
    """Changing one entry, and finding it by its new name."""
    left = iter(sized.changes.values())

    def edit(entry: Entry) -> str | None:
        found = sized.resolver.changed({entry.slug: entry}).resolve(entry.name)
        return found.tool.slug if found.tool else None

    last = benchmark.pedantic(edit, setup=lambda: ((next(left),), {}), rounds=100)
    assert last in sized.changes
    benchmark.extra_info[P99] = percentile(benchmark.stats.stats.data, 99)


def test_resolve_beside_edits(benchmark: Any, sized: Sized) -> None:  # noqa: ANN401 (the same)
    """Resolving a name while many entries wait to be folded in."""
    changed = sized.resolver.changed(sized.changes)
    assert changed.pending == _CHANGES
    one_by_one(benchmark, changed.resolve, sized.queries)


def test_fold_in_a_thread(benchmark: Any, sized: Sized) -> None:  # noqa: ANN401 (the same)
    """Folding changes in beside a running event loop; how long the loop was held up at most."""
    changed = sized.resolver.changed(sized.changes)
    folded, pause = benchmark.pedantic(lambda: asyncio.run(_folded(changed)), rounds=1)
    benchmark.extra_info[PAUSE] = pause
    assert folded.pending == 0


async def _folded(resolver: Resolver) -> tuple[Resolver, float]:
    """Fold in a thread, and give with the result the longest time that the loop wasn't at work."""
    return await held_up(asyncio.to_thread(resolver.folded))
