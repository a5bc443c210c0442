"""A guild's copy of a tool, and what the guild sees while the shared tool moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from catalog.editing.threeway import Merged, merge
from catalog.models import Tool  # noqa: TC001 (a named tuple's fields)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.editing.threeway import Side


class Copy(NamedTuple):
    """What a guild has of its own under a slug.

    Attributes:
        document: the guild's document; None hides the shared one.
        base: the shared document that the copy was last brought up to; None where there was none.
    """

    document: Tool | None
    base: Tool | None

    def eclipses(self, shared: Tool | None) -> bool:
        """Say whether this is a tool that the guild added itself, and that the shared catalog has too by now."""
        return self.base is None and self.document is not None and shared is not None

    def over(self, shared: Tool | None, choices: Mapping[str, Side] | None = None) -> Merged:
        """Bring the copy up to the shared document as it is now, place by place.

        Where both have changed the same place, the guild keeps what it has, and the place is among the conflicts
        unless there is a choice for it: MINE takes the shared one's value, THEIRS the guild's.
        """
        if self.document is None or shared is None or shared == self.base or self.base is None:
            return Merged(document=self.document)
        return merge(self.base, shared, self.document, choices or {})
