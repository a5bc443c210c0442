"""Doubts: what keeps a name that was said, and trusted, from being resolved. It is asked back about instead.

Each is a rule of what people mean, measured on the development sets: asking back needlessly costs a click, a
wrong tool an answer about something else.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from catalog.names import name_key
from catalog.resolver.english import is_english
from catalog.resolver.fit import WHOLE, Versions
from catalog.resolver.kinds import Kind
from catalog.resolver.resolution import Reason
from catalog.resolver.slips import Slip, slip
from catalog.resolver.wording import is_everyday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapidfuzz.distance import Editop

    from catalog.resolver.phrase import Phrase
    from catalog.resolver.ranking import Ranked

#: Words of fewer letters that differ in one are different words.
_SHORT = 5
#: Letters that begin the words of too many names to mean one of them, unless they are all of its words.
_INITIALS = 2
#: Letters up to which a word with another first letter is another word.
_STARTS_RIGHT = 6
#: Letters out of nowhere, side by side, from which a text is another name rather than a slip of the hand.
_OUT_OF_NOWHERE = 2
_NO_SLIP = {Slip.REPLACED, Slip.SEVERAL}
_APART = re.compile(r"[\W_]+")


def doubts(text: str, query: Phrase, best: Ranked) -> bool:
    """Tell whether a name that was said isn't to be resolved, however much it is trusted.

    Args:
        text: as it was typed.
        query: its plainest reading.
        best: a fit of a name that was said, plainly or misspelt.
    """
    if is_guess(query, best.judged.read_as):
        return True
    if _is_everyday(query, best) or not stand_apart(text, best.judged.fit.ignored):
        return True
    if best.judged.kind is not Kind.NEAR:
        return False
    return _is_short(query, best) or _is_another_word(query, best) or _is_english(query, best)


def is_guess(query: Phrase, read_as: Reason | None) -> bool:
    """Tell whether a query is two letters that stand for a part of a name, and are nobody's alias: "co"."""
    return read_as is Reason.ACRONYM and len(query.key) <= _INITIALS


def _is_everyday(query: Phrase, best: Ranked) -> bool:
    """Tell whether only everyday words were said that are a part of an alias: "image generation"."""
    fit = best.judged.fit
    whole = fit.covered >= WHOLE and fit.versions is Versions.SAME and not fit.partial
    return not (whole or fit.row.is_name) and bool(query.words) and all(map(is_everyday, query.words))


def stand_apart(text: str, ignored: Sequence[str]) -> bool:
    """Tell whether words that were left out stand apart from a name; else it is another one: "gpt4all"."""
    return {name_key(part) for part in _APART.split(text)}.issuperset(ignored)


def _is_english(query: Phrase, best: Ranked) -> bool:
    """Tell whether all that would be misspelt is an English word: "clause", "runaway"."""
    typed, meant = _differing(query, best)
    # Some names are English words with a letter more: Fooocus, Diffusers.
    same = _once(typed).removesuffix("s") == _once(meant).removesuffix("s")
    return typed == query.compact and (is_english(typed) or _is_inflected(typed, meant)) and not same


def _is_inflected(typed: str, meant: str) -> bool:
    """Tell whether a word is a form of the name: "accelerated" of Accelerate."""
    stem = meant.removesuffix("e")
    return typed in {f"{stem}ed", f"{stem}ing"}


def _once(word: str) -> str:
    """Give a word without doubled letters."""
    return "".join(letter for letter, _ in groupby(word))


def _is_short(query: Phrase, best: Ranked) -> bool:
    """Tell whether a short word is misspelt, and nothing but everyday words is said beside it: "grok api"."""
    typed, meant = _differing(query, best)
    words = [word for word in query.words if word in best.judged.fit.row.phrase.words]
    vouched = bool(query.versions) or not all(map(is_everyday, words))
    return bool(words) and not vouched and len(typed) == len(meant) < _SHORT


def _is_another_word(query: Phrase, best: Ranked) -> bool:
    """Tell whether the letters that differ are no slip of the hand: "autogpt", "magistral"."""
    typed, meant = _differing(query, best)
    if not typed or not meant:
        return False
    if typed[0] != meant[0] and len(meant) <= _STARTS_RIGHT and slip(typed, meant) in _NO_SLIP:
        return True
    return _out_of_nowhere(typed, meant) >= _OUT_OF_NOWHERE


def _differing(query: Phrase, best: Ranked) -> tuple[str, str]:
    """Give the words of a query that a name lacks, and those of the name that the query lacks, as one each."""
    name = best.judged.fit.row.phrase
    ignored = best.judged.fit.ignored
    typed = "".join(word for word in query.words if word not in name.words and word not in ignored)
    meant = "".join(word for word in name.words if word not in query.words)
    return typed, meant


def _out_of_nowhere(typed: str, meant: str) -> int:
    """Count the most letters side by side that no slip explains: beside the right key, heard alike, or swapped."""
    typed, meant = _heard(typed), _heard(meant)
    longest = run = 0
    last = -1
    for change in Levenshtein.editops(typed, meant):
        if _is_explained(change, typed, meant):
            continue
        run = run + 1 if change.src_pos == last + 1 else 1
        last, longest = change.src_pos, max(longest, run)
    return longest


def _is_explained(change: Editop, typed: str, meant: str) -> bool:
    """Tell whether a letter that was left out, put in or replaced is a slip of the hand or of the ear."""
    place, target = change.src_pos, change.dest_pos
    # Letters of another alphabet are taken for those that look like them.
    if change.tag == "insert" or not typed[place].isascii():
        return True
    if change.tag == "delete":
        return typed[place] in _beside(typed, place)
    return typed[place] in _beside(meant, target) or slip(typed[place], meant[target]) is not Slip.REPLACED


def _beside(word: str, place: int) -> str:
    """Give the letters before and after a place."""
    return word[max(0, place - 1) : place] + word[place + 1 : place + 2]


def _heard(word: str) -> str:
    """Write two letters that are heard as one as that one."""
    return word.replace("ph", "f").replace("ks", "x").replace("ck", "k")
