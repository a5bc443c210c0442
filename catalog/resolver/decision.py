"""From ranked fits to an answer: resolved, ambiguous or not found.

The likeliest fit leads; its kind (see `kinds.Kind`) says what may be done about it. Only a name that was said,
whole or misspelt, with no version against it, is resolved, and only when it is trusted enough. A version that
isn't there, a part of a name, or a name among other words is asked back about, whatever the odds.
"""

from __future__ import annotations

import re
from math import exp
from typing import TYPE_CHECKING

from catalog.models import ToolRef
from catalog.resolver import receipt
from catalog.resolver.fit import WHOLE, Versions
from catalog.resolver.kinds import SAID, Kind
from catalog.resolver.ranking import rival, trust, weights
from catalog.resolver.resolution import Candidate, Outcome, Reason, Resolution
from catalog.resolver.wording import is_everyday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.resolver.entry import Entry
    from catalog.resolver.fit import Fit
    from catalog.resolver.phrase import Phrase
    from catalog.resolver.ranking import Ranked
    from catalog.resolver.row import Row

#: Candidates of one answer at most: what a Discord menu holds.
CANDIDATES = 25
_NEAREST = 5
#: How far behind the best, in score, a fit may be and still be shown: about one chance in a hundred.
_SHOWN = 4.5
#: How far behind a fit of another kind may be and still be what was meant.
_CLOSE = 1.0
_FAINT = 0.5
_ALIKE = 0.8
#: Confidence of an answer that wasn't spelt out, at most.
_SUREST = 0.97
#: How far behind the nearest of kin another one may be to be offered next to it, and to be named with it.
_AKIN = 0.25
_CLOSE_KIN = 0.08
#: How far behind the best a name with another version may be to stop a misspelt one from being resolved.
_STRAY = 8.0
#: Words of a query from which it isn't asked back about when nothing in it is near a name.
_NAME_WORDS = 4
#: A release as versions have it ("3.5", "4o"): few digits, and no unit of size after them.
_RELEASE = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)o?")


def decide(text: str, query: Phrase, ranked: Sequence[Ranked], names: int) -> Resolution:
    """Make the answer from the best fit of each tool.

    Args:
        text: as it was typed.
        query: its plainest reading.
        ranked: the likeliest first.
        names: how many tools there are.
    """
    if not ranked:
        return Resolution(query=text, outcome=Outcome.NOT_FOUND)
    leaders = _leaders(ranked)
    best = leaders[0]
    second = rival(best, ranked)
    sure = trust(best, second, names)
    kind = best.judged.kind
    others = [one for one in ranked if one not in leaders and _is_shown(one, best)]
    if kind is Kind.FAR and (sure < weights().offer or _is_chatter(query, best.judged.fit)):
        return _answer(
            text, Outcome.NOT_FOUND, [one for one in ranked if _is_shown(one, best)][:_NEAREST], sure, None
        )
    if kind in SAID and len(leaders) == 1 and sure >= weights().resolve:
        return _answer(text, Outcome.RESOLVED, [best, *others][:_NEAREST], sure, receipt.of(best, second))
    offered = leaders + others[: None if kind is Kind.PART else _NEAREST]
    return _answer(text, Outcome.AMBIGUOUS, offered, sure, receipt.asking(leaders, _closest(leaders)))


def exactly(query: str, rows: Sequence[Row], read_as: Reason | None) -> Resolution:
    """Make the answer from rows that the query spells out: a name goes before an alias.

    Args:
        query: as it was typed.
        rows: at least one row.
        read_as: why the query had to be read differently to spell them, or None.
    """
    names = [row for row in rows if row.is_name]
    claimed = dict.fromkeys(row.entry for row in (names or rows))
    others = dict.fromkeys(row.entry for row in rows if row.entry not in claimed)
    first = (names or rows)[0]
    reason = read_as or (Reason.EXACT if names else Reason.ALIAS)
    confidence = {Reason.EXACT: 1.0, Reason.ALIAS: 0.98}.get(reason, 0.9)
    sure = len(claimed) == 1
    candidates = tuple(
        _candidate(entry, confidence if sure and entry in claimed else confidence / 2, reason)
        for entry in list(claimed | others)[:CANDIDATES]
    )
    return Resolution(
        query=query,
        outcome=Outcome.RESOLVED if sure else Outcome.AMBIGUOUS,
        reason=reason,
        confidence=candidates[0].confidence,
        tool=ToolRef(slug=first.entry.slug, name=first.entry.name) if sure else None,
        candidates=candidates,
        note=receipt.spelt(first, reason) if sure else f"{len(claimed)} tools are called {first.text}",
    )


