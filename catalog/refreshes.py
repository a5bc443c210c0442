"""What a refresh asks for, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from pydantic import Field

from catalog.errors import CatalogError
from catalog.models import Document, Slug
from catalog.moments import Moment, moment
from catalog.revision import Number
from catalog.sources.source import Concern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.sources.source import LiveSource
    from catalog.storage.fetches import Fetch

_DAY: Final = timedelta(days=1)
#: No service is left alone for longer, whatever it asks for.
_LONGEST: Final = timedelta(days=30)


class RefreshingElsewhereError(CatalogError):
    """Another process refreshes at this moment."""

    def __init__(self, holder: str | None) -> None:
        """Take who it is, if that is known."""
        by = f" ({holder})" if holder else ""
        super().__init__(
            f"Another process{by} is refreshing the catalog. Wait until it is done, then try again."
        )


class Want(NamedTuple):
    """One thing to ask one source for, and the tools of which it tells."""

    source: LiveSource
    key: str
    slugs: tuple[str, ...]


class Plan(NamedTuple):
    """What a refresh will ask for.

    Attributes:
        wants: what is asked, in order.
        put_off: sources that aren't asked now, by their keys, with why and until when.
        orphans: keys that no tool leads to any more, by source.
    """

    wants: Sequence[Want]
    put_off: Mapping[str, Fetch]
    orphans: Mapping[str, Sequence[str]]


class Failed(Document):
    """A key that a source gave no answer for, and when it is asked for again."""

    key: str
    slugs: tuple[Slug, ...]
    reason: str
    due_at: Moment


class Flagged(Document):
    """Something that a person should look at; `proposal` is its number where one was filed just now.

    It is `pending` while it has to be seen once more before curators are told.
    """

    slug: Slug
    concern: Concern
    text: str
    proposal: Number | None = None
    pending: bool = False


class Noted(Document):
    """Something worth knowing of a tool that asks nobody to do anything."""

    slug: Slug
    text: str


class SourceReport(Document):
    """What came of asking one source.

    `requests` counts those that led to an answer. `changed` and `unchanged` are tools of which it told something,
    `gone` those of which it told that there is nothing any more. `left` counts the keys that it wasn't asked for
    because it `stopped` answering; `until` is when it is asked again.
    """

    key: str
    name: str
    requests: Annotated[int, Field(ge=0)] = 0
    changed: tuple[Slug, ...] = ()
    unchanged: tuple[Slug, ...] = ()
    gone: tuple[Slug, ...] = ()
    flagged: tuple[Flagged, ...] = ()
    notes: tuple[Noted, ...] = ()
    failed: tuple[Failed, ...] = ()
    left: Annotated[int, Field(ge=0)] = 0
    stopped: str | None = None
    until: Moment | None = None

    @property
    def has_answered(self) -> bool:
        """Whether it told anything at all."""
        return bool(self.changed or self.unchanged or self.gone)

    @property
    def has_failed(self) -> bool:
        """Whether it should have told something and didn't."""
        return bool(self.failed or self.stopped)


class RefreshReport(Document):
    """What came of a refresh, a source each."""

    sources: tuple[SourceReport, ...] = ()

    @property
    def all_failed(self) -> bool:
        """Whether something was asked for and no source answered."""
        failed = any(one.has_failed for one in self.sources)
        return failed and not any(one.has_answered for one in self.sources)

    @property
    def filed(self) -> list[int]:
        """The numbers of the proposals that were filed."""
        return [one.proposal for source in self.sources for one in source.flagged if one.proposal]


def slot(name: str, now: datetime, *, days: int = 1) -> datetime:
    """Give when something is asked for again: at a time of day of its own, in about so many days.

    The time of day follows from a hash of the name, so that all of them together are spread evenly over the day. What
    was asked at another time comes to its own within half a day more or less.
    """
    seconds = int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % int(_DAY.total_seconds())
    earliest = now.astimezone(UTC) + _DAY * (days - 0.5)
    midnight = earliest.replace(hour=0, minute=0, second=0, microsecond=0)
    own = midnight + timedelta(seconds=seconds)
    return own if own > earliest else own + _DAY


def is_due(due_at: str, now: datetime) -> bool:
    """Tell whether it is time for what was put off until a moment.

    So it is where that lies further ahead than anything is ever put off: then a clock was wrong.
    """
    return not moment(now) < due_at <= moment(now + _LONGEST)


def put_off(
    now: datetime, failures: int, first: timedelta, longest: timedelta, asked: datetime | None
) -> datetime:
    """Give when what failed is tried again: after a pause that doubles, or when the source `asked` to be, if later."""
    pause = min(first * 2.0 ** min(max(failures - 1, 0), 30), longest)
    return min(max(now + pause, asked or now), now + _LONGEST)
