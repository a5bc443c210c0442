"""Questions asked in plain words: "A vs B", "alternatives to A", "what is A".

Patterns take the frame of a question away; what is left are names. A name may hold the very word that parts
names ("Weights and Biases", "Search or Find"), so the ways of parting are tried and the catalog decides.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from itertools import islice, product
from typing import TYPE_CHECKING

from catalog.models import Document
from catalog.names import name_key
from catalog.resolver.resolution import Outcome
from catalog.text import NAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from catalog.resolver.resolution import Resolution

#: Longest text that is read as a question, in characters.
TEXT_LIMIT = 500
#: Names that one question may hold before the rest of its text is no longer parted.
_PARTS = 8
#: Ways of parting that are tried for one question.
_WAYS = 64
#: Cuts in a text from which it is a list of names, whatever they are: one way of parting it is enough.
_LISTED = 4
#: Cuts that names may hold together.
_LEFT_OUT = 2
#: Words of a part, with its "for coding", beyond which it can't be a name.
_WORDS = 12
_PAIR = 2
#: Names that are looked up for one question before the best way so far is taken.
_LOOK_UPS = 9
#: Confidence from which a name was typed out, rather than guessed at.
_SPELT_OUT = 0.98

#: What may be left of "vllm-vs-ollama" round a name.
_EDGES = " -_"
_SPACES = re.compile(r"\s+")
_GREETING = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|so|please|pls|well|matchbook)\b[,:!]?\s?"
    r"|(?:can|could|would|will) you (?:please )?|(?:i|we) (?:want|need) (?:to|you to) |i'?d like to |let'?s )+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:[\s?!.,;:]|\b(?:please|pls|plz|thanks|thank you|thx|for me|better|best|which is better|right now|today)$)+$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r" (?:for|when|if|in terms of|because|as an?|on (?:my|a)) ", re.IGNORECASE)
_ALTERNATIVES = re.compile(
    r"^(?:(?:what|which|who) (?:are|is|else is|would be) )?(?:(?:some|any|good|the|best|free|cheaper|open source|"
    r"open-source|an?|other|there|are|show me|give me|list|find|find me|suggest) )*"
    r"(?:alternatives?|replacements?|substitutes?|competitors?|rivals?|options?) (?:to|for|of|instead of) (.+)$"
    r"|^(?:(?:is there|are there|find|find me|show me|i want|i need|give me|what is|what's) )?"
    r"(?:something|anything|tools?|models?|others?|one) (?:like|similar to|instead of|other than) (.+)$"
    r"|^(?:what|which tools?|who) (?:is|are|else is) (?:like|similar to) (.+)$"
    r"|^(?:what|which) can (?:i|we) use instead of (.+)$"
    r"|^(.+?)(?:'s)? (?:alternatives?|replacements?|competitors?)$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"^(?:compare|comparing|a comparison of|comparison of|comparison between|comparison|contrast) (.+)$"
    r"|^(?:(?:what is|what's|whats|what are|explain|show me|tell me) )?(?:the )?(?:main |key |big )?"
    r"differences? (?:between|of) (.+)$"
    r"|^how (?:do|does|is|are) (.+? (?:compare[sd]?|stack up|different|differ) (?:to|with|against|from) .+)$"
    r"|^(?:which|what|who)(?: one)?(?: is| are|'s)? (?:better|best|faster|cheaper|stronger|the best|nicer)"
    r"[,:;]? (.+)$"
    r"|^(?:is|are) (.+? (?:better|faster|cheaper|stronger) than .+)$"
    r"|^(?:should i (?:use|pick|choose|take|get)|pick|choose) (.+ or .+)$",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"^(?:(?:what|who)(?: is|'s| are|s)|what does|what do you know about|tell me (?:more )?about|"
    r"(?:show|give) me|explain|describe|info (?:on|about)|about|look up|lookup|have you heard of|do you know)"
    r"(?: an?| the)? (.+?)(?: do| mean)?$",
    re.IGNORECASE,
)
#: What parts names whatever stands around it, and what may as well belong to a name.
_VERSUS = re.compile(
    r"\s*(?:\b(?:vs\b\.?|versus\b)|"
    r"\b(?:compared?s? (?:to|with|against)|stacks? up (?:to|with|against)|differs? from|different from)\b|"
    r"\b(?:better|faster|cheaper|stronger) than\b)\s*",
    re.IGNORECASE,
)
_VS = re.compile("versus|vs", re.IGNORECASE)
_LIST = re.compile(r"\s*,\s*(?:and |or |& )?| (?:and|or|with|to|against|&) |\s+v\s+", re.IGNORECASE)
_COMMA_OR = re.compile(r"\s*,\s*(?:and |or |& )?| or |\s+v\s+", re.IGNORECASE)


class QuestionKind(StrEnum):
    """What is asked for."""

    COMPARE = "compare"
    ALTERNATIVES = "alternatives"
    TOOL = "tool"


class Question(Document):
    """A question and the names in it, as typed and in their order."""

    kind: QuestionKind
    names: tuple[str, ...]


def understand(text: str, resolve: Callable[[str], Resolution]) -> Question | None:
    """Read a question from a message; never raises, whatever the text.

    Args:
        text: a message without the mention of the bot. Only its first TEXT_LIMIT characters are read.
        resolve: how names are looked up; it decides between ways of parting and is asked once for each part.

    Returns:
        What is asked, or None for text that is no question about tools. The names of a comparison are two or
        more; whether they are too many is for the caller to say.
    """
    look_up = cache(resolve)
    plain = _GREETING.sub("", _SPACES.sub(" ", text[:TEXT_LIMIT]).strip())
    plain = _ENDING.sub("", plain).strip()
    if not name_key(plain):
        return None
    # A whole name goes before every pattern: tools are called "Compare AI" and "Alternatives to Nothing".
    if look_up(plain).outcome is Outcome.RESOLVED and look_up(plain).confidence >= _SPELT_OUT:
        return Question(kind=QuestionKind.TOOL, names=(plain,))
    asked = _inside(_ALTERNATIVES, plain)
    if asked:
        return _about(QuestionKind.ALTERNATIVES, _without_purpose(asked, look_up))
    return _comparison(plain, look_up) or _tool(plain, look_up)


def _comparison(plain: str, look_up: Callable[[str], Resolution]) -> Question | None:
    framed = _inside(_COMPARE, plain)
    names = _parted(framed or plain, look_up, framed=framed is not None) or _run_together(plain, look_up)
    if len(names) > 1:
        return Question(kind=QuestionKind.COMPARE, names=tuple(names))
    return None


def _tool(plain: str, look_up: Callable[[str], Resolution]) -> Question | None:
    asked = _inside(_TOOL, plain)
    if asked:
        return _about(QuestionKind.TOOL, _without_purpose(asked, look_up))
    if look_up(plain).outcome is not Outcome.NOT_FOUND:
        return Question(kind=QuestionKind.TOOL, names=(plain,))
    return None


def _about(kind: QuestionKind, name: str) -> Question | None:
    return Question(kind=kind, names=(name,)) if name_key(name) else None


def _inside(frame: re.Pattern[str], text: str) -> str | None:
    """Give what a frame stands around, or None where it doesn't fit."""
    found = frame.match(text)
    return next((group for group in found.groups() if group), None) if found else None


