"""The catalog as the rest of the house knows it: questions answered from memory, changes written first."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import repeat
from typing import TYPE_CHECKING, Final

from catalog import chronicle, starter
from catalog.database import Database, default_url
from catalog.editing.copies import Copy
from catalog.errors import StorageError
from catalog.filing import filed, plan
from catalog.guilds import Guilds
from catalog.lasting import lasting
from catalog.preferences import Preferences
from catalog.revision import SHARED, Author, Scope
from catalog.snapshot import Snapshot
from catalog.storage import Storage
from catalog.turns import in_turns
from catalog.upkeep import Chores, Upkeep
from catalog.view import View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence

    from catalog.filing import Filing, ImportReport, Plan
    from catalog.importers import Incoming
    from catalog.ledger import History
    from catalog.models import Tool
    from catalog.storage import Writer

log = logging.getLogger(__name__)

#: Changes at a time beyond which a snapshot is made anew: laid over the last one they would slow every question.
_MANY: Final = 256
#: Changed tools that may lie beside an index before they are worked into it; the smaller of a number and a share.
_FOLD_AT: Final = 256
_FOLD_SHARE: Final = 0.01
_STARTER: Final = Author(name="matchbook", reason="starter catalog")


def _today() -> date:
    return datetime.now(UTC).date()


class Catalog(View):
    """Tools, and what can be asked of them: the shared view as it is now, and by `view` that of a guild.

    Questions never wait: they are answered from a snapshot in memory. A change is written to the database first (if
    there is one) and then laid over the snapshot, which the next one replaces at once.
    """

    def __init__(
        self,
        tools: Iterable[Tool] = (),
        *,
        storage: Storage | None = None,
        revision: int = 0,
        changed_on: str | None = None,
        guilds: Guilds | None = None,
    ) -> None:
        """Hold tools in memory, as of a revision of the storage (if there is one) and the day (UTC, ISO) of it."""
        super().__init__(Snapshot.of(tools, _today()), changed_on)
        self._shared = View(self._snapshot, changed_on)
        self._guilds = guilds or Guilds()
        self.preferences = Preferences(storage)
        self._storage = storage
        self._revision = revision
        self._warm = False
        self._changing = asyncio.Lock()
        chores = Chores(
            overgrown=self._overgrown,
            fold=self._fold,
            waiting=lambda: self._guilds.waiting,
            prepare=lambda: self._prepare(self._guilds.next_waiting()),
        )
        self.upkeep = Upkeep(chores)
        # What changed since the fold that runs began; None when there is none, or it has been overtaken.
        self._meanwhile: Mapping[str, Tool | None] | None = None

    async def warm(self) -> None:
        """Compute everything beforehand, now and after each change, off the event loop: for who must not wait."""
        self._warm = True
        with lasting():
            await asyncio.to_thread(self._snapshot.warmed)
        self._guilds.prepare_large()
        self._tend()

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str | None = None, *, with_starter: bool = True, noting: bool = True
    ) -> AsyncIterator[Catalog]:
        """Open the catalog in a database (the default file without a URL) for as long as the block runs.

        A database that never held anything is given the starter catalog first, unless `with_starter` is off. Ranks
        are noted if they weren't yet today, unless `noting` is off: who only asks need not wait for it.

        Raises:
            StorageError: the database can't be opened; the message says why.
        """
        async with Database.open(url or default_url()) as database:
            storage = Storage(database)
            with lasting():
                tools, revision = await storage.load()
            # Read a moment later: what came in between comes again with the revisions, and changes nothing.
            guilds = Guilds.of(await storage.copies())
            changed = await storage.last_change()
            catalog = cls(
                tools,
                storage=storage,
                revision=revision,
                changed_on=changed and changed[:10],
                guilds=guilds,
            )
            try:
                if with_starter and revision == 0:
                    incoming = await asyncio.to_thread(starter.read)
                    await catalog.take_in(incoming, _STARTER)
                await catalog.preferences.read()
                if noting and await chronicle.is_due(storage, catalog.today):
                    try:
                        await catalog.note_ranks()
                    except StorageError as error:
                        # One that can't be written to still answers questions.
                        log.warning("could not note how ranks have aged: %s", error)
                yield catalog
            finally:
                await catalog.close()

    async def close(self) -> None:
        """End what runs in the background. Questions are still answered."""
        self._warm = False  # or else the next change would begin anew what ends here
        await self.upkeep.close()

    def view(self, guild_id: int | None = None) -> View:
        """Give what a guild sees, or (None) who asks in no guild. A view never changes: ask for it each time."""
        return self._guilds.view(guild_id, self._shared).weighing(self.preferences.weights(guild_id))

    def copy(self, slug: str, guild_id: int) -> Copy | None:
        """Give what a guild has of its own under a slug, as it was written; None for nothing."""
        return self._guilds.copy(guild_id, slug)

    async def take_in(
        self,
        incoming: Sequence[Incoming],
        author: Author,
        *,
        scope: Scope = SHARED,
        told: Callable[[float], None] = lambda _: None,
    ) -> ImportReport:
        """Import documents: all of them in one transaction, or none.

        Args:
            incoming: documents as importers read them; several of one tool are merged in order.
            author: who imports, and why.
            scope: whose catalog is changed; a guild gets its own copy of each document that becomes another one.
            told: is told of each part (0..1) of the writing that is done.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._filing(incoming, scope) as (filings, seen):
            if self._storage is None:
                planned = await plan(filings, seen)
                if planned.changes:
                    await self._keep(planned.changes, scope)
                return planned.report()
            async with self._storage.writing(author, scope) as writer:
                planned = await plan(filings, await writer.current(one.slug for one in filings))
                for tool in planned.changes.values():
                    await writer.put(tool)
                    told(1 / len(planned.changes))
            await self._follow_up(scope)
            return replace(planned.report(), change=writer.change)

    async def foresee(self, incoming: Sequence[Incoming], *, scope: Scope = SHARED) -> Plan:
        """Give what an import would lead to, and change nothing."""
        async with self._filing(incoming, scope) as (filings, seen):
            return await plan(filings, seen)

    @asynccontextmanager
    async def _filing(
        self, incoming: Sequence[Incoming], scope: Scope
    ) -> AsyncIterator[tuple[Sequence[Filing], Mapping[str, Tool]]]:
        async with self._changing:
            with lasting() if len(incoming) > _MANY else nullcontext():
                # Another process may have added the very names that are about to come in.
                await self._follow()
                view = self.view(scope.guild_id)
                filings = await filed(incoming, view.tools)
                yield filings, view.among([one.slug for one in filings])

    @asynccontextmanager
    async def writing(self, author: Author, scope: Scope = SHARED) -> AsyncIterator[Writer]:
        """Edit documents in one transaction, as `Storage.writing`; what was written is seen once the block is left.

        Raises:
            StorageError: the database refused, or there is none; nothing was changed.
        """
        async with self._changing:
            async with self.storage.writing(author, scope) as writer:
                yield writer
            await self._follow_up(scope)

    @property
    def storage(self) -> Storage:
        """Where everything is kept; StorageError where nothing is."""
        if self._storage is None:
            raise StorageError(
                "This catalog was read from files and is kept nowhere; open a database to edit it."
            )
        return self._storage

    async def history(self, slug: str, guild_id: int | None = None) -> History:
        """Tell how a tool's rank came to be what it is; a guild's copy has a history that nobody else sees.

        Raises:
            UnknownToolError: there is no such tool.
            StorageError: the database refused.
        """
        tool = self.view(guild_id).get(slug)
        scope = Scope(guild_id=guild_id) if self._guilds.has(guild_id, slug) else SHARED
        return await chronicle.told(self._storage, tool, scope, self.today)

    async def note_ranks(self, today: date | None = None) -> int:
        """Add an entry to the ledger for each rank that ageing or a new formula has moved; say how many.

        Meant for once a day; any number of processes may do it at once, and none adds what another one did. `today`
        is for whoever asks of another day than the one that ranks are for.

        Raises:
            StorageError: the database refused; what was added before stays, and isn't added again.
        """
        if self._storage is None:
            return 0
        await self.catch_up()
        snapshot, revision = self._snapshot, self._revision  # with nobody's turn between them
        day = today or snapshot.today
        return await chronicle.note(self._storage, snapshot, self._guilds, revision=revision, day=day)

    async def catch_up(self) -> int:
        """Take over what was written to the database since, by whichever process; say how many revisions.

        A new day gives a new snapshot too, because ranks depend on ages.
        """
        await self.preferences.read()
        async with self._changing:
            return await self._follow()

    async def _follow_up(self, scope: Scope) -> None:
        """Take over what was just written; that it is written is true even if it can't be read again at once."""
        try:
            await self._follow()
        except StorageError as error:
            log.warning("written, but not read again yet: %s", error)
        if self._warm and scope.guild_id and self._guilds.is_waiting(scope.guild_id):
            await self._prepare(scope.guild_id)

    async def _follow(self) -> int:
        revisions = await self._storage.since(self._revision) if self._storage else []
        count, newest = len(revisions), revisions[-1].number if revisions else self._revision
        shared: dict[str, Tool | None] = {}
        changed_on, copied = self.changed_on, dict[tuple[int, str], str]()
        revisions.reverse()
        # Each is dropped in its turn: to drop very many at once would keep everybody waiting.
        async for revision in in_turns(map(list.pop, repeat(revisions, count))):
            if revision.scope.guild_id:
                copied[revision.scope.guild_id, revision.slug] = revision.made_at[:10]
            else:
                shared[revision.slug], changed_on = revision.after, revision.made_at[:10]
        if shared or _today() != self.today:
            await self._take_over(shared, changed_on)
        if copied and self._storage:
            self._guilds.take(copied, await self._storage.copies(list(copied)))
        if count:
            self._revision = newest
            self._tend()
        return count

    async def _keep(self, changed: Mapping[str, Tool | None], scope: Scope) -> None:
        """Take over what nobody writes down."""
        if scope.guild_id:
            copies = {slug: Copy(tool, self._snapshot.tools.get(slug)) for slug, tool in changed.items()}
            self._guilds.put(scope.guild_id, copies, _today().isoformat())
            self._tend()
        else:
            await self._take_over(changed, self.changed_on)

    async def _take_over(self, changed: Mapping[str, Tool | None], changed_on: str | None) -> None:
        """Answer from the next snapshot as soon as it is ready.

        Names and documents aren't swapped ahead of the rest: laid over what is there, neighbours and needs are as
        quick to prepare, and a tool that can be named but has no neighbours would make for false answers. Where
        nobody may wait, that is done in a thread; until then the last snapshot answers.
        """
        long = self._warm or len(changed) > _MANY
        snapshot = await asyncio.to_thread(self._next, changed) if long else self._next(changed)
        if self._meanwhile is not None:
            self._meanwhile = None if len(changed) > _MANY else {**self._meanwhile, **changed}
        self.changed_on = changed_on
        self._swap(snapshot)
        self._tend()

    def _next(self, changed: Mapping[str, Tool | None]) -> Snapshot:
        make = self._snapshot.remade if len(changed) > _MANY else self._snapshot.replaced
        snapshot = make(changed, _today())
        return snapshot.warmed() if self._warm else snapshot

    def _swap(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._shared = View(snapshot, self.changed_on)
        self._guilds.forget_views()

    def _overgrown(self) -> bool:
        return self._snapshot.resolver.pending > min(_FOLD_AT, _FOLD_SHARE * len(self))

    def _tend(self) -> None:
        """See to it that what can wait is done in the background, if anybody minds waiting."""
        if self._warm:
            self.upkeep.tend()

    async def _prepare(self, guild_id: int) -> None:
        """Make a guild's view beside the loop."""
        shared, copies = self._shared, self._guilds.state(guild_id)
        try:
            view = await asyncio.to_thread(self._guilds.made, guild_id, shared)
            if shared is self._shared and copies is self._guilds.state(guild_id):
                self._guilds.keep(guild_id, view)
        except Exception:
            log.exception("could not prepare the view of guild %d; it is made when it is asked for", guild_id)

    async def _fold(self) -> None:
        """Work changes into the indexes; meanwhile those beside which they lie answer, and take further changes."""
        self._meanwhile = {}
        try:
            with lasting():
                folded = await asyncio.to_thread(self._snapshot.folded)
            async with self._changing:
                # An import of many tools has made everything anew already.
                if self._meanwhile is not None:
                    snapshot = folded.replaced(self._meanwhile, self.today)
                    self._swap(await asyncio.to_thread(snapshot.warmed))
        finally:
            self._meanwhile = None
