"""All tools at one moment, with everything that is computed from them: what questions are answered from."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from catalog.alternatives import Neighbourhood
from catalog.errors import UnknownToolError
from catalog.matching import NeedIndex
from catalog.rank import Rank, rank
from catalog.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from catalog.models import Tool


class Snapshot:
    """An immutable view of the catalog on a day.

    What is costly and not always wanted (ranks, neighbours, the need index) is computed when first asked for.
    """

    def __init__(self, tools: Iterable[Tool], today: date) -> None:
        self.tools: Mapping[str, Tool] = {tool.slug: tool for tool in tools}
        self.today = today

    def replaced(self, changed: Iterable[tuple[str, Tool | None]], today: date) -> Snapshot:
        """Give the snapshot with some tools changed, added or (None) gone."""
        tools = dict(self.tools)
        for slug, tool in changed:
            tools.pop(slug, None) if tool is None else tools.update({slug: tool})
        return Snapshot(tools.values(), today)

    def warmed(self) -> Snapshot:
        """Compute now what would be computed when first asked for, and give the snapshot itself."""
        _ = self.resolver, self.neighbourhood, self.needs, self._slugs
        return self

    def get(self, slug: str) -> Tool:
        """Give a tool; UnknownToolError when there is none."""
        try:
            return self.tools[slug]
        except KeyError:
            raise UnknownToolError(slug) from None

    def by_key(self, key: str) -> Tool:
        """Give a tool by `Tool.key`; UnknownToolError when there is none."""
        try:
            return self.tools[self._slugs[key]]
        except KeyError:
            raise UnknownToolError(key) from None

    @cached_property
    def _slugs(self) -> dict[str, str]:
        return {tool.key: slug for slug, tool in self.tools.items()}

    @cached_property
    def resolver(self) -> Resolver:
        """The names. The order is that of an empty autocomplete: most asked for, then most adopted, first."""
        return Resolver(sorted(self.tools.values(), key=self._fame))

    def _fame(self, tool: Tool) -> tuple[float, float, str]:
        adoption = self.ranks[tool.slug].component("adoption")
        return (-(tool.popularity or 0), -adoption.low, tool.name.casefold())

    @cached_property
    def ranks(self) -> dict[str, Rank]:
        """The rank of every tool, by slug."""
        return {slug: rank(tool, today=self.today) for slug, tool in self.tools.items()}

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """Which tools are near which."""
        return Neighbourhood(self.tools.values(), self.ranks)

    @cached_property
    def needs(self) -> NeedIndex:
        """Which words of a need lead to which tools."""
        return NeedIndex(self.tools.values())
