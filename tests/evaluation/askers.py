"""Ways of asking the resolver, each from a text to what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.questions import understand
from catalog.resolver import Outcome
from tests.evaluation.measures import Found
from tests.evaluation.sets import AND, Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.resolver import Resolver

    Ask = Callable[[str], Found]

#: Tools that are offered for a half-typed name: as many as are looked at.
_OFFERED = 10


def asking(resolver: Resolver, task: Task) -> Ask:
    """Give the way of asking that a task is about."""
    return {
        Task.RESOLVE: lambda text: _resolved(resolver, text),
        Task.COMPLETE: lambda text: _completed(resolver, text),
        Task.UNDERSTAND: lambda text: _understood(resolver, text),
    }[task]


def _resolved(resolver: Resolver, text: str) -> Found:
    resolution = resolver.resolve(text)
    slugs = tuple(candidate.slug for candidate in resolution.candidates)
    return Found(slugs, resolution.outcome, resolution.confidence)


def _completed(resolver: Resolver, text: str) -> Found:
    return Found(tuple(completion.slug for completion in resolver.complete(text, _OFFERED)))


def _understood(resolver: Resolver, text: str) -> Found:
    """Read the names out of a question; it is as well known as the least known of them."""
    question = understand(text, resolver.resolve)
    if question is None:
        return Found((), Outcome.NOT_FOUND)
    found = [_resolved(resolver, name) for name in question.names]
    slugs = AND.join(one.slugs[0] if one.slugs else "" for one in found)
    outcomes = {one.outcome for one in found}
    least = next(
        known for known in (Outcome.NOT_FOUND, Outcome.AMBIGUOUS, Outcome.RESOLVED) if known in outcomes
    )
    return Found((slugs,), least, min(one.confidence for one in found))
