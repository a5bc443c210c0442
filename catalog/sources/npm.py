"""npm-stat.com: downloads of a JavaScript package over 30 days, as the registry counts them.

https://npm-stat.com asks the registry's own statistics and hands them on, a number a day. Today's and yesterday's may
not be counted yet, so the 30 days that end two days ago are summed; a day that is missing all the same adds nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from catalog.sources.bodies import count, mapping
from catalog.sources.failures import UnreadableError
from catalog.sources.source import Answer, Figure, LiveSource, package_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.models import Tool
    from catalog.sources.replies import Reply

_NAME: Final = "npm-stat.com"
_DAYS: Final = 30
#: What is younger may not be counted yet.
_COUNTED_AFTER: Final = timedelta(days=2)


def _key(tool: Tool) -> str | None:
    return package_of(tool, "npm")


def _asked(today: date) -> list[str]:
    """Give the days that are asked for, in order."""
    last = today - _COUNTED_AFTER
    return [(last - timedelta(days=ago)).isoformat() for ago in reversed(range(_DAYS))]


def _paths(key: str, today: date) -> Sequence[str]:
    days = _asked(today)
    asked = urlencode({"package": key, "from": days[0], "until": days[-1]}, safe="", quote_via=quote)
    return (f"/api/download-counts?{asked}",)


def _read(key: str, found: Sequence[Any], today: date) -> Answer:
    (body,) = found
    if mapping(body).keys() - {key}:
        raise UnreadableError("is about another package")
    days = mapping(body, key) if body else {}
    downloads = sum(count(days, day) for day in _asked(today) if day in days)
    if not downloads:
        # It says so of a package that it doesn't know, too: nobody knows which of the two it is.
        return Answer(notes=(f"{_NAME} has counted no download of {key}.",))
    return Answer((Figure("monthly_downloads", downloads, "downloads"),))


def _is_gone(reply: Reply) -> bool:
    # What it doesn't know it says by counting nothing: any refusal is about the service and not about a package.
    del reply
    return False


NPM: Final = LiveSource(
    key="npm",
    name=_NAME,
    address="https://npm-stat.com",
    key_of=_key,
    paths=_paths,
    read=_read,
    is_gone=_is_gone,
    # One person runs it for everybody, at their own cost.
    spacing=5.0,
)
