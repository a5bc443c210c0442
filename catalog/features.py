"""Which tools have which features (jobs, tags, words), from both sides."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from catalog.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from catalog.models import Slug


class _Own(NamedTuple):
    """A tool's features that count: as a set, in a fixed order, and what they weigh together."""

    features: frozenset[str] = frozenset()
    ordered: tuple[str, ...] = ()
    total: float = 0.0
    norm: float = 0.0


_NONE = _Own()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Features:
    """The features of tools; what is rare weighs more.

    The weight of a feature is its inverse document frequency, ln(1 + tools / tools that have it).
    """

    _weight: Mapping[str, float]
    _common: frozenset[str]
    _own: Mapping[Slug, _Own]
    _having: Mapping[str, Sequence[Slug]]

    @classmethod
    def of(cls, features: Mapping[Slug, Collection[str]], most: int | None = None) -> Features:
        """Index features by tool; one that more than `most` tools have says nothing and is left out."""
        counts = Counter(feature for own in features.values() for feature in set(own))
        common = frozenset(feature for feature, count in counts.items() if most is not None and count > most)
        weight = {
            feature: math.log1p(len(features) / count)
            for feature, count in counts.items()
            if feature not in common
        }
        own = {slug: _weighed(frozenset(given) - common, weight) for slug, given in features.items()}
        return cls(weight, common, own, _having(own))

    def replaced(self, features: Mapping[Slug, Collection[str]]) -> Features:
        """Give the same with other features for some tools, at their cost; known features weigh what they did."""
        given = {slug: frozenset(own) - self._common for slug, own in features.items()}
        new = frozenset[str]().union(*given.values())
        once = math.log1p(len(self._own) + 1)
        weight = Overlay(self._weight, {feature: once for feature in new if feature not in self._weight})
        own = {slug: _weighed(own, weight) for slug, own in given.items()}
        now = _having(own)
        having = {
            feature: [
                *(slug for slug in self._having.get(feature, ()) if slug not in own),
                *now.get(feature, ()),
            ]
            for feature in new.union(*(self._own.get(slug, _NONE).features for slug in own))
        }
        return replace(
            self, _weight=weight, _own=Overlay(self._own, own), _having=Overlay(self._having, having)
        )

    def of_tool(self, slug: Slug) -> frozenset[str]:
        """Give a tool's features."""
        return self._own[slug].features

    def shared(self, slug: Slug, other: Slug) -> list[str]:
        """Give the features that two tools share, the weightiest first."""
        both = self.of_tool(slug) & self.of_tool(other)
        return sorted(both, key=lambda feature: (-self._weight[feature], feature))

    def overlaps(self, slug: Slug) -> dict[Slug, float]:
        """Give shared weight over joint weight (0..1) for every tool that shares something."""
        total = self._own[slug].total
        joint = self._sums(slug, 1)
        return {other: both / (total + self._own[other].total - both) for other, both in joint.items()}

    def cosines(self, slug: Slug) -> dict[Slug, float]:
        """Give the cosine (0..1) between a tool's weights and those of every tool that shares something."""
        norm = self._own[slug].norm
        return {
            other: min(dot / (norm * self._own[other].norm), 1.0)
            for other, dot in self._sums(slug, 2).items()
        }

    def _sums(self, slug: Slug, power: int) -> dict[Slug, float]:
        sums: defaultdict[Slug, float] = defaultdict(float)
        for feature in self._own[slug].ordered:
            weight = self._weight[feature] ** power
            for other in self._having[feature]:
                sums[other] += weight
        return sums


def _having(own: Mapping[Slug, _Own]) -> dict[str, list[Slug]]:
    having: defaultdict[str, list[Slug]] = defaultdict(list)
    for slug, weighed in own.items():
        for feature in weighed.ordered:
            having[feature].append(slug)
    return dict(having)


def _weighed(features: frozenset[str], weight: Mapping[str, float]) -> _Own:
    # In a fixed order, so that the same catalog gives the same digits in every process.
    ordered = tuple(sorted(features))
    return _Own(
        features,
        ordered,
        math.fsum(weight[feature] for feature in ordered),
        math.sqrt(math.fsum(weight[feature] ** 2 for feature in ordered)),
    )
