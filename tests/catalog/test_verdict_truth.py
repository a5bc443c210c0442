from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.comparison import Comparison, compare
from catalog.models import Pricing, PricingKind, Status, ToolType
from catalog.rank import rank
from catalog.rows import COMPONENT_OF, Feature
from catalog.verdict import Claim, Sentence
from catalog.weights import PRESETS
from tests import starters
from tests.catalog.verdicts import (
    FULL,
    NAMES,
    OTHER_PAGE,
    PAGE,
    PART_CLAIMS,
    PARTS,
    TODAY,
    check,
    compared,
    measured,
    reported,
    told,
    tool,
)

#: How many pairs of the starter catalog are looked at.
PAIRS = 1500
#: A sentence of more letters than this takes more than five lines of a phone.
LONGEST = 220

parts = st.dictionaries(st.sampled_from(PARTS), st.sampled_from([0, 1, 2]), max_size=5)
scores = st.builds(
    lambda source, points, rounded, own: reported(source, points, rounded, **own),
    st.sampled_from([PAGE, OTHER_PAGE]),
    st.none() | st.integers(40, 44),
    st.booleans(),
    parts,
)
signals = st.builds(
    lambda figures, when: [{**signal, "observed_on": when} for signal in measured(**figures)],
    st.dictionaries(
        st.sampled_from([*FULL, "lmarena_score", "monthly_downloads"]),
        st.sampled_from([1, 100, 1200, 10_000, 10_100, 200_000]),
        max_size=6,
    ),
    st.sampled_from(["2026-11", "2026-11", "2024-06", "2021"]),
)
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
            tasks=draw(st.sampled_from([[], ["coding"], ["image generation"], ["coding", "chat"]])),
            licence=draw(st.sampled_from([None, "MIT", "Proprietary"])),
            pricing=draw(pricings),
            signals=draw(signals),
            reported=draw(st.lists(scores, max_size=2)),
            released_on=draw(st.sampled_from([None, "2026-01", "2023"])),
        )
        for name in NAMES[: draw(st.integers(2, 4))]
    ]
    return compared(*tools, weights=draw(st.none() | st.sampled_from(list(PRESETS.values()))))


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
    won = {(row.winner, row.feature) for row in comparison.rows if row.winner and row.feature in COMPONENT_OF}
    slugs = {ref.slug for ref in comparison.tools}
    said = {
        (slug, part)
        for sentence in comparison.verdict
        if sentence.claim in PART_CLAIMS
        for slug, parts in told(comparison, sentence).items()
        for part in parts
        if slug in slugs
    }
    assert said == won


def test_no_pair_of_starter_tools_is_told_what_its_rows_deny() -> None:
    """Pairs of the starter catalog, a third by other weights: every sentence is true, and there are few."""
    tools = list(starters.all_tools())
    dice = random.Random(4)  # noqa: S311 (a fair draw, the same each time)
    pairs = dice.sample(list(combinations(tools, 2)), PAIRS)
    for number, pair in enumerate(pairs):
        weights = None if number % 3 else dice.choice(list(PRESETS.values()))
        comparison = compare(pair, [rank(one, today=TODAY, weights=weights) for one in pair], weights=weights)
        assert 1 <= len(comparison.verdict) <= 6
        for sentence in comparison.verdict:
            check(comparison, sentence)
            assert len(sentence.text) <= LONGEST, sentence.text


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
