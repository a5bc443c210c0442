"""A segment: the keys of many names in arrays that are built once and never change."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from catalog.resolver.alphabet import BITS, GRAM, GRAMS, PACK_FLAGS, PACKED, grams, packed
from catalog.resolver.parts import NAME, Part, chunks, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from catalog.resolver.entry import Entry

#: Words with one beginning from which the likeliest of them are kept ready, and how many of those.
_MANY, _HEAD = 4096, 512
#: Rows that are looked at letter by letter; more are sieved first, by so many of the rarest grams at most.
_FEW, _RAREST = 64, 3
#: Slugs that are put into an array at a time: others have to wait meanwhile.
_SLUGS = 65536
#: Numbers of any kind.
_Number = TypeVar("_Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows of keys, sorted by how popular their tools are: a row's number is its rank.

    Attributes:
        entries: in the order of their rows.
        owners: the entry of each row, int32 of shape (rows,).
        places: where each row's text comes from, uint8 of shape (rows,).
        text: all keys in UTF-8, one after the other.
        offsets: where each key starts in it, uint32 of shape (rows + 1,).
        exact_hashes: hashes of bare keys in order, uint32 of shape (rows,).
        exact_rows: the row of each, int32 of shape (rows,).
        short_hashes: hashes of short keys with one letter left out, in order, uint32 of shape (shortened,).
        short_rows: the row of each, int32 of shape (shortened,).
        gram_offsets: where the rows of each gram start, uint32 of shape (GRAMS + 1,).
        gram_rows: rows by gram, each in order, int32 of shape (postings,).
        starts: the first letters of each word of each row, packed, in order, uint64 of shape (words,). The
            lowest bit is set for a word that isn't the first.
        start_rows: the row of each, int32 of shape (words,).
        heads: the likeliest of `starts` for each beginning that very many words have, by that beginning.
        word_hashes: hashes of all words in order, uint32 of shape (vocabulary,).
        word_counts: in the names of how many tools each occurs, uint32 of shape (vocabulary,).
    """

    entries: tuple[Entry, ...]
    owners: NDArray[np.int32]
    places: NDArray[np.uint8]
    text: bytes
    offsets: NDArray[np.uint32]
    exact_hashes: NDArray[np.uint32]
    exact_rows: NDArray[np.int32]
    short_hashes: NDArray[np.uint32]
    short_rows: NDArray[np.int32]
    gram_offsets: NDArray[np.uint32]
    gram_rows: NDArray[np.int32]
    starts: NDArray[np.uint64]
    start_rows: NDArray[np.int32]
    heads: Mapping[tuple[int, int], NDArray[np.int32]]
    word_hashes: NDArray[np.uint32]
    word_counts: NDArray[np.uint32]

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays take; the entries are the catalog's own texts."""
        parts = [getattr(self, field.name) for field in fields(self)]
        return len(self.text) + sum(part.nbytes for part in parts if isinstance(part, np.ndarray))

    def key(self, row: int) -> str:
        """Give the key of a row."""
        return self.text[self.offsets[row] : self.offsets[row + 1]].decode()

    def keys(self, rows: NDArray[np.int64]) -> list[str]:
        """Give the keys of some rows."""
        begins, ends = self.offsets[rows].tolist(), self.offsets[rows + 1].tolist()
        return [self.text[begin:end].decode() for begin, end in zip(begins, ends, strict=True)]

    def rows_of(self, number: int) -> range:
        """Give the rows of an entry."""
        first, end = np.searchsorted(self.owners, np.array((number, number + 1), dtype=np.int32))
        return range(int(first), int(end))


