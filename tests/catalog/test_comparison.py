from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.comparison import Comparison, Pick, compare, listing
from catalog.errors import ComparisonError
from catalog.importers import read_file
from catalog.merging import merge
from catalog.models import Tool, ToolRef
from catalog.rank import rank
from catalog.rows import Feature
from catalog.sheet import capabilities_cell
from catalog.weights import PRESETS

TODAY = date(2026, 11, 21)
ROOT = Path(__file__).parents[2]
DEMO_PAGES = sorted((ROOT / "bot/demo/pages").glob("*.txt"))
SEED_PAGES = sorted((ROOT.parent / "shared/seeds").glob("*.txt"))


def tool(name: str, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a tool."""
    return Tool.model_validate({"name": name, **fields})


def compared(*tools: Tool, **picks: list[ToolRef]) -> Comparison:
    """Compare tools as they rank today; picks by slug."""
    return compare(tools, [rank(each, today=TODAY) for each in tools], lambda slug: picks.get(slug, []))


def texts(comparison: Comparison, feature: Feature) -> tuple[str, ...]:
    """Give a row's texts."""
    row = comparison.row(feature)
    assert row
    return row.values


def read(pages: list[Path]) -> dict[str, Tool]:
    """Merge the tools of some pages."""
    tools: dict[str, Tool] = {}
    for page in pages:
        for incoming in read_file(page).tools:
            tools[incoming.tool.slug] = merge(tools.get(incoming.tool.slug), incoming)
    return tools


def capability(text: str, source: str | None = None) -> dict[str, Any]:
    """Make a capability."""
    return {"description": text, "source": source}


@pytest.mark.parametrize(
    ("names", "wording"),
    [
        (["One"], "at least two"),
        ([], "at least two"),
        (["One", "Two", "One"], "One is named twice"),
        (["One", "Two", "Three", "Four", "Five"], "At most 4 tools"),
    ],
)
def test_comparisons_that_make_no_sense(names: list[str], wording: str) -> None:
    """Too few, too many and the same one twice are refused with what to do."""
    with pytest.raises(ComparisonError, match=wording):
        compared(*(tool(name) for name in names))


def test_rows_stand_in_order() -> None:
    """All rows, in the order of the pages, with ours between."""
    comparison = compared(
        tool("One", type="model", licence="MIT", status="deprecated", released_on="2025"), tool("Two")
    )
    assert [row.feature for row in comparison.rows] == list(Feature)
    assert all(len(row.cells) == 2 for row in comparison.rows)


def test_rows_that_say_nothing_are_left_out() -> None:
    """No licence, no status, no freshness: no row."""
    features = {row.feature for row in compared(tool("One"), tool("Two")).rows}
    assert features.isdisjoint({Feature.LICENCE, Feature.STATUS, Feature.FRESHNESS})


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(DEMO_PAGES, id="demo"),
        pytest.param(
            SEED_PAGES,
            id="real",
            marks=pytest.mark.skipif(
                not SEED_PAGES, reason="the real comparison pages aren't beside the project"
            ),
        ),
    ],
)
def test_the_pages_alone(pages: list[Path]) -> None:
    """Printed values stay the page's, with page and date; the jobs differ; no lead where 1 stands against 1."""
    tools = read(pages)
    comparison = compared(tools["mistral-small"], tools["stable-diffusion"])
    rows = {row.feature: row for row in comparison.rows}
    assert rows[Feature.RANK].values == ("47/100 reported", "51/100, 55/100 reported")
    assert rows[Feature.RANK].cells[1].sources == (
        "Unfragile: Mistral Small vs Stable-Diffusion, 2026",
        "Unfragile: Mixtral 8x7B vs Stable-Diffusion, 2026",
    )
    assert rows[Feature.ADOPTION].values == ("1 reported", "1 reported")
    assert rows[Feature.ECOSYSTEM].values == ("0 reported", "1 reported")
    assert rows[Feature.TIMES_MATCHED].values == ("0 reported", "0 reported")
    assert rows[Feature.CAPABILITIES].values == ("8 of 12 known", "8 of 13 known")
    assert rows[Feature.PRICING].values == ("Free", "Free")
    assert [row.feature for row in comparison.rows if row.winner == "stable-diffusion"] == [
        Feature.RANK,
        Feature.QUALITY,
        Feature.ECOSYSTEM,
    ]
    assert rows[Feature.ADOPTION].winner is None
    assert "Stable-Diffusion is reported higher: 51 against 47 (" in comparison.verdict[0].text
    assert not any(
        "adoption" in sentence.text and "lead on" in sentence.text for sentence in comparison.verdict
    )
    assert comparison.warnings[0].text.startswith(
        "These don't do the same job: Mistral Small is for text generation"
    )


