"""PyPI Stats: downloads of a Python package in the last month, without those of mirrors.

https://pypistats.org/api: counted anew once a day, on a small server that asks for restraint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from catalog.addresses import package
from catalog.sources.bodies import count, mapping, text
from catalog.sources.failures import UnreadableError
from catalog.sources.source import Answer, Figure, LiveSource, package_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from catalog.models import Tool


def _key(tool: Tool) -> str | None:
    name = package_of(tool, "pypi")
    return _plain(name) if name else None


def _plain(name: str) -> str | None:
    """Spell a package as the statistics do: it is the same in any case and with any separators."""
    found = package(f"pypi:{name}")
    return found.name if found else None


def _paths(key: str, today: date) -> Sequence[str]:
    del today  # it is asked for what is so now
    return (f"/api/packages/{key}/recent?period=month",)


def _read(key: str, found: Sequence[Any], today: date) -> Answer:
    del today  # its count is of the last month
    (body,) = found
    if _plain(text(body, "package")) != key:
        raise UnreadableError("is about another package")
    return Answer((Figure("monthly_downloads", count(mapping(body, "data"), "last_month"), "downloads"),))


PYPI: Final = LiveSource(
    key="pypi",
    name="PyPI Stats",
    address="https://pypistats.org",
    key_of=_key,
    paths=_paths,
    read=_read,
    # Ten requests within a few minutes are known to have been too many for it.
    spacing=10.0,
)
