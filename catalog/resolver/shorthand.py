"""Shorthand that is learned from names: "sd" for Stable Diffusion, "gh" for GitHub, "mj" for Midjourney.

Nothing here is listed by hand: a catalog that holds other names has other shorthand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from catalog.names import is_version, name_key, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catalog.resolver.index import Index, Row

_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LONGEST = 6
_SHORTEST = 2
#: Letters a word in capitals may have to enter an acronym whole: the XL of SDXL.
_WHOLE = 3
_EXPANSIONS = 4


class Shorthand:
    """What short words stand for in one catalog. Immutable once built."""

    def __init__(self, index: Index) -> None:
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in index.rows:
            for short, phrase in _said_short(row, index):
                if len(short) >= _SHORTEST and short != phrase:
                    found[short][phrase] += 1
        self._phrases: Mapping[str, tuple[str, ...]] = {
            short: tuple(phrase for phrase, _ in phrases.most_common(_EXPANSIONS))
            for short, phrases in found.items()
        }

    def expand(self, key: str) -> Iterator[str]:
        """Give the keys that a key may stand for: one short word at a time replaced by what it abbreviates."""
        parts = key.split()
        for number, part in enumerate(parts):
            for phrase in self._phrases.get(part, ()):
                yield " ".join([*parts[:number], phrase, *parts[number + 1 :]])


def _said_short(row: Row, index: Index) -> Iterator[tuple[str, str]]:
    """Give pairs of a short form and what it stands for, as one row teaches them."""
    if row.alias:
        # An alias that is one word may stand for its tool's name inside a longer name ("mj v7").
        if " " not in row.key:
            yield row.key, name_key(index.tools[row.tool].name)
        return
    written = [word for word in re.split(r"[\s_/-]+", row.text) if word]
    for word in written:
        humps = _HUMPS.findall(word)
        if len(humps) > 1 and all(hump[0].isupper() for hump in humps):
            yield "".join(hump[0] for hump in humps).casefold(), name_key(word)
    initials = ""
    for number, word in enumerate(written[:_LONGEST]):
        key = name_key(word)
        if not key or any(is_version(part) for part in words(key)):
            break
        initials += word.casefold() if word.isupper() and len(word) <= _WHOLE else key[0]
        if number:
            yield initials, name_key(" ".join(written[: number + 1]))
