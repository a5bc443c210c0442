"""The copies that guilds have of their own, and what each guild sees."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catalog.editing.copies import Copy
    from catalog.models import Tool
    from catalog.view import View

#: Guilds whose views are kept; the view of one that wasn't asked for longest is made again when it is.
KEPT: Final = 256


class Guilds:
    """The copies of all guilds: documents that one guild sees in place of the shared ones or beside them.

    A view is made from the shared one when a guild asks, at the cost of the guild's own copies, and kept until
    those or the shared view change. A guild without copies sees the shared view itself.
    """

    def __init__(self) -> None:
        self._copies: dict[int, dict[str, Copy]] = {}
        self._changed_on: dict[int, str] = {}
        self._views: OrderedDict[int, View] = OrderedDict()
        self._waiting: dict[int, None] = {}

    def put(self, guild_id: int, copies: Mapping[str, Copy | None], changed_on: str) -> None:
        """Take over what a guild has of its own, by slug; None where it has nothing any more."""
        # A new mapping, because views hold on to the old one.
        known = {**self._copies.get(guild_id, {}), **copies}
        self._copies[guild_id] = {slug: copy for slug, copy in known.items() if copy is not None}
        self._note(guild_id, changed_on)

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
