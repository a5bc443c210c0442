from __future__ import annotations

from catalog.importers.public.repositories import last_day
from catalog.importers.public.source import Row


def test_the_last_day_of_rows() -> None:
    """None of no rows, and what is no day doesn't count."""
    days = ("2024-04-01", "2024-10-01", "n/a", "3026-01-01")
    assert last_day([Row(date=day) for day in days]) == "2024-10-01"
    assert last_day([]) is None