def test_never_counted_is_not_zero() -> None:
    """What nobody counted has no data yet, what was counted at nought is 0."""
    comparison = compared(tool("One"), tool("Two", reported=[{"source": "A page", "times_matched": 0}]))
    assert texts(comparison, Feature.TIMES_MATCHED) == ("no data yet", "0 reported")
    assert texts(comparison, Feature.MATCH_GRAPH) == ("no data yet", "no data yet")
    assert texts(comparison, Feature.ADOPTION) == ("unknown", "unknown")


def test_our_rank_and_reports_stand_beside_each_other() -> None:
    """Ours with its range first; the reported score is named as such and changes nothing."""
    stars = {
        "metric": "github_stars",
        "value": 5000,
        "unit": "stars",
        "source": "GitHub",
        "observed_on": "2026-08",
    }
    reported = {
        "source": "A page",
        "observed_on": "2026",
        "rank": 90,
        "components": {"adoption": 1},
        "rounded": True,
    }
    one = tool("One", type="repository", signals=[stars], reported=[reported])
    row = compared(one, tool("Two", reported=[{**reported, "rank": 10}])).row(Feature.RANK)
    assert row
    own = rank(one, today=TODAY)
    assert row.values == (
        f"{own.rank:.0f} ({own.low:.0f}-{own.high:.0f}); 90/100 reported",
        "10/100 reported",
    )
    assert row.winner is None
    assert row.cells[0].note == "based on 1 of 5 signals"


def test_only_whole_reports_of_one_page_are_compared() -> None:
    """One source's printed 1 is above its own 0, and no neighbour of another source's."""
    one = {"source": "A page", "components": {"quality": 1}, "rounded": True}
    two = {"source": "B page", "components": {"quality": 0}, "rounded": True}
    row = compared(tool("One", reported=[one]), tool("Two", reported=[two])).row(Feature.QUALITY)
    assert row
    assert row.winner is None


@pytest.mark.parametrize(
    ("known", "hidden", "text"),
    [
        ([None, None], [], "2 known"),
        ([], [], "none known"),
        (["A: page"] * 3, [("A: page", 5)], "3 of 8 known"),
        (["A: page"] * 3, [("A: page", 5), ("A: other page", 4)], "3 of 8 known"),
        ([None, "A: page"], [("A: page", 5)], "2 known, up to 5 more"),
        (["A: page"], [("A: page", 5), ("B: page", 2)], "1 known, up to 7 more"),
    ],
)
def test_capabilities_are_counted_not_invented(
    known: list[str | None], hidden: list[tuple[str, int]], text: str
) -> None:
    """Hidden ones are set against the known only where one publisher tells both."""
    probe = tool(
        "One",
        capabilities=[capability(f"Does {n}.", source) for n, source in enumerate(known)],
        hidden_capabilities=[{"source": source, "count": count} for source, count in hidden],
    )
    assert capabilities_cell(probe).text == text
    assert listing(probe).text == text


@pytest.mark.parametrize(
    ("pricing", "text"),
    [
        (None, "unknown"),
        ({"kind": "free"}, "Free"),
        ({"kind": "usage"}, "Pay as you go"),
        ({"kind": "usage", "starting": ("million input tokens", 0.075)}, "$0.075/M tokens"),
        ({"kind": "paid", "starting": ("month", 20)}, "$20/month"),
        ({"kind": "freemium", "starting": ("month", 12.5)}, "Free, $12.50/month"),
    ],
)
def test_prices_are_short(pricing: dict[str, Any] | None, text: str) -> None:
    """A cell fits a phone; the long form is in the note."""
    if pricing and "starting" in pricing:
        unit, usd = pricing["starting"]
        pricing = {
            **pricing,
            "starting": {"usd": usd, "unit": unit, "source": "A list", "observed_on": "2026-07"},
        }
    row = compared(tool("One", pricing=pricing), tool("Two")).row(Feature.PRICING)
    assert row
    assert row.values[0] == text
    if pricing and "starting" in pricing:
        assert "A list, 2026-07" in (row.cells[0].note or "")


def test_a_shared_job_needs_no_warning() -> None:
    """Neither where jobs meet nor where one isn't known."""
    assert not compared(tool("One", tasks=["coding", "chat"]), tool("Two", tasks=["coding"])).warnings
    assert not compared(tool("One", tasks=["coding"]), tool("Two")).warnings


def test_different_jobs_are_warned_about_with_picks() -> None:
    """Each side gets picks of its own kind; what is already compared is no pick."""
    pick, same = ToolRef(slug="pen", name="Pen"), ToolRef(slug="two", name="Two")
    comparison = compared(
        tool("One", tasks=["coding"]), tool("Two", tasks=["image generation"]), one=[pick, same], two=[]
    )
    assert comparison.warnings[0].text == (
        "These don't do the same job: One is for coding; Two is for image generation."
    )
    assert comparison.warnings[0].picks == (Pick(slug="pen", name="Pen", like="one"),)


