"""What a person should know before they save: nothing here stops them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.clashes import Idle, goes_by, idle, is_unshown
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from catalog.editing.change import Change
    from catalog.models import Tool
    from catalog.view import View


async def cautions(change: Change, view: View) -> tuple[str, ...]:
    """Say what is likely to surprise somebody who sees the catalog so; of many documents in turns."""
    after = {edit.slug: edit.after for edit in change.edits}
    said: list[str] = []
    gone = {edit.slug for edit in change.edits if edit.after is None}
    pointing = _pointing(gone, after, view) if gone else {}
    async for edit in in_turns(change.edits):
        if edit.after is None:
            said += _orphans(edit.before.name if edit.before else edit.slug, pointing.get(edit.slug))
        else:
            said += _shared_names(edit.before, edit.after, after, view)
            said += _successor(edit.after, after, view)
    return tuple(dict.fromkeys(said))


def _shared_names(before: Tool | None, after: Tool, changed: Collection[str], view: View) -> Iterator[str]:
    """Name the new names that other tools go by too."""
    had = goes_by(before) if before else {}
    for key, name in goes_by(after).items():
        if key in had:
            continue
        for other in view.among(one.slug for one in view.resolve(name).candidates).values():
            if other.slug not in changed and key in goes_by(other):
                yield f"“{name}” is a name of {other.name} too; who types it will be asked which one they mean."


def _successor(after: Tool, changed: Mapping[str, Tool | None], view: View) -> Iterator[str]:
    """Say what keeps the successor from taking over, as the catalog would be."""
    if after.successor is None:
        return
    there = changed[after.successor] if after.successor in changed else view.successor(after)
    found = (idle(there), Idle.UNSHOWN if is_unshown(after) else None)
    for sentence in filter(None, found):
        text = sentence.format(f"“{after.successor}”")
        yield f"{text[0].upper()}{text[1:]}."


def _pointing(gone: Collection[str], changed: Collection[str], view: View) -> dict[str, list[str]]:
    """Find who names a tool that goes as successor, in one look at all tools."""
    found: dict[str, list[str]] = {}
    for tool in view.tools:
        if tool.successor and tool.successor in gone and tool.slug not in changed:
            found.setdefault(tool.successor, []).append(tool.name)
    return found


def _orphans(name: str, pointing: Sequence[str] | None) -> Iterator[str]:
    if pointing:
        yield f"{name} is the successor of {', '.join(pointing[:3])}; nothing will be shown in its place."
