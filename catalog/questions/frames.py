"""Frames of questions: the wording round names, in which somebody asks for something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from catalog.questions.cuts import VERSUS

if TYPE_CHECKING:
    from collections.abc import Callable

_GREETING = re.compile(
    r"^(?:(?:hey|hi|hello|yo|ok|okay|so|please|pls|plz|well|guys|folks|all|matchbook|btw|quick question|question)"
    r"(?:[,:!.]+\s?|\s|$)"
    r"|(?:can|could|would|will) (?:you|u|someone|anyone) (?:please )?"
    r"|(?:i|we) (?:want|need) (?:to|you to) |i'?d like to |let'?s )+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:[\s?!.,;:]+(?:please|pls|plz|thanks|thank you|thx|ty|for me|right now|today|or|and|vs|versus"
    r"|lol|lmao|tbh|imo))*"
    r"[\s?!.,;:]*$",
    re.IGNORECASE,
)
#: Characters at the end of a text in which an ending is looked for.
_LAST = 80
_SENTENCE = re.compile(r"[?!]+ |(?<=\w\w)(?<!\bvs)\. ", re.IGNORECASE)
_OR = re.compile(r"\S or \S", re.IGNORECASE)
#: How people begin before they come to the names.
_LEAD = re.compile(
    r"^(?:"
    r"(?:what|wat|whats|what's)(?: do| are)? (?:you|u|your|ya'?ll|y'all|people|everyone)(?: guys| all)? "
    r"(?:think|thoughts|opinions?|feel)(?: (?:about|of|on|re))?"
    r"|(?:any |your |some )?(?:thoughts|opinions?|experiences?|feedback|advice|ideas?) (?:on|about|with|for|re)"
    r"|(?:what|how|hows|how's) about"
    r"|(?:has |have |did )?(?:any ?one|any ?body|some ?one|you|u)(?: guys| here| else)*(?: ever)?"
    r" (?:tried|used|tested|compared|try|use|compare|using|trying)(?: out)?"
    r"|(?:do|would|did) (?:you|u)(?: guys| all)? (?:prefer|recommend|use|like|pick|choose|suggest)"
    r"|is it|(?:it's |its )?either|(?:wondering|curious|asking) about"
    r")[,:]? ",
    re.IGNORECASE,
)
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
_BETTER = r"(?:better|best|faster|fastest|cheaper|cheapest|stronger|smarter|nicer|easier)"
_COMPARE = re.compile(
    r"^(?:compare|comparing|(?:an? |the )?comparison(?: (?:of|between))?|contrast) (.+)$"
    r"|^(?:(?:what is|what's|whats|what are|explain|show me|tell me) )?(?:the )?(?:main |key |big |real )?"
    r"diff(?:erence)?s? (?:between|of|bw|b/w) (.+)$"
    r"|^how (?:do|does|is|are|would) "
    r"(.+? (?:compare[sd]?|stack up|different|differ|do|fare|hold up) (?:to|with|against|from|vs) .+)$"
    r"|^(?:what's|whats|which|what|who)(?: one| tool| model)?(?: is| are|'s)?(?: the)? "
    + _BETTER
    + r"(?: (?:for|at|in|on) [^,:;]{1,40}[,:;])?[,:;]? (.+)$"
    r"|^(?:(?:why|how come) )?(?:is|are) "
    r"(.+? (?:better|worse|faster|cheaper|stronger|smarter|nicer|easier)(?: or worse)? (?:than|then) .+)$"
    r"|^(?:(?:should|shall|could|can) (?:i|we) (?:use|pick|choose|take|get|go with|go for|try|learn|run)|pick|choose) "
    r"(.+ or .+)$"
    r"|^(?:which|what|who)(?: one)? (?:do|would|should|shall|can) (?:you|u|i|we)(?: guys)? "
    r"(?:prefer|use|pick|choose|recommend|go with|like|take|try|get)(?: more| better| most)?[,:;]? (.+ or .+)$"
    r"|^(?:.{0,30} )?(?:choose|choosing|decide|deciding|torn|stuck|pick|picking|choice) between (.+)$",
    re.IGNORECASE,
)
#: The question comes after the names: they may be anything, so all of them have to be known.
_COMPARED = re.compile(
    r"^(.+?)[\s,:;.?!-](?:which|what|what's|whats|who)(?: is| are|'s|s)?(?: the)? "
    r"(?:one|better|best|difference|diff|faster|fastest|cheaper|cheapest|wins?|should|would|do you)\b"
    r"|^(.+) (?:comparison|compared|differences?)$",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"^(?:(?:what|who)(?: is|'s| are|s)|what does|what do you know about|tell me (?:more )?about|"
    r"(?:show|give) me|explain|describe|info (?:on|about)|about|look up|lookup|have you heard of|do you know)"
    r"(?: an?| the)? (.+?)(?: do| mean)?$"
    r"|^(?:is|are) (.+?) (?:any good|good|worth it|worth using|open[- ]source|free|still good|legit)$",
    re.IGNORECASE,
)


class Framed(NamedTuple):
    """What stands inside the frame of a comparison; `surely` when nothing but names can stand there."""

    inner: str
    surely: bool


def without_ending(text: str) -> str:
    """Drop marks and polite words at the end; a text of nothing else stays as it is."""
    found = _ENDING.search(text, max(0, len(text) - _LAST))
    return (text[: found.start()].strip() if found else "") or text


def without_greeting(text: str) -> str:
    """Drop how somebody greets, and what they say before the names."""
    return _GREETING.sub("", text).strip() or text


def without_lead(text: str) -> str:
    """Drop "what do you think of" and its like."""
    return _LEAD.sub("", text).strip() or text


def sentence(text: str) -> str:
    """Give the sentence of a text that asks something, or all of it where none plainly does."""
    said = [without_greeting(one.strip()) for one in _SENTENCE.split(text)]
    if len(said) == 1:
        return text
    asks: tuple[Callable[[str], object], ...] = (
        VERSUS.search,
        lambda one: _COMPARE.match(without_ending(one)),
        lambda one: _ALTERNATIVES.match(without_ending(one)),
        _OR.search,
    )
    return next((one for asks_so in asks for one in said if asks_so(one)), text)


def alternatives(text: str) -> str | None:
    """Give the name for which alternatives are asked, or None."""
    return _inside(_ALTERNATIVES, text)


def comparison(text: str) -> Framed | None:
    """Give what is to be compared, or None where no frame says so."""
    inner = _inside(_COMPARE, text)
    if inner:
        return Framed(inner, surely=True)
    inner = _inside(_COMPARED, text)
    return Framed(inner, surely=False) if inner else None


def tool(text: str) -> str | None:
    """Give the name about which something is asked, or None."""
    return _inside(_TOOL, text)


def _inside(frame: re.Pattern[str], text: str) -> str | None:
    found = frame.match(text)
    return next((group for group in found.groups() if group), None) if found else None
