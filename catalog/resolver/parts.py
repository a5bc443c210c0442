"""Parts: the names of some entries, spelt and laid out in arrays, of which a segment is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from catalog.names import compact, name_keys
from catalog.resolver.alphabet import (
    BITS,
    BREAK,
    DOT,
    EDGE,
    PACK_FLAGS,
    PACKED,
    POWERS,
    SPACE,
    hashes,
    is_digit,
    numbers,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from catalog.resolver.entry import Entry

#: Names that are prepared at a time: few enough that other threads get a turn, enough for arrays to pay.
_CHUNK = 4096
#: Letters of a name whose misspellings share too few grams with it: they are found by a letter left out.
SHORTEST, SHORT = 3, 8
#: Where a row's text comes from: the name, one of the aliases (1 and up), or the slug, which is only ever spelt out.
NAME, SLUG = 0, 255
#: Aliases of one tool that are looked for.
_ALIASES = 254


def spellings(entry: Entry) -> list[tuple[int, str]]:
    """Give the keys by which an entry is called, each with its place.

    A place is NAME, the number of an alias (from 1), or SLUG where that reads otherwise than all of them.
    """
    return [(place, key) for _, place, key in _spelt([entry], 0)]


def _spelt(entries: Sequence[Entry], first: int) -> list[tuple[int, int, str]]:
    """Spell some entries: of each row the number of its entry, counted from `first`, its place and its key."""
    names = name_keys([entry.name for entry in entries])
    rows = [(number, NAME, name) for number, name in enumerate(names, first) if name]
    called = [
        (number, place, alias)
        for number, entry in enumerate(entries, first)
        if entry.aliases
        for place, alias in enumerate(entry.aliases[:_ALIASES], 1)
    ]
    # Most are filed as they are called, and need no closer look to see so.
    filed = [
        (number, entry.slug)
        for number, (entry, name) in enumerate(zip(entries, names, strict=True), first)
        if entry.slug.replace("-", " ") != name and entry.slug != entry.name.lower()
    ]
    if not called and not filed:
        return rows
    keys = name_keys([alias for *_, alias in called])
    rows += [(number, place, key) for (number, place, _), key in zip(called, keys, strict=True) if key]
    keys = name_keys([slug for _, slug in filed])
    slugs = {number: key for (number, _), key in zip(filed, keys, strict=True) if key}
    spelt = {(number, bare(key)) for number, _, key in rows if number in slugs}
    rows += [(number, SLUG, key) for number, key in slugs.items() if (number, bare(key)) not in spelt]
    # By entry and place.
    rows.sort()
    return rows


def bare(key: str) -> str:
    """Give the loosest spelling of a key: without separators and dots, so that "gpt35" finds GPT-3.5."""
    return compact(key).replace(".", "")


class Part(NamedTuple):
    """What a segment holds of some rows; row numbers count from the first of them.

    `grams` packs a gram (high half) with its row (low half), `words` the hash of a word with its entry.
    """

    owners: NDArray[np.int32]
    places: NDArray[np.uint8]
    text: bytes
    sizes: NDArray[np.int64]
    exact: NDArray[np.uint32]
    short: NDArray[np.uint32]
    short_rows: NDArray[np.int32]
    grams: NDArray[np.uint64]
    starts: NDArray[np.uint64]
    start_rows: NDArray[np.int32]
    words: NDArray[np.uint64]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, str]]) -> Part:
        """Prepare rows: for each its entry, its place and its key."""
        owned, placed, keys = zip(*rows, strict=True)
        whole = "\n".join(keys)
        places = np.array(placed, dtype=np.uint8)
        encoded = np.frombuffer(f"{whole}\n".encode(), dtype=np.uint8)
        ends = np.flatnonzero(encoded == ord("\n"))
        letters = np.frombuffer(numbers(f"{whole}\n"), dtype=np.uint8)
        # Spaces go, but those between two numbers: Gemma 2 7B is not Gemma 27B.
        spaces = letters == SPACE
        between = spaces.copy()
        between[1:-1] &= is_digit(letters[:-2]) & is_digit(letters[2:])
        closed = letters[~spaces | between]
        # A word starts after a space, kept or not, and after the break between names.
        opens = np.ones(len(letters), dtype=bool)
        opens[1:] = spaces[:-1] | (letters[:-1] == BREAK)
        first = opens[~spaces | between] & (closed != SPACE)
        closed = np.where(closed == BREAK, EDGE, closed).astype(np.uint8)
        row = np.cumsum(closed == EDGE) - (closed == EDGE)
        fuzzy = places != SLUG
        short, short_rows = _shortened(closed, fuzzy)
        starts, start_rows = _starts(closed, row, first & fuzzy[row] & (closed != EDGE))
        owners = np.array(owned, dtype=np.int32)
        return cls(
            owners=owners,
            places=places,
            text="".join(keys).encode(),
            sizes=np.diff(ends, prepend=-1) - 1,
            exact=_hashed(closed, row, len(rows)),
            short=short,
            short_rows=short_rows,
            grams=_grams(closed, row, fuzzy),
            starts=starts,
            start_rows=start_rows,
            words=_words(letters, owners, fuzzy),
        )


def chunks(entries: Sequence[Entry]) -> Iterator[list[tuple[int, int, str]]]:
    """Spell entries, some thousand entries at a time: of each row its entry, its place and its key."""
    for first in range(0, len(entries), _CHUNK):
        if rows := _spelt(entries[first : first + _CHUNK], first):
            yield rows


def together(high: NDArray[Any], low: NDArray[Any]) -> NDArray[np.uint64]:
    """Pack two numbers of at most 32 bits into one, so that both are sorted at once."""
    both: NDArray[np.uint64] = high.astype(np.uint64) << np.uint64(32) | low.astype(np.uint64)
    return both


def _hashed(closed: NDArray[np.uint8], row: NDArray[np.int64], rows: int) -> NDArray[np.uint32]:
    kept = (closed != EDGE) & (closed != DOT)
    lengths = np.bincount(row[kept], minlength=rows)
    return hashes(closed[kept], np.cumsum(lengths) - lengths, lengths)


def _shortened(
    closed: NDArray[np.uint8], fuzzy: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Hash short keys with each letter left out; digits are facts and stay."""
    ends = np.flatnonzero(closed == EDGE)
    lengths = np.diff(ends, prepend=-1) - 1
    found = [np.zeros(0, np.uint32)]
    rows = [np.zeros(0, np.int32)]
    for length in range(SHORTEST, SHORT + 1):
        these = np.flatnonzero((lengths == length) & fuzzy)
        letters = closed[(ends[these] - length)[:, None] + np.arange(length)]
        # What comes after the letter that is left out moves up by one.
        before, after = np.zeros((2, len(these), length), np.uint64)
        np.cumsum(letters[:, :-1] * POWERS[: length - 1], axis=1, out=before[:, 1:])
        moved = letters[:, :0:-1] * POWERS[length - 2 :: -1]
        np.cumsum(moved, axis=1, out=after[:, -2::-1])
        row, place = np.nonzero(~is_digit(letters))
        found.append(((before + after)[row, place] >> np.uint64(32)).astype(np.uint32))
        rows.append(these[row].astype(np.int32))
    return np.concatenate(found), np.concatenate(rows)


