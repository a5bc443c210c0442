"""A lane: the one way to a source. Requests go through it one by one, spaced, within limits, with patience."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

import httpx
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from catalog.moments import day_in_words
from catalog.sources.failures import PassingError, SourceError, UnreadableError
from catalog.sources.replies import LONGEST_PAUSE, Reply, is_limit, pause, read, used_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.sources.source import LiveSource

_ATTEMPTS: Final = 3
_REDIRECTS: Final = 3
#: Seconds that are waited for at once; who asks for more is asked again later.
_SHORT: Final = 20.0
#: How long a source that limits us without saying for how long is left alone.
_LIMITED_FOR: Final = timedelta(minutes=15)
#: Between attempts: a second, doubled each time, and up to a second more.
_BACKOFF: Final = wait_exponential_jitter(initial=1, max=8, jitter=1)

OK: Final = 200
_NOT_MODIFIED: Final = 304
_MOVED: Final = frozenset({301, 302, 307, 308})
_UNAUTHORISED: Final = 401
_FORBIDDEN: Final = 403
_SERVER: Final = 500
_DOWN: Final = frozenset({502, 503, 504})


class Timeouts(NamedTuple):
    """How long a request may take, in seconds."""

    connect: float = 5.0
    read: float = 10.0
    whole: float = 30.0


class Clock:
    """The time, and waiting; a test has its own."""

    def now(self) -> datetime:
        """Give the time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Give seconds that only ever go on."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


