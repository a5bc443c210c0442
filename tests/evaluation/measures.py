"""What came of queries, counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from catalog.resolver import Outcome
from tests.evaluation.sets import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.evaluation.sets import Query

#: So many members make a question back a question about the family.
_MEMBERS = 2


class Found(NamedTuple):
    """What somebody answers: slugs, best first, and how sure; a baseline has no outcome."""

    slugs: tuple[str, ...]
    outcome: Outcome | None = None
    confidence: float = 0.0


class Verdict(StrEnum):
    """What an answer is worth to who asked."""

    RIGHT = "right"
    """The right tool; a question back about the right family; no tool where there is none."""
    OFFERED = "offered"
    """A question back with the right tool in it; where there is none, a question back, which is fine too."""
    ASTRAY = "astray"
    """A question back without the right tool, or about another family."""
    MISSED = "missed"
    """No tool, though there is one."""
    WRONG = "wrong"
    """A wrong tool, without a question: the worst."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, what was answered, and after how many seconds."""

    query: Query
    found: Found
    seconds: float

    @property
    def place(self) -> int | None:
        """Place of the first right tool, from 0."""
        slugs = self.found.slugs
        return next((place for place, slug in enumerate(slugs) if slug in self.query.answers), None)

    @property
    def verdict(self) -> Verdict:
        """What the answer is worth."""
        outcome, wanted = self.found.outcome, self.query.wanted
        if wanted is Wanted.NOTHING:
            return _TO_STRANGERS[outcome or Outcome.NOT_FOUND]
        if outcome is Outcome.RESOLVED:
            may = wanted is not Wanted.FAMILY and self.place == 0
            return Verdict.RIGHT if may else Verdict.WRONG
        if outcome is not Outcome.AMBIGUOUS:
            return Verdict.MISSED
        if wanted is Wanted.TOOL:
            return Verdict.ASTRAY if self.place is None else Verdict.OFFERED
        members = self.query.answers & set(self.found.slugs)
        return Verdict.RIGHT if len(members) >= min(_MEMBERS, len(self.query.answers)) else Verdict.ASTRAY


#: What an answer to a query that names nothing is worth.
_TO_STRANGERS = {
    Outcome.RESOLVED: Verdict.WRONG,
    Outcome.AMBIGUOUS: Verdict.OFFERED,
    Outcome.NOT_FOUND: Verdict.RIGHT,
}


@dataclass(frozen=True, slots=True)
class Tally:
    """Judged answers of one sort."""

    answers: tuple[Judged, ...]

    def __len__(self) -> int:
        return len(self.answers)

    def of(self, *wanted: Wanted) -> Tally:
        """Pick the answers to queries that want this."""
        return Tally(tuple(one for one in self.answers if one.query.wanted in wanted))

    def kind(self, kind: str) -> Tally:
        """Pick the answers to queries of a kind."""
        return Tally(tuple(one for one in self.answers if one.query.kind == kind))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of queries, in the order of their first."""
        return tuple(dict.fromkeys(one.query.kind for one in self.answers))

    def within(self, places: int) -> float:
        """Share of queries that have a right tool among the first so many, 0..1."""
        return self._share(one.place is not None and one.place < places for one in self.answers)

    def share(self, *verdicts: Verdict) -> float:
        """Share of answers that came to one of the verdicts, 0..1."""
        return self._share(one.verdict in verdicts for one in self.answers)

    def milliseconds(self, percent: float) -> float:
        """Time below which so many of a hundred answers came (nearest rank), in milliseconds."""
        return 1e3 * percentile([one.seconds for one in self.answers], percent)

    def _share(self, hits: Iterable[bool]) -> float:
        return sum(hits) / len(self.answers) if self.answers else 0.0


def percentile(values: Sequence[float], percent: float) -> float:
    """Give the value that so many of a hundred don't exceed (nearest rank); 0 for no values.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 50), percentile([4.0, 1.0, 3.0, 2.0], 99)
    (2.0, 4.0)
    """
    if not values:
        return 0.0
    return sorted(values)[max(0, ceil(percent / 100 * len(values)) - 1)]


def judge(queries: Iterable[Query], ask: Callable[[str], Found]) -> Tally:
    """Ask each query in turn, once, with a look at the clock."""
    answers = []
    for query in queries:
        started = perf_counter()
        found = ask(query.text)
        answers.append(Judged(query, found, perf_counter() - started))
    return Tally(tuple(answers))
