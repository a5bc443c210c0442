"""The catalog's documents: a tool and all that is known of it.

A `Tool` is one immutable document. What is computed from tools (a rank, a comparison, a resolution) has its
own model beside the code that computes it. Lists are tuples, so that a document can be shared and cached
without a copy; YAML and JSON show them as plain lists.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
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

from catalog.choices import LinkKind, PriceUnit, PricingKind, Status, Task, ToolType
from catalog.text import ALIAS_LIMIT, SLUG_LIMIT, Line, Name, Prose, When, slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Capability",
    "ComponentName",
    "Document",
    "FieldName",
    "Figure",
    "HiddenCapabilities",
    "Link",
    "LinkKind",
    "Origin",
    "Package",
    "Price",
    "PriceUnit",
    "Pricing",
    "PricingKind",
    "ReportedScore",
    "Share",
    "Signal",
    "Slug",
    "Status",
    "Task",
    "Tool",
    "ToolRef",
    "ToolType",
    "publisher_of",
]

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


class Link(Document):
    """An address on the open web; only http and https are taken."""

    kind: LinkKind
    """Where it leads."""
    url: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
    """An address that starts with https:// or http://."""

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


class Price(Document):
    """A starting price in US dollars for one unit, as seen on a day."""

    usd: Annotated[float, Field(ge=0, le=1e9)]
    """US dollars for one unit."""
    unit: PriceUnit
    """What it buys."""
    source: Line
    """Where the price stands."""
    observed_on: When
    """The day on which it was seen."""
    licence: Line | None = None
    """The licence of the source, where it asks to be named."""


class Pricing(Document):
    """How one pays, and from how much on where that is known."""

    kind: PricingKind
    """Free, paid, both, or by use."""
    starting: Price | None = None
    """The lowest price that somebody pays, where it is known."""
    note: Line | None = None
    """What a figure can't say: limits, whose price it is, when it changes."""


class Capability(Document):
    """One thing that a tool does.

    `versus` is what the page calls "vs alternatives". `title` may be missing in an import; `heading` derives
    one. `source` says whose claim it is when it isn't the catalog's own, `licence` how that text is licensed.
    """

    title: Line | None = None
    """What it is called; none twice in an entry."""
    description: Prose
    """What the tool does."""
    unique: Prose | None = None
    """What only this tool does about it."""
    versus: Prose | None = None
    """How rivals do it, by name."""
    source: Line | None = None
    """Whose claim it is. Leave it out of our own."""
    licence: Line | None = None
    """How the source's text is licensed."""


class HiddenCapabilities(Document):
    """How many more capabilities a source says there are without showing them. Counted, never invented."""

    count: Annotated[int, Field(gt=0, le=100_000)]
    """How many."""
    source: Line
    """Who counts them."""


class Signal(Document):
    """A measured figure; the same metric from the same source on several days is a series."""

    metric: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[_:][a-z0-9.]+)*$", max_length=80)]
    """What was measured: a metric of docs/rank.md, such as github_stars or benchmark:gpqa."""
    value: Figure
    """The figure."""
    unit: Line
    """What it counts: stars, percent, tokens."""
    source: Line
    """Who publishes it."""
    observed_on: When
    """The day on which it was true: 2025, 2025-03 or 2025-03-07."""
    licence: Line | None = None
    """The licence of the source, where it asks to be named."""


class Origin(Document):
    """Which fields of a tool somebody else's public data gave, under which licence and as of when.

    Figures, prices and capabilities name their own source; this is for everything else: summary, links, dates.
    """

    source: Line
    """Whose data it is."""
    licence: Line
    """Its licence."""
    observed_on: When
    """The day on which it was true."""
    fields: Annotated[tuple[FieldName, ...], Field(min_length=1)]
    """The fields that it gave."""


def publisher_of(source: str) -> str:
    """Give who stands behind a source that is written "publisher: page"; a bare source is its own publisher."""
    return source.partition(":")[0].strip()


class ReportedScore(Document):
    """Somebody else's rank (0-100) and components, as they print them. A page's source reads "publisher: page".

    `components` maps a component to the printed value; with `rounded` they are whole numbers that stand for
    something finer (0 may be 0.49), so equal ones are no tie and none is exact.
    """

    source: Line
    """Who gives it, as publisher: page."""
    observed_on: When | None = None
    """When it was seen."""
    rank: Annotated[float, Field(ge=0, le=100)] | None = None
    """From 0 to 100."""
    components: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:_[a-z]+)*$")], Figure] = {}
    """The parts of the rank, as printed."""
    rounded: bool = False
    """Whether the parts are whole numbers that stand for something finer."""
    times_matched: Annotated[int, Field(ge=0, le=10**15)] | None = None
    """How often people were led to it."""


class Tool(Document):
    """A tool and all that is known of it. Only `name` must be given; the slug follows from it.

    Whether a slug was given is in `model_fields_set`: a given one says which tool is meant, a derived one doesn't.
    """

    slug: Slug = ""
    """Its address in the catalog; follows from the name, and is the file's name. Leave it out."""
    name: Name
    """As its makers write it."""
    type: ToolType = ToolType.OTHER
    """What kind of thing it is, and the folder of its file."""
    vendor: Line | None = None
    """Who makes it."""
    family: Name | None = None
    """The line of which it is a version; its name means the newest version."""
    summary: Line | None = None
    """What it is, in a sentence."""
    aliases: Annotated[tuple[Name, ...], Field(max_length=ALIAS_LIMIT)] = ()
    """What else people call it: short forms, ids, repositories. No other tool may go by the same."""
    tasks: tuple[Task, ...] = ()
    """What people use it for. Two tools that share none are compared with a warning."""
    tags: tuple[Slug, ...] = ()
    """From the vocabulary, none twice."""
    links: tuple[Link, ...] = ()
    """Where it lives on the web."""
    packages: tuple[Package, ...] = ()
    """Where its downloads are counted."""
    licence: Line | None = None
    """SPDX where there is one; "Proprietary" where there is none to have."""
    pricing: Pricing | None = None
    """How one pays."""
    status: Status = Status.ACTIVE
    """Whether it can still be counted on; docs/entries.md says what is which."""
    successor: Slug | None = None
    """The slug of the tool that takes over from one that is deprecated or gone."""
    released_on: When | None = None
    """When it first came out."""
    popularity: Share | None = None
    """How often people ask for it, between 0 and 1; breaks ties between equally good names."""
    capabilities: tuple[Capability, ...] = ()
    """What it does."""
    hidden_capabilities: tuple[HiddenCapabilities, ...] = ()
    """How many more capabilities a source counts without showing them."""
    signals: tuple[Signal, ...] = ()
    """Measured figures, each with its source and day."""
    reported: tuple[ReportedScore, ...] = ()
    """Ranks that somebody else gives it."""
    origins: tuple[Origin, ...] = ()
    """Which fields somebody else's public data gave."""
    withdrawn: tuple[Line, ...] = ()
    """Marks of what somebody took away by hand, and what no import of others' data gives again."""

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

    @property
    def names(self) -> tuple[str, ...]:
        """All that it goes by: its name, then its aliases."""
        return (self.name, *self.aliases)

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