def _leaders(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Give those that were meant, as far as the query tells, in the order in which to offer them; never empty."""
    best = ranked[0]
    kind = best.judged.kind
    # A word that another name has as it was typed is no misspelling: "llama" is no Ollama.
    clean = [
        one for one in ranked if one.judged.kind is Kind.CLEAN and one.judged.read_as is not Reason.ACRONYM
    ]
    if kind is Kind.CLEAN or (kind is not Kind.VERSION and clean and not _is_stray(clean[0], best)):
        return _said(ranked)
    versions = [one for one in ranked if one.judged.kind is Kind.VERSION]
    if kind is Kind.VERSION or (versions and not _is_stray(versions[0], best)):
        beside = [one for one in ranked if one.judged.kind is Kind.BESIDE and one.judged.fit.versioned]
        kin = sorted(versions + beside, key=lambda one: -_kinship(one))
        return [one for one in kin if _kinship(one) > _kinship(kin[0]) - _AKIN]
    if kind is Kind.NEAR and best.judged.fit.spelt_alike:
        least = best.judged.fit.whole_edits
        return [
            one
            for one in ranked
            if one is best or (_is_alike(one, least) and one.score > best.score - _CLOSE)
        ]
    if kind is Kind.NEAR:
        # Said in the same words with the same slips, several names are one family.
        said, slips = best.judged.fit.asked, best.judged.fit.edits
        return [
            one
            for one in ranked
            if one.judged.kind is kind and (one.judged.fit.asked, one.judged.fit.edits) == (said, slips)
        ]
    return [one for one in ranked if one.judged.kind is kind and one.score > best.score - _CLOSE]


def _closest(leaders: Sequence[Ranked]) -> list[Ranked]:
    """Give those of the leaders that a sentence should name: of names with another version, the nearest of kin."""
    if leaders[0].judged.kind in SAID:
        return list(leaders)
    return [one for one in leaders if _kinship(one) > _kinship(leaders[0]) - _CLOSE_KIN]


def _said(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Choose between names that were said plainly."""
    clean = [one for one in ranked if one.judged.kind is Kind.CLEAN]
    # A whole name, said with every version it has, goes before the names that it is a part of.
    whole = [one for one in clean if _is_whole(one) and one.judged.fit.versions is Versions.SAME]
    if whole:
        return whole
    # Said of another tool as well, if less of its name, the word alone can't mean either.
    shared = not any(map(_is_whole, clean))
    parts = [one for one in ranked if shared and one.judged.kind is Kind.PART and not one.judged.fit.partial]
    return sorted(clean + parts, key=_in_family)


def _is_whole(one: Ranked) -> bool:
    return one.judged.fit.covered >= WHOLE


def _is_alike(one: Ranked, edits: int) -> bool:
    fit = one.judged.fit
    return one.judged.kind is Kind.NEAR and fit.spelt_alike and fit.whole_edits == edits


def _is_stray(one: Ranked, best: Ranked) -> bool:
    """Tell whether a fit is so far behind the best that what it shows doesn't matter."""
    return one.score < best.score - _STRAY


def _is_chatter(query: Phrase, fit: Fit) -> bool:
    """Tell whether a query has nothing but everyday words, or so many that it is no name."""
    if len(query.words) > _NAME_WORDS:
        return True
    named = fit.covered >= WHOLE or fit.likeness >= _ALIKE
    return not named and not query.versions and all(map(is_everyday, query.words))


def _is_shown(one: Ranked, best: Ranked) -> bool:
    """Tell whether a fit is worth showing beside the best: far ones only beside others that are far."""
    fit = one.judged.fit
    if one.judged.kind is Kind.FAR and best.judged.kind in SAID:
        return False
    near = one.score > best.score - _SHOWN or one.judged.kind is not Kind.FAR
    return near and (fit.likeness >= _FAINT or fit.telling or fit.hinted)


def _kinship(one: Ranked) -> float:
    """Say how near a name is whose version disagrees, 0..1: its words first, then what the versions share."""
    fit = one.judged.fit
    return 0.22 + 0.11 * fit.asked + 0.09 * fit.covered + 0.05 * fit.likeness + 0.25 * fit.shared


def _in_family(one: Ranked) -> tuple[bool, float, list[float], float]:
    """Order the members of a family: by its name before an alias, those asked for most, then the newest."""
    row = one.judged.fit.row
    # A size is no version: 20b isn't newer than 5.
    versions = [found for token in row.phrase.versions if (found := _RELEASE.fullmatch(token))]
    newest = [-float(found[1]) for found in versions]
    return (not row.is_name, -round(row.entry.popularity, 1), newest or [0.0], row.rank)


def _answer(
    text: str, outcome: Outcome, ranked: Sequence[Ranked], sure: float, note: str | None
) -> Resolution:
    candidates: list[Candidate] = []
    ceiling = min(_SUREST, sure)
    for one in ranked[:CANDIDATES]:
        share = sure * exp(min(0.0, one.score - ranked[0].score))
        # What people ask for more may stand before what is a hair likelier; the figures follow the order.
        ceiling = min(ceiling, share)
        candidates.append(_candidate(one.judged.fit.row.entry, round(ceiling, 3), one.judged.reason))
    first = candidates[0] if candidates else None
    found = outcome is not Outcome.NOT_FOUND
    resolved = outcome is Outcome.RESOLVED and first is not None
    return Resolution(
        query=text,
        outcome=outcome,
        reason=first.reason if first and found else None,
        confidence=first.confidence if first else 0.0,
        tool=ToolRef(slug=first.slug, name=first.name) if resolved and first else None,
        candidates=tuple(candidates),
        ignored=ranked[0].judged.fit.ignored if ranked and found else (),
        note=note,
    )


def _candidate(entry: Entry, confidence: float, reason: Reason) -> Candidate:
    return Candidate(slug=entry.slug, name=entry.name, confidence=confidence, reason=reason)