def build(entries: Iterable[Entry]) -> Segment:
    """Build a segment of entries in any order; of two with one slug the later counts.

    It may run in a thread: what takes long in it lets other threads run.
    """
    with _uncollected():
        kept = _ordered(entries)
        parts = [Part.of(chunk) for chunk in chunks(kept)]
    first = np.cumsum([0, *(len(part.owners) for part in parts)])
    owners = _joined([part.owners for part in parts], np.int32)
    places = _joined([part.places for part in parts], np.uint8)
    sizes = _joined([part.sizes for part in parts], np.int64)
    postings = _joined(
        [part.grams + np.uint64(base) for part, base in zip(parts, first, strict=False)], np.uint64
    )
    every = np.arange(len(owners), dtype=np.int32)
    exact_hashes, exact_rows = _in_order(_joined([part.exact for part in parts], np.uint32), every)
    short_hashes, short_rows = _in_order(
        _joined([part.short for part in parts], np.uint32), _based([part.short_rows for part in parts], first)
    )
    starts, start_rows = _sorted(
        _joined([part.starts for part in parts], np.uint64),
        _based([part.start_rows for part in parts], first),
    )
    gram_offsets, gram_rows = _postings(postings)
    word_hashes, word_counts = _counted(_joined([part.words for part in parts], np.uint64))
    return Segment(
        entries=kept,
        owners=owners,
        places=places,
        text=b"".join(part.text for part in parts),
        offsets=np.concatenate((np.zeros(1, np.uint32), np.cumsum(sizes).astype(np.uint32))),
        exact_hashes=exact_hashes,
        exact_rows=exact_rows,
        short_hashes=short_hashes,
        short_rows=short_rows,
        gram_offsets=gram_offsets,
        gram_rows=gram_rows,
        starts=starts,
        start_rows=start_rows,
        heads=_heads(starts, start_rows, places),
        word_hashes=word_hashes,
        word_counts=word_counts,
    )


def starting(segment: Segment, letters: bytes, limit: int) -> NDArray[np.int32]:
    """Give rows with a word from which on they start with some letters, the likeliest first.

    Beyond alphabet.PACKED letters, and for letters that share their number with others, some rows may not.
    """
    asked = letters[:PACKED]
    known = segment.heads.get((packed(asked), len(letters)))
    if known is not None and limit <= len(known):
        return known[:limit]
    first, end = _range(segment.starts, packed(asked), len(asked))
    starts, rows = segment.starts[first:end], segment.start_rows[first:end]
    if len(letters) <= PACKED:
        return _likeliest(starts, rows, segment.places, limit)
    # Letters beyond the packed ones are compared later: then all rows have to be given that may go on so.
    further = grams(letters[1 - GRAM + PACKED :], whole=False)
    # But for the one that a name begins with.
    likely = _having(segment, rows, [gram for gram in further if gram >> (2 * BITS)])
    return _likeliest(starts[likely], rows[likely], segment.places, len(likely))


def _having(segment: Segment, rows: NDArray[np.int32], wanted: Sequence[int]) -> NDArray[np.int64]:
    """Give the places of the rows that have all of some grams, or nearly all: the rarest are looked for."""
    offsets = segment.gram_offsets
    spans = sorted((int(offsets[gram + 1] - offsets[gram]), int(offsets[gram])) for gram in wanted)
    left = np.arange(len(rows))
    for size, start in spans[:_RAREST]:
        if len(left) <= _FEW:
            break
        having = segment.gram_rows[start : start + size]
        at = np.searchsorted(having, rows[left])
        left = left[at < size]
        left = left[having[at[at < size]] == rows[left]]
    return left


def _range(starts: NDArray[np.uint64], low: int, letters: int) -> tuple[int, int]:
    width = BITS * (PACKED - letters) + PACK_FLAGS
    bounds = np.array((low, low + (1 << width) - 1), dtype=np.uint64)
    return int(np.searchsorted(starts, bounds[0])), int(np.searchsorted(starts, bounds[1], side="right"))


def _likeliest(
    starts: NDArray[np.uint64], rows: NDArray[np.int32], places: NDArray[np.uint8], limit: int
) -> NDArray[np.int32]:
    """Give some of the rows: names that start so, then aliases, then later words; each by popularity."""
    later = (starts & np.uint64(1)).astype(np.int64)
    alias = (places[rows] != NAME).astype(np.int64)
    order: NDArray[np.int64] = later << 33 | (alias & ~later) << 32 | rows
    if limit < len(order):
        order = np.partition(order, limit)[:limit]
    order.sort()
    return (order & 0xFFFFFFFF).astype(np.int32)


