"""What was changed, by whom, when and why: many revisions in a list, or one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.embeds import outlook
from bot.embeds.difference import gist
from bot.embeds.lines import listed, one_line
from bot.embeds.moment import moment
from bot.embeds.palette import NEUTRAL, of_type
from bot.embeds.panel import Panel
from bot.limits import EMBED_DESCRIPTION
from catalog.editing.difference import differences
from catalog.revision import SHARED, RevisionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.revision import Revision

#: Revisions that one page has room for, whatever they say.
PAGE: Final = 8
_KINDS: Final = {
    RevisionKind.ADD: "added",
    RevisionKind.CHANGE: "changed",
    RevisionKind.REMOVE: "removed",
    RevisionKind.RESET: "reset to the shared one",
    RevisionKind.HIDE: "hidden here",
}
_NAME: Final = 60
_ACTOR: Final = 60
_REASON: Final = 140
_GIST: Final = 110
#: Room for one revision's differences.
_WHOLE: Final = 3000


def history(
    name: str | None, revisions: Sequence[Revision], page: int, pages: int | None = None
) -> discord.Embed:
    """List revisions, newest first.

    Args:
        name: the tool whose history it is; None for that of a whole catalog, where each line names its tool.
        revisions: those of the page, at most `PAGE`.
        page: its number, from 0.
        pages: how many pages there are; None where that isn't known.
    """
    title = f"History of {one_line(name, _NAME)}" if name is not None else "Latest changes"
    said = [_entry(revision, named=name is None) for revision in revisions]
    of = f" of {pages}" if pages is not None else ""
    footer = f"Page {page + 1}{of}" if page or (pages or 1) > 1 else ""
    return (
        Panel(title, NEUTRAL, footer=footer)
        .text(listed(said, EMBED_DESCRIPTION) or "Nothing was changed here yet.")
        .embed()
    )


def one(revision: Revision) -> discord.Embed:
    """Show all that one revision changed."""
    tool = revision.after or revision.before
    name = outlook.name_of(revision)
    lines = [
        f"{name}: {_KINDS[revision.kind]} by {one_line(revision.actor, _ACTOR)}, {moment(revision.made_at)}",
        f"Why: {one_line(revision.reason, 2 * _REASON)}",
        f"For {'everyone' if revision.scope == SHARED else 'this server alone'}",
        "",
        outlook.states([revision], _WHOLE) or "Nothing differs.",
    ]
    return (
        Panel(
            _numbered(revision),
            of_type(tool.type) if tool else NEUTRAL,
            footer=f"/catalog undo with change {revision.change} takes it back",
        )
        .text("\n".join(lines))
        .embed()
    )


def name_of(revision: Revision) -> str:
    """Name the tool that a revision is about, as it stands in the document: not escaped."""
    tool = revision.after or revision.before
    return tool.name if tool else revision.slug


def summary(revision: Revision) -> str:
    """Say in a line what a revision did to its tool, as Markdown: ``"vLLM changed: summary changed"``."""
    what = f"**{outlook.name_of(revision)}** {_KINDS[revision.kind]}"
    differing = _gist(revision)
    return f"{what}: {differing}" if differing else what


def _entry(revision: Revision, *, named: bool) -> str:
    who = one_line(revision.actor, _ACTOR)
    head = f"**{_numbered(revision)}** · {moment(revision.made_at)}"
    if named:
        return f"{head}\n{summary(revision)}\nby {who}: {one_line(revision.reason, _REASON)}"
    differing = _gist(revision)
    what = _KINDS[revision.kind].capitalize() + f" by {who}"
    return "\n".join(
        filter(
            None,
            [
                head,
                f"{what}: {differing}" if differing else what,
                f"Why: {one_line(revision.reason, _REASON)}",
            ],
        )
    )


def _numbered(revision: Revision) -> str:
    """Name a revision by the number by which it is undone; of several that were made together, by its own too."""
    if revision.number == revision.change:
        return f"Change {revision.change}"
    return f"Change {revision.change} (revision {revision.number})"


def _gist(revision: Revision) -> str:
    if revision.before is None or revision.after is None:
        return ""
    return gist(differences(revision.before, revision.after), _GIST)
