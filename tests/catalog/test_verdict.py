from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from catalog.comparison import compare
from catalog.models import Task
from catalog.rank import rank
from catalog.rows import Feature
from catalog.verdict import Claim
from catalog.weights import PRESETS
from tests.catalog.verdicts import (
    FULL,
    NAMES,
    OTHER_PAGE,
    PAGE,
    POOR,
    TODAY,
    compared,
    measured,
    reported,
    said,
    tool,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.models import Tool


def test_a_clear_lead_of_ours() -> None:
    """Both figures and both ranges are said."""
    comparison = compared(
        tool("One", type="repository", signals=measured(**FULL)),
        tool("Two", type="repository", signals=measured(**POOR)),
    )
    one, two = comparison.rows[1].values
    assert said(comparison, Claim.RANK_LEAD) == [f"One ranks higher: {one} against {two}."]
    assert comparison.rows[1].winner == "one"
    assert said(comparison, Claim.SWEEP) == [
        "One leads on every part known for both: adoption, ecosystem, match graph and freshness."
    ]


def test_too_close_to_call() -> None:
    """Nobody leads where the ranges overlap by more than half."""
    comparison = compared(
        tool("One", type="repository", signals=measured(github_stars=100_000)),
        tool("Two", type="repository", signals=measured(github_stars=50_000)),
    )
    assert len(said(comparison, Claim.RANK_CLOSE)) == 1
    assert not said(comparison, Claim.RANK_LEAD)
    assert comparison.rows[1].winner is None
    assert said(comparison, Claim.LEAD) == ["One leads on adoption (0.93 against 0.86)."]


def test_the_same_rank_is_a_tie() -> None:
    """Equal as shown is said as equal, not as close."""
    signals = measured(github_stars=100_000)
    comparison = compared(*(tool(name, type="repository", signals=signals) for name in NAMES[:2]))
    points = comparison.rows[1].values[0].split()[0]
    assert said(comparison, Claim.RANK_TIE) == [f"One and Two rank the same: {points}."]
    assert not comparison.flips
    assert said(comparison, Claim.TIE) == ["Both are level on adoption (0.93)."]


def test_no_figures_at_all() -> None:
    """Saying nothing is no option: it says that nothing is known."""
    comparison = compared(tool("One"), tool("Two"))
    assert [sentence.text for sentence in comparison.verdict] == [
        "No measured figures are known for either, so Matchbook ranks neither."
    ]


def test_one_without_a_rank() -> None:
    """A missing rank is unknown, never a loss."""
    comparison = compared(tool("One", type="repository", signals=measured(github_stars=100_000)), tool("Two"))
    assert said(comparison, Claim.RANK_UNKNOWN) == [
        "Two has no rank of Matchbook's own: no measured figures are known."
    ]
    assert comparison.rows[1].winner is None


def test_a_reported_lead_says_whose() -> None:
    """The seeds' case: 51 against 47 on one page, 55 on another, a 1 against 1 that is no lead."""
    comparison = compared(
        tool("One", reported=[reported(PAGE, 47, adoption=1, quality=0, ecosystem=0, match_graph=0)]),
        tool(
            "Two",
            reported=[
                reported(PAGE, 51, adoption=1, quality=1, ecosystem=1, match_graph=0),
                reported(OTHER_PAGE, 55, adoption=1, quality=1, ecosystem=1, match_graph=0),
            ],
        ),
    )
    assert [sentence.text for sentence in comparison.verdict] == [
        (
            "Two is reported higher: 51 against 47 (Unfragile: One vs Two, 2026); "
            "Two is also reported at 55 (Unfragile: Two vs Three, 2026)."
        ),
        "No measured figures are known for either, so Matchbook ranks neither.",
        "Two is reported ahead on quality and ecosystem (1 against 0).",
        "Both are reported at 1 on adoption and at 0 on match graph, rounded: neither leads there.",
    ]


def test_reports_of_different_pages_are_not_compared() -> None:
    """A higher number elsewhere is no lead."""
    comparison = compared(
        tool("One", reported=[reported(PAGE, 47)]), tool("Two", reported=[reported(OTHER_PAGE, 55)])
    )
    assert said(comparison, Claim.REPORTED_APART) == [
        "No page reports on both One and Two, so their reported ranks aren't compared."
    ]
    assert comparison.rows[1].winner is None


def test_deprecated_is_said_first() -> None:
    """Before anything else, with the successor."""
    comparison = compared(
        tool("One", status="deprecated", successor="two"),
        tool("Two", reported=[reported(PAGE, 50)]),
        tool("Three", status="gone"),
    )
    assert [sentence.text for sentence in comparison.verdict[:2]] == [
        "One is deprecated; its successor is Two.",
        "Three is gone and can't be used any more.",
    ]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ({"kind": "free"}, {"kind": "free"}, "Both are free."),
        ({"kind": "free"}, {"kind": "usage"}, "One is free; Two costs money."),
        ({"kind": "freemium"}, {"kind": "paid"}, "Pricing differs. One: Freemium; Two: Paid."),
        (0.15, 2.5, "One starts lower: $0.15 against $2.50 per million input tokens."),
        (2.5, 2.5, "Both start at $2.50 per million input tokens."),
    ],
)
def test_pricing(first: Any, second: Any, text: str) -> None:  # noqa: ANN401 (a pricing or a price)
    """Free, paid, cheaper, the same, and not comparable."""
    pricings = [
        {
            "kind": "usage",
            "starting": {
                "usd": given_,
                "unit": "million input tokens",
                "source": "a list",
                "observed_on": "2026",
            },
        }
        if isinstance(given_, float)
        else given_
        for given_ in (first, second)
    ]
    comparison = compared(tool("One", pricing=pricings[0]), tool("Two", pricing=pricings[1]))
    assert text in [sentence.text for sentence in comparison.verdict]


