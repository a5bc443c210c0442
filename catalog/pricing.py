"""How one pays, side by side: prices are compared only where they buy the same unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.models import Price, PriceUnit, Pricing, PricingKind, Slug, Tool
from catalog.rows import UNKNOWN, Cell, Feature, Row, credit

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNIT_SHORT = {
    PriceUnit.MONTH: "/month",
    PriceUnit.MILLION_INPUT_TOKENS: "/M tokens",
    PriceUnit.IMAGE: "/image",
    PriceUnit.SECOND: "/second",
    PriceUnit.HOUR: "/hour",
}
_COSTS = frozenset({PricingKind.PAID, PricingKind.USAGE})


def pricing_row(tools: Sequence[Tool]) -> Row:
    """Build the row of prices; ahead is who alone is free among paid ones, or who starts lowest in one unit."""
    prices = [tool.pricing for tool in tools]
    return Row(
        feature=Feature.PRICING,
        cells=tuple(_pricing_cell(pricing) for pricing in prices),
        winner=_cheapest([tool.slug for tool in tools], prices),
    )


def _cheapest(slugs: Sequence[Slug], prices: Sequence[Pricing | None]) -> Slug | None:
    known = [pricing for pricing in prices if pricing]
    if len(known) < len(prices):
        return None
    free = [index for index, pricing in enumerate(known) if pricing.kind is PricingKind.FREE]
    if len(free) == 1 and sum(pricing.kind in _COSTS for pricing in known) == len(known) - 1:
        return slugs[free[0]]
    starts = [pricing.starting for pricing in known if pricing.starting and not free]
    if len(starts) < len(known) or len({start.unit for start in starts}) > 1:
        return None
    lowest = min(starts, key=lambda start: start.usd)
    level = [
        slug for slug, start in zip(slugs, starts, strict=True) if dollars(start.usd) == dollars(lowest.usd)
    ]
    return level[0] if len(level) == 1 else None


def _pricing_cell(pricing: Pricing | None) -> Cell:
    if pricing is None:
        return Cell(text=UNKNOWN)
    start = pricing.starting
    if start is None or pricing.kind is PricingKind.FREE:
        return Cell(text=pricing.kind.label, note=pricing.note)
    price = f"{dollars(start.usd)}{_UNIT_SHORT[start.unit]}"
    long = [f"{pricing.kind.label}, from {price_in_words(start)} ({credit(start.source, start.observed_on)})"]
    return Cell(
        text=f"Free, {price}" if pricing.kind is PricingKind.FREEMIUM else price,
        value=start.usd,
        unit=start.unit.value,
        sources=(credit(start.source, start.observed_on),),
        note="; ".join([*long, *([pricing.note] if pricing.note else [])]),
    )


def dollars(usd: float) -> str:
    """Write an amount: ``"$20"``, ``"$2.50"``, ``"$0.075"``."""
    cents = usd * 100
    whole = float(usd).is_integer()
    return f"${usd:,.0f}" if whole else f"${usd:,.2f}" if abs(cents - round(cents)) < 1e-6 else f"${usd:,.4g}"  # noqa: PLR2004 (a float's noise)


def price_in_words(start: Price) -> str:
    """Write a starting price for a sentence: ``"$2.50 per million input tokens"``."""
    return f"{dollars(start.usd)} per {start.unit.value}"
