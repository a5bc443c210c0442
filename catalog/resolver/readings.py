"""The ways in which a query may be read: as typed, respelt, or with shorthand written out."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from catalog.names import dotted, words
from catalog.resolver.index import row_of
from catalog.resolver.resolution import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.resolver.index import Index, Row
    from catalog.resolver.shorthand import Shorthand

#: Readings that are tried for one query at most.
_READINGS = 10
#: Words that are joined or parted in one query at most.
_RESPELT = 12
_PART_LETTERS = 2
#: Words of a query that are looked at where it spells out no name: few names have half as many.
_WORDS = 10
#: Other readings of a query of more words than this are few.
_FEW_WORDS = 4
_FEW_READINGS = 4
_LONGEST_WORD = 30


class Reading(NamedTuple):
    """A query as it may be read, and why: None as typed, WORDS for another spelling, ACRONYM for shorthand."""

    query: Row
    reason: Reason | None


def readings(query: Row, index: Index, shorthand: Shorthand) -> list[Reading]:
    """Give the readings of a query, the plainest first and each once."""
    seen = {query.key}
    most = _READINGS if len(query.words) <= _FEW_WORDS else _FEW_READINGS
    found = [Reading(query, None)]
    for key, reason in islice(_other_keys(query, index, shorthand), 4 * _READINGS):
        if key not in seen and len(found) < most:
            seen.add(key)
            found.append(Reading(row_of(key), reason))
    return found


def in_few_words(query: Row) -> Row:
    """Give a query with each word once and only its first words: work grows with words times names."""
    parts = words(query.key)
    first = list(dict.fromkeys(parts))[:_WORDS]
    return query if len(first) == len(parts) else row_of(" ".join(first))


def _other_keys(query: Row, index: Index, shorthand: Shorthand) -> Iterator[tuple[str, Reason]]:
    yield dotted(query.key), Reason.WORDS
    owner, slash, name = query.text.rpartition("/")
    if slash and owner and not any(character.isspace() for character in owner):
        yield row_of(name).key or query.key, Reason.WORDS
    yield from ((key, Reason.ACRONYM) for key in shorthand.expand(query.key))
    yield from ((key, Reason.WORDS) for key in _respelt(query.key.split()[:_RESPELT], index))


def _respelt(parts: list[str], index: Index) -> Iterator[str]:
    """Join two words that the catalog writes as one, and part a word that it writes as two."""
    known = index.vocabulary
    for number, (first, second) in enumerate(pairwise(parts)):
        if first + second in known:
            yield " ".join([*parts[:number], first + second, *parts[number + 2 :]])
    for number, part in enumerate(parts):
        if part in known or len(part) > _LONGEST_WORD:
            continue
        for cut in range(_PART_LETTERS, len(part) - _PART_LETTERS + 1):
            if part[:cut] in known and part[cut:] in known:
                yield " ".join([*parts[:number], part[:cut], part[cut:], *parts[number + 1 :]])
