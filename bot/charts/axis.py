"""Dates under a chart: from days to decades, as many as can be read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How many labels stand side by side without touching.
MOST: Final = 6

_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS: Final = (1, 2, 7, 14)
_MONTH_STEPS: Final = (1, 2, 3, 6)
_YEAR: Final = 12


class Tick(NamedTuple):
    """A day on the axis and what is written under it."""

    day: date
    label: str


def ticks(first: date, last: date, most: int = MOST) -> list[Tick]:
    """Choose days between two days that people think in: days, weeks, the first of months, quarters or years.

    The narrowest step is taken that gives at most `most` labels. The year is written with the first label and where
    it changes.

    >>> [tick.label for tick in ticks(date(2025, 11, 20), date(2026, 3, 2))]
    ['Dec 2025', 'Jan 2026', 'Feb', 'Mar']
    """
    for step in _DAYS:
        if (last - first).days // step < most:
            days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
            return list(_labelled(days, by_day=True))
    for months in (*_MONTH_STEPS, *(_YEAR * years for years in (1, 2, 5, 10, 20, 50, 100, 500, 2000))):
        firsts = list(_firsts(first, last, months))
        if len(firsts) <= most:
            return list(_labelled(firsts, by_day=False, by_year=months >= _YEAR))
    return []


def _firsts(first: date, last: date, months: int) -> Iterator[date]:
    at = -(-(first.year * _YEAR + first.month - 1 + (first.day > 1)) // months) * months
    while at // _YEAR <= date.max.year and (day := date(at // _YEAR, at % _YEAR + 1, 1)) <= last:
        yield day
        at += months


def _labelled(days: list[date], *, by_day: bool, by_year: bool = False) -> Iterator[Tick]:
    before: int | None = None
    for day in days:
        month = _MONTHS[day.month - 1]
        text = f"{day.day} {month}" if by_day else month
        if by_year:
            text = str(day.year)
        elif day.year != before and not (by_day and before is None):
            text = f"{text} {day.year}"
        before = day.year
        yield Tick(day, text)
