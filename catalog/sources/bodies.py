"""Reading JSON bodies with care: each value is what it should be, or an `UnreadableError` names it.

>>> count({"downloads": 12}, "downloads")
12
>>> count({"downloads": True}, "downloads")
Traceback (most recent call last):
catalog.sources.failures.UnreadableError: has no whole number as downloads
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any, Final, NoReturn

from catalog.sources.failures import UnreadableError

#: No count of stars or downloads comes near it.
_MOST: Final = 10**12
#: Longest text that is read: names and dates are much shorter.
_LONGEST: Final = 200
#: Nothing that is asked for was there before.
_FIRST_YEAR: Final = 2000
#: Days that a moment may lie ahead.
_AHEAD: Final = 2


def parsed(body: bytes) -> Any:  # noqa: ANN401 (JSON holds anything)
    """Parse a JSON body.

    Raises:
        UnreadableError: it isn't JSON, or not such as a machine should write.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise UnreadableError("is a web page instead of data")
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise UnreadableError("isn't JSON") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def mapping(body: Any, field: str | None = None) -> dict[str, Any]:  # noqa: ANN401 (JSON holds anything)
    """Give the body, or a field of it, as a mapping.

    Raises:
        UnreadableError: it is something else.
    """
    value = body if field is None else mapping(body).get(field)
    if not isinstance(value, dict):
        raise UnreadableError(f"has no fields{'' if field is None else f' under {field}'}")
    return value


def count(body: Any, field: str) -> int:  # noqa: ANN401 (JSON holds anything)
    """Give a field that counts something: a whole number from 0 to 10^12.

    Raises:
        UnreadableError: it is missing, something else, negative or absurdly large.
    """
    value = mapping(body).get(field)
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnreadableError(f"has no whole number as {field}")
    if not 0 <= value <= _MOST:
        raise UnreadableError(f"has an impossible number as {field}")
    return value


def text(body: Any, field: str) -> str:  # noqa: ANN401 (JSON holds anything)
    """Give a field that holds a short text.

    Raises:
        UnreadableError: it is missing, something else, empty or too long.
    """
    value = mapping(body).get(field)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise UnreadableError(f"has no text as {field}")
    return value


def is_set(body: Any, field: str) -> bool:  # noqa: ANN401 (JSON holds anything)
    """Give a field that says yes or no; a missing one says no.

    Raises:
        UnreadableError: it is something else.
    """
    value = mapping(body).get(field)
    if value is not None and not isinstance(value, bool):
        raise UnreadableError(f"says neither yes nor no as {field}")
    return bool(value)


def days_since(body: Any, field: str, today: date) -> int | None:  # noqa: ANN401 (JSON holds anything)
    """Count the whole days (in UTC) from a field's moment to today; None where the field is empty.

    A moment that lies up to two days ahead counts as today: clocks differ, and so do time zones.

    Raises:
        UnreadableError: it isn't a moment, or one that can't be.
    """
    value = mapping(body).get(field)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(text(body, field))
        day = (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        raise UnreadableError(f"has no date as {field}") from None
    days = (today - day).days
    if day.year < _FIRST_YEAR or days < -_AHEAD:
        raise UnreadableError(f"has an impossible date as {field}")
    return max(days, 0)
