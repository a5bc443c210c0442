"""The ways in which a query may be read: as typed, respelt, or with shorthand written out."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from catalog.names import dotted, name_key, words
from catalog.resolver.phrase import Phrase
from catalog.resolver.resolution import Reason
from catalog.resolver.wording import is_everyday

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.resolver.shorthand import Shorthand
    from catalog.resolver.vocabulary import Vocabulary

#: Letters from which a query is too long for a name with some words beside it: it is read as it was typed.
LONG = 96
#: Readings that are tried for one query at most.
_READINGS = 10
#: Words that are joined or parted in one query at most.
_RESPELT = 12
_PART_LETTERS = 2
#: Of so many names one has to hold a word for it to be a usual one.
_USUAL = 20_000
#: Words of a query that are looked at where it spells out no name: few names have half as many.
_WORDS = 10
#: Other readings of a query of more words than this are few.
_FEW_WORDS = 4
_FEW_READINGS = 4
_LONGEST_WORD = 30
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPELT_NUMBERS = {word: str(number) for number, word in enumerate(_NUMBERS)}


class Reading(NamedTuple):
    """A query as it may be read, and why: None as typed, WORDS for another spelling, ACRONYM for shorthand."""

    query: Phrase
    reason: Reason | None


def readings(text: str, shorthand: Shorthand) -> list[Reading]:
    """Give the readings of what was typed, the plainest first and each once; none without a letter or digit."""
    query = Phrase.of(name_key(text))
    if not query.key:
        return []
    if len(query.key) > LONG:
        return [Reading(query, None)]
    seen = {query.key}
    most = _READINGS if len(query.words) <= _FEW_WORDS else _FEW_READINGS
    found = [Reading(query, None)]
    for key, reason in islice(_other_keys(text, query, shorthand), 4 * _READINGS):
        if key and key not in seen and len(found) < most:
            seen.add(key)
            found.append(Reading(Phrase.of(key), reason))
    return found


def in_few_words(query: Phrase) -> Phrase:
    """Give a query with each word once and only its first words: work grows with words times names."""
    parts = words(query.key)
    first = list(dict.fromkeys(parts))[:_WORDS]
    return query if len(first) == len(parts) else Phrase.of(name_key(" ".join(first)))


def _other_keys(text: str, query: Phrase, shorthand: Shorthand) -> Iterator[tuple[str, Reason]]:
    yield dotted(query.key), Reason.WORDS
    owner, slash, name = text.strip().rpartition("/")
    if slash and owner and not any(character.isspace() for character in owner):
        yield name_key(name), Reason.WORDS
    parts = query.key.split()
    if any(part in _SPELT_NUMBERS for part in parts):
        yield name_key(" ".join(_SPELT_NUMBERS.get(part, part) for part in parts)), Reason.WORDS
    if not is_everyday(query.key):
        yield from ((key, Reason.ACRONYM) for key in shorthand.expand(query.key))


def respelt(query: Phrase, vocabulary: Vocabulary) -> Iterator[Reading]:
    """Read two words as one where the catalog writes them so, and one as two.

    Only for names inside a longer query: a whole name is spelt out whatever its separators.
    """
    yield from (
        Reading(Phrase.of(key), Reason.WORDS) for key in _respelt(query.key.split()[:_RESPELT], vocabulary)
    )


def _respelt(parts: list[str], vocabulary: Vocabulary) -> Iterator[str]:
    joined = [first + second for first, second in pairwise(parts)]
    words_ = [part for part in parts if part.isalpha() and len(part) <= _LONGEST_WORD]
    halves = [half for word in words_ for cut in _cuts(word) for half in cut]
    asked = list(dict.fromkeys([*joined, *words_, *halves]))
    # Among a million names any letters are somebody's word: it has to be a usual one there.
    least = 1 + vocabulary.names // _USUAL
    known = {word for word, count in zip(asked, vocabulary.counts(asked), strict=True) if count >= least}
    for number, whole in enumerate(joined):
        if whole in known:
            yield " ".join([*parts[:number], whole, *parts[number + 2 :]])
    for number, part in enumerate(parts):
        if part in known or part not in words_:
            continue
        for cut in _cuts(part):
            if known.issuperset(cut):
                yield " ".join([*parts[:number], *cut, *parts[number + 1 :]])


def _cuts(word: str) -> list[tuple[str, str]]:
    """Part a word in two in every way."""
    return [(word[:cut], word[cut:]) for cut in range(_PART_LETTERS, len(word) - _PART_LETTERS + 1)]
