"""What could stand in for a tool, and why.

    closeness = .35 jobs + .25 words + .25 rivalry + .10 type + .05 tags

Jobs and tags are shared weight over total weight, words the cosine of what the capabilities say; each job, tag or
word weighs its inverse document frequency, so that sharing "serving" says more than sharing "text generation".
Rivalry is 1 where the tool's own text names the other as one it is held against and .8 where only the other's
does. What is gone is never offered, what is deprecated comes in at half its closeness.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from catalog.models import Document, PricingKind, Share, Slug, Status, Task, Tool, ToolRef
from catalog.rivals import NameFinder
from catalog.tasks import in_words, tasks_of
from catalog.terms import terms, terms_as_written
from catalog.text import Name  # noqa: TC001 (pydantic reads it at run time)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from catalog.rank import Rank

JOBS, WORDS, RIVALRY, TYPE, TAGS = 0.35, 0.25, 0.25, 0.10, 0.05
#: Named as a rival only from the other side.
NAMED_BY_OTHER = 0.8
#: Below this closeness a tool is no alternative.
LEAST = 0.12
#: A word in more than this share of the tools (and more than this many) says nothing about any of them.
COMMON_SHARE, COMMON_COUNT = 0.1, 20

_TOLD_WORDS = 3
_DEPRECATED = 0.5
_COSTS = frozenset({PricingKind.PAID, PricingKind.USAGE})
#: How many tools' neighbours are kept once they were asked for.
_REMEMBERED = 512
_OPEN = re.compile(
    r"(?:Apache|MIT\b|BSD|A?GPL|LGPL|MPL|EPL|ISC\b|CC0|CC-BY-(?:SA-)?\d|Unlicense|Zlib|PostgreSQL|Python)",
    re.IGNORECASE,
)


class Alternative(Document):
    """A tool that could stand in for another: how near it is (0..1) and why, in plain words."""

    slug: Slug
    name: Name
    score: Share
    reasons: tuple[str, ...]


class Neighbourhood:
    """Which tools are near which; built once for a catalog, then asked for one tool at a time."""

    def __init__(self, tools: Iterable[Tool], ranks: Mapping[Slug, Rank]) -> None:
        """Index the tools; `ranks` break ties between equally near ones."""
        self._tools = {tool.slug: tool for tool in tools}
        self._ranks = ranks
        self._tasks = _Features({slug: tasks_of(tool) for slug, tool in self._tools.items()})
        self._tags = _Features({slug: tool.tags for slug, tool in self._tools.items()})
        self._words = _Features(
            {slug: _words_of(tool) for slug, tool in self._tools.items()},
            most=max(COMMON_COUNT, int(COMMON_SHARE * len(self._tools))),
        )
        self._headlines = {slug: _headline(tool) for slug, tool in self._tools.items()}
        self._named: dict[Slug, frozenset[Slug]] = self._rivals()
        self._named_by: defaultdict[Slug, set[Slug]] = defaultdict(set)
        for slug, rivals in self._named.items():
            for rival in rivals:
                self._named_by[rival].add(slug)
        # A comparison and its buttons ask for the same few tools again and again.
        self._nearest = lru_cache(maxsize=_REMEMBERED)(self._find_nearest)

    def alternatives(self, slug: Slug, limit: int = 10) -> tuple[Alternative, ...]:
        """Give at most `limit` tools that could stand in for one, nearest first; none for an unknown slug."""
        if slug not in self._tools:
            return ()
        return tuple(
            Alternative(
                slug=other,
                name=self._tools[other].name,
                score=round(score, 4),
                reasons=tuple(self._reasons(slug, other)),
            )
            for other, score in self._nearest(slug)[: max(limit, 0)]
        )

    def like_for_like(self, slug: Slug, others: Collection[Slug] = (), limit: int = 3) -> tuple[ToolRef, ...]:
        """Give the nearest tools that share a job with a tool, its own type first, leaving out `others`."""
        if slug not in self._tools:
            return ()
        here = self._tools[slug]
        jobs = self._tasks.of(slug)
        near = [
            self._tools[other]
            for other, _ in self._nearest(slug)
            if other not in others and not jobs.isdisjoint(self._tasks.of(other))
        ]
        alike = sorted(near, key=lambda tool: tool.type is not here.type)
        return tuple(ToolRef(slug=tool.slug, name=tool.name) for tool in alike[:limit])

    def _find_nearest(self, slug: Slug) -> tuple[tuple[Slug, float], ...]:
        here = self._tools[slug]
        jobs = self._tasks.overlaps(slug)
        tags = self._tags.overlaps(slug)
        words = self._words.cosines(slug)
        found: list[tuple[float, float, Slug]] = []
        for other in {*jobs, *words, *self._named[slug], *self._named_by[slug]} - {slug}:
            tool = self._tools[other]
            if tool.status is Status.GONE:
                continue
            stranger = bool(self._tasks.of(slug) and self._tasks.of(other)) and other not in jobs
            rivalry = (
                1.0 if other in self._named[slug] else NAMED_BY_OTHER if slug in self._named[other] else 0.0
            )
            score = (
                JOBS * jobs.get(other, 0.0)
                + WORDS * words.get(other, 0.0)
                + RIVALRY * rivalry
                + TYPE * (tool.type is here.type)
                + TAGS * tags.get(other, 0.0)
            ) * (_DEPRECATED if tool.status is Status.DEPRECATED else 1.0)
            # Two tools that both say what they do, and do different things, are no alternatives for all their words.
            if score >= LEAST and (rivalry or not stranger):
                found.append((-score, -self._points(other), other))
        return tuple((other, -score) for score, _, other in sorted(found))

    def _points(self, slug: Slug) -> float:
        judged = self._ranks.get(slug)
        return judged.rank or 0.0 if judged else 0.0

    def _reasons(self, slug: Slug, other: Slug) -> Iterator[str]:
        here, there = self._tools[slug], self._tools[other]
        if other in self._named[slug] or slug in self._named[other]:
            yield "named beside it"
        shared = [task for task in Task if task in self._tasks.of(slug) & self._tasks.of(other)]
        if shared:
            yield f"same job: {in_words(shared)}"
        titles, others = self._headlines[slug], self._headlines[other]
        words = [word for word in self._words.shared(slug, other) if word in titles and word in others]
        if words:
            yield f"both about {', '.join(others[word] for word in words[:_TOLD_WORDS])}"
        if (
            here.pricing
            and there.pricing
            and here.pricing.kind in _COSTS
            and there.pricing.kind is PricingKind.FREE
        ):
            yield f"free, where {here.name} costs money"
        if here.licence and there.licence and _OPEN.match(there.licence) and not _OPEN.match(here.licence):
            yield f"open licence ({there.licence})"
        if there.status is Status.DEPRECATED:
            yield "but deprecated"
        if not shared and not words:
            yield "described in similar words"

    def _rivals(self) -> dict[Slug, frozenset[Slug]]:
        finder = NameFinder(self._tools.values())
        return {
            slug: frozenset(
                rival
                for capability in tool.capabilities
                for rival in finder.find(capability.versus or "")
                if rival != slug
            )
            for slug, tool in self._tools.items()
        }


def _words_of(tool: Tool) -> frozenset[str]:
    texts = [tool.summary or ""]
    for capability in tool.capabilities:
        texts += [capability.title or "", capability.description, capability.unique or ""]
    return frozenset(word for text in texts for word in terms(text))


def _headline(tool: Tool) -> dict[str, str]:
    """Give the words of a tool's capability titles, folded and as written: words that a reader recognises."""
    return {
        folded: written
        for capability in tool.capabilities
        for folded, written in terms_as_written(capability.title or "")
    }


