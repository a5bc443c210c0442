"""What a comparison comes to, in sentences of which each follows from the rows shown.

The rules see nothing but the rows: what isn't shown can't be said. Every sentence names its claim, whom it is
about and the rows it follows from.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from catalog.models import Document, PricingKind, Slug, ToolRef
from catalog.pricing import dollars
from catalog.rows import COMPONENT_OF, UNKNOWN, Cell, Feature, Row, number, shared_sources, too_close

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_PAIR = 2
# Beyond this many features a sentence lists them without their figures.
_WITH_FIGURES = 2


class Claim(StrEnum):
    """What a sentence says of its subjects; the first subject is the one ahead where somebody is."""

    STATUS = "status"
    RANK_LEAD = "rank lead"
    RANK_TIE = "rank tie"
    RANK_CLOSE = "rank too close to call"
    RANK_UNKNOWN = "rank unknown"
    REPORTED_LEAD = "reported lead"
    REPORTED_TIE = "reported tie"
    REPORTED_APART = "reported ranks not comparable"
    REPORTED_MORE = "reported more than once"
    LEAD = "component lead"
    TIE = "component tie"
    REPORTED_PART_LEAD = "reported component lead"
    REPORTED_PART_TIE = "reported component tie"
    FREE = "all free"
    FREE_LEAD = "free against paid"
    PRICE_LEAD = "lower price"
    PRICE_TIE = "same price"
    PRICING_DIFFERS = "pricing differs"
    LICENCE_DIFFERS = "licence differs"


class Sentence(Document):
    """One sentence of a verdict, the tools it is about and the rows it follows from."""

    text: str
    claim: Claim
    subjects: tuple[Slug, ...]
    evidence: tuple[Feature, ...]


def verdict(tools: Sequence[ToolRef], rows: Iterable[Row]) -> tuple[Sentence, ...]:
    """Word the verdict over rows whose cells stand in the order of `tools`; at least one sentence."""
    return tuple(_Verdict(tools, rows).sentences())


class _Verdict:
    """The rules, in the order in which their sentences are said."""

    def __init__(self, tools: Sequence[ToolRef], rows: Iterable[Row]) -> None:
        self._tools = tools
        self._slugs = tuple(tool.slug for tool in tools)
        self._names = {tool.slug: tool.name for tool in tools}
        self._rows: Mapping[Feature, Row] = {row.feature: row for row in rows}

    def sentences(self) -> Iterator[Sentence]:
        yield from self._status()
        own = list(self._rank())
        reported = list(self._reported_rank())
        # Where we can't set two ranks of our own against each other, what others report comes first: it's the news.
        ranked = sum(cell.ours for cell in self._rows[Feature.RANK].cells)
        yield from [*own, *reported] if ranked >= _PAIR else [*reported, *own]
        yield from self._leads()
        yield from self._ties()
        yield from self._reported_leads()
        yield from self._reported_ties()
        yield from self._pricing()
        yield from self._licence()

    def _status(self) -> Iterator[Sentence]:
        row = self._rows.get(Feature.STATUS)
        for tool, cell in zip(self._tools, row.cells if row else (), strict=False):
            if cell.text == "Active":
                continue
            what = "is gone and can't be used any more" if cell.text == "Gone" else "is deprecated"
            after = f"; {cell.note.replace('followed by', 'its successor is')}" if cell.note else ""
            yield self._say(f"{tool.name} {what}{after}.", Claim.STATUS, [tool.slug], [Feature.STATUS])

    def _rank(self) -> Iterator[Sentence]:
        cells = self._cells(Feature.RANK)
        ranked = sorted(
            (slug for slug in self._slugs if cells[slug].ours), key=lambda slug: -(cells[slug].value or 0.0)
        )
        unranked = [slug for slug in self._slugs if slug not in ranked]
        if len(ranked) >= _PAIR:
            yield self._rank_of(ranked, cells)
        if not ranked:
            nobody = (
                "either, so Matchbook ranks neither"
                if len(self._slugs) == _PAIR
                else "any of them, so Matchbook ranks none"
            )
            text = f"No measured figures are known for {nobody}."
            yield self._say(text, Claim.RANK_UNKNOWN, unranked, [Feature.RANK])
        elif unranked:
            who, verb = self._names_of(unranked), "has" if len(unranked) == 1 else "have"
            text = f"{who} {verb} no rank of Matchbook's own: no measured figures are known."
            yield self._say(text, Claim.RANK_UNKNOWN, unranked, [Feature.RANK])

    def _rank_of(self, ranked: Sequence[Slug], cells: Mapping[Slug, Cell]) -> Sentence:
        first, *others = ranked
        points = {slug: f"{cells[slug].value:.0f}" for slug in ranked}
        spans = {slug: f"{points[slug]} ({cells[slug].low:.0f}-{cells[slug].high:.0f})" for slug in ranked}
        level = [slug for slug in others if points[slug] == points[first]]
        close = [slug for slug in others if slug in level or too_close(cells[first], cells[slug])]
        if close and len(level) == len(close):
            text = f"{self._names_of([first, *level])} rank the same: {points[first]}."
            return self._say(text, Claim.RANK_TIE, [first, *level], [Feature.RANK])
        if close:
            listed = self._against([first, *close], spans)
            return self._say(
                f"Too close to call on rank: {listed}; the ranges overlap by more than half.",
                Claim.RANK_CLOSE,
                [first, *close],
                [Feature.RANK],
            )
        degree = "higher" if len(ranked) == _PAIR else "highest"
        listed = self._against(ranked, spans, named=len(ranked) > _PAIR)
        return self._say(
            f"{self._names[first]} ranks {degree}: {listed}.", Claim.RANK_LEAD, ranked, [Feature.RANK]
        )

    def _reported_rank(self) -> Iterator[Sentence]:
        row = self._rows[Feature.RANK]
        cells = self._cells(Feature.RANK)
        shared = shared_sources(row.cells)
        for _, reports in shared:
            values = {slug: report.value for slug, report in zip(self._slugs, reports, strict=True)}
            whose = reports[0].credit
            order = sorted(self._slugs, key=lambda slug: -values[slug])
            shown = {slug: number(values[slug]) for slug in order}
            if len(set(values.values())) == 1:
                text = f"{self._all()} are reported at {shown[order[0]]} ({whose})."
                yield self._say(text, Claim.REPORTED_TIE, order, [Feature.RANK])
            elif values[order[0]] > values[order[1]]:
                degree = "higher" if len(order) == _PAIR else "highest"
                listed = self._against(order, shown, named=len(order) > _PAIR)
                text = f"{self._names[order[0]]} is reported {degree}: {listed} ({whose})."
                yield self._say(text, Claim.REPORTED_LEAD, order, [Feature.RANK])
        told = [slug for slug in self._slugs if cells[slug].reports]
        if not shared and len(told) >= _PAIR:
            of = "both" if len(told) == _PAIR else "all of"
            text = f"No page reports on {of} {self._names_of(told)}, so their reported ranks aren't compared."
            yield self._say(text, Claim.REPORTED_APART, told, [Feature.RANK])
        used = {source for source, _ in shared}
        for slug in told if shared else ():
            rest = [report for report in cells[slug].reports if report.source not in used]
            if rest:
                listed = _listed([f"{number(report.value)} ({report.credit})" for report in rest])
                text = f"{self._names[slug]} is also reported at {listed}."
                yield self._say(text, Claim.REPORTED_MORE, [slug], [Feature.RANK])

    def _leads(self) -> Iterator[Sentence]:
        yield from self._leads_among(
            [row for row in self._parts() if all(cell.ours for cell in row.cells)],
            lambda row: [f"{cell.value:.2f}" for cell in row.cells],
            "leads on",
            Claim.LEAD,
        )

    def _reported_leads(self) -> Iterator[Sentence]:
        yield from self._leads_among(
            [row for row in self._parts() if not any(cell.ours for cell in row.cells)],
            lambda row: [number(report.value) for report in shared_sources(row.cells)[0][1]],
            "is reported ahead on",
            Claim.REPORTED_PART_LEAD,
        )

    def _leads_among(
        self, rows: Sequence[Row], shown: Callable[[Row], Sequence[str]], verb: str, claim: Claim
    ) -> Iterator[Sentence]:
        for slug in self._slugs:
            led = [row for row in rows if row.winner == slug]
            if not led:
                continue
            figures = [self._figures(slug, shown(row)) for row in led]
            if len(self._slugs) > _PAIR or (len(led) > _WITH_FIGURES and len(set(figures)) > 1):
                what = _listed([_plain(row) for row in led])
            elif len(set(figures)) == 1:
                what = f"{_listed([_plain(row) for row in led])} ({figures[0]})"
            else:
                what = _listed(
                    [f"{_plain(row)} ({figure})" for row, figure in zip(led, figures, strict=True)]
                )
            yield self._say(
                f"{self._names[slug]} {verb} {what}.", claim, [slug], [row.feature for row in led]
            )

    def _figures(self, slug: Slug, shown: Sequence[str]) -> str:
        index = self._slugs.index(slug)
        others = [text for other, text in enumerate(shown) if other != index]
        return f"{shown[index]} against {_listed(others)}"

    def _ties(self) -> Iterator[Sentence]:
        level = [
            (row, row.values[0])
            for row in self._parts()
            if all(cell.ours for cell in row.cells) and len(set(row.values)) == 1
        ]
        if level:
            what = _listed([f"{_plain(row)} ({value})" for row, value in level])
            features = [row.feature for row, _ in level]
            yield self._say(f"{self._all()} are level on {what}.", Claim.TIE, self._slugs, features)

    def _reported_ties(self) -> Iterator[Sentence]:
        level: list[tuple[Row, str]] = []
        rounded = False
        for row in self._parts():
            shared = [] if any(cell.ours for cell in row.cells) else shared_sources(row.cells)
            values = {report.value for _, reports in shared for report in reports}
            if len(values) == 1:
                level.append((row, number(values.pop())))
                rounded |= any(report.rounded for _, reports in shared for report in reports)
        if level:
            what = _listed([f"at {value} on {_plain(row)}" for row, value in level])
            how = ", rounded" if rounded else ""
            nobody = "neither leads" if len(self._slugs) == _PAIR else "nobody leads"
            text = f"{self._all()} are reported {what}{how}: {nobody} there."
            yield self._say(text, Claim.REPORTED_PART_TIE, self._slugs, [row.feature for row, _ in level])

    def _pricing(self) -> Iterator[Sentence]:
        row = self._rows[Feature.PRICING]
        cells = self._cells(Feature.PRICING)
        free = [slug for slug in self._slugs if cells[slug].text == PricingKind.FREE.label]
        rest = [slug for slug in self._slugs if slug not in free]
        if any(cell.text == UNKNOWN for cell in row.cells):
            return
        if not rest:
            yield self._say(f"{self._all()} are free.", Claim.FREE, self._slugs, [Feature.PRICING])
        elif row.winner and free:
            costs = "costs money" if len(rest) == 1 else "cost money"
            text = f"{self._names[row.winner]} is free; {self._names_of(rest)} {costs}."
            yield self._say(text, Claim.FREE_LEAD, [row.winner, *rest], [Feature.PRICING])
        elif len({cell.unit for cell in row.cells}) == 1 and row.cells[0].unit:
            yield from self._price(row, cells)
        elif len(set(row.values)) > 1:
            listed = "; ".join(f"{self._names[slug]}: {cells[slug].text}" for slug in self._slugs)
            yield self._say(
                f"Pricing differs. {listed}.", Claim.PRICING_DIFFERS, self._slugs, [Feature.PRICING]
            )

    def _price(self, row: Row, cells: Mapping[Slug, Cell]) -> Iterator[Sentence]:
        unit = row.cells[0].unit
        order = sorted(self._slugs, key=lambda slug: cells[slug].value or 0.0)
        shown = {slug: dollars(cells[slug].value or 0.0) for slug in order}
        if len(set(shown.values())) == 1:
            text = f"{self._all()} start at {shown[order[0]]} per {unit}."
            yield self._say(text, Claim.PRICE_TIE, order, [Feature.PRICING])
        elif row.winner:
            degree = "lower" if len(order) == _PAIR else "lowest"
            listed = self._against(order, shown, named=len(order) > _PAIR)
            text = f"{self._names[order[0]]} starts {degree}: {listed} per {unit}."
            yield self._say(text, Claim.PRICE_LEAD, order, [Feature.PRICING])

    def _licence(self) -> Iterator[Sentence]:
        row = self._rows.get(Feature.LICENCE)
        if row is None or UNKNOWN in row.values or len(set(row.values)) == 1:
            return
        held = [f"{tool.name}: {licence}" for tool, licence in zip(self._tools, row.values, strict=True)]
        yield self._say(
            f"Licences differ. {'; '.join(held)}.", Claim.LICENCE_DIFFERS, self._slugs, [Feature.LICENCE]
        )

    def _parts(self) -> Iterator[Row]:
        return (self._rows[feature] for feature in COMPONENT_OF if feature in self._rows)

    def _cells(self, feature: Feature) -> dict[Slug, Cell]:
        return dict(zip(self._slugs, self._rows[feature].cells, strict=True))

    def _names_of(self, slugs: Iterable[Slug]) -> str:
        return _listed([self._names[slug] for slug in slugs])

    def _all(self) -> str:
        return "Both" if len(self._slugs) == _PAIR else "All"

    def _against(self, slugs: Sequence[Slug], shown: Mapping[Slug, str], *, named: bool = True) -> str:
        if named:
            return ", ".join(f"{self._names[slug]} at {shown[slug]}" for slug in slugs)
        return " against ".join(shown[slug] for slug in slugs)

    def _say(
        self, text: str, claim: Claim, subjects: Iterable[Slug], evidence: Iterable[Feature]
    ) -> Sentence:
        return Sentence(text=text, claim=claim, subjects=tuple(subjects), evidence=tuple(evidence))


def _plain(row: Row) -> str:
    return row.feature.value.lower()


def _listed(items: Sequence[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
