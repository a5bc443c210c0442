"""Listings: a model as one provider lists it, and what all listings of a model say of it together.

Lists of prices hold the same model many times over, once for each provider, region and snapshot. They make one tool:

| field | whose word counts |
|---|---|
| vendor | the maker that sells it, else the one that most ids name |
| name | the maker's listing, else the most common; where none spells the id, the id itself |
| price | the maker's own; of others see below |
| context window, release date, summary | the maker's own, else the most common |
| tasks | the maker's own, else the first of the most common |
| deprecated | the maker's own, all of them |

**Price.** What the maker takes is the price of its model, first under the plain id, else the lowest. Many open models
aren't sold by their makers: then the lowest price of those who host models themselves is what one can begin with, but
for one that is less than a quarter of what is usual (a slip of the list, mostly). Where nobody of them lists it,
OpenRouter's price counts, which passes on those of hosts. Resellers set prices of their own: they are left out, and so
is a price of nothing, which stands for "not known" or for a plan that is paid by the month. Whose price it is and of
how many it is the lowest is in the note, unless it is the maker's; its source is "LiteLLM: DeepInfra", so that it never
replaces a maker's.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from catalog.importers.public.model_ids import ModelId, key_of
from catalog.importers.public.model_makers import AGGREGATOR, host_of, is_aggregator, sells_own
from catalog.importers.public.source import Edition, Partial, names
from catalog.importers.reading import Rejection
from catalog.models import PriceUnit, PricingKind, Status, Task, ToolType

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

_T = TypeVar("_T", bound="Hashable")
#: A price below this share of the usual one is no bargain but a slip of the list.
_SLIP: Final = 0.25
#: From so many on there is a usual price.
_SEVERAL: Final = 3
#: In ids of models that a customer has trained further.
_TRAINED: Final = re.compile(r"(?:^|[/:])ft:|\.ft-")
#: Most ids that a tool is to be found by.
_ALIASES: Final = 8


class Amount(NamedTuple):
    """A price in US dollars, and what it buys."""

    usd: float
    unit: PriceUnit = PriceUnit.MILLION_INPUT_TOKENS


@dataclass(frozen=True, slots=True)
class Listing:
    """A model as one provider lists it.

    Attributes:
        place: where the record stands.
        provider: who lists it, as the source calls them; None for a record of the model itself.
        id: what its id says.
        name: what it is called there.
        price: what it costs there.
        priced_on: since when, where the record says it.
        context: how many tokens it reads at once.
        released_on: when it came out.
        summary: what is said of it.
        tasks: what it is for, before what else it can do.
        deprecated: the record says that it is past.
        more: other fields of the tool.
    """

    place: str
    provider: str | None
    id: ModelId
    name: str | None = None
    price: Amount | None = None
    priced_on: str | None = None
    context: float | None = None
    released_on: str | None = None
    summary: str | None = None
    tasks: tuple[Task, ...] = ()
    deprecated: bool = False
    more: tuple[tuple[str, tuple[Any, ...]], ...] = ()


def trained_further(place: str) -> Rejection | None:
    """Refuse the price of a model that a customer has trained further; None of any other."""
    if _TRAINED.search(place) is None:
        return None
    return Rejection(place, "the price of a model that one has trained further, not of the model itself")


def tools(
    listings: Iterable[Listing], edition: Edition, *, named: bool = False
) -> Iterator[Partial | Rejection]:
    """Make one partial tool of all listings of a model, in the order in which they come first.

    Args:
        listings: those of a file.
        edition: the file.
        named: makers' names for their models are to be trusted even where they don't spell the id, as "Devstral 2"
            of ``devstral-2512``.
    """
    groups: dict[str, list[Listing]] = {}
    for listing in listings:
        groups.setdefault(listing.id.key, []).append(listing)
    taken: set[str] = set(groups)
    for key, group in groups.items():
        exact = [listing for listing in group if not listing.id.is_pointer]
        maker = _maker(exact)
        if not exact:
            said = f"{group[0].id.written} names whichever version or size there is; import the one that is meant"
            yield Rejection(group[0].place, said)
        elif maker is None and not any(map(str.isdigit, key)):
            said = f"nothing says who makes {group[0].id.plain}, nor which version it is; enter it by hand"
            yield Rejection(group[0].place, said)
        else:
            own = [one for one in group if one.provider is None or sells_own(one.provider, maker)]
            own.sort(key=lambda one: ((one.provider or "").endswith("-cn"), not one.id.is_plain))
            yield _tool(_Group(key, maker, group, own), edition, taken if named else None)


@dataclass(frozen=True, slots=True)
class _Group:
    """All listings of a model."""

    key: str
    maker: str | None
    all: Sequence[Listing]
    own: Sequence[Listing]
    """Those of its maker and of nobody else: what it sells in China last, the plain id first."""

    def word(self, field: Callable[[Listing], _T | None]) -> _T | None:
        """Give what the maker says, else what most say; of as common ones the first."""
        for one in self.own:
            if value := field(one):
                return value
        return _commonest(value for one in self.all if (value := field(one)))


def _tool(group: _Group, edition: Edition, taken: set[str] | None) -> Partial:
    own = group.own
    name = _name(group, taken)
    more: dict[str, list[Any]] = {}
    for one in group.all:
        for field, values in one.more:
            known = more.setdefault(field, [])
            known += (value for value in values if value not in known)
    context = group.word(lambda one: one.context)
    more["signals"] = [*edition.signal("context_window", context, "tokens"), *more.get("signals", ())]
    return Partial(
        (own or group.all)[0].place,
        {
            "name": name,
            "type": ToolType.MODEL,
            "vendor": group.maker,
            "summary": group.word(lambda one: one.summary),
            "aliases": [alias for alias in _aliases(group) if alias != name],
            "tasks": _tasks(group),
            "released_on": group.word(lambda one: one.released_on),
            "status": Status.DEPRECATED if own and all(one.deprecated for one in own) else None,
            "pricing": _pricing(group, edition),
            **more,
        },
    )


def _tasks(group: _Group) -> tuple[Task, ...]:
    """Give what a model is for; of what else it can do hosts say too much and too little."""
    own = next((one.tasks for one in group.own if one.tasks), ())
    return own or (_commonest(one.tasks for one in group.all if one.tasks) or ())[:1]


def _maker(group: Sequence[Listing]) -> str | None:
    """Give whose model it is: of several that ids name, the one that sells it (others only store it anew)."""
    makers = [one.id.maker for one in group if one.id.maker]
    selling = (one.id.maker for one in group if one.provider and sells_own(one.provider, one.id.maker))
    return next(selling, None) or _commonest(makers)


def _name(group: _Group, taken: set[str] | None) -> str:
    """Choose a name that is that of no other model: "gpt 4" is none for gpt-4-32k."""
    own = [one.name for one in group.own if one.name]
    common = [name for name, _ in Counter(one.name for one in group.all if one.name).most_common()]
    for name in (*own, *common):
        if key_of(name) == group.key:
            return name
    if taken is not None:
        for one in group.own:
            if one.name and one.id.is_plain and (key := key_of(one.name)) not in taken:
                taken.add(key)
                return one.name
    if group.own:
        return group.own[0].id.plain
    # Hubs spell an id as its maker does: Qwen3-32B for qwen3-32b.
    ids = Counter(one.id.plain for one in group.all)
    capitals = [plain for plain in ids if plain != plain.lower()]
    return max(capitals or ids, key=ids.__getitem__)


def _aliases(group: _Group) -> list[str]:
    """Give the ids that people type: the maker's, then the common ones."""
    common = Counter(one.id.written for one in group.all)
    given = [
        *(one.id.plain for one in group.own),
        *(one.id.written for one in group.own),
        *(written for written, _ in common.most_common()),
    ]
    return names(*given)[:_ALIASES]


