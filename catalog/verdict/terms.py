"""Whether one can still count on a tool, what it costs and under which licence it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.models import PricingKind
from catalog.pricing import dollars
from catalog.rows import UNKNOWN, Cell, Feature, Row
from catalog.verdict.ground import Ground, say
from catalog.verdict.sentence import Claim, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catalog.models import Slug


def status(ground: Ground) -> Iterator[Sentence]:
    """Say first who is deprecated or gone."""
    row = ground.rows.get(Feature.STATUS)
    for tool, cell in zip(ground.tools, row.cells if row else (), strict=False):
        if cell.text == "Active":
            continue
        what = "is gone and can't be used any more" if cell.text == "Gone" else "is deprecated"
        after = f"; {cell.note.replace('followed by', 'its successor is')}" if cell.note else ""
        yield say(f"{tool.name} {what}{after}.", Claim.STATUS, [tool.slug], [Feature.STATUS])


def pricing(ground: Ground) -> Iterator[Sentence]:
    """Say who is free or starts lower, where that can be compared."""
    row = ground.rows[Feature.PRICING]
    cells = ground.cells(Feature.PRICING)
    free = [slug for slug in ground.slugs if cells[slug].text == PricingKind.FREE.label]
    rest = [slug for slug in ground.slugs if slug not in free]
    if any(cell.text == UNKNOWN for cell in row.cells):
        return
    if not rest:
        yield say(f"{ground.all} are free.", Claim.FREE, ground.slugs, [Feature.PRICING])
    elif row.winner and free:
        costs = "costs money" if len(rest) == 1 else "cost money"
        text = f"{ground.name(row.winner)} is free; {ground.names(rest)} {costs}."
        yield say(text, Claim.FREE_LEAD, [row.winner, *rest], [Feature.PRICING])
    elif len({cell.unit for cell in row.cells}) == 1 and row.cells[0].unit:
        yield from _price(ground, row, cells)
    elif len(set(row.values)) > 1:
        each = "; ".join(f"{tool.name}: {cells[tool.slug].text}" for tool in ground.tools)
        yield say(f"Pricing differs. {each}.", Claim.PRICING_DIFFERS, ground.slugs, [Feature.PRICING])


def _price(ground: Ground, row: Row, cells: Mapping[Slug, Cell]) -> Iterator[Sentence]:
    unit = row.cells[0].unit
    order = sorted(ground.slugs, key=lambda slug: cells[slug].value or 0.0)
    shown = {slug: dollars(cells[slug].value or 0.0) for slug in order}
    if len(set(shown.values())) == 1:
        text = f"{ground.all} start at {shown[order[0]]} per {unit}."
        yield say(text, Claim.PRICE_TIE, order, [Feature.PRICING])
    elif row.winner:
        degree = "lower" if ground.pair else "lowest"
        each = ground.against(order, shown, named=not ground.pair)
        text = f"{ground.name(order[0])} starts {degree}: {each} per {unit}."
        yield say(text, Claim.PRICE_LEAD, order, [Feature.PRICING])


def licence(ground: Ground) -> Iterator[Sentence]:
    """Say where licences differ."""
    row = ground.rows.get(Feature.LICENCE)
    if row is None or UNKNOWN in row.values or len(set(row.values)) == 1:
        return
    held = [f"{tool.name}: {value}" for tool, value in zip(ground.tools, row.values, strict=True)]
    yield say(f"Licences differ. {'; '.join(held)}.", Claim.LICENCE_DIFFERS, ground.slugs, [Feature.LICENCE])
