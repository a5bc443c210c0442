"""GitHub, as it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from catalog.models import Link, LinkKind, Tool
from catalog.sources.fetching import SourceError
from catalog.sources.github import GITHUB
from catalog.sources.source import Concern, Figure
from tests.catalog.sources.answers import NOT_FOUND, RELEASE, REPOSITORY
from tests.catalog.sources.service import reply

if TYPE_CHECKING:
    from tests.catalog.sources.conftest import Desk

KEY = "vllm-project/vllm"
REPO = f"/repos/{KEY}"
RELEASES = f"{REPO}/releases/latest"


def tool(url: str, kind: LinkKind = LinkKind.REPOSITORY) -> Tool:
    """Make a tool of one link."""
    return Tool(name="x", links=(Link(kind=kind, url=url),))


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://github.com/vllm-project/vllm", KEY),
        ("https://www.github.com/vllm-project/vllm/", KEY),
        ("http://github.com/vllm-project/vllm.git", KEY),
        ("https://GitHub.com/vllm-project/vllm?tab=readme#top", KEY),
        ("https://github.com/ggml-org/llama.cpp", "ggml-org/llama.cpp"),
        ("https://github.com/vllm-project", None),
        ("https://github.com/vllm-project/vllm/tree/main/benchmarks", None),
        ("https://github.com/vllm-project/..", None),
        ("https://github.com/vllm-project/%2e%2e", None),
        ("https://github.com/topics/llm", None),
        ("https://gist.github.com/someone/0123", None),
        ("https://github.com.example.org/vllm-project/vllm", None),
        ("https://gitlab.com/vllm-project/vllm", None),
    ],
)
def test_a_repository_is_found_by_its_address(url: str, key: str | None) -> None:
    """An address of a repository gives owner and name; of anything else, nothing."""
    assert GITHUB.key_of(tool(url)) == key


def test_only_the_repository_link_counts() -> None:
    """A homepage or wiki on GitHub says nothing of where the code is."""
    assert GITHUB.key_of(tool("https://github.com/vllm-project/vllm", LinkKind.HOMEPAGE)) is None
    assert GITHUB.key_of(Tool(name="x")) is None


async def test_figures(desk: Desk) -> None:
    """Stars, forks, days since the last push and since the latest release are read."""
    desk.service.on(REPO, reply(200, REPOSITORY))
    desk.service.on(RELEASES, reply(200, RELEASE))
    fetched = await desk.ask(GITHUB, KEY)
    assert fetched.answer is not None
    assert fetched.answer.figures == (
        Figure("github_stars", 61234, "stars"),
        Figure("github_forks", 9876, "forks"),
        Figure("days_since_commit", 2, "days"),
        Figure("days_since_release", 10, "days"),
    )
    assert fetched.answer.flags == ()
    assert fetched.asked == 2
    asked = desk.service.requests[0].headers
    assert asked["accept"] == "application/vnd.github+json"
    assert asked["x-github-api-version"] == "2022-11-28"


async def test_nothing_released_and_nothing_pushed(desk: Desk) -> None:
    """A repository without releases, and one without a commit, have no such figures."""
    desk.service.on(REPO, reply(200, REPOSITORY | {"pushed_at": None}))
    desk.service.on(RELEASES, reply(404, NOT_FOUND))
    answer = (await desk.ask(GITHUB, KEY)).answer
    assert answer is not None
    assert [figure.metric for figure in answer.figures] == ["github_stars", "github_forks"]
    assert answer.flags == ()


async def test_an_unchanged_repository_costs_one_request(desk: Desk) -> None:
    """The second time the ETag is shown, and the release isn't asked for where nothing changed."""
    desk.service.on(REPO, reply(200, REPOSITORY, etag='W/"abc"'), reply(304, etag='W/"abc"'))
    desk.service.on(RELEASES, reply(200, RELEASE))
    first = await desk.ask(GITHUB, KEY)
    second = await desk.ask(GITHUB, KEY, first.known)
    assert second.answer is None
    assert second.asked == 1
    assert second.known == first.known
    assert desk.service.requests[-1].headers["if-none-match"] == 'W/"abc"'


async def test_a_renamed_repository_is_followed_and_flagged(desk: Desk) -> None:
    """A 301 is followed; the figures are the new one's, and the flag says where it is now."""
    moved = {"message": "Moved Permanently", "url": "https://api.github.com/repositories/599547518"}
    desk.service.on(
        "/repos/old/name", reply(301, moved, location=f"{desk.service.address}/repositories/599547518")
    )
    desk.service.on("/repositories/599547518", reply(200, REPOSITORY))
    fetched = await desk.ask(GITHUB, "old/name")
    assert fetched.answer is not None
    (flag,) = fetched.answer.flags
    assert flag.concern is Concern.MOVED
    assert flag.url == "https://github.com/vllm-project/vllm"
    assert flag.text == "old/name is vllm-project/vllm on GitHub now."
    assert fetched.answer.figures[0].value == 61234
    assert fetched.asked == 3


async def test_another_name_without_a_redirect_is_no_figure(desk: Desk) -> None:
    """It may have moved, but its figures aren't believed; another case of the same name is no other name."""
    desk.service.on("/repos/old/name", reply(200, REPOSITORY))
    desk.service.on("/repos/VLLM-Project/vLLM", reply(200, REPOSITORY))
    moved = (await desk.ask(GITHUB, "old/name")).answer
    same = (await desk.ask(GITHUB, "VLLM-Project/vLLM")).answer
    assert moved is not None
    assert same is not None
    assert [flag.concern for flag in moved.flags] == [Concern.MOVED]
    assert moved.figures == ()
    assert same.flags == ()
    assert same.figures


