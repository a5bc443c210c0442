from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.embeds.table import AHEAD, WIDTH, Line, table, width

cells = st.text(
    st.sampled_from("ab -,()1通义😀é") | st.characters(exclude_categories=["C", "Z"]), max_size=40
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[Line]]:
    """Headings and rows of two to four columns."""
    columns = draw(st.integers(2, 4))
    row = st.lists(cells, min_size=columns, max_size=columns)
    ahead = st.none() | st.integers(0, columns - 1)
    return draw(row), draw(st.lists(st.builds(Line, cells, row, ahead), max_size=6))


@given(tables())
def test_never_too_wide(content: tuple[list[str], list[Line]]) -> None:
    """No line is wider than the table, whatever its cells hold."""
    header, lines = content
    assert all(width(line) <= WIDTH for line in table(header, lines).splitlines())


@given(tables())
def test_nothing_is_cut(content: tuple[list[str], list[Line]]) -> None:
    """Every letter of every cell is there."""
    header, lines = content
    drawn = table(header, lines)
    wanted = [*header, *(text for line in lines for text in (line.label, *line.values))]
    wanted += [AHEAD for line in lines if line.ahead is not None]
    assert sorted("".join("".join(wanted).split())) == sorted("".join(drawn.split()))


def test_mark() -> None:
    """The value ahead, and no other, carries the mark."""
    drawn = table(["A", "B"], [Line("Rank", ["1", "2"], ahead=1), Line("Type", ["x", "y"])])
    assert drawn.count(AHEAD) == 1
    assert f"2 {AHEAD}" in drawn


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("通义", 4), ("é", 1), ("e\u0301", 1), ("😀", 2), ("\uff21\uff22", 4)],
)
def test_width(text: str, columns: int) -> None:
    """Wide letters and emoji take two columns, combining marks none."""
    assert width(text) == columns
