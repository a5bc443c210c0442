"""Comparisons to test verdicts with, and a reader who checks each sentence against the rows."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from catalog.comparison import Comparison, compare
from catalog.models import Status, Tool
from catalog.rank import MIDDLE, STATUS_FACTOR, rank
from catalog.rows import COMPONENT_OF, Cell, Feature
from catalog.verdict import Claim, Sentence

if TYPE_CHECKING:
    from catalog.weights import Weights

TODAY = date(2026, 11, 21)
PAGE, OTHER_PAGE = "Unfragile: One vs Two", "Unfragile: Two vs Three"
NAMES = ("One", "Two", "Three", "Four")
PARTS = ("adoption", "quality", "ecosystem", "match_graph", "freshness")


def tool(name: str, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a tool."""
    return Tool.model_validate({"name": name, **fields})


def compared(*tools: Tool, weights: Weights | None = None) -> Comparison:
    """Compare tools as they rank today."""
    ranks = [rank(each, today=TODAY, weights=weights) for each in tools]
    return compare(tools, ranks, weights=weights)


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
        narrower = min(one.high - one.low, two.high - two.low)
        # A figure that is sure lies in the other's range or beside it: there are no halves of it.
        apart = covered <= narrower / 2 + 1e-9 if narrower > 1e-9 else covered < 0
        return one.value > two.value and apart

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


#: How a sentence says that somebody leads on what follows.
_LEADS = r"leads on every part known for (?:both|all):|leads on|is reported ahead on|on"
#: Sentences that would be others by other weights.
BY_WEIGHTS = {Claim.RANK_LEAD, Claim.RANK_TIE, Claim.RANK_CLOSE, Claim.SETTLE, Claim.FLIP}
PART_CLAIMS = {
    Claim.SWEEP,
    Claim.LEAD,
    Claim.MIXED,
    Claim.TIE,
    Claim.OPEN,
    Claim.REPORTED_PART_LEAD,
}


def features(text: str) -> list[Feature]:
    """Read a list of components: "adoption (0.9 against 0.8) and match graph"."""
    bare = re.sub(r" \([^)]*\)", "", text)
    return [Feature(part.title()) for part in re.split(r", | and ", bare)]


def told(comparison: Comparison, sentence: Sentence) -> dict[str, list[Feature]]:
    """Read who is said to lead on what; "level" and "unclear" stand for nobody."""
    found: dict[str, list[Feature]] = {}
    slugs = {ref.name: ref.slug for ref in comparison.tools}
    names = "|".join(map(re.escape, slugs))
    for clause in sentence.text.removesuffix(".").split("; "):
        nobody = re.fullmatch(r"(?:both|all) are level on (.+)", clause, re.IGNORECASE)
        unclear = re.fullmatch(r"(?:neither|nobody) is clearly ahead on (.+)", clause, re.IGNORECASE)
        if nobody:
            found["level"] = features(nobody[1])
        elif unclear:
            found["unclear"] = features(unclear[1])
        else:
            led = re.findall(rf"(?:^|, )({names}) (?:{_LEADS}) (.+?)(?=, (?:{names}) on |$)", clause)
            assert led, clause
            found |= {slugs[name]: features(what) for name, what in led}
    return found


def check_own(shown: Shown, slug: str) -> None:
    """Assert that one leads in a row as shown, or that it is level, or that nobody is clearly ahead."""
    texts = [f"{cell.value:.2f}" for cell in shown.cells.values()]
    if slug == "level":
        assert len(set(texts)) == 1
    elif slug == "unclear":
        assert shown.winner is None
        assert len(set(texts)) > 1
    else:
        assert shown.winner == slug
        assert texts.count(f"{shown.cells[slug].value:.2f}") == 1
        assert all(shown.beats(slug, other) for other in shown.cells if other != slug)


def check_reported_lead(shown: Shown, slug: str) -> None:
    """Assert that every page that speaks of all has the same one ahead."""
    assert shown.winner == slug
    for source in shown.sources():
        prints = shown.prints(source)
        assert all(prints[slug] > prints[other] for other in prints if other != slug)


def check_parts(comparison: Comparison, sentence: Sentence) -> None:
    """Assert that everybody leads on what they are said to lead on, and nobody on the rest."""
    said_of = told(comparison, sentence)
    assert sorted(sentence.evidence) == sorted(part for parts in said_of.values() for part in parts)
    every = [ref.slug for ref in comparison.tools]
    leaders = [slug for slug in said_of if slug in every]
    reported_ = sentence.claim is Claim.REPORTED_PART_LEAD
    for slug, parts in said_of.items():
        for part in parts:
            shown = Shown(comparison, part)
            assert all(cell.ours is not reported_ for cell in shown.cells.values())
            if reported_:
                check_reported_lead(shown, slug)
            else:
                check_own(shown, slug)
    known = [
        row.feature
        for row in comparison.rows
        if row.feature in COMPONENT_OF and all(cell.ours for cell in row.cells)
    ]
    match sentence.claim:
        case Claim.SWEEP:
            assert sorted(said_of[leaders[0]]) == sorted(known)
            assert len(leaders) == 1
            assert len(known) > 1
        case Claim.LEAD:
            assert len(leaders) == 1
        case Claim.MIXED:
            assert len(leaders) > 1
        case Claim.TIE:
            assert set(said_of) == {"level"}
        case Claim.OPEN:
            assert not leaders
    assert reported_ or sorted(sentence.evidence) == sorted(known)


