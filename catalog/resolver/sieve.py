"""The sieve: from hundreds of rows that share letters with a query to the few worth a close look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from catalog.names import compact_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from catalog.resolver.index import Index
    from catalog.resolver.phrase import Phrase
    from catalog.resolver.row import Row

#: For each row worth a close look, how many the index is asked for, and how many are left by the first pass.
_SHARING = 30
_COARSE = 8
#: Weights of the second sieve; they only have to keep the right row among the first, and were set by hand.
_LETTERS, _WORDS, _SORTED, _SHARED = 3.6, 5.0, 3.0, 3.0
#: How far behind the best a row may be; a row without anything in common has 0, the very name about 14.
_BEHIND = 3.0
#: For each row worth a close look, how many may be looked at for having all words of the query.
_MEMBERS = 3
#: Words of a family's name at most.
_FAMILY_WORDS = 2
#: Names from which on some word is a letter from any other.
_DENSE = 50_000
#: Letters from which a family's name may have one letter wrong.
_FAMILY_LETTERS = 4
_PERCENT = 100


class Near(NamedTuple):
    """A row worth a close look, and how like the query it is by the measures of the last pass.

    Attributes:
        distance: letters to change (optimal string alignment) in the whole, without separators.
        likeness: 1 minus that over the longer length, 0..1.
        shared: token_set_ratio of the keys, 0..1: 1 for names that have all words of the query.
        ordered: token_sort_ratio of the keys, 0..1.
    """

    row: Row
    distance: int
    likeness: float
    shared: float
    ordered: float


def sieve(query: Phrase, index: Index, limit: int) -> list[Near]:
    """Give the likeliest rows for a query, in no order: `limit`, and so many more that have all of its words.

    Two passes: by the share of grams in common (Dice's coefficient), which takes numbers only, and by letters
    and words, which takes the texts.
    """
    found = index.near(query.compact, _SHARING * limit)
    if not len(found.numbers):
        return []
    dice = 2 * found.shared / (len(query.key) + found.sizes + 2)
    # Of equals the more popular goes first; rows one letter away go first of all.
    coarse = np.lexsort((found.ranks, -(dice + found.close)))[: _COARSE * limit]
    numbers = found.numbers[coarse].tolist()
    keys = index.keys(found.numbers[coarse])
    closed = compact_all(keys)
    distances = process.cdist([query.compact], closed, scorer=OSA.distance, dtype=np.int32)[0]
    longest = np.maximum(np.fromiter(map(len, closed), np.int64), len(query.compact))
    letters = 1 - distances / longest
    words = _compared(fuzz.token_set_ratio, query.key, keys)
    ordered = _compared(fuzz.token_sort_ratio, query.key, keys)
    score = _LETTERS * letters**3 + _WORDS * words + _SORTED * ordered + _SHARED * dice[coarse]
    best = np.argsort(-score, kind="stable")
    near = best[:limit]
    near = near[score[near] > score[near[0]] - _BEHIND]
    kept = _has_words(query, keys, words)
    if index.count <= _DENSE:
        kept |= _starts_nearly(query, keys)
    members = best[kept[best]][: _MEMBERS * limit]
    best = np.union1d(near, members)
    measures = (measure[best].tolist() for measure in (distances, letters, words, ordered))
    return [
        Near(index.row(numbers[place]), *those)
        for place, *those in zip(best.tolist(), *measures, strict=True)
    ]


def nearness(query: Phrase, row: Row) -> Near:
    """Measure how like a query one row is, as the last pass does."""
    name = row.phrase
    distance = OSA.distance(query.compact, name.compact)
    return Near(
        row,
        distance,
        1 - distance / max(len(query.compact), len(name.compact)),
        fuzz.token_set_ratio(query.key, name.key) / _PERCENT,
        fuzz.token_sort_ratio(query.key, name.key) / _PERCENT,
    )


def _has_words(query: Phrase, keys: Sequence[str], shared: NDArray[Any]) -> Any:  # noqa: ANN401 (an array of bool)
    """Tell which names have all words of a query, whatever their versions; `shared` compares the whole of both.

    They may be far from it in letters: those of a family's members, and "claude 4" is to bring them all.
    """
    if len(query.words) > _FAMILY_WORDS:
        return np.zeros(len(keys), dtype=bool)
    if not query.versions or not query.words:
        return shared == 1
    return _compared(fuzz.token_set_ratio, " ".join(query.words), keys) == 1


def _starts_nearly(query: Phrase, keys: Sequence[str]) -> Any:  # noqa: ANN401 (an array of bool)
    """Tell which names begin with a word that is the query's only one, but for a letter: "lllama" and Llama 2."""
    if len(query.words) != 1 or query.versions or len(query.key) < _FAMILY_LETTERS:
        return np.zeros(len(keys), dtype=bool)
    firsts = [key.partition(" ")[0] for key in keys]
    return process.cdist([query.key], firsts, scorer=OSA.distance, score_cutoff=1, dtype=np.int32)[0] == 1


def _compared(scorer: Callable[..., float], query: str, choices: Sequence[str]) -> NDArray[np.float64]:
    """Give what a scorer has in percent for each choice as a share of 1."""
    compared: NDArray[np.float64] = process.cdist([query], choices, scorer=scorer, dtype=np.float64)[0]
    return compared / _PERCENT
