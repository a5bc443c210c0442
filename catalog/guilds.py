"""The copies that guilds have of their own, and what each guild sees."""

from __future__ import annotations

from collections import OrderedDict
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from catalog.models import Revision, Tool
    from catalog.view import View

#: Guilds whose views are kept; the view of one that wasn't asked for longest is made again when it is.
KEPT: Final = 256


class Guilds:
    """The copies of all guilds: documents that one guild sees in place of the shared ones or beside them.

    A view is made from the shared one when a guild asks, at the cost of the guild's own copies, and kept until
    those or the shared view change. A guild without copies sees the shared view itself.
    """

    def __init__(self) -> None:
        self._copies: dict[int, dict[str, Tool | None]] = {}
        self._changed_on: dict[int, str] = {}
        self._views: OrderedDict[int, View] = OrderedDict()
        self._waiting: dict[int, None] = {}

    def put(self, guild_id: int, copies: Mapping[str, Tool | None], changed_on: str) -> None:
        """Take a guild's copies over, by slug; None hides the shared tool from the guild."""
        # A new mapping, because views hold on to the old one.
        self._copies[guild_id] = {**self._copies.get(guild_id, {}), **copies}
        self._note(guild_id, changed_on)

    def take(self, revisions: Iterable[Revision]) -> None:
        """Take over edits of copies, in their order."""
        # Many at a time, because each time what the guild has is copied.
        of_one = groupby(revisions, lambda one: (one.scope.key, one.made_at[:10], one.after is not None))
        for (guild_id, day, there), together in of_one:
            if there:
                self.put(guild_id, {one.slug: one.after for one in together}, day)
            else:
                for one in together:
                    self.drop(guild_id, one.slug, day)

    def drop(self, guild_id: int, slug: str, changed_on: str) -> None:
        """Drop a guild's copy: it sees the shared tool again, if there is one."""
        copies = self._copies.get(guild_id, {})
        self._copies[guild_id] = {other: copy for other, copy in copies.items() if other != slug}
        self._note(guild_id, changed_on)

    def has(self, guild_id: int | None, slug: str) -> bool:
        """Whether a guild (None: nobody's guild) has a copy of a tool."""
        return slug in self._copies.get(guild_id or 0, {})

    def all(self) -> Iterator[tuple[int, Tool]]:
        """Give all copies there are at the moment of asking: whose each is, and the copy."""
        for guild_id, copies in list(self._copies.items()):
            for copy in copies.values():
                if copy is not None:
                    yield guild_id, copy

    def _note(self, guild_id: int, changed_on: str) -> None:
        self._changed_on[guild_id] = max(changed_on, self._changed_on.get(guild_id, ""))
        if self._views.pop(guild_id, None) is not None:
            self._waiting[guild_id] = None

    def forget_views(self) -> None:
        """Make every view anew when it is next asked for, because the shared one has changed."""
        self._waiting.update(dict.fromkeys(self._views))
        self._views.clear()

    @property
    def waiting(self) -> bool:
        """Whether a view was forgotten of which it is likely that it is asked for again."""
        return bool(self._waiting)

    def next_waiting(self) -> int:
        """Give a guild whose view was forgotten, each once."""
        return self._waiting.popitem()[0]

    def view(self, guild_id: int | None, shared: View) -> View:
        """Give what a guild sees (None: nobody's guild), where everybody else sees the shared view."""
        copies = self._copies.get(guild_id or 0)
        if not guild_id or not copies:
            return shared
        view = self._views.pop(guild_id, None)
        if view is None:
            view = shared.with_copies(copies, self._changed_on[guild_id])
        self._views[guild_id] = view
        if len(self._views) > KEPT:
            self._views.popitem(last=False)
        return view
