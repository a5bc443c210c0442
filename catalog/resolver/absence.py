"""The sentence about what isn't there: "Llama 3.1 has 8B, 70B; no 30B"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalog.names import name_key, version_tokens, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from catalog.resolver.fit import Fit
    from catalog.resolver.phrase import Phrase
    from catalog.resolver.ranking import Ranked

#: Letters of a sentence: what a phone shows in two lines.
ROOM = 120
#: The words of a name as it is written, a version apart from the word that it sticks to.
_PARTS = re.compile(r"[^\W\d_]{2,}?(?=v?\d)|[^\s_-]+?(?=[\s_-]|$)")
#: A size, or a version, and nothing else.
_SIZE = re.compile(r"(\d+(?:\.\d+)?)[bm]", re.IGNORECASE)
_UNIT = re.compile(r"(?<=\d)[bm]\b")
_RELEASE = re.compile(r"\bv(?=\d)")
_LETTERED = re.compile(r"([a-z])\d")


def sentence(text: str, query: Phrase, named: Sequence[Ranked]) -> str:
    """Say which versions and sizes a family has, and what was asked for and isn't among them.

    Args:
        text: as it was typed.
        query: its plainest reading.
        named: the nearest of kin, at least one, the nearest first.
    """
    release = _release(query, named)
    if release:
        named = [one for one in named if release in one.judged.fit.row.phrase.versions]
    family, kin, ends = _family(query, named)
    lacking = _lacking(text, query, kin, kin if release else named)
    first = named[0].judged.fit
    if not lacking:
        return among("there is ", [one.judged.fit.row.entry.name for one in named], "; nothing called so")
    if first.strays and set(query.versions) <= set(first.row.phrase.versions):
        lacking = f"{_met(query, first)} {lacking}".strip()
    if len(ends) > 1:
        return among(f"{family} has ", ends, f"; no {lacking}")
    return among("there is ", [one.judged.fit.row.entry.name for one in named], f"; no {lacking}")


def _release(query: Phrase, named: Sequence[Ranked]) -> str:
    """Give the release that was said where it is listed, but not in the size that was said: "llama 3.3 8b"."""
    said = version_tokens(query.key)
    held = {version for one in named for version in one.judged.fit.row.phrase.versions}
    if not _UNIT.search(" ".join(said[1:])) or not held.issuperset(said):
        return ""
    return "" if any(set(said) <= set(one.judged.fit.row.phrase.versions) for one in named) else said[0]


def _met(query: Phrase, fit: Fit) -> str:
    """Give the words of a name that were said, as they are written: "GPT-3.5" of GPT-3.5 Turbo."""
    name = fit.row.entry.name
    parts = _parts(name)
    begins = _begins(parts, _said(query, fit))
    return name[: parts[begins - 1][1]] if begins else ""


def _said(query: Phrase, fit: Fit) -> set[str]:
    """Give the words and versions of a name that were said."""
    met = set(fit.row.phrase.words).difference(fit.unmet).union(query.versions)
    # "DALL·E 3" has the version e3, of which the name has a letter.
    return met.union(found[1] for version in query.versions if (found := _LETTERED.match(version)))


def _begins(parts: Sequence[tuple[str, int]], met: set[str]) -> int:
    """Count the parts of a name that were met, from its beginning."""
    return next((place for place, (key, _) in enumerate(parts) if not met.issuperset(words(key))), len(parts))


def among(before: str, names: Sequence[str], after: str) -> str:
    """List as many names as there is room for between two parts of a sentence, and count the rest."""
    lines = (
        f"{before}{', '.join(names[:count])}{f' and {len(names) - count} more' * (count < len(names))}{after}"
        for count in range(len(names), 0, -1)
    )
    fewest = ""
    for fewest in lines:
        if len(fewest) <= ROOM:
            break
    return fewest


def _family(query: Phrase, named: Sequence[Ranked]) -> tuple[str, Sequence[Ranked], list[str]]:
    """Give what was met of the first name from its beginning, whose names begin so too, and how they end."""
    fit = named[0].judged.fit
    parts = _parts(fit.row.entry.name)
    begins = _begins(parts, _said(query, fit))
    family = fit.row.entry.name[: parts[begins - 1][1]] if begins else ""
    kin: list[Ranked] = []
    ends: list[str] = []
    for one in named:
        name = one.judged.fit.row.entry.name
        others = _parts(name)
        if [key for key, _ in others[:begins]] == [key for key, _ in parts[:begins]]:
            kin.append(one)
            ends.append(name[others[begins - 1][1] :].strip(" -_.:"))
    numbered = [one for one, end in zip(kin, ends, strict=True) if any(map(str.isdigit, end))]
    if not family or not numbered:
        return "", named[:1], []
    # What has another type is no member: "Claude Code" beside the versions of Claude.
    first = numbered[0].judged.fit.row.entry
    members = [
        end for one, end in zip(kin, ends, strict=True) if end and one.judged.fit.row.entry.type is first.type
    ]
    return first.name[: _parts(first.name)[begins - 1][1]], kin, _ordered(members)


def _parts(name: str) -> list[tuple[str, int]]:
    """Part a name in words, each with its key and where it ends."""
    return [(name_key(part[0]), part.end()) for part in _PARTS.finditer(name) if part[0]]


def _ordered(ends: list[str]) -> list[str]:
    """Put sizes in their order; what else there is stays in the order of likelihood."""
    sizes = [(float(found[1]), end) for end in ends if (found := _SIZE.fullmatch(end))]
    return [end for _, end in sorted(sizes)] if len(sizes) == len(ends) else ends


def _lacking(text: str, query: Phrase, kin: Iterable[Ranked], listed: Iterable[Ranked]) -> str:
    """Give what was typed and isn't there: versions and sizes that nothing listed has, words that no kin has."""
    fits = [one.judged.fit for one in kin]
    held = {version for one in listed for version in one.judged.fit.row.phrase.versions}
    absent = [version for version in query.versions if version not in held]
    absent += [word for word in fits[0].strays if all(word in fit.strays for fit in fits)]
    typed = {word: part for part in text.split() for word in words(name_key(part))[-1:]}
    # In the order in which they were typed.
    order = words(query.key)
    absent.sort(key=lambda word: order.index(word) if word in order else len(order))
    said = " ".join(typed[word] if _stands_alone(typed, word) else _spelt(word, text) for word in absent)
    # As the names there are have it: 30B beside 70B, 120b beside 20b, V2 beside V3.
    written = " ".join(fit.row.entry.name for fit in fits)
    said = said if _UNIT.search(written) else _UNIT.sub(lambda unit: unit[0].upper(), said)
    return _RELEASE.sub("V", said) if re.search(r"\bV\d", written) else said


def _stands_alone(typed: dict[str, str], word: str) -> bool:
    return word in typed and words(name_key(typed[word])) == (word,)


def _spelt(word: str, text: str) -> str:
    """Give a version without the letter of a word before it that it is counted to: the e of "dall-e 2"."""
    return word[1:] if _LETTERED.match(word) and word not in text.casefold() else word
