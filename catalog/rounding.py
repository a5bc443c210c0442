"""Rounding parts so that what is shown adds up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Sums of floats are off in their last digits; less than this short of a whole number is that number.
_NOISE = 1e-9


def split(whole: int, parts: Sequence[float]) -> tuple[int, ...]:
    """Round parts to whole numbers that add up to a whole, by the largest remainder.

    Each part is cut, and what is left over goes to those that lost most. None is off by more than 1 as long as the
    whole is the sum of the parts, itself cut, rounded or raised to a whole number.

    >>> split(10, [3.4, 3.3, 3.3])
    (4, 3, 3)
    """
    cut = [math.floor(part + _NOISE) for part in parts]
    by_loss = sorted(range(len(cut)), key=lambda place: cut[place] - parts[place])
    for place in by_loss[: max(whole - sum(cut), 0)]:
        cut[place] += 1
    return tuple(cut)
