"""Learn the weights of the resolver from the development sets, and write them down with where they come from.

`make fit` runs it. Ranking is a conditional logit: among the rows that were looked at closely, how likely is it
that this one is meant. Trust is another one, between the best row and nothing at all.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

import catalog.resolver
from catalog.resolver import Resolver
from catalog.resolver.kinds import SAID, Kind
from catalog.resolver.ranking import Ranked, against, best_of_tools, features, rival, traits
from tests.evaluation import sets
from tests.evaluation.catalogs import SHARED, SIZES, has_shared, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from catalog.resolver.kinds import Judged
    from tests.evaluation.sets import EvaluationSet, Query

WEIGHTS = Path(catalog.resolver.__file__).with_name("weights.json")
#: How much each development set counts: the small catalog of software tells least.
_SHARES = {"human": 1.0, "synth_1k": 0.7, "synth_15k": 1.0, "synth_100k": 1.0, "synth_886k": 1.0}
#: The files in which the development sets and their catalogs are, beneath the folder beside the project.
FILES = (
    "names/catalog_ai.jsonl",
    "names/human.jsonl",
    "names/human_negative.jsonl",
    *(f"names/catalog_pypi_{size}.jsonl.gz" for size in SIZES),
    *(f"names/synth_{size}_dev{part}.jsonl" for size in SIZES for part in ("", "_negative")),
)
_RIDGE = 1e-4
#: Of all examples, the share that may be resolved to a wrong tool.
_WRONG = 0.015
#: Probability from which what is far is offered: a wrong guess in a question back costs a glance.
_OFFERED = 0.15


class Look(NamedTuple):
    """A row that was looked at closely, and what is known of it in numbers."""

    slug: str
    judged: Judged
    features: Mapping[str, float]


class Example(NamedTuple):
    """A query of a development set that no name spells out, and the rows that were looked at closely."""

    query: Query
    share: float
    names: int
    looks: Sequence[Look]

    def right(self) -> NDArray[np.bool_]:
        """Tell which rows are of a tool that was meant."""
        return np.array([look.slug in self.query.answers for look in self.looks], dtype=bool)


class Group(NamedTuple):
    """Alternatives of which the right ones are known, and how much they count."""

    rows: Sequence[Mapping[str, float]]
    right: NDArray[np.bool_]
    share: float
    offsets: Sequence[float]
    """What each alternative's score has to begin with."""


def development_sets() -> Iterator[EvaluationSet]:
    """Give the sets that weights are learned from."""
    yield sets.human()
    for size in SIZES:
        yield sets.typos(size)


def examples(asked: EvaluationSet) -> Iterator[Example]:
    """Look closely at the rows for each query of a set."""
    resolver = Resolver(load(asked.catalog))
    for query in asked.queries:
        ways = resolver.ways(query.text)
        if query.kind == "family" or not ways or resolver.spelt_out(query.text, ways):
            continue
        looks = [
            Look(one.judged.fit.row.entry.slug, one.judged, features(read, one.judged))
            for read, one in resolver.close_looks(ways)
        ]
        if looks:
            yield Example(query, _SHARES[asked.name], len(resolver), looks)


def conditional_logit(groups: Sequence[Group]) -> dict[str, float]:
    """Learn by how much each feature makes an alternative likelier.

    Returns:
        weights by feature; what they add up to is the logarithm of how likely an alternative is.
    """
    names = sorted({name for group in groups for row in group.rows for name in row})
    place = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((sum(len(group.rows) for group in groups), len(names)))
    for number, row in enumerate(row for group in groups for row in group.rows):
        for name, value in row.items():
            matrix[number, place[name]] = value
    right = np.concatenate([group.right for group in groups])
    sizes = np.array([len(group.rows) for group in groups])
    starts = np.cumsum(sizes) - sizes
    group_of = np.repeat(np.arange(len(groups)), sizes)
    shares = np.array([group.share for group in groups])
    offsets = np.concatenate([group.offsets for group in groups])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights + offsets
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group_of])
        every = np.add.reduceat(odds, starts)
        meant = np.add.reduceat(odds * right, starts) + 1e-12
        slope = shares[group_of] * (odds / every[group_of] - odds * right / meant[group_of])
        ridge = _RIDGE * len(groups)
        value = float((shares * (np.log(every) - np.log(meant))).sum() + ridge * (weights @ weights))
        return value, matrix.T @ slope + 2 * ridge * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return {name: round(float(weight), 3) for name, weight in zip(names, found.x, strict=True)}


