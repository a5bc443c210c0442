"""How well one name fits a query: words, letters and versions, each compared in its own way."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from catalog.resolver.wording import is_aside, is_telling, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.resolver.index import Row

_PREFIX_LETTERS = 3
_SUFFIX_LETTERS = 4
_PREFIX_WORTH = 0.9
_SUFFIX_WORTH = 0.85
_NEVER = 99
#: Weight from which several everyday words name a tool together ("dream machine").
_TELLING_TOGETHER = 0.6
#: Longest names that allow 0, 1 and 2 edits.
_MOST_LETTERS = (3, 6, 11)


class Versions(StrEnum):
    """How the versions and sizes of a query and a name stand to each other."""

    SAME = "same"
    MISSING = "missing"
    """The query leaves some out."""
    EXTRA = "extra"
    """The query asks for more than the name has."""
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Fit:
    """How a row fits a query.

    Attributes:
        asked: share of the query that the row covers, 0..1, by weight of words.
        covered: share of the row that the query covers, 0..1.
        edits: letters that differ where words were read as misspelt.
        whole_edits: edits between the whole query and the whole name without separators, or 99 when they are
            more than a name of that length allows.
        likeness: 1 minus those edits over the longer length, 0..1, counted without a limit.
        partial: whether a word was met by the beginning or the end of another only.
        telling: whether a word was met that can name a tool by itself, or several that do together.
        shared: share of the query's and the name's versions that they have in common, 0..1.
        strays: words of the query that the row lacks and that aren't said beside just any name.
    """

    row: Row
    versions: Versions
    asked: float
    covered: float
    edits: int
    whole_edits: int
    likeness: float
    partial: bool
    telling: bool
    shared: float
    strays: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether the query names the tool: nothing in it is left over, and what was met is enough."""
        return self.telling and not self.strays

    @property
    def spelt_alike(self) -> bool:
        """Whether the whole query is near enough to the whole name to be a misspelling of it."""
        return self.whole_edits < _NEVER


def allowed_edits(length: int) -> int:
    """How many letters may differ in a word or name of so many letters and still be a typing error.

    None up to 3 letters, 1 up to 6, 2 up to 11, else 3: about one letter in five; names stand too close to
    each other for more.
    """
    return bisect_left(_MOST_LETTERS, length)


def compare_versions(asked: Sequence[str], held: Sequence[str]) -> Versions:
    """Compare the versions and sizes of a query with those of a name."""
    wanted, there = set(asked), set(held)
    if wanted == there:
        return Versions.SAME
    if wanted < there:
        return Versions.MISSING
    return Versions.EXTRA if there < wanted else Versions.CONFLICT


def fit(query: Row, row: Row) -> Fit:
    """Compare a query with a name or an alias."""
    asked = total = covered = 0.0
    edits = 0
    partial = telling = False
    met: list[str] = []
    strays: list[str] = []
    left = list(row.words)
    # Words met exactly are taken first, so that a near word can't use up the one meant exactly.
    for word in sorted(query.words, key=lambda word: word not in row.words):
        worth = weight(word)
        total += worth
        found, likeness, changed = _counterpart(word, left)
        if found is None:
            # A word said twice was met the first time ("Qwen: Qwen3 Coder").
            if not is_aside(word) and word not in met:
                strays.append(word)
            continue
        left.remove(found)
        met.append(found)
        telling = telling or (is_telling(found) and is_telling(word))
        asked += worth * likeness
        covered += weight(found) * likeness
        edits += changed
        partial = partial or (changed == 0 and found != word)
    longest = max(len(query.compact), len(row.compact))
    distance = OSA.distance(query.compact, row.compact)
    return Fit(
        row=row,
        versions=compare_versions(query.versions, row.versions),
        asked=asked / total if total else float(not query.words and bool(query.versions)),
        covered=covered / (sum(map(weight, row.words)) or 1.0),
        edits=edits,
        whole_edits=distance if distance <= allowed_edits(longest) else _NEVER,
        likeness=1 - distance / longest if longest else 0.0,
        partial=partial,
        telling=telling or (len(met) > 1 and asked >= _TELLING_TOGETHER),
        shared=len(set(query.versions) & set(row.versions)) / (len({*query.versions, *row.versions}) or 1),
        strays=tuple(strays),
    )


def _counterpart(word: str, row_words: Sequence[str]) -> tuple[str | None, float, int]:
    """Find what a query's word stands for in a name: the word there, its likeness 0..1, and letters changed."""
    if word in row_words:
        return word, 1.0, 0
    best: tuple[str | None, float, int] = (None, 0.0, 0)
    for other in row_words:
        likeness, changed = _likeness(word, other)
        if likeness > best[1]:
            best = (other, likeness, changed)
    return best


def _likeness(word: str, other: str) -> tuple[float, int]:
    if len(word) >= _PREFIX_LETTERS and other.startswith(word):
        return _PREFIX_WORTH, 0
    if len(word) >= _SUFFIX_LETTERS and other.endswith(word):
        return _SUFFIX_WORTH, 0
    # A single word has no others to vouch for it: as strict as for a word a letter shorter.
    limit = allowed_edits(min(len(word), len(other) - 1))
    if limit and abs(len(word) - len(other)) <= limit:
        distance = OSA.distance(word, other, score_cutoff=limit)
        if distance <= limit:
            return 1 - distance / max(len(word), len(other)), distance
    return 0.0, 0
