"""A phrase: a name, an alias or a query, ready for comparison."""

from __future__ import annotations

from typing import NamedTuple

from catalog.names import compact, is_version, words
from catalog.resolver.wording import weight


class Phrase(NamedTuple):
    """What is compared of a name.

    Attributes:
        key: from `names.name_key`.
        compact: the key without spaces.
        words: the key's words without versions.
        versions: its versions and sizes, sorted.
        weight: of its words together.
    """

    key: str
    compact: str
    words: tuple[str, ...]
    versions: tuple[str, ...]
    weight: float

    @classmethod
    def of(cls, key: str) -> Phrase:
        """Take a key apart."""
        if not any(map(str.isdigit, key)):
            bare = tuple(key.split())
            return cls(key, key.replace(" ", ""), bare, (), sum(map(weight, bare)))
        parts = words(key)
        bare = tuple(part for part in parts if not is_version(part))
        versions = tuple(sorted(part for part in parts if is_version(part)))
        return cls(key, compact(key), bare, versions, sum(map(weight, bare)))
