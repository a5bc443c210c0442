"""genai-prices: what models cost at each provider, with prices that change by date, hour or length of the text.

https://github.com/pydantic/genai-prices: a list of providers, each with its models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from catalog.importers.public.listings import Amount, Listing, tools, trained_further
from catalog.importers.public.model_ids import read_id
from catalog.importers.public.records import Record, check, listing
from catalog.importers.public.source import Edition, Partial, Shape, Source, brief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.importers.reading import Rejection


class _Timed(Record):
    """A price and when it is asked."""

    constraint: dict[str, str] | None = None
    prices: dict[str, Any]


class _Model(Record):
    """A model at a provider."""

    id: str
    name: str | None = None
    description: str | None = None
    context_window: float | None = None
    deprecated: bool = False
    prices: dict[str, Any] | list[_Timed]


class _Provider(Record):
    """A provider; its models are checked one by one."""

    id: str
    models: tuple[Any, ...] = ()


def _read(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    numbered = ((str(number), one) for number, one in enumerate(listing(data, edition.where, "providers"), 1))
    providers, refused = check(_Provider, numbered)
    yield from refused
    listings: list[Listing] = []
    for provider in providers.values():
        placed = ((f"{provider.id}/{_id(number, one)}", one) for number, one in enumerate(provider.models, 1))
        models, refused = check(_Model, placed)
        yield from refused
        for place, model in models.items():
            if trained := trained_further(place):
                yield trained
            else:
                listings.append(_listing(place, provider.id, model, edition.observed_on))
    yield from tools(listings, edition)


def _id(number: int, model: object) -> str:
    id_ = model.get("id") if isinstance(model, dict) else None
    return id_ if isinstance(id_, str) else str(number)


def _listing(place: str, provider: str, model: _Model, today: str) -> Listing:
    return Listing(
        place,
        provider,
        read_id(model.id, provider=provider),
        name=(model.name or "").removesuffix(" (free)") or None,
        price=_price(model.prices, today),
        context=model.context_window or None,
        summary=brief(model.description),
        deprecated=model.deprecated,
    )


def _price(prices: dict[str, Any] | list[_Timed], today: str) -> Amount | None:
    """Give the price of a million input tokens as of a day.

    Of prices by the hour the one without hours counts, of those by length the shortest text's.
    """
    if isinstance(prices, list):
        current: dict[str, Any] = {}
        for entry in prices:
            limits = entry.constraint or {}
            if "start_time" not in limits and limits.get("start_date", "") <= today:
                current = entry.prices
        prices = current
    usd = prices.get("input_mtok")
    if isinstance(usd, dict):
        usd = usd.get("base")
    return Amount(float(usd)) if isinstance(usd, int | float) and usd > 0 else None


SOURCES: Final = (
    Source(
        name="genai-prices",
        licence="MIT",
        about="What models cost at each provider, with prices that change by date, hour or length of the text.",
        shape=Shape.JSON,
        marks=('"input_mtok"', '"api_pattern"'),
        read=_read,
    ),
)
