"""Our own ranks: who is higher and what would reverse that, or that it is too close and what would settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.rows import COMPONENT_OF, Cell, Feature, Gap, too_close
from catalog.verdict.ground import PAIR, Ground, capital, listed, say
from catalog.verdict.sentence import Claim, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from catalog.models import Slug

#: A sentence names so many of the signals that would settle it.
_MOST_GAPS = 2
#: Below this as many points hang on the one as on the other.
_NOISE = 1e-6
_BY = "by these weights"


def own(ground: Ground) -> Iterator[Sentence]:
    """Say who ranks higher, or why nobody does."""
    ranked = ground.ranked()
    unranked = [slug for slug in ground.slugs if slug not in ranked]
    if len(ranked) >= PAIR:
        yield from _ranked(ground, ranked)
    if not ranked:
        nobody = (
            "either, so Matchbook ranks neither" if ground.pair else "any of them, so Matchbook ranks none"
        )
        text = f"No measured figures are known for {nobody}."
        yield say(text, Claim.RANK_UNKNOWN, unranked, [Feature.RANK])
    elif unranked:
        verb = "has" if len(unranked) == 1 else "have"
        text = f"{ground.names(unranked)} {verb} no rank of Matchbook's own: no measured figures are known."
        yield say(text, Claim.RANK_UNKNOWN, unranked, [Feature.RANK])


def _ranked(ground: Ground, ranked: Sequence[Slug]) -> Iterator[Sentence]:
    first, *others = ranked
    cells = ground.cells(Feature.RANK)
    points = {slug: f"{cells[slug].value:.0f}" for slug in ranked}
    spans = {slug: f"{points[slug]} ({cells[slug].low:.0f}-{cells[slug].high:.0f})" for slug in ranked}
    level = [slug for slug in others if points[slug] == points[first]]
    close = [slug for slug in others if slug in level or too_close(cells[first], cells[slug])]
    by = f" {_BY}" if ground.weighed else ""
    if close and len(level) == len(close):
        text = f"{ground.names([first, *level])} rank the same{by}: {points[first]}."
        yield say(text, Claim.RANK_TIE, [first, *level], [Feature.RANK])
    elif close:
        each = ground.against([first, *close], spans)
        text = f"Too close to call on rank{by}: {each}; the ranges overlap by more than half."
        yield say(text, Claim.RANK_CLOSE, [first, *close], [Feature.RANK])
    if close:
        yield from _settling(ground, [first, *close], cells)
        return
    degree = "higher" if len(ranked) == PAIR else "highest"
    each = ground.against(ranked, spans, named=len(ranked) > PAIR)
    jobs = _jobs(ground)
    evidence = [Feature.RANK, *([Feature.TYPE, Feature.CAPABILITIES] if jobs else [])]
    yield say(f"{ground.name(first)} ranks {degree}{by}{jobs}: {each}.", Claim.RANK_LEAD, ranked, evidence)
    yield from _reversing(ground, first, others[0])


def _jobs(ground: Ground) -> str:
    if not ground.apart:
        return ""
    return ", though at a different job" if ground.pair else ", though not all do the same job"


def _settling(ground: Ground, close: Sequence[Slug], cells: Mapping[Slug, Cell]) -> Iterator[Sentence]:
    """Name the signals on which most of the uncertainty hangs, of whoever lacks them."""
    closed = {slug: _unmeasurable(cells[slug]) for slug in close}
    if sum(closed.values()) > sum(gap.points for slug in close for gap in cells[slug].gaps) + _NOISE:
        yield from _beyond(ground, {slug: points for slug, points in closed.items() if round(points)})
        return
    gaps: dict[str, dict[Slug, Gap]] = {}
    for slug in close:
        for gap in cells[slug].gaps:
            if round(gap.points):
                gaps.setdefault(gap.metric, {})[slug] = gap
    most = sorted(gaps.values(), key=lambda lacking: -max(gap.points for gap in lacking.values()))[
        :_MOST_GAPS
    ]
    if most:
        # Of both where as much hangs on it, else of the one on whose rank more does.
        lacking = [_heaviest(one) for one in most]
        each = [_at_stake(ground, close, one, first=not n) for n, one in enumerate(lacking)]
        text = f"{listed(each)} would do most to settle it."
        text = f"{capital(_BY)} {text}" if ground.weighed else capital(text)
        concerned = [slug for slug in close if any(slug in one for one in lacking)]
        yield say(text, Claim.SETTLE, concerned, [Feature.RANK])


def _unmeasurable(cell: Cell) -> float:
    """Say how much of a rank's range no signal would close: parts for which such a tool has nothing to measure."""
    return (cell.high or 0.0) - (cell.low or 0.0) - sum(gap.points for gap in cell.gaps)


