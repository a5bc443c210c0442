"""The header of a table: which column is which, and what of it is left out."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from catalog.errors import ImportFileError
from catalog.importers.reading import Caution
from catalog.importers.table.columns import (
    Column,
    Path,
    clipped,
    column,
    column_of,
    header_key,
    listed,
    nearest,
    unit_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Most columns of a table; a header that has more is none.
WIDTH_LIMIT: Final = 500
DELIMITERS: Final = (",", ";", "\t")
#: How many unknown columns are named.
_TOLD: Final = 10
_NAME: Final = ("name",)
_UNIT: Final = ("pricing", "starting", "unit")
_AMOUNT: Final = ("pricing", "starting", "usd")


class _Sure(IntEnum):
    """How surely a header means a column; of two that mean the same the surer one is read."""

    LOOSE = 0
    SYNONYM = 1
    NAME = 2
    GIVEN = 3


class Placed(NamedTuple):
    """A column that is read: where it stands in a row (from 0), what the file calls it, and what it is."""

    at: int
    header: str
    column: Column


@dataclass(frozen=True, slots=True)
class Header:
    """What is read of each row.

    Attributes:
        width: how many cells the header has.
        placed: the columns that are read.
        nameless: where cells stand under no header at all.
        warnings: what is left out.
    """

    width: int
    placed: tuple[Placed, ...]
    nameless: tuple[int, ...]
    warnings: tuple[Caution, ...]

    def label(self, path: Path) -> str:
        """Give what the file calls the column of a value, or what it should call it."""
        labels = {one.column.path: one.header for one in self.placed}
        shared = (path[0], "", *path[2:]) if path[:1] == ("signals",) else path
        found = labels.get(path) or labels.get(shared)
        return clipped(found) if found else column_of(path).name


def delimiter_of(line: str, given: Iterable[str] = ()) -> str:
    """Tell what parts the cells, from the header's first line: what makes most columns that are known."""
    keys = frozenset(map(header_key, given))

    def worth(delimiter: str) -> tuple[int, int]:
        cells = split(line, delimiter)
        known = sum(header_key(cell) in keys or column(cell) is not None for cell in cells[:WIDTH_LIMIT])
        return known, len(cells)

    return max(DELIMITERS, key=worth)


def split(line: str, delimiter: str) -> list[str]:
    """Part one line into cells; one that can't be parted is a single cell."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return [line]


def read_header(headers: Sequence[str], place: str, mapping: Mapping[str, str]) -> Header:
    """Find the column that each header means.

    Args:
        headers: the first row's cells.
        place: file and line.
        mapping: which column a header means, where the caller knows it; "" leaves one out.

    Raises:
        ImportFileError: none of them is for names, or the mapping names what isn't there.
    """
    if len(headers) > WIDTH_LIMIT:
        raise ImportFileError(
            place, f"more than {WIDTH_LIMIT} columns; the first row should name each column"
        )
    given = _given(headers, place, mapping)
    found: list[tuple[_Sure, Placed]] = []
    unknown: list[str] = []
    for index, header in enumerate(headers):
        key = header_key(header)
        meant = given[key] if key in given else column(header)
        if meant:
            sure = _Sure.GIVEN if key in given else _sure(meant, key)
            found.append((sure, Placed(index, header, meant)))
        elif key and key not in given:
            unknown.append(header)
    placed, warnings = _once([(sure, _amount(one, found)) for sure, one in found])
    if not any(one.column.path == _NAME for one in placed):
        there = (
            f"there is {listed(filter(header_key, headers))}"
            if any(map(header_key, headers))
            else "it is empty"
        )
        raise ImportFileError(place, f'no column holds names; call one of them "name" ({there})')
    placed, more = _measured(placed)
    warnings = [*_unknown(unknown), *warnings, *more]
    nameless = tuple(index for index, header in enumerate(headers) if not header_key(header))
    return Header(len(headers), placed, nameless, tuple(Caution(place, warning) for warning in warnings))


def _given(headers: Sequence[str], place: str, mapping: Mapping[str, str]) -> dict[str, Column | None]:
    there = set(map(header_key, headers))
    given: dict[str, Column | None] = {}
    for header, name in mapping.items():
        if header_key(header) not in there:
            raise ImportFileError(
                place, f'no column is called "{clipped(header)}"; there is {listed(headers)}'
            )
        meant = column(name)
        if meant is None and name:
            raise ImportFileError(place, f'"{clipped(name)}" is no field of a table{_perhaps(name)}')
        # Somebody says so: then it means nothing else.
        given[header_key(header)] = column_of(meant.path) if meant else None
    return given


def _sure(meant: Column, key: str) -> _Sure:
    if meant.loose:
        return _Sure.LOOSE
    return _Sure.NAME if key == meant.name else _Sure.SYNONYM


def _amount(one: Placed, found: Iterable[tuple[_Sure, Placed]]) -> Placed:
    """Read a "price" as the amount, where another column says what it buys."""
    paths = {other.column.path for _, other in found}
    is_amount = header_key(one.header) in {"price", "cost"} and _UNIT in paths and _AMOUNT not in paths
    return one._replace(column=column_of(_AMOUNT)) if one.column.loose and is_amount else one


def _once(found: Sequence[tuple[_Sure, Placed]]) -> tuple[tuple[Placed, ...], list[str]]:
    """Keep one column for each value, and say which one it is."""
    best: dict[Path, Placed] = {}
    warnings: list[str] = []
    for _, one in sorted(found, key=lambda pair: -pair[0]):
        kept = best.setdefault(one.column.path, one)
        if kept is not one:
            said = f'"{clipped(one.header)}" is left out: "{clipped(kept.header)}" says the same'
            warnings.append(f"{said} ({one.column.name})")
    return tuple(sorted(best.values(), key=lambda one: one.at)), warnings


def _measured(placed: tuple[Placed, ...]) -> tuple[tuple[Placed, ...], list[str]]:
    """Leave out figures of which no column says what they count, where it was seen, or when."""
    paths = {one.column.path for one in placed}
    kept: list[Placed] = []
    warnings: list[str] = []
    for one in placed:
        path = one.column.path
        lacking = []
        if path[0] == "signals" and path[2] == "value":
            needed = ("source", "observed_on") if unit_of(path[1]) else ("unit", "source", "observed_on")
            lacking = [
                part for part in needed if paths.isdisjoint({(*path[:2], part), ("signals", "", part)})
            ]
        if lacking:
            columns = " and ".join(column_of(("signals", "", part)).name for part in lacking)
            warnings.append(f'"{clipped(one.header)}" is left out: it needs {columns} beside it')
        else:
            kept.append(one)
    return tuple(kept), warnings


def _unknown(headers: Sequence[str]) -> list[str]:
    if not headers:
        return []
    told = ", ".join(f'"{clipped(header)}"{_perhaps(header)}' for header in headers[:_TOLD])
    more = f" and {len(headers) - _TOLD} more" if len(headers) > _TOLD else ""
    return [f"left out what isn't known: {told}{more}"]


def _perhaps(header: str) -> str:
    guess = nearest(header)
    return f' (did you mean "{guess}"?)' if guess else ""