def _grams(closed: NDArray[np.uint8], row: NDArray[np.int64], fuzzy: NDArray[np.bool_]) -> NDArray[np.uint64]:
    edged = np.concatenate((np.zeros(1, np.uint8), closed)).astype(np.uint64)
    first, second, third = edged[:-2], edged[1:-1], edged[2:]
    gram = first << np.uint64(2 * BITS) | second << np.uint64(BITS) | third
    # The middle letter says whose gram it is: at an edge it is nobody's.
    inside = (second != EDGE) & fuzzy[row[:-1]]
    return together(gram[inside], row[:-1][inside])


def _starts(
    closed: NDArray[np.uint8], row: NDArray[np.int64], first: NDArray[np.bool_]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    padded = np.concatenate((closed, np.zeros(PACKED, np.uint8))).astype(np.uint64)
    at = np.flatnonzero(first)
    packed = np.zeros(len(at), np.uint64)
    open_ = np.ones(len(at), dtype=bool)
    for place in range(PACKED):
        letter = padded[at + place]
        open_ &= letter != EDGE
        packed = packed << np.uint64(BITS) | np.where(open_, letter, np.uint64(0))
    later = (at > 0) & (closed[at - 1] != EDGE)
    return packed << np.uint64(PACK_FLAGS) | later.astype(np.uint64), row[at].astype(np.int32)


def _words(
    letters: NDArray[np.uint8], owners: NDArray[np.int32], fuzzy: NDArray[np.bool_]
) -> NDArray[np.uint64]:
    """Hash the words of two letters and more that hold no digit."""
    gaps = np.flatnonzero((letters == SPACE) | (letters == BREAK))
    begins = np.concatenate((np.zeros(1, np.int64), gaps[:-1] + 1))
    lengths = gaps - begins
    digits = np.concatenate((np.zeros(1, np.int64), np.cumsum(is_digit(letters))))
    row = np.cumsum(letters[gaps] == BREAK) - (letters[gaps] == BREAK)
    kept = (lengths > 1) & (digits[gaps] == digits[begins]) & fuzzy[row]
    if not kept.any():
        return np.zeros(0, np.uint64)
    begins, lengths, row = begins[kept], lengths[kept], row[kept]
    ends = np.cumsum(lengths)
    picked = np.arange(ends[-1]) + np.repeat(begins - (ends - lengths), lengths)
    hashed = hashes(letters[picked], ends - lengths, lengths)
    return together(hashed, owners[row])
