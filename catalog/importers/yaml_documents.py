"""YAML: a list of tools, a mapping with a list under "tools", or one tool; several documents a file are fine.

Values are built from the parser's events in one pass, because that is where line numbers, repeated keys,
depth and the true size of aliases are still to be seen. Plain scalars are read as YAML 1.2's core schema
reads them: ``no`` and ``2025-03-07`` stay text, which is what a catalog means by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from catalog.errors import ImportFileError
from catalog.importers.documents import Entry, check_count, read_entries, stray_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.importers.reading import Caution, Reading

NAME = "YAML"

#: Most characters of a file: the parser gives a megabyte of ordinary tools in a second, of one-letter values in eight.
SIZE_LIMIT = 5_000_000
#: Deepest nesting of lists and mappings; our documents need seven.
DEPTH_LIMIT = 30
#: Most values that aliases may stand for in one file, counted as if they were written out.
ALIASED_LIMIT = 100_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# No wider than what YAML 1.1 takes for a number: its writers leave everything else without quotes.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"(?:[-+]?[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]{1,3})?")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_ENTRY = re.compile(r"(?:\ufeff|\s|#[^\n]*\n|---[^\n]*\n)*(?:-[ ]+)?[\"']?(?:tools|name|slug)[\"']?[ ]*:")
_STARTS = re.compile(r"(?:\ufeff|\s|#[^\n]*\n|---[^\n]*\n)*(?:- |\"?(?:tools|name|slug)\"?[ ]*:)")

_TAB = "indent with spaces, not with tabs"
_COLON = "put a text with a colon in quotes or behind >-"
_COLUMN = "begin the fields of one thing in the same column, with a space behind each colon"
_CLOSE = "close the bracket, part what it holds by commas, and put a text with a comma or colon in quotes"
#: What to do about a fault, by how the parser's word for it starts.
_REMEDIES = {
    "found a tab": _TAB,
    "did not find expected key": f"{_COLUMN}; put a text with quotes of its own behind >-",
    "could not find expected ':'": "write a field as name, colon, space and value, and indent a text that goes on",
    "did not find expected ','": _CLOSE,
    "found unexpected end of stream": "close the quotes",
    "found unknown escape": "use single quotes, in which a backslash is one, or go on behind >-",
    "did not find expected alphabetic": "put a text that starts with & or * in quotes",
    "did not find expected comment": "begin a text behind > or | in the next line, or put it in quotes",
    "mapping keys": "put a text that starts with ? in quotes",
    "did not find expected '-'": 'begin each item of a list with "- ", all in the same column',
}
#: Faults that the parser notices only after where they are.
_BEGUN_BEFORE = ("found unexpected end of stream", "could not find expected ':'")


def is_entry(text: str) -> bool:
    """Tell whether the text begins with a key of our documents, whatever they then say."""
    return _ENTRY.match(text) is not None


def looks_like(text: str) -> bool:
    """Tell whether the text starts with a list item or with a key that our documents have."""
    return _STARTS.match(text) is not None


def read(text: str, where: str, most: int | None = None) -> Reading:
    """Read all tools of a YAML file.

    Raises:
        ImportFileError: the file as a whole is broken or unsafe to expand (says in which line), or holds more
            than `most`.
    """
    entries: list[Entry] = []
    warnings: list[Caution] = []
    for document in _documents(text, where, most):
        data, lines = document.value, document.lines
        if isinstance(data, dict) and isinstance(data.get("tools"), list):
            warnings += stray_keys(map(str, data), place=f"{where}:{document.line}")
            data, lines = data["tools"], document.tool_lines
        if isinstance(data, list):
            entries += [Entry(line, item) for line, item in zip(lines, data, strict=True)]
        elif data is not None:
            entries.append(Entry(document.line, data))
        check_count(len(entries), most, where)
    return read_entries(entries, where=where, form=NAME, warnings=warnings)


def parsed(text: str, where: str) -> Any:  # noqa: ANN401 (YAML holds anything)
    """Parse the first document of a file of YAML, whatever it holds; of a key that is given twice the last one counts.

    Raises:
        ImportFileError: it is broken or unsafe to expand; says in which line.
    """
    return next((document.value for document in _documents(text, where, None, lenient=True)), None)


@dataclass(slots=True)
class _Open:
    """A list or mapping under construction.

    `size` counts the values inside as if aliases were written out; `key` is the mapping's key that waits for
    its value.
    """

    value: list[Any] | dict[Any, Any]
    line: int
    anchor: str | None
    size: int = 1
    lines: list[int] = field(default_factory=list)
    key: Any = None
    keyed: bool = False


@dataclass(slots=True)
class _Document:
    """A finished document: its value, its line, and the lines of a top-level list's items."""

    value: Any
    line: int
    lines: list[int]
    tool_lines: list[int]


