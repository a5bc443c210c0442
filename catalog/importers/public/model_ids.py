"""Model ids as providers write them: whose model one names, and which, without how it is hosted.

The same model is ``gpt-4o-2024-08-06``, ``azure/eu/gpt-4o`` and ``openrouter/openai/gpt-4o:free``. What is taken off:
providers, regions, sizes of pictures and other folders; the maker; dates of snapshots; ``-latest``; how it is stored
(``-fp8``) or set (``:thinking``). What tells models apart stays: versions, sizes, ``mini``, ``preview``, ``-instruct``.

Four digits are a version (``mistral-small-2503`` isn't ``mistral-small-2506``), but for OpenAI's and xAI's models they
are the day of a snapshot (``gpt-4-0613``, ``grok-4-0709``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from catalog.importers.public.model_makers import is_own, maker_of, sells_own
from catalog.names import compact, name_key, words

#: Folders in ids that say how a model is hosted, how large its picture is or where it stands, and not which it is.
_FOLDER: Final = re.compile(
    r"accounts|fireworks|models|routers|@cf|@oi|openrouter|bedrock|invoke|converse|\*|public|tee|streaming|ps|fal-ai"
    r"|claude_platform|global-standard|standard|global|hd|low|medium|high|xhigh|auto|us|eu|apac|us-gov|route"
    r"|\d+-month-commitment|(?:\d+|max)-steps|\d+-x-\d+|[a-z]{2}(?:-gov)?-[a-z]+-\d",
    re.IGNORECASE,
)
#: Last parts of ids that say what one asks of a model.
_ENDPOINT: Final = re.compile(
    r"(?:text|image|video|audio|reference)-to-(?:text|image|video|audio|speech)|edit|generate", re.IGNORECASE
)
_HUB: Final = re.compile(r"^(?:hf:|~|@)")
#: eu.anthropic.claude-opus-4-5, oci's xai.grok-4, databricks' system.ai.llama
_DOTTED: Final = re.compile(r"^(?:[a-z]{2,8}(?:-gov)?\.)?([a-z0-9]+)\.(?=[a-z])(.+)$", re.IGNORECASE)
_NO_OWNER: Final = "system.ai."
_HYPHENED: Final = re.compile(
    r"^(anthropic|openai|meta|xai|zai|alibaba|nvidia|moonshotai|mistralai|google|databricks|snowflake|gemini|cohere|fw)--?"
    r"(?=(?:meta-)?(?:claude|gpt|o\d|llama|grok|glm|qwen|nemotron|kimi|mistral|gemini|gemma|deepseek|command|embed|rerank|bge|gte)(?:\b|[\d-]))",
    re.IGNORECASE,
)
#: Behind a colon, what sets or sells the same model otherwise; a size (Ollama's "kimi-k2:1t") is part of the name.
_SETTING: Final = re.compile(
    r":(?:free|beta|extended|nitro|floor|online|exacto|thinking|standard|low|medium|high|max|\d{3,}k?|\d+k)"
    r"(?=:|$)",
    re.IGNORECASE,
)
_BEDROCK: Final = re.compile(r"(?<=\d{8})-v\d(?::\d)?$|-v1:\d$|-1:0$|:0$")
_NOVA: Final = re.compile(r"^((?:nova|titan)-(?:\d-)?[a-z]+)-v1$")
_DATE: Final = re.compile(
    r"[-@_](?:20\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])"  # 2024-08-06, 20241022
    r"|(?:0[1-9]|1[0-2])-20\d\d"  # Cohere's 08-2024
    r")(?=$|-)"
)
#: 250715; DeepSeek's own models differ by it.
_SHORT_DATE: Final = re.compile(r"^((?!deepseek).+)-2[3-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
_PREVIEW_DATE: Final = re.compile(
    r"(-(?:preview|exp|experimental))-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"
)
_SNAPSHOT: Final = re.compile(
    r"^((?:gpt-(?:3\.5|4)|grok|tts-1).*?)-(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=$|-(?:non-)?reason)"
)
_STABLE: Final = re.compile(r"^((?:gemini-\d|imagen|veo).*)-00\d$")
_EFFORT: Final = re.compile(r"^((?:gpt-5|o\d).*)-(?:minimal|low|medium|high|xhigh)$")
_THINKING: Final = re.compile(r"^(claude-.*)-think(?:ing)?$")
#: How it is stored, sold or hosted.
_HOSTED: Final = re.compile(
    r"(?:@(?:default|latest|\d{3})|-latest|-free|-maas|-tee|-gguf|-(?:nv|mx)?fp\d+|-bf16|-int[48]|-awq|-gptq|-dynamic|-hf)$"
)
#: Fireworks writes 2p5 for 2.5, Bedrock deepseek.v3 for deepseek-v3.
_POINT: Final = re.compile(r"(?<=\d)p(?=\d)")
_BARE_VERSION: Final = re.compile(r"^(?:[rv]\d|\d[\d.]*$)", re.IGNORECASE)
#: Google's cloud: mistral-large@2411-001
_AT: Final = re.compile(r"@(\d{4})(?:-\d{3})?$")
_AZURE: Final = re.compile(r"^gpt-35(?=-|$)", re.IGNORECASE)
#: Names that stand for whichever version is the newest, or for a family of several sizes.
_ROLLING: Final = re.compile(
    r"(?:mistral-(?:tiny|small|medium|large)|mistral|mixtral|codellama|vicuna"
    r"|(?:llama|gemma|qwen)-?v?\d(?:\.\d)?(?:-(?:chat|instruct|it))?)$"
)


class ModelId(NamedTuple):
    """What an id says of a model.

    Attributes:
        plain: its own id, as written: ``"Qwen3-32B"``, ``"gpt-4o"``.
        key: equal for all ids of one model.
        maker: whose it is, where the id or its provider says so: ``"OpenAI"``.
        written: the id without the provider, as people type it: ``"openai/gpt-4o-2024-08-06"``.
        is_pointer: it names no one model but whichever version or size there is: ``"mistral-small-latest"``.
    """

    plain: str
    key: str
    maker: str | None
    written: str
    is_pointer: bool

    @property
    def is_plain(self) -> bool:
        """Whether the id is that of the model itself, and of no snapshot or setting of it."""
        return self.written.rpartition("/")[2] == self.plain


@lru_cache(maxsize=16_384)
def read_id(text: str, *, provider: str | None = None) -> ModelId:
    """Read an id.

    >>> read_id("azure/eu/gpt-4o-2024-08-06", provider="azure")[:3]
    ('gpt-4o', '4o gpt', None)
    >>> read_id("us.anthropic.claude-3-5-sonnet-20241022-v2:0")[:3]
    ('claude-3-5-sonnet', '3.5 claude sonnet', 'Anthropic')

    Args:
        text: the id.
        provider: who lists it, as the source calls them.
    """
    parts = [_HUB.sub("", part) for part in text.strip().split("/")]
    if len(parts) > 1 and _ENDPOINT.fullmatch(parts[-1]):
        parts.pop()
    kept = [part for part in parts[:-1] if not (_FOLDER.fullmatch(part) or _ENDPOINT.fullmatch(part))]
    kept += parts[-1:]
    owned = next((at for at, part in enumerate(kept[:-1]) if maker_of(part)), None)
    maker = None if owned is None else maker_of(kept[owned])
    name = kept[-1] if owned is None else "-".join(kept[owned + 1 :])
    if len(kept) > 1 and (_BARE_VERSION.match(name) or (owned is None and not _has_digit(name))):
        # ideogram/v3, flux/schnell
        name = f"{kept[-2]}-{name}"
    written = name if owned is None else f"{kept[owned]}/{name}"
    name = name.removeprefix(_NO_OWNER)
    dotted = _DOTTED.match(name)
    if dotted and (by := maker_of(dotted[1])):
        maker, name, written = maker or by, dotted[2], f"{dotted[1]}.{dotted[2]}"
        if _BARE_VERSION.match(name):
            name = f"{dotted[1]}-{name}"
    if hyphened := _HYPHENED.match(name):
        maker, name = maker or maker_of(hyphened[1]), name[hyphened.end() :]
        written = name
    plain = _plain(name)
    if provider is not None:
        if maker is None:
            maker = is_own(provider, plain)
        elif sells_own(provider, maker) and not is_own(provider, plain):
            # Perplexity lists what it hosts as its own: perplexity/glm-5.2.
            maker = None
    latest = name.casefold().removesuffix("@latest") != name.casefold() or name.casefold().endswith("-latest")
    pointer = (latest and not _has_digit(plain)) or _ROLLING.match(plain.casefold()) is not None
    return ModelId(plain, key_of(plain), maker, _SETTING.sub("", written), pointer)


def also_called(name: str, id_: str) -> list[str]:
    """Give a provider's id if it is a spelling of its name; "gemini" would be one of something else.

    >>> also_called("Deep Infra", "deepinfra"), also_called("Google AI Studio - Gemini", "gemini")
    (['deepinfra'], [])
    """
    return [id_] if id_ != name and compact(name_key(id_)) == compact(name_key(name)) else []


def _plain(name: str) -> str:
    """Take off what tells no models apart, as often as there is any."""
    name = _AZURE.sub("gpt-3.5", _POINT.sub(".", _AT.sub(r"-\1", _SETTING.sub("", name))))
    if name[:5].casefold() == "meta-" and name[5:10].casefold() == "llama":
        name = name[5:]
    name = _BEDROCK.sub("", name).replace(":", "-")
    while True:
        low = name.casefold()
        shorter = low
        for pattern in (_HOSTED, _DATE):
            shorter = pattern.sub("", shorter)
        for pattern in (_SHORT_DATE, _PREVIEW_DATE, _SNAPSHOT, _STABLE, _EFFORT, _THINKING, _NOVA):
            shorter = pattern.sub(r"\1", shorter)
        if shorter == low or not shorter:
            return name
        # The rest as it was written; where something was taken from the middle that isn't its beginning.
        name = name[: len(shorter)] if low.startswith(shorter) else shorter


@lru_cache(maxsize=16_384)
def key_of(plain: str) -> str:
    """Give what is equal for all spellings of a model's plain id or name, in whatever order its words stand.

    >>> key_of("claude-3-5-haiku") == key_of("Claude Haiku 3.5"), key_of("gemma-3-4b") == key_of("gemma-4-3b")
    (True, False)
    """
    return " ".join(sorted(words(name_key(plain))))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
