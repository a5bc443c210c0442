"""How far a change of names reaches: which questions that people asked would be answered differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from catalog.models import Document
from catalog.resolver import Outcome
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
    return (tool.name, tool.aliases, tool.type, tool.popularity) if tool else None


async def reach(before: View, after: View, asked: Iterable[Counted]) -> Reach:
    """Replay what people asked, in turns with everything else."""
    altered: list[Altered] = []
    texts = count = 0
    async for text, often in in_turns(asked):
        now, then = before.resolve(text), after.resolve(text)
        texts, count = texts + 1, count + often
        if _meant(now) != _meant(then):
            altered.append(Altered(text=text, count=often, before=_answer(now), after=_answer(then)))
    altered.sort(key=lambda one: -one.count)
    return Reach(texts=texts, count=count, altered=tuple(altered))


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
