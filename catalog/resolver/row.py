"""A row: one name or alias of a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from catalog.resolver.parts import NAME, SLUG

if TYPE_CHECKING:
    from catalog.resolver.entry import Entry
    from catalog.resolver.phrase import Phrase

#: A place that is no name's, for a row that has to give way to another.
_CALLED_SO = 1


class Row(NamedTuple):
    """One name or alias of a tool.

    Attributes:
        entry: the tool.
        place: where the name comes from; see `parts.spellings`.
        phrase: the name, ready for comparison.
        rank: of the tool by popularity, from 0; a changed one stands between two whole numbers.
    """

    entry: Entry
    place: int
    phrase: Phrase
    rank: float

    @property
    def is_name(self) -> bool:
        """Whether it is the tool's name, and no alias of it."""
        return self.place == NAME

    @property
    def floats(self) -> bool:
        """Whether it is the name of a family, which the tool has only while it is the newest."""
        return self.entry.family is not None and self.place == len(self.entry.aliases)

    def as_name(self) -> Row:
        """Give the row as if it were the tool's name."""
        return self._replace(place=NAME)

    def as_alias(self) -> Row:
        """Give the row as if it were an alias."""
        return self if self.place != NAME else self._replace(place=_CALLED_SO)

    @property
    def text(self) -> str:
        """The name as the document has it."""
        if self.place in {NAME, SLUG}:
            return self.entry.name if self.place == NAME else self.entry.slug
        return self.entry.aliases[self.place - 1]
