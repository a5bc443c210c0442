"""The receipt: in words, how a name was read, what was left out, and why not the runner-up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalog.moments import day_in_words
from catalog.names import compact, name_key, words
from catalog.resolver import absence
from catalog.resolver.family import fellows
from catalog.resolver.fit import Versions
from catalog.resolver.kinds import HALF, Kind
from catalog.resolver.resolution import Reason, RunnerUp
from catalog.resolver.wording import is_everyday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.resolver.entry import Entry
    from catalog.resolver.fit import Fit
    from catalog.resolver.phrase import Phrase
    from catalog.resolver.ranking import Ranked
    from catalog.resolver.row import Row

#: What is said of a question back about a family, and about two letters that are nobody's alias.
SEVERAL = "several tools fit"
SHORT = "two letters may stand for anything"
#: Names that one sentence lists, and older versions that one does.
_LISTED = 8
_OLDER = 3
#: A word of a name, with its version where that sticks to it.
_PART = re.compile(r"[^\s_-]+")
_MARKS = {"sharp": "#", "and": "&", "plus": "+"}
#: Letters that differ from which their number says nothing.
_COUNTED = 3


def spelt(row: Row, reason: Reason) -> str | None:
    """Word the receipt of a name that was typed out; None when there is nothing to say."""
    if reason is Reason.EXACT:
        return None
    if row.floats:
        return "; ".join((_newest(row), *_older(row)))
    name = row.entry.name
    return f"read as {name}, also called {row.text}" if reason is Reason.ALIAS else f"read as {name}"


def of(query: Phrase, best: Ranked, beaten: RunnerUp | None) -> str:
    """Word the receipt of a name that wasn't typed out.

    Args:
        query: the plainest reading.
        best: what it was read as.
        beaten: what it was nearly read as.
    """
    fit = best.judged.fit
    floats = fit.row.floats
    said = [_newest(fit.row) if floats else f"read as {fit.row.entry.name}"]
    if best.judged.reason is Reason.TYPO:
        said.append(_letters(_differing(fit)))
    elif floats:
        pass  # which of the family was meant is said already
    elif fit.versions is Versions.MISSING:
        said[0] += ", the only one here that fits"
    elif query.versions and fit.unmet and not fit.ignored:
        # A family and a version were said, and not which member of it.
        said[0] += f", the only {_said_of(fit)} here"
    if fit.ignored:
        said.append(left_out(fit.ignored))
    if beaten:
        said.append(f"not {beaten.name}, {beaten.why}")
    if floats:
        said += _older(fit.row)
    return "; ".join(said)


def _newest(row: Row) -> str:
    """Say that a family's name means its newest tool, and of when that is."""
    family = row.entry.family
    if family is None:
        return f"read as {row.entry.name}"
    released = f" ({day_in_words(family.released_on)})" if family.released_on else ""
    return f"read as {row.entry.name}, {family.standing.format(row.text)}{released}"


def _older(row: Row) -> list[str]:
    """Name the older tools of a family, a few of them."""
    older = list(fellows(row).values())
    more = f" and {len(older) - _OLDER} more" if len(older) > _OLDER else ""
    return [f"there is also {', '.join(older[:_OLDER])}{more}"] if older else []


def left_out(parts: Sequence[str]) -> str:
    """Name the words that were left out because they change nothing."""
    return f"left out {_quoted(parts)}"


def by_another(entry: Entry, owner: str) -> str:
    """Say that a tool isn't made by whom its name was typed after: "google/gpt-4"."""
    return f"{entry.name} is by {entry.vendor}, not “{owner}”"


def runner_up(best: Ranked, second: Ranked | None) -> RunnerUp | None:
    """Give what a name was nearly read as, with what speaks against it; None when nothing plain does."""
    why = _why_not(second, best) if second else None
    if not second or not why:
        return None
    entry = second.judged.fit.row.entry
    return RunnerUp(slug=entry.slug, name=entry.name, why=why)


