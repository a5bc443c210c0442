"""Merging two edits of one document, place by place, over what both of them saw.

What only one of them changed is as that one wants it; what both changed alike is as both want it; what they changed
differently is a conflict, for somebody to choose a side. An entry that one removed and the other changed is one too,
and so is a whole document.

Lists are in the order of theirs, or of mine where only mine moved entries; what the other one added follows what it
followed there. Two things are left out, because what comes of a merge must be a document: an alias that became the
name meanwhile, and of more aliases than a tool may have (`ALIAS_LIMIT`) the last ones that only mine has.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from catalog.editing.difference import Difference, difference_at, differences
from catalog.editing.pairing import LISTS, paired
from catalog.editing.places import DOCUMENT, entry_places, field_place, order_place
from catalog.editing.wording import document_label
from catalog.models import Document, Tool
from catalog.text import ALIAS_LIMIT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from catalog.editing.pairing import Entry, Pairing
    from catalog.editing.places import Place
    from catalog.editing.wording import Value

# Where the three documents stand in the values of a place.
_BASE, _MINE, _THEIRS = range(3)
# Most places that are named of a whole document's changes.
_NAMED = 5


class Side(StrEnum):
    """Whose word is taken where two edits contradict each other."""

    MINE = "mine"
    THEIRS = "theirs"


class Conflict(Document):
    """A place that both edits changed, and not alike: its texts for people, None where nothing stands there."""

    place: str
    label: str
    base: str | None
    mine: str | None
    theirs: str | None


class Merged(Document):
    """What two edits make of a document.

    Attributes:
        document: the document, None for none; where there are conflicts it holds theirs.
        conflicts: what is to be chosen, in the order of a tool's fields; empty when all is clear.
        joined: what of theirs is in the document that mine didn't have, without what is still to be chosen.
    """

    document: Tool | None
    conflicts: tuple[Conflict, ...] = ()
    joined: tuple[Difference, ...] = ()


NO_CHOICES: Final[Mapping[str, Side]] = MappingProxyType({})


def merge(
    base: Tool | None, mine: Tool | None, theirs: Tool | None, choices: Mapping[str, Side] = NO_CHOICES
) -> Merged:
    """Merge my edit of a document into what others made of it in the meantime.

    The slug is no place that merges: all three have the same one, and it stays.

    Args:
        base: the document as I saw it; None for none, like the other two.
        mine: as I want it.
        theirs: as it is by now.
        choices: by the key of a place (`Conflict.place`) whose word is taken there in a conflict.

    Returns:
        the document with what is still to be chosen. When theirs is as I saw it, it is mine to the byte; when I
        changed nothing, theirs.
    """
    if theirs == base:
        return Merged(document=mine)
    if mine == base:
        return Merged(document=theirs, joined=differences(base, theirs))
    if mine == theirs:
        return Merged(document=theirs)
    if mine is None or theirs is None:
        return _merged_whole(base, mine, theirs, choices.get(DOCUMENT))
    merging = _Merging(base, mine, theirs, choices)
    return Merged(
        document=merging.document(), conflicts=tuple(merging.conflicts), joined=tuple(merging.joined)
    )


def _merged_whole(base: Tool | None, mine: Tool | None, theirs: Tool | None, chosen: Side | None) -> Merged:
    """Settle that one side removed the document and the other changed it."""
    if chosen is Side.MINE:
        return Merged(document=mine)
    if chosen is Side.THEIRS:
        return Merged(document=theirs, joined=differences(base, theirs))
    known = next(tool for tool in (base, mine, theirs) if tool is not None)
    conflict = Conflict(
        place=DOCUMENT,
        label=document_label(known),
        base=base.name if base else None,
        mine=_changes_in_words(base, mine),
        theirs=_changes_in_words(base, theirs),
    )
    return Merged(document=theirs, conflicts=(conflict,))


def _changes_in_words(base: Tool | None, tool: Tool | None) -> str | None:
    if tool is None:
        return None
    labels = [difference.label for difference in differences(base, tool)]
    more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    return f"{tool.name}, with changes: {', '.join(labels[:_NAMED])}{more}"


class _Merging:
    """One merge of three documents: settles place after place and keeps what came of it."""

    def __init__(self, base: Tool | None, mine: Tool, theirs: Tool, choices: Mapping[str, Side]) -> None:
        self._documents = (base, mine, theirs)
        self._mine = mine
        self._theirs = theirs
        self._choices = choices
        self.conflicts: list[Conflict] = []
        self.joined: list[Difference] = []

    def document(self) -> Tool:
        """Merge all fields. All that comes in was checked as a part of its document, and stays as it is."""
        merged: dict[str, Any] = {
            field: self._list(field) if field in LISTS else self._settled(field_place(field, self._documents))
            for field in Tool.model_fields
            if field != "slug"
        }
        merged["aliases"] = self._fitting(merged["aliases"], merged["name"])
        if merged["successor"] == self._theirs.slug:
            merged["successor"] = self._theirs.successor
        changed = {field: value for field, value in merged.items() if value != getattr(self._theirs, field)}
        return self._theirs.model_copy(update=changed)

    def _settled(self, place: Place) -> Value | None:
        base, mine, theirs = place.values
        if mine == theirs:
            return theirs
        if base == theirs:
            return mine
        chosen = Side.THEIRS if base == mine else self._choices.get(place.key)
        if chosen is Side.MINE:
            return mine
        if chosen is Side.THEIRS:
            self.joined.append(difference_at(place, _BASE, _THEIRS))
        else:
            self.conflicts.append(
                Conflict(
                    place=place.key,
                    label=place.label,
                    base=place.text(_BASE),
                    mine=place.text(_MINE),
                    theirs=place.text(_THEIRS),
                )
            )
        return theirs

    def _list(self, field: str) -> tuple[Entry, ...]:
        pairing = paired(field, self._documents)
        kept = {place.key: self._settled(place) for place in entry_places(pairing, self._documents)}
        place = order_place(pairing, self._documents)
        leads = _THEIRS if self._settled(place) == place.values[_THEIRS] else _MINE
        keys = _arranged(pairing, {key for key, entry in kept.items() if entry is not None}, leads)
        return tuple(kept[key] for key in keys)  # type: ignore[misc]  # those that are None were left out

    def _fitting(self, aliases: Iterable[str], name: str) -> tuple[str, ...]:
        """Leave out what the two edits only have in each other's company: see the module."""
        meant = {alias for tool in (self._mine, self._theirs) if tool.name == name for alias in tool.aliases}
        fitting = [alias for alias in aliases if alias in meant or alias.casefold() != name.casefold()]
        over = len(fitting) - ALIAS_LIMIT
        if over > 0:
            last = [alias for alias in fitting if alias not in self._theirs.aliases][-over:]
            fitting = [alias for alias in fitting if alias not in last]
        return tuple(fitting)


def _arranged(pairing: Pairing, kept: Collection[str], leads: int) -> list[str]:
    """Order the keys that are kept as the leading document does; what only the other has follows what it followed."""
    leading = [key for key in pairing.orders[leads] if key in kept]
    known = set(leading)
    followers: defaultdict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for key in pairing.orders[_THEIRS if leads == _MINE else _MINE]:
        if key in known:
            last = key
        elif key in kept:
            followers[last].append(key)
    arranged = followers[None]
    for key in leading:
        arranged += [key, *followers[key]]
    return arranged
