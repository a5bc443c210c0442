"""How a value of a document is written as the text of an input, and read back from what a person typed.

What is typed comes cleaned (`clean_prose`) and at most `TEXT_LIMIT` characters long. A spelling parts it and
recognises words; whether the value is allowed is for the document to say. `read` raises ValueError with a sentence
where nothing can be made of a text at all.

Of a list that is longer than an input can hold, the first entries are written, whole; those that weren't come
after whatever was typed, as they were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from catalog.models import PriceUnit
from catalog.text import SLUG_LIMIT, clean_line, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from enum import StrEnum

#: Most that one input holds, in characters: as much as the longest text of a document.
TEXT_LIMIT: Final = 4000

_Value_contra = TypeVar("_Value_contra", contravariant=True)

_COMMAS: Final = re.compile(r"[,\n]")
#: What a slug can be made of without a letter getting lost.
_SLUGGABLE: Final = re.compile(rf"(?=.*[A-Za-z0-9])[A-Za-z0-9 ._-]{{1,{SLUG_LIMIT}}}")
_AMOUNT: Final = re.compile(
    r"(?:us)?\$? ?(?P<usd>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?) ?(?:\$|usd\b|dollars?\b)?"
    r" ?(?:/|per\b|an?\b)? ?(?P<unit>.*)",
    re.IGNORECASE,
)


class Spelling(Protocol[_Value_contra]):
    """One way to write values of one kind."""

    def write(self, value: _Value_contra) -> str:
        """Write a value, in at most TEXT_LIMIT characters."""

    def read(self, text: str, current: _Value_contra | None, /) -> object:
        """Read what was typed where `current` stood; what comes back is not yet checked."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Text that stands for itself."""

    def write(self, value: str) -> str:
        """Write it as it is."""
        return value

    def read(self, text: str, _: str | None) -> str:
        """Read it as it is."""
        return text


@dataclass(frozen=True, slots=True)
class Filed:
    """A slug; from a name of plain letters it is derived, as it was for the tool of that name."""

    def write(self, value: str) -> str:
        """Write the slug."""
        return value

    def read(self, text: str, _: str | None) -> str:
        """Read a slug, or a name as one: ``"GPT-4.1 mini"`` is ``"gpt-4-1-mini"``."""
        return slugify(text) if _SLUGGABLE.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few words; in which case it is typed doesn't matter."""

    kind: type[StrEnum]

    @property
    def choices(self) -> tuple[str, ...]:
        """All words, as people read them: ``"MCP server"``, ``"Pay as you go"``."""
        return tuple(map(self.write, self.kind))

    def write(self, value: StrEnum) -> str:
        """Write the word as people read it."""
        label = getattr(value, "label", value.value)
        return f"{label[0].upper()}{label[1:]}"

    def read(self, text: str, _: StrEnum | None) -> StrEnum | str:
        """Find the value that is read or filed under a word; an unknown word stays one."""
        typed = clean_line(text).casefold()
        return next(
            (member for member in self.kind if typed in {member.value, self.write(member).casefold()}), text
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Some of a few words, one a line; picking them again keeps the order in which they stood."""

    word: Word

    def write(self, value: tuple[StrEnum, ...]) -> str:
        """Write one word a line."""
        return "\n".join(self.word.write(member) for member in value)

    def read(self, text: str, current: tuple[StrEnum, ...] | None) -> tuple[StrEnum | str, ...]:
        """Read words that are parted by lines or commas."""
        wanted = dict.fromkeys(self.word.read(part, None) for part in _parts(_COMMAS.split(text)))
        known = current or ()
        return (*(old for old in known if old in wanted), *(new for new in wanted if new not in known))


@dataclass(frozen=True, slots=True)
class Lines:
    """Names, one a line; a comma may be part of one."""

    def write(self, value: tuple[str, ...]) -> str:
        """Write one a line, as many as there is room for."""
        return "\n".join(_shown(value, "\n"))

    def read(self, text: str, current: tuple[str, ...] | None) -> tuple[str, ...]:
        """Read one a line, each once."""
        return _with_rest(_parts(text.split("\n")), current, "\n")


@dataclass(frozen=True, slots=True)
class Tags:
    """Slugs, parted by commas or lines."""

    def write(self, value: tuple[str, ...]) -> str:
        """Write them in a row, as many as there is room for."""
        return ", ".join(_shown(value, ", "))

    def read(self, text: str, current: tuple[str, ...] | None) -> tuple[str, ...]:
        """Read them, each once; ``"Open Weights"`` is ``"open-weights"``."""
        return _with_rest((Filed().read(part, None) for part in _parts(_COMMAS.split(text))), current, ", ")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses, parted by spaces: they hold none, and a phone's one-line input takes several."""

    def write(self, value: tuple[str, ...]) -> str:
        """Write them in a row, as many as there is room for."""
        return " ".join(_shown(value, " "))

    def read(self, text: str, current: tuple[str, ...] | None) -> tuple[str, ...]:
        """Read them; a comma behind one parts it from the next, unless the address stood there with it."""
        known = current or ()
        typed = (part if part in known else part.rstrip(",;") for part in text.split())
        return (*filter(None, typed), *known[len(_shown(known, " ")) :])


@dataclass(frozen=True, slots=True)
class Amount:
    """A price in US dollars for one unit: ``"20 per month"``."""

    def write(self, value: tuple[float, PriceUnit]) -> str:
        """Write the amount without a needless ".0"."""
        usd, unit = value
        return f"{repr(usd).removesuffix('.0')} per {unit.value}"

    def read(self, text: str, _: tuple[float, PriceUnit] | None) -> tuple[float, PriceUnit | str]:
        """Read an amount and what it buys: ``"$20/month"``, ``"0.15 usd per million input tokens"``."""
        found = _AMOUNT.fullmatch(clean_line(text))
        if found is None or not found["unit"]:
            units = ", ".join(PriceUnit)
            raise ValueError(f"write an amount and what it buys, such as 20 per month (one of {units}).")
        if not found["unit"][0].isalnum():
            raise ValueError("write the amount in digits with a point and no commas, such as 1500 or 0.15.")
        return float(found["usd"]), Word(PriceUnit).read(found["unit"], None)


def _parts(typed: Iterable[str]) -> Iterator[str]:
    """Clean what was typed between separators; what is left empty is nothing."""
    return filter(None, map(clean_line, typed))


def _shown(entries: tuple[str, ...], separator: str) -> tuple[str, ...]:
    """Give the first entries of a list, as many as an input holds with their separators."""
    room = TEXT_LIMIT + len(separator)
    for count, entry in enumerate(entries):
        room -= len(entry) + len(separator)
        if room < 0:
            return entries[:count]
    return entries


def _with_rest(typed: Iterable[str], current: tuple[str, ...] | None, separator: str) -> tuple[str, ...]:
    """Put behind what was typed what the input had no room for; each once."""
    known = current or ()
    return tuple(dict.fromkeys((*typed, *known[len(_shown(known, separator)) :])))
