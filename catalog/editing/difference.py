"""What differs between two documents, place by place, in words for people."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from catalog.editing.places import DOCUMENT, places
from catalog.editing.wording import Order, document_label
from catalog.models import Document

if TYPE_CHECKING:
    from catalog.editing.places import Place
    from catalog.models import Tool


class DifferenceKind(StrEnum):
    """What happened at a place."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Difference(Document):
    """One place that differs; `before` and `after` say what stands there, None for nothing."""

    place: str
    label: str
    kind: DifferenceKind
    before: str | None
    after: str | None


def differences(before: Tool | None, after: Tool | None) -> tuple[Difference, ...]:
    """Tell what differs, in the order of a tool's fields; equal documents give nothing.

    A document that is new has each of its places added; one that is gone is one difference, of the whole document.
    """
    if before is not None and after is None:
        return (removal(before),)
    return tuple(
        difference_at(place)
        for place in (() if before == after else places(before, after))
        if place.values[0] != place.values[1] and not _is_quiet(place)
    )


def _is_quiet(place: Place) -> bool:
    """Tell whether a place says nothing to people: what was taken away by hand shows where it was."""
    return "withdrawn" in place.key.partition(":")[::2]


def removal(tool: Tool) -> Difference:
    """Word the removal of a whole document."""
    return Difference(
        place=DOCUMENT,
        label=document_label(tool),
        kind=DifferenceKind.REMOVED,
        before=tool.name,
        after=None,
    )


def difference_at(place: Place, before: int = 0, after: int = 1) -> Difference:
    """Word the difference at a place between two of the documents that it was made of."""
    old, new = place.text(before), place.text(after)
    if isinstance(place.values[after], Order):
        kind = DifferenceKind.MOVED
    elif old is None:
        kind = DifferenceKind.ADDED
    elif new is None:
        kind = DifferenceKind.REMOVED
    else:
        kind = DifferenceKind.CHANGED
    return Difference(place=place.key, label=place.label, kind=kind, before=old, after=new)
