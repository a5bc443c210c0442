"""JSON Lines: one tool a line. Large name lists come so, and a broken line costs only itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.importers.documents import Entry, Unreadable, read_entries
from catalog.importers.json_documents import BrokenJsonError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.importers.reading import Reading

NAME = "JSONL"


def looks_like(text: str) -> bool:
    """Tell whether the first line is a whole JSON object and another one follows."""
    lines = [line for line in text.lstrip()[:100_000].split("\n") if line.strip()][:2]
    return len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines) and _whole(lines[0])


def read(text: str, where: str, most: int | None = None) -> Reading:
    """Read one tool a line of a text; blank lines are passed over, broken ones rejected.

    Raises:
        ImportFileError: there are more than `most`.
    """
    return read_lines(_lines(text), where, most)


def read_lines(lines: Iterable[str | None], where: str, most: int | None = None) -> Reading:
    """Read one tool a line, as the lines come; none of them is kept. None stands for a line that isn't UTF-8.

    Raises:
        ImportFileError: there are more than `most`.
    """
    return read_entries(_entries(lines), where=where, form=NAME, most=most)


def _whole(line: str) -> bool:
    try:
        parse(line)
    except BrokenJsonError:
        return False
    return True


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        # Not splitlines(): it also breaks at characters that JSON allows inside a string.
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _entries(lines: Iterable[str | None]) -> Iterator[Entry | Unreadable]:
    for number, line in enumerate(lines, 1):
        if line is None:
            yield Unreadable(number, "not UTF-8 text; save the file as UTF-8")
            continue
        if not line.strip():
            continue
        try:
            yield Entry(number, parse(line))
        except BrokenJsonError as error:
            # Binary data is told by its zero bytes; what is wrong with it as JSON would only confuse.
            reason = "a zero byte, as in binary data; remove it" if "\0" in line else error.reason
            yield Unreadable(number, reason)
