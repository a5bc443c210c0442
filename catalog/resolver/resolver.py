"""The resolver: which tool is meant by a name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from catalog.resolver.completion import Completer
from catalog.resolver.decision import WHOLE, Kind, decide, exactly, judge
from catalog.resolver.index import Index, row_of
from catalog.resolver.readings import in_few_words, readings
from catalog.resolver.resolution import Outcome, Reason, Resolution
from catalog.resolver.scoring import Matcher
from catalog.resolver.shorthand import Shorthand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from catalog.models import Tool
    from catalog.resolver.completion import Completion
    from catalog.resolver.decision import Judged
    from catalog.resolver.index import Row
    from catalog.resolver.readings import Reading


#: Rows that are scored for the plainest reading of a query of few words at most, and for each other one.
_CANDIDATES = 48
_LATER_CANDIDATES = 20
#: Words of a query that says little else than a name.
_PLAIN_WORDS = 5


class Resolver:
    """Names and aliases of a catalog, ready to be asked. Immutable; safe to share between threads.

    Args:
        tools: name, slug, aliases and popularity are used. Of two tools with one slug the later counts.
    """

    def __init__(self, tools: Iterable[Tool]) -> None:
        self._tools = {tool.slug: tool for tool in tools}
        self._index = Index.of(self._tools.values())
        self._numbers = {tool.slug: number for number, tool in enumerate(self._index.tools)}
        self._shorthand = Shorthand(self._index)
        self._completer = Completer(self._index)

    def resolve(self, query: str) -> Resolution:
        """Find the tool that a name means; never raises, whatever the text.

        A slug, a name or an alias that is typed out is found first, then shorthand and other spellings, then
        what is near; the decision module says how near is near enough. Only the first characters (names.KEY_LIMIT)
        are read.
        """
        typed = row_of(query)
        if not typed.key:
            note = "a name needs a letter or a digit"
            return Resolution(query=query, outcome=Outcome.NOT_FOUND, note=note)
        number = self._numbers.get(query.strip().casefold())
        if number is not None:
            # Whoever else is called so is offered after the tool that is filed so.
            others = [replace(row, alias=True) for row in self._index.spelt(typed) if row.tool != number]
            return exactly(query, [replace(typed, tool=number), *others], self._index.tools, None)
        ways = readings(typed, self._index, self._shorthand)
        return self._spelt_out(query, ways) or decide(query, self._near(ways), self._index.tools)

    def complete(self, prefix: str, limit: int = 25) -> tuple[Completion, ...]:
        """Offer tools for a half-typed name: exact, by prefix, by the start of a word, then misspelt ones."""
        return self._completer.complete(prefix, limit)

    def _spelt_out(self, query: str, ways: Sequence[Reading]) -> Resolution | None:
        """Answer from names that one of the readings spells out, the plainest reading first."""
        for reason in (None, Reason.WORDS, Reason.ACRONYM):
            # Shorthand may stand for several things: all of them are asked about together.
            found: dict[Row, None] = {}
            for way in ways:
                if way.reason is reason:
                    found.update(dict.fromkeys(self._index.spelt(way.query)))
            if found:
                return exactly(query, list(found), self._index.tools, reason)
        return None

    def _near(self, ways: Iterable[Reading]) -> list[Judged]:
        """Give the best fit of each tool that is near one of the readings.

        A reading is only tried where no plainer one meets every word of query and name.
        """
        best: dict[int, Judged] = {}
        for number, way in enumerate(ways):
            if any(one.kind is Kind.CLEAN and one.fit.covered >= WHOLE for one in best.values()):
                break
            query = in_few_words(way.query)
            matcher = Matcher(query, self._index)
            plain = not number and len(query.words) <= _PLAIN_WORDS
            for row in self._index.near(query, _CANDIDATES if plain else _LATER_CANDIDATES):
                one = judge(matcher.fit(row), way.reason)
                if number and one.kind is Kind.FAR:
                    continue
                before = best.get(row.tool)
                if before is None or (one.kind, -one.confidence) < (before.kind, -before.confidence):
                    best[row.tool] = one
        return list(best.values())
