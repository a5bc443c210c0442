"""The side list: what changed since a segment was built, few enough to be looked at one by one."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import Counter, defaultdict
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from catalog.names import compact
from catalog.resolver.alphabet import grams, hashed, numbers, shortened
from catalog.resolver.parts import SHORT, SHORTEST, SLUG, bare, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from catalog.resolver.entry import Entry
    from catalog.resolver.segment import Segment


class SideRow(NamedTuple):
    """One name of a changed entry, with what a segment would hold of it.

    Attributes:
        entry: whose name it is.
        place: where it comes from; see `parts.spellings`.
        key: the name as it is compared.
        bare: the loosest spelling of it.
        grams: of its letters; none of a slug, which is only spelt out.
        short: hashes of it with a letter left out, when it is short.
        starts: its letters from each word on, without spaces; none of a slug.
    """

    entry: Entry
    place: int
    key: str
    bare: str
    grams: frozenset[int]
    short: tuple[int, ...]
    starts: tuple[str, ...]

    @classmethod
    def all_of(cls, entry: Entry) -> tuple[SideRow, ...]:
        """Give the rows of an entry."""
        return tuple(cls._of(entry, place, key) for place, key in spellings(entry))

    @classmethod
    def _of(cls, entry: Entry, place: int, key: str) -> SideRow:
        letters = numbers(compact(key))
        fuzzy = place != SLUG
        short = shortened(letters) if fuzzy and SHORTEST <= len(letters) <= SHORT else ()
        begins = [0, *(space + 1 for space, letter in enumerate(key) if letter == " ")] if fuzzy else []
        return cls(
            entry,
            place,
            key,
            bare(key),
            frozenset(grams(letters) if fuzzy else ()),
            tuple(short),
            tuple(compact(key[begin:]) for begin in begins),
        )


class Side:
    """The new rows of changed entries beside a segment. Immutable.

    Attributes:
        rows: of the entries that there are now, in the order of `Entry.order`.
        ranks: the place of each row's entry among the entries of the segment, float64 of shape (rows,): between
            two whole numbers.
    """

    def __init__(self, segment: Segment, rows: Mapping[str, tuple[SideRow, ...]]) -> None:
        """Take the rows of each changed slug; none for an entry that is gone."""
        self._by_slug = rows
        self._segment = segment
        present = sorted((found for found in rows.values() if found), key=lambda found: found[0].entry.order)
        self.rows = tuple(row for found in present for row in found)
        behind = [bisect(segment.entries, found[0].entry.order, key=attrgetter("order")) for found in present]
        self.ranks = np.array(
            [
                place - 0.5 + number / (2 * len(present) + 2)
                for number, (place, found) in enumerate(zip(behind, present, strict=True))
                for _ in found
            ],
            dtype=np.float64,
        )
        self._spelt: defaultdict[str, list[int]] = defaultdict(list)
        self._grams: defaultdict[int, list[int]] = defaultdict(list)
        self._short: defaultdict[int, list[int]] = defaultdict(list)
        self._whole: defaultdict[int, list[int]] = defaultdict(list)
        self._starts = sorted((start, number) for number, row in enumerate(self.rows) for start in row.starts)
        for number, row in enumerate(self.rows):
            self._spelt[row.bare].append(number)
            self._whole[hashed(numbers(row.bare))].append(number)
            for one in row.short:
                self._short[one].append(number)
            for one in row.grams:
                self._grams[one].append(number)

    def __len__(self) -> int:
        return len(self._by_slug)

    def __contains__(self, slug: str) -> bool:
        return slug in self._by_slug

    def changed(self, entries: Mapping[str, Entry | None]) -> Side:
        """Give the side list with some entries changed, added, or (None) gone."""
        new = {slug: SideRow.all_of(entry) if entry else () for slug, entry in entries.items()}
        return Side(self._segment, {**self._by_slug, **new})

    def entry(self, slug: str) -> Entry | None:
        """Give a changed entry as it is now; None for one that is gone."""
        rows = self._by_slug[slug]
        return rows[0].entry if rows else None

    def entries(self) -> Iterable[Entry]:
        """Give the entries that there are now, the most popular first."""
        return dict.fromkeys(row.entry for row in self.rows)

    def slugs(self) -> Iterable[str]:
        """Give the slugs of all that changed or is gone."""
        return self._by_slug.keys()

    def spelt(self, spelling: str) -> Sequence[int]:
        """Give the rows that read so."""
        return self._spelt.get(spelling, ())

    def starting(self, letters: str) -> set[int]:
        """Give the rows that read so from one of their words on."""
        found = set()
        for start, number in islice(self._starts, bisect_left(self._starts, (letters, 0)), None):
            if not start.startswith(letters):
                break
            found.add(number)
        return found

    def shared(self, wanted: Iterable[int]) -> Counter[int]:
        """Count how many of some grams rows have, for those that have any."""
        return Counter(chain.from_iterable(self._grams.get(gram, ()) for gram in wanted))

    def neighbours(self, short: Iterable[int], whole: Iterable[int]) -> Iterable[int]:
        """Give the rows with one of these hashes of short names, or of whole ones."""
        for one in short:
            yield from self._short.get(one, ())
        for one in whole:
            yield from self._whole.get(one, ())