def _beyond(ground: Ground, closed: Mapping[Slug, float]) -> Iterator[Sentence]:
    """Say that most of the uncertainty is beyond measuring, of whom, and how many points that is."""
    if not closed:
        return
    blank = [_blank(ground, slug) for slug in closed]
    # What weighs nothing has no gaps either: by other weights than usual, the rows don't tell which of several it is.
    told = blank.count(blank[0]) == len(blank) and (len(blank[0]) == 1 or not ground.weighed)
    what = listed([part.value.lower() for part in blank[0]]) if told else "some of the parts"
    whose = ground.all.lower() if len(closed) == len(ground.tools) else ground.names(closed)
    figures = list(dict.fromkeys(f"{points:.0f}" for points in closed.values()))
    each = " each" if len(closed) > len(figures) == 1 else ""
    text = f"more figures would hardly settle it: {what} of {whose} can't be measured"
    unit = "point" if figures == ["1"] else "points"
    text = f"{text} ({listed(figures)} {unit}{each})."
    text = f"{capital(_BY)} {text}" if ground.weighed else capital(text)
    yield say(text, Claim.SETTLE, closed, [Feature.RANK])


def _blank(ground: Ground, slug: Slug) -> list[Feature]:
    """List the parts of a tool's rank that have neither a figure nor a gap."""
    missing = {gap.component for gap in ground.cells(Feature.RANK)[slug].gaps}
    return [
        feature
        for feature, name in COMPONENT_OF.items()
        if name not in missing and not (feature in ground.rows and ground.cells(feature)[slug].ours)
    ]


def _heaviest(lacking: Mapping[Slug, Gap]) -> dict[Slug, Gap]:
    most = max(round(gap.points) for gap in lacking.values())
    return {slug: gap for slug, gap in lacking.items() if round(gap.points) == most}


def _at_stake(ground: Ground, close: Sequence[Slug], lacking: Mapping[Slug, Gap], *, first: bool) -> str:
    gap = next(iter(lacking.values()))
    what = f"newer {gap.label}" if gap.stale else gap.label
    figure = f"{gap.points:.0f}"
    if first:
        figure += " point" if figure == "1" else " points"
    if len(lacking) == 1:
        return f"{what} of {ground.names(lacking)} ({figure})"
    all_close = len(lacking) == len(close) == len(ground.tools)
    whose = ground.all.lower() if all_close else ground.names(lacking)
    return f"{what} of {whose} ({figure} each)"


def _reversing(ground: Ground, first: Slug, second: Slug) -> Iterator[Sentence]:
    """Say which weights would put the runner-up ahead."""
    for found in ground.reversals:
        if (found.winner, found.loser) != (first, second):
            continue
        if found.flip is None:
            parts = [row.feature for row in ground.parts()]
            yield say(found.text, Claim.NO_FLIP, [first, second], [Feature.RANK, *parts])
            continue
        moved = {found.flip.component, *found.flip.taken_from}
        parts = [row.feature for row in ground.parts() if COMPONENT_OF[row.feature] in moved]
        lead = "Starting from these weights, " if ground.weighed else ""
        yield say(f"{lead}{found.text}", Claim.FLIP, [second, first], [Feature.RANK, *parts])