def ranking_groups(from_: Iterable[Example]) -> list[Group]:
    """Give the examples in which there is a right row and a wrong one."""
    groups = [
        Group(
            [look.features for look in one.looks],
            one.right(),
            one.share,
            [-against(look.judged) for look in one.looks],
        )
        for one in from_
    ]
    return [group for group in groups if group.right.any() and not group.right.all()]


def trusted(example: Example, weights: Mapping[str, float]) -> tuple[Mapping[str, float], bool, Kind]:
    """Give the traits of the best row by some weights, whether it is right, and its kind."""
    first, *rest = best_of_tools(
        Ranked(
            look.judged,
            sum(weights.get(name, 0.0) * value for name, value in look.features.items())
            - against(look.judged),
        )
        for look in example.looks
    )
    right = first.judged.fit.row.entry.slug in example.query.answers
    return traits(first, rival(first, rest), example.names), right, first.judged.kind


def learn() -> dict[str, Any]:
    """Learn everything, and say from what."""
    every = [one for asked in development_sets() for one in examples(asked)]
    halves = [every[::2], every[1::2]]
    # Trust is learned from halves that the ranking didn't see: it is surer of what it was taught.
    learned = [conditional_logit(ranking_groups(half)) for half in halves]
    unseen = [
        (one, *trusted(one, weights))
        for half, weights in zip(halves, reversed(learned), strict=True)
        for one in half
    ]
    either = np.array([True, False])
    trust = conditional_logit(
        [
            Group([found, {}], either if right else ~either, one.share, [0.0, 0.0])
            for one, found, right, _ in unseen
        ]
    )
    return {
        "learned": {
            "on": datetime.now(UTC).date().isoformat(),
            "by": "make fit",
            "from": _counted(every),
            "files": {file: digest(SHARED / file) for file in FILES},
        },
        "scores": conditional_logit(ranking_groups(every)),
        "trust": trust,
        **_thresholds([(_odds(found, trust), right, kind) for _, found, right, kind in unseen]),
    }


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, by which to tell whether it is the one that was learned from."""
    return sha256(path.read_bytes()).hexdigest()


def _odds(found: Mapping[str, float], trust: Mapping[str, float]) -> float:
    return float(1 / (1 + np.exp(-sum(trust[name] * value for name, value in found.items()))))


def _counted(every: Iterable[Example]) -> dict[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for one in every:
        counts[f"{one.names} names"] += 1
    return dict(counts)


def _thresholds(unseen: Sequence[tuple[float, bool, Kind]]) -> dict[str, float]:
    """Choose how much trust an answer needs, and how much a question back about what is far."""
    said = [(sure, right) for sure, right, kind in unseen if kind in SAID]
    steps = np.round(np.arange(0.3, 0.99, 0.01), 2)
    wrong = {float(least): sum(not right for sure, right in said if sure >= least) for least in steps}
    resolve = next((least for least, count in wrong.items() if count <= _WRONG * len(unseen)), 0.98)
    return {"resolve": resolve, "offer": _OFFERED}


def main() -> None:
    """Learn, and write the weights beside the resolver."""
    if not has_shared():
        raise SystemExit("the development sets aren't beside the project: there is nothing to learn from")
    WEIGHTS.write_text(json.dumps(learn(), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
