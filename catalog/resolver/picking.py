"""Picking: the rows that have most grams of a query, and those that start as it does, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from catalog.names import compact
from catalog.resolver.parts import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

#: The group of rows with a later word that starts so.
_LATER = 2


def group_of(key: str, start: str, place: int) -> int | None:
    """Say how a row starts so: as a name (0), as an alias (1), at a later word (2), or (None) not at all."""
    if compact(key).startswith(start):
        return int(place != NAME)
    later = (compact(key[space + 1 :]) for space, letter in enumerate(key) if letter == " ")
    return _LATER if any(part.startswith(start) for part in later) else None


def in_groups(found: Iterable[tuple[int, float, int]]) -> Iterator[tuple[int, float, int]]:
    """Order rows that come in order but for those of the last group, by which few are ever reached."""
    last = []
    for one in found:
        if one[0] == _LATER:
            last.append(one)
        else:
            yield one
    yield from sorted(last)


def commonest(rows: NDArray[np.int32], limit: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Give the numbers that occur most often, and how often; equals by number.

    Args:
        rows: with repetitions, int32 of any shape (rows,) but an empty one. It is sorted in place.
        limit: different numbers at most.
    """
    rows.sort()
    least = 1
    while True:
        # Each pass drops every number once: those that are left occur once more often than the pass before.
        again = rows[1:][rows[1:] == rows[:-1]]
        if len(again) < limit:
            break
        rows, least = again, least + 1
    last = np.flatnonzero(np.concatenate((rows[1:] != rows[:-1], [True])))
    counts = np.diff(last, prepend=-1) + least - 1
    found = rows[last]
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
