"""Merging what a file says of a tool into what the catalog knows of it.

One-valued fields follow authority: our own documents replace what they give; somebody else's fill what is empty, and
replace only what the same source gave before (`Tool.origins`, and the source that a price names). Lists are united,
each by what makes two of its entries the same:

| list | the same when equal in |
|---|---|
| aliases | spelling, whatever the case |
| tasks, tags, packages | value |
| links | address |
| capabilities | description, whatever the case and spacing |
| hidden capabilities, reported scores, origins | source |
| signals | metric, source and day |

Merging the same document twice changes nothing the second time. What somebody took away by hand (`by_hand`) isn't given
again by others' documents: a mark of it stays in `Tool.withdrawn`.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

from catalog.importers.reading import Authority
from catalog.models import Document, HiddenCapabilities, PricingKind, Tool, ToolType
from catalog.names import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from catalog.importers.reading import Incoming
    from catalog.models import Capability, Origin, Pricing, ReportedScore

_Entry = TypeVar("_Entry", bound=Document)

_SCALARS = frozenset(
    {
        "type",
        "vendor",
        "family",
        "summary",
        "licence",
        "pricing",
        "status",
        "successor",
        "released_on",
        "popularity",
    }
)
_LISTS = frozenset(
    {
        "tasks",
        "tags",
        "links",
        "packages",
        "capabilities",
        "hidden_capabilities",
        "signals",
        "reported",
        "origins",
        "withdrawn",
    }
)


def merge(existing: Tool | None, incoming: Incoming) -> Tool:
    """Merge a document into what is known.

    Args:
        existing: the tool as the catalog has it; None for a new one.
        incoming: the same tool as a file gives it, and with what authority.

    Returns:
        the merged document, under the existing slug.
    """
    new, own = incoming.tool, incoming.authority is Authority.OWN
    if existing and existing.withdrawn and not own:
        new = _offered(new, existing.withdrawn)
    if existing is None and own and _repeats_nothing(new):
        return new
    old = existing or Tool(slug=new.slug, name=new.name)
    # The slug says that it is this very tool: only then is another name a renaming and not an alias.
    name = new.name if own and new.slug == old.slug else old.name
    changes: dict[str, Any] = {
        field: getattr(new, field)
        for field in _SCALARS
        if field in new.model_fields_set and (own or existing is None or _may_fill(old, new, field))
    }
    if changes.get("successor") == old.slug:
        del changes["successor"]
    if existing and not own and old.pricing and new.pricing:
        changes["pricing"] = _price(old.pricing, new.pricing)
    changes |= {
        "name": name,
        "aliases": _aliases(name, (*old.aliases, *new.aliases), names=(old.name, new.name)),
        "tasks": tuple(dict.fromkeys((*old.tasks, *new.tasks))),
        "tags": tuple(dict.fromkeys((*old.tags, *new.tags))),
        "packages": tuple(dict.fromkeys((*old.packages, *new.packages))),
        "links": _united(old.links, new.links, _KEYS["links"], own=own),
        "capabilities": _united(old.capabilities, new.capabilities, capability_key, own=own),
        "hidden_capabilities": _hidden(old, new, own=own),
        "signals": _united(old.signals, new.signals, _KEYS["signals"], own=own),
        "reported": _reported(old.reported, new.reported),
        "withdrawn": tuple(dict.fromkeys((*old.withdrawn, *new.withdrawn))),
    }
    changes["origins"] = _origins(old, new, changes, own=own)
    changes = {field: value for field, value in changes.items() if value != getattr(old, field)}
    return old.model_copy(update=changes) if changes else old


def _repeats_nothing(tool: Tool) -> bool:
    """Tell at a glance that a document has nothing to unite with itself: all but its aliases is given once.

    So are most of a million names; to unite their empty lists would take longer than to read them.
    """
    if not _LISTS.isdisjoint(tool.model_fields_set):
        return False
    return not tool.aliases or tool.aliases == _aliases(tool.name, tool.aliases, names=())


def capability_key(capability: Capability) -> str:
    """Give what makes two capabilities the same: the words of their descriptions."""
    return " ".join(capability.description.casefold().split())


#: What makes an entry of a list itself; the lists that both people and others' data fill.
_KEYS: Mapping[str, Callable[[Any], Hashable]] = {
    "aliases": str.casefold,
    "tasks": str,
    "tags": str,
    "links": lambda link: link.url,
    "packages": str.casefold,
    "capabilities": capability_key,
    "signals": lambda signal: (signal.metric, signal.source, signal.observed_on),
}


def by_hand(tool: Tool, values: Mapping[str, Any]) -> Tool:
    """Give a tool as somebody edited it: with other values, and with marks of what they took away of others' data."""
    after = tool.edited(values)
    removed = {mark for field in _KEYS for mark in _marks(tool, field) - _marks(after, field)}
    there = {_mark(field, entry) for field in _KEYS for entry in getattr(after, field)}
    # What was put back may come from others again.
    left = [mark for mark in tool.withdrawn if mark not in there]
    marks = (*left, *sorted(removed - there - {*left}))
    return after if marks == tool.withdrawn else after.model_copy(update={"withdrawn": marks})


def _marks(tool: Tool, field: str) -> set[str]:
    """Mark what of a list may come from others: what names its source, and all of a list that a source added to."""
    others = any(field in origin.fields for origin in tool.origins)
    return {_mark(field, entry) for entry in getattr(tool, field) if others or getattr(entry, "source", None)}


def _mark(field: str, entry: object) -> str:
    key = repr(_KEYS[field](entry))
    return f"{field}:{blake2b(key.encode(), digest_size=6).hexdigest()}"


