"""Asking: limits, patience, suspicion and politeness, held against a real server."""

from __future__ import annotations

import asyncio
import gzip
import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from catalog.sources.bodies import count
from catalog.sources.fetching import Fetcher, Known, SourceError, Timeouts, Validator
from catalog.sources.github import GITHUB
from catalog.sources.replies import BODY_LIMIT
from catalog.sources.source import Answer, Figure, LiveSource
from tests.catalog.sources.answers import NOT_FOUND, TOO_FAST, USED_UP
from tests.catalog.sources.conftest import NOW, TOKEN
from tests.catalog.sources.service import reply, serving

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from catalog.models import Tool
    from tests.catalog.sources.conftest import Desk, StoppedClock
    from tests.catalog.sources.service import Service


def _read(key: str, found: Sequence[Any], today: date) -> Answer:
    del key, today
    return Answer((Figure("stars", count(found[0], "stars"), "stars"),))


def _key(tool: Tool) -> str | None:
    return tool.name


#: A source as simple as one can be; its key is GitHub's, whose token it gets.
STARS = LiveSource(
    key="github",
    name="Stars",
    address="http://stars.example",
    key_of=_key,
    paths=lambda key, _: (f"/{key}",),
    read=_read,
)
GOOD = reply(200, {"stars": 7})
SEVEN = Answer((Figure("stars", 7, "stars"),))


async def failure(desk: Desk, key: str = "a") -> SourceError:
    """Ask, and give the error that it must end in."""
    with pytest.raises(SourceError) as caught:
        await desk.ask(STARS, key)
    error = caught.value
    # A sentence for people, without what only a program could want.
    assert error.reason.startswith("Stars")
    assert not error.reason.endswith(".")
    assert TOKEN not in repr(error)
    return error


async def stall(writer: asyncio.StreamWriter) -> None:
    """Say nothing."""
    del writer
    await asyncio.Event().wait()


async def trickle(writer: asyncio.StreamWriter) -> None:
    """Send a byte now and then, each before a read would time out."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def endless(writer: asyncio.StreamWriter) -> None:
    """Send on and on."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
    while not writer.is_closing():
        writer.write(b"0," * 50_000)
        await writer.drain()


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Close without a word."""
    writer.close()


async def break_off(writer: asyncio.StreamWriter) -> None:
    """Close in the middle of a body."""
    writer.write(GOOD[:-3])
    await writer.drain()


async def test_a_good_answer(desk: Desk) -> None:
    """An answer is read, and what recognises it is remembered in a form that can be stored."""
    desk.service.on(
        "/a", reply(200, {"stars": 7}, etag='"e1"', last_modified="Sun, 20 Sep 2026 10:00:00 GMT")
    )
    fetched = await desk.ask(STARS, "a")
    assert fetched.answer == SEVEN
    assert fetched.asked == 1
    validator = Validator(etag='"e1"', modified="Sun, 20 Sep 2026 10:00:00 GMT")
    assert fetched.known == Known(validators={"/a": validator}, answered_at=NOW)
    assert Known.model_validate_json(fetched.known.model_dump_json()) == fetched.known
    assert desk.clock.waits == []


async def test_who_asks_says_so(desk: Desk) -> None:
    """Each request says who asks, what for and where to complain, and shows its own source's token alone."""
    desk.service.on("/a", GOOD)
    await desk.ask(STARS, "a")
    await desk.ask(replace(STARS, key="npm"), "a")
    first, second = (request.headers for request in desk.service.requests)
    assert first["user-agent"].startswith("Matchbook/")
    assert "ops@example.org" in first["user-agent"]
    assert first["authorization"] == f"Bearer {TOKEN}"
    assert "authorization" not in second


async def test_unchanged(desk: Desk) -> None:
    """What was known is shown; "not modified" is no answer and keeps what was known."""
    desk.service.on("/a", reply(200, {"stars": 7}, etag='"e1"', last_modified="then"), reply(304))
    first = await desk.ask(STARS, "a")
    second = await desk.ask(STARS, "a", first.known)
    assert second == (None, first.known, 1)
    headers = desk.service.requests[1].headers
    assert headers["if-none-match"] == '"e1"'
    assert headers["if-modified-since"] == "then"


async def test_after_a_month_all_is_asked_again(desk: Desk) -> None:
    """What was confirmed for four weeks is asked for whole, so that its figures are dated anew."""
    desk.service.on("/a", reply(200, {"stars": 7}, etag='"e1"'))
    known = (await desk.ask(STARS, "a")).known
    desk.clock.passed += timedelta(days=27).total_seconds()
    await desk.ask(STARS, "a", known)
    desk.clock.passed += timedelta(days=1).total_seconds()
    await desk.ask(STARS, "a", known)
    shown = ["if-none-match" in request.headers for request in desk.service.requests]
    assert shown == [False, True, False]


