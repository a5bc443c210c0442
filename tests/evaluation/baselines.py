"""The obvious ways of finding a name, to hold ours against: fuzzy matching of all names, and trigrams in SQLite."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from tests.evaluation.measures import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from catalog.resolver import Entry

#: Tools that are given for a query, and names that may stand for them.
_GIVEN = 5
_NAMES = 12
#: Names that share trigrams with a query and are looked at more closely.
_CANDIDATES = 200
_TRIGRAM = 3
#: What the best match without separators is worth beside one in any order of the words.
_IN_ANY_ORDER = 0.95

_SEPARATORS = re.compile(r"[\W_]+")


class WRatio:
    """rapidfuzz's weighted ratio over all names and aliases, one after the other.

    Names and queries go through rapidfuzz's own processing (case and punctuation), without which it finds a good
    deal less. Equals keep the catalog's order.
    """

    label = "WRatio"

    def __init__(self, entries: Iterable[Entry]) -> None:
        texts, self._slugs = _spelt(entries)
        self._texts = [utils.default_process(text) for text in texts]

    def __call__(self, text: str) -> Found:
        """Give the nearest tools."""
        near = process.extract(utils.default_process(text), self._texts, scorer=fuzz.WRatio, limit=_NAMES)
        return _found(self._slugs[number] for _, _, number in near)


class Trigrams:
    """SQLite's full-text index of trigrams, its best two hundred by bm25, rescored by rapidfuzz."""

    label = "FTS5"

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._texts, self._slugs = _spelt(entries)
        self._base = sqlite3.connect(":memory:")
        self._base.execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize='trigram', detail='full')")
        self._base.executemany("INSERT INTO names(rowid, name) VALUES (?, ?)", enumerate(self._texts))

    def __call__(self, text: str) -> Found:
        """Give the nearest tools."""
        typed = text.casefold()
        grams = dict.fromkeys(typed[at : at + _TRIGRAM] for at in range(len(typed) - _TRIGRAM + 1))
        if not grams:
            return Found(())
        wanted = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
        select = "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?"
        with closing(self._base.execute(select, (wanted, _CANDIDATES))) as near:
            numbers = [number for (number,) in near]
        scores = self._scores(typed, numbers)
        best = sorted(range(len(numbers)), key=lambda place: (-scores[place], numbers[place]))
        return _found(self._slugs[numbers[place]] for place in best[:_NAMES])

    def _scores(self, typed: str, numbers: Sequence[int]) -> list[float]:
        """Compare letters without separators, and words in any order: what did best of several scores tried."""
        words = _SEPARATORS.sub(" ", typed)
        letters = words.replace(" ", "")
        scores = []
        for number in numbers:
            name = _SEPARATORS.sub(" ", self._texts[number])
            in_any_order = fuzz.token_sort_ratio(words, name)
            scores.append(max(fuzz.ratio(letters, name.replace(" ", "")), _IN_ANY_ORDER * in_any_order))
        return scores


def _spelt(entries: Iterable[Entry]) -> tuple[list[str], list[str]]:
    """List all names and aliases, folded, and beside them the slugs of their tools."""
    pairs = [(name.casefold(), one.slug) for one in entries for name in (one.name, *one.aliases)]
    return [name for name, _ in pairs], [slug for _, slug in pairs]


def _found(slugs: Iterator[str]) -> Found:
    return Found(tuple(dict.fromkeys(slugs))[:_GIVEN])
