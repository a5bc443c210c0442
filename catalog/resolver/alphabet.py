"""Letters as small numbers: how names stand in arrays, and the grams, hashes and prefixes made of them.

A letter is a number of six bits: 0 is the edge of a name, 1-26 are a-z, 27-36 are digits, 37 is the space and
38 the dot. All other letters share the rest of the numbers by their code points, so two different ones may have
the same number: whatever is found by numbers is compared as text before it counts.
"""

from __future__ import annotations

from operator import mul
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

EDGE = 0
SPACE = 37
DOT = 38
#: Numbers that other letters share, from this one on. The last of the 64 is kept for the break between names.
_OTHERS = 39
_SHARED = 24
BREAK = 63
_FIRST_DIGIT, _LAST_DIGIT = 27, 36

BITS = 6
GRAM = 3
#: How many different grams there are.
GRAMS = 1 << (BITS * GRAM)
#: Letters of a name, from the start of a word on, that are packed into one number.
PACKED = 10
_PACK_SHIFTS = tuple(BITS * (PACKED - 1 - place) for place in range(PACKED))
#: Bits of a packed number below its letters.
PACK_FLAGS = 64 - BITS * PACKED

_MASK = (1 << 64) - 1
_PRIME = 0x9E3779B97F4A7C15


class _Numbers(dict[int, int]):
    """The number of each code point; those that aren't listed share some."""

    def __missing__(self, point: int) -> int:
        return _OTHERS + point % _SHARED


_NUMBERS = _Numbers(
    {ord(letter): 1 + number for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
    | {ord(digit): _FIRST_DIGIT + number for number, digit in enumerate("0123456789")}
    | {ord(" "): SPACE, ord("."): DOT, ord("\n"): BREAK}
)


def numbers(text: str) -> bytes:
    """Give the number of each letter, one byte a letter."""
    return text.translate(_NUMBERS).encode("latin-1")


def _powers(count: int) -> list[int]:
    # Not 1: the first letter would only reach the half of the sum that is thrown away.
    powers = [_PRIME]
    for _ in range(count - 1):
        powers.append(powers[-1] * _PRIME & _MASK)
    return powers


#: Somewhat more than the letters of the longest key: see names.KEY_LIMIT.
_LETTERS = 1024
_POWERS = _powers(_LETTERS)
POWERS: NDArray[np.uint64] = np.array(_POWERS, dtype=np.uint64)


def hashed(letters: Sequence[int]) -> int:
    """Hash letters to 32 bits, as `hashes` does it for many names at once."""
    whole: int = sum(map(mul, letters, _POWERS))
    return (whole & _MASK) >> 32


def hashes(
    letters: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """Hash many names.

    Args:
        letters: numbers of the letters of all names, one after the other, uint8 of shape (letters,).
        starts: where each name starts, int64 of shape (names,).
        lengths: letters of each name, at least one, int64 of shape (names,).

    Returns:
        uint32 of shape (names,).
    """
    places = np.arange(len(letters)) - np.repeat(starts, lengths)
    sums = np.add.reduceat(letters * POWERS[places], starts)
    return (sums >> np.uint64(32)).astype(np.uint32)


def shortened(letters: bytes) -> list[int]:
    """Hash a short name with each of its letters left out in turn; digits are facts and stay."""
    return [
        hashed(letters[:place] + letters[place + 1 :])
        for place, letter in enumerate(letters)
        if not is_digit(letter)
    ]


def is_digit(letters: Any) -> Any:  # noqa: ANN401 (a number, or an array of them)
    """Tell which letters are digits; of one letter or of an array."""
    return (letters >= _FIRST_DIGIT) & (letters <= _LAST_DIGIT)


def grams(letters: bytes, *, whole: bool = True) -> list[int]:
    """Give the different grams of a name: three letters in a row, with the edge of the name before and after.

    Args:
        letters: of a name without its spaces.
        whole: whether the name ends here; of a half-typed one the last gram isn't known.
    """
    edged = bytes((EDGE, *letters, *([EDGE] if whole else [])))
    return list(
        {
            edged[place] << (2 * BITS) | edged[place + 1] << BITS | edged[place + 2]
            for place in range(len(edged) - GRAM + 1)
        }
    )


def packed(letters: bytes) -> int:
    """Pack the first letters of a name into the high bits of a number, so that numbers sort as names do."""
    return sum(letter << shift for letter, shift in zip(letters, _PACK_SHIFTS, strict=False)) << PACK_FLAGS