async def test_not_modified_of_nothing(desk: Desk) -> None:
    """A 304 that nobody asked for is an error, not an unchanged figure."""
    desk.service.on("/a", reply(304))
    assert "304" in (await failure(desk)).reason


@pytest.mark.parametrize("etag", ["x" * 300, '"\x7f"', '"é"'])
async def test_an_odd_validator_is_forgotten(desk: Desk, etag: str) -> None:
    """An ETag that can't be sent back as it is isn't kept."""
    desk.service.on("/a", reply(200, {"stars": 7}, etag=etag))
    assert (await desk.ask(STARS, "a")).known.validators == {}


async def test_a_fault_that_passes(desk: Desk) -> None:
    """A fault of the server's is tried again after a pause, and the answer is used."""
    desk.service.on("/a", reply(502, b"<html>Bad Gateway</html>"), reply(500), GOOD)
    fetched = await desk.ask(STARS, "a")
    assert fetched.answer == SEVEN
    assert fetched.asked == 3
    first, second = (wait for wait in desk.clock.waits if wait >= 1)
    assert 1 <= first <= 2
    assert 2 <= second <= 3


@pytest.mark.parametrize(("status", "whole"), [(500, False), (502, True), (503, True), (504, True)])
async def test_a_fault_that_stays(desk: Desk, status: int, whole: bool) -> None:  # noqa: FBT001 (a row of the table)
    """After three attempts it is an error; of a service that is down nothing else need be asked."""
    desk.service.on("/a", reply(status, b"oops"))
    error = await failure(desk)
    assert str(status) in error.reason
    assert error.whole_source is whole
    assert len(desk.service.requests) == 3


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["3", "Sun, 20 Sep 2026 12:00:03 GMT"])
async def test_a_short_pause_is_waited_for(desk: Desk, status: int, after: str) -> None:
    """Who asks for a few seconds (as a number or a date) gets them, and is asked again."""
    desk.service.on("/a", reply(status, retry_after=after), GOOD)
    assert (await desk.ask(STARS, "a")).answer == SEVEN
    assert 4 <= desk.clock.passed <= 5


@pytest.mark.parametrize("status", [429, 403, 503])
@pytest.mark.parametrize("after", ["3600", "Sun, 20 Sep 2026 13:00:00 GMT"])
async def test_a_long_pause_is_kept(desk: Desk, status: int, after: str) -> None:
    """Who asks for an hour isn't waited for nor asked about anything else before; then they are."""
    desk.service.on("/a", reply(status, retry_after=after), GOOD)
    desk.service.on("/b", GOOD)
    for key in ("a", "b"):
        error = await failure(desk, key)
        assert error.reason == "Stars takes no more requests until 13:00 UTC"
        assert error.retry_at == NOW + timedelta(hours=1)
        assert error.whole_source
    assert desk.service.paths == ["/a"]
    desk.clock.passed += 3601
    assert (await desk.ask(STARS, "b")).answer == SEVEN


@pytest.mark.parametrize("status", [403, 429])
async def test_githubs_limit(desk: Desk, status: int) -> None:
    """GitHub's limit is known by its headers, whichever status it comes with."""
    reset = str(int((NOW + timedelta(minutes=40)).timestamp()))
    limits = {"x_ratelimit_limit": "60", "x_ratelimit_remaining": "0", "x_ratelimit_reset": reset}
    desk.service.on("/a", reply(status, USED_UP, **limits))
    error = await failure(desk)
    assert error.retry_at == NOW + timedelta(minutes=40)
    assert error.whole_source
    assert len(desk.service.requests) == 1


async def test_githubs_second_limit(desk: Desk) -> None:
    """A 403 that speaks of a limit but not of a time is a limit too."""
    desk.service.on("/a", reply(403, TOO_FAST, x_ratelimit_remaining="4000"))
    error = await failure(desk)
    assert error.whole_source
    assert error.retry_at == NOW + timedelta(minutes=15)


async def test_the_last_request_counts(desk: Desk) -> None:
    """The answer that says "this was the last" is used; nothing is asked before there is more."""
    reset = str(int((NOW + timedelta(minutes=10)).timestamp()))
    desk.service.on("/a", reply(200, {"stars": 7}, x_ratelimit_remaining="0", x_ratelimit_reset=reset))
    assert (await desk.ask(STARS, "a")).answer == SEVEN
    error = await failure(desk, "b")
    assert error.retry_at == NOW + timedelta(minutes=10)
    assert desk.service.paths == ["/a"]


