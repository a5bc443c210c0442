from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from catalog.moments import moment
from catalog.refreshes import RefreshReport, SourceReport, is_due, put_off, slot

NOW = datetime(2026, 3, 20, 12, 34, 56, tzinfo=UTC)
DAY = timedelta(days=1)


def test_slots_are_spread_over_the_day() -> None:
    """No hour has many more than another, and each name keeps its own time of day."""
    slots = {f"tool-{number}": slot(f"tool-{number}", NOW) for number in range(2400)}
    hours = Counter(when.hour for when in slots.values())
    assert len(hours) == 24
    assert max(hours.values()) < 150
    later = NOW + timedelta(days=3, hours=5)
    assert all(slot(name, later).time() == when.time() for name, when in slots.items())


def test_a_slot_is_about_a_day_ahead() -> None:
    """From half a day to a day and a half; asked on time, exactly a day."""
    for number in range(200):
        when = slot(str(number), NOW)
        assert DAY / 2 <= when - NOW <= DAY * 1.5
        assert slot(str(number), when) - when == DAY
        assert 6.5 * DAY <= slot(str(number), NOW, days=7) - NOW <= 7.5 * DAY


def test_pauses_double_up_to_a_limit() -> None:
    """Unless the source asked for longer; nobody is left alone for good."""
    hour = timedelta(hours=1)
    pauses = [put_off(NOW, failures, hour, DAY, None) - NOW for failures in (1, 2, 3, 9, 10**6)]
    assert pauses == [hour, 2 * hour, 4 * hour, DAY, DAY]
    assert put_off(NOW, 1, hour, DAY, NOW + 5 * hour) == NOW + 5 * hour
    assert put_off(NOW, 1, hour, DAY, NOW - 5 * hour) == NOW + hour
    assert put_off(NOW, 1, hour, DAY, NOW.replace(year=9999)) == NOW + 30 * DAY


def test_what_lies_too_far_ahead_is_due() -> None:
    """Nothing is ever put off for longer than 30 days: a clock was wrong."""
    days = {0: True, -1: True, 1: False, 30: False, 31: True, 365: True}
    assert {ago: is_due(moment(NOW + ago * DAY), NOW) for ago in days} == days


def test_all_failed() -> None:
    """Only where something was asked for and nothing was answered."""
    well = SourceReport(key="a", name="A", unchanged=("ant",))
    ill = SourceReport(key="b", name="B", stopped="it is down", left=3)
    assert RefreshReport(sources=(ill,)).all_failed
    assert not RefreshReport(sources=(ill, well)).all_failed
    assert not RefreshReport().all_failed
    gone = SourceReport(key="a", name="A", gone=("ant",))
    assert not RefreshReport(sources=(ill, gone)).all_failed
