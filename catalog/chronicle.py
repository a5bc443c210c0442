"""What became of ranks: noting how they move, and telling it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalog.ledger import History, formula, now
from catalog.rank import rank
from catalog.revision import SHARED, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from catalog.guilds import Guilds
    from catalog.models import Tool
    from catalog.rank import Rank
    from catalog.snapshot import Snapshot
    from catalog.storage import Storage

#: The setting that says for which day, and by which formula, ranks were noted last.
_NOTED: Final = "ranks_noted"


async def told(storage: Storage | None, tool: Tool, scope: Scope, today: date) -> History:
    """Tell how a tool's rank came to be what it is today; what is kept nowhere has no entries.

    Raises:
        StorageError: the database refused.
    """
    entries = await storage.ledger.of(tool.slug, scope) if storage else []
    return History(
        slug=tool.slug,
        entries=tuple(entries),
        now=now(scope, rank(tool, today=today), today),
        reported=tuple(sorted(tool.reported, key=lambda score: score.observed_on or "")),
    )


async def note(storage: Storage, snapshot: Snapshot, guilds: Guilds, *, revision: int, day: date) -> int:
    """Add the entries that are due for a day, and thin out old ones; say how many were added.

    Args:
        storage: where.
        snapshot: the shared tools.
        guilds: the copies of guilds.
        revision: the newest revision that both reflect.
        day: the day.

    Raises:
        StorageError: the database refused; what was added before stays, and isn't added again.
    """
    added = await storage.ledger.note(_ranks(snapshot, guilds, day), day=day, revision=revision)
    await storage.ledger.thin(day)
    await storage.set_setting(_NOTED, _mark(day))
    return added


async def is_due(storage: Storage, day: date) -> bool:
    """Say whether ranks weren't noted yet on a day by the formula that holds.

    Raises:
        StorageError: the database refused.
    """
    return await storage.setting(_NOTED) != _mark(day)


def _mark(day: date) -> str:
    return f"{day.isoformat()} {formula()}"


def _ranks(snapshot: Snapshot, guilds: Guilds, day: date) -> Iterator[tuple[Scope, Rank]]:
    """Compute all ranks on a day, one by one: of shared tools, then of guilds' copies."""
    for slug, tool in snapshot.tools.items():
        if tool.signals or tool.released_on:
            yield SHARED, snapshot.ranks[slug] if day == snapshot.today else rank(tool, today=day)
    for guild_id, copy in guilds.all(snapshot.tools):
        yield Scope(guild_id=guild_id), rank(copy, today=day)