def _pricing(group: _Group, edition: Edition) -> dict[str, Any] | None:
    own = [one for one in group.own if one.price]
    if own:
        plain = [one for one in own if one.id.is_plain]
        return _priced(plain[0] if plain else min(own, key=_usd), edition)
    hosted = [one for one in group.all if one.price and one.provider and host_of(one.provider)]
    if hosted:
        unit = _commonest(one.price.unit for one in hosted if one.price)
        hosted = [one for one in hosted if one.price and one.price.unit is unit]
        if len(hosted) >= _SEVERAL:
            usual = median(map(_usd, hosted))
            hosted = [one for one in hosted if _usd(one) >= usual * _SLIP]
        lowest = min(hosted, key=_usd)
        hosts = {host_of(one.provider) for one in hosted if one.provider}
        host = host_of(lowest.provider or "")
        among = f"the lowest of {len(hosts)} hosts" if len(hosts) > 1 else "the only host"
        note = f"at {host}, {among} in {edition.source.name}'s list; its maker's own price isn't there"
        return _priced(lowest, edition, host, note)
    for one in group.all:
        if one.price and one.provider and is_aggregator(one.provider):
            note = f"at {AGGREGATOR}; neither its maker's price nor that of a host is in {edition.source.name}'s list"
            return _priced(one, edition, AGGREGATOR, note)
    return None


def _priced(
    one: Listing, edition: Edition, host: str | None = None, note: str | None = None
) -> dict[str, Any]:
    usd, unit = one.price or (None, PriceUnit.MILLION_INPUT_TOKENS)
    starting = edition.price(usd, unit, on=one.priced_on)
    if starting and host:
        # Another source than that of makers' prices: it replaces none of them, and where no note fits it says whose.
        starting["source"] = f"{edition.source.name}: {host}"
    return {"kind": PricingKind.USAGE, "starting": starting, "note": note}


def _usd(one: Listing) -> float:
    return one.price.usd if one.price else 0.0


def _commonest(values: Iterable[_T]) -> _T | None:
    found = Counter(values).most_common(1)
    return found[0][0] if found else None
