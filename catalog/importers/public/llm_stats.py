"""LLM Stats: language models with windows, licences, benchmark results and prices, collected by a community.

https://github.com/JonathanChavezTamales/LLMStats, its models/**/model.json and providers/**/provider.json in one file:
``{"models": {id: model}, "providers": {id: provider}}``. Results are fractions of 1. Snapshots point to the model that
they are of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from catalog.addresses import repository
from catalog.importers.public.display_names import read as read_name
from catalog.importers.public.display_names import with_month
from catalog.importers.public.model_ids import read_id
from catalog.importers.public.model_makers import is_own, maker_of
from catalog.importers.public.records import Record, check, day, mapping, newest
from catalog.importers.public.source import (
    Edition,
    Partial,
    Shape,
    Source,
    benchmark,
    brief,
    links,
    model_links,
    names,
    per_million,
)
from catalog.importers.reading import Rejection
from catalog.licences import spdx
from catalog.models import LinkKind, PricingKind, ToolType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: The makers whose models are sold under another name of theirs.
_ALSO: Final = {"amazon": "bedrock", "microsoft": "azure"}
#: A stand-in where nobody knew where a result was from.
_NO_PLACE: Final = "//example.com"
#: The best of many tries isn't what one gets at the first.
_MANY_TRIES: Final = re.compile(r"(?:cons|pass|maj)\w*@(?:[2-9]|1\d)|parallel test-time", re.IGNORECASE)
#: Results that are no share of tasks done, or better the lower they are.
_NO_SHARE: Final = re.compile(r"\b(?:WER|s?p?BLEU|COMET\d*|Elo|N?MOS)\b", re.IGNORECASE)
_NOT_ERRORS: Final = re.compile(r"1 ?- ?WER", re.IGNORECASE)
_DIGITS: Final = 6


class _Result(Record):
    dataset_name: str
    score: float
    analysis_method: str = ""
    date_recorded: str | None = None
    source_link: str | None = None


class _Model(Record):
    name: str
    description: str | None = None
    canonical_model_id: str | None = None
    release_date: str | None = None
    input_context_size: int | None = None
    license: str | None = None
    param_count: float | None = None
    api_ref_link: str | None = None
    paper_link: str | None = None
    repo_link: str | None = None
    weights_link: str | None = None
    qualitative_metrics: tuple[_Result, ...] = ()


class _Offer(Record):
    model_id: str
    price_per_input_token: float | None = None
    updated_at: str | None = None


class _Provider(Record):
    providermodels: tuple[_Offer, ...] = ()


def _read(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    whole = mapping(data, edition.where, "models and providers")
    listed = mapping(whole.get("models"), edition.where, "models by id")
    models, rejected = check(_Model, listed.items())
    sellers, unsold = check(_Provider, _entries(whole.get("providers")))
    yield from (*rejected, *unsold)
    prices = _own_prices(sellers)
    snapshots: defaultdict[str, list[str]] = defaultdict(list)
    for place, model in models.items():
        owner = place.partition("/")[0]
        canonical = f"{owner}/{model.canonical_model_id}"
        snapshots[canonical if canonical in models else place].append(place)
    for place, of_it in snapshots.items():
        yield from _unusable(models, of_it)
        yield _partial(place, of_it, models, prices, edition)


def _partial(
    place: str,
    snapshots: list[str],
    models: Mapping[str, _Model],
    prices: Mapping[tuple[str, str], _Offer],
    edition: Edition,
) -> Partial:
    model = models[place]
    owner, _, tail = place.partition("/")
    vendor = maker_of(owner) or owner
    offer = prices.get((vendor, tail))
    written = [name for one in (place, *snapshots) for name in (one.partition("/")[2], one)]
    released = sorted(filter(None, (day(models[one].release_date) for one in snapshots)))
    return Partial(
        place,
        {
            "name": with_month(read_name(model.name).model, tail),
            "type": ToolType.MODEL,
            "vendor": vendor,
            "summary": brief(model.description),
            "aliases": names(*(read_id(name).plain for name in written), *written),
            "links": links(*_links(model)),
            "licence": spdx(model.license),
            "released_on": released[0] if released else None,
            "pricing": {
                "kind": PricingKind.USAGE,
                "starting": edition.price(per_million(offer.price_per_input_token), on=day(offer.updated_at)),
            }
            if offer
            else None,
            "signals": [
                *edition.signal("context_window", model.input_context_size or None, "tokens"),
                *edition.signal("parameters", model.param_count or None, "parameters"),
                *_results(
                    [model, *(models[one] for one in snapshots if one != place)],
                    edition,
                ),
            ],
        },
    )


def _results(snapshots: Iterable[_Model], edition: Edition) -> Iterator[dict[str, Any]]:
    """Give results in percent: those of the first snapshot, and what only later ones have.

    Of two results of one benchmark the better, as it is of the setting that the model was made for.
    """
    told: set[str] = set()
    for model in snapshots:
        best: dict[str, _Result] = {}
        for result in filter(_is_share, model.qualitative_metrics):
            metric = benchmark(result.dataset_name)
            if not _MANY_TRIES.search(result.analysis_method) and (
                metric not in best or result.score > best[metric].score
            ):
                best[metric] = result
        released = day(model.release_date) or ""
        for metric, result in best.items():
            # Nobody tests a model before it is there: such a day is that of the benchmark, or a slip.
            tested = day(result.date_recorded) or ""
            on = tested if tested and tested >= released[: len(tested)] else None
            if metric not in told:
                yield from edition.signal(metric, round(result.score * 100, _DIGITS), "percent", on=on)
        told |= best.keys()


def _is_share(result: _Result) -> bool:
    return _flaw(result) is None


def _flaw(result: _Result) -> str | None:
    """Say why a result is no share of tasks done from somewhere that can be looked up, if it is none."""
    told = f"{result.dataset_name} {result.analysis_method}"
    if _NO_PLACE in (result.source_link or ""):
        return "from nowhere (example.com)"
    if _NO_SHARE.search(told) and not _NOT_ERRORS.search(told):
        return "no share of tasks done"
    return None if 0 <= result.score <= 1 else "no fraction of 1"


def _unusable(models: Mapping[str, _Model], places: Iterable[str]) -> Iterator[Rejection]:
    """Say once a model and flaw which of its results can't be used."""
    for place in places:
        flawed: defaultdict[str, list[str]] = defaultdict(list)
        for result in models[place].qualitative_metrics:
            if flaw := _flaw(result):
                flawed[flaw].append(f"{result.dataset_name} {result.score:g}")
        for flaw, results in flawed.items():
            yield Rejection(place, f"results left out as {flaw}: {', '.join(results)}")


