"""Text as the catalog keeps it: one Unicode form, no invisible characters, no mentions in names."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import blake2b
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

#: Longest tool name or alias, in characters. Discord cuts choices and titles not far above it.
NAME_LIMIT = 100
#: Most aliases of one tool: the index of names numbers them, and looks for no more.
ALIAS_LIMIT = 254
#: Longest slug, in characters.
SLUG_LIMIT = 64
#: Longest one-line text: a summary, a note, a source.
LINE_LIMIT = 300
#: Longest running text: a description, what is unique, what it is held against.
PROSE_LIMIT = 4000

_MENTION = re.compile(r"@(?:everyone|here)\b|<(?:@[!&]?|#)\d+>", re.IGNORECASE)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SPACES = re.compile(r"\s+")
_MARKS_A_LETTER = 4
#: Letters that show nothing: the fillers of Hangul and the empty cell of Braille.
_BLANK = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\u2800"))
_DATE = r"^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$"
_BLANK_LINES = re.compile(r"\n{3,}")


def _visible(text: str) -> str:
    """Normalise to NFC and drop what has no width: controls, direction overrides, zero-width characters.

    Zero-width joiners stay where they belong to the text (after a visible character, as in emoji); of stacked
    combining marks the first four stay, which is more than any living script needs.
    """
    text = text.translate(_BLANK)
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category in {"Zs", "Zl", "Zp"} or character in "\t\n\r\x0b\x0c\x85":
            kept.append(" ")
            marks = 0
            continue
        if category in {"Mn", "Me"}:
            marks += 1
        elif category not in {"Cc", "Cf", "Cs"}:
            # What shows nothing doesn't part marks from the letter that they stand on.
            marks = 0
        if (character == "\u200d" and kept and kept[-1] not in {" ", "\u200d"}) or (
            category not in {"Cc", "Cf", "Cs"} and marks <= _MARKS_A_LETTER
        ):
            kept.append(character)
    # What stood between two characters may have kept them from becoming one.
    return unicodedata.normalize("NFC", "".join(kept))


def clean_line(text: str) -> str:
    """Make one line of visible text: line breaks and runs of spaces become one space."""
    if text.isascii() and text.isprintable():  # nearly all of it, and nothing but spaces to look after
        return " ".join(text.split())
    return _SPACES.sub(" ", _visible(text)).strip(" \u200d")


def clean_prose(text: str) -> str:
    """Make running text: line breaks stay (two at most in a row), invisible characters go."""
    lines = [clean_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _line(value: object) -> object:
    return clean_line(value) if isinstance(value, str) else value


def _prose(value: object) -> object:
    return clean_prose(value) if isinstance(value, str) else value


def _when(value: object) -> object:
    # YAML reads a bare 2025 as a number and a bare 2025-03-07 as a date.
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value) if isinstance(value, int) else value


def _nameable(value: str) -> str:
    # Asked of every name in lists of a million: what most names answer at once comes first.
    if ("@" in value or "<" in value) and _MENTION.search(value):
        raise ValueError("a name can't hold a mention (@everyone, @here, <@id>); write it without the @")
    if not (value[0].isalnum() or any(map(str.isalnum, value))):
        raise ValueError("a name needs at least one letter or digit")
    return value


#: A tool's name or alias: 1 to NAME_LIMIT characters, one line, no mention, at least one letter or digit.
Name = Annotated[
    str,
    BeforeValidator(_line),
    StringConstraints(min_length=1, max_length=NAME_LIMIT),
    AfterValidator(_nameable),
]
#: One line of visible text, 1 to LINE_LIMIT characters.
Line = Annotated[str, BeforeValidator(_line), StringConstraints(min_length=1, max_length=LINE_LIMIT)]
#: Running text, 1 to PROSE_LIMIT characters.
Prose = Annotated[str, BeforeValidator(_prose), StringConstraints(min_length=1, max_length=PROSE_LIMIT)]
#: A date as exact as it is known, as text: "2025", "2025-03" or "2025-03-07".
When = Annotated[
    str,
    BeforeValidator(_when),
    StringConstraints(pattern=_DATE),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": _DATE},
                {"type": "integer", "minimum": 1900, "maximum": 2099},
            ]
        }
    ),
]


def slugify(name: str) -> str:
    """Derive a slug: lower-case letters and digits, parted by single hyphens, at most SLUG_LIMIT characters.

    Accents are folded away. Where other letters had to be dropped, or the slug was cut, a hash of the name is put
    behind it, so that two names share a slug only if they differ in nothing but case and separators.

    >>> slugify("GPT-4o mini"), slugify("DALL·E 3"), slugify("通义")
    ('gpt-4o-mini', 'dall-e-3', 'u-908cdf07')
    """
    if len(name) <= SLUG_LIMIT and _SLUG.fullmatch(name):  # as most names of packages are
        return name
    # "+" and "#" carry meaning in names of tools (Command R+, C#): they are spelt out, not dropped.
    spelt = name.replace("+", " plus ").replace("#", " sharp ").casefold()
    if not spelt.isascii():
        spelt = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
    slug = _NOT_SLUG.sub("-", spelt).strip("-")
    dropped = not spelt.isascii() and any(c.isalnum() and not c.isascii() for c in spelt)
    if slug and not dropped and len(slug) <= SLUG_LIMIT:
        return slug
    # A few letters fold to a mark alone: then nothing but the name itself tells one from another.
    digest = blake2b((spelt.strip() or name).encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"{slug[: SLUG_LIMIT - len(digest) - 1].strip('-') or 'u'}-{digest}"
