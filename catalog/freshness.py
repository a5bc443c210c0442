"""How fresh the catalog's figures are, what live sources answered, and what failed and why."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from catalog.models import Document, Slug, publisher_of
from catalog.moments import Moment, moment
from catalog.refreshes import is_due
from catalog.refreshing import LEASE, wants
from catalog.sources.source import Answer
from catalog.storage.fetches import WHOLE, Fetch, Outcome
from catalog.text import Line, When
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from catalog.refreshes import Want
    from catalog.service import Catalog
    from catalog.sources.source import LiveSource

#: Reasons of failures that are told, the commonest first.
_REASONS: Final = 3

Count = Annotated[int, Field(ge=0)]


class Reason(Document):
    """Why a source gave no answer, and for how many keys."""

    text: str
    keys: Count


class SourceFreshness(Document):
    """How one live source stands.

    `tools` are those of which it can tell, `keys` what it is asked for (two tools may share one), `answered` the keys
    for which it ever answered, between `oldest` and `newest`. `due` keys are asked for next, else one at `next_due`.
    `failing` keys gave no answer the last time. `stopped` says why nothing is asked before `until`.
    """

    key: str
    name: str
    tools: Count
    keys: Count
    answered: Count
    oldest: Moment | None = None
    newest: Moment | None = None
    due: Count
    next_due: Moment | None = None
    failing: Count
    reasons: tuple[Reason, ...] = ()
    stopped: str | None = None
    until: Moment | None = None


class FigureAges(Document):
    """The figures in the catalog that somebody published: how many, of how many tools, and from when."""

    source: Line
    figures: Count
    tools: Count
    oldest: When
    newest: When


class Holder(Document):
    """Which process refreshes at this moment, and until when it does unless it says so again."""

    name: str
    until: Moment


class Freshness(Document):
    """How fresh the catalog is at a moment."""

    at: Moment
    sources: tuple[SourceFreshness, ...]
    figures: tuple[FigureAges, ...]
    refreshing: Holder | None = None


class Counted(Document):
    """A figure as a source last told it."""

    metric: str
    value: float
    unit: str


class Said(Document):
    """What one source last said of what some tools go by, and when; nothing where it never answered.

    `figures` are named as the source's own: on a tool that has others that count they may stand under another name.
    `notes` are what else it says in words, `reason` is why it gave no answer the last time it was asked.
    """

    source: str
    key: str
    slugs: tuple[Slug, ...]
    answered_at: Moment | None = None
    due_at: Moment | None = None
    figures: tuple[Counted, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str | None = None


async def said(catalog: Catalog, sources: Sequence[LiveSource], slugs: Collection[str]) -> list[Said]:
    """Say what sources last answered about some tools, a source and key each. Nobody is asked.

    Raises:
        StorageError: the database refused.
    """
    found: list[Said] = []
    wanted = await wants(catalog, sources, slugs)
    for source in sources:
        mine = [want for want in wanted.values() if want.source is source]
        asked = await catalog.storage.fetches.of(source.key, [want.key for want in mine])
        found += [_said(want, asked.get(want.key)) for want in mine]
    return found


def _said(want: Want, last: Fetch | None) -> Said:
    bare = Said(source=want.source.name, key=want.key, slugs=want.slugs)
    if last is None:
        return bare
    answer = last.answer or Answer()
    return bare.model_copy(
        update={
            "answered_at": last.answered_at,
            "due_at": last.due_at,
            "figures": tuple(Counted(**figure._asdict()) for figure in answer.figures),
            "notes": (*(flag.text for flag in answer.flags), *answer.notes),
            "reason": last.reason,
        }
    )


async def freshness(
    catalog: Catalog,
    sources: Sequence[LiveSource],
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Freshness:
    """Say how fresh the catalog is. Nobody is asked.

    Raises:
        StorageError: the database refused.
    """
    at = moment(now())
    wanted = await wants(catalog, sources)
    schedule = await catalog.storage.fetches.schedule([source.key for source in sources])
    asked = {(fetch.source, fetch.key): fetch for fetch in schedule}
    lease = await catalog.storage.leases.held(LEASE, at)
    return Freshness(
        at=at,
        sources=tuple(
            _of_source(source, [want for want in wanted.values() if want.source is source], asked, at)
            for source in sources
        ),
        figures=tuple(await _figures(catalog)),
        refreshing=Holder(name=lease.holder, until=lease.until) if lease else None,
    )


def _of_source(
    source: LiveSource, mine: Sequence[Want], asked: dict[tuple[str, str], Fetch], at: str
) -> SourceFreshness:
    fetches = [fetch for want in mine if (fetch := asked.get((source.key, want.key)))]
    answered = sorted(fetch.answered_at for fetch in fetches if fetch.answered_at)
    failing = [fetch for fetch in fetches if fetch.outcome is not Outcome.ANSWERED]
    now = datetime.fromisoformat(at)
    later = sorted(fetch.due_at for fetch in fetches if not is_due(fetch.due_at, now))
    due = len(mine) - len(later)
    off = asked.get((source.key, WHOLE))
    is_off = off is not None and off.outcome is not Outcome.ANSWERED and not is_due(off.due_at, now)
    commonest = Counter(fetch.reason or "no reason was given" for fetch in failing).most_common(_REASONS)
    return SourceFreshness(
        key=source.key,
        name=source.name,
        tools=len({slug for want in mine for slug in want.slugs}),
        keys=len(mine),
        answered=len(answered),
        oldest=answered[0] if answered else None,
        newest=answered[-1] if answered else None,
        due=due,
        next_due=later[0] if later and not due else None,
        failing=len(failing),
        reasons=tuple(Reason(text=text, keys=keys) for text, keys in commonest),
        stopped=off.reason if off and is_off else None,
        until=off.due_at if off and is_off else None,
    )


async def _figures(catalog: Catalog) -> list[FigureAges]:
    """Say from when each publisher's figures are, those with the newest first."""
    days: dict[str, list[str]] = {}
    tools: dict[str, set[str]] = {}
    async for tool in in_turns(catalog.tools):
        for signal in tool.signals:
            publisher = publisher_of(signal.source)
            days.setdefault(publisher, []).append(signal.observed_on)
            tools.setdefault(publisher, set()).add(tool.slug)
    ages = [
        FigureAges(
            source=publisher,
            figures=len(seen),
            tools=len(tools[publisher]),
            oldest=min(seen),
            newest=max(seen),
        )
        for publisher, seen in days.items()
    ]
    ages.sort(key=lambda one: one.source.casefold())
    return sorted(ages, key=lambda one: one.newest, reverse=True)
