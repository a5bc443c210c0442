"""What autocomplete offers for a half-typed name."""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from catalog.models import Document, Slug
from catalog.names import compact
from catalog.resolver.index import row_of
from catalog.resolver.scoring import allowed_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.resolver.index import Index, Row
#: Rows that a misspelt prefix is held against at most.
_CANDIDATES = 96


class Completion(Document):
    """One choice: a tool, and the alias that was typed when it wasn't the name."""

    slug: Slug
    name: str
    alias: str | None = None


class Completer:
    """Word starts of all names and aliases in order, so that a prefix is found by halving."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._starts = sorted(
            (start, number, place)
            for number, row in enumerate(index.rows)
            for place, start in enumerate(_starts(row))
        )

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """Offer tools whose name or alias is so, then starts so, then has a word that starts so, then nearly so.

        Args:
            prefix: what was typed so far; nothing typed gives the most popular tools.
            limit: tools at most.

        Returns:
            Each tool once, under the name or alias that fits best.
        """
        query = row_of(prefix)
        if not query.key:
            rows: Iterable[Row] = (row for row in self._index.rows if not row.alias)
        else:
            rows = chain(self._starting(query.compact), self._misspelt(query))
        chosen: dict[int, Completion] = {}
        for row in rows:
            if len(chosen) >= limit:
                break
            if row.tool not in chosen:
                tool = self._index.tools[row.tool]
                alias = row.text if row.alias else None
                chosen[row.tool] = Completion(slug=tool.slug, name=tool.name, alias=alias)
        return tuple(chosen.values())

    def _misspelt(self, query: Row) -> Iterator[Row]:
        """Give rows that start almost as the query does, the fewest typing errors first."""
        start = query.compact
        limit = allowed_edits(len(start))
        if not limit:
            return
        found = []
        for number, row in enumerate(self._index.near(query, _CANDIDATES)):
            # A letter too few or too many shifts the end of what was typed.
            least = min(
                OSA.distance(start, row.compact[: len(start) + shift], score_cutoff=limit)
                for shift in (-1, 0, 1)
            )
            if least <= limit:
                found.append((least, number, row))
        yield from (row for _, _, row in sorted(found, key=itemgetter(0, 1)))

    def _starting(self, start: str) -> Iterator[Row]:
        low = bisect_left(self._starts, (start,))
        high = bisect_left(self._starts, (start + "\U0010ffff",))
        hits = sorted(
            # Exact, then from the first letter (of a name, then of an alias), then from a later word; a row's
            # number is its popularity.
            (found != start or place > 0, place > 0, self._index.rows[number].alias, number)
            for found, number, place in self._starts[low:high]
        )
        return (self._index.rows[number] for *_, number in hits)


def _starts(row: Row) -> Iterator[str]:
    """Give what a name reads from each of its words on, without separators."""
    yield row.compact
    yield from (compact(row.key[space + 1 :]) for space, letter in enumerate(row.key) if letter == " ")
