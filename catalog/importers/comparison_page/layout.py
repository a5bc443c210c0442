"""What each line of a comparison page is: the parts that carry facts, and the furniture around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLE_LIMIT = 300


class Part(Enum):
    """What a line is."""

    TITLE = auto()
    TABLE = auto()
    UNIQUE = auto()
    VERSUS = auto()
    MORE = auto()
    PROSE = auto()
    FURNITURE = auto()
    """A tagline, the verdict, the call to search, the footer: no capability, wherever it stands."""


class Line(NamedTuple):
    """One line: its number from 1, and its text without the space around it."""

    number: int
    text: str


_UNIQUE = re.compile(r"unique:\s*", re.IGNORECASE)
_VERSUS = re.compile(r"vs\.? alternatives:\s*", re.IGNORECASE)
_MORE = re.compile(r"\+\s?(\d{1,5}) more capabilit(?:y|ies)\b", re.IGNORECASE)
_TAGLINE = re.compile(r"side-by-side comparison\b.{0,80}$", re.IGNORECASE)
_CALL = re.compile(r"need something different\?|search the match graph\b|©", re.IGNORECASE)
_CREDIT = re.compile(r"©\s*((?:19|20)\d\d)\s+([^.|©]{1,80}?)\s*(?:[.|©]|$)")
_TEXT_CREDIT = re.compile(r"\bText: ([^.|©]{1,80}?)\s*\.")
_SCORE = re.compile(r"\b\d{1,3}(?:\.\d{1,3})?/100\b")
_VERDICT_VERB = re.compile(r"(?:scores?|leads?|wins?|ties|tied|is (?:stronger|ahead|tied)|are tied|and)\b")
_TITLE = re.compile(r"#* ?(\S.*? vs\.? .*\S)$", re.IGNORECASE)
_TITLE_SPLIT = re.compile(r" vs\.? ", re.IGNORECASE)
_PUBLISHER_IN_LABEL = re.compile(r"([A-Za-z]\w{1,40})Rank$")


def lines_of(text: str) -> list[Line]:
    """Number the lines and drop the blank ones."""
    numbered = (Line(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1))
    return [line for line in numbered if line.text]


def title_names(lines: Sequence[Line]) -> tuple[str, ...]:
    """Read the tools' names from the title, the first line; () where it is no title, but a verdict or a triple's."""
    first = lines[0].text if lines else ""
    other = (_VERSUS.match(first), _UNIQUE.match(first), _SCORE.search(first), first.endswith("."))
    match = _TITLE.match(first) if len(first) <= _TITLE_LIMIT and not any(other) else None
    return tuple(name.strip() for name in _TITLE_SPLIT.split(match[1])) if match else ()


def is_tagline(line: Line) -> bool:
    """Tell whether a line is what such pages say under their title."""
    return _TAGLINE.match(line.text) is not None


def part_of(line: Line, names: Sequence[str]) -> Part:
    """Tell what a line is.

    Args:
        line: the line.
        names: of the page's tools; a verdict is known by them.
    """
    text = line.text
    if text.startswith("|"):
        return Part.TABLE
    for pattern, part in ((_UNIQUE, Part.UNIQUE), (_VERSUS, Part.VERSUS), (_MORE, Part.MORE)):
        if pattern.match(text):
            return part
    if text.lstrip("# ") in {" vs ".join(names), " vs ".join(reversed(names))}:
        return Part.TITLE
    furniture = _TAGLINE.match(text) or _CALL.match(text) or _is_verdict(text, names)
    return Part.FURNITURE if furniture else Part.PROSE


def _is_verdict(text: str, names: Sequence[str]) -> bool:
    if all(name in text for name in names) and _SCORE.search(text):
        return True
    return any(
        text.startswith(name)
        and _VERDICT_VERB.match(text, len(name) + 1) is not None
        # A description may well begin "Ollama and ...": as a verdict it would name the other tool too.
        and sum(other in text for other in names) > 1
        for name in names
    )


def unlabelled(text: str) -> str:
    """Give a line's text without ``Unique:`` or ``vs alternatives:`` before it."""
    match = _UNIQUE.match(text) or _VERSUS.match(text)
    return text[match.end() :] if match else text


def hidden_count(text: str) -> int:
    """Read N from ``+N more capabilities``."""
    match = _MORE.match(text)
    return int(match[1]) if match else 0


@dataclass(frozen=True, slots=True)
class Credits:
    """Whose page it is.

    Attributes:
        publisher: who answers for the figures; None where the page names nobody.
        author: who answers for the sentences: the publisher, unless the footer names another.
        year: when the page was published.
    """

    publisher: str | None
    author: str | None
    year: str | None


def credits_of(lines: Sequence[Line], labels: Sequence[str]) -> Credits:
    """Read who published the page from its footer, else from a row label such as ``AcmeRank``."""
    publisher = year = author = None
    for line in lines:
        if _CALL.match(line.text) and (match := _CREDIT.search(line.text)):
            year, publisher = match[1], match[2]
            other = _TEXT_CREDIT.search(line.text)
            author = other[1] if other else None
            break
    if publisher is None:
        matches = (_PUBLISHER_IN_LABEL.fullmatch(label) for label in labels)
        publisher = next((match[1] for match in matches if match), None)
    return Credits(publisher, author or publisher, year)