@pytest.mark.parametrize("after", ["soon", "-5", "", "1e9", "NaN", "Sun, 99 Foo 2026 99:00:00 GMT"])
async def test_a_nonsensical_pause(desk: Desk, after: str) -> None:
    """A pause that can't be read is one that wasn't given."""
    desk.service.on("/a", reply(429, retry_after=after))
    assert (await failure(desk)).retry_at == NOW + timedelta(minutes=15)


@pytest.mark.parametrize("after", ["999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
async def test_no_pause_is_longer_than_a_month(desk: Desk, after: str) -> None:
    """Who asks for years is asked again after 30 days; the reason names the day."""
    desk.service.on("/a", reply(429, retry_after=after))
    error = await failure(desk)
    assert error.retry_at == NOW + timedelta(days=30)
    assert error.reason == "Stars takes no more requests until 20 October 2026, 12:00 UTC"


async def test_a_pause_of_days_is_kept(desk: Desk) -> None:
    """Who asks for three days gets them."""
    desk.service.on("/a", reply(429, retry_after="259200"), GOOD)
    assert (await failure(desk)).retry_at == NOW + timedelta(days=3)
    desk.clock.passed += timedelta(days=2).total_seconds()
    assert (await failure(desk)).retry_at == NOW + timedelta(days=3)
    desk.clock.passed += timedelta(days=1).total_seconds()
    assert (await desk.ask(STARS, "a")).answer == SEVEN


async def test_a_clock_that_was_ahead_closes_nothing(desk: Desk) -> None:
    """A pause that lies further ahead than any can, and an answer of next year, are those of a wrong clock."""
    desk.service.on("/a", reply(200, {"stars": 7}, etag='"e1"'), reply(429, retry_after="3600"), GOOD)
    desk.clock.passed += timedelta(days=365).total_seconds()
    known = (await desk.ask(STARS, "a")).known
    await failure(desk)
    desk.clock.passed -= timedelta(days=365).total_seconds()
    assert (await desk.ask(STARS, "a", known)).answer == SEVEN
    assert "if-none-match" not in desk.service.requests[-1].headers


async def test_nothing_there(desk: Desk) -> None:
    """What isn't there is a flag; the next time all is asked again."""
    desk.service.on("/a", reply(404, NOT_FOUND, etag='"e1"'))
    fetched = await desk.ask(STARS, "a")
    assert fetched.answer is not None
    assert fetched.answer.flags[0].text == "Stars has nothing under a any more (404)."
    assert fetched.known == Known()


async def test_a_refused_token(desk: Desk) -> None:
    """A refused token ends the run for this source, and isn't shown."""
    desk.service.on("/a", reply(401, {"message": "Bad credentials"}))
    error = await failure(desk)
    assert error.reason == "Stars refuses the token"
    assert error.whole_source


@pytest.mark.parametrize(("status", "said"), [(403, "refuses to tell"), (418, "unexpected way")])
async def test_a_refusal_of_one_thing(desk: Desk, status: int, said: str) -> None:
    """A refusal that isn't about limits concerns this one thing."""
    desk.service.on("/a", reply(status, {"message": "Resource not accessible"}))
    error = await failure(desk)
    assert said in error.reason
    assert not error.whole_source
    assert len(desk.service.requests) == 1


async def test_redirects_within_the_host_are_followed(desk: Desk) -> None:
    """Up to three redirects are followed, relative ones too."""
    for number, status in enumerate((302, 307, 308)):
        desk.service.on(f"/{number}", reply(status, location=f"{number + 1}"))
    desk.service.on("/3", GOOD)
    fetched = await desk.ask(STARS, "0")
    assert fetched.answer == SEVEN
    assert fetched.asked == 4


async def test_a_redirect_without_an_address(desk: Desk) -> None:
    """A redirect that doesn't say where to isn't followed."""
    desk.service.on("/a", reply(301))
    assert "no proper address" in (await failure(desk)).reason
    assert len(desk.service.requests) == 1


async def test_a_redirect_in_a_circle(desk: Desk) -> None:
    """A redirect without an end is given up."""
    desk.service.on("/a", reply(301, location="/a"))
    assert "without an end" in (await failure(desk)).reason
    assert len(desk.service.requests) == 4


async def test_no_token_leaves_the_host(desk: Desk) -> None:
    """A redirect to another host isn't followed, so that it neither sees a token nor tells a figure."""
    async with serving() as elsewhere:
        elsewhere.on("/a", GOOD)
        desk.service.on("/a", reply(302, location=f"{elsewhere.address}/a"))
        assert "another host" in (await failure(desk)).reason
        assert elsewhere.requests == []


@pytest.mark.parametrize(
    "location", ["http://[", "ftp://127.0.0.1/a", "https://127.0.0.1/a", "//example.org/a"]
)
async def test_a_redirect_to_nowhere(desk: Desk, location: str) -> None:
    """A redirect to a broken address or another scheme isn't followed."""
    desk.service.on("/a", reply(301, location=location))
    assert "redirects to" in (await failure(desk)).reason


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\x00\xff\xfe garbage", "isn't JSON"),
        (b"", "isn't JSON"),
        (b'{"stars": 7', "isn't JSON"),
        (b'{"stars": NaN}', "isn't JSON"),
        (b'{"stars": 1' + b"0" * 6000 + b"}", "isn't JSON"),
        (b"[" * 100_000, "isn't JSON"),
        (b"<!DOCTYPE html><title>Log in</title>", "is a web page"),
        (b"\n <html>", "is a web page"),
        (b"[]", "has no fields"),
        (b"null", "has no fields"),
        (b'"7"', "has no fields"),
        (b"{}", "has no whole number as stars"),
        (b'{"stars": "7"}', "has no whole number as stars"),
        (b'{"stars": 7.0}', "has no whole number as stars"),
        (b'{"stars": 1e400}', "has no whole number as stars"),
        (b'{"stars": -7}', "has an impossible number as stars"),
        (b" " * (BODY_LIMIT + 1), "is larger than"),
    ],
)
async def test_a_bad_body_is_never_a_figure(desk: Desk, body: bytes, said: str) -> None:
    """Garbage, pages, wrong shapes and huge bodies end in a plain sentence, and aren't asked for again."""
    desk.service.on("/a", reply(200, body))
    error = await failure(desk)
    assert said in error.reason
    assert not error.whole_source
    assert len(desk.service.requests) == 1


