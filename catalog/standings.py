"""The ranks of all tools on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from catalog.models import Slug
from catalog.rank import Rank, rank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from catalog.models import Tool


@dataclass(slots=True)
class _Memory:
    """Ranks that were computed on a day, each beside the document that it is of."""

    known: dict[Slug, tuple[Tool, Rank]] = field(default_factory=dict)
    prepared: bool = False


class Standings(Mapping[Slug, Rank]):
    """The ranks of tools on a day, by slug; each is computed when it is first asked for.

    What was computed stays in a memory that all standings of that day share: an edit costs nothing but the rank of
    what was edited.
    """

    def __init__(self, tools: Mapping[Slug, Tool], today: date, memory: _Memory | None = None) -> None:
        """Stand ready to rank tools; `memory` is that of other standings on the same day."""
        self._tools = tools
        self._today = today
        self._memory = memory or _Memory()

    def replaced(self, tools: Mapping[Slug, Tool], today: date) -> Standings:
        """Give the standings of other tools, perhaps on another day."""
        return Standings(tools, today, self._memory if today == self._today else None)

    def prepare(self) -> None:
        """Compute the ranks of all tools that have figures, unless that was done already on this day."""
        if not self._memory.prepared:
            for slug, tool in self._tools.items():
                if tool.signals or tool.released_on:
                    _ = self[slug]
            self._memory.prepared = True

    def __getitem__(self, slug: Slug) -> Rank:
        tool = self._tools[slug]
        known = self._memory.known.get(slug)
        if known is None or known[0] is not tool:
            known = self._memory.known[slug] = (tool, rank(tool, today=self._today))
        return known[1]

    def __iter__(self) -> Iterator[Slug]:
        return iter(self._tools)

    def __len__(self) -> int:
        return len(self._tools)
