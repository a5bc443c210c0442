import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.names import name_key
from catalog.resolver.alphabet import (
    DOT,
    EDGE,
    PACKED,
    SPACE,
    grams,
    hashed,
    hashes,
    is_digit,
    numbers,
    packed,
    shortened,
)

LATIN = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=PACKED)


def test_numbers() -> None:
    """Letters, digits, the space and the dot have their own numbers, within six bits like all others."""
    assert numbers("az09 .") == bytes((1, 26, 27, 36, SPACE, DOT))
    assert max(numbers("яß通א٣")) < 63
    assert min(numbers("яß通א٣")) > DOT


@settings(deadline=None)
@given(st.lists(st.text(max_size=40).map(name_key).filter(bool), min_size=1, max_size=20))
def test_one_hash_however_many_at_once(keys: list[str]) -> None:
    """A name has the same hash alone and among others."""
    sizes = np.array([len(numbers(key)) for key in keys], dtype=np.int64)
    letters = np.frombuffer(b"".join(map(numbers, keys)), dtype=np.uint8)
    together = hashes(letters, np.cumsum(sizes) - sizes, sizes)
    assert together.tolist() == [hashed(numbers(key)) for key in keys]


def test_every_letter_counts_in_a_hash() -> None:
    """Words that differ in one letter, be it the first, differ in their hashes."""
    words = ["bat", "cat", "cut", "cub", "a", "b", "small", "amall"]
    assert len({hashed(numbers(word)) for word in words}) == len(words)


@given(st.lists(LATIN, max_size=20))
def test_packed_sorts_as_text_does(names: list[str]) -> None:
    """The first letters of names, packed, keep the order that letters and then digits have."""
    ordered = sorted(names, key=lambda name: packed(numbers(name)))
    assert ordered == sorted(names, key=numbers)


def test_packed_reads_the_first_letters() -> None:
    """What comes after the letters that fit is left out."""
    assert packed(numbers("abcdefghijk")) == packed(numbers("abcdefghijz"))
    assert packed(numbers("abcdefghij")) < 1 << 64


def test_grams() -> None:
    """Three letters in a row, with the edges; a half-typed name has none at its end."""
    typed = numbers("abc")
    assert len(grams(typed)) == 3
    assert set(grams(typed, whole=False)) < set(grams(typed))
    assert EDGE << 12 | typed[0] << 6 | typed[1] in grams(typed)
    assert len(grams(numbers("aaaaaa"))) == 3


def test_a_digit_is_never_left_out() -> None:
    """A short name is hashed without each of its letters, but with all of its digits."""
    assert shortened(numbers("gpt4")) == [hashed(numbers(rest)) for rest in ("pt4", "gt4", "gp4")]
    assert [bool(is_digit(one)) for one in numbers("a9.")] == [False, True, False]