@pytest.mark.parametrize(
    "failing",
    [
        reply(500),
        reply(403, {"message": "Resource not accessible"}),
        reply(301, location=RELEASES),
        reply(200, b"<html>"),
        reply(200, []),
        reply(200, RELEASE | {"published_at": 7}),
    ],
)
async def test_a_fault_beside_it_costs_nothing(desk: Desk, failing: bytes) -> None:
    """Where the latest release can't be had the repository's figures are kept all the same."""
    desk.service.on(REPO, reply(200, REPOSITORY))
    desk.service.on(RELEASES, failing)
    answer = (await desk.ask(GITHUB, KEY)).answer
    assert answer is not None
    assert [figure.metric for figure in answer.figures] == [
        "github_stars",
        "github_forks",
        "days_since_commit",
    ]


async def test_what_could_not_be_had_is_asked_for_again(desk: Desk) -> None:
    """The next time all is asked anew, though the repository itself may not have changed."""
    desk.service.on(REPO, reply(200, REPOSITORY, etag='"a"'))
    desk.service.on(RELEASES, reply(500), reply(500), reply(500), reply(200, RELEASE))
    first = await desk.ask(GITHUB, KEY)
    assert first.known.validators == {}
    second = (await desk.ask(GITHUB, KEY, first.known)).answer
    assert second is not None
    assert second.figures[-1] == Figure("days_since_release", 10, "days")


@pytest.mark.parametrize("after", ["3600", "5"])
async def test_a_limit_beside_it_is_a_limit(desk: Desk, after: str) -> None:
    """The answer is kept, and nothing else is asked before the time that was named."""
    desk.service.on(REPO, reply(200, REPOSITORY))
    desk.service.on(RELEASES, reply(429, retry_after=after))
    answer = (await desk.ask(GITHUB, KEY)).answer
    assert answer is not None
    assert answer.figures
    asked = len(desk.service.requests)
    with pytest.raises(SourceError, match="takes no more requests"):
        await desk.ask(GITHUB, KEY)
    assert len(desk.service.requests) == asked


async def test_an_archived_repository_is_flagged(desk: Desk) -> None:
    """What takes no more changes keeps its figures and is flagged."""
    desk.service.on(REPO, reply(200, REPOSITORY | {"archived": True}))
    answer = (await desk.ask(GITHUB, KEY)).answer
    assert answer is not None
    assert [flag.concern for flag in answer.flags] == [Concern.ARCHIVED]
    assert answer.figures


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, NOT_FOUND),
        (410, NOT_FOUND),
        (451, {"message": "Repository access blocked", "block": {"reason": "dmca"}}),
        (403, {"message": "Repository access blocked", "block": {"reason": "tos"}}),
        (200, REPOSITORY | {"private": True}),
    ],
)
async def test_a_vanished_repository_is_flagged(desk: Desk, status: int, body: Any) -> None:  # noqa: ANN401 (JSON holds anything)
    """What was deleted, blocked or made private is a flag without figures, and no error."""
    desk.service.on(REPO, reply(status, body))
    answer = (await desk.ask(GITHUB, KEY)).answer
    assert answer is not None
    assert answer.figures == ()
    (flag,) = answer.flags
    assert flag.concern is Concern.GONE
    assert KEY in flag.text


async def test_a_redirect_into_nothing_is_gone(desk: Desk) -> None:
    """A repository that was moved and then deleted is gone."""
    desk.service.on(REPO, reply(301, {"message": "Moved Permanently"}, location="/repositories/1"))
    answer = (await desk.ask(GITHUB, KEY)).answer
    assert answer is not None
    assert [flag.concern for flag in answer.flags] == [Concern.GONE]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"stargazers_count": -1}, "impossible number as stargazers_count"),
        ({"stargazers_count": 10**15}, "impossible number as stargazers_count"),
        ({"stargazers_count": "61234"}, "no whole number as stargazers_count"),
        ({"stargazers_count": 61234.5}, "no whole number as stargazers_count"),
        ({"stargazers_count": True}, "no whole number as stargazers_count"),
        ({"stargazers_count": None}, "no whole number as stargazers_count"),
        ({"forks_count": [9876]}, "no whole number as forks_count"),
        ({"pushed_at": "yesterday"}, "no date as pushed_at"),
        ({"pushed_at": 1789000000}, "no date as pushed_at"),
        ({"pushed_at": "1970-01-01T00:00:00Z"}, "impossible date as pushed_at"),
        ({"pushed_at": "2027-09-20T00:00:00Z"}, "impossible date as pushed_at"),
        ({"pushed_at": "9999-12-31T23:59:59-23:59"}, "no date as pushed_at"),
        ({"full_name": None}, "no text as full_name"),
        ({"full_name": "../../etc"}, "no repository's name as full_name"),
        ({"full_name": "x" * 500}, "no text as full_name"),
        ({"archived": "no"}, "neither yes nor no as archived"),
    ],
)
async def test_a_wrong_value_is_never_a_figure(desk: Desk, changed: dict[str, Any], reason: str) -> None:
    """A field of the wrong type, or a number or date that can't be, is an error that names it."""
    desk.service.on(REPO, reply(200, REPOSITORY | changed))
    with pytest.raises(SourceError, match=reason) as caught:
        await desk.ask(GITHUB, KEY)
    assert not caught.value.whole_source


async def test_a_push_of_tomorrow_is_one_of_today(desk: Desk) -> None:
    """Clocks and time zones differ by a day; that is no error and no negative age."""
    desk.service.on(REPO, reply(200, REPOSITORY | {"pushed_at": "2026-09-21T08:00:00Z"}))
    answer = (await desk.ask(GITHUB, KEY)).answer
    assert answer is not None
    assert Figure("days_since_commit", 0, "days") in answer.figures
