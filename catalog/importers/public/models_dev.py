"""models.dev: models as their makers describe them, as providers sell them, the providers, and prices over time.

https://github.com/anomalyco/models.dev: one record a model, and one a provider's model, which may point to that of the
model (``base_model``). A file of providers with their models inside is read as one of providers' models.

The history of prices gives the maker's price as of its latest change, and all of its changes as a series.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from catalog.importers.public.listings import Amount, Listing, tools
from catalog.importers.public.model_ids import ModelId, also_called, read_id
from catalog.importers.public.model_makers import sells_own, service_name
from catalog.importers.public.records import Record, check, day, mapping
from catalog.importers.public.source import (
    Edition,
    Partial,
    Shape,
    Source,
    benchmark,
    links,
    model_links,
    number,
)
from catalog.models import LinkKind, Task, ToolType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from catalog.importers.public.source import Row
    from catalog.importers.reading import Rejection

_FULL_MARKS: Final = 100
#: What is written of a name that says how it is sold.
_SOLD: Final = (" (latest)", " (free)", " (US)", " (EU)", " (Global)")
#: What they call tests that have another name here.
_BENCHMARKS: Final = {
    "GPQA Diamond": "GPQA",
    "Humanity’s Last Exam": "Humanitys Last Exam",  # noqa: RUF001 (as they write it)
}
#: An index isn't a percentage.
_INDEX: Final = " Index"
#: What a model's family says that answers with numbers and not with text.
_NUMBERS: Final = ("rerank", "moderation", "guard", "bge-", "gte-", "minilm", "mpnet")
#: What draws is asked for pictures, though it writes a word with them.
_DRAWN: Final = {"image": Task.IMAGE_GENERATION, "video": Task.VIDEO_GENERATION}


class _Cost(Record):
    input: float | None = None


class _Limit(Record):
    context: float | None = None


class _Modalities(Record):
    input: frozenset[str] = frozenset()
    output: frozenset[str] = frozenset()


class _Page(Record):
    url: str | None = None
    type: str | None = None
    quantization: str | None = None


class _Result(Record):
    name: str
    score: Any = None
    version: str | None = None
    date: str | None = None
    harness: str | None = None
    dataset: str = "public"


class _Model(Record):
    """A model, or what a provider says of it."""

    name: str | None = None
    family: str | None = None
    base_model: str | None = None
    release_date: str | None = None
    reasoning: bool = False
    status: str | None = None
    cost: _Cost = _Cost()
    limit: _Limit = _Limit()
    modalities: _Modalities = _Modalities()
    weights: tuple[_Page, ...] = ()
    links: tuple[_Page, ...] = ()
    benchmarks: tuple[_Result, ...] = ()


class _Provider(Record):
    name: str
    doc: str | None = None


def _models(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    models, refused = check(_Model, mapping(data, edition.where, "models by id").items())
    yield from refused
    listed = (_listing(key, None, key, model, edition) for key, model in models.items())
    yield from tools(listed, edition, named=True)


def _provided(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    records = _flat(mapping(data, edition.where, "providers' models by id"))
    models, refused = check(_Model, records)
    yield from refused
    listed = (
        _listing(key, provider, id_, model, edition)
        for key, model in models.items()
        for provider, _, id_ in [key.partition("/")]
    )
    yield from tools(listed, edition, named=True)


def _flat(records: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Give each provider's model by ``provider/id``, but what only repeats another record."""
    for key, record in records.items():
        nested = record.get("models") if isinstance(record, dict) else None
        if isinstance(nested, dict):
            yield from ((f"{key}/{id_}", model) for id_, model in nested.items())
        elif not (isinstance(record, dict) and "_symlink_to" in record):
            yield key, record


def _listing(place: str, provider: str | None, id_: str, model: _Model, edition: Edition) -> Listing:
    id_read = read_id(model.base_model or id_, provider=provider)
    tasks = _tasks(id_, model)
    # Of pictures, sound and films others than the makers write down the price of one, as if it were of tokens.
    is_text = not model.modalities.output or not {Task.TEXT_GENERATION, Task.EMBEDDING}.isdisjoint(tasks)
    is_priced = is_text or (provider is not None and sells_own(provider, id_read.maker))
    usd = model.cost.input
    return Listing(
        place,
        provider,
        id_read,
        name=_called(model.name),
        price=Amount(usd) if usd and usd > 0 and is_priced else None,
        context=(model.limit.context or None) if is_text else None,
        released_on=day(model.release_date),
        tasks=tasks,
        deprecated=model.status == "deprecated",
        more=tuple(_described(model, edition)) if provider is None else (),
    )


def _called(name: str | None) -> str | None:
    """Take off what says how a model is sold, and the owner where an id stands for a name."""
    if not name:
        return None
    for sold in _SOLD:
        name = name.removesuffix(sold)
    return name.rpartition("/")[2].rpartition(": ")[2] or None


