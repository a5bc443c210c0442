"""Comparison pages as people save them: title, table, capability lists, and furniture in between.

Layout, from the top: ``A vs B``; a tagline; a table with one column a tool; then, for each tool, capabilities
of three lines (description, ``Unique:``, ``vs alternatives:``) closed by ``+N more capabilities``. A verdict,
a call to search and the footer may stand anywhere. A damaged page gives what can be read, and warnings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from catalog.errors import ImportFileError
from catalog.importers.comparison_page.layout import (
    Part,
    credits_of,
    is_tagline,
    lines_of,
    part_of,
    title_names,
)
from catalog.importers.comparison_page.lists import CapabilityList, read_lists
from catalog.importers.comparison_page.table import LABELS, Table, read_table
from catalog.importers.reading import Authority, Caution, Incoming, Reading, Rejection
from catalog.importers.wording import reasons
from catalog.models import (
    Capability,
    HiddenCapabilities,
    Pricing,
    PricingKind,
    ReportedScore,
    Tool,
    ToolType,
)
from catalog.text import LINE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.importers.comparison_page.layout import Line

NAME = "comparison page"
#: Most lines of a page; the longest that were seen have under a hundred.
LINES_LIMIT = 10_000

_HEAD = re.compile(r"^[ \t]*\|[ \t]*Feature[ \t]*\|", re.MULTILINE | re.IGNORECASE)
_MARKS = re.compile(
    r"^[ \t]*(?:vs\.? alternatives:|unique:|\+\d+ more capabilit|side-by-side comparison|\|\s*\w*rank\s*\|)",
    re.MULTILINE | re.IGNORECASE,
)
#: What only the capability lists of such a page have, and none of our documents can start a line with.
_PIECE = re.compile(r"^(?:vs\.? alternatives:|\+\s?\d{1,5} more capabilit)", re.MULTILINE | re.IGNORECASE)
_FEWEST, _MOST = 2, 4
_COMPONENTS = {
    "adoption": "adoption",
    "quality": "quality",
    "ecosystem": "ecosystem",
    "match graph": "match_graph",
}
_RANK = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*/\s*100")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_COUNT = re.compile(r"(\d{1,9})(?: decomposed)?", re.IGNORECASE)
_NONE = {"", "-", "\N{EN DASH}", "—", "n/a", "unknown"}
_PRICING = {
    "free": PricingKind.FREE,
    "open source": PricingKind.FREE,
    "freemium": PricingKind.FREEMIUM,
    "paid": PricingKind.PAID,
    "subscription": PricingKind.PAID,
    "usage": PricingKind.USAGE,
    "usage-based": PricingKind.USAGE,
    "pay as you go": PricingKind.USAGE,
}
_BEST_RANK = 100
_SHORT = 60


def looks_like(text: str) -> bool:
    """Tell whether a text has the table's head, a title and one more mark of such a page, or is a piece of one."""
    if _HEAD.search(text) or _PIECE.search(text):
        return True
    return bool(title_names(lines_of(text[:4000])[:1])) and _MARKS.search(text) is not None


def read(text: str, where: str) -> Reading:
    """Read the tools of a comparison page; what it says fills only what the catalog doesn't know.

    Raises:
        ImportFileError: the text is no such page, or names no tools to compare.
    """
    lines = lines_of(text)
    if len(lines) > LINES_LIMIT:
        raise ImportFileError(where, f"longer than {LINES_LIMIT:,} lines; no comparison page is")
    # Any sentence may hold a "vs": it is a title only where what follows a title does so.
    title = title_names(lines) if _titled(lines) else ()
    table = read_table(lines, title)
    names = table.names or title
    if not looks_like(text) or not _FEWEST <= len(names) <= _MOST:
        reason = "neither a title nor a table names the tools; save the whole page, from its title on"
        raise ImportFileError(where, f"not a comparison page: {reason}")
    # Where both are there, the lists follow the title; the table's columns may have been moved.
    ordered = title if len(title) >= _FEWEST and set(title) <= set(names) else names
    return _Page(where, lines, table, names=names, ordered=ordered).read()


def _titled(lines: Sequence[Line]) -> bool:
    return any(part_of(line, ()) is Part.TABLE or is_tagline(line) for line in lines[1:])


