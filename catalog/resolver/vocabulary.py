"""The words of all names: how many tools use each, and which are makers."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

import numpy as np

from catalog.names import name_key, words
from catalog.resolver.alphabet import hashed, is_digit, numbers
from catalog.resolver.parts import SLUG, spellings
from catalog.resolver.wording import is_everyday

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from catalog.resolver.entry import Entry
    from catalog.resolver.segment import Segment


class Vocabulary:
    """The words of a segment's names, with what changed since. Immutable.

    Args:
        segment: whose words are counted already.
        makers: by word, how many tools have a maker called so.
        gained: hashes of words by how many more tools (or fewer, below 0) use them than the segment says.
        names: how many tools there are.
    """

    def __init__(
        self, segment: Segment, makers: Mapping[str, int], gained: Mapping[int, int], names: int
    ) -> None:
        self._segment = segment
        self._names = names
        self._makers = makers
        self._gained = gained

    @classmethod
    def of(cls, segment: Segment) -> Vocabulary:
        """Give the vocabulary of a segment."""
        makers: Counter[str] = Counter()
        # Few makers stand behind many tools.
        for vendor, count in Counter(entry.vendor for entry in segment.entries).items():
            for word in _makers(vendor):
                makers[word] += count
        return cls(segment, makers, {}, len(segment.entries))

    def changed(self, gone: Iterable[Entry], come: Iterable[Entry]) -> Vocabulary:
        """Give the vocabulary with some entries gone and others come."""
        makers, gained, names = Counter(self._makers), Counter(self._gained), self._names
        for entries, sign in ((gone, -1), (come, 1)):
            for entry in entries:
                names += sign
                for code in {hashed(numbers(word)) for word in _words(entry)}:
                    gained[code] += sign
                for word in _makers(entry.vendor):
                    makers[word] += sign
        return Vocabulary(self._segment, makers, gained, names)

    @property
    def names(self) -> int:
        """How many tools there are."""
        return self._names

    def counts(self, words: Sequence[str]) -> list[int]:
        """Say in the names of how many tools each word occurs; versions and single letters aren't counted."""
        hashes = self._segment.word_hashes
        asked = [hashed(numbers(word)) for word in words]
        if not words or not len(hashes):
            return [self._gained.get(code, 0) for code in asked]
        codes = np.array(asked, dtype=np.uint32)
        places = np.minimum(np.searchsorted(hashes, codes), len(hashes) - 1)
        known = np.where(hashes[places] == codes, self._segment.word_counts[places], 0)
        return [count + self._gained.get(code, 0) for code, count in zip(asked, known.tolist(), strict=True)]

    def count(self, word: str) -> int:
        """Say in the names of how many tools a word occurs."""
        return self.counts([word])[0]

    def rarities(self, words: Sequence[str]) -> dict[str, float]:
        """Say how much each word tells, from about 0.7 for one in every name up to the logarithm of their number."""
        every = 1 + self._names
        return {
            word: log(1 + every / (1 + max(0, count)))
            for word, count in zip(words, self.counts(words), strict=True)
        }

    def has_maker(self, word: str) -> bool:
        """Tell whether a word is part of a maker's name."""
        return self._makers.get(word, 0) > 0


def _words(entry: Entry) -> set[str]:
    return {
        word
        for place, key in spellings(entry)
        if place != SLUG
        for word in key.split()
        if len(word) > 1 and not any(map(is_digit, numbers(word)))
    }


def _makers(vendor: str | None) -> set[str]:
    return {word for word in words(name_key(vendor or "")) if not is_everyday(word)}