async def test_a_packed_answer(desk: Desk) -> None:
    """A gzipped answer is unpacked."""
    desk.service.on("/a", reply(200, gzip.compress(b'{"stars": 7}'), content_encoding="gzip"))
    assert (await desk.ask(STARS, "a")).answer == SEVEN
    assert desk.service.requests[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("body", "coding", "said"),
    [
        # Without the time in them, which names these tests: workers that begin in two seconds must name them alike.
        (gzip.compress(b" " * 50_000_000, mtime=0), "gzip", "is larger than"),
        (b"not gzip at all", "gzip", "can't be unpacked"),
        (gzip.compress(b'{"stars": 7}' * 99, mtime=0)[:30], "gzip", "is packed and broken off"),
        (b"?", "br", "nobody asked for"),
    ],
)
async def test_a_badly_packed_answer(desk: Desk, body: bytes, coding: str, said: str) -> None:
    """A few kilobytes that unpack to gigabytes, or to nothing, are an error and no danger."""
    desk.service.on("/a", reply(200, body, content_encoding=coding))
    assert said in (await failure(desk)).reason


async def test_a_refusal_with_a_huge_page(desk: Desk) -> None:
    """How large a refusal is doesn't matter; its status does."""
    desk.service.on("/a", reply(404, b"x" * (BODY_LIMIT + 1000)))
    assert (await desk.ask(STARS, "a")).answer is not None


async def test_an_endless_answer(desk: Desk) -> None:
    """A body without an end is left off."""
    desk.service.on("/a", endless)
    assert "is larger than" in (await failure(desk)).reason


async def test_a_silent_service(desk: Desk) -> None:
    """A service that doesn't answer in time is tried three times."""
    desk.service.on("/a", stall)
    assert (await failure(desk)).reason == "Stars takes too long to answer"
    assert len(desk.service.requests) == 3


async def test_a_trickle(desk: Desk) -> None:
    """A body that comes byte by byte is left off when its time is over, though no single read was slow."""
    desk.service.on("/a", trickle)
    assert (await failure(desk)).reason == "Stars takes too long to answer"


@pytest.mark.parametrize("script", [hang_up, break_off, b"SSH-2.0-OpenSSH_9.2\r\n"])
async def test_a_broken_connection(desk: Desk, script: Any) -> None:  # noqa: ANN401 (a reply or how to write one)
    """A connection that breaks, or speaks no HTTP, is tried three times."""
    desk.service.on("/a", script)
    assert (await failure(desk)).reason == "Stars broke the connection off"
    assert len(desk.service.requests) == 3


