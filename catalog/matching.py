"""From a need in words to the tools that say they meet it.

Each tool is read as parts: its name and aliases, its jobs (tasks, type and tags), its summary, and each
capability. A word of the need scores in a part by BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009; k1 1.2, b .5), times what the part weighs. A tool's score is .6 of what the
words score at their best places plus .4 of what they score together in the best capability, over what they could
score at most: words that meet in one sentence mean more than the same words strewn over a page.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from catalog.claims import heading
from catalog.models import Document, Share, Slug, Tool
from catalog.overlay import Overlay
from catalog.tasks import tasks_of
from catalog.terms import terms_as_written
from catalog.text import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

K1, B = 1.2, 0.5
#: How much words at their best places and words together in one capability count.
APART, TOGETHER = 0.6, 0.4
#: How many different words of a need are looked at.
WORD_LIMIT = 64


class _Kind(Enum):
    """A kind of part: what it weighs and how a person calls it."""

    NAME = (2.0, "the name")
    JOBS = (1.5, "its jobs")
    SUMMARY = (1.2, "the summary")
    CAPABILITY = (1.0, "")

    def __init__(self, weight: float, label: str) -> None:
        self.weight = weight
        self.label = label


_HEAVIEST = max(kind.weight for kind in _Kind)


class Need(Document):
    """What somebody looks for, as the index reads it: the telling words, folded, each with how it was written."""

    text: str
    words: dict[str, str]


class Match(Document):
    """A tool that meets a need: by which capability (its heading), how well (0..1), and which words met where."""

    slug: Slug
    name: Name
    capability: str | None
    score: Share
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A part of a document; each is only like itself."""

    slug: Slug
    kind: _Kind
    label: str
    words: Counter[str]
    length: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NeedIndex:
    """An inverted index over what tools say of themselves. Never changed."""

    _tools: Mapping[Slug, Tool]
    _parts: Mapping[str, Sequence[_Part]]
    """The parts in which a word stands, but for those of tools that were changed."""
    _tools_with: Mapping[str, int]
    _typical: float
    """How long a part is on average, in words."""
    _beside: Mapping[Slug, Sequence[_Part]] = field(default_factory=dict)
    """The parts of tools that were changed since; none where the tool is gone."""

    @classmethod
    def of(cls, tools: Iterable[Tool]) -> NeedIndex:
        """Read all documents."""
        known = {tool.slug: tool for tool in tools}
        places: defaultdict[str, list[_Part]] = defaultdict(list)
        parts = [part for tool in known.values() for part in _read(tool)]
        for part in parts:
            for word in part.words:
                places[word].append(part)
        total = sum(part.length for part in parts)
        return cls(
            known,
            dict(places),
            {word: _tools_in(having) for word, having in places.items()},
            total / len(parts) if total else 1.0,
        )

    def replaced(self, changed: Mapping[Slug, Tool | None]) -> NeedIndex:
        """Give the index with some tools changed, added or (None) gone, at the cost of those few."""
        beside = {slug: _read(tool) if tool else () for slug, tool in changed.items()}
        return replace(self, _tools=Overlay(self._tools, changed), _beside={**self._beside, **beside})

    def find(self, text: str, limit: int = 10) -> tuple[Match, ...]:
        """Give at most `limit` tools for a need, best first; none when no telling word of it is known."""
        need = read_need(text)
        places = {word: found for word in need.words if (found := self._places(word))}
        rarity = {word: self._rarity(word, found) for word, found in places.items()}
        hits = self._hits(places, rarity)
        most = math.fsum(rarity.values())
        scored = sorted(
            (-self._score(parts) / (most * (K1 + 1) * _HEAVIEST), slug) for slug, parts in hits.items()
        )
        return tuple(self._match(need, slug, hits[slug], -score) for score, slug in scored[: max(limit, 0)])

    def _places(self, word: str) -> Sequence[_Part]:
        found = self._parts.get(word, ())
        if not self._beside:
            return found
        changed = (part for parts in self._beside.values() for part in parts if word in part.words)
        return [*(part for part in found if part.slug not in self._beside), *changed]

    def _rarity(self, word: str, places: Sequence[_Part]) -> float:
        having = _tools_in(places) if self._beside else self._tools_with[word]
        return math.log1p((len(self._tools) - having + 0.5) / (having + 0.5))

    def _hits(
        self, places: Mapping[str, Sequence[_Part]], rarity: Mapping[str, float]
    ) -> dict[Slug, dict[_Part, dict[str, float]]]:
        """Score each word in each part where it stands: tool -> part -> word -> score."""
        hits: dict[Slug, dict[_Part, dict[str, float]]] = {}
        for word, parts in places.items():
            for part in parts:
                count = part.words[word]
                room = K1 * (1 - B + B * part.length / self._typical)
                score = part.kind.weight * rarity[word] * count * (K1 + 1) / (count + room)
                hits.setdefault(part.slug, {}).setdefault(part, {})[word] = score
        return hits

    def _score(self, parts: Mapping[_Part, Mapping[str, float]]) -> float:
        best: dict[str, float] = {}
        together = 0.0
        for part, words in parts.items():
            for word, score in words.items():
                best[word] = max(best.get(word, 0.0), score)
            if part.kind is _Kind.CAPABILITY:
                together = max(together, math.fsum(words.values()))
        return APART * math.fsum(best.values()) + TOGETHER * together

    def _match(
        self, need: Need, slug: Slug, parts: Mapping[_Part, Mapping[str, float]], score: float
    ) -> Match:
        capabilities = [part for part in parts if part.kind is _Kind.CAPABILITY]
        best = max(capabilities, key=lambda part: math.fsum(parts[part].values()), default=None)
        told: dict[_Part, list[str]] = {}
        for word in need.words:
            places = [part for part in parts if word in parts[part]]
            if places:
                # Where several words meet is named before where one of them happens to score higher.
                place = max(places, key=lambda part: (len(parts[part]), parts[part][word]))
                told.setdefault(place, []).append(need.words[word])
        return Match(
            slug=slug,
            name=self._tools[slug].name,
            capability=best.label if best else None,
            score=round(min(score, 1.0), 4),
            why="; ".join(f"{_quoted(words)} in {part.label}" for part, words in told.items()),
        )


def _tools_in(parts: Iterable[_Part]) -> int:
    return len({part.slug for part in parts})


def _read(tool: Tool) -> list[_Part]:
    read = []
    for kind, label, text in _texts(tool):
        words = [folded for folded, _ in terms_as_written(text)]
        read.append(_Part(tool.slug, kind, label, Counter(words), len(words)))
    return read


def read_need(text: str) -> Need:
    """Read a need: its telling words in order, none twice, at most WORD_LIMIT of them."""
    words: dict[str, str] = {}
    for folded, written in terms_as_written(text):
        if len(words) < WORD_LIMIT:
            words.setdefault(folded, written)
    return Need(text=text, words=words)


def _texts(tool: Tool) -> Iterator[tuple[_Kind, str, str]]:
    tasks = sorted(tasks_of(tool))
    yield _Kind.NAME, _Kind.NAME.label, " ".join(tool.names)
    yield (
        _Kind.JOBS,
        _Kind.JOBS.label,
        " ".join([*tasks, tool.type.label, *(tag.replace("-", " ") for tag in tool.tags)]),
    )
    if tool.summary:
        yield _Kind.SUMMARY, _Kind.SUMMARY.label, tool.summary
    for capability in tool.capabilities:
        title = heading(capability)
        texts = [capability.title or "", capability.description, capability.unique or ""]
        yield _Kind.CAPABILITY, title, " ".join(texts)


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
