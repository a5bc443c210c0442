"""The verdict: which sentences there are, in which order, and which give way where it grows long.

The rules see nothing but the rows and what reverses them: what isn't shown can't be said. Every sentence names its
claim, whom it is about and the rows it follows from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.rows import Feature
from catalog.verdict import components, ranks, reports, terms
from catalog.verdict.ground import PAIR, Ground
from catalog.verdict.sentence import Claim, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from catalog.flip import Reversal
    from catalog.models import ToolRef
    from catalog.rows import Row

#: How many sentences fit under a table on a phone; each tool more than two may have one more.
_MOST = 6
#: What gives way first: the rows say the same at a glance.
_GIVE_WAY = (Claim.UNKNOWN, Claim.LICENCE_DIFFERS, Claim.REPORTED_PART_TIE, Claim.PRICING_DIFFERS)


def verdict(
    tools: Sequence[ToolRef],
    rows: Iterable[Row],
    reversals: Sequence[Reversal] = (),
    *,
    weighed: bool = False,
    apart: bool = False,
) -> tuple[Sentence, ...]:
    """Word the verdict; at least one sentence.

    Args:
        tools: the tools, in the order of the rows' cells.
        rows: what is shown.
        reversals: what it takes to reverse a lead, by the two tools.
        weighed: the ranks are by weights that somebody asked for; sentences that hang on them say so.
        apart: a warning says that the tools don't do the same job.
    """
    ground = Ground(tools, {row.feature: row for row in rows}, reversals, weighed, apart)
    sentences = list(_sentences(ground))
    for claim in _GIVE_WAY:
        if len(sentences) > _MOST + len(tools) - PAIR:
            sentences = [sentence for sentence in sentences if sentence.claim is not claim]
    return tuple(sentences)


def _sentences(ground: Ground) -> Iterator[Sentence]:
    yield from terms.status(ground)
    own = list(ranks.own(ground))
    reported = list(reports.ranks(ground))
    # Where we can't set two ranks of our own against each other, what others report comes first: it's the news.
    together = sum(cell.ours for cell in ground.rows[Feature.RANK].cells) >= PAIR
    yield from [*own, *reported] if together else [*reported, *own]
    yield from components.known(ground)
    yield from components.unknown(ground)
    yield from reports.leads(ground)
    yield from reports.ties(ground)
    yield from terms.pricing(ground)
    yield from terms.licence(ground)
