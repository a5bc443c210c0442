"""Moments, as the catalog writes them down: UTC, to the second, as text that sorts by time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import StringConstraints

_FORM: Final = "%Y-%m-%dT%H:%M:%SZ"
#: A moment as text: "2026-03-01T12:00:00Z".
Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]


def moment(when: datetime | None = None) -> str:
    """Write a moment (of any time zone; without one, this moment) down.

    >>> moment(datetime(2026, 3, 1, 12, tzinfo=UTC))
    '2026-03-01T12:00:00Z'
    """
    return (when or datetime.now(UTC)).astimezone(UTC).strftime(_FORM)
