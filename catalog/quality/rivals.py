"""Rivals that nobody can open: names in running text that no tool of the catalog goes by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalog.quality.finding import texts
from catalog.resolver.english import is_english
from catalog.rivals import NameFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.models import Tool
    from catalog.quality.intended import Intended

_WORD = re.compile(r"[^\W_]+")
#: What stands between two spaces, without the marks around it and without a possessive "s".
_TOKEN = re.compile(r"[^\s\0]+|\0+")
_MARKS = ".,;:!?()[]\"“”'\u2018\u2019\u2013-"
_POSSESSIVE = re.compile("['\u2019]s?$")
_ENDS_SENTENCE = frozenset(".!?:;")
_ENDS_NAME = frozenset('.!?:;,)"”')
#: Ends of forms of ordinary words: stems, nesting, handy.
_ENDS = ("s", "ing", "ed", "y", "er", "ly")
#: Stands where the name of a tool stood.
_TAKEN = "\0"


class Strangers:
    """Finds proper names that are no tool's, no vendor's, and not listed.

    A proper name is a run of words with a capital somewhere. At the start of a sentence any word has one: there it
    counts only if it is no English word, and nothing in the catalog writes it in small letters. A part of a tool's
    name is taken for its short form ("Llama", "Copilot"), and what the entry's other texts name for a part of the tool.
    """

    def __init__(self, tools: Iterable[Tool], intended: Intended) -> None:
        tools = tuple(tools)
        self._finder = NameFinder(tools)
        self._known: set[str] = set()
        for name in (*intended.terms, *intended.wanted):
            self._known.update(map(_singular, _WORD.findall(name.casefold())))
        written: set[str] = set()
        for tool in tools:
            for name in (tool.name, *tool.aliases, tool.vendor or "", tool.family or ""):
                self._known.update(map(_singular, _WORD.findall(name.casefold())))
            for _, text in texts(tool):
                written.update(_WORD.findall(text))
        self._small = frozenset(filter(str.islower, written))

    def named_by(self, tool: Tool) -> Iterator[tuple[int, str]]:
        """Give the strangers that an entry's capabilities are held against: the capability's number, and the name."""
        others = " ".join(text for path, text in texts(tool) if path[-1] != "versus")
        explained = set(map(_singular, _WORD.findall(others)))
        for number, capability in enumerate(tool.capabilities):
            if capability.versus and capability.source is None:
                for run in self._runs(capability.versus):
                    if not all(_singular(word) in explained or self._is_known(word) for word in _words(run)):
                        yield number, " ".join(run)

    def _runs(self, text: str) -> Iterator[list[str]]:
        """Give the proper names in a text that are no tool's, as their words."""
        letters = list(text)
        for named in self._finder.names(text):
            letters[named.start : named.end] = _TAKEN * (named.end - named.start)
        run: list[str] = []
        begins = True
        for match in _TOKEN.finditer("".join(letters)):
            token = match.group()
            word = _POSSESSIVE.sub("", token.strip(_MARKS))
            if _TAKEN not in token and (self._is_proper(word, begins=begins) or (run and word[:1].isdigit())):
                run.append(word)
            elif run:
                yield run
                run = []
            if run and token[-1] in _ENDS_NAME:
                yield run
                run = []
            begins = token[-1] in _ENDS_SENTENCE
        if run:
            yield run

    def _is_proper(self, word: str, *, begins: bool) -> bool:
        if word.lower() == word:
            return False
        return not (begins and word == word.capitalize() and self._is_ordinary(word))

    def _is_ordinary(self, word: str) -> bool:
        return all(any(map(self._is_word, _roots(part))) for part in _WORD.findall(word.casefold()))

    def _is_word(self, word: str) -> bool:
        return word in self._small or is_english(word)

    def _is_known(self, word: str) -> bool:
        return _singular(word.casefold()) in self._known


def _words(run: list[str]) -> Iterator[str]:
    """Give the parts of a name that make it one: neither numbers nor words in small letters."""
    return (word for word in _WORD.findall(" ".join(run)) if not (word.isdigit() or word.islower()))


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _roots(word: str) -> Iterator[str]:
    yield word
    for end in _ENDS:
        if word.endswith(end):
            yield word.removesuffix(end)
            yield word.removesuffix(end) + "e"
