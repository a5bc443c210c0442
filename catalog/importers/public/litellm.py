"""LiteLLM: prices and context windows of models by provider, and which provider offers what.

https://github.com/BerriAI/litellm: one record a provider's model; the same model stands there for each cloud, region
and size of picture. Prices are for one token, picture or second.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from catalog.importers.public.listings import Amount, Listing, tools, trained_further
from catalog.importers.public.model_ids import also_called, read_id
from catalog.importers.public.model_makers import maker_of, service_name
from catalog.importers.public.records import Record, check, day, mapping
from catalog.importers.public.source import Edition, Partial, Shape, Source, links, per_million
from catalog.importers.reading import Rejection
from catalog.models import LinkKind, PriceUnit, Task, ToolType

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Explains the fields; rules for ids that aren't listed.
_NO_MODELS: Final = frozenset({"sample_spec", "fallback_generalizations"})
_TASKS: Final = {
    "chat": Task.TEXT_GENERATION,
    "completion": Task.TEXT_GENERATION,
    "responses": Task.TEXT_GENERATION,
    "embedding": Task.EMBEDDING,
    "rerank": Task.RETRIEVAL,
    "image_generation": Task.IMAGE_GENERATION,
    "image_edit": Task.IMAGE_EDITING,
    "video_generation": Task.VIDEO_GENERATION,
    "audio_transcription": Task.SPEECH_TO_TEXT,
    "audio_speech": Task.TEXT_TO_SPEECH,
    "ocr": Task.DATA_EXTRACTION,
}
#: Of these `max_input_tokens` is how much they read at once.
_READS: Final = frozenset({"chat", "completion", "responses", "embedding"})
#: Services, not models.
_SERVICES: Final = frozenset({"search", "guardrail", "vector_store"})
#: What providers offer, by the endpoint that they have.
_OFFERED: Final = {
    "chat_completions": Task.TEXT_GENERATION,
    "embeddings": Task.EMBEDDING,
    "image_generations": Task.IMAGE_GENERATION,
    "image_edits": Task.IMAGE_EDITING,
    "video_generations": Task.VIDEO_GENERATION,
    "audio_transcriptions": Task.SPEECH_TO_TEXT,
    "audio_speech": Task.TEXT_TO_SPEECH,
    "search": Task.WEB_ACCESS,
}
#: A host's class of prices by size of the model: "fireworks-ai-up-to-4b".
_PRICE_CLASSES: Final = ("fireworks-ai-", "together-ai-")
#: Models of pictures and sound, which Fireworks' part of the list has as models that chat.
_NO_CHAT: Final = re.compile(
    r"/(?:flux|stable-diffusion|japanese-stable|playground-v|ssd-1b|segmind|whisper|imagen)[^/]*$"
)
#: Google's cloud lists models by maker: "vertex_ai-mistral_models".
_BY: Final = re.compile(r"vertex_ai-(\w+)_models$")
#: What one pays a second for having it to oneself for months.
_COMMITMENT: Final = "-commitment/"
#: Their own pages on others' APIs say how to reach those through LiteLLM.
_OWN_PAGES: Final = "https://docs.litellm.ai/"


class _Model(Record):
    """A model at a provider; figures may be words in their place."""

    litellm_provider: str
    mode: str | None = None
    max_input_tokens: Any = None
    input_cost_per_token: Any = None
    input_cost_per_second: Any = None
    output_cost_per_second: Any = None
    output_cost_per_image: Any = None
    supports_reasoning: Any = None
    supports_vision: Any = None
    deprecation_date: Any = None


class _Provider(Record):
    """A provider and which of LiteLLM's endpoints work with it."""

    display_name: str
    url: str | None = None
    endpoints: dict[str, Any]


def _read(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    records = mapping(data, edition.where, "models by id")
    models, refused = check(_Model, ((key, one) for key, one in records.items() if key not in _NO_MODELS))
    yield from refused
    listings: list[Listing] = []
    for key, model in models.items():
        mode = model.mode
        if mode in _SERVICES:
            yield Rejection(key, f"a service ({mode}) and no model; enter it by hand")
        elif key.startswith(_PRICE_CLASSES) or key.endswith("*"):
            yield Rejection(key, "a host's price for any model of a size, and no model")
        elif mode == "chat" and _NO_CHAT.search(key):
            yield Rejection(
                key, "listed as a model that chats, which it isn't; its figures mean something else"
            )
        elif trained := trained_further(key):
            yield trained
        else:
            listings.append(_listing(key, model, edition.observed_on))
    yield from tools(listings, edition)


def _listing(key: str, model: _Model, today: str) -> Listing:
    provider = model.litellm_provider
    head, slash, rest = key.partition("/")
    # "vertex_ai/gemini-pro" is of the provider "vertex_ai-language-models".
    id_ = rest if slash and provider.startswith(head) else key
    by = _BY.match(provider)
    if by and "/" not in id_ and maker_of(by[1]):
        id_ = f"{by[1]}/{id_}"
    ends_on = day(model.deprecation_date)
    return Listing(
        key,
        provider,
        read_id(id_, provider=provider),
        price=None if _COMMITMENT in key else _price(model),
        context=_positive(model.max_input_tokens) if model.mode in _READS else None,
        tasks=_tasks(model),
        deprecated=ends_on is not None and ends_on <= today,
    )


def _positive(value: Any) -> float | None:  # noqa: ANN401 (records hold anything)
    is_figure = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return float(value) if is_figure else None


def _price(model: _Model) -> Amount | None:
    if usd := per_million(_positive(model.input_cost_per_token)):
        return Amount(usd)
    if usd := _positive(model.output_cost_per_image):
        return Amount(usd, PriceUnit.IMAGE)
    usd = _positive(model.output_cost_per_second) or _positive(model.input_cost_per_second)
    return Amount(usd, PriceUnit.SECOND) if usd else None


def _tasks(model: _Model) -> tuple[Task, ...]:
    task = _TASKS.get(model.mode or "")
    if task is not Task.TEXT_GENERATION:
        return (task,) if task else ()
    more = {Task.REASONING: model.supports_reasoning, Task.IMAGE_UNDERSTANDING: model.supports_vision}
    return (task, *(also for also, yes in more.items() if yes is True))


def _providers(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    held = mapping(data, edition.where, "providers").get("providers")
    providers, refused = check(_Provider, mapping(held, edition.where, "providers by id").items())
    yield from refused
    for key, provider in providers.items():
        # Written: OpenAI (`openai`).
        name = service_name(provider.display_name.partition(" (`")[0].strip() or key)
        url = provider.url or ""
        if not any(provider.endpoints.values()):
            yield Rejection(key, "none of its endpoints is supported, so nothing says what it offers")
            continue
        yield Partial(
            key,
            {
                "name": name,
                "type": ToolType.API,
                "aliases": also_called(name, service_name(key.replace("_", "-"))),
                "links": links((LinkKind.DOCS, None if url.startswith(_OWN_PAGES) else url)),
                "tasks": [
                    task for endpoint, task in _OFFERED.items() if provider.endpoints.get(endpoint) is True
                ],
            },
        )


_SOURCE: Final = partial(Source, name="LiteLLM", licence="MIT", shape=Shape.JSON)

SOURCES: Final = (
    _SOURCE(
        about="Prices and context windows of models by provider.",
        marks=('"litellm_provider"', '"mode"'),
        read=_read,
    ),
    _SOURCE(
        about="Which provider offers what.",
        marks=('"providers"', '"display_name"', '"chat_completions"'),
        read=_providers,
    ),
)
