"""Understanding: from a chat message to the question in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.names import name_key, words
from catalog.questions import frames
from catalog.questions.cuts import trimmed
from catalog.questions.look_ups import LookUps
from catalog.questions.parting import has_tool, names_in
from catalog.questions.plain import plain
from catalog.questions.question import Question, QuestionKind
from catalog.questions.tails import is_statement, without_tail
from catalog.resolver.wording import is_everyday

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.resolver.resolution import Resolution

#: Words of a message up to which it is asked first whether all of it is a name.
_WORDS = 8


def understand(text: str, resolve: Callable[[str], Resolution]) -> Question | None:
    """Read a question from a message; never raises, whatever the text.

    Args:
        text: a message without the mention of the bot. Only its beginning (plain.TEXT_LIMIT) is read.
        resolve: how names are looked up; it decides where words may be part of a name or not, and is asked a
            handful of times at most.

    Returns:
        What is asked, or None for text that is no question about tools. The names of a comparison are two or
        more; whether they are too many is for the caller to say.
    """
    look_up = LookUps(resolve)
    said = trimmed(plain(text))
    if not name_key(said):
        return None
    # A whole name goes before every pattern: tools are called "Compare AI" and "Alternatives to Nothing".
    if said.count(" ") < _WORDS and look_up.spells(said):
        return Question(kind=QuestionKind.TOOL, names=(said,))
    asked = frames.sentence(frames.without_greeting(said))
    asked = frames.without_lead(frames.without_greeting(frames.without_ending(asked)))
    substituted = frames.alternatives(asked)
    if substituted:
        return _about(QuestionKind.ALTERNATIVES, without_tail(substituted, look_up))
    return _comparison(asked, look_up) or _tool(asked, look_up)


def _comparison(asked: str, look_up: LookUps) -> Question | None:
    framed = frames.comparison(asked)
    inner = frames.without_ending(framed.inner if framed else asked)
    names = names_in(inner, look_up, framed=framed is not None, surely=framed is not None and framed.surely)
    if framed and framed.surely and not names and look_up.settles(inner):
        names = [inner]  # "compare claude"
    kind = QuestionKind.COMPARE if len(names) > 1 else QuestionKind.TOOL
    return Question(kind=kind, names=tuple(names)) if names else None


def _tool(asked: str, look_up: LookUps) -> Question | None:
    framed = frames.tool(asked)
    name = without_tail(framed or asked, look_up)
    if is_statement(framed or asked):
        known = look_up.spells(name if framed else asked)
    elif framed and not all(map(is_everyday, words(name_key(name)))):
        known = True  # asked about by name, whether there is such a tool or not
    else:
        known = has_tool(name, look_up) and look_up.knows(name)
    return _about(QuestionKind.TOOL, name) if known else None


def _about(kind: QuestionKind, name: str) -> Question | None:
    return Question(kind=kind, names=(name,)) if name_key(name) else None
