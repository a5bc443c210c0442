"""The index: every name and alias of a catalog as a row, and the ways to reach rows quickly."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import chain, islice
from typing import TYPE_CHECKING

from catalog.names import compact, is_version, name_key, words
from catalog.resolver.wording import asides, is_everyday, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.models import Tool

#: Postings that are read for one query at most, rarest trigrams first.
_POSTINGS = 40_000
#: Rows that share less than this part of what the nearest row shares aren't looked at.
_SHARE = 0.3
#: Short names share too few trigrams with a misspelling of theirs; they are reached by leaving out a letter.
_SHORT = 10
_GRAM = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One name or alias, ready for comparison.

    Attributes:
        tool: position of its tool in the index.
        text: as the document has it.
        compact: the key without spaces.
        words: the key's words without versions.
        versions: its versions and sizes, sorted.
        weight: of its words together.
        alias: whether it is an alias.
    """

    tool: int
    text: str
    key: str
    compact: str
    words: tuple[str, ...]
    versions: tuple[str, ...]
    weight: float
    alias: bool


def row_of(text: str, *, tool: int = -1, alias: bool = False) -> Row:
    """Prepare a name, an alias or a query for comparison."""
    key = name_key(text)
    parts = words(key)
    bare = tuple(word for word in parts if not is_version(word))
    return Row(
        tool=tool,
        text=text,
        key=key,
        compact=compact(key),
        words=bare,
        versions=tuple(sorted(word for word in parts if is_version(word))),
        weight=sum(map(weight, bare)),
        alias=alias,
    )


@dataclass(frozen=True, slots=True)
class Index:
    """Rows of names and aliases with exact, near and word access. Built once, never changed."""

    tools: tuple[Tool, ...]
    rows: tuple[Row, ...]
    vocabulary: Counter[str] = field(default_factory=Counter)
    """In the names and aliases of how many tools a word occurs."""
    makers: frozenset[str] = frozenset()
    """Words of vendors that aren't names of tools as well."""
    asides: tuple[frozenset[str], ...] = ()
    """What may stand beside each tool's name, in the order of the tools."""
    _spellings: dict[str, list[int]] = field(default_factory=dict)
    _shortened: dict[str, list[int]] = field(default_factory=dict)
    _grams: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, tools: Iterable[Tool]) -> Index:
        """Index the names, slugs and aliases of tools; the order of rows follows popularity."""
        kept = tuple(sorted(tools, key=lambda tool: -(tool.popularity or 0.0)))
        rows = tuple(
            row
            for number, tool in enumerate(kept)
            for row in chain(
                [row_of(tool.name, tool=number)],
                (row_of(alias, tool=number, alias=True) for alias in tool.aliases),
            )
            if row.key
        )
        spellings: defaultdict[str, list[int]] = defaultdict(list)
        shortened: defaultdict[str, list[int]] = defaultdict(list)
        grams: defaultdict[str, list[int]] = defaultdict(list)
        held: defaultdict[int, set[str]] = defaultdict(set)
        for number, row in enumerate(rows):
            for spelling in _spellings(row):
                spellings[spelling].append(number)
            for short in _one_left_out(row.compact):
                shortened[short].append(number)
            for gram in _grams_of(row.compact):
                grams[gram].append(number)
            held[row.tool].update(row.words)
        return cls(
            kept,
            rows,
            vocabulary=Counter(chain.from_iterable(held.values())),
            makers=frozenset(
                word
                for tool in kept
                for word in words(name_key(tool.vendor or ""))
                if word not in spellings and not is_everyday(word)
            ),
            asides=tuple(map(asides, kept)),
            _spellings=dict(spellings),
            _shortened=dict(shortened),
            _grams=dict(grams),
        )

    def spelt(self, query: Row) -> list[Row]:
        """Give the rows that a query spells out, most popular first; empty when there is none.

        The strictest spelling that is met counts: the same key, then the same without separators, then that
        without dots, so that "gpt35" finds GPT-3.5.
        """
        for spelling in _spellings(query):
            numbers = self._spellings.get(spelling)
            if numbers:
                return [self.rows[number] for number in numbers]
        return []

    def near(self, query: Row, limit: int) -> list[Row]:
        """Give the rows that share most with a query: `limit` of them and the one-letter neighbours.

        Rows are counted by shared trigrams; equal counts follow popularity.
        """
        postings: list[list[int]] = sorted(
            (self._grams[gram] for gram in _grams_of(query.compact) if gram in self._grams), key=len
        )
        counts: Counter[int] = Counter()
        read = 0
        for posting in postings:
            # Names differ in their rare trigrams; the commonest ones cost most and tell least.
            if read and read + len(posting) > _POSTINGS:
                break
            counts.update(posting)
            read += len(posting)
        enough = _SHARE * max(counts.values(), default=0)
        likely = (number for number, count in counts.items() if count >= enough)
        best = nsmallest(limit, likely, key=lambda number: (-counts[number], number))
        neighbours = (
            number
            for short in chain(_one_left_out(query.compact), [query.compact])
            for number in islice(self._shortened.get(short, ()), limit)
        )
        return [self.rows[number] for number in dict.fromkeys(chain(best, neighbours))]


def _spellings(row: Row) -> list[str]:
    # Marked, so that a looser spelling of one name can't pass for the strict one of another.
    return [row.key, f"compact:{row.compact}", f"bare:{row.compact.replace('.', '')}"]


def _one_left_out(text: str) -> Iterator[str]:
    if len(text) <= _SHORT:
        for number in range(len(text)):
            if not text[number].isdigit():
                yield text[:number] + text[number + 1 :]
        yield text


def _grams_of(text: str) -> set[str]:
    padded = f"  {text} "
    return {padded[start : start + _GRAM] for start in range(len(padded) - _GRAM + 1)}
