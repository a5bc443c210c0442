"""Tails: what people say after a name ("for coding", "which one is better", "i have a 4090")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalog.questions.cuts import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.questions.look_ups import LookUps

_TAIL = re.compile(
    r"(?:\s?[,;:.?!-]+)?\s(?:for|when|if|in terms of|in 20\d\d|because|cause|cuz|cus|as an?|on (?:my|a|an)|since|but|"
    r"while|which|what|whats|what's|wich|who|how|why|thoughts?|opinions?|any(?: ?one| ?body)?|i|im|i'm|ive|i've|my|we|"
    r"you|u|is|are|do|does|did|should|would|could|can|help|just|need|want|wanna|trying|looking|tho|though|guys|bro|"
    r"w/|w/o|ngl|rn|better|best|faster|worth|atm|lately|comparison|compared|benchmarks?|pricing|lol|lmao|tbh|imo|imho)"
    r"(?=$|[\s,;:.?!])",
    re.IGNORECASE,
)
#: Words that make a sentence about something rather than a name.
_STATEMENT = re.compile(
    r"\b(?:i|im|i'm|ive|we|you|u|he|she|they|it|its|it's|is|are|was|were|am|my|me|our|your|this|that|these|those|"
    r"w/o|love|hate|thanks|thank|lol|lmao|haha|yeah|nope|isn't|aren't|don't|dont|i'll|we're)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W_]")
#: Words of a name with its tail beyond which nobody would have called a tool so.
_WORDS = 7


def is_statement(text: str) -> bool:
    """Tell whether a text says something, rather than being a name.

    >>> is_statement("claude is great"), is_statement("claude opus")
    (True, False)
    """
    return _STATEMENT.search(text) is not None


def tails(text: str) -> Iterator[int]:
    """Give where a tail may begin."""
    return (found.start() for found in _TAIL.finditer(text) if _LETTER.search(text, 0, found.start()))


def without_tail(name: str, look_up: LookUps) -> str:
    """Drop the tail of a name, unless the catalog knows a name with it."""
    name = trimmed(name)
    begun = next(tails(name), None)
    if begun is None or is_name_with_tail(name, look_up):
        return name
    return trimmed(name[:begun])


def is_name_with_tail(name: str, look_up: LookUps) -> bool:
    """Tell whether what looks like a name and a tail is a name ("Copilot for Gmail")."""
    return name.count(" ") < _WORDS and look_up.holds(name)
