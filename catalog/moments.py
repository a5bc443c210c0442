"""Moments, as the catalog writes them down: UTC, to the second, as text that sorts by time; and days in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import StringConstraints

_FORM: Final = "%Y-%m-%dT%H:%M:%SZ"
#: A moment as text: "2026-03-01T12:00:00Z".
Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: str) -> str:
    """Say a day as a person does, as exactly as it is known.

    >>> day_in_words("2026-03-16"), day_in_words("2025-03"), day_in_words("2025")
    ('16 March 2026', 'March 2025', '2025')
    """
    year, *rest = day.split("-")
    said = [
        *(str(int(number)) for number in rest[1:]),
        *(_MONTHS[int(number) - 1] for number in rest[:1]),
        year,
    ]
    return " ".join(said)


def moment(when: datetime | None = None) -> str:
    """Write a moment (of any time zone; without one, this moment) down.

    >>> moment(datetime(2026, 3, 1, 12, tzinfo=UTC))
    '2026-03-01T12:00:00Z'
    """
    return (when or datetime.now(UTC)).astimezone(UTC).strftime(_FORM)
