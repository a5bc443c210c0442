"""Parting: from the text of a comparison to the names in it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from catalog.names import name_key
from catalog.questions.cuts import Cut, conjoined, part, run_together, trimmed
from catalog.questions.tails import is_name_with_tail, is_statement, tails, without_tail
from catalog.resolver.wording import FILLERS
from catalog.text import NAME_LIMIT

if TYPE_CHECKING:
    from catalog.questions.cuts import Parted
    from catalog.questions.look_ups import LookUps

#: Names beyond which a text is a list of something else, and those of one question that are looked up.
_NAMES = 9
_LOOKED_UP = 4
#: The same for a text from which no tail was taken yet, in which commas may part anything.
_LISTED = 25
#: Words beyond which a part isn't taken for a name, and beyond which no two names were run together.
_WORDS = 6
_RUN_TOGETHER_WORDS = 5
_PAIR = 2


def names_in(text: str, look_up: LookUps, *, framed: bool, surely: bool) -> list[str]:
    """Part a text into the names to compare; fewer than two where it is no comparison.

    Args:
        text: plain text, without the frame of its question.
        look_up: decides where what parts names may belong to one.
        framed: whether the text stood in a frame.
        surely: whether that frame makes it a comparison, known names or not. "vs" does so too; between what
            "or" and commas part, all has to be known: people say "or" about many things.
    """
    parted = part(text, framed=framed)
    if not parted.cuts:
        return _pieces(text, look_up) or (_side_by_side(text, look_up) if surely else [])
    if len(parted.spans) > _LISTED:
        return []
    shortened = _shortened(parted, look_up)
    parted = part(shortened, framed=framed) if shortened != text else parted
    if not parted.cuts or len(parted.spans) > _NAMES:
        return []
    certain = surely or parted.surest is Cut.VERSUS
    if not certain and not _are_known(parted, look_up):
        return []
    names: list[str] = []
    for name in _glued(parted, look_up):
        bare = without_tail(name, look_up)
        names += _pieces(bare, look_up) or [bare]
    may_be_names = all(_may_name(name) for name in names)
    short = all(name.count(" ") < _WORDS or look_up.knows(name) for name in names)
    return names if may_be_names and short else []


def _may_name(text: str) -> bool:
    """Tell whether a text has something that may name a tool: "should" of "or should i" has not."""
    return bool(name_key(text)) and len(text) <= NAME_LIMIT and not FILLERS.issuperset(name_key(text).split())


def has_tool(text: str, look_up: LookUps) -> bool:
    """Tell whether a text that is no comparison may be a name: where "or" and commas part it, one part has to be."""
    parted = part(text, framed=False)
    if len(parted.spans) > _LOOKED_UP:
        return False
    if not parted.cuts or any(map(look_up.settles, parted.parts)):
        return True
    return text.count(" ") < _WORDS and look_up.holds(text)


def _shortened(parted: Parted, look_up: LookUps) -> str:
    """Drop what follows the last name, as far as no catalog knows a name with it.

    "And" and commas in a tail part no names: "for coding and writing", ", i have a 4090".
    """
    text = parted.text
    strong = [number for number, cut in enumerate(parted.cuts) if cut >= Cut.THAN]
    strong = strong or [
        number for number, cut in enumerate(parted.cuts) if cut is Cut.LIST and not parted.has_comma(number)
    ]
    after = parted.spans[(strong[-1] if strong else 0) + 1][0]
    for begun in tails(text):
        # A tail needs a name before it; after "vs" that is what comes next, whatever it is called.
        if begun > after and name_key(text[after:begun]):
            return text if is_name_with_tail(trimmed(text[after:]), look_up) else text[:begun]
    return text


def _are_known(parted: Parted, look_up: LookUps) -> bool:
    """Tell whether a text without a certain "vs" is about tools: all its parts, or of "A than B" one, are known."""
    parts = parted.parts[:_LOOKED_UP]
    if parted.surest is Cut.THAN:
        return any(map(look_up.settles, parts))
    unknown = 0
    for name in parts:
        unknown += not _is_known(name, look_up)
        if unknown > (_PAIR if len(parts) > _PAIR else 0):
            return False
    # What isn't known apart may be one name ("Search or Find").
    return not unknown or all(_is_known(name, look_up) for name in _glued(parted, look_up))


def _is_known(name: str, look_up: LookUps) -> bool:
    if is_statement(name) or name.count(" ") >= _WORDS:
        return False
    return look_up.knows(name)


def _glued(parted: Parted, look_up: LookUps) -> list[str]:
    """Put parts together again that the catalog knows as one name, where it doesn't know them apart."""
    parts = parted.parts
    count = len(parts)
    if count > _LOOKED_UP:
        return parts
    names: list[str] = []
    begun = 0
    while begun < count:
        lasts = (last for last in range(begun + 1, count) if _is_one(parted, begun, last, look_up))
        last = next(lasts, begun)
        names.append(parted.joined(begun, last))
        begun = last + 1
    return names


def _is_one(parted: Parted, first: int, last: int, look_up: LookUps) -> bool:
    run = parted.joined(first, last)
    between = parted.cuts[first:last]
    if Cut.THAN in between or look_up.denies(run):
        return False
    unsure = (not look_up.settles(name) for name in parted.parts[first : last + 1])
    # "vs" is part of few names, and of none that one of two tools was typed for.
    return (all(unsure) if Cut.VERSUS in between else any(unsure)) and look_up.holds(run)


def _pieces(text: str, look_up: LookUps) -> list[str]:
    """Part names that were typed without a space between them, all of which have to be known."""
    text = trimmed(text[: next(tails(text), None)])
    if text.count(" ") > _RUN_TOGETHER_WORDS:
        return []
    if "/" in text and "://" not in text:
        return _slashed(text, look_up)
    names = conjoined(text)
    if 1 < len(names) <= _LOOKED_UP and not look_up.holds(text) and all(map(look_up.settles, names)):
        return names
    for names in run_together(text):
        if not look_up.holds(text) and all(map(look_up.settles, names)):
            return names
    return []


def _side_by_side(text: str, look_up: LookUps) -> list[str]:
    """Part "compare vllm sglang", where nothing stands between two names."""
    words = trimmed(text).split()
    if not _PAIR <= len(words) <= _LOOKED_UP or look_up.holds(text):
        return []
    if len(words) > _PAIR and all(map(look_up.settles, words)):
        return words
    for cut in range(1, len(words)):
        names = [" ".join(words[:cut]), " ".join(words[cut:])]
        if all(map(look_up.settles, names)):
            return names
    return []


def _slashed(text: str, look_up: LookUps) -> list[str]:
    """Part "claude/chatgpt", but not "openai/whisper": an owner stands for the tool, or for nothing."""
    names = [trimmed(name) for name in text.split("/")]
    if len(names) > _LOOKED_UP or look_up.spells(text) or not all(map(look_up.knows, names)):
        return []
    apart = all(look_up.offered(one).isdisjoint(look_up.offered(other)) for one, other in pairwise(names))
    return names if apart else []