def _own_prices(sellers: Mapping[str, _Provider]) -> dict[tuple[str, str], _Offer]:
    """Give makers' own offers by maker and model."""
    offers: dict[tuple[str, str], _Offer] = {}
    also = {seller: owner for owner, seller in _ALSO.items()}
    for seller, provider in sellers.items():
        for offer in provider.providermodels:
            maker = is_own(seller, offer.model_id) or maker_of(also.get(seller, ""))
            if maker and offer.price_per_input_token is not None:
                offers[maker, offer.model_id] = offer
    return offers


def _links(model: _Model) -> Iterator[tuple[LinkKind, str | None]]:
    yield from model_links(model.weights_link, model.repo_link)
    if (code := repository(model.repo_link)) and code.folder:
        yield LinkKind.DOCS, model.repo_link
    yield LinkKind.PAPER, model.paper_link
    if model.api_ref_link not in {model.weights_link, model.repo_link}:
        yield LinkKind.DOCS, model.api_ref_link


def _entries(data: object) -> Iterable[tuple[str, object]]:
    return data.items() if isinstance(data, dict) else ()


def _dated(data: object) -> str | None:
    """Give the latest day on which a price was looked up: the file is as of then at least."""
    providers = data.get("providers") if isinstance(data, dict) else None
    sellers, _ = check(_Provider, _entries(providers))
    return newest(offer.updated_at for one in sellers.values() for offer in one.providermodels)


SOURCES: Final = (
    Source(
        name="LLM Stats",
        licence="CC-BY-4.0",
        about="Language models with windows, licences, benchmark results and prices, collected by a community.",
        shape=Shape.JSON,
        marks=('"qualitative_metrics"', '"providermodels"'),
        read=_read,
        dated=_dated,
    ),
)