class _Features:
    """Which tools have which features (jobs, tags, words), from both sides; what is rare weighs more.

    The weight of a feature is its inverse document frequency, ln(1 + tools / tools that have it). One that more
    than `most` tools have says nothing and is left out.
    """

    def __init__(self, features: Mapping[Slug, Collection[str]], most: int | None = None) -> None:
        counts = Counter(feature for own in features.values() for feature in set(own))
        kept = {feature: count for feature, count in counts.items() if most is None or count <= most}
        self._weight = {feature: math.log1p(len(features) / count) for feature, count in kept.items()}
        self._own = {slug: frozenset(own) & kept.keys() for slug, own in features.items()}
        # In a fixed order, so that the same catalog gives the same digits in every process.
        self._ordered = {slug: sorted(own) for slug, own in self._own.items()}
        self._having: defaultdict[str, list[Slug]] = defaultdict(list)
        for slug, ordered in self._ordered.items():
            for feature in ordered:
                self._having[feature].append(slug)
        self._sum = {
            slug: math.fsum(self._weight[feature] for feature in own) for slug, own in self._ordered.items()
        }
        self._norm = {
            slug: math.sqrt(math.fsum(self._weight[feature] ** 2 for feature in own))
            for slug, own in self._own.items()
        }

    def of(self, slug: Slug) -> frozenset[str]:
        """Give a tool's features."""
        return self._own[slug]

    def shared(self, slug: Slug, other: Slug) -> list[str]:
        """Give the features that two tools share, the weightiest first."""
        return sorted(
            self._own[slug] & self._own[other], key=lambda feature: (-self._weight[feature], feature)
        )

    def overlaps(self, slug: Slug) -> dict[Slug, float]:
        """Give shared weight over joint weight (0..1) for every tool that shares something."""
        joint = self._sums(slug, 1)
        return {other: both / (self._sum[slug] + self._sum[other] - both) for other, both in joint.items()}

    def cosines(self, slug: Slug) -> dict[Slug, float]:
        """Give the cosine (0..1) between a tool's weights and those of every tool that shares something."""
        norm = self._norm[slug]
        return {
            other: min(dot / (norm * self._norm[other]), 1.0) for other, dot in self._sums(slug, 2).items()
        }

    def _sums(self, slug: Slug, power: int) -> dict[Slug, float]:
        sums: defaultdict[Slug, float] = defaultdict(float)
        for feature in self._ordered[slug]:
            weight = self._weight[feature] ** power
            for other in self._having[feature]:
                sums[other] += weight
        return sums
