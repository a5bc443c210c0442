"""Cuts: the words and marks in a text that part names, and how surely they do."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

#: What parts names whatever stands beside it.
VERSUS = re.compile(r"\b(?:vs\b\.?|versus\b|v/s\b|v\.s\b\.?|vrs\b)", re.IGNORECASE)
_THAN = re.compile(
    r"\s(?:(?:when )?compare[sd]? (?:to|with|against)|stacks? up (?:to|with|against)|differs? from"
    r"|(?:do|fare|hold up) (?:against|vs)|different (?:from|to|than)"
    r"|(?:better|worse|faster|cheaper|stronger|smarter|nicer|easier)(?: or worse)? (?:than|then))\s",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:,(?!\d)|(?<!\d),) ?(?:(?:and|or|vs|&) )?"
    r"|\s(?:and/or|or|v\.?(?! ?\d)|/)\s|(?<![-=<>])>+(?![-=<>])",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
_CONJUNCTION = re.compile(r"\s(?:and|&|over)\s", re.IGNORECASE)
_WITH = re.compile(r"\s(?:and|&|n|\+|with|to|against|from|than)\s", re.IGNORECASE)
_RUN_TOGETHER = re.compile("versus|vs", re.IGNORECASE)
#: A letter or a digit, of which every name has one.
_LETTER = re.compile(r"[^\W_]")
#: What is left of "is A any better than B" before the cut.
_BEFORE_THAN = re.compile(
    r"(?:'s|(?:\s(?:is|are|was|does|do|much|any|so|way|really|actually|even|a lot)))+$", re.IGNORECASE
)
#: What may be left of "vllm-vs-ollama" round a name.
_EDGES = " -_~|\"',;:!?"


class Cut(IntEnum):
    """How surely a cut parts names."""

    AND = 0
    LIST = 1
    THAN = 2
    VERSUS = 3


class Parted(NamedTuple):
    """A text in parts: `cuts[i]` stands between the parts i and i + 1, which begin and end at `spans`."""

    text: str
    spans: tuple[tuple[int, int], ...]
    cuts: tuple[Cut, ...]

    def joined(self, first: int, last: int) -> str:
        """Give the text from one part to another, with what stands between them."""
        text = self.text[self.spans[first][0] : self.spans[last][1]]
        if last < len(self.cuts) and self.cuts[last] is Cut.THAN:
            text = _BEFORE_THAN.sub("", text)
        return trimmed(text)

    def has_comma(self, cut: int) -> bool:
        """Tell whether a cut is a comma, with which a sentence may go on as well as a list."""
        return "," in self.text[self.spans[cut][1] : self.spans[cut + 1][0]]

    @property
    def parts(self) -> list[str]:
        """All parts, in their order."""
        return [self.joined(part, part) for part in range(len(self.spans))]

    @property
    def surest(self) -> Cut:
        """The surest of the cuts; there is at least one."""
        return max(self.cuts)


def trimmed(text: str) -> str:
    """Give a name without the marks round it."""
    return text.strip(_EDGES).rstrip(" .")


def part(text: str, *, framed: bool) -> Parted:
    """Cut a text wherever names may be parted.

    Args:
        text: plain text without the frame of its question.
        framed: whether a frame was taken away; within it "and" and "with" part names too.
    """
    cuts = [(found.start(), found.end(), Cut.VERSUS) for found in VERSUS.finditer(text)]
    weak = {Cut.THAN: _THAN, Cut.LIST: _LIST}
    if framed or cuts:
        weak[Cut.AND] = _WITH if framed and not cuts else _AND
    for kind, pattern in weak.items():
        cuts += [(found.start(), found.end(), kind) for found in pattern.finditer(text)]
    spans = []
    kinds: list[Cut] = []
    begun = 0
    for start, end, kind in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        # No name stands before a cut that begins the text, or between two: "Cursor vs VS Code".
        if _LETTER.search(text, begun, start) and _LETTER.search(text, end):
            spans.append((begun, start))
            kinds.append(kind)
            begun = end
    return Parted(text, (*spans, (begun, len(text))), tuple(kinds))


def conjoined(text: str) -> list[str]:
    """Give what "and", "&" or "over" parts, where all of it has to be a name: "claude & chatgpt"."""
    return [trimmed(name) for name in _CONJUNCTION.split(text)]


def run_together(text: str) -> list[list[str]]:
    """Give the ways to part a name into which "vs" was run ("vllmvsollama"), the one with most parts first.

    >>> run_together("vllmvsollama"), run_together("canvas")
    ([['vllm', 'ollama']], [])
    """
    found = list(_RUN_TOGETHER.finditer(text))[:3]
    edges = [0, *(edge for one in found for edge in one.span()), len(text)]
    ways = [[text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]]
    if len(found) > 1:
        ways += [[text[: one.start()], text[one.end() :]] for one in found]
    ways = [[trimmed(part) for part in way] for way in ways if len(way) > 1]
    return [way for way in ways if all(map(_LETTER.search, way))]
