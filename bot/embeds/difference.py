"""What differs between two documents, for eyes and for screen readers: "was" and "now" are said in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from bot.embeds.contrast import contrast
from bot.embeds.lines import bold, counted, listed, one_line
from catalog.editing.difference import DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from catalog.editing.difference import Difference

#: Characters of a value that are shown, before escaping.
EACH: Final = 160
_LABEL: Final = 110
#: Entries of a list that came or went together.
_TOGETHER: Final = 200
#: What people call one entry of a list, and several.
_NOUNS: Final = {
    "aliases": ("alias", "aliases"),
    "tasks": ("task", "tasks"),
    "tags": ("tag", "tags"),
    "links": ("link", "links"),
    "packages": ("package", "packages"),
    "capabilities": ("capability", "capabilities"),
    "hidden_capabilities": ("count of hidden capabilities", "counts of hidden capabilities"),
    "signals": ("signal", "signals"),
    "reported": ("reported score", "reported scores"),
    "origins": ("origin", "origins"),
}
#: Lists whose entries are a few words each: several share a line.
_SHORT: Final = frozenset({"aliases", "tasks", "tags", "packages"})


def drawn(differences: Sequence[Difference], room: int, *, new: bool = False, each: int = EACH) -> str:
    """Show differences in at most `room` characters, and how many more there are.

    Args:
        differences: what differs, in the order in which it is shown.
        room: characters of Markdown.
        new: whether the document is new: then all of it was added, and it isn't said of each part.
        each: characters of a value that are shown.
    """
    return listed(list(_entries(differences, new=new, each=each)), room)


def gist(differences: Iterable[Difference], limit: int) -> str:
    """Say in a line of Markdown what differs: ``"summary changed, 2 aliases added"``."""
    said = []
    for (noun, kind), group in groupby(differences, key=lambda one: (_noun(one), _verb(one))):
        many = list(group)
        plural = _NOUNS.get(noun)
        said.append(f"{counted(len(many), *plural) if plural else noun} {kind}")
    shown = ", ".join(said)
    for kept in range(len(said) - 1, 0, -1):
        if len(shown) <= limit:
            break
        shown = f"{', '.join(said[:kept])} and {len(said) - kept} more"
    return one_line(shown, limit)


def _entries(differences: Iterable[Difference], *, new: bool, each: int) -> Iterator[str]:
    for (field, kind), group in groupby(differences, key=lambda one: (_field(one), one.kind)):
        many = list(group)
        if field in _SHORT and kind in {DifferenceKind.ADDED, DifferenceKind.REMOVED}:
            yield _together(field, many, new=new, each=each)
        else:
            yield from (_entry(one, new=new, each=each) for one in many)


def _together(field: str, many: Sequence[Difference], *, new: bool, each: int) -> str:
    noun, plural = _NOUNS[field]
    verb = "" if new else f" {_verb(many[0])}"
    name = (noun if len(many) == 1 else plural).capitalize()
    shown: list[str] = []
    for one in many:
        shown.append(one_line((one.before if one.after is None else one.after) or "", each))
        if sum(map(len, shown)) > _TOGETHER:
            break
    more = f" and {len(many) - len(shown)} more" if len(shown) < len(many) else ""
    return f"**{name}**{verb}: {', '.join(shown)}{more}"


def _entry(one: Difference, *, new: bool, each: int) -> str:
    if one.before is not None and one.after is not None:
        was, now = contrast(one.before, one.after, each)
        moved = " changed" if one.kind is DifferenceKind.MOVED else ""
        return f"{bold(one.label, _LABEL)}{moved}\nwas: {was}\nnow: {now}"
    verb = "" if new else f" {_verb(one)}"
    value = (one.before if one.after is None else one.after) or ""
    if _field(one) not in {"capabilities", "links"}:
        label, name = bold(one.label, _LABEL), _NOUNS.get(_field(one))
        said = "" if name is None and one.label.endswith(f"“{value}”") else value
    else:  # the value says again what the label quotes
        label, said = f"**{_NOUNS[_field(one)][0].capitalize()}**", value
    return f"{label}{verb}" + (f": {one_line(said, each)}" if said else "")


def _field(one: Difference) -> str:
    """Name the list whose entry a difference is about; else the place itself."""
    field, _, entry = one.place.partition(":")
    return field if entry and field in _NOUNS else one.place


def _noun(one: Difference) -> str:
    field = _field(one)
    return field if field in _NOUNS else one.label[:1].lower() + one.label[1:]


def _verb(one: Difference) -> str:
    if one.kind is DifferenceKind.MOVED:
        return "changed"
    return one.kind.value
