from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.comparison import Comparison, compare
from catalog.models import Pricing, PricingKind, Status, Tool, ToolType
from catalog.rank import rank
from catalog.rows import Cell, Feature
from catalog.verdict import Claim, Sentence

TODAY = date(2026, 11, 21)
PAGE, OTHER_PAGE = "Unfragile: One vs Two", "Unfragile: Two vs Three"
NAMES = ("One", "Two", "Three", "Four")
PARTS = ("adoption", "quality", "ecosystem", "match_graph", "freshness")


def tool(name: str, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a tool."""
    return Tool.model_validate({"name": name, **fields})


def compared(*tools: Tool) -> Comparison:
    """Compare tools as they rank today."""
    return compare(tools, [rank(each, today=TODAY) for each in tools])


def reported(source: str, points: float | None, rounded: bool = True, **parts: float) -> dict[str, Any]:  # noqa: FBT001, FBT002 (reads as a record)
    """Make a reported score."""
    return {"source": source, "rank": points, "components": parts, "rounded": rounded, "observed_on": "2026"}


def measured(**figures: float) -> list[dict[str, Any]]:
    """Make signals, one a keyword."""
    return [
        {"metric": metric, "value": value, "unit": "count", "source": "a test", "observed_on": "2026-11"}
        for metric, value in figures.items()
    ]


def said(comparison: Comparison, claim: Claim) -> list[str]:
    """Give the texts of a claim's sentences."""
    return [sentence.text for sentence in comparison.verdict if sentence.claim is claim]


FULL = {
    "github_stars": 150_000,
    "github_forks": 40_000,
    "contributors": 1500,
    "times_matched": 9000,
    "days_since_commit": 0,
}
POOR = {
    "github_stars": 12,
    "github_forks": 6,
    "contributors": 1,
    "times_matched": 1,
    "days_since_commit": 2000,
}


def test_a_clear_lead_of_ours() -> None:
    """Both figures and both ranges are said."""
    comparison = compared(
        tool("One", type="repository", signals=measured(**FULL)),
        tool("Two", type="repository", signals=measured(**POOR)),
    )
    assert said(comparison, Claim.RANK_LEAD) == ["One ranks higher: 86 (73-98) against 13 (1-26)."]
    assert comparison.rows[1].winner == "one"
    assert said(comparison, Claim.LEAD) == ["One leads on adoption, ecosystem, match graph and freshness."]


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
    assert said(comparison, Claim.RANK_TIE) == ["One and Two rank the same: 61."]
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
        "Two is reported higher: 51 against 47 (Unfragile: One vs Two, 2026).",
        "Two is also reported at 55 (Unfragile: Two vs Three, 2026).",
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


# --- no sentence is contradicted by its rows --------------------------------------------------------------------


class Shown:
    """What a reader sees of one row, by tool: the checker's own reading, apart from the verdict's code."""

    def __init__(self, comparison: Comparison, feature: Feature) -> None:
        row = next(row for row in comparison.rows if row.feature is feature)
        self.winner = row.winner
        self.cells: dict[str, Cell] = {
            ref.slug: cell for ref, cell in zip(comparison.tools, row.cells, strict=True)
        }

    def beats(self, first: str, second: str) -> bool:
        """Whether our own value of one is clearly above the other's: higher, and half of the range apart."""
        one, two = self.cells[first], self.cells[second]
        assert one.value is not None
        assert two.value is not None
        assert one.low is not None
        assert two.low is not None
        assert one.high is not None
        assert two.high is not None
        assert not one.reported
        assert not two.reported
        covered = min(one.high, two.high) - max(one.low, two.low)
        return one.value > two.value and covered <= min(one.high - one.low, two.high - two.low) / 2 + 1e-9

    def prints(self, source: str) -> dict[str, float]:
        """What one source printed for each tool that it speaks of."""
        return {
            slug: report.value
            for slug, cell in self.cells.items()
            for report in cell.reports
            if report.source == source
        }

    def sources(self) -> set[str]:
        """Who printed a value for every tool."""
        return set.intersection(*({report.source for report in cell.reports} for cell in self.cells.values()))


def check(comparison: Comparison, sentence: Sentence) -> None:  # noqa: C901, PLR0912, PLR0915 (one case a claim, each a line or two)
    """Assert that a sentence follows from the rows that it names."""
    first, *others = sentence.subjects
    every = [ref.slug for ref in comparison.tools]
    names = {ref.slug: ref.name for ref in comparison.tools}
    assert sentence.evidence
    for feature in sentence.evidence:
        shown = Shown(comparison, feature)
        texts = {slug: cell.text for slug, cell in shown.cells.items()}
        match sentence.claim:
            case Claim.STATUS:
                assert texts[first] in {"Deprecated", "Gone"}
                assert texts[first].lower() in sentence.text
            case Claim.RANK_LEAD:
                assert all(shown.beats(first, other) for other in others)
                assert sentence.text.startswith(names[first])
            case Claim.RANK_TIE:
                assert len({f"{shown.cells[slug].value:.0f}" for slug in sentence.subjects}) == 1
            case Claim.RANK_CLOSE:
                assert not any(
                    shown.beats(slug, first) or shown.beats(first, slug) for slug in others
                ) or any(
                    f"{shown.cells[slug].value:.0f}" == f"{shown.cells[first].value:.0f}" for slug in others
                )
            case Claim.RANK_UNKNOWN:
                assert all(
                    shown.cells[slug].reported or texts[slug] == "unknown" for slug in sentence.subjects
                )
            case Claim.REPORTED_LEAD:
                source = next(source for source in shown.sources() if f"({source}, 2026)" in sentence.text)
                prints = shown.prints(source)
                assert all(prints[first] > prints[other] for other in every if other != first)
                assert f"{prints[first]:g}" in sentence.text
            case Claim.REPORTED_TIE:
                assert any(len(set(shown.prints(source).values())) == 1 for source in shown.sources())
            case Claim.REPORTED_APART:
                assert not shown.sources()
            case Claim.REPORTED_MORE:
                assert len(shown.cells[first].reports) > len(shown.sources())
            case Claim.LEAD:
                assert shown.winner == first
                assert all(shown.beats(first, other) for other in every if other != first)
            case Claim.TIE:
                assert len(set(texts.values())) == 1
                assert not any(cell.reported for cell in shown.cells.values())
            case Claim.REPORTED_PART_LEAD:
                assert shown.winner == first
                assert all(cell.reported for cell in shown.cells.values())
                for source in shown.sources():
                    prints = shown.prints(source)
                    assert all(prints[first] > prints[other] for other in every if other != first)
            case Claim.REPORTED_PART_TIE:
                assert shown.sources()
                for source in shown.sources():
                    assert len(set(shown.prints(source).values())) == 1
            case Claim.FREE:
                assert set(texts.values()) == {"Free"}
            case Claim.FREE_LEAD:
                assert texts[first] == "Free"
                assert {texts[slug] for slug in others}.isdisjoint({"Free", "Freemium", "unknown"})
            case Claim.PRICE_LEAD:
                assert len({cell.unit for cell in shown.cells.values()}) == 1
                assert all(shown.cells[first].value < shown.cells[slug].value for slug in others)  # type: ignore[operator]  # both are prices
            case Claim.PRICE_TIE:
                assert (
                    len(set(texts.values())) == 1
                    or len({text.split(", ")[-1] for text in texts.values()}) == 1
                )
            case Claim.PRICING_DIFFERS | Claim.LICENCE_DIFFERS:
                assert len(set(texts.values())) > 1
                assert all(text.casefold() in sentence.text.casefold() for text in texts.values())


parts = st.dictionaries(st.sampled_from(PARTS), st.sampled_from([0, 1, 2]), max_size=5)
scores = st.builds(
    lambda source, points, rounded, own: reported(source, points, rounded, **own),
    st.sampled_from([PAGE, OTHER_PAGE]),
    st.none() | st.integers(40, 44),
    st.booleans(),
    parts,
)
signals = st.dictionaries(
    st.sampled_from(sorted(FULL)), st.sampled_from([1, 100, 10_000, 10_100, 200_000]), max_size=5
).map(lambda figures: measured(**figures))
pricings = st.none() | st.builds(
    lambda kind, usd, unit: Pricing.model_validate(
        {
            "kind": kind,
            "starting": usd and {"usd": usd, "unit": unit, "source": "a list", "observed_on": "2026"},
        }
    ),
    st.sampled_from(list(PricingKind)),
    st.sampled_from([None, 0.15, 2.5, 20]),
    st.sampled_from(["month", "million input tokens"]),
)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Compare two to four random tools whose figures often meet."""
    tools = [
        tool(
            name,
            type=draw(st.sampled_from([ToolType.REPOSITORY, ToolType.MODEL])),
            status=draw(st.sampled_from(list(Status))),
            licence=draw(st.sampled_from([None, "MIT", "Proprietary"])),
            pricing=draw(pricings),
            signals=draw(signals),
            reported=draw(st.lists(scores, max_size=2)),
            released_on=draw(st.sampled_from([None, "2026-01", "2023"])),
        )
        for name in NAMES[: draw(st.integers(2, 4))]
    ]
    return compared(*tools)


@settings(max_examples=150, deadline=None)
@given(comparisons())
def test_no_sentence_is_contradicted_by_its_rows(comparison: Comparison) -> None:
    """Whatever the figures, every sentence follows from the rows that it names, and there is at least one."""
    assert comparison.verdict
    for sentence in comparison.verdict:
        check(comparison, sentence)


@settings(max_examples=60, deadline=None)
@given(comparisons())
def test_every_component_lead_is_said(comparison: Comparison) -> None:
    """A winner in a row and a lead in the verdict are the same thing."""
    won = {
        (row.winner, row.feature)
        for row in comparison.rows
        if row.winner and row.feature.value.lower() in LEADS
    }
    claims = {Claim.LEAD, Claim.REPORTED_PART_LEAD}
    told = {
        (sentence.subjects[0], feature)
        for sentence in comparison.verdict
        if sentence.claim in claims
        for feature in sentence.evidence
    }
    assert told == won


LEADS = tuple(part.replace("_", " ") for part in PARTS)


def test_the_checker_can_fail() -> None:
    """A sentence that the rows don't bear is caught."""
    comparison = compared(
        tool("One", reported=[reported(PAGE, 47)]), tool("Two", reported=[reported(PAGE, 51)])
    )
    lie = Sentence(
        text="One is reported higher: 51 against 47 (Unfragile: One vs Two, 2026).",
        claim=Claim.REPORTED_LEAD,
        subjects=("one", "two"),
        evidence=(Feature.RANK,),
    )
    with pytest.raises(AssertionError):
        check(comparison, lie)
