"""Filing: which tool each incoming document is about, and what the catalog's documents become with it.

A document that gives a slug is about the tool of that slug. Another one is about the tool that goes by its name, be
it in the catalog or earlier in the same import; if there is none, about a new tool.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import filterfalse
from typing import TYPE_CHECKING

from catalog.importers import Caution
from catalog.merging import merge
from catalog.names import name_key
from catalog.text import ALIAS_LIMIT
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from catalog.importers import Incoming
    from catalog.models import Tool


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did (or, as a dry run, would do): slugs, each in exactly one list."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    warnings: tuple[Caution, ...] = ()
    """What was taken in only in part."""


class Register:
    """The names that tools go by, each with the slug of its tool. To enter and to file many takes turns on the loop.

    >>> import asyncio
    >>> from catalog.models import Tool
    >>> async def filed() -> tuple[str, ...]:
    ...     register = await Register.of([Tool(slug="vllm", name="vLLM", aliases=("v-llm",))])
    ...     return await register.file([Tool(name="V LLM"), Tool(name="SGLang", aliases=("sg",)), Tool(name="sg")])
    >>> asyncio.run(filed())
    ('vllm', 'sglang', 'sglang')
    """

    def __init__(self) -> None:
        self._slugs_by_key: dict[str, str] = {}
        self._slugs: set[str] = set()

    @classmethod
    async def of(cls, tools: Iterable[Tool]) -> Register:
        """Enter the catalog's tools; a name that two of them claim says nothing and is left out."""
        register = cls()
        known, disputed = register._slugs_by_key, set[str]()
        async for tool in in_turns(tools):
            for key in _keys(tool):
                if known.setdefault(key, tool.slug) != tool.slug:
                    disputed.add(key)
        for key in disputed:
            del known[key]
        register._slugs.update(known.values())
        return register

    async def file(self, documents: Iterable[Tool]) -> tuple[str, ...]:
        """Give the slug of the tool that each document is about, and enter the documents' names in their order."""
        known, slugs = self._slugs_by_key, []
        async for document in in_turns(documents):
            keys = _keys(document)
            slug, by_name = document.slug, known.get(keys[0], document.slug)
            # A slug that is there outweighs a name; one that the document gives says itself which tool is meant.
            if by_name != slug and slug not in self._slugs and "slug" not in document.model_fields_set:
                slug = by_name
            slugs.append(slug)
            for key in keys:
                if known.setdefault(key, slug) == slug:
                    self._slugs.add(slug)
        return tuple(slugs)


def _keys(tool: Tool) -> list[str]:
    """Give the keys of a tool's name and aliases, the name's first."""
    return [name_key(tool.name), *map(name_key, tool.aliases)]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import leads to, before anything is written.

    Attributes:
        before: the documents that it finds, by slug.
        after: all documents that it is about, as they are then, by slug.
        changes: those of them that are new or differ from before.
        warnings: what of them couldn't be taken in.
    """

    before: Mapping[str, Tool]
    after: Mapping[str, Tool]
    changes: Mapping[str, Tool]
    warnings: tuple[Caution, ...] = ()

    def report(self) -> ImportReport:
        """Sort the slugs by what becomes of their documents."""
        return ImportReport(
            added=tuple(filterfalse(self.before.__contains__, self.after)),
            changed=tuple(filter(self.before.__contains__, self.changes)),
            unchanged=tuple(filterfalse(self.changes.__contains__, self.after)),
            warnings=self.warnings,
        )


async def plan(incoming: Iterable[Incoming], slugs: Sequence[str], current: Mapping[str, Tool]) -> Plan:
    """Merge documents, in their order, into those that are there; many take turns on the loop.

    Args:
        incoming: the documents.
        slugs: the slug that each is filed under.
        current: the catalog's documents by slug; more than are asked for may be in it.
    """
    before = {slug: current[slug] for slug in slugs if slug in current}
    after: dict[str, Tool] = {}
    warnings: list[Caution] = []
    async for slug, one in in_turns(zip(slugs, incoming, strict=True)):
        merged = merge(after.get(slug) or before.get(slug), one)
        if len(merged.aliases) > ALIAS_LIMIT:
            # What each document gives is within the limit, but not always all that they give together.
            merged, dropped = _with_fewer_aliases(merged)
            warnings.append(Caution(one.where, dropped))
        after[slug] = merged
    if not before:
        return Plan(before, after, after, tuple(warnings))
    # To hold two documents against each other takes as long as to merge them.
    changes = {slug: tool async for slug, tool in in_turns(after.items()) if before.get(slug) != tool}
    return Plan(before, after, changes, tuple(warnings))


def _with_fewer_aliases(tool: Tool) -> tuple[Tool, str]:
    kept, dropped = tool.aliases[:ALIAS_LIMIT], tool.aliases[ALIAS_LIMIT:]
    more = f" and {len(dropped) - 1} more" if len(dropped) > 1 else ""
    text = f"{tool.name} would have more than {ALIAS_LIMIT} aliases; left out {dropped[0]}{more}"
    return tool.model_copy(update={"aliases": kept}), text
