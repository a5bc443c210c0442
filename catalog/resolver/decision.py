"""From fits to an answer: resolved, ambiguous or not found, with a receipt.

Fits are sorted into kinds, the surest kind first, and the first kind that has any decides:

1. CLEAN: every word of the query is met exactly and no version disagrees.
2. VERSION: the words are met exactly, but a version or size disagrees: never resolved, only offered.
3. NEAR: misspelt, or met by the beginning of a word; versions agree.
4. NEAR_VERSION: misspelt, and a version disagrees: offered.
5. PART: met by a word that isn't the telling part of the name (its maker, the end of a word): offered.
6. BESIDE: a whole name among other words: offered; together with VERSION when the query has one.
7. FAR: nothing that would do; the likeliest are shown with "not found".
"""

from __future__ import annotations

from enum import IntEnum
from math import log
from typing import TYPE_CHECKING, NamedTuple

from catalog.models import ToolRef
from catalog.resolver.resolution import Candidate, Outcome, Reason, Resolution
from catalog.resolver.scoring import Versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.models import Tool
    from catalog.resolver.index import Row
    from catalog.resolver.scoring import Fit

#: Candidates of one answer at most: what a Discord menu holds.
CANDIDATES = 25
_NEAREST = 5
#: How far a second fit may lie behind and still be what was meant.
_MARGIN = 0.08
#: Share of a name from which all of it was said.
WHOLE = 0.99
_FAINT = 0.5
#: Confidence of an answer that wasn't spelt out, at most.
_SUREST = 0.97
#: Confidence needed to resolve a near fit: more in a catalog of many names, where a neighbour is close to
#: anything. Both figures were set by hand while looking at catalogs of 500, 1,000 and 15,000 names; no fit.
_NEEDED = 0.68
_NEEDED_PER_LOG_NAME = 0.012


class Kind(IntEnum):
    """Kinds of fits, the surest first; see the module's text."""

    CLEAN = 1
    VERSION = 2
    NEAR = 3
    NEAR_VERSION = 4
    PART = 5
    BESIDE = 6
    FAR = 7


#: Kinds that are offered together: "GPT-4 Turbo" may mean GPT-4 sooner than another version of a Turbo.
_ALSO = {Kind.CLEAN: Kind.PART, Kind.VERSION: Kind.BESIDE}


class Judged(NamedTuple):
    """A fit with its kind, its confidence (0..1) and the reason that a person is given."""

    fit: Fit
    kind: Kind
    confidence: float
    reason: Reason


def judge(fit: Fit, read_as: Reason | None) -> Judged:
    """Say what kind of a fit it is; `read_as` is how the query had to be read for it."""
    kind = _kind(fit)
    # Shorthand for a word among others, or for a part of a name, is a guess upon a guess.
    if read_as is Reason.ACRONYM and kind in {Kind.PART, Kind.BESIDE}:
        kind = Kind.FAR
    words = 0.5 + 0.25 * fit.asked + 0.2 * fit.covered
    if kind is Kind.CLEAN:
        known = 0.04 if fit.versions is Versions.SAME else 0.0
        return Judged(fit, kind, words + known, read_as or Reason.WORDS)
    if kind in {Kind.VERSION, Kind.NEAR_VERSION, Kind.BESIDE} and (kind is not Kind.BESIDE or fit.versioned):
        return Judged(fit, kind, 0.45 * words + 0.05 * fit.likeness + 0.25 * fit.shared, Reason.VERSION)
    if kind is Kind.NEAR:
        whole = fit.likeness if fit.spelt_alike else 0.0
        by_words = words - 0.05 * fit.edits if fit.named else 0.0
        typed = Reason.TYPO if whole > by_words or fit.edits else Reason.PREFIX
        return Judged(fit, kind, max(whole, by_words), read_as or typed)
    if kind is Kind.PART:
        return Judged(fit, kind, 0.4 * words, Reason.PREFIX if fit.partial else Reason.WORDS)
    if kind is Kind.BESIDE and not fit.versioned:
        return Judged(fit, kind, 0.3 + 0.3 * fit.asked, Reason.WORDS)
    return Judged(fit, kind, 0.25 * fit.likeness + 0.25 * fit.asked, Reason.TYPO)


def _kind(fit: Fit) -> Kind:
    agree = fit.versions in {Versions.SAME, Versions.MISSING}
    exact = not fit.edits and not fit.partial
    if fit.named:
        if exact:
            return Kind.CLEAN if agree else Kind.VERSION
        return Kind.NEAR if agree else Kind.NEAR_VERSION
    if fit.telling and fit.hinted and exact and fit.covered >= WHOLE and (agree or fit.versioned):
        return Kind.BESIDE
    # A name may be misspelt across its words ("llama.ccp"): then the letters alone are compared.
    if fit.spelt_alike and fit.versions is Versions.SAME:
        return Kind.NEAR
    return Kind.PART if fit.hinted and not fit.strays and not fit.edits and agree else Kind.FAR


