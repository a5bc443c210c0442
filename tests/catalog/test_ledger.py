from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from catalog import ledger, rank
from catalog.ledger import POINTS, Cause, History, Last, now, of_day, of_edit
from catalog.models import Tool
from catalog.revision import SHARED, Revision, RevisionKind, Scope
from catalog.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 3, 1)
STARS = {"metric": "github_stars", "unit": "stars", "source": "a test", "observed_on": "2026-02-01"}


def library(stars: float | None = None, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a library with so many stars."""
    signals = [] if stars is None else [STARS | {"value": stars}]
    return Tool.model_validate({"name": "Ant", "type": "library", "signals": signals, **fields})


def edited(before: Tool | None, after: Tool | None) -> Revision:
    """Make an edit."""
    return Revision(
        number=7,
        scope=Scope(guild_id=3),
        slug="ant",
        kind=RevisionKind.CHANGE,
        before=before,
        after=after,
        actor="Ada",
        reason="test",
        made_at="2026-03-01T12:00:00Z",
        change=7,
    )


def last_of(judged: rank.Rank, **fields: Any) -> Last:  # noqa: ANN401 (any field of the last entry)
    """Give a rank as the last entry that was made."""
    last = Last(1, ledger.formula(), judged.rank, judged.low, judged.high)
    return last._replace(**fields)


@pytest.fixture
def another_formula(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let ranks be computed otherwise while a test runs."""
    monkeypatch.setattr(rank, "of_type", lambda _: Weights(0.1, 0.1, 0.1, 0.1, 0.6))
    ledger.formula.cache_clear()
    yield
    ledger.formula.cache_clear()


def test_an_edit_that_changes_the_rank_has_an_entry() -> None:
    """It says whose tool it is, which edit it was, and all that the rank was computed from."""
    after = library(500)
    entry = of_edit(edited(library(100), after))
    assert entry is not None
    judged = rank.rank(after, today=DAY)
    assert (entry.scope, entry.slug, entry.cause, entry.revision) == (
        Scope(guild_id=3),
        "ant",
        Cause.EDIT,
        7,
    )
    assert (entry.made_at, entry.day) == ("2026-03-01T12:00:00Z", "2026-03-01")
    assert (entry.rank, entry.low, entry.high, entry.components) == (
        judged.rank,
        judged.low,
        judged.high,
        judged.components,
    )
    assert entry.formula == ledger.formula()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (library(100), library(100, summary="A library.")),
        (library(), library(vendor="Somebody")),
        (None, library()),
        (library(), None),
        (library(status="active"), library(status="gone")),
    ],
)
def test_other_edits_have_none(before: Tool | None, after: Tool | None) -> None:
    """What leaves the rank as it is, or is about a tool that has none, makes no entry."""
    assert of_edit(edited(before, after)) is None


def test_added_removed_and_stripped() -> None:
    """A tool that comes, goes, or loses its last figure has an entry that says so."""
    added, gone, stripped = (
        of_edit(edited(*pair)) for pair in ((None, library(5)), (library(5), None), (library(5), library()))
    )
    assert added
    assert gone
    assert stripped
    assert added.rank is not None
    assert (gone.rank, gone.removed) == (None, True)
    assert (stripped.rank, stripped.removed) == (None, False)


def test_a_day_is_noted_once_it_shows() -> None:
    """A new tool, and one that moved by half a point or whose interval did by two; not what moved less."""
    judged = rank.rank(library(100), today=DAY)
    assert judged.rank is not None
    first = of_day(SHARED, judged, None, DAY)
    assert first
    assert (first.cause, first.made_at, first.revision) == (Cause.DAY, "2026-03-01T00:00:00Z", None)
    for fields, due in (
        ({}, False),
        ({"rank": judged.rank + POINTS - 0.01}, False),
        ({"rank": judged.rank - POINTS - 0.01}, True),
        ({"low": judged.low + 1.99}, False),
        ({"low": judged.low + 2.01}, True),
        ({"high": judged.high - 2.01}, True),
        ({"rank": None}, True),
    ):
        assert bool(of_day(SHARED, judged, last_of(judged, **fields), DAY)) is due, fields
    assert of_day(SHARED, rank.rank(library(), today=DAY), None, DAY) is None


def test_a_day_after_another_formula_is_its_doing() -> None:
    """What the formula moved by as little as can be seen is noted as its own; what it didn't isn't."""
    judged = rank.rank(library(100), today=DAY)
    assert judged.rank is not None
    old = last_of(judged, formula="another", rank=judged.rank - 0.06)
    entry = of_day(SHARED, judged, old, DAY)
    assert entry
    assert entry.cause is Cause.FORMULA
    assert of_day(SHARED, judged, old._replace(rank=judged.rank), DAY) is None


def test_the_formula_is_the_same_each_time() -> None:
    """Computed anew it has the same name, or each start would note a change."""
    name = ledger.formula()
    ledger.formula.cache_clear()
    assert ledger.formula() == name


def test_another_formula_has_another_name(request: pytest.FixtureRequest) -> None:
    """Changed weights are told from the ones before without anybody counting up a number."""
    name = ledger.formula()
    request.getfixturevalue("another_formula")
    assert ledger.formula() != name


def test_what_held_on_a_day() -> None:
    """A history gives the last entry until a day, the first for any day before, and today's rank from today on."""
    entries = tuple(
        now(SHARED, rank.rank(library(stars), today=DAY), DAY + timedelta(days))
        for stars, days in ((100, 0), (200, 10))
    )
    today = now(SHARED, rank.rank(library(300), today=DAY), DAY + timedelta(20))
    history = History(slug="ant", entries=entries, now=today)
    for days, expected in (
        (-5, entries[0]),
        (0, entries[0]),
        (9, entries[0]),
        (10, entries[1]),
        (19, entries[1]),
    ):
        assert history.at(DAY + timedelta(days)) is expected
    assert history.at(DAY + timedelta(20)) is today
    assert History(slug="ant", entries=(), now=today).at(DAY) is today
