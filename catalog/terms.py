"""What a text is about: its telling words, brought to one form.

Texts are compared by these words, so that "transcribes", "transcribing" and "transcribe" meet. The folding is
a few suffixes deep on purpose: it is predictable, costs little and never joins words that differ in a digit.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Longest text that is looked at, in characters; the rest of a longer one is left out.
TEXT_LIMIT = 20_000

_WORD = re.compile(r"[^\W_]+(?:[.+#][^\W_]*)*")
_FILLER = frozenset(
    """
    a about above across after all also am an and any are as at be because been before being between
    both but by can could did do does doing done down during each either else even every few for from
    get gets give given gives go goes had has have having he help her here hers him his how i if in
    instead into is it its itself just keep kept let lets like made make makes many may me might mine
    more most much must my need needs neither new no nor not now of off on once one ones only onto or
    other others our out over own per please rather same she should so some something such than that the
    their them then there these they thing things this those through to too two under until up upon us
    use used user users uses using very via want wants was we well were what when where whether which
    while who whom whose why will with within without would yet you your
    """.split()  # noqa: SIM905 (a list literal of 180 strings reads worse)
)
# Each with what stands for it, and how long the word must stay: "embed" doesn't end in "-ed", "coding" does in "-ing".
_SUFFIXES = (("ies", "y", 3), ("ing", "", 3), ("ed", "", 4), ("es", "", 3), ("s", "", 3), ("e", "", 3))
_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Fold the endings of an English word; words with digits and short words stay as they are.

    >>> stem("transcribing") == stem("transcribes") == stem("transcribe")
    True
    >>> stem("8x7b")
    '8x7b'
    """
    if any(character.isdigit() for character in word):
        return word
    for suffix, instead, shortest in _SUFFIXES:
        root = word.removesuffix(suffix) + instead
        if (
            not word.endswith(suffix)
            or len(root) < shortest
            or not _VOWEL.search(root)
            or word.endswith(("ss", "us"))
        ):
            continue
        # "running" and "runs" meet at "run"; "filling" keeps the l of "fill".
        doubled = suffix in {"ing", "ed"} and len(root) > shortest and root[-1] == root[-2]
        return root[:-1] if doubled and root[-1] not in "aeiouls" else root
    return word


def terms(text: str) -> list[str]:
    """Give the telling words of a text in order, repeats included: folded, without filler words.

    >>> terms("Turns speech into text, offline")
    ['turn', 'speech', 'text', 'offlin']
    """
    return [folded for folded, _ in terms_as_written(text)]


def terms_as_written(text: str) -> list[tuple[str, str]]:
    """Give the telling words of a text in order, each folded and as it stands there (in lower case)."""
    plain = unicodedata.normalize("NFKC", text[:TEXT_LIMIT]).casefold()
    words = (match.group().rstrip(".") for match in _WORD.finditer(plain))
    return [(stem(word), word) for word in words if word not in _FILLER]
