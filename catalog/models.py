"""The catalog's documents: a tool and all that is known of it.

A `Tool` is one immutable document. What is computed from tools (a rank, a comparison, a resolution) has its
own model beside the code that computes it. Lists are tuples, so that a document can be shared and cached
without a copy; YAML and JSON show them as plain lists.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
    field_validator,
    model_validator,
)

from catalog.text import ALIAS_LIMIT, SLUG_LIMIT, Line, Name, Prose, When, slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=SLUG_LIMIT)]
#: A measured or printed figure; the bounds keep nonsense from being shown with three hundred digits.
Figure = Annotated[float, Field(ge=-1e15, le=1e15)]
#: A field of a tool, as our documents spell it.
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:_[a-z]+)*$", max_length=40)]
#: A package as its registry files it: "pypi:vllm", "npm:@scope/name".
Package = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        pattern=r"^(?:pypi:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|npm:(?:@[a-z0-9_.~-]+/)?[a-z0-9_~-][a-z0-9_.~-]*)$",
        max_length=220,
    ),
]
#: A value between 0 and 1.
Share = Annotated[float, Field(ge=0, le=1)]

_HTTP_URL = TypeAdapter(HttpUrl)


class Document(BaseModel):
    """Base of all documents: immutable, and strict about unknown fields and odd numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True)


class ToolType(StrEnum):
    """What kind of thing a tool is. Ranks, medals and like-for-like picks stay within a kind."""

    MODEL = "model"
    REPOSITORY = "repository"
    PRODUCT = "product"
    FRAMEWORK = "framework"
    LIBRARY = "library"
    API = "api"
    MCP_SERVER = "mcp-server"
    AGENT = "agent"
    DATASET = "dataset"
    BENCHMARK = "benchmark"
    EXTENSION = "extension"
    OTHER = "other"

    @property
    def label(self) -> str:
        """How a person reads it: ``"Model"``, ``"MCP server"``, ``"API"``."""
        return {"api": "API", "mcp-server": "MCP server"}.get(self.value, self.value.capitalize())

    def label_for(self, count: int) -> str:
        """How a person counts it: ``"model"``, ``"repositories"``, ``"APIs"``."""
        word = self.label if self.label[:2].isupper() else self.label.lower()
        if count == 1:
            return word
        return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


class Task(StrEnum):
    """A job that people bring to a tool. Two tools that share none don't do the same job."""

    TEXT_GENERATION = "text generation"
    REASONING = "reasoning"
    CODING = "coding"
    IMAGE_GENERATION = "image generation"
    IMAGE_EDITING = "image editing"
    VIDEO_GENERATION = "video generation"
    MUSIC_GENERATION = "music generation"
    SPEECH_TO_TEXT = "speech to text"
    TEXT_TO_SPEECH = "text to speech"
    IMAGE_UNDERSTANDING = "image understanding"
    EMBEDDING = "embedding"
    TRAINING = "training"
    SERVING = "serving"
    AGENTS = "agents"
    RETRIEVAL = "retrieval"
    VECTOR_SEARCH = "vector search"
    DATA_EXTRACTION = "data extraction"
    WEB_ACCESS = "web access"
    EVALUATION = "evaluation"
    OBSERVABILITY = "observability"
    CHAT = "chat"
    WORKFLOW = "workflow"
    COMPUTATION = "computation"
    COMPUTE = "compute rental"
    DATA = "data"


class Status(StrEnum):
    """Whether a tool can still be counted on."""

    ACTIVE = "active"
    DEPRECATED = "deprecated"
    GONE = "gone"


class LinkKind(StrEnum):
    """Where a link leads."""

    HOMEPAGE = "homepage"
    REPOSITORY = "repository"
    MODEL_HUB = "model-hub"
    DOCS = "docs"
    PAPER = "paper"


class Link(Document):
    """An address on the open web; only http and https are taken."""

    kind: LinkKind
    url: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]

    @field_validator("url")
    @classmethod
    def _on_the_web(cls, value: str) -> str:
        address = _HTTP_URL.validate_python(value)
        # A bracket or a space would end a Markdown link early and let the rest pass for text.
        if not (value.isascii() and value.isprintable()) or any(sign in value for sign in "()[]<>\"'` \\"):
            raise ValueError(
                "a link can't hold brackets, quotes, backslashes, spaces or letters outside ASCII; percent-encode them"
            )
        if address.username is not None:
            raise ValueError("a link can't hold a user name; it hides where the link leads")
        return value


class PricingKind(StrEnum):
    """How one pays."""

    FREE = "free"
    FREEMIUM = "freemium"
    PAID = "paid"
    USAGE = "usage"

    @property
    def label(self) -> str:
        """How a person reads it: ``"Free"``, ``"Pay as you go"``."""
        return {"usage": "Pay as you go"}.get(self.value, self.value.capitalize())


class PriceUnit(StrEnum):
    """What a starting price buys, one unit a kind of price so that prices can be held side by side."""

    MONTH = "month"
    MILLION_INPUT_TOKENS = "million input tokens"
    IMAGE = "image"
    SECOND = "second"
    HOUR = "hour"


class Price(Document):
    """A starting price in US dollars for one unit, as seen on a day."""

    usd: Annotated[float, Field(ge=0, le=1e9)]
    unit: PriceUnit
    source: Line
    observed_on: When
    licence: Line | None = None
    """The licence of the source, where it asks to be named."""


