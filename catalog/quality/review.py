"""All rules over all entries: what should be mended before they are taken into the starter catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.quality import across, entry, figures, prose
from catalog.quality.finding import Finding, Spot, name_of
from catalog.quality.intended import Intended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.importers import Incoming

#: The rules that look at one entry at a time.
RULES = (*entry.RULES, *prose.RULES, *figures.RULES)
#: All rules, also those that hold between entries.
ALL_RULES = (*RULES, *across.RULES, *across.RULES_OF_A_FOLDER)


def review(
    entries: Sequence[Incoming], *, intended: Intended | None = None, beside: Sequence[Incoming] = ()
) -> list[Finding]:
    """Find what should be mended in entries of our own.

    Args:
        entries: the documents, as they were read; findings come in their order.
        intended: the lists of the folder that they belong to; None for files that belong to none.
        beside: the other entries of that folder, which are known and not judged.
    """
    lists = intended or Intended()
    found = [
        Finding(name_of(rule), Spot(incoming, one.path, one.word), one.reason)
        for incoming in entries
        for rule in RULES
        for one in rule(incoming.tool)
        if len(one.path) > 1 or f"{incoming.tool.slug}.{one.path[0]}" not in lists.missing
    ]
    for rule_across in (*across.RULES, *(across.RULES_OF_A_FOLDER if intended else ())):
        found += rule_across(entries, beside, lists)
    order = {id(incoming): number for number, incoming in enumerate(entries)}
    return sorted(found, key=lambda finding: order[id(finding.spot.incoming)])