def _why_not(one: Ranked, best: Ranked) -> str | None:
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
    # What an alias has besides is nothing that the tool's name lacks.
    return f"of which {_quoted(unsaid)} wasn't said" if unsaid and fit.row.is_name else None


def asking(text: str, query: Phrase, leaders: Sequence[Ranked], named: Sequence[Ranked]) -> str:
    """Word why a question is asked back.

    Args:
        text: as it was typed.
        query: its plainest reading.
        leaders: what was meant, as far as the query tells.
        named: those of them that a sentence should name.
    """
    kinds = {one.judged.kind for one in leaders}
    first = leaders[0].judged
    if kinds & {Kind.VERSION, Kind.NEAR_VERSION} or (first.kind is Kind.BESIDE and first.fit.versioned):
        return absence.sentence(text, query, named)
    absent = [word for word in first.fit.strays if all(word in one.judged.fit.strays for one in leaders)]
    # What was found by an alias may have the word in its name: "comfy" is ComfyUI.
    whole = compact(name_key(first.fit.row.entry.name))
    absent = [word for word in absent if not whole.endswith(word)] or absent
    if absent and not first.fit.spelt_alike and (first.kind is Kind.BESIDE or first.fit.asked >= HALF):
        return f"found without {_quoted(_written(absent, text))}"
    if len(leaders) > 1:
        plain = kinds & {Kind.CLEAN, Kind.PART, Kind.BESIDE}
        return SEVERAL if plain else "several tools are spelt nearly so"
    near = first.fit.edits or first.fit.distance <= _COUNTED
    if query.words and not query.versions and not near and all(map(is_everyday, query.words)):
        return "words that name nothing by themselves"
    return _single(query, first.kind, first.fit)


def _single(query: Phrase, kind: Kind, fit: Fit) -> str:
    """Word why a single name is asked back about."""
    if fit.edits or fit.spelt_alike or (kind is Kind.FAR and (fit.strays or fit.distance == 1)):
        differing = _differing(fit)
        return f"{_letters(differing)} from “{fit.row.text}”" if differing <= _COUNTED else "spelt nearly so"
    unsaid = [part for part in _unsaid(fit) if part not in query.versions]
    if unsaid:
        return f"{_quoted(unsaid)} wasn't said"
    return f"found without {_quoted(fit.ignored)}" if fit.ignored else "near, but not sure"


def _unsaid(fit: Fit) -> tuple[str, ...]:
    """Give the words of a name that the query lacks, and its versions where the query has none of them."""
    return fit.unmet + (fit.row.phrase.versions if fit.versions is Versions.MISSING else ())


def _said_of(fit: Fit) -> str:
    """Give the words of a tool's name that were said, as they are written: "Claude 4.5" of Claude Sonnet 4.5."""
    parts = _PART.findall(fit.row.entry.name)
    return " ".join(part for part in parts if not set(words(name_key(part))) & set(fit.unmet))


def _written(parts: Sequence[str], text: str) -> list[str]:
    """Give words as they were typed: a mark that is read as a word ("#" as "sharp") is given as the mark."""
    plain = text.casefold()
    return [_MARKS[part] if part in _MARKS and part not in plain else part for part in parts]


def _quoted(parts: Sequence[str]) -> str:
    return listed([f"“{part}”" for part in parts])


def listed(names: Sequence[str]) -> str:
    """List names in a sentence, a few of them."""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def _differing(fit: Fit) -> int:
    """Count the letters that differ: of the words that are misspelt, or of the whole."""
    if fit.spelt_alike or fit.edits:
        return min(fit.whole_edits, fit.edits or fit.whole_edits)
    return round((1 - fit.likeness) * len(fit.row.phrase.compact))


def _letters(count: int) -> str:
    return f"{count} letter{'s differ' if count != 1 else ' differs'}"