class Pricing(Document):
    """How one pays, and from how much on where that is known."""

    kind: PricingKind
    starting: Price | None = None
    note: Line | None = None


class Capability(Document):
    """One thing that a tool does.

    `versus` is what the page calls "vs alternatives". `title` may be missing in an import; `heading` derives
    one. `source` says whose claim it is when it isn't the catalog's own, `licence` how that text is licensed.
    """

    title: Line | None = None
    description: Prose
    unique: Prose | None = None
    versus: Prose | None = None
    source: Line | None = None
    licence: Line | None = None


class HiddenCapabilities(Document):
    """How many more capabilities a source says there are without showing them. Counted, never invented."""

    count: Annotated[int, Field(gt=0, le=100_000)]
    source: Line


class Signal(Document):
    """A measured figure; the same metric from the same source on several days is a series."""

    metric: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[_:][a-z0-9.]+)*$", max_length=80)]
    value: Figure
    unit: Line
    source: Line
    observed_on: When
    licence: Line | None = None
    """The licence of the source, where it asks to be named."""


class Origin(Document):
    """Which fields of a tool somebody else's public data gave, under which licence and as of when.

    Figures, prices and capabilities name their own source; this is for everything else: summary, links, dates.
    """

    source: Line
    licence: Line
    observed_on: When
    fields: Annotated[tuple[FieldName, ...], Field(min_length=1)]


def publisher_of(source: str) -> str:
    """Give who stands behind a source that is written "publisher: page"; a bare source is its own publisher."""
    return source.partition(":")[0].strip()


class ReportedScore(Document):
    """Somebody else's rank (0-100) and components, as they print them. A page's source reads "publisher: page".

    `components` maps a component to the printed value; with `rounded` they are whole numbers that stand for
    something finer (0 may be 0.49), so equal ones are no tie and none is exact.
    """

    source: Line
    observed_on: When | None = None
    rank: Annotated[float, Field(ge=0, le=100)] | None = None
    components: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:_[a-z]+)*$")], Figure] = {}
    rounded: bool = False
    times_matched: Annotated[int, Field(ge=0, le=10**15)] | None = None


class Tool(Document):
    """A tool and all that is known of it. Only `name` must be given; the slug follows from it.

    Whether a slug was given is in `model_fields_set`: a given one says which tool is meant, a derived one doesn't.
    """

    slug: Slug = ""
    name: Name
    type: ToolType = ToolType.OTHER
    vendor: Line | None = None
    family: Name | None = None
    """The line of which it is a version; its name means the newest version."""
    summary: Line | None = None
    aliases: Annotated[tuple[Name, ...], Field(max_length=ALIAS_LIMIT)] = ()
    tasks: tuple[Task, ...] = ()
    tags: tuple[Slug, ...] = ()
    links: tuple[Link, ...] = ()
    packages: tuple[Package, ...] = ()
    """Where its downloads are counted."""
    licence: Line | None = None
    """SPDX where there is one; "Proprietary" where there is none to have."""
    pricing: Pricing | None = None
    status: Status = Status.ACTIVE
    successor: Slug | None = None
    released_on: When | None = None
    popularity: Share | None = None
    """How often people ask for it, between 0 and 1; breaks ties between equally good names."""
    capabilities: tuple[Capability, ...] = ()
    hidden_capabilities: tuple[HiddenCapabilities, ...] = ()
    signals: tuple[Signal, ...] = ()
    reported: tuple[ReportedScore, ...] = ()
    origins: tuple[Origin, ...] = ()

    @model_validator(mode="after")
    def _completed(self) -> Self:
        if not self.slug:
            # Past the field's own setter, which would count the slug as given (and refuses: it is frozen).
            self.__dict__["slug"] = slugify(self.name)
        if self.successor == self.slug:
            raise ValueError("a tool can't be its own successor")
        return self

    @property
    def key(self) -> str:
        """A short stable stand-in for the slug: 12 URL-safe characters, 72 bits of its hash.

        Four of them fit in a Discord custom_id with room to spare; four slugs don't.
        """
        return urlsafe_b64encode(blake2b(self.slug.encode(), digest_size=9).digest()).decode()

    def edited(self, values: Mapping[str, object]) -> Self:
        """Give the tool with other values, unchecked; a field of one value is then nobody else's word any more."""
        changed = {field: value for field, value in values.items() if value != getattr(self, field)}
        if not changed:
            return self
        ours = {field for field, value in changed.items() if not isinstance(value, tuple)}
        origins = tuple(
            origin.model_copy(update={"fields": left}) if left != origin.fields else origin
            for origin in self.origins
            if (left := tuple(field for field in origin.fields if field not in ours))
        )
        if origins != self.origins:
            changed["origins"] = origins
        return self.model_copy(update=changed)

    def signal(self, metric: str) -> Signal | None:
        """Give the newest observation of a metric, or None when it was never measured."""
        series = [signal for signal in self.signals if signal.metric == metric]
        return max(series, key=lambda signal: signal.observed_on, default=None)


class ToolRef(Document):
    """A tool as others point at it: enough to file it and to name it."""

    slug: Slug
    name: Name


#: What a stored rank component is called, in the order in which pages and comparisons list them.
ComponentName = Literal["adoption", "quality", "ecosystem", "match_graph", "freshness"]