def _tasks(id_: str, model: _Model) -> tuple[Task, ...]:
    """Say what a model is for by what goes in and what comes out."""
    reads, gives = model.modalities.input, model.modalities.output
    what = f"{model.family or ''} {id_}".casefold()
    if "embed" in what:
        return (Task.EMBEDDING,)
    if not gives or any(word in what for word in _NUMBERS):
        return ()
    if reads == {"audio"} and gives == {"text"}:
        return (Task.SPEECH_TO_TEXT,)
    if drawn := tuple(task for kind, task in _DRAWN.items() if kind in gives):
        return drawn
    said = {
        Task.TEXT_GENERATION: "text" in gives and "text" in reads,
        Task.REASONING: model.reasoning,
        Task.IMAGE_UNDERSTANDING: "image" in reads and "text" in gives,
        Task.TEXT_TO_SPEECH: gives == {"audio"} and reads == {"text"},
    }
    return tuple(task for task, yes in said.items() if yes)


def _described(model: _Model, edition: Edition) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Give what only the record of the model itself says: where its weights are, and its results."""
    whole = (page.url for page in model.weights if page.quantization is None)
    found = links(
        *(link for link in model_links(*whole) if link[0] is LinkKind.MODEL_HUB),
        *((LinkKind.HOMEPAGE, page.url) for page in model.links if page.type == "announcement"),
        *((LinkKind.DOCS, page.url) for page in model.links if page.type == "docs"),
    )
    yield "links", tuple(found)
    results: dict[str, tuple[float, str | None]] = {}
    for result in model.benchmarks:
        score = result.score
        # With an agent around it or on part of the test it is the result of something else.
        if result.harness or result.dataset != "public" or result.name.endswith(_INDEX):
            continue
        if not isinstance(score, int | float) or not 0 <= score <= _FULL_MARKS:
            continue
        name = _BENCHMARKS.get(result.name, result.name)
        metric = benchmark(" ".join(filter(None, (name, result.version))))
        if metric not in results or results[metric][0] < score:
            results[metric] = score, day(result.date)
    for metric, (score, on) in results.items():
        yield "signals", tuple(edition.signal(metric, score, "percent", on=on))


def _providers(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    providers, refused = check(_Provider, mapping(data, edition.where, "providers by id").items())
    yield from refused
    for key, provider in providers.items():
        name = service_name(provider.name)
        fields = {
            "name": name,
            "type": ToolType.API,
            "aliases": also_called(name, service_name(key)),
            "links": links((LinkKind.DOCS, provider.doc)),
        }
        yield Partial(key, fields)


def _history(rows: Iterable[Row], edition: Edition) -> Iterator[Partial | Rejection]:
    series: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = {}
    for row in rows:
        series.setdefault((row["provider"], row["model_id"]), []).append((row.line, row))
    chosen: dict[tuple[str, str], Listing] = {}
    for (provider, id_), changes in series.items():
        listing = _changing(provider, read_id(id_, provider=provider), changes, edition)
        # A snapshot may have cost something else: its prices are none of the model's series.
        known = chosen.get((provider, listing.id.key))
        if known is None or listing.id.is_plain >= known.id.is_plain:
            chosen[provider, listing.id.key] = listing
    return tools(chosen.values(), edition)


def _changing(
    provider: str, id_: ModelId, changes: list[tuple[int, dict[str, str]]], edition: Edition
) -> Listing:
    line, last = changes[-1]
    usd = number(last["input_usd_per_mtok"])
    figures = [
        figure
        for _, row in changes
        for side in ("input", "output")
        for figure in edition.signal(
            f"{side}_price",
            number(row[f"{side}_usd_per_mtok"]),
            f"USD per million {side} tokens",
            on=day(row["date"]),
        )
        if figure["value"]
    ]
    return Listing(
        str(line),
        provider,
        id_,
        price=Amount(usd) if usd else None,
        priced_on=day(last["date"]),
        context=number(last["context"]) or None,
        more=(("signals", tuple(figures)),) if sells_own(provider, id_.maker) else (),
    )


_SOURCE: Final = partial(Source, name="models.dev", licence="MIT")

SOURCES: Final = (
    _SOURCE(
        about="Models as their makers describe them.",
        shape=Shape.JSON,
        marks=('"open_weights"', '"release_date"', '"benchmarks"'),
        read=_models,
    ),
    _SOURCE(
        about="Models as providers sell them.",
        shape=Shape.JSON,
        marks=('"open_weights"', '"release_date"', '"cost"'),
        read=_provided,
    ),
    _SOURCE(
        about="The providers.",
        shape=Shape.JSON,
        marks=('"env"', '"npm"', '"doc"', '"name"'),
        read=_providers,
    ),
    _SOURCE(
        about="Prices over time.",
        shape=Shape.CSV,
        marks=("provider,model_id,date,input_usd_per_mtok,output_usd_per_mtok,context",),
        read=_history,
    ),
)
