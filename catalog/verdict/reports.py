"""What others report: held against each other only where one page speaks of all, and never mixed with our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.rows import Feature, number, shared_sources
from catalog.verdict.ground import PAIR, Ground, listed, plain, say
from catalog.verdict.leading import leading
from catalog.verdict.sentence import Claim, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.rows import ReportedValue, Row


def ranks(ground: Ground) -> Iterator[Sentence]:
    """Say what each page reports of all of them, and what other pages report beside it."""
    cells = ground.cells(Feature.RANK)
    shared = shared_sources(ground.rows[Feature.RANK].cells)
    compared = [sentence for _, reports in shared for sentence in _on_one_page(ground, reports)]
    told = [slug for slug in ground.slugs if cells[slug].reports]
    used = {source for source, _ in shared}
    more: list[Sentence] = []
    for slug in told if shared else ():
        rest = [report for report in cells[slug].reports if report.source not in used]
        if rest:
            figures = listed([f"{number(report.value)} ({report.credit})" for report in rest])
            text = f"{ground.name(slug)} is also reported at {figures}."
            more.append(say(text, Claim.REPORTED_MORE, [slug], [Feature.RANK]))
    if len(compared) == 1 and len(more) == 1:
        # One sentence less under the table.
        text = f"{compared[0].text.removesuffix('.')}; {more[0].text}"
        compared, more = [compared[0].model_copy(update={"text": text})], []
    yield from [*compared, *more]
    if not shared and len(told) >= PAIR:
        of = "both" if len(told) == PAIR else "all of"
        text = f"No page reports on {of} {ground.names(told)}, so their reported ranks aren't compared."
        yield say(text, Claim.REPORTED_APART, told, [Feature.RANK])


def _on_one_page(ground: Ground, reports: Sequence[ReportedValue]) -> Iterator[Sentence]:
    values = {slug: report.value for slug, report in zip(ground.slugs, reports, strict=True)}
    whose = reports[0].credit
    order = sorted(ground.slugs, key=lambda slug: -values[slug])
    shown = {slug: number(values[slug]) for slug in order}
    if len(set(shown.values())) == 1:
        text = f"{ground.all} are reported at {shown[order[0]]} ({whose})."
        yield say(text, Claim.REPORTED_TIE, order, [Feature.RANK])
    elif shown[order[0]] != shown[order[1]]:
        degree = "higher" if ground.pair else "highest"
        each = ground.against(order, shown, named=not ground.pair)
        text = f"{ground.name(order[0])} is reported {degree}: {each} ({whose})."
        yield say(text, Claim.REPORTED_LEAD, order, [Feature.RANK])


def leads(ground: Ground) -> Iterator[Sentence]:
    """Say who is reported ahead on what, where we have no figure of our own."""
    rows = [row for row in ground.parts() if not any(cell.ours for cell in row.cells) and row.winner]
    if rows:
        text = leading(
            ground,
            rows,
            lambda row: [number(report.value) for report in shared_sources(row.cells)[0][1]],
            "is reported ahead on",
        )
        leaders = [slug for slug in ground.slugs if any(row.winner == slug for row in rows)]
        yield say(f"{text}.", Claim.REPORTED_PART_LEAD, leaders, [row.feature for row in rows])


def ties(ground: Ground) -> Iterator[Sentence]:
    """Say where all are reported alike: a rounded 1 against 1 is nobody's lead."""
    level: list[tuple[Row, str]] = []
    rounded = False
    for row in ground.parts():
        shared = [] if any(cell.ours for cell in row.cells) else shared_sources(row.cells)
        values = {report.value for _, reports in shared for report in reports}
        if len(values) == 1:
            level.append((row, number(values.pop())))
            rounded |= any(report.rounded for _, reports in shared for report in reports)
    if level:
        what = listed([f"at {value} on {plain(row)}" for row, value in level])
        how = ", rounded" if rounded else ""
        leads_there = f"{ground.nobody} leads there"
        text = f"{ground.all} are reported {what}{how}: {leads_there}."
        yield say(text, Claim.REPORTED_PART_TIE, ground.slugs, [row.feature for row, _ in level])