def _without_purpose(name: str, look_up: Callable[[str], Resolution]) -> str:
    """Drop a trailing "for coding" unless the catalog knows the name with it."""
    bare = _ENDING.sub("", _PURPOSE.split(name, maxsplit=1)[0]).strip()
    if bare == name or not name_key(bare) or look_up(name).confidence > look_up(bare).confidence:
        return name
    return bare


def _parted(text: str, look_up: Callable[[str], Resolution], *, framed: bool) -> list[str]:
    """Part a text into names in the way in which the catalog knows most of them.

    Without a frame ("compare ...") only "vs", and "or" or commas between names that are all known, make a
    comparison: people say "and" about many things.
    """
    certain = _VERSUS.search(text) is not None
    best = -1.0
    names: list[str] = []
    looked_up: set[str] = set()
    for parts in islice(_ways(text, _LIST if framed or certain else _COMMA_OR), _WAYS):
        if not all(map(_may_be_name, parts)):
            continue
        looked_up.update(parts)
        if names and len(looked_up) > _LOOK_UPS:
            break
        tried = [_without_purpose(part, look_up) for part in parts]
        if len(tried) < _PAIR or not all(map(name_key, tried)):
            continue
        if not (framed or certain or all(look_up(name).outcome is not Outcome.NOT_FOUND for name in tried)):
            continue
        worth = sum(_worth(look_up(name)) for name in tried) / len(tried)
        # An even case goes to the first way, which parts most.
        if worth > best:
            best, names = worth, tried
        if best >= _SPELT_OUT:
            break
    return names


def _run_together(text: str, look_up: Callable[[str], Resolution]) -> list[str]:
    """Part two names with "vs" run into one of them or both ("vllmvsollama"), where both are tools.

    Any word may have these letters in it: "canvas" is no question.
    """
    for found in islice(_VS.finditer(text), _LEFT_OUT):
        names = [text[: found.start()].strip(_EDGES), text[found.end() :].strip(_EDGES)]
        if all(map(name_key, names)) and all(look_up(name).outcome is Outcome.RESOLVED for name in names):
            return names
    return []


def _may_be_name(text: str) -> bool:
    return len(text) <= NAME_LIMIT and text.count(" ") < _WORDS and name_key(text) != ""


def _worth(resolution: Resolution) -> float:
    """How well a part is known, 0..1."""
    share = {Outcome.RESOLVED: 1.0, Outcome.AMBIGUOUS: 0.8, Outcome.NOT_FOUND: 0.0}
    return share[resolution.outcome] * resolution.confidence


def _ways(text: str, separators: re.Pattern[str]) -> Iterator[list[str]]:
    """Give the ways of parting a text, from all separators used to none; each way's parts in their order."""
    cuts = sorted(
        {
            (found.start(), found.end())
            for pattern in (_VERSUS, separators)
            for found in pattern.finditer(text)
        }
    )
    kept: list[tuple[int, int]] = []
    for start, end in cuts:
        if start > 0 and end < len(text) and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    kept = kept[:_PARTS]
    choices = (True,) if len(kept) > _LISTED else (True, False)
    # Few names hold what parts names: the ways that leave one cut out come before those that leave out more.
    few = (used for used in product(choices, repeat=len(kept)) if used.count(False) <= _LEFT_OUT)
    for used in sorted(few, key=lambda used: used.count(False)):
        parts = []
        begun = 0
        for (start, end), cut in zip(kept, used, strict=True):
            if cut:
                parts.append(text[begun:start].strip(_EDGES))
                begun = end
        parts.append(text[begun:].strip(_EDGES))
        yield parts