@dataclass(slots=True)
class Lane:
    """The way to a source, and what is remembered of it between two requests.

    Attributes:
        source: where it leads.
        client: what sends the requests.
        clock: the time, and waiting.
        whole: most seconds that a request may take.
        token: what the source is shown, if anything.
        turn: held by who asks.
        free_at: when the next request may be sent, on the monotonic clock.
        closed_until: until when the source wants no requests.
        failures: how many things in a row couldn't be asked.
        requests: how many were sent.
    """

    source: LiveSource
    client: httpx.AsyncClient
    clock: Clock
    whole: float
    token: str | None = field(default=None, repr=False)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    closed_until: datetime | None = None
    failures: int = 0
    requests: int = 0

    async def reply(self, path: str, conditions: Mapping[str, str]) -> Reply | None:
        """Ask for a path: up to three times, where it fails in passing.

        Args:
            path: what to ask for.
            conditions: headers that make the request conditional.

        Returns:
            A good reply, or one that says that there is nothing (any more); None for "not modified".

        Raises:
            SourceError: there was no such reply, or the source has to be left alone for now.
        """
        attempts = AsyncRetrying(
            sleep=self.clock.sleep,
            stop=stop_after_attempt(_ATTEMPTS),
            wait=_wait,
            retry=retry_if_exception_type(PassingError),
            reraise=True,
        )
        return await attempts(self._attempt, path, conditions)

    async def further(self, path: str) -> Reply | None:
        """Ask for something that is told beside the thing itself: None where it isn't to be had.

        Raises:
            SourceError: it may be had another time. Where that is because of a limit, nothing else is asked before.
        """
        try:
            reply = await self.reply(path, {})
        except SourceError as error:
            self.closed_until = error.retry_at or self.closed_until
            raise
        return reply if reply and reply.status == OK else None

    async def _attempt(self, path: str, conditions: Mapping[str, str]) -> Reply | None:
        headers = {**self.source.headers, **self._authorisation(), **conditions}
        url = httpx.URL(self.source.address + path)
        for redirects in range(_REDIRECTS + 1):
            reply = await self._request(url, headers)
            if reply.status not in _MOVED:
                reply = reply._replace(redirected=redirects > 0)
                return self._judged(reply, conditional=bool(conditions))
            url = self._redirected(url, reply)
        raise SourceError(f"{self.source.name} redirects without an end")

    async def _request(self, url: httpx.URL, headers: Mapping[str, str]) -> Reply:
        """Send one request when its time has come."""
        # What lies further ahead than any pause can was said when the clock was wrong.
        if self.closed_until and timedelta() < self.closed_until - self.clock.now() <= LONGEST_PAUSE:
            raise self._closed(self.closed_until)
        if (early := self.free_at - self.clock.monotonic()) > 0:
            await self.clock.sleep(early)
        self.free_at = self.clock.monotonic() + self.source.spacing
        self.requests += 1
        name = self.source.name
        # Causes are cut off: a library's error may quote the headers that were sent, and so the token.
        try:
            async with (
                asyncio.timeout(self.whole),
                self.client.stream("GET", url, headers=headers) as response,
            ):
                reply = await read(response)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise PassingError(f"{name} can't be reached", whole_source=True) from None
        except (httpx.TimeoutException, TimeoutError):
            raise PassingError(f"{name} takes too long to answer") from None
        except httpx.TransportError:
            raise PassingError(f"{name} broke the connection off") from None
        except UnreadableError as error:
            raise SourceError(f"{name}'s answer {error}") from None
        # This reply counts; only the next request has to wait.
        self.closed_until = used_up(reply, self.clock.now())
        return reply

    def _judged(self, reply: Reply, *, conditional: bool) -> Reply | None:
        """Give a usable reply, or None for "not modified"."""
        name, status = self.source.name, reply.status
        if status == OK:
            return reply
        if status == _NOT_MODIFIED and conditional:
            return None
        now = self.clock.now()
        until = pause(reply, now)
        if is_limit(reply, now):
            raise self._put_off(
                f"{name} wants fewer requests", until or now + _LIMITED_FOR, whole_source=True
            )
        if status >= _SERVER:
            raise self._put_off(
                f"{name} has a fault of its own ({status})", until, whole_source=status in _DOWN
            )
        if self.source.is_gone(reply):
            return reply
        if status == _UNAUTHORISED:
            said = "refuses the token" if self.token else "wants a token"
            raise SourceError(f"{name} {said}", whole_source=True)
        if status == _FORBIDDEN:
            raise SourceError(f"{name} refuses to tell (403)")
        raise SourceError(f"{name} answers in an unexpected way ({status})")

    def _put_off(self, reason: str, until: datetime | None, *, whole_source: bool) -> SourceError:
        """Make the error of a source that wants to be asked later: in a moment, or not before `until`."""
        seconds = (until - self.clock.now()).total_seconds() if until else None
        if until is None or seconds is None or seconds <= _SHORT:
            return PassingError(reason, wait=seconds, retry_at=until, whole_source=whole_source)
        self.closed_until = until
        return self._closed(until)

    def _closed(self, until: datetime) -> SourceError:
        day = until.date().isoformat()
        on = "" if until.date() == self.clock.now().date() else f"{day_in_words(day)}, "
        said = f"{self.source.name} takes no more requests until {on}{until:%H:%M} UTC"
        return SourceError(said, retry_at=until, whole_source=True)

    def _redirected(self, url: httpx.URL, reply: Reply) -> httpx.URL:
        try:
            target = httpx.URL(urljoin(str(url), reply.headers["location"]))
        except (httpx.InvalidURL, KeyError, ValueError):
            raise SourceError(f"{self.source.name} redirects to no proper address") from None
        # Elsewhere nobody may see the token, nor tell us figures.
        if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
            raise SourceError(f"{self.source.name} redirects to another host, which isn't asked")
        return target

    def _authorisation(self) -> dict[str, str]:
        if not self.token:
            return {}
        if not (self.token.isascii() and self.token.isprintable()) or " " in self.token:
            raise SourceError(
                f"the token for {self.source.name} holds signs that no token has", whole_source=True
            )
        return {"Authorization": f"Bearer {self.token}"}


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    told = error.wait if isinstance(error, PassingError) else None
    # Jitter even then: others were told the same second.
    return (told or 0.0) + _BACKOFF(state)
