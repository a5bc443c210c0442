"""From a need in words to the tools that say they meet it.

Each tool is read as parts: its name and aliases, its jobs (tasks, type and tags), its summary, and each
capability. A word of the need scores in a part by BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009; k1 1.2, b .5), times what the part weighs. A tool's score is .6 of what the
words score at their best places plus .4 of what they score together in the best capability, over what they could
score at most: words that meet in one sentence mean more than the same words strewn over a page.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from catalog.claims import heading
from catalog.models import Document, Share, Slug, Tool
from catalog.tasks import tasks_of
from catalog.terms import terms_as_written
from catalog.text import Name  # noqa: TC001 (pydantic reads it at run time)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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


@dataclass(frozen=True, slots=True)
class _Part:
    tool: int
    kind: _Kind
    label: str
    length: int


class NeedIndex:
    """An inverted index over what tools say of themselves."""

    def __init__(self, tools: Iterable[Tool]) -> None:
        self._refs: list[tuple[Slug, Name]] = []
        self._parts: list[_Part] = []
        self._postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._tools_with: defaultdict[str, int] = defaultdict(int)
        for tool in tools:
            self._add(tool)
        total = sum(part.length for part in self._parts)
        self._typical = total / len(self._parts) if total else 1.0

    def find(self, text: str, limit: int = 10) -> tuple[Match, ...]:
        """Give at most `limit` tools for a need, best first; none when no telling word of it is known."""
        need = read_need(text)
        hits = self._hits(need)
        most = math.fsum(self._rarity(word) for word in need.words if word in self._postings)
        scored = sorted(
            ((-self._score(parts) / (most * (K1 + 1) * _HEAVIEST), tool) for tool, parts in hits.items()),
        )
        return tuple(self._match(need, tool, hits[tool], -score) for score, tool in scored[: max(limit, 0)])

    def _add(self, tool: Tool) -> None:
        number, seen = len(self._refs), set[str]()
        self._refs.append((tool.slug, tool.name))
        for kind, label, text in _texts(tool):
            words = [folded for folded, _ in terms_as_written(text)]
            counts: defaultdict[str, int] = defaultdict(int)
            for word in words:
                counts[word] += 1
            for word, count in counts.items():
                self._postings[word].append((len(self._parts), count))
            seen |= counts.keys()
            self._parts.append(_Part(number, kind, label, len(words)))
        for word in seen:
            self._tools_with[word] += 1

    def _rarity(self, word: str) -> float:
        having = self._tools_with[word]
        return math.log1p((len(self._refs) - having + 0.5) / (having + 0.5))

    def _hits(self, need: Need) -> dict[int, dict[int, dict[str, float]]]:
        """Score each word in each part where it stands: tool -> part -> word -> score."""
        hits: dict[int, dict[int, dict[str, float]]] = {}
        for word in need.words:
            rarity = self._rarity(word) if word in self._postings else 0.0
            for number, count in self._postings.get(word, ()):
                part = self._parts[number]
                room = K1 * (1 - B + B * part.length / self._typical)
                score = part.kind.weight * rarity * count * (K1 + 1) / (count + room)
                hits.setdefault(part.tool, {}).setdefault(number, {})[word] = score
        return hits

    def _score(self, parts: Mapping[int, Mapping[str, float]]) -> float:
        best: dict[str, float] = {}
        together = 0.0
        for number, words in parts.items():
            for word, score in words.items():
                best[word] = max(best.get(word, 0.0), score)
            if self._parts[number].kind is _Kind.CAPABILITY:
                together = max(together, math.fsum(words.values()))
        return APART * math.fsum(best.values()) + TOGETHER * together

    def _match(self, need: Need, tool: int, parts: Mapping[int, Mapping[str, float]], score: float) -> Match:
        slug, name = self._refs[tool]
        capabilities = [number for number in parts if self._parts[number].kind is _Kind.CAPABILITY]
        best = max(capabilities, key=lambda number: math.fsum(parts[number].values()), default=None)
        told: dict[int, list[str]] = {}
        for word in need.words:
            places = [number for number in parts if word in parts[number]]
            if places:
                # Where several words meet is named before where one of them happens to score higher.
                place = max(places, key=lambda number: (len(parts[number]), parts[number][word]))
                told.setdefault(place, []).append(need.words[word])
        return Match(
            slug=slug,
            name=name,
            capability=None if best is None else self._parts[best].label,
            score=round(min(score, 1.0), 4),
            why="; ".join(f"{_quoted(words)} in {self._parts[place].label}" for place, words in told.items()),
        )


def read_need(text: str) -> Need:
    """Read a need: its telling words in order, none twice, at most WORD_LIMIT of them."""
    words: dict[str, str] = {}
    for folded, written in terms_as_written(text):
        if len(words) < WORD_LIMIT:
            words.setdefault(folded, written)
    return Need(text=text, words=words)


def _texts(tool: Tool) -> Iterator[tuple[_Kind, str, str]]:
    tasks = sorted(tasks_of(tool))
    yield _Kind.NAME, _Kind.NAME.label, " ".join([tool.name, *tool.aliases])
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
