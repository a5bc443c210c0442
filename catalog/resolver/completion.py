"""What autocomplete offers for a half-typed name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from catalog.models import Document, Slug
from catalog.names import compact, name_key
from catalog.resolver.fit import allowed_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.resolver.index import Index

#: Rows that a misspelt prefix is held against at most.
_CANDIDATES = 96
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
            row = self._index.row(number)
            if row.entry.slug not in chosen:
                alias = None if row.is_name else row.text
                chosen[row.entry.slug] = Completion(slug=row.entry.slug, name=row.entry.name, alias=alias)
                if len(chosen) >= limit:
                    break
        return tuple(chosen.values())

    def _rows(self, start: str, limit: int) -> Iterator[int]:
        yield from self._index.spelling(start)
        # A tool may have several names that start so.
        yield from self._index.starting(start, _NAMES_A_TOOL * limit)
        yield from self._misspelt(start)

    def _misspelt(self, start: str) -> Iterable[int]:
        """Give rows that start almost as the query does, the fewest typing errors first."""
        limit = allowed_edits(len(start))
        if not limit:
            return ()
        found = self._index.near(start, _CANDIDATES, whole=False)
        likely = []
        for number, rank in zip(found.numbers.tolist(), found.ranks.tolist(), strict=True):
            begun = compact(self._index.key(number))
            # A letter too few or too many shifts the end of what was typed.
            least = min(
                OSA.distance(start, begun[: len(start) + shift], score_cutoff=limit) for shift in (-1, 0, 1)
            )
            if least <= limit:
                likely.append((least, rank, number))
        # Rows of the side list are counted down: a name goes before its aliases there too.
        return (number for *_, number in sorted(likely, key=lambda one: (*one[:2], abs(one[2]))))
