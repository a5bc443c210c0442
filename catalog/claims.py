"""What a capability's text gives away about itself: limits, hedges and figures that nobody else vouches for.

The text stays as it was written; the remarks point at its words, so that a reader sees a limit as a limit and a
claim as a claim.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from catalog.models import Capability, Document

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest derived heading, in characters.
HEADING_LIMIT = 60

Part = Literal["description", "unique", "versus"]


class Flag(StrEnum):
    """What kind of words a remark points at."""

    LIMIT = "limit"
    HEDGED = "hedged"
    VENDOR_FIGURE = "vendor figure"

    @property
    def label(self) -> str:
        """How a person reads it."""
        return {
            Flag.LIMIT: "Limit",
            Flag.HEDGED: "Claimed, not shown",
            Flag.VENDOR_FIGURE: "Figure without an independent source",
        }[self]


class Remark(Document):
    """One flag and the words that earned it; `part` says in which text of the capability they stand."""

    flag: Flag
    part: Part
    text: str


_APOSTROPHE = "['\u2019]"
# "Which requires ..." speaks of the rival, and "requires fewer ..." is praise.
_REQUIRES = r"(?<!which )requires?(?! (?:no|only|fewer|less)\b|[^,;.]{0,20}(?:fewer|less)\b)"
# From the cue to the end of its clause; a dot inside a number or a name ends nothing.
_LIMIT = re.compile(
    rf"(?<!\w)(?:(?:al)?though|but|however,?|{_REQUIRES}|lacks|limited to|at the cost of|unless"
    rf"|(?:does|is|do|are)(?: not|n{_APOSTROPHE}t)|can(?:not|{_APOSTROPHE}t))\b"
    r"[^;.()]*(?:\.(?=\w)[^;.()]*)*",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|likely|potentially|presumably|reportedly|apparently|allegedly|supposedly|appears? to"
    r"|seems? to|(?-i:may)|might|according to (?:its |the )?(?:documentation|vendor|makers?|authors?))\b"
    r"[^;.]*(?:\.(?=\w)[^;.]*)*",
    re.IGNORECASE,
)
_BETTER = r"(?:faster|slower|cheaper|smaller|larger|lower|higher|fewer|more|less|better)"
_TO_CLAUSE_END = r"(?:[^,;.()]|\.(?=\d)){0,80}"
_FIGURE = re.compile(
    r"(?<![\w.,])\d[\d.,]{0,12}(?:[-\u2013]\d[\d.,]{0,12})?"
    rf"(?:\s?[x\u00d7](?= {_BETTER}\b){_TO_CLAUSE_END}|\s?(?:%|percent\b){_TO_CLAUSE_END}"
    rf"|\s?(?:tokens|images|requests)(?:/| per |/s)\w*|\s?s (?:vs|local|against)\b{_TO_CLAUSE_END})"
    r"|\b(?:MT-Bench|HumanEval|MMLU|GSM8K|Elo)\b[^,;.]{0,25}?\d+(?:\.\d+)?",
    re.IGNORECASE,
)
_CUES = ((Flag.LIMIT, _LIMIT), (Flag.HEDGED, _HEDGED), (Flag.VENDOR_FIGURE, _FIGURE))

_ASIDE = re.compile(r"\s?\([^()]{0,200}\)")
_CLAUSE_END = re.compile(r"[;:.]\s|,?\s(?:using|by|with|through|via|that|which|enabling|so that)\s|$")
_FEWEST_WORDS = 3
# No heading reaches further into a description than this, asides included.
_HEADING_SOURCE = 400


@lru_cache(maxsize=4096)
def flags_of(capability: Capability) -> tuple[Remark, ...]:
    """Find the limits, hedges and unvouched figures in a capability's texts.

    Each remark carries the flagged words, from the cue to the end of the clause. The order is that of the
    texts (description, unique, versus), within one by flag, then by position.
    """
    return tuple(_remarks(capability))


@lru_cache(maxsize=4096)
def heading(capability: Capability) -> str:
    """Give a capability's title, or derive one from the start of its description.

    It is the longest run of whole clauses that fits into HEADING_LIMIT characters; where not even one fits, as
    many words as do, with an ellipsis. Asides in brackets are left out.
    """
    if capability.title:
        return capability.title
    text = _ASIDE.sub("", " ".join(capability.description[:_HEADING_SOURCE].split()))
    clauses = (text[: end.start()].rstrip(" .,;:") for end in _CLAUSE_END.finditer(text))
    fitting = [
        clause for clause in clauses if len(clause) <= HEADING_LIMIT and len(clause.split()) >= _FEWEST_WORDS
    ]
    if fitting:
        return fitting[-1]
    if 0 < len(text) <= HEADING_LIMIT:
        return text.rstrip(" .,;:") or text
    cut = (text or capability.description)[: HEADING_LIMIT - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:.-") + "…"


def _remarks(capability: Capability) -> Iterator[Remark]:
    parts: tuple[tuple[Part, str | None], ...] = (
        ("description", capability.description),
        ("unique", capability.unique),
        ("versus", capability.versus),
    )
    for part, text in parts:
        for flag, cue in _CUES:
            for hit in cue.finditer(text or ""):
                yield Remark(flag=flag, part=part, text=hit.group().strip(" ,"))