def decide(query: str, judged: Sequence[Judged], tools: Sequence[Tool]) -> Resolution:
    """Make the answer from the best fit of each tool, in any order."""
    if not judged:
        return Resolution(query=query, outcome=Outcome.NOT_FOUND)
    kind = min(one.kind for one in judged)
    kinds = {kind, _ALSO.get(kind, kind)}
    of_kind = sorted((one for one in judged if one.kind in kinds), key=lambda one: _order(one, tools))
    if kind is Kind.FAR:
        nearest = [one for one in of_kind if one.fit.likeness >= _FAINT or one.fit.telling or one.fit.hinted][
            :_NEAREST
        ]
        return _answer(query, Outcome.NOT_FOUND, nearest, tools, None)
    leaders = _leaders(of_kind)
    best = leaders[0]
    others = [one for one in of_kind if one not in leaders]
    if kind in {Kind.CLEAN, Kind.NEAR}:
        needed = _NEEDED + _NEEDED_PER_LOG_NAME * log(len(tools) + 1)
        if len(leaders) == 1 and best.confidence >= needed:
            return _answer(
                query, Outcome.RESOLVED, [best, *others[: _NEAREST - 1]], tools, _receipt(best, tools)
            )
        note = None if len(leaders) == 1 else "several tools fit"
        return _answer(query, Outcome.AMBIGUOUS, leaders + others, tools, note)
    offered = leaders + others[: CANDIDATES if kind is Kind.PART else _NEAREST]
    note = None
    if kind in {Kind.VERSION, Kind.NEAR_VERSION}:
        lacking = "version" if any(one.fit.versions is not Versions.SAME for one in leaders) else "name"
        names = _listed([tools[one.fit.row.tool].name for one in leaders])
        note = f"no such {lacking} here; what there is: {names}"
    return _answer(query, Outcome.AMBIGUOUS, offered, tools, note)


def exactly(query: str, rows: Sequence[Row], tools: Sequence[Tool], read_as: Reason | None) -> Resolution:
    """Make the answer from rows that the query spells out: a name goes before an alias.

    Args:
        query: as it was typed.
        rows: at least one row.
        tools: of the index.
        read_as: why the query had to be read differently to spell them, or None.
    """
    names = [row for row in rows if not row.alias]
    claimed = dict.fromkeys(row.tool for row in (names or rows))
    others = dict.fromkeys(row.tool for row in rows if row.tool not in claimed)
    first = (names or rows)[0]
    reason = read_as or (Reason.EXACT if names else Reason.ALIAS)
    confidence = {Reason.EXACT: 1.0, Reason.ALIAS: 0.98}.get(reason, 0.9)
    sure = len(claimed) == 1
    candidates = tuple(
        Candidate(
            slug=tools[number].slug,
            name=tools[number].name,
            confidence=confidence if sure and number in claimed else confidence / 2,
            reason=reason,
        )
        for number in list(claimed | others)[:CANDIDATES]
    )
    if not sure:
        return Resolution(
            query=query,
            outcome=Outcome.AMBIGUOUS,
            reason=reason,
            confidence=candidates[0].confidence,
            candidates=candidates,
            note=f"{len(claimed)} tools are called {first.text}",
        )
    tool = tools[first.tool]
    note = None
    if reason is not Reason.EXACT:
        note = f"read as {tool.name}" + (f", also called {first.text}" if reason is Reason.ALIAS else "")
    return Resolution(
        query=query,
        outcome=Outcome.RESOLVED,
        reason=reason,
        confidence=confidence,
        tool=ToolRef(slug=tool.slug, name=tool.name),
        candidates=tuple(candidates),
        note=note,
    )


def _leaders(of_kind: Sequence[Judged]) -> list[Judged]:
    """Give those of one kind that were meant, as far as the query tells; never empty."""
    clean = [one for one in of_kind if one.kind is Kind.CLEAN]
    if clean:
        # A whole name, said with every version it has, goes before the names that it is a part of.
        whole = [one for one in clean if one.fit.covered >= WHOLE and one.fit.versions is Versions.SAME]
        if whole:
            return whole
        # Said of another tool as well, if less of its name, the word alone can't mean either.
        shared = not any(one.fit.covered >= WHOLE for one in clean)
        return [one for one in of_kind if one.kind is Kind.CLEAN or (shared and not one.fit.partial)]
    alike = [one for one in of_kind if one.kind is Kind.NEAR and one.fit.spelt_alike]
    if alike:
        least = min(one.fit.whole_edits for one in alike)
        return [one for one in alike if one.fit.whole_edits == least]
    return [one for one in of_kind if one.confidence >= of_kind[0].confidence - _MARGIN]


def _order(one: Judged, tools: Sequence[Tool]) -> tuple[float, float, int]:
    tool = tools[one.fit.row.tool]
    # Steps of a twentieth: within one, what people ask for more says more than another hundredth of likeness.
    return (-round(20 * one.confidence), -(tool.popularity or 0.0), one.fit.row.tool)


def _receipt(one: Judged, tools: Sequence[Tool]) -> str:
    name = tools[one.fit.row.tool].name
    if one.reason is Reason.TYPO:
        letters = min(one.fit.whole_edits, one.fit.edits or one.fit.whole_edits)
        return f"read as {name}; {letters} letter{'s differ' if letters > 1 else ' differs'}"
    if one.fit.versions is Versions.MISSING:
        return f"read as {name}, the only one here that fits"
    return f"read as {name}"


def _listed(names: Sequence[str], limit: int = 8) -> str:
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more


def _answer(
    query: str, outcome: Outcome, judged: Sequence[Judged], tools: Sequence[Tool], note: str | None
) -> Resolution:
    candidates: list[Candidate] = []
    ceiling = _SUREST
    for one in judged[:CANDIDATES]:
        tool = tools[one.fit.row.tool]
        # What people ask for more may stand before what is a hair likelier; the figures follow the order.
        ceiling = min(ceiling, round(one.confidence, 3))
        candidates.append(Candidate(slug=tool.slug, name=tool.name, confidence=ceiling, reason=one.reason))
    first = candidates[0] if candidates else None
    resolved = outcome is Outcome.RESOLVED and first is not None
    return Resolution(
        query=query,
        outcome=outcome,
        reason=first.reason if first and outcome is not Outcome.NOT_FOUND else None,
        confidence=first.confidence if first else 0.0,
        tool=ToolRef(slug=first.slug, name=first.name) if resolved and first else None,
        candidates=tuple(candidates),
        note=note,
    )
