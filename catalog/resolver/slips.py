"""Slips of the hand: which single typing error makes one text of another, and how likely it is."""

from __future__ import annotations

from enum import StrEnum

#: Letters side by side on a QWERTY keyboard, row by row.
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def _beside() -> frozenset[str]:
    pairs: set[str] = set()
    for number, row in enumerate(_ROWS):
        for place, letter in enumerate(row):
            # A key touches the next one of its row, and two of the row below, which is shifted to the right.
            touching = [row[place + 1 : place + 2]]
            if number + 1 < len(_ROWS):
                touching += [
                    _ROWS[number + 1][place - 1 : place] if place else "",
                    _ROWS[number + 1][place : place + 1],
                ]
            pairs.update(pair for other in touching if other for pair in (letter + other, other + letter))
    return frozenset(pairs)


_BESIDE = _beside()
_VOWELS = frozenset("aeiouy")
#: Letters that are heard alike.
_ALIKE = frozenset(
    one + other
    for group in ("ckq", "sz", "iy", "vw", "td", "gj", "bp", "mn", "xs")
    for one in group
    for other in group
)


class Slip(StrEnum):
    """What happened to a text when it was typed."""

    NONE = "none"
    SWAPPED = "swapped"
    """Two letters changed places."""
    DOUBLED = "doubled"
    """A letter was typed twice, or once instead of twice."""
    BESIDE = "beside"
    """A key beside the right one was hit, or both."""
    HEARD = "heard"
    """A letter stands for one that sounds alike, or a vowel for a vowel."""
    LEFT_OUT = "left_out"
    PUT_IN = "put_in"
    REPLACED = "replaced"
    SEVERAL = "several"


def slip(typed: str, meant: str) -> Slip:
    """Say which one typing error makes `typed` of `meant`.

    >>> slip("mitsral", "mistral"), slip("mistrl", "mistral"), slip("ollsma", "ollama")
    (<Slip.SWAPPED: 'swapped'>, <Slip.LEFT_OUT: 'left_out'>, <Slip.BESIDE: 'beside'>)
    """
    if typed == meant:
        return Slip.NONE
    start = _common(typed, meant)
    before, rest, wanted = meant[start - 1 : start], typed[start:], meant[start:]
    if len(rest) == len(wanted):
        return _changed(rest, wanted)
    if rest[1:] == wanted:
        return _put_in(rest[0], {before, wanted[:1]})
    if rest == wanted[1:]:
        return Slip.DOUBLED if wanted[0] in {before, rest[:1]} else Slip.LEFT_OUT
    return Slip.SEVERAL


def _common(one: str, other: str) -> int:
    """Count the letters with which both begin."""
    most = min(len(one), len(other))
    return next((place for place in range(most) if one[place] != other[place]), most)


def _changed(rest: str, wanted: str) -> Slip:
    if rest[:2] == wanted[1::-1] and len(wanted) > 1 and rest[2:] == wanted[2:]:
        return Slip.SWAPPED
    return _replaced(rest[0], wanted[0]) if rest[1:] == wanted[1:] else Slip.SEVERAL


def _put_in(letter: str, around: set[str]) -> Slip:
    if letter in around:
        return Slip.DOUBLED
    return Slip.BESIDE if any(letter + other in _BESIDE for other in around) else Slip.PUT_IN


def _replaced(typed: str, meant: str) -> Slip:
    pair = typed + meant
    if pair in _BESIDE:
        return Slip.BESIDE
    return Slip.HEARD if pair in _ALIKE or _VOWELS.issuperset(pair) else Slip.REPLACED
