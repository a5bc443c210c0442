"""A rank as a bar of characters: what is sure, what may be, what is not."""

from __future__ import annotations

from typing import Final

SURE: Final = "█"
MAYBE: Final = "▒"
REST: Final = "░"


def bar(low: float, high: float, *, cells: int = 10) -> str:
    """Draw the interval `low` to `high` (0-100): full up to low, half-toned up to high, empty beyond.

    >>> bar(30, 60)
    '███▒▒▒░░░░'
    """
    sure = round(low / 100 * cells)
    maybe = max(round(high / 100 * cells), sure)
    return SURE * sure + MAYBE * (maybe - sure) + REST * (cells - maybe)
