from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import ImportFileError
from catalog.importers import Reading, Rejection, read_text
from catalog.importers.documents import Unreadable
from catalog.importers.table.lines import Lines, Row, read_rows


def read(text: str) -> Reading:
    """Read a text as the file x.csv."""
    return read_text(text, where="x.csv")


def rejected(text: str) -> list[tuple[str, str]]:
    """Give what is rejected of a text, and why."""
    return [(one.where, one.reason) for one in read(text).rejected]


def test_each_row_has_the_line_on_which_it_begins() -> None:
    """Quoted line breaks and empty lines count, whatever ends a line."""
    lines = Lines(['a,"b', "", 'c"\r', "", "d,e", "f\rg,h", None, "i\0"])
    assert [row if isinstance(row, Row) else row.line for row in read_rows(lines, ",", 2)] == [
        Row(1, ["a", "b\n\nc"]),
        Row(5, ["d", "e"]),
        Row(6, ["f"]),
        Row(7, ["g", "h"]),
        8,
        9,
    ]


def test_an_open_quote_swallows_nothing() -> None:
    """It costs its own line; rows that follow count once one is as wide as the header."""
    text = 'name,vendor\nA1,"B\nC1,D\nE1\n\nF1,G\nH1\nI1,"a"b\nJ1,K\n'
    assert [one.tool.name for one in read(text).tools] == ["C1", "E1", "F1", "H1", "J1"]
    assert rejected(text) == [
        (
            "x.csv:2",
            'a quote stands inside a quoted cell, or is never closed; write one that is meant twice ("")',
        ),
        (
            "x.csv:8",
            'a quote stands inside a quoted cell, or is never closed; write one that is meant twice ("")',
        ),
    ]


def test_the_inside_of_a_long_cell_is_no_tool() -> None:
    """A text too long for a cell isn't read as rows of names, however many lines it has."""
    text = 'name,vendor\nA1,"' + "Some prose.\n" * 20_000 + '",\nB1,C\n'
    assert [(one.tool.name, one.where) for one in read(text).tools] == [("B1", "x.csv:20003")]
    assert rejected(text) == [
        ("x.csv:2", "a cell is longer than 131,072 characters; shorten it, or close its quote"),
        (
            "x.csv:3",
            "not as wide as the header, after a row with an open quote (to line 20002); mend that first",
        ),
    ]


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(",;\t\"\n\r\0=+-@'|\\ ax1\u2028\ufeff\x85\u200b"), max_size=80),
    st.sampled_from(["", "name,x,aliases,homepage\n", "tool;price;stars;signal_source;signal_observed_on\n"]),
)
def test_no_text_breaks_the_reader(text: str, header: str) -> None:
    """Whatever the text: a reading whose rows all have a line, or the one error."""
    try:
        reading = read(header + text)
    except ImportFileError as error:
        reading = Reading("none", (), (Rejection("x.csv:1", error.reason),))
    lines = (header + text).replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    told = [one.where for one in reading.tools]
    told += [one.where for one in reading.rejected]
    told += [one.where for one in reading.warnings]
    assert all(1 <= int(where.removeprefix("x.csv:")) <= lines for where in told)


@settings(deadline=None)
@given(st.lists(st.sampled_from(['"', '""', "a,b", '"a","b"', 'a,"', '"",""', "x", ""]), max_size=12))
def test_every_line_is_in_a_row_or_told(lines: list[str]) -> None:
    """Rows come in order, and a good one behind a broken one isn't lost."""
    found = list(read_rows(Lines([*lines, "last,one"]), ",", 2))
    numbers = [row.line for row in found]
    assert numbers == sorted(numbers)
    assert found[-1] == Row(len(lines) + 1, ["last", "one"])
    if all('"' not in line for line in lines):
        assert not any(isinstance(row, Unreadable) for row in found)
