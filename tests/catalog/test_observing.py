from __future__ import annotations

from datetime import date

import pytest

from catalog.models import Signal, Tool
from catalog.observing import aged, observed
from catalog.sources.source import Figure

DAY = date(2026, 3, 20)


def _signal(value: float, day: str, metric: str = "github_stars", source: str = "GitHub") -> Signal:
    return Signal(metric=metric, value=value, unit="stars", source=source, observed_on=day)


def _stars(value: float) -> Figure:
    return Figure("github_stars", value, "stars")


def _seen(tool: Tool) -> list[tuple[str, float, str]]:
    return [(one.metric, one.value, one.observed_on) for one in tool.signals]


def test_a_first_observation_is_written() -> None:
    """Beside what other sources say, which stays as it is."""
    other = _signal(7, "2026-03-19", source="Somebody")
    tool = observed(Tool(name="Ant", signals=(other,)), "GitHub", [_stars(10)], DAY)
    assert tool.signals == (other, _signal(10, "2026-03-20"))


def test_a_month_has_one_observation() -> None:
    """Today's takes the place of one of the same month, and leaves earlier months alone."""
    series = (_signal(1, "2026-02-03"), _signal(2, "2026-03-03"), _signal(3, "2026-03-04"))
    tool = observed(Tool(name="Ant", signals=series), "GitHub", [_stars(4)], DAY)
    assert [(one.value, one.observed_on) for one in tool.signals] == [(1, "2026-02-03"), (4, "2026-03-20")]
    newest = tool.signal("github_stars")
    assert newest is not None
    assert newest.value == 4


def test_what_is_known_is_not_written_again() -> None:
    """The same figure within the month changes nothing; in a new month it is an observation of that month."""
    tool = Tool(name="Ant", signals=(_signal(4, "2026-03-03"),))
    assert observed(tool, "GitHub", [_stars(4)], DAY) is tool
    april = observed(tool, "GitHub", [_stars(4)], date(2026, 4, 1))
    assert [one.observed_on for one in april.signals] == ["2026-03-03", "2026-04-01"]


def test_an_age_that_grew_by_the_days_is_no_news() -> None:
    """Nobody has committed since: what was 5 days ten days ago is 15 days now."""
    tool = Tool(name="Ant", signals=(_signal(5, "2026-03-10", "days_since_commit"),))
    idle, busy = Figure("days_since_commit", 15, "stars"), Figure("days_since_commit", 0, "stars")
    assert observed(tool, "GitHub", [idle], DAY) is tool
    assert _seen(observed(tool, "GitHub", [busy], DAY)) == [("days_since_commit", 0, "2026-03-20")]


def test_figures_are_of_one_day() -> None:
    """Where one has to be written, all that the source said are."""
    tool = Tool(name="Ant", signals=(_signal(4, "2026-03-03"),))
    both = observed(tool, "GitHub", [_stars(4), Figure("github_forks", 1, "forks")], DAY)
    assert _seen(both) == [("github_stars", 4, "2026-03-20"), ("github_forks", 1, "2026-03-20")]


@pytest.mark.parametrize(
    ("last", "value", "written"),
    [
        ("2026-03-19", 1010, False),
        ("2026-03-19", 1030, True),
        ("2026-03-02", 1019, False),
        ("2026-03-12", 1000, False),
        ("2026-02-28", 1000, True),
    ],
)
def test_with_patience_little_waits(last: str, value: float, written: bool) -> None:  # noqa: FBT001 (a parameter)
    """A figure that hardly moved waits for the next month; one that moved, or begins a month, doesn't."""
    tool = Tool(name="Ant", signals=(_signal(1000, last),))
    assert (observed(tool, "GitHub", [_stars(value)], DAY, patient=True) != tool) == written


def test_with_patience_a_commit_a_day_is_no_news() -> None:
    """An age may be some days off until it is written; two weeks are news."""
    tool = Tool(name="Ant", signals=(_signal(0, "2026-03-18", "days_since_commit"),))
    today = [Figure("days_since_commit", 0, "stars")]
    assert observed(tool, "GitHub", today, DAY, patient=True) is tool
    assert observed(tool, "GitHub", today, DAY) is not tool
    busy = Tool(name="Ant", signals=(_signal(0, "2026-03-04", "days_since_commit"),))
    assert observed(busy, "GitHub", today, DAY, patient=True) is not busy


@pytest.mark.parametrize("later", ["2026-03-21", "2026-04", "2027-01-01"])
def test_an_observation_of_tomorrow_gives_way(later: str) -> None:
    """A clock was ahead; others' observations stand, and a month alone isn't later than its days."""
    other = _signal(7, "2027-03-19", source="Somebody")
    tool = Tool(name="Ant", signals=(_signal(3, "2026-02-01"), _signal(4, later), other))
    seen = observed(tool, "GitHub", [_stars(4)], DAY, patient=True)
    assert [(one.value, one.observed_on) for one in seen.signals] == [
        (3, "2026-02-01"),
        (4, "2026-03-20"),
        (7, "2027-03-19"),
    ]
    month = Tool(name="Ant", signals=(_signal(4, "2026-03"),))
    assert _seen(observed(month, "GitHub", [_stars(9)], DAY)) == [("github_stars", 9, "2026-03-20")]


def test_what_stood_still_is_older_by_the_days() -> None:
    """Ages grow while nothing changes; all else stands."""
    said = (_stars(4), Figure("days_since_commit", 2, "days"), Figure("days_since_release", 9, "days"))
    assert [one.value for one in aged(said, 3)] == [4, 5, 12]


def test_a_series_is_thinned_with_age() -> None:
    """A year of months, two of quarters, then years: after twenty years of figures a few dozen are left."""
    other = _signal(7, "2016-05-01", source="Somebody")
    tool = Tool(name="Ant", signals=(other,))
    for month in range(20 * 12):
        day = date(2007 + month // 12, month % 12 + 1, 15)
        tool = observed(tool, "GitHub", [_stars(month), Figure("github_forks", month, "forks")], day)
    assert tool.signals[0] == other
    days = [one.observed_on for one in tool.signals[1:] if one.metric == "github_stars"]
    assert days == [
        *(f"{year}-12-15" for year in range(2007, 2023)),
        *("2023-09-15", "2023-12-15"),
        *(f"2024-{month}-15" for month in ("03", "06", "09", "12")),
        *(f"2025-{month}-15" for month in ("03", "06", "09", "11", "12")),
        *(f"2026-{month:02}-15" for month in range(1, 13)),
    ]
    assert len(tool.signals) == 2 * len(days) + 1


def test_a_licence_is_carried() -> None:
    """Where a source states one, its figures say so."""
    tool = observed(Tool(name="Ant"), "GitHub", [_stars(4)], DAY, licence="CC-BY-4.0")
    assert [one.licence for one in tool.signals] == ["CC-BY-4.0"]
