"""How live sources are asked: politely, with patience, and believing nothing.

```
async with Fetcher(tokens={"github": token}, contact="ops@example.org") as fetcher:
    answer, known, asked = await fetcher.ask(GITHUB, "vllm-project/vllm", None)
```

Of each source one thing is asked at a time, `LiveSource.spacing` seconds apart. What was answered before is asked
conditionally (ETag, Last-Modified). What breaks in passing is tried three times; who asks us to wait long, or has used
up our limit, isn't asked again before. Whatever goes wrong is a `SourceError`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, Self

import httpx
from pydantic import Field

from catalog.models import Document
from catalog.sources import bodies
from catalog.sources.failures import SourceError, UnreadableError
from catalog.sources.lanes import OK, Clock, Lane, Timeouts
from catalog.sources.source import Answer, Concern, Flag

if TYPE_CHECKING:
    from collections.abc import Mapping
    from ssl import SSLContext
    from types import TracebackType

    from catalog.sources.replies import Reply
    from catalog.sources.source import LiveSource

__all__ = ["Clock", "Fetched", "Fetcher", "Known", "Secret", "SourceError", "Timeouts", "Validator"]

#: So many things in a row that fail are no coincidence any more.
_IN_A_ROW: Final = 3
#: After this the whole answer is asked for again: figures that stand still are dated anew once a month.
_TRUSTED_FOR: Final = timedelta(days=28)
_LONGEST_VALIDATOR: Final = 256


class Secret(Protocol):
    """A token that doesn't show itself, such as pydantic's `SecretStr`."""

    def get_secret_value(self) -> str:
        """Give the token itself."""


class Validator(Document):
    """By what a source recognises the answer that it gave."""

    etag: str | None = None
    modified: str | None = None

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for something else than that answer."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


class Known(Document):
    """What is remembered of the last whole answer; `model_dump_json` and `model_validate_json` keep it."""

    validators: dict[str, Validator] = Field(default_factory=dict)
    """By the path that was asked for."""
    answered_at: datetime | None = None


class Fetched(NamedTuple):
    """What asking came to.

    Attributes:
        answer: what the source says; None when nothing has changed since the last answer.
        known: to be remembered, and handed in the next time.
        asked: how many requests it took.
    """

    answer: Answer | None
    known: Known
    asked: int


class Fetcher:
    """Asks live sources; an async context manager, which closes its connections at the end."""

    def __init__(
        self,
        *,
        tokens: Mapping[str, Secret] | None = None,
        contact: str | None = None,
        clock: Clock | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        """Take what asking needs.

        Args:
            tokens: by the key of the source that takes it.
            contact: where to complain about this robot: address or mail of who runs it. Sent as part of the User-Agent.
            clock: the time and waiting, where they aren't the real ones.
            timeouts: how long requests may take.
        """
        self._tokens = {key: token.get_secret_value().strip() for key, token in (tokens or {}).items()}
        self._clock = clock or Clock()
        self._timeouts = timeouts or Timeouts()
        self._lanes: dict[tuple[str, str], Lane] = {}
        self._client = httpx.AsyncClient(
            headers={
                "User-Agent": _user_agent(contact),
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
            timeout=httpx.Timeout(self._timeouts.read, connect=self._timeouts.connect),
            verify=_trusted(),
            follow_redirects=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def ask(self, source: LiveSource, key: str, known: Known | None) -> Fetched:
        """Ask a source about one thing; waits for its turn.

        Args:
            source: whom to ask.
            key: what about, as `LiveSource.key_of` gives it.
            known: what `Fetched.known` was the last time; None asks for everything.

        Raises:
            SourceError: it gave no usable answer, or may not be asked now.
        """
        lane = self._lane(source)
        async with lane.turn:
            before = lane.requests
            try:
                answer, remembered = await self._answer(lane, source, key, self._usable(known))
            except SourceError as error:
                lane.failures += 1
                error.whole_source |= lane.failures >= _IN_A_ROW
                raise
            lane.failures = 0
            return Fetched(answer, remembered, lane.requests - before)

    def _lane(self, source: LiveSource) -> Lane:
        where = source.key, source.address
        if where not in self._lanes:
            self._lanes[where] = Lane(
                source, self._client, self._clock, self._timeouts.whole, self._tokens.get(source.key)
            )
        return self._lanes[where]

    def _usable(self, known: Known | None) -> Known:
        if known is None or known.answered_at is None:
            return Known()
        # An answer of tomorrow was noted when the clock was wrong: nobody knows how old it is.
        fresh = timedelta() <= self._clock.now() - known.answered_at < _TRUSTED_FOR
        return known if fresh else Known()

    async def _answer(
        self, lane: Lane, source: LiveSource, key: str, known: Known
    ) -> tuple[Answer | None, Known]:
        today = self._clock.now().date()
        first, *others = source.paths(key, today)
        validator = known.validators.get(first)
        reply = await lane.reply(first, validator.conditions if validator else {})
        if reply is None:
            return None, known
        if reply.status != OK:
            said = f"{source.name} has nothing under {key} any more ({reply.status})."
            return Answer(flags=(Flag(Concern.GONE, said),)), Known()
        try:
            found: list[Any] = [bodies.parsed(reply.body)]
            further = [await _further(lane, path) for path in others]
            answer = source.read(key, [*found, *(one.body for one in further)], today)
        except UnreadableError as error:
            raise SourceError(f"{source.name}'s answer {error}") from None
        if not reply.redirected and any(flag.concern is Concern.MOVED for flag in answer.flags):
            # Only who is led there by the service itself can believe that another name is the same thing.
            answer = answer._replace(figures=())
        # What couldn't be had is asked for again the next time, though nothing else may have changed by then.
        validator = None if any(one.failed for one in further) else _validator(reply)
        known = Known(validators={first: validator} if validator else {}, answered_at=self._clock.now())
        return answer, known


class _Further(NamedTuple):
    """The body of something beside the thing itself; None where there is none, or where asking for it failed."""

    body: Any
    failed: bool = False


async def _further(lane: Lane, path: str) -> _Further:
    # Whatever goes wrong here, the good answer about the thing itself isn't thrown away for it.
    try:
        reply = await lane.further(path)
        return _Further(bodies.parsed(reply.body) if reply else None)
    except (SourceError, UnreadableError):
        return _Further(None, failed=True)


@cache
def _trusted() -> SSLContext:
    # Reading the list of authorities takes a tenth of a second: once is enough.
    return httpx.create_ssl_context()


def _user_agent(contact: str | None) -> str:
    told = "".join(sign for sign in contact or "" if sign.isascii() and sign.isprintable()).strip()
    return f"Matchbook/{version('matchbook')} (figures for a catalog of AI tools; {told or 'contact: none given'})"


def _validator(reply: Reply) -> Validator | None:
    etag, modified = (_plain(reply.headers.get(name)) for name in ("etag", "last-modified"))
    return Validator(etag=etag, modified=modified) if etag or modified else None


def _plain(value: str | None) -> str | None:
    # It is sent back as it is: nothing that could be read as more than one header.
    fits = value and value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR
    return value if fits else None
