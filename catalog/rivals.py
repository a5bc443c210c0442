"""Which tools a text names: how "faster than Llama 3.3 70B" becomes an edge from one tool to another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.families import Families
    from catalog.models import Slug, Tool

#: Longest name that is looked for, in words.
LONGEST = 8

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\+*")


class Named(NamedTuple):
    """A name in a text: the tool that goes by it (None where two do), and where it starts and ends."""

    slug: Slug | None
    start: int
    end: int


class NameFinder:
    """Finds names and aliases of tools in running text, the longest one at each place.

    A name of one word must stand there exactly as it is written, capitals included: "Cursor" is a tool and "the
    cursor" isn't. Names of several words match in any case. A name that two tools claim finds neither.
    A family's name finds the newest of it where no tool is called so.
    """

    def __init__(self, tools: Iterable[Tool], families: Families | None = None) -> None:
        """Look for the names of some tools and of some families."""
        self._phrases: dict[tuple[str, ...], Slug | None] = {}
        self._words: dict[str, Slug | None] = {}
        self._longest: dict[str, int] = {}
        for tool in tools:
            for name in tool.names:
                self._add(name, tool.slug)
        floating = [
            (name, slug)
            for name, slug in (families.floating() if families else ())
            if not self._knows([match.group() for match in _WORD.finditer(name)])
        ]
        for name, slug in floating:
            self._add(name, slug)

    def find(self, text: str) -> list[Slug]:
        """List the tools that a text names, in the order in which they first appear, none twice."""
        return list(dict.fromkeys(named.slug for named in self.names(text) if named.slug))

    def names(self, text: str) -> Iterator[Named]:
        """Give each name that stands in a text, in its order, also those that find no tool as two claim them."""
        matches = list(_WORD.finditer(text))
        words = [match.group() for match in matches]
        folded = [word.casefold() for word in words]
        start = 0
        while start < len(words):
            length = self._length(words, folded, start)
            if length:
                phrase = tuple(folded[start : start + length])
                slug = self._words[words[start]] if length == 1 else self._phrases[phrase]
                yield Named(slug, matches[start].start(), matches[start + length - 1].end())
            start += length or 1

    def _add(self, name: str, slug: Slug) -> None:
        words = [match.group() for match in _WORD.finditer(name)]
        if len(words) == 1:
            self._words[words[0]] = slug if self._words.get(words[0], slug) == slug else None
        elif 1 < len(words) <= LONGEST:
            phrase = tuple(word.casefold() for word in words)
            self._phrases[phrase] = slug if self._phrases.get(phrase, slug) == slug else None
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def _knows(self, words: list[str]) -> bool:
        return (
            words[0] in self._words if len(words) == 1 else tuple(map(str.casefold, words)) in self._phrases
        )

    def _length(self, words: list[str], folded: list[str], start: int) -> int:
        """Count the words of the longest name that starts at a word; 0 for none."""
        most = min(self._longest.get(folded[start], 0), len(words) - start)
        for length in range(most, 1, -1):
            if tuple(folded[start : start + length]) in self._phrases:
                return length
        return int(words[start] in self._words)