class _Page:
    """One page on its way to a `Reading`."""

    def __init__(
        self,
        where: str,
        lines: Sequence[Line],
        table: Table,
        *,
        names: tuple[str, ...],
        ordered: tuple[str, ...],
    ) -> None:
        self._where = where
        self._lines = lines
        self._table = table
        self._names = names
        self._ordered = ordered
        self._odd = list(table.odd)
        self._credits = credits_of(lines, [row.label for row in table.rows.values()])

    def read(self) -> Reading:
        """Put the page's parts together, tool by tool."""
        self._missing()
        totals = [self._count(self._names.index(name), "capabilities") for name in self._ordered]
        lists = read_lists(self._lines, self._ordered, totals)
        self._odd += lists.odd
        owned = dict(zip(self._ordered, lists.by_tool, strict=True))
        tools: list[Incoming] = []
        rejected: list[Rejection] = []
        place = f"{self._where}:{self._table.line}"
        for column, name in enumerate(self._names):
            if name not in owned:
                reason = f'left out the column "{_short(name)}": the title doesn\'t name it'
                self._odd.append((self._table.line, reason))
                continue
            try:
                tool = self._tool(column, name, owned[name])
            except ValidationError as error:
                rejected.append(Rejection(place, f"{_short(name)}: {reasons(error)}"))
                continue
            if any(tool.slug == other.tool.slug for other in tools):
                rejected.append(Rejection(place, f"{_short(name)}: the page compares it with itself"))
                continue
            tools.append(Incoming(tool, place, Authority.FOREIGN))
        warnings = tuple(Caution(f"{self._where}:{line}", reason) for line, reason in sorted(self._odd))
        return Reading(NAME, tuple(tools), tuple(rejected), warnings)

    def _missing(self) -> None:
        line = self._table.line
        if not self._table.names:
            self._odd.append((line, "the table has no head; names and order are taken from the title"))
        for label in LABELS:
            if label not in self._table.rows:
                self._odd.append((line, f'the row "{label.title()}" is missing'))
        if self._credits.publisher is None:
            self._odd.append((line, "the page doesn't say who published it"))
        if self._credits.year is None:
            self._odd.append((line, "the page doesn't say when it was published"))

    def _tool(self, column: int, name: str, shown: CapabilityList) -> Tool:
        data: dict[str, Any] = {"name": name, "reported": (self._score(column),)}
        if (kind := self._type(column)) is not None:
            data["type"] = kind
        if (pricing := self._pricing(column)) is not None:
            data["pricing"] = pricing
        source = self._credits.author or self._page_title
        if capabilities := self._capabilities(shown, source):
            data["capabilities"] = capabilities
        if shown.hidden:
            data["hidden_capabilities"] = (HiddenCapabilities(count=shown.hidden, source=source),)
        return Tool.model_validate(data)

    @property
    def _page_title(self) -> str:
        return " vs ".join(self._ordered)[:LINE_LIMIT] or self._where

    def _capabilities(self, shown: CapabilityList, source: str) -> tuple[Capability, ...]:
        capabilities: dict[str, Capability] = {}
        for triple in shown.triples:
            try:
                capability = Capability(
                    description=triple.description,
                    unique=triple.unique,
                    versus=triple.versus,
                    source=source,
                )
            except ValidationError as error:
                self._odd.append((triple.line, f"left out a capability: {reasons(error)}"))
                continue
            if capability.description in capabilities:
                self._odd.append((triple.line, "left out a capability that is there already"))
            capabilities.setdefault(capability.description, capability)
        return tuple(capabilities.values())

    def _score(self, column: int) -> ReportedScore:
        printed = {
            component: self._number(column, label, _NUMBER) for label, component in _COMPONENTS.items()
        }
        components = {component: value for component, value in printed.items() if value is not None}
        rank = self._number(column, "rank", _RANK)
        if rank is not None and rank > _BEST_RANK:
            self._odd.append((self._table.rows["rank"].line, f"left out a rank of {rank:g} of 100"))
            rank = None
        publisher = self._credits.publisher
        source = f"{publisher}: {self._page_title}" if publisher else self._page_title
        return ReportedScore(
            source=source[:LINE_LIMIT],
            observed_on=self._credits.year,
            rank=rank,
            components=components,
            rounded=bool(components) and all(value.is_integer() for value in components.values()),
            times_matched=self._count(column, "times matched"),
        )

    def _type(self, column: int) -> ToolType | None:
        printed = self._printed(column, "type")
        if printed is None:
            return None
        try:
            return ToolType(printed.casefold().replace(" ", "-"))
        except ValueError:
            self._unread("type", printed, 'taken as "other"')
            return ToolType.OTHER

    def _pricing(self, column: int) -> Pricing | None:
        printed = self._printed(column, "pricing")
        if printed is None:
            return None
        kind = _PRICING.get(printed.casefold())
        if kind is None:
            self._unread("pricing", printed, "left out")
            return None
        return Pricing(kind=kind)

    def _number(self, column: int, label: str, pattern: re.Pattern[str]) -> float | None:
        printed = self._printed(column, label)
        if printed is None:
            return None
        match = pattern.fullmatch(printed)
        if match is None:
            self._unread(label, printed, "left out")
            return None
        return float(match[1] if match.re.groups else match[0])

    def _count(self, column: int, label: str) -> int | None:
        number = self._number(column, label, _COUNT)
        return None if number is None else int(number)

    def _printed(self, column: int, label: str) -> str | None:
        row = self._table.rows.get(label)
        if row is None or row.values[column].casefold() in _NONE:
            return None
        return row.values[column]

    def _unread(self, label: str, printed: str, outcome: str) -> None:
        row = self._table.rows[label]
        self._odd.append(
            (row.line, f'"{_short(printed)}" in the row "{row.label}" can\'t be read; {outcome}')
        )


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
