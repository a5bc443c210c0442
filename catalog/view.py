"""What somebody sees of the catalog: questions, answered from memory at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalog.comparison import Comparison, compare
from catalog.improvements import improvements
from catalog.questions import Question, understand
from catalog.rank import Rank, rank
from catalog.resolver import Completion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from catalog.alternatives import Alternative
    from catalog.editing.copies import Copy
    from catalog.editing.threeway import Conflict, Merged
    from catalog.improvements import Improvement
    from catalog.matching import Match
    from catalog.models import Tool
    from catalog.resolver import Resolution, Resolver
    from catalog.snapshot import Snapshot
    from catalog.standings import Place
    from catalog.weights import Weights


#: Documents at a time beyond which everything is computed anew.
MANY: Final = 256


class View:
    """The catalog as one guild sees it, or as everybody does who has no copies of their own.

    Attributes:
        changed_on: the day (UTC, ISO) of the last change that can be seen; None when nothing is kept.
        weights: what counts in ranks unless somebody asks for something else; None for what is usual for each type.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        changed_on: str | None = None,
        weights: Weights | None = None,
        own: Mapping[str, Merged] | None = None,
        eclipsed: Collection[str] = (),
    ) -> None:
        """Answer from a snapshot; `own` is what a guild has of its own, brought up to the shared tools.

        `eclipsed` are shared tools that it doesn't see because it had added tools of the same slugs before.
        """
        self._snapshot = snapshot
        self._own = own or {}
        self._eclipsed = eclipsed
        self.changed_on = changed_on
        self.weights = weights

    def weighing(self, weights: Weights | None) -> View:
        """Give the same view with other weights."""
        if weights == self.weights:
            return self
        return View(self._snapshot, self.changed_on, weights, self._own, self._eclipsed)

    def with_copies(self, copies: Mapping[str, Copy], changed_on: str | None) -> View:
        """Give the view of a guild whose own documents stand in for these, beside them, or hide them."""
        newest = max(filter(None, (self.changed_on, changed_on)), default=None)
        own = {slug: copy.over(self._snapshot.tools.get(slug)) for slug, copy in copies.items()}
        documents = {slug: merged.document for slug, merged in own.items()}
        eclipsed = {slug for slug, copy in copies.items() if copy.eclipses(self._snapshot.tools.get(slug))}
        # Laid over the shared ones, many documents cost more than to compute everything anew.
        many = len(documents) > MANY
        snapshot = (
            self._snapshot.remade(documents, self.today) if many else self._snapshot.replaced(documents)
        )
        return View(snapshot, newest, own=own, eclipsed=eclipsed)

    def replaced(self, changed: Mapping[str, Tool | None]) -> View:
        """Give the view with some tools changed, added or (None) gone: what would be seen after an edit."""
        snapshot = self._snapshot.replaced(changed)
        return View(snapshot, self.changed_on, self.weights, self._own, self._eclipsed)

    def is_own(self, slug: str) -> bool:
        """Whether this is a guild's own document rather than the shared one."""
        return slug in self._own

    def own(self, slug: str) -> Merged | None:
        """Give a guild's own document, brought up to the shared one; None where it has none."""
        return self._own.get(slug)

    def eclipses(self, slug: str) -> bool:
        """Whether a guild's own tool, which it added, hides a shared one that was added since."""
        return slug in self._eclipsed

    def conflicts(self, slug: str) -> tuple[Conflict, ...]:
        """Give the places at which a guild's copy and the shared tool have moved apart since the copy was made."""
        return self._own[slug].conflicts if slug in self._own else ()

    def prepared(self) -> View:
        """Compute now what would be computed when first asked for, and give the view itself."""
        self._snapshot.warmed()
        return self

    def naming(self, changed: Mapping[str, Tool | None]) -> Resolver:
        """Give the names as they would be with some tools changed, added or (None) gone."""
        return self._snapshot.naming(changed)

    def __len__(self) -> int:
        return len(self._snapshot.tools)

    @property
    def tools(self) -> Collection[Tool]:
        """All tools."""
        return self._snapshot.tools.values()

    @property
    def today(self) -> date:
        """The day (UTC) for which ranks are computed."""
        return self._snapshot.today

    def get(self, slug: str) -> Tool:
        """Give a tool by slug; UnknownToolError when there is none."""
        return self._snapshot.get(slug)

    def by_key(self, key: str) -> Tool:
        """Give a tool by `Tool.key`; UnknownToolError when there is none."""
        return self._snapshot.by_key(key)

    def among(self, slugs: Iterable[str]) -> dict[str, Tool]:
        """Give those of some tools that there are, by slug, each once and in their order."""
        return {slug: self._snapshot.tools[slug] for slug in slugs if slug in self._snapshot.tools}

    def successor(self, tool: Tool) -> Tool | None:
        """Give the tool that takes over from a deprecated one, if it is known and in the catalog."""
        return self._snapshot.tools.get(tool.successor) if tool.successor else None

    def resolve(self, query: str) -> Resolution:
        """Say which tool a name means."""
        return self._snapshot.resolver.resolve(query)

    def complete(
        self, prefix: str, *, limit: int = 25, first: Collection[str] = ()
    ) -> tuple[Completion, ...]:
        """Offer tools for a half-typed name, best first.

        Args:
            prefix: what was typed so far.
            limit: how many to offer at most.
            first: slugs of tools that go before the popular ones while nothing is typed.
        """
        offers = self._snapshot.resolver.complete(prefix, limit)
        if prefix.strip():
            return offers
        chosen = [Completion(slug=slug, name=tool.name) for slug, tool in self.among(first).items()]
        return (*chosen, *(offer for offer in offers if offer.slug not in first))[:limit]

    def understand(self, text: str) -> Question | None:
        """Read a question ("X vs Y", "alternatives to X") out of a message; None when it holds none."""
        return understand(text, self.resolve)

    def rank(self, slug: str, weights: Weights | None = None) -> Rank:
        """Give a tool's rank with its breakdown, by its own weights or others; UnknownToolError when there is none."""
        tool = self._snapshot.get(slug)
        asked = weights or self.weights
        return rank(tool, today=self.today, weights=asked) if asked else self._snapshot.ranks[slug]

    def place(self, slug: str) -> Place | None:
        """Say where a tool stands among those of its type, by its own weights; None where it isn't placed."""
        self._snapshot.get(slug)
        return self._snapshot.ranks.place(slug)

    def improvements(self, slug: str, weights: Weights | None = None) -> tuple[Improvement, ...]:
        """Say what would raise a tool's rank, the least effort first."""
        return improvements(self._snapshot.get(slug), self.rank(slug, weights))

    def compare(self, slugs: Sequence[str], weights: Weights | None = None) -> Comparison:
        """Hold two to four tools side by side; ComparisonError when that makes no sense."""
        tools = [self._snapshot.get(slug) for slug in slugs]
        ranks = [self.rank(slug, weights) for slug in slugs]
        return compare(
            tools,
            ranks,
            lambda slug: self._snapshot.neighbourhood.like_for_like(slug, tuple(slugs)),
            weights=weights or self.weights,
        )

    def alternatives(self, slug: str, *, limit: int = 10) -> tuple[Alternative, ...]:
        """Give tools that could stand in for one, best first, each with reasons."""
        self._snapshot.get(slug)
        return self._snapshot.neighbourhood.alternatives(slug, limit)

    def find(self, need: str, *, limit: int = 10) -> tuple[Match, ...]:
        """Find tools for a need in words, best first."""
        return self._snapshot.needs.find(need, limit)
