"""npm's download counts: downloads of a JavaScript package in the last 30 days.

https://github.com/npm/registry/blob/main/docs/download-counts.md: counted anew once a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from catalog.sources.bodies import count, text
from catalog.sources.failures import UnreadableError
from catalog.sources.source import Answer, Figure, LiveSource, package_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from catalog.models import Tool


def _key(tool: Tool) -> str | None:
    return package_of(tool, "npm")


def _paths(key: str) -> Sequence[str]:
    return (f"/downloads/point/last-month/{key}",)


def _read(key: str, found: Sequence[Any], today: date) -> Answer:
    del today  # its count is of the last 30 days
    (body,) = found
    if text(body, "package") != key:
        raise UnreadableError("is about another package")
    return Answer((Figure("monthly_downloads", count(body, "downloads"), "downloads"),))


NPM: Final = LiveSource(
    key="npm",
    name="npm downloads",
    address="https://npm-stat.com",
    key_of=_key,
    paths=_paths,
    read=_read,
)
