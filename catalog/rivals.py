"""Which tools a text names: how "faster than Llama 3.3 70B" becomes an edge from one tool to another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from catalog.models import Slug, Tool

#: Longest name that is looked for, in words.
LONGEST = 8

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\+*")


class NameFinder:
    """Finds names and aliases of tools in running text, the longest one at each place.

    A name of one word must stand there exactly as it is written, capitals included: "Cursor" is a tool and "the
    cursor" isn't. Names of several words match in any case. A name that two tools claim finds neither.
    """

    def __init__(self, tools: Iterable[Tool]) -> None:
        self._phrases: dict[tuple[str, ...], Slug | None] = {}
        self._words: dict[str, Slug | None] = {}
        self._longest: dict[str, int] = {}
        for tool in tools:
            for name in (tool.name, *tool.aliases):
                self._add(name, tool.slug)

    def find(self, text: str) -> list[Slug]:
        """List the tools that a text names, in the order in which they first appear, none twice."""
        words = [match.group() for match in _WORD.finditer(text)]
        folded = [word.casefold() for word in words]
        found: dict[Slug, None] = {}
        start = 0
        while start < len(words):
            slug, length = self._at(words, folded, start)
            if slug:
                found.setdefault(slug)
            start += length
        return list(found)

    def _add(self, name: str, slug: Slug) -> None:
        words = [match.group() for match in _WORD.finditer(name)]
        if len(words) == 1:
            self._words[words[0]] = slug if self._words.get(words[0], slug) == slug else None
        elif 1 < len(words) <= LONGEST:
            phrase = tuple(word.casefold() for word in words)
            self._phrases[phrase] = slug if self._phrases.get(phrase, slug) == slug else None
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def _at(self, words: list[str], folded: list[str], start: int) -> tuple[Slug | None, int]:
        for length in range(self._longest.get(folded[start], 0), 1, -1):
            phrase = tuple(folded[start : start + length])
            if phrase in self._phrases:
                return self._phrases[phrase], length
        return self._words.get(words[start]), 1
