"""The ranks of all tools on a day, and where each stands among its own kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from catalog.lasting import lasting
from catalog.models import Document, Slug, Status, ToolType
from catalog.once import Once
from catalog.rank import Rank, rank

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from catalog.models import Tool

#: In a smaller field most would have a medal.
FIELD: Final = 5
#: A rank is placed if its interval is at most so many points wide.
WIDEST: Final = 50
#: Below this two widths are the same but for the noise of the sums.
_NOISE: Final = 1e-9


class Medal(StrEnum):
    """What the first three places of a field are called."""

    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"


_MEDALS: Final = dict(enumerate(Medal, 1))


class Place(Document):
    """A tool's place (from 1) `of` so many of its type that are placed at all; ties share a place."""

    place: Annotated[int, Field(ge=1)]
    of: Annotated[int, Field(ge=1)]
    medal: Medal | None = None


@dataclass(slots=True)
class _Memory:
    """Ranks that were computed on a day, each beside the document that it is of."""

    known: dict[Slug, tuple[Tool, Rank]] = field(default_factory=dict)
    prepared: bool = False


class _Field:
    """The tools of one type that are placed, each with its rank in tenths, as it is shown."""

    def __init__(self, tenths: Mapping[Slug, int]) -> None:
        self.tenths = tenths

    @Once
    def ordered(self) -> list[int]:
        """The ranks of all, lowest first."""
        return sorted(self.tenths.values())

    def replaced(self, gone: Collection[Slug], come: Mapping[Slug, int]) -> _Field:
        """Give the field without some tools and with others; itself where that changes nothing."""
        if not come and not any(slug in self.tenths for slug in gone):
            return self
        return _Field({slug: shown for slug, shown in self.tenths.items() if slug not in gone} | dict(come))

    def place(self, slug: Slug) -> Place:
        """Say where one of them stands."""
        of = len(self.ordered)
        place = of - bisect_right(self.ordered, self.tenths[slug]) + 1
        return Place(place=place, of=of, medal=_MEDALS.get(place) if of >= FIELD else None)


_Fields = Mapping[ToolType, _Field]


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
        self._before: tuple[_Fields, frozenset[Slug]] | None = None

    def replaced(
        self, tools: Mapping[Slug, Tool], today: date, changed: Mapping[Slug, Tool | None] | None = None
    ) -> Standings:
        """Give the standings of other tools, perhaps on another day.

        Args:
            tools: the other tools.
            today: the day.
            changed: how they differ from these, where that is known: places are then mended, not made anew.
        """
        if today != self._today:
            return Standings(tools, today)
        made = Standings(tools, today, self._memory)
        if changed is not None:
            if "_fields" in vars(self):
                made._before = (self._fields, frozenset(changed))
            elif self._before:
                fields, earlier = self._before
                made._before = (fields, earlier | frozenset(changed))
        return made

    def prepare(self) -> None:
        """Compute the ranks of all tools that have figures, and places, unless that was done on this day."""
        if not self._memory.prepared:
            with lasting():
                for slug, tool in self._tools.items():
                    if tool.signals or tool.released_on:
                        _ = self[slug]
            self._memory.prepared = True
        _ = self._fields

    def place(self, slug: Slug) -> Place | None:
        """Say where a tool stands among the active ones of its type, by the weights of that type.

        None without a rank, for what is deprecated or gone, and where the interval is wider than `WIDEST`: the middle
        of what is mostly unknown is no achievement. The width counts what is missing, what can't be measured and what
        was forgotten alike; how many signals there are would count trifles and figures long out of date in full.

        Raises:
            KeyError: there is no such tool.
        """
        placed = self._fields.get(self._tools[slug].type)
        return placed.place(slug) if placed and slug in placed.tenths else None

    @Once
    def _fields(self) -> _Fields:
        fields, changed = self._before or ({}, self._tools.keys())
        self._before = None
        tenths: dict[ToolType, dict[Slug, int]] = {}
        for slug in changed:
            tool = self._tools.get(slug)
            shown = self._tenths(tool) if tool else None
            if tool and shown is not None:
                tenths.setdefault(tool.type, {})[slug] = shown
        return {
            kind: fields[kind].replaced(changed, tenths.get(kind, {}))
            if kind in fields
            else _Field(tenths[kind])
            for kind in {*fields, *tenths}
        }

    def _tenths(self, tool: Tool) -> int | None:
        if tool.status is not Status.ACTIVE or not (tool.signals or tool.released_on):
            return None
        judged = self[tool.slug]
        if judged.rank is None or judged.high - judged.low > WIDEST + _NOISE:
            return None
        return round(round(judged.rank, 1) * 10)

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
