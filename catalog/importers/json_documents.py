"""JSON: a list of tools, a mapping with a list under "tools", or one tool."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from catalog.errors import ImportFileError
from catalog.importers.documents import Entry, check_count, read_entries, stray_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from catalog.importers.reading import Reading

NAME = "JSON"

_SPACE = re.compile(r"[ \t\n\r]*")


class BrokenJsonError(Exception):
    """A text is no JSON that we take.

    Attributes:
        reason: what is wrong, for a person.
        at: where in the text, in characters from 0.
    """

    def __init__(self, reason: str, at: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BrokenJsonError(f'"{twice[:40]}" is given twice; keep one of them')
    return found


def _no_number(word: str) -> NoReturn:
    raise BrokenJsonError(f"{word} is no number in JSON; leave the field out")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_number)


def parse(text: str) -> Any:  # noqa: ANN401 (JSON holds anything)
    """Parse a text that is one JSON value.

    Raises:
        BrokenJsonError: it is not, it repeats a key, or it nests too deeply.
    """
    start = _skip(text, 0)
    value, end = _value(text, start)
    if end < len(text) and (end := _skip(text, end)) < len(text):
        raise BrokenJsonError("something follows the end of the JSON value; remove it", end)
    return value


def looks_like(text: str) -> bool:
    """Tell whether the text starts like a JSON list or object."""
    return text.lstrip()[:1] in {"[", "{"}


def read(text: str, where: str, most: int | None = None) -> Reading:
    """Read all tools of a JSON file.

    Raises:
        ImportFileError: the file as a whole is broken (says in which line), or holds more than `most`.
    """
    with _placed(text, where):
        return _read(text, where, most)


def parsed(text: str, where: str) -> Any:  # noqa: ANN401 (JSON holds anything)
    """Parse a file of JSON, whatever it holds.

    Raises:
        ImportFileError: it is broken; says in which line.
    """
    with _placed(text, where):
        return parse(text)


@contextmanager
def _placed(text: str, where: str) -> Iterator[None]:
    """Say in which line of a file JSON is broken."""
    try:
        yield
    except BrokenJsonError as error:
        line = text.count("\n", 0, error.at) + 1
        raise ImportFileError(f"{where}:{line}", f"broken JSON: {error.reason}") from None


def _read(text: str, where: str, most: int | None) -> Reading:
    start = _skip(text, 0)
    listed, keys = (start, ()) if text.startswith("[", start) else _find_list(text, start)
    if listed is None:
        line = text.count("\n", 0, start) + 1
        return read_entries([Entry(line, parse(text))], where=where, form=NAME)
    entries: list[Entry] = []
    end = _skip(text, _collect(text, listed, entries, lambda: check_count(len(entries), most, where)))
    if not keys and end < len(text):
        raise BrokenJsonError("something follows the end of the list; remove it", end)
    return read_entries(entries, where=where, form=NAME, warnings=stray_keys(keys, place=where))


def _find_list(text: str, start: int) -> tuple[int | None, tuple[str, ...]]:
    """Find where the list under "tools" starts in a top-level object, and which keys the object has."""
    if not text.startswith("{", start):
        return None, ()
    listed: int | None = None
    keys: list[str] = []
    at = _skip(text, start + 1)
    while at < len(text) and not text.startswith("}", at):
        if not text.startswith('"', at):
            raise BrokenJsonError("a key in double quotes should stand here", at)
        key, at = _value(text, at)
        at = _expect(text, _skip(text, at), ":")
        if key == "tools" and text.startswith("[", at):
            listed = at
        if key in keys:
            raise BrokenJsonError(f'"{key[:40]}" is given twice; keep one of them', at)
        keys.append(key)
        _, at = _value(text, at)
        at = _skip(text, at)
        if not text.startswith("}", at):
            at = _expect(text, at, ",")
    end = _skip(text, _expect(text, at, "}"))
    if end < len(text):
        raise BrokenJsonError("something follows the end of the JSON value; remove it", end)
    return listed, tuple(keys)


def _collect(text: str, start: int, entries: list[Entry], check: Callable[[], None]) -> int:
    """Take a list's elements one by one, so that each has its line; gives where the list ends."""
    at = _skip(text, start + 1)
    line, counted = text.count("\n", 0, at) + 1, at
    if text.startswith("]", at):
        return at + 1
    while True:
        line, counted = line + text.count("\n", counted, at), at
        value, at = _value(text, at)
        entries.append(Entry(line, value))
        check()
        at = _skip(text, at)
        if text.startswith("]", at):
            return at + 1
        at = _expect(text, at, ",")


def _expect(text: str, at: int, mark: str) -> int:
    """Step over a mark that must stand here, and the space behind it."""
    if not text.startswith(mark, at):
        what = "the file ends too early" if at >= len(text) else "something is missing or too much"
        raise BrokenJsonError(f'{what}; a "{mark}" should stand here', at)
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    if at < len(text) and text[at] > " ":  # mostly, and told sooner than with a pattern
        return at
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        no_value = error.msg == "Expecting value"
        reason = "a value should stand here" if no_value else error.msg[:1].lower() + error.msg[1:]
        raise BrokenJsonError(reason, error.pos) from None
    except BrokenJsonError as error:
        raise BrokenJsonError(error.reason, at) from None
    except RecursionError:
        raise BrokenJsonError("lists or mappings are nested too deeply", at) from None
    except ValueError:
        raise BrokenJsonError("a number has too many digits", at) from None
