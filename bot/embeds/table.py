"""A table in a code block, narrow enough for a phone: cells wrap inside their column, nothing is cut."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.limits import clip

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Columns of a code block inside an embed on a phone 400 pixels wide.
WIDTH: Final = 31
LABEL: Final = 9
#: Marks the value that is ahead; a character of its own, so that it shows without colour and is read aloud.
AHEAD: Final = "✓"
#: No value may run on for more lines than a reader would follow.
_LONGEST: Final = 60
#: In columns of up to this width the mark touches its value.
_NARROW: Final = 6


class Line(NamedTuple):
    """One row: a label, a value for each column, and which column is ahead, if any."""

    label: str
    values: Sequence[str]
    ahead: int | None = None


def width(text: str) -> int:
    """How many columns a text takes in a monospaced face: wide East Asian letters and emoji take two.

    >>> width("abc"), width("通义")
    (3, 4)
    """
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def table(header: Sequence[str], lines: Sequence[Line], *, columns: int = WIDTH) -> str:
    """Lay out a table as lines of text.

    Args:
        header: one short heading for each value column.
        lines: the rows.
        columns: width of the whole, in characters.

    Returns:
        Lines of at most `columns` columns; a value that is too wide continues on the next line of its cell,
        and one of more than _LONGEST characters is cut with an ellipsis.
    """
    room = (columns - LABEL) // len(header) - 1
    mark = f" {AHEAD}" if room > _NARROW else AHEAD
    return "\n".join(text for line in (Line("", header), *lines) for text in _laid_out(line, room, mark))


def _laid_out(line: Line, room: int, mark: str) -> list[str]:
    each = room - len(mark) if line.ahead is not None else room
    cells = [_wrapped(line.label, LABEL), *(_wrapped(clip(value, _LONGEST), each) for value in line.values)]
    if line.ahead is not None:
        ahead = cells[line.ahead + 1]
        ahead[0] += mark
    out = []
    for n in range(max(map(len, cells))):
        label, *values = (cell[n] if n < len(cell) else "" for cell in cells)
        out.append(" ".join([_padded(label, LABEL), *(_padded(value, room) for value in values)]).rstrip())
    return out


def _padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def _wrapped(text: str, columns: int) -> list[str]:
    lines: list[str] = []
    for line in textwrap.wrap(text, columns):
        # A wide letter counts as one character for textwrap, so a line may still be too wide.
        rest = line
        while width(rest) > columns:
            cut = next(n for n in range(len(rest), 0, -1) if n == 1 or width(rest[:n]) <= columns)
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return lines or [""]
