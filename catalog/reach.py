"""How far a change of names reaches: which questions that people asked would be answered differently."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeAlias

from catalog.models import Document
from catalog.names import name_key
from catalog.resolver import Entry, Outcome, Resolver
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from catalog.editing.change import Change
    from catalog.models import Tool
    from catalog.resolver import Resolution
    from catalog.view import View

#: How many names of a question back are told; its menu has more.
_TOLD: Final = 3


#: A name as people typed it, and how often.
Counted: TypeAlias = tuple[str, int]


class Altered(Document):
    """A name that would be read differently: how it is answered now, and how it would be."""

    text: str
    count: int
    before: str
    after: str


class Reach(Document):
    """How many texts were replayed, how often they had been asked, and which are altered, most asked first."""

    texts: int = 0
    count: int = 0
    altered: tuple[Altered, ...] = ()


def renames(change: Change) -> bool:
    """Say whether a change can alter what a name means: only then is there anything to replay."""
    return any(_naming(edit.before) != _naming(edit.after) for edit in change.edits)


def _naming(tool: Tool | None) -> tuple[object, ...] | None:
    if tool is None:
        return None
    # Which of a family is the newest says what the family's name means.
    line = (name_key(tool.family), tool.status, tool.released_on) if tool.family else None
    return (tool.name, tool.aliases, tool.type, tool.popularity, line)


async def reach(change: Change, view: View, asked: Iterable[Counted]) -> Reach:
    """Replay what people asked of a view, before and after a change, in turns with everything else."""
    # Of an import, names are hundreds: they are put in order beside the loop.
    after = await asyncio.to_thread(view.naming, {edit.slug: edit.after for edit in change.edits})
    near = await asyncio.to_thread(_Near, change)
    altered: list[Altered] = []
    texts = count = 0
    async for text, often in in_turns(asked):
        texts, count = texts + 1, count + often
        if not near.to(text):
            continue
        now, then = view.resolve(text), after.resolve(text)
        if _meant(now) != _meant(then):
            altered.append(Altered(text=text, count=often, before=_answer(now), after=_answer(then)))
    altered.sort(key=lambda one: -one.count)
    return Reach(texts=texts, count=count, altered=tuple(altered))


class _Near:
    """Tells which texts a change of names can concern: what has nothing of the changed names needn't be read twice.

    A resolver that knows nothing else finds more near than one with many rivals; a word in common is near too.
    """

    def __init__(self, change: Change) -> None:
        tools = [tool for edit in change.edits for tool in (edit.before, edit.after) if tool]
        self._resolver = Resolver(
            Entry.of(tool)._replace(slug=f"{place}-{tool.slug}", aliases=_called(tool))
            for place, tool in enumerate(tools)
        )
        names = (name for tool in tools for name in (tool.name, *_called(tool)))
        self._words = frozenset(word for name in names for word in name_key(name).split())

    def to(self, text: str) -> bool:
        """Whether a text may be read as one of the changed names, as they were or as they will be."""
        common = not self._words.isdisjoint(name_key(text).split())
        return common or bool(self._resolver.resolve(text).candidates)


def _called(tool: Tool) -> tuple[str, ...]:
    """Give what a tool is called besides its name, now or once it is the newest of its family."""
    return (*tool.aliases, tool.family) if tool.family else tool.aliases


async def not_found(view: View, asked: Iterable[Counted]) -> list[Counted]:
    """Give what people asked for that names nothing in the catalog, in the order given, in turns."""
    return [one async for one in in_turns(asked) if view.resolve(one[0]).outcome is Outcome.NOT_FOUND]


def _meant(read: Resolution) -> tuple[str, ...]:
    """Give what a name is answered with: one tool, or the tools that are asked back, in any order."""
    return (read.tool.slug,) if read.tool else ("", *sorted(one.slug for one in read.candidates[:_TOLD]))


def _answer(read: Resolution) -> str:
    if read.tool:
        return read.tool.name
    if not read.candidates:
        return "not found"
    return f"asked back: {', '.join(one.name for one in read.candidates[:_TOLD])}"