def check_unknown(comparison: Comparison, sentence: Sentence) -> None:
    """Assert that nothing is known of what is said to be unknown."""
    slugs = {ref.name: ref.slug for ref in comparison.tools}
    for clause in sentence.text.removeprefix("Not known: ").removesuffix(".").split("; "):
        parts, _, whose = clause.partition(" of ")
        of = list(slugs) if whose in {"both", "all"} else [name for name in slugs if name in whose]
        assert of
        for part in features(parts):
            assert part in sentence.evidence
            cells = Shown(comparison, part).cells
            assert all(not cells[slugs[name]].ours and not cells[slugs[name]].reports for name in of)


def check_settle(comparison: Comparison, sentence: Sentence) -> None:
    """Assert that the points named are at stake, and that nothing has more."""
    close = next(
        other.subjects for other in comparison.verdict if other.claim in {Claim.RANK_CLOSE, Claim.RANK_TIE}
    )
    assert set(sentence.subjects) <= set(close)
    cells = Shown(comparison, Feature.RANK).cells
    stakes = {gap.metric: 0.0 for slug in close for gap in cells[slug].gaps}
    for slug in close:
        for gap in cells[slug].gaps:
            stakes[gap.metric] = max(stakes[gap.metric], gap.points)
    known = sum(gap.points for slug in close for gap in cells[slug].gaps)
    width = sum((cells[slug].high or 0) - (cells[slug].low or 0) for slug in close)
    assert ("hardly settle it" in sentence.text) == (width - known > known + 1e-6)
    if "hardly settle it" in sentence.text:
        return
    most = [f"{points:.0f}" for points in sorted(stakes.values(), reverse=True)[:2] if round(points)]
    assert re.findall(r"\((\d+)(?: points?)?(?: each)?\)", sentence.text)[-len(most) :] == most


def check_flip(comparison: Comparison, sentence: Sentence) -> None:
    """Assert from the rows alone that the loser comes out ahead by the new weights, or that it is behind anyhow."""
    found = next(one for one in comparison.flips if sentence.text.endswith(one.text))
    lead = next(other for other in comparison.verdict if other.claim is Claim.RANK_LEAD)
    assert lead.subjects[:2] == (found.winner, found.loser)
    parts = {name: values_of(comparison, feature) for feature, name in COMPONENT_OF.items()}
    status = comparison.row(Feature.STATUS)
    factors = dict.fromkeys(parts["quality"], 1.0)
    for ref, cell in zip(comparison.tools, status.cells if status else (), strict=False):
        factors[ref.slug] = STATUS_FACTOR[Status(cell.text.lower())]

    def points(slug: str, weights: Weights) -> float:
        return factors[slug] * sum(share * parts[name][slug] for name, share in weights.named().items())

    if found.flip is None:
        assert sentence.claim is Claim.NO_FLIP
        assert "at least level" not in sentence.text or all(
            part[found.winner] >= part[found.loser] - 1e-9 for part in parts.values()
        )
        return
    assert sentence.claim is Claim.FLIP
    before, after = found.flip.before, found.flip.after
    assert points(found.winner, before.winner) > points(found.loser, before.loser)
    assert points(found.loser, after.loser) >= points(found.winner, after.winner)


def values_of(comparison: Comparison, feature: Feature) -> dict[str, float]:
    """What a component counts: the value that is shown, or half where nothing is known."""
    row = comparison.row(feature)
    cells = row.cells if row else [Cell(text="unknown")] * len(comparison.tools)
    return {
        ref.slug: cell.value if cell.ours and cell.value is not None else MIDDLE
        for ref, cell in zip(comparison.tools, cells, strict=True)
    }


def check(comparison: Comparison, sentence: Sentence) -> None:  # noqa: C901, PLR0912, PLR0915 (one case a claim, each a line or two)
    """Assert that a sentence follows from the rows that it names."""
    first, *others = sentence.subjects
    every = [ref.slug for ref in comparison.tools]
    names = {ref.slug: ref.name for ref in comparison.tools}
    assert sentence.evidence
    assert ("these weights" in sentence.text) == (
        comparison.weights is not None and sentence.claim in BY_WEIGHTS
    )
    if sentence.claim in PART_CLAIMS:
        check_parts(comparison, sentence)
        return
    for feature in sentence.evidence:
        shown = Shown(comparison, feature)
        texts = {slug: cell.text for slug, cell in shown.cells.items()}
        match sentence.claim:
            case Claim.STATUS:
                assert texts[first] in {"Deprecated", "Gone"}
                assert texts[first].lower() in sentence.text
            case Claim.RANK_LEAD if feature is Feature.RANK:
                assert all(shown.beats(first, other) for other in others)
                assert len({f"{shown.cells[slug].value:.0f}" for slug in (first, others[0])}) == 2
                assert ("job" in sentence.text) == bool(comparison.warnings)
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
            case Claim.SETTLE:
                check_settle(comparison, sentence)
            case Claim.FLIP | Claim.NO_FLIP:
                check_flip(comparison, sentence)
            case Claim.UNKNOWN:
                check_unknown(comparison, sentence)
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