async def test_a_connection_that_breaks_once(desk: Desk) -> None:
    """What broke once and then answers has answered."""
    desk.service.on("/a", break_off, GOOD)
    assert (await desk.ask(STARS, "a")).answer == SEVEN


async def test_nobody_listens(desk: Desk) -> None:
    """A service that can't be reached is down: nothing else is asked of it."""
    async with serving() as gone:
        address = gone.address
    with pytest.raises(SourceError) as caught:
        await desk.fetcher.ask(replace(STARS, address=address), "a", None)
    assert caught.value.reason == "Stars can't be reached"
    assert caught.value.whole_source


async def test_three_failures_in_a_row_are_no_coincidence(desk: Desk) -> None:
    """The third thing in a row that fails speaks for the whole source; one that works begins anew."""
    desk.service.on("/bad", reply(200, b"garbage"))
    desk.service.on("/good", GOOD)
    found = [(await failure(desk, "bad")).whole_source for _ in range(3)]
    await desk.ask(STARS, "good")
    assert [*found, (await failure(desk, "bad")).whole_source] == [False, False, True, False]


async def test_one_at_a_time_and_spaced(desk: Desk) -> None:
    """However many ask at once, a source gets one request at a time, spaced; two sources don't wait for each other."""
    desk.service.on("/a", GOOD)
    slow = replace(STARS, spacing=6.0)
    await asyncio.gather(*(desk.ask(slow, "a") for _ in range(5)))
    assert desk.service.most_at_once == 1
    assert desk.clock.passed == pytest.approx(24)
    await desk.ask(replace(slow, key="npm"), "a")
    assert desk.clock.passed == pytest.approx(24)


async def test_one_source_harms_no_other(desk: Desk) -> None:
    """While one source stalls and fails, another answers."""
    desk.service.on("/a", stall)
    desk.service.on("/b", GOOD)
    stalled = asyncio.create_task(desk.ask(STARS, "a"))
    async with asyncio.timeout(1):
        assert (await desk.ask(replace(STARS, key="npm"), "b")).answer == SEVEN
    assert not stalled.done()
    with pytest.raises(SourceError):
        await stalled


async def test_giving_up_waiting_leaves_no_lock(desk: Desk) -> None:
    """Who stops in the middle of asking leaves the source to the next."""
    desk.service.on("/a", stall)
    desk.service.on("/b", GOOD)
    task = asyncio.create_task(desk.ask(STARS, "a"))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await desk.ask(STARS, "b")).answer == SEVEN


@pytest.mark.parametrize(
    "script", [hang_up, stall, reply(401), reply(200, TOKEN.encode()), reply(500, TOKEN.encode())]
)
async def test_the_token_is_never_told(desk: Desk, caplog: pytest.LogCaptureFixture, script: Any) -> None:  # noqa: ANN401 (a reply or how to write one)
    """No log line and no error holds the token, whatever happens and whatever is sent back."""
    # The bot keeps these quiet; a test of it may have run before.
    for name in (None, "httpx", "httpcore"):
        caplog.set_level(logging.DEBUG, logger=name)
    desk.service.on("/a", script)
    error = await failure(desk)
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    assert desk.service.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert caplog.records
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(list(desk.fetcher._lanes.values()))


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "schlüssel", "\x00"])
async def test_a_token_that_is_none(service: Service, clock: StoppedClock, token: str) -> None:
    """A token that can't be one is said to be so, without being shown or sent."""
    async with Fetcher(
        tokens={"github": SecretStr(token)}, clock=clock, timeouts=Timeouts(2, 1, 1)
    ) as fetcher:
        with pytest.raises(SourceError, match="no token has") as caught:
            await fetcher.ask(replace(STARS, address=service.address), "a", None)
    assert token not in caught.value.reason
    assert caught.value.whole_source
    assert service.requests == []


@pytest.mark.parametrize("contact", [None, "", "x\r\nX-Evil: 1", "Zoë <zoë@example.org>"])
async def test_the_contact_is_one_plain_line(
    service: Service, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch, contact: str | None
) -> None:
    """Whatever stands in the settings, the User-Agent is one header."""
    monkeypatch.setenv("NO_PROXY", "*")
    service.on("/repos/a/b", reply(404))
    async with Fetcher(contact=contact, clock=clock) as fetcher:
        await fetcher.ask(replace(GITHUB, address=service.address), "a/b", None)
    (request,) = service.requests
    assert "x-evil" not in request.headers
    assert request.headers["user-agent"].startswith("Matchbook/")
    assert "authorization" not in request.headers
