"""The index: every name of a catalog at one moment, and the ways to reach those that may be meant."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from catalog.names import compact, name_key
from catalog.resolver.alphabet import PACKED, grams, hashed, numbers, shortened
from catalog.resolver.candidates import Candidates
from catalog.resolver.parts import SHORT, SLUG, bare
from catalog.resolver.phrase import Phrase
from catalog.resolver.picking import NOT, commonest, group_of, groups_of, without
from catalog.resolver.row import Row
from catalog.resolver.segment import Segment, build, starting
from catalog.resolver.side import Side
from catalog.resolver.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from catalog.resolver.entry import Entry

#: Postings that are read for each row wanted at most, rarest grams first.
_POSTINGS = 125
#: Rows that one hash of a short name may bring.
_NEIGHBOURS = 32
#: More rows than wanted that are asked for at first where some are masked: seldom more of them are.
_SPARE = 64


@dataclass(frozen=True)
class Index:
    """A segment, less the rows of entries that changed, plus their new ones. Immutable; safe to share."""

    segment: Segment
    side: Side
    vocabulary: Vocabulary
    masked: NDArray[np.int32]
    """Rows of the segment that no longer count, in order, int32 of shape (masked,)."""
    count: int
    """How many entries there are."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Index:
        """Index entries."""
        segment = build(entries)
        return cls(
            segment, Side(segment, {}), Vocabulary.of(segment), np.zeros(0, np.int32), len(segment.entries)
        )

    def changed(self, entries: Mapping[str, Entry | None]) -> Index:
        """Give the index with some entries changed, added, or (None) gone. It shares the segment."""
        gone = [known for slug in entries if (known := self.entry(slug)) is not None]
        fresh = [slug for slug in entries if slug not in self.side]
        rows = [
            row
            for slug in fresh
            if (number := self._filed(slug)) is not None
            for row in self.segment.rows_of(number)
        ]
        return Index(
            self.segment,
            self.side.changed(entries),
            self.vocabulary.changed(gone, (entry for entry in entries.values() if entry)),
            np.union1d(self.masked, np.array(rows, dtype=np.int32)).astype(np.int32),
            self.count - len(gone) + sum(entry is not None for entry in entries.values()),
        )

    def entries(self) -> Iterable[Entry]:
        """Give all entries, the most popular first."""
        kept = (entry for entry in self.segment.entries if entry.slug not in self.side)
        return merge(kept, self.side.entries(), key=attrgetter("order"))

    def entry(self, slug: str) -> Entry | None:
        """Give the entry filed under a slug."""
        if slug in self.side:
            return self.side.entry(slug)
        number = self._filed(slug)
        return None if number is None else self.segment.entries[number]

    def row(self, number: int) -> Row:
        """Give a row; those of the side list are counted down from -1."""
        if number < 0:
            beside = self.side.rows[~number]
            return Row(beside.entry, beside.place, Phrase.of(beside.key), float(self.side.ranks[~number]))
        owner = int(self.segment.owners[number])
        phrase = Phrase.of(self.segment.key(number))
        return Row(self.segment.entries[owner], int(self.segment.places[number]), phrase, float(owner))

    def owner(self, number: int) -> tuple[Entry, int]:
        """Give the entry of a row and where the row's text comes from, which costs less than the row."""
        if number < 0:
            return self.side.rows[~number].entry, self.side.rows[~number].place
        return self.segment.entries[self.segment.owners[number]], int(self.segment.places[number])

    def key(self, number: int) -> str:
        """Give the key of a row."""
        return self.side.rows[~number].key if number < 0 else self.segment.key(number)

    def keys(self, numbers_: NDArray[np.int64]) -> list[str]:
        """Give the keys of some rows."""
        if numbers_.min(initial=0) < 0:
            return list(map(self.key, numbers_.tolist()))
        return self.segment.keys(numbers_)

    def spelt(self, *keys: str) -> list[Row]:
        """Give the rows that read like one of some keys when separators and dots are left out, in order."""
        return sorted(
            map(self.row, self._spelling({bare(key) for key in keys})), key=lambda row: (row.rank, row.place)
        )

    def yields(self, row: Row) -> bool:
        """Whether a row is a family's name which some tool has as its own: that tool keeps it."""
        return row.floats and any(
            not other.floats and other.phrase.key == row.phrase.key for other in self.spelt(row.phrase.key)
        )

    def spelling(self, letters: str) -> list[int]:
        """Give the numbers of the names and aliases that read so without spaces, names first, by popularity."""
        found = [
            row for row in self._spelling({letters.replace(".", "")}) if compact(self.key(row)) == letters
        ]
        rows = [(number, self.row(number)) for number in found]
        order = sorted(
            (not row.is_name, row.rank, row.place, number) for number, row in rows if row.place != SLUG
        )
        return [number for *_, number in order]

    def _spelling(self, wanted: AbstractSet[str]) -> list[int]:
        codes = [hashed(numbers(one)) for one in wanted]
        rows = _of_hashes(self.segment.exact_hashes, self.segment.exact_rows, codes)
        kept = [row for row in rows if bare(self.segment.key(row)) in wanted]
        return self._unmasked(kept) + [~number for one in wanted for number in self.side.spelt(one)]

    def near(self, letters: str, limit: int, *, whole: bool = True) -> Candidates:
        """Give the rows that share most with a query: `limit` of them and the neighbours of a short one.

        Rows are counted by shared grams; equal counts follow popularity.

        Args:
            letters: of the query, without spaces.
            limit: rows at most, neighbours not counted.
            whole: whether the query ends here.
        """
        typed = numbers(letters)
        wanted = grams(typed, whole=whole)
        rows, shared, read = self._sharing(wanted, limit)
        close: set[int] = set()
        if whole and len(typed) <= SHORT + 1:
            close = set(self._neighbours(typed))
            extra = np.array(sorted(close.difference(rows.tolist())), dtype=np.int64)
            extra = extra[extra >= 0]
            rows = np.concatenate((rows, extra))
            # What a neighbour shares isn't known without reading on, and it is kept whatever it shares.
            shared = np.concatenate((shared, np.zeros(len(extra), np.int64)))
        owners, offsets = self.segment.owners, self.segment.offsets
        found = Candidates(
            rows,
            shared,
            owners[rows].astype(np.float64),
            offsets[rows + 1].astype(np.int64) - offsets[rows],
            np.array([row in close for row in rows.tolist()] if close else [False] * len(rows), dtype=bool),
        )
        return self._with_side(found, read, close, limit) if self.side.rows else found

    def popular(self, limit: int) -> list[Entry]:
        """Give the most popular entries, at most `limit`."""
        return list(islice(self.entries(), limit))

    def starting(self, start: str, limit: int) -> Iterable[int]:
        """Give rows that read so from one of their words on.

        Names that start so come first, then aliases that do, then rows with a later word that does; each group
        by popularity.

        Args:
            start: letters without spaces, at least one.
            limit: rows at most.
        """
        rows = self._starting(start, limit)
        beside = sorted(
            (group, float(self.side.ranks[number]), number)
            for number in self.side.starting(start)
            if (group := group_of((row := self.side.rows[number]).key, start, row.place)) != NOT
        )
        if not beside:
            return map(int, rows)
        groups = groups_of(self.segment, rows, start)
        found = zip(groups.tolist(), self.segment.owners[rows].tolist(), rows.tolist(), strict=True)
        counted_down = ((group, rank, ~number) for group, rank, number in beside)
        return [number for *_, number in islice(merge(found, counted_down), limit)]

    def _starting(self, start: str, limit: int) -> NDArray[np.int32]:
        """Give rows of the segment that start so, each once, the likeliest first."""
        letters, spare = numbers(start), len(self.masked)
        wanted = limit + min(spare, _SPARE)
        rows = starting(self.segment, letters, wanted)
        if spare:
            kept = rows[self._is_present(rows)]
            if len(rows) >= wanted and len(kept) < limit:
                rows = starting(self.segment, letters, limit + spare)
                kept = rows[self._is_present(rows)]
            rows = kept
        if start.isascii() and len(letters) <= PACKED:
            # Their numbers say all of these letters, and the rows are in order.
            return np.array(list(dict.fromkeys(rows.tolist()))[:limit], dtype=np.int32)
        rows = np.unique(rows)
        groups = groups_of(self.segment, rows, start)
        order = np.argsort(groups, kind="stable")
        return rows[order[: min(limit, int(np.count_nonzero(groups != NOT)))]]

    def _with_side(
        self, found: Candidates, read: Sequence[int], near: AbstractSet[int], limit: int
    ) -> Candidates:
        counts = self.side.shared(read)
        close = {~one for one in near if one < 0}
        beside = sorted(close.union(counts))
        joined = Candidates(
            np.concatenate((found.numbers, np.array([~number for number in beside], dtype=np.int64))),
            np.concatenate((found.shared, np.array([counts[number] for number in beside], dtype=np.int64))),
            np.concatenate((found.ranks, self.side.ranks[beside])),
            np.concatenate(
                (found.sizes, np.array([len(self.side.rows[one].key.encode()) for one in beside], np.int64))
            ),
            np.concatenate((found.close, np.array([number in close for number in beside], dtype=bool))),
        )
        kept = joined.close.copy()
        kept[np.lexsort((joined.ranks, -joined.shared))[:limit]] = True
        return joined.only(kept)

    def _sharing(
        self, wanted: Sequence[int], limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], list[int]]:
        """Count the rows of the segment by shared grams, and give those with most, and the grams that were read."""
        grams_ = np.array(wanted, dtype=np.int64)
        starts = self.segment.gram_offsets[grams_].astype(np.int64)
        sizes = self.segment.gram_offsets[grams_ + 1] - starts
        # Names differ in their rare grams; the commonest ones cost most and tell least.
        rarest = np.argsort(sizes, kind="stable")
        most = int(np.searchsorted(np.cumsum(sizes[rarest]), _POSTINGS * limit, side="right"))
        # One at least of those that any name has.
        read = rarest[: max(most, 1 + int(np.count_nonzero(sizes == 0)))]
        spans = zip(starts[read].tolist(), sizes[read].tolist(), strict=True)
        rows = np.concatenate([self.segment.gram_rows[start : start + size] for start, size in spans])
        if len(self.masked):
            rows = without(rows, self.masked)
        if not len(rows):
            return np.zeros(0, np.int64), np.zeros(0, np.int64), grams_[read].tolist()
        rows, shared = commonest(rows, limit)
        return rows.astype(np.int64), shared, grams_[read].tolist()

    def _neighbours(self, typed: bytes) -> list[int]:
        """Give the rows of short names that differ from a query in one letter, or in two that change places."""
        short = [*shortened(typed), hashed(typed)]
        whole = short[:-1]
        rows = [
            *_of_hashes(self.segment.short_hashes, self.segment.short_rows, short, _NEIGHBOURS),
            *_of_hashes(self.segment.exact_hashes, self.segment.exact_rows, whole, _NEIGHBOURS),
        ]
        return self._unmasked(rows) + [~number for number in self.side.neighbours(short, whole)]

    def _unmasked(self, rows: list[int]) -> list[int]:
        if not len(self.masked):
            return rows
        present = self._is_present(np.array(rows, dtype=np.int32)).tolist()
        return [row for row, there in zip(rows, present, strict=True) if there]

    def _is_present(self, rows: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Tell which rows of the segment still count, when some don't."""
        at = np.minimum(np.searchsorted(self.masked, rows), len(self.masked) - 1)
        present: NDArray[np.bool_] = self.masked[at] != rows
        return present

    def _filed(self, slug: str) -> int | None:
        """Give the number of a slug's entry in the segment, masked or not."""
        owners, entries = self.segment.owners, self.segment.entries
        code = hashed(numbers(bare(name_key(slug))))
        for row in _of_hashes(self.segment.exact_hashes, self.segment.exact_rows, [code]):
            if entries[owners[row]].slug == slug:
                return int(owners[row])
        return None


def _of_hashes(
    hashes: NDArray[np.uint32], rows: NDArray[np.int32], wanted: Sequence[int], most: int | None = None
) -> list[int]:
    """Give the rows with one of some hashes, at most so many of each."""
    codes = np.array(wanted, dtype=np.uint32)
    lows = np.searchsorted(hashes, codes).tolist()
    highs = np.searchsorted(hashes, codes, side="right").tolist()
    return [
        row
        for low, high in zip(lows, highs, strict=True)
        if low < high
        for row in rows[low : high if most is None else min(high, low + most)].tolist()
    ]
