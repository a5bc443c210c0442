"""From ranked fits to an answer: resolved, ambiguous or not found.

The likeliest fit leads; its kind (see `kinds.Kind`) says what may be done about it. Only a name that was said,
whole or misspelt, with no version against it and no doubt about it, is resolved, and only when it is trusted
enough. A version that isn't there, a part of a name, or a name among other words is asked back about, whatever
the odds.

The margins below are differences of scores, which `make fit` doesn't learn, since no query says what else is to be
shown. They were set by hand on the queries in tests/evaluation/queries.jsonl, and hold for the scale of the learned
scores, on which a point makes a fit about three times as likely.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from catalog.models import ToolRef
from catalog.resolver import family, receipt
from catalog.resolver.doubt import doubts, is_guess
from catalog.resolver.fit import WHOLE, Versions
from catalog.resolver.kinds import SAID, Kind
from catalog.resolver.kinship import closest, kin
from catalog.resolver.ranking import rival, trust, weights
from catalog.resolver.resolution import Candidate, Outcome, Reason, Resolution
from catalog.resolver.wording import is_everyday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.resolver.entry import Entry
    from catalog.resolver.fit import Fit
    from catalog.resolver.phrase import Phrase
    from catalog.resolver.ranking import Ranked
    from catalog.resolver.resolution import RunnerUp
    from catalog.resolver.row import Row

#: Candidates of one answer at most: what a Discord menu holds.
CANDIDATES = 25
_NEAREST = 5
#: How far behind the best, in score, a fit may be and still be shown: about one chance in a hundred.
_SHOWN = 4.5
#: How far behind a fit of another kind may be and still be what was meant.
_CLOSE = 1.0
#: How far behind the best a whole name among other words may be to go before what is only like them.
_NEARLY = 4.0
#: How far behind the best a name with another version may be to stop a misspelt one from being resolved.
_STRAY = 8.0
#: Likeness from which a far fit is shown, and from which everyday words may be a misspelt name.
_FAINT = 0.5
_ALIKE = 0.8
#: Confidence of an answer that wasn't spelt out, at most, and of those that are spelt out.
_SUREST = 0.97
_SPELT = {Reason.EXACT: 1.0, Reason.ALIAS: 0.98}
_READ = 0.9
#: Words of a query from which it isn't asked back about when nothing in it is near a name.
_NAME_WORDS = 4


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
    several = len(leaders) > 1
    if (
        kind is Kind.FAR
        and not family.misspelt(leaders)
        and (sure < weights().offer or _is_chatter(query, best.judged.fit) or _is_faint(best.judged.fit))
    ):
        return _answer(
            text, Outcome.NOT_FOUND, [one for one in ranked if _is_shown(one, best)][:_NEAREST], sure
        )
    if kind in SAID and not several and sure >= weights().resolve and not doubts(text, query, best):
        row = best.judged.fit.row
        beaten = receipt.runner_up(best, second)
        if beaten and row.floats and beaten.slug in family.fellows(row):
            beaten = None  # an older version speaks against nothing, and is named as such
        note = receipt.of(query, best, beaten)
        found = _answer(text, Outcome.RESOLVED, [best, *others][:_NEAREST], sure, note, beaten)
        return _beside_family(found, row)
    offered = leaders + others[: None if kind is Kind.PART else _NEAREST]
    guess = is_guess(query, best.judged.read_as)
    note = receipt.SHORT if guess else receipt.asking(text, query, leaders, closest(leaders))
    return _answer(text, Outcome.AMBIGUOUS, offered, sure, note)


def ask_about(text: str, members: Sequence[Ranked]) -> Resolution:
    """Ask back which member of a family is meant.

    Args:
        text: as it was typed.
        members: two at least, in the order in which to offer them.
    """
    return _answer(text, Outcome.AMBIGUOUS, members, 1 / len(members), receipt.SEVERAL)


def padded(text: str, rows: Sequence[Row], ignored: tuple[str, ...], doubted: str = "") -> Resolution:
    """Make the answer from rows that are spelt out among words that change nothing; `doubted` as in `exactly`."""
    found = exactly(text, rows, Reason.WORDS, doubted)
    if doubted:
        return found
    note = f"{found.note}; {receipt.left_out(ignored)}"
    return found.model_copy(update={"ignored": ignored, "note": note})


def exactly(query: str, rows: Sequence[Row], read_as: Reason | None, doubted: str = "") -> Resolution:
    """Make the answer from rows that the query spells out: a name goes before an alias, and a family's name is last.

    Args:
        query: as it was typed.
        rows: at least one row.
        read_as: why the query had to be read differently to spell them, or None.
        doubted: why it is asked back about all the same, or "".
    """
    own = [row for row in rows if not row.floats]
    meant = [row for row in own if row.is_name] or own or rows
    claimed = dict.fromkeys(row.entry for row in meant)
    others = dict.fromkeys(row.entry for row in rows if row.entry not in claimed)
    first = meant[0]
    reason = read_as or (Reason.EXACT if first.is_name else Reason.ALIAS)
    confidence = _SPELT.get(reason, _READ)
    single = len(claimed) == 1
    sure = single and not doubted
    note = doubted or receipt.spelt(first, reason)
    if not single:
        note = f"{len(claimed)} tools are called {first.text}"
    candidates = tuple(
        _candidate(entry, confidence if sure and entry in claimed else confidence / 2, reason)
        for entry in list(claimed | others)[:CANDIDATES]
    )
    found = Resolution(
        query=query,
        outcome=Outcome.RESOLVED if sure else Outcome.AMBIGUOUS,
        reason=reason,
        confidence=candidates[0].confidence,
        tool=ToolRef(slug=first.entry.slug, name=first.entry.name) if sure else None,
        candidates=candidates,
        note=note,
    )
    return _beside_family(found, first) if sure else found


def _beside_family(found: Resolution, row: Row) -> Resolution:
    """Offer the older versions after the newest, where it was found by the name of their family."""
    if not row.floats:
        return found
    there = {one.slug for one in found.candidates}
    least = min(found.candidates[-1].confidence, round(found.confidence / 2, 3))
    older = tuple(
        Candidate(slug=slug, name=name, confidence=least, reason=found.candidates[0].reason)
        for slug, name in family.fellows(row).items()
        if slug not in there
    )
    return found.model_copy(update={"candidates": (found.candidates + older)[:CANDIDATES]})


def _leaders(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Give those that were meant, as far as the query tells, in the order in which to offer them; never empty."""
    best = ranked[0]
    kind = best.judged.kind
    # A word that another name has as it was typed is no misspelling: "llama" is no Ollama.
    clean = [
        one for one in ranked if one.judged.kind is Kind.CLEAN and one.judged.read_as is not Reason.ACRONYM
    ]
    if kind is Kind.CLEAN or (kind is not Kind.VERSION and clean and not _is_stray(clean[0], best)):
        return family.said(ranked)
    versions = [one for one in ranked if one.judged.kind is Kind.VERSION]
    if kind is Kind.VERSION or (versions and not _is_stray(versions[0], best)):
        return kin(ranked)
    if kind is Kind.NEAR:
        # Typed without a slip, a name is meant as much as the one that it would be a slip of: "ollama 3.3".
        plain = [one for one in versions if not one.judged.fit.edits and family.is_whole(one)]
        return [*plain, *_near(best, ranked)]
    if kind is Kind.FAR:
        # A whole name among other words, said with its version, goes before a name that is like them all; and any
        # name goes before an alias of which a word was met: "newest gpt" is no "GPT Index".
        whole = [one for one in ranked if one.judged.kind is Kind.BESIDE and one.score > best.score - _NEARLY]
        if whole and whole[0].judged.fit.versioned and whole[0].judged.fit.versions is Versions.SAME:
            return kin(ranked)
        if whole and best.judged.fit.telling and not best.judged.fit.row.is_name:
            return whole
    members = family.misspelt(ranked) if kind is Kind.FAR else []
    return members or [
        one
        for one in ranked
        # What each is a part of isn't told by how likely they are: "deepseek".
        if one.judged.kind is kind and (kind is Kind.PART or one.score > best.score - _CLOSE)
    ]


def _near(best: Ranked, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Give those that are misspelt as little as the best, which is misspelt."""
    fit = best.judged.fit
    near = [one for one in ranked if one.judged.kind is Kind.NEAR]
    if not fit.spelt_alike:
        # Said in the same words with the same slips, several names are one family.
        slips = (fit.asked, fit.edits)
        alike = [one for one in ranked if (one.judged.fit.asked, one.judged.fit.edits) == slips]
        several = sum(one in near for one in alike) > 1
        return [one for one in alike if one in near or (several and family.is_misspelt(one))]
    least = fit.whole_edits
    return [
        one
        for one in near
        if one is best
        or (_is_alike(one, least) and one.score > best.score - _CLOSE)
        or _is_as_near(one.judged.fit, fit)
    ]


def _is_as_near(fit: Fit, best: Fit) -> bool:
    """Tell whether a family is misspelt as little as another name: "lllama" is Llama or Ollama."""
    other = not set(best.row.phrase.words) <= set(fit.row.phrase.words)
    return other and not fit.spelt_alike and fit.asked >= best.asked and 0 < fit.edits <= best.whole_edits


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


def _is_faint(fit: Fit) -> bool:
    """Tell whether nothing of a query was met, and its letters are mostly others: "none" beside OneTrainer."""
    return not (fit.telling or fit.hinted or fit.shared) and fit.likeness < _FAINT


def _is_shown(one: Ranked, best: Ranked) -> bool:
    """Tell whether a fit is worth showing beside the best: far ones only beside others that are far."""
    fit = one.judged.fit
    if one.judged.kind is Kind.FAR and best.judged.kind in SAID:
        return False
    near = one.score > best.score - _SHOWN or one.judged.kind is not Kind.FAR
    return near and (fit.likeness >= _FAINT or fit.telling or fit.hinted)


def _answer(
    text: str,
    outcome: Outcome,
    ranked: Sequence[Ranked],
    sure: float,
    note: str | None = None,
    beaten: RunnerUp | None = None,
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
        runner_up=beaten,
        note=note,
    )


def _candidate(entry: Entry, confidence: float, reason: Reason) -> Candidate:
    return Candidate(slug=entry.slug, name=entry.name, confidence=confidence, reason=reason)
