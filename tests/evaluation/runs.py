"""Runs: sets asked of the resolver and of the baselines, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from time import perf_counter
from typing import TYPE_CHECKING

from catalog.resolver import Resolver
from tests.evaluation.askers import asking
from tests.evaluation.baselines import Trigrams, WRatio
from tests.evaluation.catalogs import load
from tests.evaluation.measures import Tally, judge
from tests.evaluation.sets import Task, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.resolver import Entry
    from tests.evaluation.sets import EvaluationSet

    Rival = WRatio | Trigrams

#: Names times queries that a baseline is asked for a set: WRatio looks at some five hundred names a millisecond.
_PATIENCE = {WRatio.label: 6_000_000, Trigrams.label: 30_000_000}
_AT_LEAST = 30


@dataclass(frozen=True, slots=True)
class Run:
    """A set asked of the resolver, and (where they can answer it) of the baselines, by their labels."""

    asked: EvaluationSet
    names: int
    built: float
    """Seconds that building the resolver took."""
    ours: Tally
    baselines: dict[str, Tally] = field(default_factory=dict)


def run(sets: Iterable[EvaluationSet], *, baselines: bool = True) -> Iterator[Run]:
    """Ask sets in turn; each catalog is built once for the sets that follow one another on it."""
    for catalog, following in groupby(sets, key=lambda one: one.catalog):
        entries = load(catalog)
        started = perf_counter()
        resolver = Resolver(entries)
        built = perf_counter() - started
        rivals: list[Rival] = [WRatio(entries), Trigrams(entries)] if baselines else []
        for one in following:
            yield Run(one, len(entries), built, _ours(resolver, one), _theirs(rivals, one, entries))


def _ours(resolver: Resolver, one: EvaluationSet) -> Tally:
    ask = asking(resolver, one.task)
    if one.queries:
        ask(one.queries[0].text)  # what is computed when first asked for is no query's own time
    return judge(one.queries, ask)


def _theirs(rivals: Iterable[Rival], one: EvaluationSet, entries: tuple[Entry, ...]) -> dict[str, Tally]:
    """Ask the baselines for tools; where that takes long, for every so-maniest of them."""
    queries = [query for query in one.queries if query.wanted is Wanted.TOOL]
    if one.task is not Task.RESOLVE or not queries:
        return {}
    tallies = {}
    for rival in rivals:
        most = max(_AT_LEAST, _PATIENCE[rival.label] // len(entries))
        step = -(-len(queries) // most)
        tallies[rival.label] = judge(queries[::step], rival)
    return tallies
