"""What autocomplete offers for a half-typed name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.models import Document, Slug
from catalog.names import compact, compact_all, name_key
from catalog.resolver.fit import allowed_edits
from catalog.resolver.parts import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from catalog.resolver.index import Index

#: Rows that a misspelt prefix is held against at most.
_CANDIDATES = 64
#: Rows that are looked at for each tool to be offered.
_NAMES_A_TOOL = 4


class Completion(Document):
    """One choice: a tool, and the alias that was typed when it wasn't the name."""

    slug: Slug
    name: str
    alias: str | None = None


class Completer:
    """Offers tools for what is typed so far."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """Offer tools whose name or alias is so, then starts so, then has a word that starts so, then nearly so.

        Args:
            prefix: what was typed so far; nothing typed gives the most popular tools.
            limit: tools at most.

        Returns:
            Each tool once, under the name or alias that fits best.
        """
        start = compact(name_key(prefix))
        if not start:
            return tuple(Completion(slug=one.slug, name=one.name) for one in self._index.popular(limit))
        chosen: dict[str, Completion] = {}
        for number in self._rows(start, limit):
            entry, place = self._index.owner(number)
            if entry.slug not in chosen:
                row = None if place == NAME else self._index.row(number)
                if row and self._index.yields(row):
                    continue
                alias = row.text if row else None
                chosen[entry.slug] = Completion(slug=entry.slug, name=entry.name, alias=alias)
                if len(chosen) >= limit:
                    break
        return tuple(chosen.values())

    def _rows(self, start: str, limit: int) -> Iterator[int]:
        yield from self._index.spelling(start)
        # A tool may have several names that start so.
        yield from self._index.starting(start, _NAMES_A_TOOL * limit)
        yield from self._misspelt(start)

    def _misspelt(self, start: str) -> Iterable[int]:
        """Give rows that start almost as the query does, the fewest typing errors first.

        Of equals names go before aliases, then the popular.
        """
        limit = allowed_edits(len(start))
        if not limit:
            return ()
        found = self._index.near(start, _CANDIDATES, whole=False)
        if not len(found.numbers):
            return ()
        begun = compact_all(self._index.keys(found.numbers))
        # A letter too few or too many shifts the end of what was typed, by which it may differ more.
        roughly = _edits(start, [text[: len(start)] for text in begun], limit + 1)
        near = np.flatnonzero(roughly <= limit + 1)
        if not len(near):
            return ()
        texts, numbers = [begun[number] for number in near.tolist()], found.numbers[near]
        shifted = [_edits(start, [text[: len(start) + shift] for text in texts], limit) for shift in (-1, 1)]
        least = np.minimum(roughly[near], np.minimum(*shifted))
        alias = np.array([self._index.owner(number)[1] != NAME for number in numbers.tolist()])
        # Rows of the side list are counted down: a name goes before its aliases there too.
        order = np.lexsort((np.abs(numbers), found.ranks[near], alias, least))
        return map(int, numbers[order[least[order] <= limit]])


def _edits(start: str, texts: Sequence[str], limit: int) -> NDArray[np.int32]:
    """Count the typing errors between what was typed and each text; more than `limit` of them as one more."""
    counts = process.cdist([start], texts, scorer=OSA.distance, score_cutoff=limit, dtype=np.int32)
    return counts.reshape(-1)