def _documents(text: str, where: str, most: int | None, *, lenient: bool = False) -> Iterator[_Document]:
    builder = _Builder(where, most, lenient=lenient)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            document = builder.take(event)
            if document is not None:
                yield document
    except yaml.MarkedYAMLError as error:
        raise _broken(error, text, where) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, max(error.position, 0)) + 1
        reason = "a character that no YAML text may hold; remove it"
        raise ImportFileError(f"{where}:{line}", reason) from None
    except yaml.YAMLError:
        raise ImportFileError(where, "broken YAML") from None


def _broken(error: yaml.MarkedYAMLError, text: str, where: str) -> ImportFileError:
    """Word what the parser stumbled over, where it began, and what to do about it."""
    problem = error.problem or error.context or ""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return ImportFileError(where, f"broken YAML: {problem}")
    if problem.startswith(_BEGUN_BEFORE) and error.context_mark:
        mark = error.context_mark
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    remedy = next((remedy for start, remedy in _REMEDIES.items() if problem.startswith(start)), "")
    if problem.startswith("mapping values"):
        # The colon that is one too many: has the line another one before it, it stands in a text.
        remedy = _COLON if ":" in line[: mark.column].replace("://", "") else _COLUMN
    elif problem.startswith("found character"):
        sign = line[mark.column : mark.column + 1]
        remedy = _TAB if sign == "\t" else f"put a text that starts with {sign} in quotes"
    return ImportFileError(
        f"{where}:{mark.line + 1}", "; ".join(filter(None, (f"broken YAML: {problem}", remedy)))
    )


class _Builder:
    """Builds plain values from a YAML event stream without recursion."""

    def __init__(self, where: str, most: int | None, *, lenient: bool) -> None:
        self._where = where
        self._lenient = lenient
        self._most = most
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._aliased = 0
        self._tool_lines: list[int] = []

    def take(self, event: yaml.Event) -> _Document | None:
        """Take the next event; gives the document that it finishes, if it does."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._anchors.clear()
            self._tool_lines = []
        elif isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, line)
            if event.anchor:
                self._anchors[event.anchor] = (value, 1)
            return self._put(value, 1, line, [])
        elif isinstance(event, yaml.AliasEvent):
            return self._alias(event, line)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            if event.tag is not None:
                raise self._error(line, f"the tag {event.tag[:40]} is not supported; leave it out")
            if len(self._stack) >= DEPTH_LIMIT:
                reason = f"lists or mappings are nested deeper than {DEPTH_LIMIT}; flatten them"
                raise self._error(line, reason)
            empty: list[Any] | dict[Any, Any] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            self._stack.append(_Open(empty, line, event.anchor))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            done = self._stack.pop()
            if done.anchor:
                self._anchors[done.anchor] = (done.value, done.size)
            return self._put(done.value, done.size, done.line, done.lines)
        return None

    def _put(self, value: Any, size: int, line: int, lines: list[int]) -> _Document | None:  # noqa: ANN401 (YAML holds anything)
        if not self._stack:
            return _Document(value, line, lines, self._tool_lines)
        parent = self._stack[-1]
        parent.size += size
        if isinstance(parent.value, list):
            parent.value.append(value)
            parent.lines.append(line)
            if self._lists_tools():
                check_count(len(parent.value), self._most, self._where)
        elif parent.keyed:
            parent.value[parent.key] = value
            parent.keyed = False
            if parent.key == "tools" and len(self._stack) == 1:
                self._tool_lines = lines
        else:
            self._key(parent, value, line)
        return None

    def _lists_tools(self) -> bool:
        """Tell whether the list under construction is the document itself, or stands under its "tools"."""
        return not self._stack[1:] or (not self._stack[2:] and self._stack[0].key == "tools")

    def _key(self, parent: _Open, key: Any, line: int) -> None:  # noqa: ANN401 (YAML holds anything)
        if isinstance(key, (list, dict)):
            raise self._error(line, "a list or mapping can't be a key; write a plain word")
        if key == "<<":
            raise self._error(line, "merge keys (<<) are not supported; write the fields out")
        name = key if isinstance(key, str) else str(key)
        if name in parent.value and not self._lenient:
            raise self._error(line, f'"{name[:40]}" is given twice; keep one of them')
        parent.key, parent.keyed = name, True

    def _alias(self, event: yaml.AliasEvent, line: int) -> _Document | None:
        if event.anchor not in self._anchors:
            raise self._error(
                line, f"*{str(event.anchor)[:40]} stands for nothing that is complete before it"
            )
        value, size = self._anchors[event.anchor]
        self._aliased += size
        if self._aliased > ALIASED_LIMIT:
            raise self._error(line, f"aliases stand for more than {ALIASED_LIMIT:,} values; write them out")
        return self._put(value, size, line, [])

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> str | bool | float | None:
        text: str = event.value
        tag: str = event.tag or "!"
        if tag not in {"!", "tag:yaml.org,2002:str"}:
            raise self._error(line, f"the tag {tag[:40]} is not supported; leave it out")
        if event.style or event.tag:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text) if _NUMBER.fullmatch(text) else text

    def _error(self, line: int, reason: str) -> ImportFileError:
        return ImportFileError(f"{self._where}:{line}", reason)