def test_licences() -> None:
    """Different licences are named; the same one needs no sentence."""
    comparison = compared(tool("One", licence="MIT"), tool("Two", licence="Proprietary"))
    assert said(comparison, Claim.LICENCE_DIFFERS) == ["Licences differ. One: MIT; Two: Proprietary."]
    assert not said(compared(tool("One", licence="MIT"), tool("Two", licence="MIT")), Claim.LICENCE_DIFFERS)


def test_three_tools_name_each_figure() -> None:
    """With more than two, every figure carries its tool's name."""
    comparison = compared(
        *(
            tool(name, reported=[reported(PAGE, points)])
            for name, points in zip(NAMES, (3, 9, 5), strict=False)
        )
    )
    assert said(comparison, Claim.REPORTED_LEAD) == [
        "Two is reported highest: Two at 9, Three at 5, One at 3 (Unfragile: One vs Two, 2026)."
    ]


LOVED = {**FULL, "github_forks": 50, "contributors": 3}
RIVAL = {
    "github_stars": 30,
    "github_forks": 49_000,
    "contributors": 1900,
    "times_matched": 5,
    "days_since_commit": 900,
}


def repositories(*figures: Mapping[str, float], **fields: Any) -> list[Tool]:  # noqa: ANN401 (any field of a tool)
    """Make repositories with these signals."""
    return [
        tool(name, type="repository", signals=measured(**each), **fields)
        for name, each in zip(NAMES, figures, strict=False)
    ]


def test_each_leads_on_something() -> None:
    """Who leads what stands in one sentence, and so does what would reverse it."""
    comparison = compared(*repositories(LOVED, RIVAL))
    assert said(comparison, Claim.MIXED) == [
        "One leads on adoption, match graph and freshness, Two on ecosystem."
    ]
    (text,) = said(comparison, Claim.FLIP)
    assert text == comparison.flips[0].text
    assert text.startswith("Two wins once ecosystem counts ")


def test_nothing_reverses_a_clean_sweep() -> None:
    """Where one is level or better on every part, no weights help."""
    assert said(compared(*repositories(FULL, POOR)), Claim.NO_FLIP) == [
        "No weights make Two win: One is at least level on every part."
    ]


def test_other_weights_are_named_in_what_hangs_on_them() -> None:
    """Ranks, what reverses them and what would settle them are said to be by these weights, parts are not."""
    texts = [
        sentence.text
        for figures in ((LOVED, RIVAL), (FULL, FULL), ({"github_stars": 9000}, {"github_stars": 30}))
        for sentence in compared(*repositories(*figures), weights=PRESETS["equal"]).verdict
    ]
    assert any(text.startswith("One ranks higher by these weights: ") for text in texts)
    assert any(text.startswith("Starting from these weights, Two wins once ") for text in texts)
    assert any(text.startswith("One and Two rank the same by these weights: ") for text in texts)
    assert any(text.startswith("Too close to call on rank by these weights: ") for text in texts)
    assert any(text.startswith("By these weights ") and "settle it" in text for text in texts)
    assert not any("leads on" in text and "weights" in text for text in texts)


