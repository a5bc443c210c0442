"""Documents with every field filled, and random edits of them, one a kind of field."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from hypothesis import strategies as st

from catalog.models import (
    Capability,
    Document,
    HiddenCapabilities,
    Link,
    LinkKind,
    Origin,
    Price,
    PriceUnit,
    Pricing,
    PricingKind,
    ReportedScore,
    Signal,
    Status,
    Task,
    Tool,
    ToolType,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

#: An edit of a kind: what a voice makes of a document.
Edit: TypeAlias = "Callable[[st.DrawFn, Tool, str], Tool]"

#: Text as people write it: markup, several scripts, signs that are made of several characters.
WORDS = (
    "vLLM", "Stable Diffusion", "通义千问", "Étoile", "*bold* [a](b)", "`code`", "👩\u200d💻 agent", "שלום", "C#",
)  # fmt: skip
METRICS = ("github_stars", "github_forks", "benchmark:mmlu", "downloads")
PARTS = ("adoption", "quality", "ecosystem", "match_graph", "freshness")

FIGURES = (0.0, 1.0, 49.5, 0.1234567, 150_000.0, 1e15, -3.0)


class Picks:
    """Choices that follow from one number, the first of everything from 0: to draw each alone takes long."""

    def __init__(self, number: int) -> None:
        self._number = number

    def one(self, options: Sequence[T]) -> T:
        """Pick one of some options."""
        self._number, place = divmod(self._number, len(options))
        return options[place]

    def line(self, voice: str) -> str:
        """Write a line that this voice alone would write."""
        return f"{self.one(WORDS)} {voice}{self.one(range(1, 40))}"

    def prose(self, voice: str) -> str:
        """Write a text of one or two paragraphs."""
        first = self.line(voice)
        return self.one((first, f"{first}\n\n{self.line(voice)}"))

    def slug(self, voice: str) -> str:
        """Write a slug."""
        return f"{voice}-{self.one(range(1, 40))}"

    def day(self) -> str:
        """Pick a date, exact or not."""
        year, month, day = self.one(range(2010, 2030)), self.one(range(1, 10)), self.one(range(10, 29))
        return self.one((f"{year}-0{month}-{day}", f"{year}-0{month}", str(year)))

    def maybe(self, value: T) -> T | None:
        """Pick a value or none."""
        return self.one((value, None))


def price(picks: Picks, voice: str) -> Price:
    """Make a starting price."""
    usd, unit = picks.one((0.0, 0.075, 2.5, 20.0)), picks.one(tuple(PriceUnit))
    return Price(
        usd=usd,
        unit=unit,
        source=picks.line(voice),
        observed_on=picks.day(),
        licence=picks.maybe(picks.line(voice)),
    )


def pricing(picks: Picks, voice: str) -> Pricing:
    """Make a way to pay, with every part filled."""
    return Pricing(kind=picks.one(tuple(PricingKind)), starting=price(picks, voice), note=picks.line(voice))


def capability(picks: Picks, voice: str) -> Capability:
    """Make a capability; any part but its description may be missing."""
    return Capability(
        description=picks.prose(voice),
        title=picks.maybe(picks.line(voice)),
        unique=picks.maybe(picks.prose(voice)),
        versus=picks.maybe(picks.prose(voice)),
        source=picks.maybe(picks.line(voice)),
        licence=picks.maybe(picks.line(voice)),
    )


def signal(picks: Picks, voice: str) -> Signal:
    """Make a measured figure."""
    return Signal(
        source=picks.line(voice),
        metric=picks.one(METRICS),
        observed_on=picks.day(),
        value=picks.one(FIGURES),
        unit=picks.line(voice),
        licence=picks.maybe(picks.line(voice)),
    )


def score(picks: Picks, voice: str) -> ReportedScore:
    """Make a reported score."""
    return ReportedScore(
        source=picks.line(voice),
        observed_on=picks.maybe(picks.day()),
        rank=picks.maybe(picks.one((0.0, 51.0, 99.5))),
        components={picks.one(PARTS): picks.one(FIGURES) for _ in range(picks.one(range(3)))},
        rounded=picks.one((True, False)),
        times_matched=picks.maybe(picks.one(range(10**6))),
    )


def origin(picks: Picks, voice: str) -> Origin:
    """Make the origin of some fields."""
    return Origin(
        source=picks.line(voice),
        licence=picks.one(("MIT", "CC-BY-SA-4.0")),
        observed_on=picks.day(),
        fields=(picks.one(("vendor", "links")),),
    )


_ENTRIES: dict[str, Callable[[Picks, str], Any]] = {
    "aliases": Picks.line,
    "tasks": lambda picks, _: picks.one(tuple(Task)),
    "tags": Picks.slug,
    "links": lambda picks, voice: Link(
        url=f"https://example.com/{picks.slug(voice)}", kind=picks.one(tuple(LinkKind))
    ),
    "packages": lambda picks, voice: f"{picks.one(('pypi', 'npm'))}:{picks.slug(voice)}",
    "capabilities": capability,
    "hidden_capabilities": lambda picks, voice: HiddenCapabilities(
        source=picks.line(voice), count=picks.one(range(1, 100_001))
    ),
    "signals": signal,
    "reported": score,
    "origins": origin,
    "withdrawn": lambda picks, voice: f"links:{picks.slug(voice)}",
}
_VALUES: dict[str, Callable[[Picks, str], Any]] = {
    "name": Picks.line,
    "type": lambda picks, _: picks.one(tuple(ToolType)),
    "vendor": Picks.line,
    "family": Picks.line,
    "summary": Picks.line,
    "licence": Picks.line,
    "pricing": pricing,
    "status": lambda picks, _: picks.one(tuple(Status)),
    "successor": Picks.slug,
    "released_on": lambda picks, _: picks.day(),
    "popularity": lambda picks, _: picks.one(range(1001)) / 1000,
}
LISTS, SCALARS = tuple(_ENTRIES), tuple(_VALUES)


@cache
def made(make: Callable[[Picks, str], T], voice: str) -> st.SearchStrategy[T]:
    """Give whatever a voice makes."""
    return st.integers(0, 10**18).map(lambda number: make(Picks(number), voice))


def entries(field: str, voice: str) -> st.SearchStrategy[Any]:
    """Give what a list may hold."""
    return made(_ENTRIES[field], voice)


def values(field: str, voice: str) -> st.SearchStrategy[Any]:
    """Give what a field of one value may hold."""
    return made(_VALUES[field], voice)


def lines(voice: str) -> st.SearchStrategy[str]:
    """Give lines."""
    return made(Picks.line, voice)


def prose(voice: str) -> st.SearchStrategy[str]:
    """Give texts."""
    return made(Picks.prose, voice)


def days(_: str = "") -> st.SearchStrategy[str]:
    """Give dates."""
    return made(_VALUES["released_on"], "")


def _same(field: str) -> Callable[[Any], object]:
    """Give what makes two entries of a list the same."""
    sames: dict[str, Callable[[Any], object]] = {
        "links": lambda link: link.url,
        "capabilities": lambda capability: capability.description,
        "hidden_capabilities": lambda hidden: hidden.source,
        "signals": lambda signal: (signal.metric, signal.source, signal.observed_on),
        "reported": lambda score: score.source,
    }
    return sames.get(field, lambda text: text)


@cache
def tools(*, repeated: bool = False) -> st.SearchStrategy[Tool]:
    """Give documents with every field filled; `repeated`: a list may say the same twice."""
    lists = {
        field: st.lists(
            entries(field, "base"), min_size=2, max_size=4, unique_by=None if repeated else _same(field)
        )
        for field in LISTS
    }
    fields = {field: values(field, "base") for field in SCALARS}
    return st.fixed_dictionaries({"slug": st.just("probe"), **fields, **lists}).map(Tool.model_validate)


def _with(tool: Tool, field: str, value: object) -> Tool:
    changed = Tool.model_validate({**dict(tool), field: value})
    return tool if changed == tool else changed


def _setting(field: str) -> Edit:
    def edit(draw: st.DrawFn, tool: Tool, voice: str) -> Tool:
        filled = values(field, voice)
        optional = Tool.model_fields[field].default is None
        return _with(tool, field, draw(st.none() | filled if optional else filled))

    return edit


def _adding(field: str) -> Edit:
    def edit(draw: st.DrawFn, tool: Tool, voice: str) -> Tool:
        known = getattr(tool, field)
        place = draw(st.integers(0, len(known)))
        return _with(tool, field, (*known[:place], draw(entries(field, voice)), *known[place:]))

    return edit


def _removing(field: str) -> Edit:
    def edit(draw: st.DrawFn, tool: Tool, _: str) -> Tool:
        known = getattr(tool, field)
        place = draw(st.integers(0, len(known) - 1))
        return _with(tool, field, (*known[:place], *known[place + 1 :]))

    return edit


def _moving(field: str) -> Edit:
    def edit(draw: st.DrawFn, tool: Tool, _: str) -> Tool:
        return _with(tool, field, draw(st.permutations(getattr(tool, field))))

    return edit


def _rewriting(field: str, part: str, strategy: Callable[[str], st.SearchStrategy[Any]]) -> Edit:
    """Change one part of one entry of a list."""

    def edit(draw: st.DrawFn, tool: Tool, voice: str) -> Tool:
        known = list(getattr(tool, field))
        place = draw(st.integers(0, len(known) - 1))
        known[place] = _part(known[place], part, draw(strategy(voice)))
        return _with(tool, field, known)

    return edit


def _pricing(part: str, strategy: Callable[[str], st.SearchStrategy[Any]]) -> Edit:
    """Change one part of the pricing."""

    def edit(draw: st.DrawFn, tool: Tool, voice: str) -> Tool:
        known = tool.pricing or Pricing(kind=PricingKind.FREE)
        return _with(tool, "pricing", _part(known, part, draw(strategy(voice))))

    return edit


def _price(part: str, strategy: Callable[[str], st.SearchStrategy[Any]]) -> Edit:
    """Change one part of the starting price."""

    def edit(draw: st.DrawFn, tool: Tool, voice: str) -> Tool:
        known = tool.pricing or Pricing(kind=PricingKind.USAGE)
        start = known.starting or draw(made(price, voice))
        return _with(tool, "pricing", _part(known, "starting", _part(start, part, draw(strategy(voice)))))

    return edit


def _part(document: Document, part: str, value: object) -> Document:
    return type(document).model_validate({**dict(document), part: value})


def _recased(draw: st.DrawFn, tool: Tool, _: str) -> Tool:
    place = draw(st.integers(0, len(tool.aliases) - 1))
    known = tool.aliases
    return _with(tool, "aliases", (*known[:place], known[place].swapcase(), *known[place + 1 :]))


#: Each kind of edit by its name; what stands before the first point is the field.
EDITS: dict[str, Edit] = {
    **{f"{field}.set": _setting(field) for field in SCALARS},
    **{f"{field}.add": _adding(field) for field in LISTS},
    **{f"{field}.remove": _removing(field) for field in LISTS},
    **{f"{field}.move": _moving(field) for field in LISTS},
    "pricing.kind": _pricing("kind", lambda _: st.sampled_from(PricingKind)),
    "pricing.note": _pricing("note", lambda voice: st.none() | lines(voice)),
    "pricing.starting": _pricing("starting", lambda voice: st.none() | made(price, voice)),
    "pricing.starting.usd": _price("usd", lambda _: st.sampled_from((1.0, 99.0))),
    "pricing.starting.unit": _price("unit", lambda _: st.sampled_from(PriceUnit)),
    "pricing.starting.source": _price("source", lines),
    "pricing.starting.observed_on": _price("observed_on", days),
    "pricing.starting.licence": _price("licence", lambda voice: st.none() | lines(voice)),
    "aliases.case": _recased,
    "links.kind": _rewriting("links", "kind", lambda _: st.sampled_from(LinkKind)),
    "capabilities.title": _rewriting("capabilities", "title", lambda voice: st.none() | lines(voice)),
    "capabilities.description": _rewriting("capabilities", "description", prose),
    "capabilities.unique": _rewriting("capabilities", "unique", lambda voice: st.none() | prose(voice)),
    "capabilities.versus": _rewriting("capabilities", "versus", lambda voice: st.none() | prose(voice)),
    "capabilities.source": _rewriting("capabilities", "source", lambda voice: st.none() | lines(voice)),
    "capabilities.licence": _rewriting("capabilities", "licence", lambda voice: st.none() | lines(voice)),
    "hidden_capabilities.count": _rewriting("hidden_capabilities", "count", lambda _: st.integers(1, 99)),
    "signals.value": _rewriting("signals", "value", lambda _: st.sampled_from(FIGURES)),
    "signals.unit": _rewriting("signals", "unit", lines),
    "signals.observed_on": _rewriting("signals", "observed_on", days),
    "signals.licence": _rewriting("signals", "licence", lambda voice: st.none() | lines(voice)),
    "reported.rank": _rewriting("reported", "rank", lambda _: st.none() | st.just(7.5)),
    "reported.components": _rewriting(
        "reported",
        "components",
        lambda _: st.dictionaries(st.sampled_from(PARTS), st.sampled_from(FIGURES), max_size=5),
    ),
    "reported.observed_on": _rewriting("reported", "observed_on", lambda _: st.none() | days()),
    "reported.rounded": _rewriting("reported", "rounded", lambda _: st.booleans()),
    "reported.times_matched": _rewriting("reported", "times_matched", lambda _: st.integers(0, 9)),
    "origins.fields": _rewriting("origins", "fields", lambda _: st.just(("summary",))),
    "origins.observed_on": _rewriting("origins", "observed_on", lambda _: days()),
}


@st.composite
def edited(draw: st.DrawFn, tool: Tool, kind: str, voice: str = "mine") -> Tool:
    """Give a document as an edit of a kind leaves it."""
    return EDITS[kind](draw, tool, voice)


@st.composite
def rewritten(draw: st.DrawFn, tool: Tool, voice: str = "mine", most: int = 6) -> Tool:
    """Give a document after several edits; those of a list that another one emptied are left out."""
    for kind in draw(st.lists(st.sampled_from(sorted(EDITS)), max_size=most)):
        field = kind.partition(".")[0]
        if field in SCALARS or getattr(tool, field):
            tool = EDITS[kind](draw, tool, voice)
    return tool


def written(tool: Tool | None) -> str | None:
    """Give the bytes that a document is kept as."""
    return None if tool is None else tool.model_dump_json(exclude_defaults=True)
