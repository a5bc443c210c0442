"""What a document consists of, as places that can differ and be merged on their own.

One place is a field of one value, one an entry of a list, and one the order of a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from catalog.editing.pairing import LISTS, Pairing, first, paired
from catalog.editing.wording import Order, entry_label, entry_name, field_label, in_words, order_label
from catalog.models import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.editing.wording import Value

#: The key of the place that is a whole document.
DOCUMENT: Final = "document"


class Place(NamedTuple):
    """One place, as several documents have it.

    Attributes:
        key: stable while other places change; at most 100 characters of ASCII, fit for an option of a menu.
        label: what it is called, for people; at most 100 characters.
        values: what stands there in each document, None for nothing. A document that isn't there counts as
            empty: a field has its default, a list no entry.
        there: which of the documents are there.
    """

    key: str
    label: str
    values: tuple[Value | None, ...]
    there: tuple[bool, ...]

    def text(self, document: int) -> str | None:
        """Say in words what a document has there; None where it has nothing."""
        value = self.values[document]
        return in_words(value) if self.there[document] and value is not None else None


def places(*documents: Tool | None) -> tuple[Place, ...]:
    """Give every place that any of some documents has, in the order of a tool's fields.

    >>> [place.key for place in places(Tool(name="vLLM", aliases=("v-llm",)))][:6]
    ['slug', 'name', 'type', 'vendor', 'family', 'summary']
    """
    return tuple(_places(documents))


def _places(documents: Sequence[Tool | None]) -> Iterator[Place]:
    for field in Tool.model_fields:
        if field in LISTS:
            pairing = paired(field, documents)
            yield from entry_places(pairing, documents)
            yield order_place(pairing, documents)
        else:
            yield field_place(field, documents)


def field_place(field: str, documents: Sequence[Tool | None]) -> Place:
    """Give the place of a field of one value."""
    info = Tool.model_fields[field]
    empty = None if info.is_required() else info.default
    return Place(
        field,
        field_label(field),
        tuple(empty if document is None else getattr(document, field) for document in documents),
        _there(documents),
    )


def entry_places(pairing: Pairing, documents: Sequence[Tool | None]) -> tuple[Place, ...]:
    """Give the places of a list's entries."""
    there = _there(documents)
    return tuple(
        Place(key, entry_label(pairing.field, first(versions)), versions, there)
        for key, versions in pairing.entries.items()
    )


def order_place(pairing: Pairing, documents: Sequence[Tool | None]) -> Place:
    """Give the place of a list's order: how each document has what all of them have."""
    common = set.intersection(*(set(order) for order in pairing.orders))
    names = {key: entry_name(first(pairing.entries[key])) for key in common}
    orders = tuple(tuple(key for key in order if key in common) for order in pairing.orders)
    return Place(
        f"order:{pairing.field}",
        order_label(pairing.field),
        tuple(Order(order, tuple(names[key] for key in order)) for order in orders),
        _there(documents),
    )


def _there(documents: Sequence[Tool | None]) -> tuple[bool, ...]:
    return tuple(document is not None for document in documents)
