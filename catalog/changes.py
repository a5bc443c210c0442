"""The changes that people ask for in one word: undo, restore, reset, merge, import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.editing.change import Change, Edit
from catalog.editing.copies import Copy
from catalog.editing.operations import absorbed, pointed
from catalog.errors import EditError
from catalog.models import Tool
from catalog.revision import Revision, RevisionKind, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.filing import ImportReport
    from catalog.importers import Incoming
    from catalog.service import Catalog


async def undoing(catalog: Catalog, number: int, scope: Scope) -> Change:
    """Give the change that takes back all that was written together with a revision.

    Raises:
        EditError: the scope has no such revision.
        StorageError: the database refused.
    """
    revision = await catalog.storage.revision(number)
    if revision is None or revision.scope != scope:
        raise EditError(
            f"There is no change {number} here. `/catalog history` lists those that can be undone."
        )
    together = await catalog.storage.together(revision.change)
    # Of several revisions of one document the first says what was before, the last what came of it.
    before = {one.slug: one.before for one in reversed(together)}
    after = {one.slug: one.after for one in together}
    names = ", ".join(dict.fromkeys(_name(one) for one in together))
    return Change(
        title=_line(f"Undo change {revision.change}: {names}"),
        edits=tuple(
            Edit(
                slug=slug,
                before=after[slug],
                after=before[slug] if after[slug] else _unhidden(catalog, slug, scope, before[slug]),
            )
            for slug in after
        ),
    )


async def restoring(catalog: Catalog, slug: str, scope: Scope) -> Change:
    """Give the change that brings a removed (or hidden) tool back as it was.

    Raises:
        EditError: nothing of the kind was removed here.
        StorageError: the database refused.
    """
    last = next(iter(await catalog.storage.history(slug, scope, limit=1)), None)
    if last is None or last.kind not in {RevisionKind.REMOVE, RevisionKind.HIDE} or last.before is None:
        raise EditError("No tool of that name was removed here. Pick one that autocomplete offers.")
    return Change(
        title=_line(f"Restore {last.before.name}"),
        edits=(Edit(slug=slug, before=None, after=_unhidden(catalog, slug, scope, last.before)),),
    )


def merging(catalog: Catalog, duplicate: Tool, survivor: Tool, scope: Scope) -> Change:
    """Give the change that merges a duplicate into its survivor; who named it as successor names the survivor.

    Raises:
        EditError: they are one and the same, or what comes of it breaks a rule.
    """
    if duplicate.slug == survivor.slug:
        raise EditError(f"{survivor.name} can't be merged into itself; name another tool.")
    view = catalog.view(scope.guild_id)
    pointing = [
        tool
        for tool in view.tools
        if tool.successor == duplicate.slug and tool.slug not in {survivor.slug, duplicate.slug}
    ]
    return Change(
        title=_line(f"Merge {duplicate.name} into {survivor.name}"),
        edits=(
            Edit(slug=survivor.slug, before=survivor, after=absorbed(survivor, duplicate)),
            Edit(slug=duplicate.slug, before=duplicate, after=None),
            *(
                Edit(slug=tool.slug, before=tool, after=pointed(tool, duplicate.slug, survivor.slug))
                for tool in pointing
            ),
        ),
    )


async def importing(
    catalog: Catalog, incoming: Sequence[Incoming], scope: Scope, title: str
) -> tuple[Change | None, ImportReport]:
    """Give the change that takes documents in (None where all is known already), and what becomes of each."""
    planned = await catalog.foresee(incoming, scope=scope)
    edits = tuple(
        Edit(slug=slug, before=planned.before.get(slug), after=tool) for slug, tool in planned.changes.items()
    )
    return Change(title=_line(title), edits=edits) if edits else None, planned.report()


def upstream(catalog: Catalog, slug: str, scope: Scope) -> Change:
    """Give the change of the shared tool into what a guild has made of it.

    Raises:
        EditError: the guild has no document of its own.
    """
    view = catalog.view(scope.guild_id)
    own = view.among([slug]).get(slug)
    if own is None or not view.is_own(slug):
        raise EditError("This server has no copy of that tool; there is nothing to propose.")
    shared = catalog.among([slug]).get(slug)
    return Change(title=_line(f"Upstream {own.name}"), edits=(Edit(slug=slug, before=shared, after=own),))


def resetting(catalog: Catalog, slug: str, scope: Scope) -> Change:
    """Give the change by which a guild gives up its copy and sees the shared tool again.

    Raises:
        EditError: it has none.
    """
    view = catalog.view(scope.guild_id)
    if not view.is_own(slug):
        raise EditError("This server has no copy of that tool; it sees the shared one already.")
    shared, own = catalog.among([slug]).get(slug), view.among([slug]).get(slug)
    name = (own or shared or Tool(name=slug)).name
    if shared is None:
        raise EditError(f"There is no shared {name} to go back to; `/catalog remove` takes it away.")
    return Change(title=_line(f"Reset {name}"), edits=(Edit(slug=slug, before=own, after=shared),))


def _unhidden(catalog: Catalog, slug: str, scope: Scope, before: Tool | None) -> Tool | None:
    """Bring what a guild saw of a tool up to the shared one, where that has moved on while the guild hid it."""
    copy = catalog.copy(slug, scope.guild_id) if scope.guild_id else None
    if copy is None or copy.document is not None:
        return before
    shared = catalog.among([slug]).get(slug)
    return Copy(before, copy.base).over(shared).document


def _name(revision: Revision) -> str:
    tool = revision.after or revision.before
    return tool.name if tool else revision.slug


def _line(text: str, limit: int = 300) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
