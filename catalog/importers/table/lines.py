"""The rows of a CSV text, one after the other, each with the line on which it begins.

A quote that is opened and never closed would swallow what follows. Such a row costs only its first line: reading goes
on behind it. Some of what comes then may still be inside the quotes, so nothing is believed until a row is as wide
as the header.
"""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from catalog.importers.documents import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NOT_UTF8: Final = 'not UTF-8 text; save the file as UTF-8 (a spreadsheet calls it "CSV UTF-8")'
ZERO_BYTE: Final = "a zero byte, as in binary data; remove it"


class Row(NamedTuple):
    """The cells of a row and the line (from 1) on which it begins."""

    line: int
    cells: list[str]


class Lines:
    """Hands lines to the csv module, and remembers what it can't tell: where a row began and what spoilt it."""

    def __init__(self, lines: Iterable[str | None]) -> None:
        self._coming = _split(lines)
        self._again: deque[str | None] = deque()
        self._taken: list[str | None] = []
        self._before = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        return (self.take() or "") + "\n"

    @property
    def last(self) -> int:
        """The number of the line that was taken last."""
        return self._before + len(self._taken)

    @property
    def fault(self) -> str | None:
        """What makes the current row unreadable, whatever the csv module made of it."""
        if None in self._taken:
            return NOT_UTF8
        return ZERO_BYTE if any("\0" in (line or "") for line in self._taken) else None

    def take(self) -> str | None:
        """Take the next line, without its end; None for one that isn't UTF-8."""
        line = self._again.popleft() if self._again else next(self._coming)
        self._taken.append(line)
        return line

    def begin(self) -> int:
        """Begin a row; gives the number of the line on which it will be."""
        self._before = self.last
        self._taken.clear()
        return self._before + 1

    def back(self, keep: int) -> None:
        """Put back all lines of the current row but so many."""
        self._again.extendleft(reversed(self._taken[keep:]))
        del self._taken[keep:]


def read_rows(lines: Lines, delimiter: str, width: int) -> Iterator[Row | Unreadable]:
    """Read row by row; those without any text are passed over.

    Args:
        lines: what is left of a text.
        delimiter: what parts two cells.
        width: how many cells the header has.
    """
    passed: tuple[int, int] | None = None
    doubtful = False
    for row, to in _parted(lines, delimiter):
        if doubtful and (isinstance(row, Unreadable) or len(row.cells) != width):
            passed = (passed[0] if passed else row.line, row.line if isinstance(row, Unreadable) else to)
            continue
        if passed:
            yield _passed_over(*passed)
            passed = None
        doubtful = isinstance(row, Unreadable) and to > row.line
        yield row
    if passed:
        yield _passed_over(*passed)


def _parted(lines: Lines, delimiter: str) -> Iterator[tuple[Row | Unreadable, int]]:
    """Part rows into cells; gives each with the last line that was taken for it, though it may be put back."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fault, to = lines.fault or _worded(error), lines.last
            lines.back(keep=1)
            yield Unreadable(line, fault), to
            continue
        if lines.fault:
            yield Unreadable(line, lines.fault), line
        elif any(map(str.strip, cells)):
            yield Row(line, cells), lines.last


def _passed_over(first: int, last: int) -> Unreadable:
    to = f" (to line {last})" if last > first else ""
    return Unreadable(
        first, f"not as wide as the header, after a row with an open quote{to}; mend that first"
    )


def _split(lines: Iterable[str | None]) -> Iterator[str | None]:
    """Part lines at a lone carriage return, too: old spreadsheets write nothing else."""
    for line in lines:
        whole = line.removesuffix("\r") if line else line
        if whole and "\r" in whole:
            yield from whole.split("\r")
        else:
            yield whole


def _worded(error: csv.Error) -> str:
    said = str(error)
    if "field limit" in said:
        return f"a cell is longer than {csv.field_size_limit():,} characters; shorten it, or close its quote"
    if "end of data" in said:
        return "a quote is opened and never closed; close it, or leave it out"
    return 'a quote stands inside a quoted cell, or is never closed; write one that is meant twice ("")'
