"""What a service replied: its body read with care, and when it wants to be asked again."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from catalog.sources.failures import UnreadableError

if TYPE_CHECKING:
    import httpx

#: Most bytes of a body; what is asked for has a few thousand.
BODY_LIMIT: Final = 2_000_000
#: Longest pause that a service can impose: after it, it is asked as usual, and may refuse again.
LONGEST_PAUSE: Final = timedelta(days=30)
#: A reset below this counts seconds from now, above it those since 1970.
_EPOCH: Final = 1_000_000_000
#: ``"api";r=0;t=55``: remaining requests, and seconds until there are more.
_RATE_LIMIT: Final = re.compile(r";\s*r=(\d+)\s*;\s*t=(\d+)")
_NUMBER: Final = re.compile(r"\d{1,15}(?:\.\d{1,9})?")
#: More digits of a number aren't read.
_DIGITS: Final = 15
_LIMITED: Final = frozenset({403, 429})
_TOO_MANY: Final = 429
_UNAVAILABLE: Final = 503
_REFUSED: Final = 400


class Reply(NamedTuple):
    """A reply to one request.

    Attributes:
        status: its HTTP status.
        headers: its headers; names in any case.
        body: its body, decompressed; of a refusal perhaps only the beginning.
        redirected: whether the service itself led there from another address.
    """

    status: int
    headers: httpx.Headers
    body: bytes
    redirected: bool = False

    def says(self, words: str) -> bool:
        """Tell whether a refusal's text holds some words, in any case."""
        return words.casefold() in self.body.decode("utf-8", "replace").casefold()


async def read(response: httpx.Response) -> Reply:
    """Read a streamed response: at most `BODY_LIMIT` bytes of it, compressed or not.

    Raises:
        UnreadableError: a good reply's body is too large or can't be decompressed.
        httpx.TransportError: the connection broke.
    """
    refused = response.status_code >= _REFUSED
    coding = response.headers.get("content-encoding", "identity").strip().casefold()
    # The body is unpacked here and not by httpx: a few kilobytes can stand for gigabytes.
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if coding == "gzip" else None
    if coding not in {"gzip", "identity", ""}:
        raise UnreadableError("is packed in a way that nobody asked for")
    body = bytearray()
    async for chunk in response.aiter_raw():
        try:
            body += unpack.decompress(chunk, BODY_LIMIT + 1 - len(body)) if unpack else chunk
        except zlib.error:
            raise UnreadableError("is packed and can't be unpacked") from None
        if len(body) > BODY_LIMIT:
            if refused:
                break
            raise UnreadableError("is larger than any answer should be")
    if unpack and not unpack.eof and not refused and body:
        raise UnreadableError("is packed and broken off")
    return Reply(response.status_code, response.headers, bytes(body[:BODY_LIMIT]))


def pause(reply: Reply, now: datetime) -> datetime | None:
    """Say until when a refusal asks to be left alone; None where it isn't about limits, or doesn't say how long.

    Retry-After goes first (seconds or a date), then the reset of a used-up limit (X-RateLimit-Reset, RateLimit).
    """
    if reply.status not in {*_LIMITED, _UNAVAILABLE}:
        return None
    return _retry_after(reply, now) or used_up(reply, now)


def is_limit(reply: Reply, now: datetime) -> bool:
    """Tell whether a refusal is about too many requests: any 429, and those 403 that say so."""
    if reply.status == _TOO_MANY:
        return True
    return reply.status in _LIMITED and (pause(reply, now) is not None or reply.says("rate limit"))


def used_up(reply: Reply, now: datetime) -> datetime | None:
    """Say when there will be requests again, where a reply says that this was the last; else None."""
    headers = reply.headers
    if found := _RATE_LIMIT.search(headers.get("ratelimit", "")):
        remaining, seconds = found.groups()
        return _within(now, float(seconds[:_DIGITS])) if not int(remaining[:_DIGITS]) else None
    if headers.get("x-ratelimit-remaining", "").strip() != "0":
        return None
    reset = headers.get("x-ratelimit-reset", "").strip()
    if not _NUMBER.fullmatch(reset):
        return None
    seconds_left = float(reset)
    return _within(now, seconds_left - now.timestamp() if seconds_left >= _EPOCH else seconds_left)


def _retry_after(reply: Reply, now: datetime) -> datetime | None:
    value = reply.headers.get("retry-after", "").strip()
    if _NUMBER.fullmatch(value):
        return _within(now, float(value))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    # A date without a zone (-0000) is one of UTC.
    return _within(now, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())


def _within(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=min(max(seconds, 0.0), LONGEST_PAUSE.total_seconds()))
