"""The table of a comparison page: rows by label, put together again where a row is broken over lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from catalog.importers.comparison_page.layout import Part, part_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.importers.comparison_page.layout import Line

#: The rows that a page has, by lower-case label; a rank's label ends in "rank".
LABELS = (
    "type",
    "rank",
    "adoption",
    "quality",
    "ecosystem",
    "match graph",
    "pricing",
    "capabilities",
    "times matched",
)
_RULE_MARKS = frozenset("|-: \t")
_HEAD = "feature"


@dataclass(slots=True)
class Row:
    """One row: the line on which it starts, its label as printed, and its values as printed."""

    line: int
    label: str
    values: list[str]

    @property
    def key(self) -> str:
        """The label as `LABELS` has it; the label itself in lower case where it isn't there."""
        label = self.label.casefold()
        return "rank" if label.endswith("rank") else label


@dataclass(slots=True)
class Table:
    """What the table says.

    Attributes:
        names: the tools, as its head names them; () without a head.
        line: the head's line, else the first row's, else 1.
        rows: complete rows by `Row.key`.
        odd: line and reason of everything that couldn't be used.
    """

    names: tuple[str, ...] = ()
    line: int = 1
    rows: dict[str, Row] = field(default_factory=dict)
    odd: list[tuple[int, str]] = field(default_factory=list)


def read_table(lines: Sequence[Line], title: Sequence[str]) -> Table:
    """Read the table's rows, in whatever order they stand.

    Args:
        lines: the page.
        title: names from the page's title, used where the table has no head.
    """
    table = Table()
    rows = _joined([line for line in lines if part_of(line, title) is Part.TABLE])
    head = next((row for row in rows if row.key == _HEAD), None)
    if head:
        table.names, table.line = tuple(head.values), head.line
    elif rows:
        table.line = rows[0].line
    width = len(table.names or title)
    for row in rows:
        if row is not head:
            _file(row, table, width)
    return table


def _file(row: Row, table: Table, width: int) -> None:
    if row.key not in LABELS:
        table.odd.append((row.line, f'left out the row "{row.label[:60]}": it is not known'))
    elif len(row.values) != width:
        reason = f'left out the row "{row.label}": it has {len(row.values)} of {width} values'
        table.odd.append((row.line, reason))
    elif row.key in table.rows:
        table.odd.append((row.line, f'left out the row "{row.label}": it is there already'))
    else:
        table.rows[row.key] = row


def _joined(lines: Sequence[Line]) -> list[Row]:
    """Put broken rows together: a line continues the row before it until that row is as wide as the head."""
    rows: list[Row] = []
    width: int | None = None
    for line in lines:
        if "-" in line.text and _RULE_MARKS.issuperset(line.text):
            # The rule under the head is the surest sign of the width, and never broken itself.
            width = len(_cells(line.text)) - 1
            continue
        cells = _cells(line.text)
        if rows and _continues(cells, rows[-1], width):
            rows[-1].values += cells
        else:
            rows.append(Row(line.number, cells[0], cells[1:]))
        if rows[-1].key == _HEAD and width is None and len(cells) > 1:
            width = len(rows[-1].values)
    return rows


def _continues(cells: list[str], row: Row, width: int | None) -> bool:
    if row.key == _HEAD and width is None:
        return not _starts_row(cells)
    missing = (width or 2) - len(row.values)
    return missing > 0 and len(cells) <= missing and not _starts_row(cells)


def _starts_row(cells: list[str]) -> bool:
    key = Row(0, cells[0], []).key
    return key in LABELS or key == _HEAD


def _cells(text: str) -> list[str]:
    cells = [cell.strip() for cell in text.split("|")[1:]]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells
