"""The receipt: in words, how a name was read, what was left out, and why not the runner-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.resolver.fit import Versions
from catalog.resolver.kinds import Kind
from catalog.resolver.resolution import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.resolver.fit import Fit
    from catalog.resolver.ranking import Ranked
    from catalog.resolver.row import Row

#: Names that one sentence lists.
_LISTED = 8


def spelt(row: Row, reason: Reason) -> str | None:
    """Word the receipt of a name that was typed out; None when there is nothing to say."""
    if reason is Reason.EXACT:
        return None
    name = row.entry.name
    return f"read as {name}, also called {row.text}" if reason is Reason.ALIAS else f"read as {name}"


def of(best: Ranked, second: Ranked | None) -> str:
    """Word the receipt of a name that wasn't typed out."""
    fit = best.judged.fit
    said = [f"read as {fit.row.entry.name}"]
    if best.judged.reason is Reason.TYPO:
        said.append(_letters(min(fit.whole_edits, fit.edits or fit.whole_edits)))
    elif fit.versions is Versions.MISSING:
        said[0] += ", the only one here that fits"
    if fit.ignored:
        said.append(f"left out {_quoted(fit.ignored)}")
    if second and (reason := why_not(second, best)):
        said.append(f"not {second.judged.fit.row.entry.name}, {reason}")
    return "; ".join(said)


def why_not(one: Ranked, best: Ranked) -> str | None:
    """Say what speaks against a fit beside the best, in words that follow its name; None when nothing plain does."""
    fit = one.judged.fit
    if fit.versions is Versions.CONFLICT:
        return "another version"
    if fit.versions is Versions.EXTRA:
        return "which has no such version"
    if fit.strays:
        return f"which has no {_quoted(fit.strays)}"
    if fit.edits > best.judged.fit.edits:
        return f"where {_letters(fit.edits)}"
    # What the best lacks as well speaks for neither.
    unsaid = [part for part in _unsaid(fit) if part not in _unsaid(best.judged.fit)]
    return f"of which {_quoted(unsaid)} wasn't said" if unsaid else None


def _unsaid(fit: Fit) -> tuple[str, ...]:
    """Give the words of a name that the query lacks, and its versions where the query has none of them."""
    return fit.unmet + (fit.row.phrase.versions if fit.versions is Versions.MISSING else ())


def _quoted(words: Sequence[str]) -> str:
    return listed([f"“{word}”" for word in words])


def asking(leaders: Sequence[Ranked], named: Sequence[Ranked]) -> str | None:
    """Word why a question is asked back; None where the choices say it.

    Args:
        leaders: what was meant, as far as the query tells.
        named: those of them that a sentence should name.
    """
    if {one.judged.kind for one in leaders} & {Kind.VERSION, Kind.NEAR_VERSION}:
        lacking = any(one.judged.fit.versions is not Versions.SAME for one in leaders)
        names = listed([one.judged.fit.row.entry.name for one in named])
        return f"no such {'version' if lacking else 'name'} here; what there is: {names}"
    if len(leaders) > 1:
        return "several tools fit"
    strays = leaders[0].judged.fit.strays
    return f"found without {_quoted(strays)}" if leaders[0].judged.kind is Kind.BESIDE and strays else None


def listed(names: Sequence[str]) -> str:
    """List names in a sentence, a few of them."""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def _letters(count: int) -> str:
    return f"{count} letter{'s differ' if count != 1 else ' differs'}"