def _offered(new: Tool, withdrawn: Iterable[str]) -> Tool:
    """Leave out of somebody else's document what was taken away by hand."""
    marks = frozenset(withdrawn)
    lists = {
        field: tuple(entry for entry in getattr(new, field) if _mark(field, entry) not in marks)
        for field in _KEYS
    }
    return new.model_copy(update=lists)


def _may_fill(old: Tool, new: Tool, field: str) -> bool:
    """Tell whether somebody else's document may say what stands in a field: nothing did, or its source did."""
    value = getattr(old, field)
    if value is None or value is ToolType.OTHER:
        return True
    given = {origin.source: origin for origin in old.origins if field in origin.fields}
    return any(
        # Two files of one day may disagree; which of them was read last says nothing.
        origin.source in given and given[origin.source].observed_on < origin.observed_on
        for origin in new.origins
    )


def _aliases(name: str, given: Iterable[str], *, names: Iterable[str]) -> tuple[str, ...]:
    """Keep one spelling of each alias; add other names of the tool that read like none of them."""
    aliases: dict[str, str] = {}
    for alias in given:
        if alias.casefold() != name.casefold():
            aliases.setdefault(alias.casefold(), alias)
    for other in names:
        # Mostly it is the name itself, and keys need not be made.
        if other != name and name_key(other) not in {name_key(known) for known in (name, *aliases.values())}:
            aliases[other.casefold()] = other
    return tuple(aliases.values())


def _united(
    old: Iterable[_Entry], new: Iterable[_Entry], key: Callable[[_Entry], Hashable], *, own: bool
) -> tuple[_Entry, ...]:
    """Unite two lists, old order first; of two entries that are the same, one is made by authority."""
    united: dict[Hashable, _Entry] = {}
    for entry in old:
        united.setdefault(key(entry), entry)
    for entry in new:
        known = united.get(key(entry))
        united[key(entry)] = entry if known is None else _blend(known, entry, own=own)
    return tuple(united.values())


def _blend(old: _Entry, new: _Entry, *, own: bool) -> _Entry:
    """Make one entry of two: what the new one gives replaces (ours) or fills what is None (foreign)."""
    given = {
        field: getattr(new, field) for field in new.model_fields_set if own or getattr(old, field) is None
    }
    return old.model_copy(update=given)


def _price(old: Pricing, new: Pricing) -> Pricing:
    """Take somebody else's starting price where there is none, or where the same source says it anew."""
    before, now = old.starting, new.starting
    if now is None or (before is None and old.kind is PricingKind.FREE):
        return old
    if before and (before.source != now.source or before.observed_on >= now.observed_on):
        return old
    return old.model_copy(update={"starting": now, "note": old.note or new.note})


def _origins(old: Tool, new: Tool, changes: Mapping[str, Any], *, own: bool) -> tuple[Origin, ...]:
    """Unite which sources gave what; a field that is replaced is no longer from those that gave it before."""
    united = {origin.source: origin for origin in old.edited(changes).origins}
    for origin in new.origins:
        # Of somebody else's document only what was taken is from its source, and only that makes it as new as that.
        fields = [field for field in origin.fields if own or _is_taken(old, field, changes)]
        known = united.get(origin.source)
        if fields:
            later = max(known or origin, origin, key=lambda one: one.observed_on)
            both = dict.fromkeys((*(known.fields if known else ()), *fields))
            united[origin.source] = later.model_copy(update={"fields": tuple(both)})
    return tuple(united.values())


def _is_taken(old: Tool, field: str, changes: Mapping[str, Any]) -> bool:
    """Tell whether somebody else's document has given a field, or has added something to a list."""
    return field in changes and changes[field] != getattr(old, field)


def _reported(old: Iterable[ReportedScore], new: Iterable[ReportedScore]) -> tuple[ReportedScore, ...]:
    """Keep one score a source: the one seen last, completed from the other where it lacks something."""
    united: dict[str, ReportedScore] = {}
    for score in (*old, *new):
        known = united.get(score.source)
        if known is None:
            united[score.source] = score
            continue
        is_later = (score.observed_on or "") >= (known.observed_on or "")
        later, earlier = (score, known) if is_later else (known, score)
        united[score.source] = later.model_copy(
            update={
                "observed_on": later.observed_on or earlier.observed_on,
                "rank": earlier.rank if later.rank is None else later.rank,
                "components": {**earlier.components, **later.components},
                "times_matched": (
                    earlier.times_matched if later.times_matched is None else later.times_matched
                ),
            }
        )
    return tuple(united.values())


def _hidden(old: Tool, new: Tool, *, own: bool) -> tuple[HiddenCapabilities, ...]:
    """Keep one count a source, less what came to light since.

    Of two pages of one source, each may show what the other hides. Our own documents say how many are hidden
    beside what the catalog would know after them; of a foreign count, what the catalog knows beyond the page
    is taken off, and so are the page's new capabilities off the old count.
    """
    known = _united(old.capabilities, (), capability_key, own=own)
    shown = _united((), new.capabilities, capability_key, own=own)
    counts: dict[str, int] = {}
    for entry in old.hidden_capabilities:
        revealed = 0 if own else _beyond(shown, known, entry.source)
        counts.setdefault(entry.source, entry.count - revealed)
    for entry in new.hidden_capabilities:
        unseen = entry.count - _beyond(known, shown, entry.source)
        counts[entry.source] = entry.count if own else max(counts.get(entry.source, 0), unseen)
    return tuple(
        HiddenCapabilities(count=count, source=source) for source, count in counts.items() if count > 0
    )


def _beyond(ones: Iterable[Capability], others: Iterable[Capability], source: str) -> int:
    """Count the capabilities of a source that are among the ones and not among the others."""
    keys = {capability_key(capability) for capability in others}
    return sum(one.source == source and capability_key(one) not in keys for one in ones)
