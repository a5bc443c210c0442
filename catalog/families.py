"""Families: tools that are versions of one line, and which of them the family's name means.

"Mistral Small" was one model after another. Such a name floats: it means the newest of those that name the family,
until a newer one is listed. A tool that is called so itself keeps the name; names are the resolver's to tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from catalog.models import Status
from catalog.names import name_key
from catalog.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from catalog.models import Slug, Tool

#: What stands before what in a family, whenever it was released.
_STANDING: Final = {Status.ACTIVE: 2, Status.DEPRECATED: 1, Status.GONE: 0}


class Member(NamedTuple):
    """A tool of a family."""

    slug: str
    name: str


class Family(NamedTuple):
    """A family's name and what else it might mean, as the newest member carries it.

    Attributes:
        name: as the newest member spells it.
        standing: what can be said of the newest, with a gap for the name.
        released_on: when the newest was released, as exactly as it is known.
        others: the older members, the newest of them first.
    """

    name: str
    standing: str
    released_on: str | None
    others: tuple[Member, ...]


class Families:
    """The families of some tools. Never changed.

    >>> from catalog.models import Tool
    >>> small = [Tool(name=f"Mistral Small {n}", family="Mistral Small", released_on=str(2022 + n)) for n in (3, 4)]
    >>> families = Families.of(small)
    >>> families.newest("mistral small").name, families.carried("mistral-small-4").others[0].name
    ('Mistral Small 4', 'Mistral Small 3')
    """

    def __init__(self, lines: Mapping[str, tuple[Tool, ...]], keys: Mapping[Slug, str]) -> None:
        """Hold the members of each family by its key, the newest first, and the key of each member's family."""
        self._lines = lines
        self._keys = keys

    @classmethod
    def of(cls, tools: Iterable[Tool]) -> Families:
        """Find the families of some tools."""
        return cls({}, {}).replaced({tool.slug: tool for tool in tools if tool.family})

    def replaced(self, changed: Mapping[Slug, Tool | None]) -> Families:
        """Give the families with some tools changed, added or (None) gone, at the cost of their own families."""
        keys = {
            slug: name_key(tool.family) if tool and tool.family else None for slug, tool in changed.items()
        }
        touched = {key for slug in changed for key in (self._keys.get(slug), keys[slug]) if key}
        if not touched:
            return self
        members = {key: [tool for tool in self._line(key) if tool.slug not in changed] for key in touched}
        for slug, tool in changed.items():
            if tool and (key := keys[slug]):
                members[key].append(tool)
        lines = {key: _newest_first(line) or None for key, line in members.items()}
        return Families(Overlay(self._lines, lines), Overlay(self._keys, keys))

    def newest(self, name: str) -> Tool | None:
        """Give the newest tool of the family of a name; None where no tool names it."""
        return next(iter(self._line(name_key(name))), None)

    def carried(self, slug: Slug) -> Family | None:
        """Give the family whose name a tool has besides its own because it is the newest; None where it isn't."""
        newest, *others = self._line(self._keys.get(slug, "")) or (None,)
        if newest is None or newest.slug != slug or not newest.family:
            return None
        if name_key(newest.family) in map(name_key, newest.names):
            return None
        members = tuple(Member(tool.slug, tool.name) for tool in others)
        return Family(newest.family, _standing(newest, others), newest.released_on, members)

    def floating(self) -> Iterator[tuple[str, Slug]]:
        """Give the name of each family with the slug of its newest tool."""
        return ((line[0].family or "", line[0].slug) for line in self._lines.values())

    def renamed(self, after: Families, changed: Iterable[Slug]) -> set[Slug]:
        """Give the tools that are called otherwise after a change: the changed ones, and the newest of their families.

        Args:
            after: the families once these tools have changed.
            changed: the slugs of what changes.
        """
        slugs = set(changed)
        keys = self._keys_of(slugs) | after._keys_of(slugs)
        lines = [families._line(key) for families in (self, after) for key in keys]  # noqa: SLF001 (another of these)
        return slugs | {line[0].slug for line in lines if line}

    def _keys_of(self, slugs: Iterable[Slug]) -> set[str]:
        return {self._keys[slug] for slug in slugs if slug in self._keys}

    def _line(self, key: str) -> tuple[Tool, ...]:
        return self._lines.get(key, ())


def _standing(newest: Tool, others: Iterable[Tool]) -> str:
    """Say what the newest of a family is beside the others, as far as it is known."""
    if newest.status is not Status.ACTIVE:
        return f"the last {{}} here, {newest.status.value} by now"
    dates = [tool.released_on for tool in others]
    if newest.released_on is None and dates:
        return "one of the {} line here"
    if any(date and date > (newest.released_on or "") for date in dates):
        return "the newest {} still offered here"
    return "the newest {} here"


def _newest_first(tools: Iterable[Tool]) -> tuple[Tool, ...]:
    """Order a family: what is still offered first, then by release, what has no date last, equals by slug."""
    by_slug = sorted(tools, key=lambda tool: tool.slug)
    return tuple(
        sorted(by_slug, key=lambda tool: (_STANDING[tool.status], tool.released_on or ""), reverse=True)
    )