def test_what_would_settle_it() -> None:
    """The heaviest gaps are named with their points, of whom they are missing."""
    one, two = repositories({"github_stars": 9000, "days_since_commit": 5}, {"github_stars": 30})
    comparison = compared(one, two)
    gaps = {gap.metric: gap for gap in comparison.rows[1].cells[1].gaps}
    points = {metric: f"{gap.points:.0f}" for metric, gap in gaps.items()}
    assert said(comparison, Claim.SETTLE) == [
        (
            f"Days since the last known commit of Two ({points['days_since_commit']} points) and "
            f"times matched of both ({points['times_matched']} each) would do most to settle it."
        )
    ]


def test_what_can_not_be_measured_is_not_sent_for() -> None:
    """Where most of the range hangs on a part with nothing to measure, no signal is named that would settle it."""
    tools = repositories({"github_stars": 9000, "days_since_commit": 5}, {"github_stars": 8000})
    ranks = [rank(each, today=TODAY, weights=PRESETS["quality"]) for each in tools]
    said_so = "ore figures would hardly settle it: quality of both can't be measured (60 points each)."
    assert said(compare(tools, ranks), Claim.SETTLE) == [f"M{said_so}"]
    weighed = compare(tools, ranks, weights=PRESETS["quality"])
    assert said(weighed, Claim.SETTLE) == [f"By these weights m{said_so}"]


def test_parts_that_can_not_be_measured_are_named_where_that_is_sure() -> None:
    """Several are named; not by weights that were asked for, as one of them may weigh nothing."""
    apis = [tool(name, type="api", signals=measured(times_matched=9)) for name in NAMES[:2]]
    (text,) = said(compared(*apis), Claim.SETTLE)
    assert ": adoption, quality, ecosystem and freshness of both can't be measured (75 points each)." in text
    (text,) = said(compared(*apis, weights=PRESETS["quality"]), Claim.SETTLE)
    assert ": some of the parts of both can't be measured (90 points each)." in text


def test_an_old_figure_is_to_be_taken_anew() -> None:
    """What has gone stale is named as something to renew."""
    old = {**measured(github_stars=9000)[0], "observed_on": "2019-01"}
    fresh = measured(github_forks=500, contributors=50, times_matched=900, days_since_commit=1)
    tools = [tool(name, type="repository", signals=[old, *fresh]) for name in NAMES[:2]]
    (text,) = said(compared(*tools), Claim.SETTLE)
    assert text.startswith("Newer GitHub stars of both (")


def test_what_is_not_known_is_said() -> None:
    """Of one, and of both."""
    one, two = repositories(FULL, {key: FULL[key] for key in ("github_stars", "days_since_commit")})
    assert said(compared(one, two), Claim.UNKNOWN) == [
        "Not known: quality of both; ecosystem and match graph of Two."
    ]


def test_a_lead_at_a_different_job_says_so() -> None:
    """The verdict is at one with the warning over it."""
    one, two = repositories(FULL, POOR)
    apart = compared(
        one.model_copy(update={"tasks": (Task.CODING,)}), two.model_copy(update={"tasks": (Task.CHAT,)})
    )
    assert apart.warnings
    assert apart.verdict[0].text.startswith("One ranks higher, though at a different job: ")
    assert set(apart.verdict[0].evidence) == {Feature.RANK, *apart.warnings[0].evidence}


def test_a_long_verdict_gives_way() -> None:
    """What the table says at a glance goes where there is more to say; six sentences are enough for two."""
    status = {"status": "deprecated", "licence": "MIT"}
    one, two = repositories(LOVED, RIVAL, **status)
    comparison = compared(one, two.model_copy(update={"licence": "GPL-3.0-only"}))
    assert len(comparison.verdict) <= 6
    assert not said(comparison, Claim.UNKNOWN)
    assert said(comparison, Claim.MIXED)
