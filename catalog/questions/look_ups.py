"""Look-ups: what the catalog says of the names in one question, at a price that is known before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.names import name_key
from catalog.resolver.resolution import Outcome, Reason
from catalog.text import NAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.resolver.resolution import Resolution

#: Names that are looked up for one question.
_LOOK_UPS = 6
#: What they may cost: a name that the catalog spells is found at once, any other is searched for, which takes
#: longer the more words there are. In these units a millisecond buys about two.
_BUDGET = 10.0
_SEARCH, _SEARCH_WORD = 2.0, 0.5
#: Words beyond which nothing is looked up.
_WORDS = 12
#: Confidence from which a name was typed out, rather than guessed at.
_SPELT_OUT = 0.98
_WHOLLY = {Reason.EXACT, Reason.ALIAS, Reason.TYPO}


class LookUps:
    """The look-ups of one question: each name once, and only so many."""

    def __init__(self, resolve: Callable[[str], Resolution]) -> None:
        self._resolve = resolve
        self._known: dict[str, Resolution] = {}
        self._spent = 0.0

    def __call__(self, name: str) -> Resolution | None:
        """Look a name up; None for what can't be a name, and when the question has had its share."""
        key = name_key(name)
        known = self._known.get(key)
        if known or len(name) > NAME_LIMIT or not key:
            return known
        if len(self._known) >= _LOOK_UPS or self._spent >= _BUDGET or name.count(" ") >= _WORDS:
            return None
        found = self._known[key] = self._resolve(name)
        if not _spelt_out(found):
            self._spent += _SEARCH + _SEARCH_WORD * (1 + name.count(" "))
        return found

    def spells(self, name: str) -> bool:
        """Tell whether a tool is called just so."""
        found = self(name)
        return found is not None and _spelt_out(found)

    def holds(self, name: str) -> bool:
        """Tell whether a text as a whole is one tool's name, typed out or misspelt, with no word to spare."""
        found = self(name)
        return (
            found is not None
            and found.outcome is Outcome.RESOLVED
            and found.reason in _WHOLLY
            and not found.ignored
        )

    def denies(self, name: str) -> bool:
        """Tell whether a text was looked up before, and isn't one tool's name."""
        return name_key(name) in self._known and not self.holds(name)

    def settles(self, name: str) -> bool:
        """Tell whether a name means one tool."""
        found = self(name)
        return found is not None and found.outcome is Outcome.RESOLVED and not found.ignored

    def knows(self, name: str) -> bool:
        """Tell whether a name means a tool or a family of them."""
        found = self(name)
        if found is None or found.outcome is Outcome.NOT_FOUND:
            return False
        # Shorthand is no more than two letters or three: beside other words it means nothing ("this or that").
        return not (found.reason is Reason.ACRONYM and found.ignored)

    def offered(self, name: str) -> frozenset[str]:
        """Give the slugs of what a name may mean."""
        found = self(name)
        return frozenset(one.slug for one in found.candidates) if found else frozenset()


def _spelt_out(found: Resolution) -> bool:
    return found.outcome is Outcome.RESOLVED and found.confidence >= _SPELT_OUT