def test_one_of_three_is_the_odd_one() -> None:
    """With three tools the warning doesn't claim that nobody shares a job."""
    comparison = compared(
        tool("One", tasks=["coding"]),
        tool("Two", tasks=["coding", "image generation"]),
        tool("Three", tasks=["image generation"]),
    )
    assert comparison.warnings[0].text == (
        "Not all of these do the same job: One is for coding; Three is for image generation."
    )


def measured(**figures: float) -> list[dict[str, Any]]:
    """Make signals, one a keyword."""
    return [
        {"metric": metric, "value": value, "unit": "count", "source": "a test", "observed_on": "2026-11"}
        for metric, value in figures.items()
    ]


LOVED = {"github_stars": 190_000, "github_forks": 20, "contributors": 5, "days_since_commit": 20}
BUILT = {"github_stars": 300, "github_forks": 9000, "contributors": 900, "days_since_commit": 20}


def test_weights_that_were_asked_for() -> None:
    """They are kept with the comparison and turn it; without any there are none."""
    tools = [tool("One", type="repository", signals=measured(**LOVED))]
    tools.append(tool("Two", type="repository", signals=measured(**BUILT)))
    usual = compared(*tools)
    assert usual.weights is None
    for name, ahead in (("adoption", "one"), ("openness", "two")):
        asked = PRESETS[name]
        ranks = [rank(each, today=TODAY, weights=asked) for each in tools]
        comparison = compare(tools, ranks, weights=asked)
        assert comparison.weights == asked
        assert comparison.flips[0].winner == ahead
        assert comparison.model_dump(mode="json")["weights"] == asked.named()


def test_flips_are_of_the_first_and_the_second() -> None:
    """Of three tools the runner-up is set against the first; applied, the flip flips; what has no rank has no part."""
    tools = [
        tool("Poor", type="repository", signals=measured(github_stars=20, days_since_commit=2000)),
        tool("Two", type="repository", signals=measured(**BUILT)),
        tool("One", type="repository", signals=measured(**LOVED)),
        tool("None"),
    ]
    weights = PRESETS["adoption"]
    ranks = [rank(each, today=TODAY, weights=weights) for each in tools]
    (found,) = compare(tools, ranks, weights=weights).flips
    assert (found.winner, found.loser) == ("one", "two")
    assert found.flip
    one = rank(tools[2], today=TODAY, weights=found.flip.after.winner)
    two = rank(tools[1], today=TODAY, weights=found.flip.after.loser)
    assert one.rank
    assert two.rank
    assert two.rank >= one.rank - 1e-12
    assert not compared(tools[0], tools[3]).flips


figures = st.fixed_dictionaries(
    {
        metric: st.integers(0, 20_000)
        for metric in ("github_stars", "github_forks", "contributors", "times_matched", "days_since_commit")
    }
)


@settings(max_examples=50, deadline=None)
@given(st.lists(figures, min_size=2, max_size=4))
def test_nobody_is_said_to_win_against_a_third(each: list[dict[str, int]]) -> None:
    """Of two tools one may win by other weights; of more, one is only said to pass another, and whoever wins leads."""
    tools = [tool(str(n), type="repository", signals=measured(**one)) for n, one in enumerate(each)]
    for found in compared(*tools).flips:
        assert " win" not in found.text or len(tools) == 2
        if found.flip and " wins " in found.text:
            by = found.flip.after.loser
            ranks = {one.slug: rank(one, today=TODAY, weights=by).rank or 0.0 for one in tools}
            assert ranks[found.loser] >= max(ranks.values()) - 1e-9


def test_a_rank_says_what_is_missing() -> None:
    """The signals on which it hangs, the heaviest first; together they are as wide as the range."""
    row = compared(tool("One", type="repository", signals=measured(github_stars=100)), tool("Two")).row(
        Feature.RANK
    )
    assert row
    cell = row.cells[0]
    assert cell.low is not None
    assert cell.high is not None
    points = [gap.points for gap in cell.gaps]
    assert points == sorted(points, reverse=True)
    assert {"github_forks", "contributors", "times_matched"} <= {gap.metric for gap in cell.gaps}
    # Quality has nothing to measure of a repository: it is open, and no signal would close it.
    assert sum(points) <= cell.high - cell.low + 1e-9


def test_rows_serialise_with_their_values() -> None:
    """Scripts read feature, values and winner."""
    row = compared(tool("One"), tool("Two")).model_dump(mode="json")["rows"][0]
    assert (row["feature"], row["values"], row["winner"]) == ("Type", ["Other", "Other"], None)
