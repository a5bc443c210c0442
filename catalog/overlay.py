"""A mapping with a few of its entries changed, at the cost of those few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

K = TypeVar("K")
V = TypeVar("V")


class Overlay(Mapping[K, V]):
    """What lies beneath, with some entries changed, added or (None) gone. Neither part may be changed afterwards.

    An overlay of an overlay lies on the same mapping: however many edits follow each other, a look-up takes two
    steps.

    >>> seen = Overlay({"a": 1, "b": 2}, {"b": None, "c": 3})
    >>> dict(seen), dict(Overlay(seen, {"a": 9, "c": None}))
    ({'a': 1, 'c': 3}, {'a': 9})
    """

    def __init__(self, beneath: Mapping[K, V], changes: Mapping[K, V | None]) -> None:
        if isinstance(beneath, Overlay):
            changes = {**beneath.changes, **changes}
            beneath = beneath.beneath
        self.beneath: Mapping[K, V] = beneath
        self.changes: Mapping[K, V | None] = changes
        self._length = len(beneath) + sum(
            (value is not None) - (key in beneath) for key, value in changes.items()
        )

    def __getitem__(self, key: K) -> V:
        if key not in self.changes:
            return self.beneath[key]
        value = self.changes[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[K]:
        for key in self.beneath:
            if key not in self.changes or self.changes[key] is not None:
                yield key
        for key, value in self.changes.items():
            if value is not None and key not in self.beneath:
                yield key

    def __len__(self) -> int:
        return self._length
