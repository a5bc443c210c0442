"""Two to four tools side by side: rows, verdict, capabilities, and a warning where they don't do the same job."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from catalog.claims import Remark, flags_of, heading
from catalog.errors import ComparisonError
from catalog.flip import NamedWeights, Reversal, reversal
from catalog.models import Capability, Document, Slug, Tool, ToolRef
from catalog.rows import Feature, Row, too_close
from catalog.sheet import capabilities_cell, rows_of
from catalog.tasks import in_words, tasks_of
from catalog.verdict import Sentence, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from catalog.rank import Rank
    from catalog.weights import Weights

#: How many tools fit side by side.
FEWEST, MOST = 2, 4


class Pick(ToolRef):
    """A tool that does the job of one of the compared tools, and would be a fairer match for it."""

    like: Slug


class ComparisonWarning(Document):
    """What a reader should know before trusting the comparison, and tools that would suit it better."""

    text: str
    evidence: tuple[Feature, ...]
    picks: tuple[Pick, ...] = ()


class ListedCapability(Document):
    """A capability with its heading (derived where it has no title) and what its words give away."""

    heading: str
    capability: Capability
    remarks: tuple[Remark, ...] = ()


class CapabilityListing(Document):
    """All that is known of what one tool does; `text` counts it as the row does ("8 of 13 known")."""

    slug: Slug
    text: str
    items: tuple[ListedCapability, ...]


class Comparison(Document):
    """Tools side by side, in the order asked for; all rows have one cell a tool in that order.

    `weights` are those that somebody asked for; None where each tool is ranked by those of its type. `flips` say what
    it takes to put the second of the ranking before the first; none where one has no rank or both are shown alike.
    """

    tools: tuple[ToolRef, ...]
    rows: tuple[Row, ...]
    verdict: tuple[Sentence, ...]
    warnings: tuple[ComparisonWarning, ...] = ()
    capabilities: tuple[CapabilityListing, ...] = ()
    flips: tuple[Reversal, ...] = ()
    weights: NamedWeights | None = None

    def row(self, feature: Feature) -> Row | None:
        """Give one row, or None when it was left out because it says nothing."""
        return next((row for row in self.rows if row.feature is feature), None)


def _none(_: Slug) -> Sequence[ToolRef]:
    return ()


def compare(
    tools: Sequence[Tool],
    ranks: Sequence[Rank],
    picks: Callable[[Slug], Sequence[ToolRef]] = _none,
    *,
    weights: Weights | None = None,
) -> Comparison:
    """Hold two to four different tools side by side.

    Args:
        tools: the tools, in the order in which they are shown.
        ranks: their ranks, in the same order.
        picks: gives, for a tool's slug, others that do its job; asked only where the compared tools don't share one.
        weights: what somebody asked the ranks to be computed by; None where they are by each type's own.

    Raises:
        ComparisonError: fewer than two tools, more than four, or the same one twice.
    """
    _check(tools)
    refs = tuple(ToolRef(slug=tool.slug, name=tool.name) for tool in tools)
    rows = rows_of(tools, ranks)
    flips = tuple(_flips(refs, ranks, rows))
    warnings = tuple(_warnings(tools, picks))
    return Comparison(
        tools=refs,
        rows=rows,
        verdict=verdict(refs, rows, flips, weighed=weights is not None, apart=bool(warnings)),
        warnings=warnings,
        capabilities=tuple(listing(tool) for tool in tools),
        flips=flips,
        weights=weights,
    )


def listing(tool: Tool) -> CapabilityListing:
    """List a tool's capabilities with headings and remarks."""
    return CapabilityListing(
        slug=tool.slug,
        text=capabilities_cell(tool).text,
        items=tuple(
            ListedCapability(heading=heading(capability), capability=capability, remarks=flags_of(capability))
            for capability in tool.capabilities
        ),
    )


def _flips(tools: Sequence[ToolRef], ranks: Sequence[Rank], rows: Sequence[Row]) -> Iterator[Reversal]:
    """Say what reverses the ranking's first and second, where their ranks differ as shown."""
    cells = next(row.cells for row in rows if row.feature is Feature.RANK)
    ranked = sorted(
        (pair for pair in zip(ranks, cells, strict=True) if pair[1].ours),
        key=lambda pair: -(pair[1].value or 0),
    )
    if len(ranked) < FEWEST:
        return
    (first, ahead), (second, behind) = ranked[:FEWEST]
    if f"{ahead.value:.0f}" != f"{behind.value:.0f}":
        names = {tool.slug: tool.name for tool in tools}
        # Among more than two, a third may be ahead of both by the new weights: all that is sure is who passes whom.
        passes = len(ranked) > FEWEST or too_close(ahead, behind)
        yield reversal(first, second, names, passes=passes)


def _check(tools: Sequence[Tool]) -> None:
    slugs = [tool.slug for tool in tools]
    twice = next((tool for index, tool in enumerate(tools) if tool.slug in slugs[:index]), None)
    if twice:
        raise ComparisonError(f"{twice.name} is named twice; name another tool to hold it against.")
    if len(tools) < FEWEST:
        raise ComparisonError("A comparison needs at least two tools; name another one.")
    if len(tools) > MOST:
        raise ComparisonError(
            f"At most {MOST} tools fit side by side, and {len(tools)} were named; leave some out."
        )


def _warnings(
    tools: Sequence[Tool], picks: Callable[[Slug], Sequence[ToolRef]]
) -> Iterator[ComparisonWarning]:
    jobs = {tool.slug: tasks_of(tool) for tool in tools}
    apart = [
        pair
        for pair in combinations(tools, 2)
        if all(jobs[tool.slug] for tool in pair) and jobs[pair[0].slug].isdisjoint(jobs[pair[1].slug])
    ]
    if not apart:
        return
    concerned = [tool for tool in tools if any(tool in pair for pair in apart)]
    same = (
        "These don't do the same job" if len(concerned) == len(tools) else "Not all of these do the same job"
    )
    does = "; ".join(f"{tool.name} is for {in_words(jobs[tool.slug])}" for tool in concerned)
    compared = {tool.slug for tool in tools}
    yield ComparisonWarning(
        text=f"{same}: {does}.",
        evidence=(Feature.TYPE, Feature.CAPABILITIES),
        picks=tuple(
            Pick(slug=pick.slug, name=pick.name, like=tool.slug)
            for tool in concerned
            for pick in picks(tool.slug)
            if pick.slug not in compared
        ),
    )
