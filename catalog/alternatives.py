"""What could stand in for a tool, and why.

    closeness = .35 jobs + .25 words + .25 rivalry + .10 type + .05 tags

Jobs and tags are shared weight over total weight, words the cosine of what the capabilities say; each job, tag or
word weighs its inverse document frequency, so that sharing "serving" says more than sharing "text generation".
Rivalry is 1 where the tool's own text names the other as one it is held against and .8 where only the other's
does. What is gone is never offered, what is deprecated comes in at half its closeness.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from catalog.models import Document, PricingKind, Share, Slug, Status, Task, ToolRef
from catalog.tasks import in_words
from catalog.text import Name
from catalog.traits import Traits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from catalog.models import Tool
    from catalog.rank import Rank

JOBS, WORDS, RIVALRY, TYPE, TAGS = 0.35, 0.25, 0.25, 0.10, 0.05
#: Named as a rival only from the other side.
NAMED_BY_OTHER = 0.8
#: Below this closeness a tool is no alternative.
LEAST = 0.12

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
    """Which tools are near which; built for a catalog, then asked for one tool at a time. Never changed."""

    def __init__(self, tools: Iterable[Tool] | Traits, ranks: Mapping[Slug, Rank]) -> None:
        """Read the tools, unless their traits are known; `ranks` break ties between equally near ones."""
        self._traits = tools if isinstance(tools, Traits) else Traits.of(tools)
        self._tools = self._traits.tools
        self._ranks = ranks
        # A comparison and its buttons ask for the same few tools again and again.
        self._nearest = lru_cache(maxsize=_REMEMBERED)(self._find_nearest)

    def replaced(self, changed: Mapping[Slug, Tool | None], ranks: Mapping[Slug, Rank]) -> Neighbourhood:
        """Give the neighbourhood with some tools changed, added or (None) gone; see `Traits.replaced`."""
        return Neighbourhood(self._traits.replaced(changed) if changed else self._traits, ranks)

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
        tasks = self._traits.tasks
        jobs = tasks.of_tool(slug)
        near = [
            self._tools[other]
            for other, _ in self._nearest(slug)
            if other not in others and not jobs.isdisjoint(tasks.of_tool(other))
        ]
        alike = sorted(near, key=lambda tool: tool.type is not here.type)
        return tuple(ToolRef(slug=tool.slug, name=tool.name) for tool in alike[:limit])

    def _find_nearest(self, slug: Slug) -> tuple[tuple[Slug, float], ...]:
        here = self._tools[slug]
        traits = self._traits
        jobs = traits.tasks.overlaps(slug)
        tags = traits.tags.overlaps(slug)
        words = traits.words.cosines(slug)
        names, named_by = traits.named[slug], traits.named_by.get(slug, frozenset())
        found: list[tuple[float, float, Slug]] = []
        for other in {*jobs, *words, *names, *named_by} - {slug}:
            # A text may still name a tool that was taken out.
            tool = self._tools.get(other)
            if tool is None or tool.status is Status.GONE:
                continue
            stranger = bool(traits.tasks.of_tool(slug) and traits.tasks.of_tool(other)) and other not in jobs
            rivalry = 1.0 if other in names else NAMED_BY_OTHER if other in named_by else 0.0
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
        tool = self._tools[slug]
        # Most tools of a large catalog have no figures, and so no rank to work out.
        judged = self._ranks.get(slug) if tool.signals or tool.released_on else None
        return judged.rank or 0.0 if judged else 0.0

    def _reasons(self, slug: Slug, other: Slug) -> Iterator[str]:
        here, there = self._tools[slug], self._tools[other]
        traits = self._traits
        if other in traits.named[slug] or slug in traits.named[other]:
            yield "named beside it"
        shared = [task for task in Task if task in traits.tasks.of_tool(slug) & traits.tasks.of_tool(other)]
        if shared:
            yield f"same job: {in_words(shared)}"
        titles, others = traits.headlines[slug], traits.headlines[other]
        words = [word for word in traits.words.shared(slug, other) if word in titles and word in others]
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
