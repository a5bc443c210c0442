"""The rows of a comparison: what is shown for each tool, feature by feature, and how it is held side by side.

Our own values are held against our own only, and a reported value only against one that the same source printed
on the same page. Nobody is ahead where values are equal as shown, unknown, or too close to call.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import computed_field

from catalog.models import ComponentName, Document, Slug
from catalog.rank import TOO_CLOSE, overlap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Feature(StrEnum):
    """What a row is about, in the order of the rows."""

    TYPE = "Type"
    RANK = "Rank"
    ADOPTION = "Adoption"
    QUALITY = "Quality"
    ECOSYSTEM = "Ecosystem"
    MATCH_GRAPH = "Match Graph"
    FRESHNESS = "Freshness"
    PRICING = "Pricing"
    LICENCE = "Licence"
    STATUS = "Status"
    CAPABILITIES = "Capabilities"
    TIMES_MATCHED = "Times Matched"


COMPONENT_OF: Mapping[Feature, ComponentName] = {
    Feature.ADOPTION: "adoption",
    Feature.QUALITY: "quality",
    Feature.ECOSYSTEM: "ecosystem",
    Feature.MATCH_GRAPH: "match_graph",
    Feature.FRESHNESS: "freshness",
}
UNKNOWN = "unknown"
NEVER_COUNTED = "no data yet"


class ReportedValue(Document):
    """A value that somebody else printed; `rounded` ones are whole numbers that stand for something finer."""

    source: str
    observed_on: str | None
    value: float
    rounded: bool

    @property
    def credit(self) -> str:
        """Whose value it is: source and date."""
        return credit(self.source, self.observed_on)


class Gap(Document):
    """A signal that isn't known, or too old to be sure of (`stale`), and how many points of the rank hang on it."""

    metric: str
    label: str
    component: ComponentName
    points: float
    stale: bool = False


class Cell(Document):
    """What a row shows for one tool.

    Attributes:
        text: what is shown, short enough for a narrow column where that is possible.
        value: the figure behind it: our own, or the reported one (`reported`) where there is just one.
        low: where our own figure could lie at the least, in its own scale (rank 0..100, components 0..1).
        high: where it could lie at the most.
        unit: what a price buys; None for everything else.
        reported: only other people's values are shown.
        reports: the values that others printed, each with its source; beside our own, never mixed in.
        sources: whom to credit for what is shown.
        note: the long form, for who asks.
        gaps: of a rank, what makes it uncertain, the most points first.
    """

    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    reported: bool = False
    reports: tuple[ReportedValue, ...] = ()
    sources: tuple[str, ...] = ()
    note: str | None = None
    gaps: tuple[Gap, ...] = ()

    @property
    def ours(self) -> bool:
        """Whether it shows a figure of our own."""
        return self.value is not None and not self.reported


class Row(Document):
    """One feature, a cell for each tool in the order of the comparison; `winner` is who is ahead, if anybody."""

    feature: Feature
    cells: tuple[Cell, ...]
    winner: Slug | None = None

    @computed_field  # type: ignore[prop-decorator]  # mypy takes no decorator above a property
    @property
    def values(self) -> tuple[str, ...]:
        """The texts of the cells."""
        return tuple(cell.text for cell in self.cells)


def credit(source: str, observed_on: str | None) -> str:
    """Name a source with its date: ``"Unfragile: A vs B, 2026"``."""
    return f"{source}, {observed_on}" if observed_on else source


def number(value: float) -> str:
    """Write a figure as it was printed, without a needless ``.0``."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def shared_sources(cells: Sequence[Cell]) -> list[tuple[str, tuple[ReportedValue, ...]]]:
    """Find the sources that printed a value for every cell, each with these values; newest source first."""
    by_source = [{report.source: report for report in cell.reports} for cell in cells]
    common = [source for source in by_source[0] if all(source in reports for reports in by_source)]
    found = [(source, tuple(reports[source] for reports in by_source)) for source in common]
    return sorted(found, key=lambda pair: max(report.observed_on or "" for report in pair[1]), reverse=True)


def too_close(first: Cell, second: Cell) -> bool:
    """Say whether the intervals of our own values overlap by more than `TOO_CLOSE` of the narrower one."""
    return overlap(_interval(first), _interval(second)) > TOO_CLOSE


def ahead(
    slugs: Sequence[Slug], cells: Sequence[Cell], shown: Callable[[float], str], least: float = 0.0
) -> Slug | None:
    """Say who is ahead in a row of figures, if anybody.

    Of our own values the best is ahead when it differs as `shown`, by `least` or more, and is too close to none; of
    reported ones when every source that speaks of all has the same one ahead. A row that mixes the two has nobody
    ahead.
    """
    if all(cell.ours for cell in cells):
        best = max(range(len(cells)), key=lambda index: cells[index].value or 0.0)
        others = [cell for index, cell in enumerate(cells) if index != best]
        clear = all(
            shown(other.value or 0.0) != shown(cells[best].value or 0.0)
            and (cells[best].value or 0.0) - (other.value or 0.0) >= least
            and not too_close(cells[best], other)
            for other in others
        )
        return slugs[best] if clear else None
    if any(cell.ours for cell in cells):
        return None
    leaders = {_leader([report.value for report in reports]) for _, reports in shared_sources(cells)}
    only = leaders.pop() if len(leaders) == 1 else None
    return None if only is None else slugs[only]


def _leader(values: Sequence[float]) -> int | None:
    best = max(values)
    return values.index(best) if values.count(best) == 1 else None


def _interval(cell: Cell) -> tuple[float, float]:
    return (cell.low or 0.0, cell.high or 0.0)
