"""Two versions of a text, cut to where they differ."""

from __future__ import annotations

from typing import Final, NamedTuple

from rapidfuzz.distance import Postfix, Prefix

from bot.embeds.lines import flat
from bot.limits import ELLIPSIS
from bot.markdown import escape

#: How far a cut moves to stand between two words; text without spaces is cut where it differs.
_REACH: Final = 24
#: Characters around what differs that are shown however long it is.
_AROUND: Final = 24


class _Parts(NamedTuple):
    """One version: what both begin with, what is its own, and what both end with."""

    head: str
    own: str
    tail: str


def contrast(before: str, after: str, room: int) -> tuple[str, str]:
    """Show where two texts differ: each version on one line, with a few words around what is its own.

    What is its own stands in bold, as far as something is not. Of a version that is too long all the same, how it
    begins to differ and how it ends to do so is shown.

    Args:
        before: one version.
        after: the other.
        room: characters of each that are shown; escaped, they may be up to twice as many.

    Returns:
        Markdown of both, escaped.

    >>> contrast("Serves models on one machine", "Serves models on one fast machine", 80)
    ('Serves models on one machine', 'Serves models on one **fast** machine')
    """
    old, new = flat(before), flat(after)
    start = _word_begin(old, new, Prefix.similarity(old, new))
    # Past what both begin with, else a repeated word would count for both.
    end = _word_end(old, new, Postfix.similarity(old[start:], new[start:]))
    parts = [
        _Parts(text[:start], text[start : len(text) - end], text[len(text) - end :]) for text in (old, new)
    ]
    longest = max(len(part.own) for part in parts)
    around = max((room - longest) // 2, _AROUND)
    first, second = (_shown(part, room, around) for part in parts)
    return first, second


def _word_begin(old: str, new: str, start: int) -> int:
    """Move where two texts begin to differ to the beginning of the word, where that is near."""
    if _is_border(old, start) and _is_border(new, start):
        return start
    border = old.rfind(" ", max(0, start - _REACH), start) + 1
    return border or (0 if start <= _REACH else start)


def _word_end(old: str, new: str, end: int) -> int:
    """Move where two texts are the same again (counted from their end) to the end of the word, where that is near."""
    if _is_border(old, len(old) - end) and _is_border(new, len(new) - end):
        return end
    border = old[len(old) - end :].find(" ", 0, _REACH)
    return end - border if border >= 0 else (0 if end <= _REACH else end)


def _is_border(text: str, at: int) -> bool:
    return at in {0, len(text)} or text[at - 1] == " " or text[at] == " "


def _shown(part: _Parts, room: int, around: int) -> str:
    head = _last(part.head, around)
    tail = _first(part.tail, around)
    own = _ends(part.own, max(room - len(head) - len(tail), 2 * _AROUND))
    bare = own.strip(" ")
    parted = (not head or head.endswith(" ") or own.startswith(" ")) and (
        not tail or tail.startswith(" ") or own.endswith(" ")
    )
    if not bare or not parted or not (head or tail):
        # Escaped as one text: what is harmless in two pieces may be a link when they meet.
        return escape(f"{head}{own}{tail}".strip(" "))
    left, right = own[: len(own) - len(own.lstrip(" "))], own[len(own.rstrip(" ")) :]
    return f"{escape(head)}{left}**{escape(bare)}**{right}{escape(tail)}"


def _last(text: str, limit: int) -> str:
    """Give the end of a text, from a word's beginning on where one is near."""
    if len(text) <= limit:
        return text
    cut = text[-limit:]
    border = cut.find(" ", 0, limit // 2)
    return f"{ELLIPSIS} {cut[border + 1 :]}" if border >= 0 else f"{ELLIPSIS}{cut}"


def _first(text: str, limit: int) -> str:
    """Give the beginning of a text, up to a word's end where one is near."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    border = cut.rfind(" ", limit // 2)
    return f"{cut[:border]} {ELLIPSIS}" if border >= 0 else f"{cut}{ELLIPSIS}"


def _ends(text: str, limit: int) -> str:
    """Leave out the middle of a text that is too long: two thirds of what is shown is its beginning."""
    if len(text) <= limit:
        return text
    begin = limit * 2 // 3
    head, tail = _first(text, begin), _last(text, limit - begin)
    return f"{head.removesuffix(ELLIPSIS).rstrip(' ')} {ELLIPSIS} {tail.removeprefix(ELLIPSIS).lstrip(' ')}"
