"""Filling in a comparison: which rows there are, and what each cell shows of a tool and its rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.models import ReportedScore, Status, Tool, publisher_of
from catalog.pricing import pricing_row
from catalog.rows import (
    COMPONENT_OF,
    NEVER_COUNTED,
    UNKNOWN,
    Cell,
    Feature,
    Gap,
    ReportedValue,
    Row,
    ahead,
    credit,
    number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from catalog.rank import Component, Rank

#: By how much a component must differ for anybody to be ahead: less is within what its curve and its sources give.
LEAST_LEAD = 0.05
_NEVER_COUNTED = frozenset({Feature.MATCH_GRAPH, Feature.TIMES_MATCHED})


def rows_of(tools: Sequence[Tool], ranks: Sequence[Rank]) -> tuple[Row, ...]:
    """Build all rows of a comparison; a row that would say nothing (see `Feature`) is left out."""
    return tuple(_rows(tools, ranks))


def _rows(tools: Sequence[Tool], ranks: Sequence[Rank]) -> Iterator[Row]:
    slugs = [tool.slug for tool in tools]
    yield Row(feature=Feature.TYPE, cells=tuple(Cell(text=tool.type.label) for tool in tools))
    cells = tuple(_rank_cell(judged) for judged in ranks)
    yield Row(feature=Feature.RANK, cells=cells, winner=ahead(slugs, cells, lambda value: f"{value:.0f}"))
    for feature, name in COMPONENT_OF.items():
        cells = tuple(_component_cell(feature, judged.component(name), judged.reported) for judged in ranks)
        if feature is not Feature.FRESHNESS or any(cell.value is not None or cell.reports for cell in cells):
            yield Row(
                feature=feature,
                cells=cells,
                winner=ahead(slugs, cells, lambda value: f"{value:.2f}", LEAST_LEAD),
            )
    yield pricing_row(tools)
    if any(tool.licence for tool in tools):
        yield Row(feature=Feature.LICENCE, cells=tuple(Cell(text=tool.licence or UNKNOWN) for tool in tools))
    if any(tool.status is not Status.ACTIVE for tool in tools):
        yield Row(feature=Feature.STATUS, cells=tuple(_status_cell(tool, tools) for tool in tools))
    yield Row(feature=Feature.CAPABILITIES, cells=tuple(capabilities_cell(tool) for tool in tools))
    cells = tuple(_matched_cell(tool) for tool in tools)
    yield Row(feature=Feature.TIMES_MATCHED, cells=cells, winner=ahead(slugs, cells, number))


def _rank_cell(judged: Rank) -> Cell:
    reports = _reports(judged.reported, lambda score: score.rank, exact=True)
    shown = ", ".join(f"{number(report.value)}/100" for report in reports)
    beside = f"{shown} reported" if reports else None
    whose = tuple(report.credit for report in reports)
    if judged.rank is None:
        return Cell(
            text=beside or UNKNOWN,
            value=reports[0].value if len(reports) == 1 else None,
            reported=bool(reports),
            reports=reports,
            sources=whose,
            note="; ".join(f"{number(report.value)}/100: {report.credit}" for report in reports) or None,
        )
    own = f"{judged.rank:.0f} ({judged.low:.0f}-{judged.high:.0f})"
    return Cell(
        text=f"{own}; {beside}" if beside else own,
        value=judged.rank,
        low=judged.low,
        high=judged.high,
        reports=reports,
        sources=whose,
        note=f"based on {judged.known} of {judged.expected} signals",
        gaps=gaps_of(judged),
    )


def gaps_of(judged: Rank) -> tuple[Gap, ...]:
    """List what makes a rank uncertain, the signals with the most points at stake first."""
    gaps = [
        Gap(
            metric=metric,
            label=label,
            component=part.name,
            points=part.weight * share * judged.factor * 100,
            stale=stale,
        )
        for part in judged.components
        for metric, label, share, stale in _open_shares(part)
    ]
    return tuple(sorted((gap for gap in gaps if gap.points), key=lambda gap: -gap.points))


def _open_shares(part: Component) -> Iterator[tuple[str, str, float, bool]]:
    """Say of a component's signals which share of it is open: all of what was never measured, some of what is old."""
    for gap in part.missing:
        yield gap.metric, gap.label, gap.weight, False
    for use in part.signals:
        yield use.metric, use.label, use.weight * (use.high - use.low), True


