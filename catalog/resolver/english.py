"""English words: what spells one is seldom a misspelt name, however near the name is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Ends of inflected forms, with what they stand for in the word as it is listed.
_ENDS = (
    ("ies", "y"),
    ("ied", "y"),
    ("es", ""),
    ("s", ""),
    ("d", ""),
    ("r", ""),
    ("ing", "e"),
    ("ing", ""),
    ("ed", ""),
    ("ion", ""),
    ("ion", "e"),
    ("ator", "ate"),
    ("rs", ""),
    ("ly", ""),
    ("y", ""),
)


def is_english(word: str) -> bool:
    """Tell whether a word is listed, as it is or as a form of another one.

    >>> is_english("clause"), is_english("invoices"), is_english("midjorney")
    (True, True, False)
    """
    return not _words().isdisjoint(_roots(word))


def _roots(word: str) -> Iterator[str]:
    yield word
    for end, instead in _ENDS:
        if word.endswith(end):
            yield word.removesuffix(end) + instead


@cache
def _words() -> frozenset[str]:
    text = (files("catalog.resolver") / "english.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
