"""Families: several tools that the same words name, and the words around a family's name that name nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalog.models import ToolType
from catalog.names import compact
from catalog.resolver.fit import WHOLE, Versions
from catalog.resolver.kinds import Kind
from catalog.resolver.wording import (
    AI,
    FILLERS,
    LABELS,
    MAKERS,
    OF_TYPE,
    PLURALS,
    beside,
    is_aside,
    is_everyday,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.resolver.phrase import Phrase
    from catalog.resolver.ranking import Ranked
    from catalog.resolver.row import Row

#: So many tools make a family.
FEWEST = 2
#: Share of a query that has to be met, misspelt, to be a family's name: all its words, with a letter or two wrong.
_MISSPELT = 0.75
#: Share of a name that is met where a query's one word lacks just the end of it: "yolo" of "yolov".
_ALL_BUT = 0.9
_PADDING = FILLERS | {AI} | MAKERS | OF_TYPE[ToolType.MODEL] | PLURALS
#: A release as versions have it ("3.5", "4o"): few digits, and no unit of size after them.
_RELEASE = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)o?")


def fellows(row: Row) -> dict[str, str]:
    """Give the older versions of the tool that carries a family's name, the newest first: their names by slug."""
    return dict(row.entry.family.others) if row.entry.family else {}


def stem(query: Phrase) -> str:
    """Give what is left of a query without makers and words that say of what type a thing is.

    Nothing where there are no such words, or nothing else.
    """
    parts = query.key.split()
    # A letter may be a version's: "a2a", "gpt-4 o".
    left = [part for part in parts if len(part) == 1 or part not in _PADDING]
    return " ".join(left) if len(left) < len(parts) else ""


def padding(query: Phrase, bare: Phrase, rows: Sequence[Row], best: Ranked) -> tuple[str, ...]:
    """Give the words of a query around a name that is spelt out, if they may all stand there; else nothing.

    Args:
        query: as it was typed.
        bare: the name in it.
        rows: those that the name spells.
        best: the likeliest fit of the whole query. Where these words are a part of it, they aren't padding.
    """
    around = tuple(word for word in query.words if word not in bare.words)
    fit = best.judged.fit
    apart = fit.versions in {Versions.CONFLICT, Versions.EXTRA} or set(around) <= {*fit.ignored, *fit.strays}
    if is_plural(query, best) or not apart or (bare.words and all(map(is_everyday, bare.words))):
        return ()
    entries = {row.entry for row in rows}
    fits = all(
        is_aside(word, entry.vendor, entry.type, entry.aliases) for entry in entries for word in around
    )
    return around if rows and fits else ()


def is_owner(owner: str, row: Row) -> bool:
    """Tell whether somebody before a slash is the maker of a tool, or called as it is: "deepseek-ai"."""
    known = beside(row.entry.vendor, row.entry.type) | FILLERS | LABELS | {*row.phrase.words}
    return compact(owner) in known or known.issuperset(owner.split())


def is_plural(query: Phrase, best: Ranked) -> bool:
    """Tell whether a query asks for several things of a name ("claude models"), unless it is in the likeliest name."""
    several = PLURALS.intersection(query.words)
    return bool(several) and several <= {*best.judged.fit.ignored, *best.judged.fit.strays}


def said(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Choose between names that were said plainly."""
    clean = [one for one in ranked if one.judged.kind is Kind.CLEAN]
    # A whole name, said with every version it has, goes before the names that it is a part of.
    whole = [one for one in clean if is_whole(one) and one.judged.fit.versions is Versions.SAME]
    if whole:
        return whole
    # Said of another tool as well, if less of its name, the word alone can't mean either.
    shared = not any(map(is_whole, clean))
    parts = [one for one in ranked if one.judged.kind is Kind.PART and _is_member(one, shared=shared)]
    return sorted(clean + parts, key=order)


def misspelt(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Give the tools of which all words of a query are a misspelt part, if they are several."""
    found = [one for one in ranked if is_misspelt(one)]
    # Whether a name or an alias is nearest in letters says little where none is right.
    return sorted(found, key=lambda one: order(one)[1:]) if len(found) >= FEWEST else []


def is_settled(best: Ranked) -> bool:
    """Tell whether words around a name can't make a family of it: they are in it, or it was said as a whole."""
    fit = best.judged.fit
    whole = is_whole(best) and fit.versions is Versions.SAME
    return whole or (fit.row.is_name and not fit.ignored)


def several(ranked: Sequence[Ranked], resolved: Ranked) -> list[Ranked]:
    """Give the tools that all words of a query name plainly, if they are several and one of them was resolved."""
    found = said(ranked) if any(one.judged.kind is Kind.CLEAN for one in ranked) else _named_so(ranked)
    meant = resolved.judged.fit.row.entry
    return found if len(found) >= FEWEST and any(one.judged.fit.row.entry is meant for one in found) else []


def models(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Give the models whose names have all words of a query, if they are several, and who else is called just so."""
    met = [one for one in ranked if one.judged.kind in {Kind.CLEAN, Kind.PART}]
    found = [one for one in met if one.judged.fit.row.entry.type in {ToolType.MODEL, ToolType.OTHER}]
    if len(found) < FEWEST:
        return []
    called = [one for one in met if one not in found and is_whole(one) and one.judged.kind is Kind.CLEAN]
    return sorted(found, key=order) + called


def is_whole(one: Ranked) -> bool:
    """Tell whether a name was said as a whole, whatever its version."""
    return one.judged.fit.covered >= WHOLE


def order(one: Ranked) -> tuple[bool, float, list[float], float]:
    """Order the members of a family: by its name before an alias, those asked for most, then the newest."""
    row = one.judged.fit.row
    # A size is no version: 20b isn't newer than 5.
    versions = [found for token in row.phrase.versions if (found := _RELEASE.fullmatch(token))]
    newest = [-float(found[1]) for found in versions]
    return (not row.is_name, -round(row.entry.popularity, 1), newest or [0.0], row.rank)


def _is_member(one: Ranked, *, shared: bool) -> bool:
    fit = one.judged.fit
    if not fit.partial:
        return shared
    # The letter before a version sticks to the word in some names of a family: YOLO11, YOLOv8.
    return fit.covered >= _ALL_BUT and not fit.unmet and fit.versions is Versions.MISSING


def _named_so(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Give the tools that have a word in their name which isn't theirs alone: "mistral", a maker's too."""
    parts = [one for one in ranked if one.judged.kind is Kind.PART and not one.judged.fit.partial]
    return sorted((one for one in parts if one.judged.fit.row.is_name), key=order)


def is_misspelt(one: Ranked) -> bool:
    """Tell whether all words of a query are a misspelt part of a name."""
    fit = one.judged.fit
    agree = fit.versions in {Versions.SAME, Versions.MISSING}
    met = fit.edits > 0 and not fit.strays and fit.asked >= _MISSPELT
    return met and agree and not all(map(is_everyday, fit.row.phrase.words))