def _component_cell(feature: Feature, part: Component, scores: Sequence[ReportedScore]) -> Cell:
    name = part.name
    reports = _reports(scores, lambda score: score.components.get(name), exact=False)
    if part.known:
        missing = ", ".join(gap.label for gap in part.missing)
        return Cell(
            text=f"{part.value:.2f}",
            value=part.value,
            low=part.low,
            high=part.high,
            reports=reports,
            sources=tuple(dict.fromkeys(credit(use.source, use.observed_on) for use in part.signals)),
            note=f"{part.low:.2f} to {part.high:.2f}; not known: {missing}" if missing else None,
        )
    return _reported_cell(feature, reports)


def _matched_cell(tool: Tool) -> Cell:
    counted = tool.signal("times_matched")
    reports = _reports(tool.reported, lambda score: score.times_matched, exact=True)
    if counted:
        return Cell(
            text=number(counted.value),
            value=counted.value,
            low=counted.value,
            high=counted.value,
            reports=reports,
            sources=(credit(counted.source, counted.observed_on),),
        )
    return _reported_cell(Feature.TIMES_MATCHED, reports)


def _reported_cell(feature: Feature, reports: tuple[ReportedValue, ...]) -> Cell:
    if not reports:
        return Cell(text=NEVER_COUNTED if feature in _NEVER_COUNTED else UNKNOWN)
    shown = dict.fromkeys(number(report.value) for report in reports)
    return Cell(
        text=f"{', '.join(shown)} reported",
        value=reports[0].value if len(shown) == 1 else None,
        reported=True,
        reports=reports,
        sources=tuple(report.credit for report in reports),
        note="rounded to a whole number by the source" if any(report.rounded for report in reports) else None,
    )


def _reports(
    scores: Sequence[ReportedScore], pick: Callable[[ReportedScore], float | None], *, exact: bool
) -> tuple[ReportedValue, ...]:
    """Take one figure out of the reported scores, the newest of each source; `exact` ones are never rounded."""
    newest: dict[str, ReportedValue] = {}
    for score in scores:
        value = pick(score)
        before = newest.get(score.source)
        if value is None or (before and (before.observed_on or "") > (score.observed_on or "")):
            continue
        newest[score.source] = ReportedValue(
            source=score.source,
            observed_on=score.observed_on,
            value=value,
            rounded=score.rounded and not exact,
        )
    return tuple(newest.values())


def _status_cell(tool: Tool, tools: Iterable[Tool]) -> Cell:
    label = tool.status.value.capitalize()
    if not tool.successor:
        return Cell(text=label)
    successor = next((other.name for other in tools if other.slug == tool.successor), tool.successor)
    return Cell(text=label, note=f"followed by {successor}")


def capabilities_cell(tool: Tool) -> Cell:
    """Say how many capabilities are known and how many more there are said to be.

    Hidden ones are set against the known ones where both come from one publisher ("8 of 13 known"). Where some
    of the known come from elsewhere they may be the same ones: "11 known, up to 5 more".
    """
    known = len(tool.capabilities)
    most: dict[str, int] = {}
    for hidden in tool.hidden_capabilities:
        publisher = publisher_of(hidden.source).casefold()
        most[publisher] = max(most.get(publisher, 0), hidden.count)
    more = sum(most.values())
    sources = tuple(dict.fromkeys(hidden.source for hidden in tool.hidden_capabilities))
    if not more:
        return Cell(text=f"{known} known" if known else "none known", value=float(known), sources=sources)
    same = len(most) == 1 and all(
        capability.source and publisher_of(capability.source).casefold() in most
        for capability in tool.capabilities
    )
    text = f"{known} of {known + more} known" if same else f"{known} known, up to {more} more"
    return Cell(text=text, value=float(known), low=float(known), high=float(known + more), sources=sources)
