"""The letters of pictures: Noto, for twenty scripts and emoji, from a package that is installed beside the bot.

Nothing of the system is used, so that a slim container draws what a desktop draws. A text is parted into runs of
one font each, for a font draws an empty box for what it lacks.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import ImageFont, features

from bot.limits import ELLIPSIS

if TYPE_CHECKING:
    from collections.abc import Iterator

REGULAR: Final = 400
BOLD: Final = 600

#: The order in which fonts are tried; the first has Latin, Greek and Cyrillic.
_FILES: Final = (
    *("NotoSans", "NotoSansSymbols", "NotoEmoji", "NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari"),
    *("NotoSansThai", "NotoSansBengali", "NotoSansTamil", "NotoSansTelugu", "NotoSansGeorgian"),
    *("NotoSansArmenian", "NotoSansGujarati", "NotoSansGurmukhi", "NotoSansKannada", "NotoSansMalayalam"),
    *("NotoSansSinhala", "NotoSansKhmer", "NotoSansLao", "NotoSansMyanmar", "NotoSansEthiopic"),
    "NotoSansOriya",
)
_LONGEST: Final = 200
_FORMAT_SEGMENTS, _FORMAT_GROUPS = 4, 12


class Run(NamedTuple):
    """A stretch of text and the font that has its letters."""

    text: str
    font: str


@cache
def load(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Open a font at a size in pixels and a weight (400 regular, 600 bold)."""
    # Without these libraries letters don't join and right-to-left text stands reversed, but all is drawn.
    shaped = features.check("raqm") and features.check("fribidi")
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    font = ImageFont.truetype(_path(name), size, layout_engine=engine)
    font.set_variation_by_axes([weight])
    return font


def runs(text: str) -> list[Run]:
    """Part a text into runs of one font each; what no font has becomes one box."""
    parted: list[Run] = []
    for letter in _plain(text):
        before = parted[-1] if parted else None
        font = before.font if before and _stays(letter, before) else _font_of(letter)
        if before and before.font == font:
            parted[-1] = Run(before.text + letter, font)
        else:
            parted.append(Run(letter, font))
    return parted


@lru_cache(maxsize=1024)
def measured(text: str, size: int, weight: int = REGULAR) -> tuple[tuple[Run, float], ...]:
    """Part a line into runs, each with its length in pixels."""
    return tuple((run, load(run.font, size, weight).getlength(run.text)) for run in runs(text))


def width(text: str, size: int, weight: int = REGULAR) -> float:
    """Measure a line in pixels."""
    return sum(long for _, long in measured(text, size, weight))


def fitted(text: str, room: float, size: int, weight: int = REGULAR) -> str:
    """Cut a line to `room` pixels; where something is cut it ends in an ellipsis."""
    text = _plain(text)
    if width(text, size, weight) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        cut = text[:middle].rstrip() + ELLIPSIS
        low, high = (middle, high) if width(cut, size, weight) <= room else (low, middle - 1)
    return text[:low].rstrip() + ELLIPSIS


def legible(text: str) -> bool:
    """Say whether most letters of a text can be drawn."""
    letters = [letter for letter in _plain(text) if not letter.isspace()]
    return sum(_known(letter) for letter in letters) * 2 > len(letters)


def _plain(text: str) -> str:
    """Give a text on one line without control characters, marks of direction among them."""
    kept = (" " if letter.isspace() else letter for letter in text[:_LONGEST])
    return "".join(
        letter
        for letter in kept
        if unicodedata.category(letter) not in {"Cc", "Cf", "Cs"} or letter in _JOINERS
    )


#: They make one emoji or letter of several and stay with their neighbours.
_JOINERS: Final = "\u200c\u200d"


def _stays(letter: str, before: Run) -> bool:
    joined = letter in _JOINERS or "\ufe00" <= letter <= "\ufe0f" or unicodedata.combining(letter)
    return bool(joined) or (ord(letter) in _covered(before.font) and not letter.isascii())


def _font_of(letter: str) -> str:
    return next((name for name in _FILES if ord(letter) in _covered(name)), _FILES[0])


def _known(letter: str) -> bool:
    return any(ord(letter) in _covered(name) for name in _FILES)


def _path(name: str) -> str:
    return str(files("manimgx_fonts") / f"{name}[wght].ttf")


@cache
def _covered(name: str) -> frozenset[int]:
    """Read which characters a font has from its `cmap` table (OpenType specification, "cmap")."""
    data = (files("manimgx_fonts") / f"{name}[wght].ttf").read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    entries = [struct.unpack_from(">4s4xII", data, 12 + 16 * n) for n in range(tables)]
    start = next(offset for tag, offset, _ in entries if tag == b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    offsets = {struct.unpack_from(">4xI", data, start + 4 + 8 * n)[0] for n in range(count)}
    return frozenset(code for offset in offsets for code in _codes(data, start + offset))


def _codes(data: bytes, at: int) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", data, at)
    if kind == _FORMAT_SEGMENTS:
        (double,) = struct.unpack_from(">H", data, at + 6)
        ends = struct.unpack_from(f">{double // 2}H", data, at + 14)
        starts = struct.unpack_from(f">{double // 2}H", data, at + 16 + double)
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)
    elif kind == _FORMAT_GROUPS:
        (groups,) = struct.unpack_from(">I", data, at + 12)
        for n in range(groups):
            first, last = struct.unpack_from(">II", data, at + 16 + 12 * n)
            yield from range(first, last + 1)
