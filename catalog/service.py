"""The catalog as the rest of the house knows it: questions answered from memory, changes written first."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import reduce
from typing import TYPE_CHECKING

from catalog import starter
from catalog.comparison import Comparison, compare
from catalog.database import Database, default_url
from catalog.merging import identify, known_names, merge
from catalog.names import name_key
from catalog.questions import Question, understand
from catalog.snapshot import Snapshot
from catalog.storage import Storage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence

    from catalog.alternatives import Alternative
    from catalog.importers import Incoming
    from catalog.matching import Match
    from catalog.models import Tool
    from catalog.rank import Rank
    from catalog.resolver import Completion, Resolution


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did (or, as a dry run, would do): slugs, each in exactly one list."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


@dataclass
class _Plan:
    """The documents that an import leads to, before anything is written."""

    before: Mapping[str, Tool]
    after: dict[str, Tool] = field(default_factory=dict)

    def report(self) -> ImportReport:
        return ImportReport(
            added=tuple(slug for slug in self.after if slug not in self.before),
            changed=tuple(
                slug for slug in self.after if self.before.get(slug, self.after[slug]) != self.after[slug]
            ),
            unchanged=tuple(slug for slug in self.after if self.before.get(slug) == self.after[slug]),
        )


class Catalog:
    """Tools, and what can be asked of them.

    Questions never wait: they are answered from a snapshot in memory. A change is written to the database
    first (if there is one) and then taken into the next snapshot, which replaces the old one at once.
    """

    def __init__(
        self,
        tools: Iterable[Tool] = (),
        *,
        storage: Storage | None = None,
        revision: int = 0,
        changed_on: str | None = None,
    ) -> None:
        """Hold tools in memory.

        Args:
            tools: what is in the catalog.
            storage: where changes are kept, if anywhere.
            revision: the newest revision that the tools reflect.
            changed_on: the day (UTC, ISO) on which it was made.
        """
        self._snapshot = Snapshot(tools, _today())
        self._storage = storage
        self._revision = revision
        self.changed_on = changed_on
        self._warm = False
        self._changing = asyncio.Lock()

    async def warm(self) -> None:
        """Compute everything beforehand, now and after each change, off the event loop: for who must not wait."""
        self._warm = True
        await asyncio.to_thread(self._snapshot.warmed)

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str | None = None, *, with_starter: bool = True) -> AsyncIterator[Catalog]:
        """Open the catalog in a database (the default file without a URL) for as long as the block runs.

        A database that never held anything is given the starter catalog first, unless `with_starter` is off.

        Raises:
            StorageError: the database can't be opened; the message says why.
        """
        async with Database.open(url or default_url()) as database:
            storage = Storage(database)
            tools, revision = await storage.load()
            changed = await storage.last_change()
            catalog = cls(tools, storage=storage, revision=revision, changed_on=changed and changed[:10])
            if with_starter and revision == 0:
                await catalog.take_in(starter.read(), actor="matchbook", reason="starter catalog")
            yield catalog

    def __len__(self) -> int:
        return len(self._snapshot.tools)

    @property
    def tools(self) -> Collection[Tool]:
        """All tools."""
        return self._snapshot.tools.values()

    @property
    def today(self) -> date:
        """The day (UTC) for which ranks are computed."""
        return self._snapshot.today

    def get(self, slug: str) -> Tool:
        """Give a tool by slug; UnknownToolError when there is none."""
        return self._snapshot.get(slug)

    def by_key(self, key: str) -> Tool:
        """Give a tool by `Tool.key`; UnknownToolError when there is none."""
        return self._snapshot.by_key(key)

    def successor(self, tool: Tool) -> Tool | None:
        """Give the tool that takes over from a deprecated one, if it is known and in the catalog."""
        return self._snapshot.tools.get(tool.successor) if tool.successor else None

    def resolve(self, query: str) -> Resolution:
        """Say which tool a name means."""
        return self._snapshot.resolver.resolve(query)

    def complete(self, prefix: str, *, limit: int = 25) -> tuple[Completion, ...]:
        """Offer tools for a half-typed name, best first."""
        return self._snapshot.resolver.complete(prefix, limit)

    def understand(self, text: str) -> Question | None:
        """Read a question ("X vs Y", "alternatives to X") out of a message; None when it holds none."""
        return understand(text, self.resolve)

    def rank(self, slug: str) -> Rank:
        """Give a tool's rank with its breakdown; UnknownToolError when there is no such tool."""
        self._snapshot.get(slug)
        return self._snapshot.ranks[slug]

    def compare(self, slugs: Sequence[str]) -> Comparison:
        """Hold two to four tools side by side; ComparisonError when that makes no sense."""
        tools = [self._snapshot.get(slug) for slug in slugs]
        ranks = [self._snapshot.ranks[slug] for slug in slugs]
        return compare(
            tools, ranks, lambda slug: self._snapshot.neighbourhood.like_for_like(slug, tuple(slugs))
        )

    def alternatives(self, slug: str, *, limit: int = 10) -> tuple[Alternative, ...]:
        """Give tools that could stand in for one, best first, each with reasons."""
        self._snapshot.get(slug)
        return self._snapshot.neighbourhood.alternatives(slug, limit)

    def find(self, need: str, *, limit: int = 10) -> tuple[Match, ...]:
        """Find tools for a need in words, best first."""
        return self._snapshot.needs.find(need, limit)

    async def take_in(
        self, incoming: Sequence[Incoming], *, actor: str, reason: str, dry_run: bool = False
    ) -> ImportReport:
        """Import documents: all of them in one transaction, or none.

        Args:
            incoming: documents as importers read them; several of one tool are merged in order.
            actor: who imports, for the history.
            reason: why, for the history.
            dry_run: only report what would change.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._changing:
            # Another process may have added the very names that are about to come in.
            await self._follow()
            filed = self._filed(incoming)
            if dry_run or self._storage is None:
                plan = _planned(filed, self._snapshot.tools)
                if not dry_run:
                    await self._take_over(plan.after)
                return plan.report()
            async with self._storage.writing(actor=actor, reason=reason) as writer:
                plan = _planned(filed, await writer.current(list(filed)))
                for slug, tool in plan.after.items():
                    if plan.before.get(slug) != tool:
                        await writer.put(tool)
            await self._follow()
        return plan.report()

    async def catch_up(self) -> int:
        """Take over what was written to the database since, by whichever process; say how many revisions.

        A new day gives a new snapshot too, because ranks depend on ages.
        """
        async with self._changing:
            return await self._follow()

    async def _follow(self) -> int:
        revisions = await self._storage.since(self._revision) if self._storage else []
        if revisions or _today() != self.today:
            await self._take_over(
                {revision.slug: revision.after for revision in revisions if not revision.scope.guild_id}
            )
        if revisions:
            self._revision = revisions[-1].number
            self.changed_on = revisions[-1].made_at[:10]
        return len(revisions)

    async def _take_over(self, changed: Mapping[str, Tool | None]) -> None:
        snapshot = self._snapshot.replaced(changed.items(), _today())
        self._snapshot = await asyncio.to_thread(snapshot.warmed) if self._warm else snapshot

    def _filed(self, incoming: Sequence[Incoming]) -> dict[str, list[Incoming]]:
        """Sort documents by the slug of the tool that each is about."""
        known = known_names(self.tools)
        filed: dict[str, list[Incoming]] = {}
        for one in incoming:
            slug = identify(one.tool, known)
            for name in (one.tool.name, *one.tool.aliases):
                known.setdefault(name_key(name), slug)
            filed.setdefault(slug, []).append(one)
        return filed


def _planned(filed: Mapping[str, Sequence[Incoming]], current: Mapping[str, Tool]) -> _Plan:
    plan = _Plan({slug: current[slug] for slug in filed if slug in current})
    for slug, parts in filed.items():
        plan.after[slug] = reduce(merge, parts, plan.before.get(slug))  # type: ignore[assignment]
    return plan
