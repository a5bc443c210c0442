"""GitHub: stars, forks, the last commit and the latest release of a repository; whether it moved or was archived.

https://docs.github.com/rest/repos/repos#get-a-repository: 60 requests an hour, with a token 5,000; with a token, those
that are answered "not modified" don't count.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from catalog import addresses
from catalog.models import LinkKind
from catalog.sources.bodies import count, days_since, is_set, text
from catalog.sources.failures import UnreadableError
from catalog.sources.source import Answer, Concern, Figure, Flag, LiveSource, is_missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from catalog.models import Tool
    from catalog.sources.replies import Reply

_FORBIDDEN: Final = 403


def _key(tool: Tool) -> str | None:
    return next(
        (key for link in tool.links if link.kind is LinkKind.REPOSITORY if (key := _path(link.url))), None
    )


def _path(url: str) -> str | None:
    """Read ``owner/name`` out of a repository's address; a folder within one has figures of its own nowhere."""
    found = addresses.repository(url)
    return found.path if found and found.host == addresses.GITHUB and not found.folder else None


def _paths(key: str, today: date) -> Sequence[str]:
    del today  # it is asked for what is so now
    return f"/repos/{key}", f"/repos/{key}/releases/latest"


def _read(key: str, found: Sequence[Any], today: date) -> Answer:
    repository, release = found
    name = text(repository, "full_name")
    if addresses.at_github(name) is None:
        raise UnreadableError("has no repository's name as full_name")
    if is_set(repository, "private"):
        # A token may see what nobody else does.
        return Answer(flags=(Flag(Concern.GONE, f"{key} isn't public on GitHub any more."),))
    figures = [
        Figure("github_stars", count(repository, "stargazers_count"), "stars"),
        Figure("github_forks", count(repository, "forks_count"), "forks"),
    ]
    # Nothing was pushed to an empty repository, and not everything is released.
    if (days := days_since(repository, "pushed_at", today)) is not None:
        figures.append(Figure("days_since_commit", days, "days"))
    if (days := _released(release, today)) is not None:
        figures.append(Figure("days_since_release", days, "days"))
    return Answer(tuple(figures), tuple(_flags(key, name, archived=is_set(repository, "archived"))))


def _released(release: Any, today: date) -> int | None:  # noqa: ANN401 (JSON holds anything)
    # What is said of the repository itself holds whatever this is.
    with suppress(UnreadableError):
        return None if release is None else days_since(release, "published_at", today)
    return None


def _flags(key: str, name: str, *, archived: bool) -> Iterator[Flag]:
    if name.casefold() != key.casefold():
        yield Flag(Concern.MOVED, f"{key} is {name} on GitHub now.", f"https://github.com/{name}")
    if archived:
        yield Flag(Concern.ARCHIVED, f"{name} was archived on GitHub: its owners take no more changes.")


def _is_gone(reply: Reply) -> bool:
    # What breaks GitHub's terms is blocked: its 403 is for good.
    return is_missing(reply) or (reply.status == _FORBIDDEN and reply.says("access blocked"))


GITHUB: Final = LiveSource(
    key="github",
    name="GitHub",
    address="https://api.github.com",
    key_of=_key,
    paths=_paths,
    read=_read,
    is_gone=_is_gone,
    headers={"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
)
