"""The ways in which a query may be read: as typed, respelt, or with shorthand written out."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from catalog.names import dotted, is_version, name_key, words
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
_PAIR = 2
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


def owner_of(text: str) -> str:
    """Give the key of the owner before a slash ("openai" of "openai/gpt-4"); "" where there is none."""
    owner = text.strip().rpartition("/")[0]
    return "" if any(map(str.isspace, owner)) else name_key(owner.rpartition("/")[2])


def in_few_words(query: Phrase) -> Phrase:
    """Give a query with each word once and only its first words: work grows with words times names.

    Every version stays, however late or often it stands: it is a fact that no name may be read without.
    """
    parts = words(query.key)
    said = dict.fromkeys(part for part in parts if not is_version(part))
    first = set(islice(said, _WORDS))
    kept = []
    for part in parts:
        if is_version(part) or part in first:
            kept.append(part)
            first.discard(part)
    return query if len(kept) == len(parts) else Phrase.of(name_key(" ".join(kept)))


def _other_keys(text: str, query: Phrase, shorthand: Shorthand) -> Iterator[tuple[str, Reason]]:
    yield dotted(query.key), Reason.WORDS
    if owner_of(text):
        yield name_key(text.rpartition("/")[2]), Reason.WORDS
    parts = query.key.split()
    if any(part in _SPELT_NUMBERS for part in parts):
        yield name_key(" ".join(_SPELT_NUMBERS.get(part, part) for part in parts)), Reason.WORDS
    if not is_everyday(query.key):
        yield from ((key, Reason.ACRONYM) for key in shorthand.expand(query.key))


def joined(query: Phrase, vocabulary: Vocabulary) -> str:
    """Give two everyday words as one where the catalog writes them so: "web ui" means what "webui" does; else ""."""
    pair = len(query.words) == _PAIR and not query.versions and all(map(is_everyday, query.words))
    return query.compact if pair and vocabulary.count(query.compact) > vocabulary.names // _USUAL else ""


def parts_with_versions(query: Phrase) -> list[str]:
    """Give the keys of what is left of a query without its first or last words, with all of its versions.

    Versions alone name nothing, though among a million tools one is called "v2".

    >>> parts_with_versions(Phrase.of(name_key("openai gpt-5 turbo")))
    ['openai gpt 5', 'gpt 5 turbo', 'gpt 5', '5 turbo']
    """
    parts = words(query.key)[:_WORDS]
    places = [place for place, part in enumerate(parts) if is_version(part)]
    if not places:
        return []
    spans = [(begin, end) for begin in range(places[0] + 1) for end in range(len(parts), places[-1], -1)]
    return [
        name_key(" ".join(parts[begin:end]))
        for begin, end in spans
        if end - begin < len(parts) and not all(map(is_version, parts[begin:end]))
    ]


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
