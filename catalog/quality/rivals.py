"""Rivals that nobody can open: names in running text that no tool of the catalog goes by."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from catalog.quality.finding import texts
from catalog.resolver.english import is_english
from catalog.rivals import NameFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.models import Tool
    from catalog.quality.intended import Intended

    #: A name as it is compared: its words in small letters, the last one in the singular.
    _Key = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
#: A word of a name: "2.5" and "C++" are one.
_PART = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\+*")
_TOKEN = re.compile(r"\S+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"\d.*")
_NOTHING = re.compile(r"(?!)")
_MARKS: Final = ".,;:!?()[]\"“”'\u2018\u2019\u2013-"
_POSSESSIVE = re.compile("['\u2019]s?$")
_ENDS_SENTENCE = frozenset(".!?:;")
#: Ends of forms of ordinary words: stems, nesting, handy.
_ENDS = ("s", "ing", "ed", "y", "er", "ly")


class Strangers:
    """Finds proper names that are no tool's, no vendor's, and not listed.

    A proper name is a run of words with a capital somewhere, and the numbers behind them. At the start of a sentence
    any word has a capital: there it counts only if it is no English word, and nothing in the catalog writes it in small
    letters. The whole run has to be known, or made of names that are: "OpenAI GPT-4o" is a vendor and a tool, and
    neither "Claude Opus 9" nor "Opus" alone is anybody. A number behind a name that has its version is a figure
    ("GPT-5 88.0"), and a year belongs to what is listed ("July 2026"); any other number is a version nobody can open.
    """

    def __init__(self, tools: Iterable[Tool], intended: Intended) -> None:
        """Take the names of some tools and of their makers and families for known, and those of the lists."""
        tools = tuple(tools)
        self._finder = NameFinder(tools)
        #: What is known, and what a number behind it has to look like.
        self._known: dict[_Key, re.Pattern[str]] = {}
        for tool in tools:
            for name in (*tool.names, tool.vendor, tool.family):
                self._know(name)
        for name in (*intended.wanted, *intended.terms):
            self._know(name, _YEAR)
        self._features = {_key(_PART.findall(name)) for name in intended.features}
        self._longest = max(map(len, self._known), default=0)
        self._tools = tools

    @cached_property
    def _small(self) -> frozenset[str]:
        """The words that some text of the catalog writes in small letters; few names need to ask."""
        written: set[str] = set()
        for tool in self._tools:
            written.update(*(_WORD.findall(text) for _, text in texts(tool)))
        return frozenset(filter(str.islower, written))

    def named_by(self, tool: Tool) -> Iterator[tuple[int, str]]:
        """Give the strangers that an entry's capabilities are held against: the capability's number, and the name."""
        for number, capability in enumerate(tool.capabilities):
            if capability.versus and capability.source is None:
                for run in self._runs(capability.versus):
                    if not self._is_known(run):
                        yield number, run

    def _know(self, name: str | None, number: re.Pattern[str] = _NOTHING) -> None:
        if name and (key := _key(_PART.findall(name))):
            self._known[key] = _FIGURE if _FIGURE.search(name) else number

    def _runs(self, text: str) -> Iterator[str]:
        """Give the proper names in a text, those that are known included."""
        taken = [(named.start, named.end) for named in self._finder.names(text)]
        run: list[str] = []
        begins = True
        for match in _TOKEN.finditer(text):
            token = match.group()
            bare = token.strip(_MARKS)
            word = _POSSESSIVE.sub("", bare)
            if run and token[0] in _MARKS:
                yield " ".join(run)
                run = []
            named = any(start < match.end() and match.start() < end for start, end in taken)
            goes_on = named or self._is_proper(word, begins=begins) or (run and _is_number(word))
            if word and goes_on:
                run.append(word)
            if run and not (word and goes_on and word == bare and token[-1] not in _MARKS):
                yield " ".join(run)
                run = []
            begins = token[-1] in _ENDS_SENTENCE
        if run:
            yield " ".join(run)

    def _is_known(self, run: str) -> bool:
        """Tell whether a run can be read as names that are known, one after the other, with their figures."""
        parts = _PART.findall(run)
        if all(map(_is_number, parts)) or _key(parts) in self._features:
            return True
        # How far into the run such names reach, each with what a number has to look like that stands there.
        reached = {0: _NOTHING}
        for start, part in enumerate(parts):
            if start not in reached:
                continue
            if reached[start].fullmatch(part) if _is_number(part) else part.islower():
                reached.setdefault(start + 1, reached[start])
            for end in range(start + 1, min(len(parts), start + self._longest) + 1):
                if number := self._known.get(_key(parts[start:end])):
                    reached[end] = number
        return len(parts) in reached

    def _is_proper(self, word: str, *, begins: bool) -> bool:
        if word.lower() == word:
            return False
        return not (begins and word == word.capitalize() and self._is_ordinary(word))

    def _is_ordinary(self, word: str) -> bool:
        return all(any(map(self._is_word, _roots(part))) for part in _WORD.findall(word.casefold()))

    def _is_word(self, word: str) -> bool:
        return is_english(word) or word in self._small


def _key(parts: list[str]) -> _Key:
    folded = [part.casefold() for part in parts]
    return (*folded[:-1], folded[-1].removesuffix("s")) if folded else ()


def _is_number(word: str) -> bool:
    return word[:1].isdigit()


def _roots(word: str) -> Iterator[str]:
    yield word
    for end in _ENDS:
        if word.endswith(end):
            yield word.removesuffix(end)
            yield word.removesuffix(end) + "e"
