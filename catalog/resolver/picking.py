"""Picking: the rows that have most grams of a query, and those that start as it does, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from catalog.names import compact
from catalog.resolver.parts import NAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from catalog.resolver.segment import Segment

#: How a row starts as a query does: at a later word, or not at all. Before them stand names, then aliases.
LATER, NOT = 2, 3
#: Rows that are sooner looked at one by one, and letters that are compared before the rest.
_FEW, _FIRST = 8, 2
_SPACE, _BREAK, _ZERO, _NINE = b" \n09"


def group_of(key: str, start: str, place: int) -> int:
    """Say how a row starts so: as a name (0), as an alias (1), at a later word (LATER), or NOT at all."""
    if compact(key).startswith(start):
        return int(place != NAME)
    later = (compact(key[space + 1 :]) for space, letter in enumerate(key) if letter == " ")
    return LATER if any(part.startswith(start) for part in later) else NOT


def groups_of(segment: Segment, rows: NDArray[np.int32], start: str) -> NDArray[np.int64]:
    """Say how each of some rows of a segment starts so: what `group_of` says of one.

    Args:
        segment: whose rows they are.
        rows: int32 of shape (rows,).
        start: letters without spaces, at least one.

    Returns:
        int64 of shape (rows,).
    """
    if len(rows) <= _FEW:
        return np.array(
            [group_of(segment.key(row), start, int(segment.places[row])) for row in rows.tolist()], np.int64
        )
    begins = segment.offsets[rows].astype(np.int64)
    # What is put behind each key parts it from the next one.
    sizes = segment.offsets[rows + 1] - begins + 1
    ends = np.cumsum(sizes)
    places = np.arange(ends[-1]) + np.repeat(begins - ends + sizes, sizes)
    letters = np.frombuffer(segment.text, np.uint8)[np.minimum(places, len(segment.text) - 1)]
    letters[ends - 1] = _BREAK
    spaces = letters == _SPACE
    gaps = spaces.copy()
    gaps[ends - 1] = True
    digit = (letters >= _ZERO) & (letters <= _NINE)
    # As `compact` has it, two numbers stay apart.
    spaces[1:-1] &= ~(digit[:-2] & digit[2:])
    kept = np.flatnonzero(~spaces)
    opens = np.flatnonzero(np.concatenate(([True], gaps[:-1]))[kept])
    typed = start.encode()
    closed = np.concatenate((letters[kept], np.zeros(len(typed), np.uint8)))
    # The first letters leave few words to compare whole.
    for place, letter in enumerate(typed[:_FIRST]):
        opens = opens[closed[opens + place] == letter]
    asked = np.frombuffer(typed, np.uint8)
    opens = opens[(closed[opens[:, None] + np.arange(len(typed))] == asked).all(axis=1)]
    at = kept[opens]
    row = np.searchsorted(ends, at, side="right")
    groups = np.full(len(rows), NOT)
    groups[row] = LATER
    first = row[at == ends[row] - sizes[row]]
    groups[first] = segment.places[rows[first]] != NAME
    return groups


def commonest(rows: NDArray[np.int32], limit: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Give the numbers that occur most often, and how often; equals by number.

    Args:
        rows: with repetitions, int32 of any shape (rows,) but an empty one. It is sorted in place.
        limit: different numbers at most.
    """
    rows.sort()
    first = np.concatenate(([True], rows[1:] != rows[:-1]))
    often, times = first, 1
    while times < len(rows):
        # The first of each run that is longer than this: what lies so far behind it is the same number.
        more = first[:-times] & (rows[times:] == rows[:-times])
        if np.count_nonzero(more) < limit:
            break
        often, times = more, times + 1
    at = np.flatnonzero(often)
    found = rows[at]
    counts = np.searchsorted(rows, found, side="right") - at
    order = np.argsort(-counts, kind="stable")[:limit]
    return found[order], counts[order]


def without(rows: NDArray[np.int32], masked: NDArray[np.int32]) -> NDArray[np.int32]:
    """Leave out some numbers.

    Args:
        rows: with repetitions, int32 of shape (rows,). It is sorted in place.
        masked: what to leave out, in order, int32 of shape (masked,).
    """
    rows.sort()
    lows, highs = np.searchsorted(rows, masked), np.searchsorted(rows, masked, side="right")
    there = np.flatnonzero(lows < highs)
    kept = np.ones(len(rows), dtype=bool)
    for low, high in zip(lows[there].tolist(), highs[there].tolist(), strict=True):
        kept[low:high] = False
    return rows[kept]
