"""CSV: one tool a row, under a header that names the fields. Cells are parted by commas, semicolons or tabs.

Spreadsheets write it, so headers are taken as people write them ("Title", "License"), and a row that is wrong costs
only itself. A cell that is empty says nothing: what the catalog knows there stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from catalog.errors import ImportFileError
from catalog.importers.documents import Unreadable, check_count
from catalog.importers.reading import Authority, Caution, Incoming, Reading, Rejection
from catalog.importers.table.cells import Word, unguard
from catalog.importers.table.columns import clipped, column
from catalog.importers.table.header import DELIMITERS, Header, Placed, delimiter_of, read_header, split
from catalog.importers.table.lines import NOT_UTF8, ZERO_BYTE, Lines, read_rows
from catalog.importers.table.rows import document, path_of
from catalog.importers.wording import reason
from catalog.models import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from catalog.importers.table.columns import Path
    from catalog.importers.table.lines import Row

NAME: Final = "CSV"

#: Which column each header means, where the caller knows better; "" leaves one out.
Columns = Mapping[str, str]

_AS_THEY_ARE: Final[Columns] = {}
#: How many wrong cells of a row are told.
_TOLD: Final = 5
#: Fewest columns by which a text of unknown kind is known to be a table.
_TELLING: Final = 2
_EMPTY: Final = "empty; there is nothing to read"
_DELIMITER_SAID: Final = "sep="


def looks_like(text: str) -> bool:
    """Tell whether the first line names several columns, all of them known, and one of them for names."""
    line = text.lstrip("\ufeff \t\r\n")[:10_000].split("\n", 1)[0]
    found = [column(cell) for cell in split(line, delimiter_of(line))]
    return len(found) >= _TELLING and None not in found and any(one.path == ("name",) for one in found if one)


def read(text: str, where: str, most: int | None = None, mapping: Columns = _AS_THEY_ARE) -> Reading:
    """Read one tool a row of a text.

    Raises:
        ImportFileError: as in `read_lines`.
    """
    return read_lines(_lines(text.removeprefix("\ufeff")), where, most, mapping)


def read_lines(
    lines: Iterable[str | None], where: str, most: int | None = None, mapping: Columns = _AS_THEY_ARE
) -> Reading:
    """Read one tool a row, as the lines come; none of them is kept.

    Args:
        lines: without the line feed that ends each; None stands for one that isn't UTF-8.
        where: the file's name.
        most: how many rows there may be.
        mapping: which column a header means, by the column's name in our own tables; "" leaves one out.

    Raises:
        ImportFileError: the header can't be read, none of its columns holds names, it hasn't what the mapping names, or
            there are more rows than `most`.
    """
    coming = Lines(lines)
    line, headers, delimiter = _first(coming, where, mapping)
    header = read_header(headers, f"{where}:{line}", mapping)
    table = _Table(header, where)
    tools: list[Incoming] = []
    rejected: list[Rejection] = []
    for count, row in enumerate(read_rows(coming, delimiter, header.width), 1):
        check_count(count, most, where)
        try:
            tools.append(Incoming(table.tool(row), f"{where}:{row.line}", Authority.OWN))
        except _WrongRowError as error:
            rejected.append(Rejection(f"{where}:{row.line}", error.reason))
    return Reading(NAME, tuple(tools), tuple(rejected), (*header.warnings, *table.warnings()))


def _first(lines: Lines, where: str, mapping: Columns) -> tuple[int, list[str], str]:
    """Read the header: the first row with any text in it; gives its line, its cells and what parts them."""
    said = ""
    while True:
        begin = lines.begin()
        try:
            line = lines.take()
        except StopIteration:
            raise ImportFileError(where, _EMPTY) from None
        if lines.fault:
            raise ImportFileError(f"{where}:{begin}", NOT_UTF8 if line is None else ZERO_BYTE)
        if not line or not line.strip(" ,;\t"):
            continue
        # Some spreadsheets say on a line of its own what parts the cells.
        if line.lower().startswith(_DELIMITER_SAID) and line[len(_DELIMITER_SAID) :] in DELIMITERS:
            said = line[len(_DELIMITER_SAID) :]
            continue
        break
    delimiter = said or delimiter_of(line, mapping)
    lines.back(keep=0)
    # Through the same reader as all rows, because a header may hold line breaks in quotes, too.
    row = next(read_rows(lines, delimiter, 0), None)
    if row is None:
        raise ImportFileError(where, _EMPTY)
    if isinstance(row, Unreadable):
        raise ImportFileError(f"{where}:{row.line}", row.reason)
    return row.line, row.cells, delimiter


class _WrongRowError(Exception):
    """A row is no tool."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Table:
    """Makes tools of rows, and counts the cells that it leaves out."""

    def __init__(self, header: Header, where: str) -> None:
        self._header = header
        self._where = where
        #: By where the column stands: in which line it was first, what stood there, and in how many it was.
        self._left_out: dict[int, tuple[int, str, int]] = {}

    def tool(self, row: Row | Unreadable) -> Tool:
        """Make a tool of a row, or say what is wrong with it."""
        if isinstance(row, Unreadable):
            raise _WrongRowError(row.reason)
        if any(map(str.strip, row.cells[self._header.width :])):
            said = f"{len(row.cells)} cells under {self._header.width} columns"
            raise _WrongRowError(f"{said}; put text that holds what parts the cells in quotes")
        made = document(dict(self._values(row)))
        try:
            return Tool.model_validate(made)
        except ValidationError as error:
            raise _WrongRowError(self._reasons(error, made)) from None

    def warnings(self) -> Iterator[Caution]:
        """Say of each column what was left out of it."""
        placed = {one.at: one for one in self._header.placed}
        for index, (line, text, count) in self._left_out.items():
            rows = "1 row" if count == 1 else f"{count:,} rows"
            yield Caution(
                f"{self._where}:{line}", f'{_unfit(placed.get(index))}; left out in {rows}, here "{text}"'
            )

    def _values(self, row: Row) -> Iterator[tuple[Path, Any]]:
        cells = row.cells
        # What has no name is said to have an empty one, not to be missing: there is a column for it.
        yield ("name",), ""
        for index, _, one in self._header.placed:
            text = cells[index] if index < len(cells) else ""
            if not text.strip():
                continue
            value = one.spelling.read(unguard(text))
            if one.loose and isinstance(one.spelling, Word) and not one.spelling.knows(value):
                self._leave_out(index, row)
            elif value or value == 0:
                yield one.path, value
        for index in self._header.nameless:
            if index < len(cells) and cells[index].strip():
                self._leave_out(index, row)

    def _leave_out(self, index: int, row: Row) -> None:
        line, text, count = self._left_out.get(index) or (row.line, clipped(row.cells[index]), 0)
        self._left_out[index] = (line, text, count + 1)

    def _reasons(self, error: ValidationError, made: Mapping[str, Any]) -> str:
        """Word all that is wrong with a row, in one line, each under its column's header."""
        details = error.errors()
        unnamed = any(detail["loc"] == ("name",) for detail in details)
        # The slug is derived from the name: where that is bad, it alone is to blame.
        blamed = [detail for detail in details if not (unnamed and detail["loc"] == ("slug",))]
        worded = list(dict.fromkeys(self._worded(detail, made) for detail in blamed))
        more = len(worded) - _TOLD
        return "; ".join(worded[:_TOLD]) + (f"; and {more} more" if more > 0 else "")

    def _worded(self, detail: ErrorDetails, made: Mapping[str, Any]) -> str:
        path = path_of(detail["loc"], made)
        said = reason(detail)
        if detail["type"] == "float_parsing":
            said += " in digits with a point, such as 1500 or 0.15"
        return f"{self._header.label(path)}: {said}" if path else said


def _unfit(placed: Placed | None) -> str:
    """Say what is wrong with the cells of a column."""
    if placed is None:
        return "a cell under no header"
    if placed.column.path == ("type",):
        return f'"{clipped(placed.header)}" is read as the type of tool where it is one'
    return (
        f'"{clipped(placed.header)}" is read as how one pays (free, freemium, paid, usage) where it says so'
    )


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1
