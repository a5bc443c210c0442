"""Candidates: rows that share letters with a query, in numbers only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Candidates(NamedTuple):
    """Rows that may be meant, in no order.

    Attributes:
        numbers: of the rows, int64 of shape (rows,); those of the side list count down from -1.
        shared: how many grams of the query each has, int64 of shape (rows,).
        ranks: of their tools, float64 of shape (rows,).
        sizes: bytes of their keys in UTF-8, int64 of shape (rows,).
        close: whether each is a short name one letter away, bool of shape (rows,).
    """

    numbers: NDArray[np.int64]
    shared: NDArray[np.int64]
    ranks: NDArray[np.float64]
    sizes: NDArray[np.int64]
    close: NDArray[np.bool_]

    def only(self, kept: NDArray[np.bool_]) -> Candidates:
        """Give some of the rows."""
        return Candidates(
            self.numbers[kept], self.shared[kept], self.ranks[kept], self.sizes[kept], self.close[kept]
        )
