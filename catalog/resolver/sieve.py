"""The sieve: from hundreds of rows that share letters with a query to the few worth a close look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from catalog.names import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from catalog.resolver.index import Index
    from catalog.resolver.phrase import Phrase
    from catalog.resolver.row import Row

#: For each row worth a close look, how many the index is asked for, and how many are left by the first pass.
_SHARING = 20
_COARSE = 5
#: Weights of the second sieve; they only have to keep the right row among the first, and were set by hand.
_LETTERS, _WORDS, _SORTED, _SHARED = 3.6, 5.0, 3.0, 3.0
#: How far behind the best a row may be; a row without anything in common has 0, the very name about 14.
_BEHIND = 3.0
#: For each row worth a close look, how many may be looked at for having all words of the query.
_MEMBERS = 2
#: Words of a family's name at most.
_FAMILY_WORDS = 2
_PERCENT = 100


def sieve(query: Phrase, index: Index, limit: int) -> list[Row]:
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
    letters = _compared(OSA.normalized_similarity, query.compact, [compact(key) for key in keys])
    words = _compared(fuzz.token_set_ratio, query.key, keys) / _PERCENT
    ordered = _compared(fuzz.token_sort_ratio, query.key, keys) / _PERCENT
    score = _LETTERS * letters**3 + _WORDS * words + _SORTED * ordered + _SHARED * dice[coarse]
    best = np.argsort(-score, kind="stable")
    near = best[:limit]
    near = near[score[near] > score[near[0]] - _BEHIND]
    members = best[_has_words(query, keys, words)[best]][: _MEMBERS * limit]
    best = np.union1d(near, members)
    return [index.row(numbers[place]) for place in best.tolist()]


def _has_words(query: Phrase, keys: Sequence[str], shared: NDArray[Any]) -> Any:  # noqa: ANN401 (an array of bool)
    """Tell which names have all words of a query, whatever their versions; `shared` compares the whole of both.

    They may be far from it in letters: those of a family's members, and "claude 4" is to bring them all.
    """
    if len(query.words) > _FAMILY_WORDS:
        return np.zeros(len(keys), dtype=bool)
    if not query.versions or not query.words:
        return shared == 1
    return _compared(fuzz.token_set_ratio, " ".join(query.words), keys) == _PERCENT


def _compared(scorer: Callable[..., float], query: str, choices: Sequence[str]) -> NDArray[np.float32]:
    compared: NDArray[np.float32] = process.cdist([query], choices, scorer=scorer, dtype=np.float32)[0]
    return compared
