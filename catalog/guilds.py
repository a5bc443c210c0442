"""The copies that guilds have of their own, and what each guild sees."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from catalog.editing.copies import Copy
    from catalog.models import Tool
    from catalog.storage.store import Owned
    from catalog.view import View

#: Copies from which on a guild's view takes so long to make that nobody waits for it: until the next one is there, the
#: last one answers.
MANY: Final = 64
#: Guilds whose views are kept; the view of one that wasn't asked for longest is made again when it is.
KEPT: Final = 256


class Guilds:
    """The copies of all guilds: documents that one guild sees in place of the shared ones or beside them.

    A view is made from the shared one when a guild asks, at the cost of the guild's own copies, and kept until
    those or the shared view change. A guild without copies sees the shared view itself.

    Attributes:
        prepared: whether views are made beforehand by somebody: then the view of many copies answers until the next
            one is there.
    """

    def __init__(self) -> None:
        self.prepared = False
        self._copies: dict[int, dict[str, Copy]] = {}
        self._changed_on: dict[int, str] = {}
        self._views: OrderedDict[int, View] = OrderedDict()
        self._waiting: dict[int, None] = {}

    @classmethod
    def of(cls, owned: Iterable[Owned]) -> Guilds:
        """Hold what the storage has of guilds."""
        guilds = cls()
        for own in owned:
            guilds.put(own.guild_id, {own.slug: own.copy}, own.made_at[:10])
        return guilds

    def put(self, guild_id: int, copies: Mapping[str, Copy | None], changed_on: str) -> None:
        """Take over what a guild has of its own, by slug; None where it has nothing any more."""
        # A new mapping, because views hold on to the old one.
        known = {**self._copies.get(guild_id, {}), **copies}
        self._copies[guild_id] = {slug: copy for slug, copy in known.items() if copy is not None}
        self._note(guild_id, changed_on)

    def take(self, edited: Mapping[tuple[int, str], str], owned: Iterable[Owned]) -> None:
        """Take over what guilds have of their own by now, under the slugs that they edited, each on a day."""
        found = {(own.guild_id, own.slug): own.copy for own in owned}
        by_guild: dict[int, dict[str, Copy | None]] = {}
        for guild_id, slug in edited:
            by_guild.setdefault(guild_id, {})[slug] = found.get((guild_id, slug))
        for guild_id, copies in by_guild.items():
            self.put(guild_id, copies, max(edited[guild_id, slug] for slug in copies))

    def has(self, guild_id: int | None, slug: str) -> bool:
        """Whether a guild (None: nobody's guild) has a copy of a tool, or has hidden it."""
        return slug in self._copies.get(guild_id or 0, {})

    def copy(self, guild_id: int, slug: str) -> Copy | None:
        """Give what a guild has of its own under a slug, as it was written; None for nothing."""
        return self._copies.get(guild_id, {}).get(slug)

    def all(self, shared: Mapping[str, Tool]) -> Iterator[tuple[int, Tool]]:
        """Give all copies there are at the moment of asking, brought up to the shared tools: whose each is, and it."""
        for guild_id, copies in list(self._copies.items()):
            for slug, copy in copies.items():
                if (seen := copy.over(shared.get(slug)).document) is not None:
                    yield guild_id, seen

    def _note(self, guild_id: int, changed_on: str) -> None:
        self._changed_on[guild_id] = max(changed_on, self._changed_on.get(guild_id, ""))
        self._forget(guild_id)

    def _forget(self, guild_id: int) -> None:
        many = self.prepared and len(self._copies[guild_id]) > MANY
        if many or guild_id in self._views:
            self._waiting[guild_id] = None
        if not many:
            self._views.pop(guild_id, None)

    def forget_views(self) -> None:
        """Make every view anew when it is next asked for, because the shared one has changed."""
        for guild_id in list(self._views):
            self._forget(guild_id)

    def prepare_large(self) -> None:
        """Have the views of many copies made before anybody asks for them, from now on."""
        self.prepared = True
        self._waiting.update((guild_id, None) for guild_id, own in self._copies.items() if len(own) > MANY)

    @property
    def waiting(self) -> bool:
        """Whether a view was forgotten of which it is likely that it is asked for again."""
        return bool(self._waiting)

    def is_waiting(self, guild_id: int) -> bool:
        """Whether a guild's view was forgotten, or is answered from the last one."""
        return guild_id in self._waiting

    def next_waiting(self) -> int:
        """Give a guild whose view was forgotten, each once."""
        return self._waiting.popitem()[0]

    def made(self, guild_id: int, shared: View) -> View:
        """Make what a guild sees anew, with everything computed; takes long, and is meant for a thread."""
        return self._view(guild_id, shared).prepared()

    def keep(self, guild_id: int, view: View) -> None:
        """Answer from a view that was made."""
        self._waiting.pop(guild_id, None)
        self._views[guild_id] = view
        self._views.move_to_end(guild_id)
        if len(self._views) > KEPT:
            self._views.popitem(last=False)

    def view(self, guild_id: int | None, shared: View) -> View:
        """Give what a guild sees (None: nobody's guild), where everybody else sees the shared view."""
        if not guild_id or not self._copies.get(guild_id):
            return shared
        view = self._views.get(guild_id)
        if view is None:
            self.keep(guild_id, view := self._view(guild_id, shared))
        self._views.move_to_end(guild_id)
        return view

    def _view(self, guild_id: int, shared: View) -> View:
        copies = self._copies.get(guild_id)
        return shared.with_copies(copies, self._changed_on[guild_id]) if copies else shared

    def state(self, guild_id: int) -> object:
        """Give what changes whenever a guild's copies do, to tell whether a view that was made is still theirs."""
        return self._copies.get(guild_id)