def _heads(
    starts: NDArray[np.uint64], rows: NDArray[np.int32], places: NDArray[np.uint8]
) -> dict[tuple[int, int], NDArray[np.int32]]:
    """Find the beginnings that very many words have, and the likeliest rows of each."""
    heads: dict[tuple[int, int], NDArray[np.int32]] = {}
    open_ = [(0, 0, 0, len(starts))]
    while open_:
        low, length, first, end = open_.pop()
        if end - first < _MANY:
            continue
        if length:
            heads[low, length] = _likeliest(starts[first:end], rows[first:end], places, _HEAD)
        if length < PACKED:
            shift = 64 - BITS * (length + 1)
            edges = np.array([low + (letter << shift) for letter in range(1, 1 << BITS)], dtype=np.uint64)
            cuts = [*(first + np.searchsorted(starts[first:end], edges)).tolist(), end]
            open_ += [
                (low + (letter << shift), length + 1, cuts[letter - 1], cuts[letter])
                for letter in range(1, 1 << BITS)
            ]
    return heads


def _ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    by_slug = {entry.slug: entry for entry in entries}
    kept = tuple(by_slug.values())
    # A fold gives them in order.
    if all(_stand_so(one, other) for one, other in pairwise(kept)):
        return kept
    popularity = np.fromiter((entry.popularity for entry in kept), np.float64, len(kept))
    # UTF-8 sorts as its code points do. Sorting arrays lets other threads run, which sorting entries doesn't.
    slugs = [entry.slug.encode() for entry in kept]
    filed = np.concatenate(
        [np.array(slugs[at : at + _SLUGS], dtype=np.bytes_) for at in range(0, len(slugs), _SLUGS)]
    )
    return tuple([kept[number] for number in np.lexsort((filed, -popularity)).tolist()])


def _stand_so(one: Entry, other: Entry) -> bool:
    """Tell whether two entries stand in the order of `Entry.order`, without making it."""
    if one.popularity == other.popularity:
        return one.slug <= other.slug
    return one.popularity > other.popularity


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave the garbage where it is for a while.

    A million names make no cycles, but so many objects that the collector would go through all of them again
    and again, with every other thread waiting.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _counted(words: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Count in how many entries each word occurs."""
    # Sorting lets other threads run, which np.unique doesn't.
    words.sort()
    hashed = (words[_first_ones(words)] >> np.uint64(32)).astype(np.uint32)
    starts = np.flatnonzero(_first_ones(hashed))
    return hashed[starts], np.diff(starts, append=len(hashed)).astype(np.uint32)


def _postings(grams: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    grams.sort()
    grams = grams[_first_ones(grams)]
    counts = np.bincount((grams >> np.uint64(32)).astype(np.int64), minlength=GRAMS)
    offsets = np.concatenate((np.zeros(1, np.uint32), np.cumsum(counts).astype(np.uint32)))
    return offsets, (grams & np.uint64(0xFFFFFFFF)).astype(np.int32)


def _first_ones(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell which elements differ from the one before."""
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return first


def _joined(parts: Sequence[NDArray[_Number]], kind: type[_Number]) -> NDArray[_Number]:
    return np.concatenate((np.zeros(0, kind), *parts))


def _based(parts: Sequence[NDArray[np.int32]], first: NDArray[np.int64]) -> NDArray[np.int32]:
    """Join numbers of rows that count from the first row of each part."""
    return _joined([part + np.int32(base) for part, base in zip(parts, first, strict=False)], np.int32)


def _in_order(
    hashed: NDArray[np.uint32], rows: NDArray[np.int32]
) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Sort hashes with their rows, equal ones by row: the most popular first."""
    both = together(hashed, rows)
    both.sort()
    return (both >> np.uint64(32)).astype(np.uint32), (both & np.uint64(0xFFFFFFFF)).astype(np.int32)


def _sorted(keys: NDArray[_Number], rows: NDArray[np.int32]) -> tuple[NDArray[_Number], NDArray[np.int32]]:
    order = np.argsort(keys, kind="stable")
    return keys[order], rows[order]
