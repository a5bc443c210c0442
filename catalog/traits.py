"""What tools have in common as their documents tell it: jobs, tags, words, and which names which as a rival."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.families import Families
from catalog.features import Features
from catalog.overlay import Overlay
from catalog.rivals import NameFinder
from catalog.tasks import tasks_of
from catalog.terms import terms, terms_as_written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from catalog.models import Slug, Tool

#: A word in more than this share of the tools (and more than this many) says nothing about any of them.
COMMON_SHARE, COMMON_COUNT = 0.1, 20

_NOBODY: frozenset[Slug] = frozenset()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Traits:
    """What is known of tools that lets them be held against each other. Never changed.

    Attributes:
        tools: the documents, by slug.
        tasks: the jobs that each does.
        tags: the tags of each.
        words: the telling words of each one's texts.
        headlines: the words of each one's capability titles, folded and as written.
        named: which tools each one's own text names as those it is held against; some may be gone.
        named_by: the same from the other side.
    """

    tools: Mapping[Slug, Tool]
    tasks: Features
    tags: Features
    words: Features
    headlines: Mapping[Slug, Mapping[str, str]]
    named: Mapping[Slug, frozenset[Slug]]
    named_by: Mapping[Slug, frozenset[Slug]]
    _finder: NameFinder

    @classmethod
    def of(cls, tools: Iterable[Tool]) -> Traits:
        """Read all documents."""
        known = {tool.slug: tool for tool in tools}
        finder = NameFinder(known.values(), Families.of(known.values()))
        named = {slug: _rivals(tool, [finder]) for slug, tool in known.items()}
        named_by: defaultdict[Slug, set[Slug]] = defaultdict(set)
        for slug, rivals in named.items():
            for rival in rivals:
                named_by[rival].add(slug)
        return cls(
            tools=known,
            tasks=Features.of({slug: tasks_of(tool) for slug, tool in known.items()}),
            tags=Features.of({slug: tool.tags for slug, tool in known.items()}),
            words=Features.of(
                {slug: _words_of(tool) for slug, tool in known.items()},
                most=max(COMMON_COUNT, int(COMMON_SHARE * len(known))),
            ),
            headlines={slug: _headline(tool) for slug, tool in known.items()},
            named=named,
            named_by={slug: frozenset(others) for slug, others in named_by.items()},
            _finder=finder,
        )

    def replaced(self, changed: Mapping[Slug, Tool | None]) -> Traits:
        """Give the traits with some tools changed, added or (None) gone, at the cost of those few.

        How much a job, tag or word weighs stays as it is, and no other tool's text is read again. While the
        changed tools are few, the difference from reading all documents is slight.
        """
        tools = Overlay(self.tools, changed)
        there = {slug: tool for slug, tool in changed.items() if tool}
        # The names of everything that was changed since all documents were read.
        finders = [self._finder, NameFinder(tool for tool in tools.changes.values() if tool)]
        named = {slug: _rivals(tool, finders) for slug, tool in there.items()}
        touched = _NOBODY.union(*named.values(), *(self.named.get(slug, _NOBODY) for slug in changed))
        named_by = {
            rival: (self.named_by.get(rival, _NOBODY) - changed.keys())
            | {slug for slug, rivals in named.items() if rival in rivals}
            for rival in touched
        }

        def given(read: Callable[[Tool], Collection[str]]) -> dict[Slug, Collection[str]]:
            return {slug: read(tool) if tool else () for slug, tool in changed.items()}

        return Traits(
            tools=tools,
            tasks=self.tasks.replaced(given(tasks_of)),
            tags=self.tags.replaced(given(lambda tool: tool.tags)),
            words=self.words.replaced(given(_words_of)),
            headlines=Overlay(self.headlines, {slug: _headline(tool) for slug, tool in there.items()}),
            named=Overlay(self.named, named),
            named_by=Overlay(self.named_by, named_by),
            _finder=self._finder,
        )


def _rivals(tool: Tool, finders: Collection[NameFinder]) -> frozenset[Slug]:
    texts = [capability.versus for capability in tool.capabilities if capability.versus]
    found = {rival for text in texts for finder in finders for rival in finder.find(text)}
    return frozenset(found - {tool.slug})


def _words_of(tool: Tool) -> frozenset[str]:
    texts = [tool.summary or ""]
    for capability in tool.capabilities:
        texts += [capability.title or "", capability.description, capability.unique or ""]
    return frozenset(word for text in texts for word in terms(text))


def _headline(tool: Tool) -> dict[str, str]:
    """Give the words of a tool's capability titles, folded and as written: words that a reader recognises."""
    return {
        folded: written
        for capability in tool.capabilities
        for folded, written in terms_as_written(capability.title or "")
    }
