"""Which entries of several documents' lists are the same one, rewritten or not.

| list | the same when equal in |
|---|---|
| aliases | spelling, whatever the case |
| tasks, tags, packages | value |
| links | address |
| capabilities | description; of the rest, heading (both whatever the case): people rewrite what they describe |
| hidden capabilities, reported scores, origins | source |
| signals | metric, source and day |

What one document says twice is two entries, paired in turn.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from catalog.claims import heading
from catalog.merging import capability_key
from catalog.models import (
    Capability,
    Document,
    HiddenCapabilities,
    Link,
    Origin,
    ReportedScore,
    Signal,
    Tool,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

#: What a list of a document holds: a document of its own, or a text.
Entry: TypeAlias = Document | str

#: The fields of a tool that are lists, in its order.
LISTS: Final = tuple(name for name, field in Tool.model_fields.items() if field.default == ())

# What can stand in a key as it is: no sign that a key itself uses.
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")


class Pairing(NamedTuple):
    """One list as several documents have it.

    Attributes:
        field: which list.
        entries: for each entry's key the entry of each document, None where it has none; those of the first
            document come first, then what others add.
        orders: for each document the keys, in its order.
    """

    field: str
    entries: Mapping[str, tuple[Entry | None, ...]]
    orders: tuple[tuple[str, ...], ...]


def paired(field: str, documents: Sequence[Tool | None]) -> Pairing:
    """Pair the entries of a list across documents.

    A later document's entry is paired with the first document's where it can be, then with the second's, and so on:
    what the first two make of each other stays the same, whatever a third one says.
    """
    rows: list[list[Entry | None]] = []
    orders: list[list[int]] = []
    for place, document in enumerate(documents):
        entries: tuple[Entry, ...] = getattr(document, field) if document else ()
        order: list[int] = []
        for entry, known in zip(entries, _homes(rows, entries), strict=True):
            home = known
            if home is None:
                home = len(rows)
                rows.append([None] * len(documents))
            rows[home][place] = entry
            order.append(home)
        orders.append(order)
    keys = _keys(field, rows)
    return Pairing(
        field,
        {key: tuple(row) for key, row in zip(keys, rows, strict=True)},
        tuple(tuple(keys[home] for home in order) for order in orders),
    )


def first(versions: Iterable[Entry | None]) -> Entry:
    """Give an entry as the first document has it that has it at all."""
    return next(version for version in versions if version is not None)


def _homes(rows: Sequence[Sequence[Entry | None]], entries: Sequence[Entry]) -> list[int | None]:
    """Give the row of each entry, as far as one fits: the closest look first, and each row once."""
    tiers: defaultdict[int, list[int]] = defaultdict(list)
    for home, row in enumerate(rows):
        tiers[next(place for place, version in enumerate(row) if version is not None)].append(home)
    homes: list[int | None] = [None] * len(entries)
    taken: set[int] = set()
    for tier in sorted(tiers):
        for look in (_whole, _identity, _heading):
            free = _by_look(look, rows, (home for home in tiers[tier] if home not in taken))
            for place, entry in enumerate(entries):
                if homes[place] is None and (fitting := free.get(look(entry))):
                    homes[place] = fitting.popleft()
            taken.update(home for home in homes if home is not None)
    return homes


def _by_look(
    look: Callable[[Entry], str | None], rows: Sequence[Sequence[Entry | None]], homes: Iterable[int]
) -> dict[str | None, deque[int]]:
    free: defaultdict[str | None, deque[int]] = defaultdict(deque)
    for home in homes:
        free[look(first(rows[home]))].append(home)
    free.pop(None, None)
    return free


def _whole(entry: Entry) -> str:
    """Tell entries apart by all they say, so that of two of one identity the unchanged one stays itself."""
    return entry if isinstance(entry, str) else entry.model_dump_json()


def _identity(entry: Entry) -> str:
    match entry:
        case Capability():
            return capability_key(entry)
        case Link():
            return entry.url
        case Signal():
            return f"{entry.metric}\n{entry.source}\n{entry.observed_on}"
        case HiddenCapabilities() | ReportedScore() | Origin():
            return entry.source
        case _:
            return str(entry).casefold()


def _heading(entry: Entry) -> str | None:
    return heading(entry).casefold() if isinstance(entry, Capability) else None


def _keys(field: str, rows: Iterable[Sequence[Entry | None]]) -> list[str]:
    """Make keys that stay the same while other entries come and go: of what an entry is, not of where it stands."""
    keys: list[str] = []
    seen: Counter[str] = Counter()
    for row in rows:
        identity = _identity(first(row))
        if not _PLAIN.fullmatch(identity):
            identity = "~" + blake2b(identity.encode(), digest_size=9).hexdigest()
        seen[identity] += 1
        again = f"#{seen[identity]}" if seen[identity] > 1 else ""
        keys.append(f"{field}:{identity}{again}")
    return keys
