from __future__ import annotations

import pytest

from catalog.errors import ImportFileError
from catalog.importers.public.records import Record, check, day, listing, mapping, newest
from catalog.importers.reading import Rejection


class _Row(Record):
    model: str
    score: float | None = None


def test_good_records_are_kept_and_the_others_explained() -> None:
    """What a record holds beyond what is used doesn't matter."""
    good, rejected = check(_Row, [("1", {"model": "a", "more": 1}), ("2", {"score": "x"}), ("3", None)])
    assert good == {"1": _Row(model="a")}
    assert rejected == [
        Rejection("2", "model: missing; score: should be a number"),
        Rejection("3", "empty"),
    ]


def test_a_file_of_another_shape_is_none() -> None:
    """It says what should be there."""
    with pytest.raises(ImportFileError, match="a list of runs"):
        listing({}, "runs.yml", "a list of runs")
    with pytest.raises(ImportFileError, match="results by model"):
        mapping([], "results.json", "results by model")


def test_days_are_read_as_they_are_written() -> None:
    """Without zeros, or of a month alone; what is no day isn't guessed."""
    assert [day("2025-1-2"), day("2024-03"), day("2024-18-4"), day("soon"), day(None)] == [
        "2025-01-02",
        "2024-03",
        None,
        None,
        None,
    ]
    assert newest(["2024-03-01", "2024-12", None, "2024-3-5"]) == "2024-03-05"
