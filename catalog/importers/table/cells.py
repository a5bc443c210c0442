"""How a value stands in the cell of a table, and how it is read back from one.

Lists are parted by ";" or "|"; a backslash before one of these makes it a letter. Links are parted by spaces as well.

A spreadsheet takes a cell that begins with one of ``= + - @`` for a formula, and so it may what follows a ";", where
that parts its cells. Such text gets an apostrophe in front, which reading takes off again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from catalog.text import SLUG_LIMIT, clean_line, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

# The wide forms are formulas to spreadsheets that are set to Chinese, Japanese or Korean.
_FORMULA: Final = r"(?='*[=+\-@＝＋－＠])"  # noqa: RUF001 (these letters are meant)
_BARE: Final = re.compile(rf"(^|;\s*){_FORMULA}")
_GUARDED: Final = re.compile(rf"(^|;\s*)'{_FORMULA}")
_PARTED: Final = re.compile(r"(\\*)([;|\n])")
_NEEDS_QUOTES: Final = re.compile(r"[^\w .:/-]")
#: What parts one address from the next; one in the middle of an address belongs to it.
_BETWEEN_LINKS: Final = r"[;|,](?=[;|,]*(?:\s|$|https?://))"
_LINK_PARTED: Final = re.compile(rf"(?<!\\){_BETWEEN_LINKS}|\s+", re.IGNORECASE)
_LINK_CONFUSED: Final = re.compile(_BETWEEN_LINKS, re.IGNORECASE)
_SLUGGABLE: Final = re.compile(rf"(?=.*[A-Za-z0-9])[A-Za-z0-9 ._-]{{1,{SLUG_LIMIT}}}")
_PER: Final = re.compile(r"(?:/|per )\s*")
_JOINTS: Final = re.compile(r"[\s_-]+")


class Spelling(Protocol):
    """One way to write values of one kind; what `read` gives is not yet checked."""

    def write(self, value: Any, /) -> str:  # noqa: ANN401 (whatever a document holds there)
        """Write a value as it stands in a document's JSON."""

    def read(self, text: str, /) -> object:
        """Read what stands in a cell that isn't empty."""


class Plain:
    """Text that stands for itself."""

    def write(self, value: str, /) -> str:
        """Write it as it is."""
        return value

    def read(self, text: str, /) -> str:
        """Read it as it is."""
        return text


class Number:
    """A figure, in digits with a point."""

    def write(self, value: float, /) -> str:
        """Write it exactly, without a needless ".0"."""
        return repr(value).removesuffix(".0")

    def read(self, text: str, /) -> str:
        """Leave it to the document, which says what is wrong with it."""
        return text.strip()


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few words: ``"MCP server"`` and ``"mcp_server"`` are ``"mcp-server"``, ``"/month"`` is ``"month"``."""

    kind: type[StrEnum]

    def write(self, value: str, /) -> str:
        """Write the word as documents do."""
        return value

    def read(self, text: str, /) -> str:
        """Find the word that is meant; an unknown one stays as it is."""
        typed = _PER.sub("", _word_key(text), count=1)
        for member in self.kind:
            if typed in {_word_key(member.value), _word_key(getattr(member, "label", member.value))}:
                return member.value
        return text

    def knows(self, text: object) -> bool:
        """Tell whether what was read is one of the words."""
        return any(text == member.value for member in self.kind)


class Filed:
    """A slug; from a name of plain letters it is derived: ``"Open Weights"`` is ``"open-weights"``."""

    def write(self, value: str, /) -> str:
        """Write the slug."""
        return value

    def read(self, text: str, /) -> str:
        """Read a slug, or a name as one."""
        text = clean_line(text)
        return slugify(text) if _SLUGGABLE.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class List:
    """Several values of one spelling."""

    part: Spelling

    def write(self, values: Iterable[Any], /) -> str:
        """Write them in a row."""
        parts = [
            _PARTED.sub(lambda found: 2 * found[1] + "\\" + found[2], self.part.write(one)) for one in values
        ]
        # Those at the end of a part would make a letter of the separator behind it.
        return "; ".join([*(part + part[len(part.rstrip("\\")) :] for part in parts[:-1]), *parts[-1:]])

    def read(self, text: str, /) -> list[object]:
        """Read those that aren't empty."""
        return [self.part.read(part) for part in _parts(text)]


class Addresses:
    """Links, which hold neither spaces nor backslashes."""

    def write(self, values: Iterable[str], /) -> str:
        """Write them in a row."""
        return " ".join(_LINK_CONFUSED.sub(r"\\\g<0>", value) for value in values)

    def read(self, text: str, /) -> list[str]:
        """Read those that aren't empty."""
        return [part.replace("\\", "") for part in _LINK_PARTED.split(text) if part]


def guard(text: str) -> str:
    """Write text so that no spreadsheet runs it: ``"=1+1"`` is ``"'=1+1"``; numbers need no guard."""
    return _BARE.sub(r"\1'", text)


def unguard(text: str) -> str:
    """Read text as it was before `guard`."""
    return _GUARDED.sub(r"\1", text) if "'" in text else text


def quoted(text: str) -> str:
    """Write a cell as it stands in a file: in quotes unless it is of plain letters."""
    # More than a comma asks for: other programs part cells at a ";" or a tab.
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _parts(text: str) -> list[str]:
    """Part a list; of a row of backslashes before a separator, each second one is meant."""
    parts, part, start = [], "", 0
    for found in _PARTED.finditer(text):
        slashes, mark = found.groups()
        part += text[start : found.start()] + "\\" * (len(slashes) // 2)
        start = found.end()
        if len(slashes) % 2:
            part += mark
        else:
            parts.append(part)
            part = ""
    parts.append(part + text[start:])
    return list(filter(None, map(clean_line, parts)))


def _word_key(text: str) -> str:
    return _JOINTS.sub(" ", text.strip().casefold())
