"""Shorthand that is learned from names: "sd" for Stable Diffusion, "gh" for GitHub, "mj" for Midjourney.

Nothing here is listed by hand: a catalog that holds other names has other shorthand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from catalog.names import is_version, name_key, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from catalog.resolver.entry import Entry

_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_PARTS = re.compile(r"[\s_/-]+")
_LONGEST = 6
_SHORTEST = 2
#: Letters a word in capitals may have to enter an acronym whole: the XL of SDXL.
_WHOLE = 3
_EXPANSIONS = 4
#: Entries of a segment that teach shorthand, the most popular ones: in a million names, two letters mean anything.
_TEACHERS = 1024


class Shorthand:
    """What short words stand for in one catalog. Immutable.

    Args:
        phrases: by short form, how many names teach each of its meanings.
        teachers: slugs of the entries that teach them.
    """

    def __init__(self, phrases: Mapping[str, Counter[str]], teachers: frozenset[str]) -> None:
        self._phrases = phrases
        self._teachers = teachers

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Shorthand:
        """Learn from entries, the most popular first."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        teachers = list(islice(entries, _TEACHERS))
        for entry in teachers:
            for short, phrase in _taught(entry):
                found[short][phrase] += 1
        return cls(found, frozenset(entry.slug for entry in teachers))

    def changed(self, gone: Iterable[Entry], come: Iterable[Entry]) -> Shorthand:
        """Give the shorthand without what some entries taught, and with what others teach."""
        phrases = dict(self._phrases)
        # Who never taught takes nothing along.
        left, new = [entry for entry in gone if entry.slug in self._teachers], list(come)
        for entries, sign in ((left, -1), (new, 1)):
            for entry in entries:
                for short, phrase in _taught(entry):
                    counts = phrases[short] = Counter(phrases.get(short, ()))
                    counts[phrase] += sign
        teachers = self._teachers.difference(entry.slug for entry in left)
        return Shorthand(phrases, teachers.union(entry.slug for entry in new))

    def expand(self, key: str) -> Iterator[str]:
        """Give the keys that a key may stand for: one short word at a time replaced by what it abbreviates."""
        parts = key.split()
        for number, part in enumerate(parts):
            for phrase in self._meanings(part):
                yield " ".join([*parts[:number], phrase, *parts[number + 1 :]])

    def _meanings(self, short: str) -> list[str]:
        counts = self._phrases.get(short)
        if not counts:
            return []
        taught = sorted((-count, phrase) for phrase, count in counts.items() if count > 0)
        return [phrase for _, phrase in taught[:_EXPANSIONS]]


def _taught(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give pairs of a short form and what it stands for, as an entry's names teach them."""
    for short, phrase in _said_short(entry):
        if len(short) >= _SHORTEST and short != phrase:
            yield short, phrase


def _said_short(entry: Entry) -> Iterator[tuple[str, str]]:
    for alias in entry.aliases:
        # An alias that is one word may stand for its tool's name inside a longer name ("mj v7").
        if (key := name_key(alias)) and " " not in key:
            yield key, name_key(entry.name)
    written = [word for word in _PARTS.split(entry.name) if word]
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
