from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.embeds.bars import MAYBE, REST, SURE, bar


@given(st.floats(0, 100), st.floats(0, 100), st.integers(1, 30))
def test_bar(one: float, other: float, cells: int) -> None:
    """A bar has as many cells as asked for: what is sure, what may be, what is not, in this order."""
    low, high = sorted((one, other))
    drawn = bar(low, high, cells=cells)
    assert len(drawn) == cells
    assert drawn == SURE * drawn.count(SURE) + MAYBE * drawn.count(MAYBE) + REST * drawn.count(REST)
    assert drawn.count(SURE) == round(low / 100 * cells)


def test_ends() -> None:
    """Nothing known is all half-toned; all of it is full."""
    assert bar(0, 100) == MAYBE * 10
    assert bar(100, 100) == SURE * 10
    assert bar(0, 0) == REST * 10
