"""All tools at one moment, with everything that is computed from them: what questions are answered from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from catalog.alternatives import Neighbourhood
from catalog.errors import UnknownToolError
from catalog.families import Families
from catalog.matching import NeedIndex
from catalog.once import Once
from catalog.overlay import Overlay
from catalog.resolver import Entry, Resolver
from catalog.standings import Standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from catalog.models import Tool


class _Base(NamedTuple):
    """What had been computed for other tools, and how those differ from a snapshot's own."""

    changed: Mapping[str, Tool | None] = {}
    resolver: Resolver | None = None
    neighbourhood: Neighbourhood | None = None
    needs: NeedIndex | None = None
    slugs: Mapping[str, str] | None = None
    families: Families | None = None


_PARTS = _Base._fields[1:]


class Snapshot:
    """The tools that somebody sees, on a day. Never changed.

    What is costly and not always wanted (names, neighbours, the need index) is computed when it is first asked
    for: at the cost of the difference where the snapshot was made from another one that had it, else anew.
    """

    def __init__(
        self,
        tools: Mapping[str, Tool],
        today: date,
        ranks: Standings | None = None,
        base: _Base | None = None,
    ) -> None:
        """Hold tools by slug. `ranks` and `base` are what is known from another snapshot."""
        self.tools = tools
        self.today = today
        self.ranks = Standings(tools, today) if ranks is None else ranks
        self._base = base or _Base()

    @classmethod
    def of(cls, tools: Iterable[Tool], today: date) -> Snapshot:
        """Take a snapshot of tools."""
        return cls({tool.slug: tool for tool in tools}, today)

    def replaced(self, changed: Mapping[str, Tool | None], today: date | None = None) -> Snapshot:
        """Give the snapshot with some tools changed, added or (None) gone, perhaps on another day.

        It costs what the changes cost, however many tools there are. Names come out as if everything were computed
        anew; how much a word weighs among neighbours stays as it was.
        """
        tools = Overlay(self.tools, changed) if changed else self.tools
        day = today or self.today
        # What nobody has asked for yet is worked out here where that is quick, or the next one would do it anew.
        had = {part: getattr(self, part) for part in self._at_hand}
        base = _Base(changed, **had)
        return Snapshot(tools, day, self.ranks.replaced(tools, day, changed), base)

    @property
    def _at_hand(self) -> list[str]:
        """What is computed already, or would be at the cost of the last changes."""
        return [part for part in _PARTS if part in vars(self) or getattr(self._base, part) is not None]

    def remade(self, changed: Mapping[str, Tool | None], today: date) -> Snapshot:
        """Give the same as `replaced`, with everything computed anew; for many changes at once."""
        tools = dict(self.tools)
        for slug, tool in changed.items():
            tools.pop(slug, None) if tool is None else tools.update({slug: tool})
        return Snapshot(tools, today, self.ranks.replaced(tools, today, changed))

    def folded(self) -> Snapshot:
        """Give the same snapshot with all earlier changes worked into its indexes. Takes long; meant for a thread."""
        tools = dict(self.tools)
        ranks = self.ranks.replaced(tools, self.today, {})
        families = Families.of(tools.values())
        return Snapshot(
            tools, self.today, ranks, _Base(resolver=self.resolver.folded(), families=families)
        ).warmed()

    def warmed(self) -> Snapshot:
        """Compute now what would be computed when first asked for, and give the snapshot itself."""
        self.ranks.prepare()
        _ = self.resolver, self.neighbourhood, self.needs, self.slugs
        self.resolver.prepare()
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
            return self.tools[self.slugs[key]]
        except KeyError:
            raise UnknownToolError(key) from None

    @Once
    def slugs(self) -> Mapping[str, str]:
        """The slug of each tool by its key; some may be of tools that are gone."""
        if self._base.slugs is None:
            return {tool.key: slug for slug, tool in self.tools.items()}
        # A key follows from the slug; one whose tool is gone finds no tool.
        there = {tool.key: slug for slug, tool in self._base.changed.items() if tool}
        return Overlay(self._base.slugs, there) if there else self._base.slugs

    @Once
    def resolver(self) -> Resolver:
        """The names; of those that fit equally well the more popular come first."""
        base = self._base
        if base.resolver is None:
            return Resolver(map(self._entry, self.tools.values()))
        if not base.changed:
            return base.resolver
        slugs = (base.families or self.families).renamed(self.families, base.changed)
        return base.resolver.changed(
            {slug: self._entry(tool) if (tool := self.tools.get(slug)) else None for slug in slugs}
        )

    @Once
    def families(self) -> Families:
        """Which tools are versions of one line."""
        base = self._base
        return base.families.replaced(base.changed) if base.families else Families.of(self.tools.values())

    def naming(self, changed: Mapping[str, Tool | None]) -> Resolver:
        """Give the names as they would be with some tools changed, and nothing else computed."""
        tools, families = Overlay(self.tools, changed), self.families.replaced(changed)
        entries = {
            slug: Entry.of(
                tool,
                self._popularity(known) if (known := self.tools.get(slug)) else None,
                families.carried(slug),
            )
            if (tool := tools.get(slug))
            else None
            for slug in self.families.renamed(families, changed)
        }
        return self.resolver.changed(entries)

    def _entry(self, tool: Tool) -> Entry:
        return Entry.of(tool, self._popularity(tool), self.families.carried(tool.slug))

    def _popularity(self, tool: Tool) -> float:
        if tool.popularity is None and tool.signals:
            # How often it is asked for isn't known; how much it is used is the next best thing to go by.
            return self.ranks[tool.slug].component("adoption").low
        return tool.popularity or 0.0

    @Once
    def neighbourhood(self) -> Neighbourhood:
        """Which tools are near which."""
        if self._base.neighbourhood is None:
            return Neighbourhood(self.tools.values(), self.ranks)
        return self._base.neighbourhood.replaced(self._base.changed, self.ranks)

    @Once
    def needs(self) -> NeedIndex:
        """Which words of a need lead to which tools."""
        if self._base.needs is None:
            return NeedIndex.of(self.tools.values())
        return self._base.needs.replaced(self._base.changed) if self._base.changed else self._base.needs
