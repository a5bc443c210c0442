"""Names as they are compared: one key for all spellings of a name, and the version facts inside it.

Names and queries go through the same functions, so that what differs only in case, accents, separators or
full-width letters never differs here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Longest input that is looked at, in characters: somewhat more than the longest name. What follows can't be a name.
KEY_LIMIT = 128

#: Names that are looked at together where that takes patterns: other threads have to wait meanwhile.
_TOGETHER = 512

_SPELT_OUT = str.maketrans(
    {
        "&": " and ",
        "#": " sharp ",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "'": None,
        "\u2019": None,
    }
)
#: Stands for a byte that is neither a letter of English nor a digit or a separator.
_SPECIAL = "!"
_PLAINLY = bytes(
    ord(letter.lower())
    if (letter := chr(byte)).isascii() and (letter.isalnum() or letter == "\n")
    else ord(" " if letter in " -_." else _SPECIAL)
    for byte in range(256)
)
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
# A plus after a letter is part of the name (Command R+, C++); one between two words is a separator.
_PLUS = re.compile(r"(?<=[^\W_])\+(?![^\S\n]*[^\W_+])")
_LONE_DOT = re.compile(r"(?<!\d)\.|\.(?!\d)")
# API identifiers write 3-5 where people write 3.5. A size (3-8b) and what follows a year are no such version.
_HYPHENED = re.compile(r"(?<![\d.])(?<!\d[-_])\d{1,2}(?:[-_]\d{1,2})+(?![^\W_]|[-_](?:19|20)\d\d(?!\d))")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](\d\d)[-_](\d\d)(?!\d)")
_HYPHEN = re.compile(r"[-_]")
_SEPARATORS = re.compile(r"(?:[^\w.\n]|_)+")
_BORDER = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_TRAILING_ZERO = re.compile(r"(?<![\d.])(\d+)\.0(?![\d.])")
# The letter goes before what has to stand before it: a pattern that starts with a letter is found much faster.
_VERSION_V = re.compile(r"v(?<!\wv)(?:er|ersion)? (?=\d)")
_SIZE = re.compile(r"\b(\d+) x (?=\d)|\b(\d[\d.]*) (bn|[a-wyz])\b")
_ACTIVE = re.compile(r"\ba (?=\d[\d.]*[bm]\b)")
_LETTERED = re.compile(r"(?<!\S)([^\W\d_]) (?=\d[\d.]*(?!\S))")
_BETWEEN_DIGITS = re.compile(r"(?<!\d) | (?!\d)")
_DIGIT_SPACE_DIGIT = re.compile(r"(?<=\d) (?=\d)")
#: Two short numbers side by side, of which neither has a dot, nor the second a unit: "3 1" of "llama 3 1 8 b".
_PAIR = re.compile(r"(?<![^ ])(\d{1,2}) (\d{1,2})(?![^ ])(?! (?:bn|[a-z])(?![^ ]))")
_NUMBER = re.compile(r"\d")


def name_key(text: str) -> str:
    """Normalise a name or a query for comparison.

    Case, accents and full-width forms are folded; separators become one space; a border between a letter and
    a digit becomes a space too, so that "gpt4" and "GPT-4" are one; dots stay between digits only; a final
    ".0" and the "v" before a version are dropped. A hyphen between two short numbers is a dot (4-5 is 4.5), and
    a date is one number. Only the first KEY_LIMIT characters are read.

    >>> name_key("GPT-4o mini"), name_key("FLUX.1 [dev]"), name_key("DeepSeek V3"), name_key("Gemini 2.0 Flash")
    ('gpt 4 o mini', 'flux 1 dev', 'deepseek 3', 'gemini 2 flash')
    >>> name_key("claude-opus-4-8-20260528"), name_key("gpt-5-2025-08-07"), name_key("llama-3-8b")
    ('claude opus 4.8 20260528', 'gpt 5 20250807', 'llama 3 8 b')

    Returns:
        The key: words parted by single spaces, without a space at either end; "" for text without any letter
        or digit. ``name_key(name_key(text)) == name_key(text)``.
    """
    text = text[:KEY_LIMIT].replace("\n", " ")
    if text.isascii():
        # Nine names of ten are letters and separators, in which nothing below has anything to do.
        plain = text.replace("-", " ").replace("_", " ").replace(".", " ")
        if plain.replace(" ", "").isalpha():
            return " ".join(plain.lower().split())
    return _spaced(_folded(text))


def name_keys(texts: Sequence[str]) -> list[str]:
    """Normalise some thousand names at once: what `name_key` makes of each, in a fraction of its time.

    >>> name_keys(["Comfy-UI", "GPT-4o mini"])
    ['comfy ui', 'gpt 4 o mini']
    """
    cut = [text[:KEY_LIMIT] for text in texts]
    whole = "\n".join(cut)
    if whole.count("\n") != len(cut) - 1:  # some name has lines of its own, or there is none
        return list(map(name_key, cut))
    letters = np.frombuffer(whole.encode(errors="replace").translate(_PLAINLY), dtype=np.uint8)
    digit = (letters >= ord("0")) & (letters <= ord("9"))
    letter = letters >= ord("a")
    borders = np.flatnonzero((letter[:-1] & digit[1:]) | (digit[:-1] & letter[1:])) + 1
    spaced = _VERSION_V.sub("", np.insert(letters, borders, ord(" ")).tobytes().decode())
    while "  " in spaced:
        spaced = spaced.replace("  ", " ")
    keys = _stripped(spaced).split("\n")
    # What separates two digits may have to stay, and what is neither letter nor separator takes a closer look.
    special = letters == ord(_SPECIAL)
    special[1:-1] |= digit[:-2] & digit[2:] & (letters[1:-1] == ord(" "))
    lines = np.searchsorted(np.flatnonzero(letters == ord("\n")), np.flatnonzero(special))
    left = np.flatnonzero(np.bincount(lines, minlength=1)).tolist()
    for at in range(0, len(left), _TOGETHER):
        some = left[at : at + _TOGETHER]
        found = _spaced("\n".join(_folded(cut[number]) for number in some)).split("\n")
        for number, key in zip(some, found, strict=True):
            keys[number] = key
    return keys


def _spaced(folded: str) -> str:
    """Give the keys of folded names, each on a line of its own."""
    spelt = folded.translate(_SPELT_OUT)
    # A pattern is only tried where it can match: in a million names that is what most of the time goes into.
    if "+" in spelt:
        spelt = _PLUS.sub(" plus ", spelt)
    if "-" in spelt or "_" in spelt:
        spelt = _HYPHENED.sub(lambda found: _HYPHEN.sub(".", found[0]), _DATE.sub(r"\1\2\3", spelt))
    if "." in spelt:
        spelt = _LONE_DOT.sub(" ", spelt)
    spaced = _SEPARATORS.sub(" ", spelt)
    if "." in spaced:
        spaced = _TRAILING_ZERO.sub(r"\1", spaced)
    key = _BORDER.sub(" ", spaced)
    if "v" in key:
        key = _VERSION_V.sub("", key)
    return _stripped(key)


def _stripped(lines: str) -> str:
    return lines.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def _folded(text: str) -> str:
    """Fold case, accents, compatibility forms and the digits of other scripts."""
    if text.isascii():
        return text.lower()
    text = _NUMBER.sub(lambda found: str(unicodedata.decimal(found[0])), text)
    folded = unicodedata.normalize("NFKC", text)[: 2 * KEY_LIMIT].casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", folded)))


def words(key: str) -> tuple[str, ...]:
    """Part a key into its words; a number is one word with its unit or with the single letter before it.

    >>> words("mixtral 8 x 7 b"), words("gpt 4 o mini"), words("qwen 3 30 b a 3 b")
    (('mixtral', '8x7b'), ('gpt', '4o', 'mini'), ('qwen', '3', '30b', 'a3b'))
    >>> words("gpt o 3"), words("command r 7 b")
    (('gpt', 'o3'), ('command', 'r', '7b'))
    """
    joined = _SIZE.sub(lambda size: f"{size[1]}x" if size[1] else f"{size[2]}{size[3]}", key)
    return tuple(_LETTERED.sub(r"\1", _ACTIVE.sub("a", joined)).split())


def is_version(word: str) -> bool:
    """Tell whether a word is a version or a size ("3.5", "70b", "4o"): a fact, never a typo."""
    return _NUMBER.search(word) is not None


def version_tokens(key: str) -> tuple[str, ...]:
    """Give the versions and sizes in a key, in their order.

    >>> version_tokens("llama 3.1 70 b"), version_tokens("mistral small")
    (('3.1', '70b'), ())
    """
    return tuple(word for word in words(key) if is_version(word))


def compact(key: str) -> str:
    """Give a key without its spaces: equal for names that differ in separators alone.

    Two numbers stay apart: Gemma 2 7B is not Gemma 27B.

    >>> compact(name_key("Comfy UI")) == compact(name_key("comfyui"))
    True
    >>> compact("gemma 2 7 b"), compact("gemma 27 b")
    ('gemma2 7b', 'gemma27b')
    """
    closed = key.replace(" ", "")
    return closed if closed.isalpha() else _BETWEEN_DIGITS.sub("", key)


def compact_all(keys: Sequence[str]) -> list[str]:
    """Give many keys without their spaces, as `compact` does it for one."""
    every = "\n".join(keys)
    closed = _BETWEEN_DIGITS.sub("", every) if _DIGIT_SPACE_DIGIT.search(every) else every.replace(" ", "")
    return closed.split("\n")


def dotted(key: str) -> str:
    """Read two numbers side by side as one version: API identifiers write 3-5 where people write 3.5.

    A number with a unit is a size, and no part of a version.

    >>> dotted("claude 3 5 sonnet"), dotted("llama 3 1 8 b"), dotted("llama 3 8 b")
    ('claude 3.5 sonnet', 'llama 3.1 8 b', 'llama 3 8 b')
    """
    return name_key(_PAIR.sub(r"\1.\2", key))
