"""A draft before it is saved, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.embeds import outlook
from bot.embeds.lines import bold, counted, listed, one_line
from bot.embeds.outlook import YOURS
from bot.embeds.palette import NEUTRAL, PROBLEM, QUESTION
from bot.embeds.panel import Panel
from catalog.revision import SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import discord

    from catalog.desk import Preview, Saved
    from catalog.storage.drafts import Unfinished

_TITLE: Final = 240
_NOTICE: Final = 400
_LABEL: Final = 100
_REASONS: Final = 2500
_NOTES: Final = 600


def preview(
    title: str,
    preview: Preview,
    *,
    shared: bool,
    problem: str | None = None,
    notes: Sequence[str] = (),
    sides: tuple[str, str] = YOURS,
) -> discord.Embed:
    """Show what a change would come to, before anything is saved.

    Args:
        title: what the change does, as it will stand in the log.
        preview: what would come of it.
        shared: whether it is for everyone; else it is for the reader's server alone.
        problem: why it couldn't be saved as it is.
        notes: what else is to be said, a sentence each.
        sides: what to call `Conflict.mine` and `Conflict.theirs`.
    """
    conflicts = len(preview.conflicts)
    lines = [
        f"**Couldn't be saved:** {one_line(problem, _NOTICE)}" if problem else "",
        outlook.whose(shared=shared),
    ]
    if conflicts:
        lines.append(f"**{counted(conflicts, 'choice')} to make:** see below.")
    if notes:
        lines.append(listed([one_line(note, _NOTICE) for note in notes], _NOTES))
    if preview.is_empty:
        lines += ["", "Nothing would change: it is so already."]
    else:
        lines += ["", outlook.changes(preview.outlooks)]
    panel = Panel(
        f"Preview: {one_line(title, _TITLE)}",
        QUESTION if conflicts or problem else NEUTRAL,
        footer="Nothing is saved yet",
    ).text("\n".join(lines).strip())
    outlook.fields(panel, preview, shared=shared, sides=sides)
    return panel.embed()


def saved(saved: Saved, title: str) -> discord.Embed:
    """Say that a change was saved, what of others' came along, and how to take it back."""
    shared = saved.scope == SHARED
    if saved.change is None:
        return (
            Panel("Nothing to save", NEUTRAL)
            .text(f"{one_line(title, _TITLE)}\nIt is so already; nothing was written down.")
            .embed()
        )
    lines = [
        f"{bold(title, _TITLE)}",
        outlook.whose(shared=shared),
        f"To take it back, now or later: `/catalog undo` with change {saved.change}.",
    ]
    if len(saved.revisions) > 1:
        lines.insert(1, f"{len(saved.revisions):,} tools, saved and undone together.")
    return (
        Panel(f"Saved as change {saved.change}", NEUTRAL)
        .text("\n".join(lines))
        .field("Kept of what others changed meanwhile", outlook.joined(saved.joined))
        .embed()
    )


def refused(reasons: Mapping[str, str]) -> discord.Embed:
    """Say which fields of a form can't be read and why, and that nothing of it is lost."""
    lines = [f"- {bold(label, _LABEL)}: {one_line(why, _NOTICE)}" for label, why in reasons.items()]
    head = f"{counted(len(reasons), 'field')} can't be read:"
    foot = "What you typed is kept, and nothing was changed. Press **Edit again** to mend it."
    return Panel("Not quite", PROBLEM).text("\n".join([head, listed(lines, _REASONS), "", foot])).embed()


def unfinished(found: Sequence[Unfinished]) -> discord.Embed:
    """Say how many drafts somebody can go on with."""
    if not found:
        return Panel("No drafts", NEUTRAL).text("You have nothing unfinished here.").embed()
    return (
        Panel("Your drafts", NEUTRAL)
        .text(f"{counted(len(found), 'draft')} of yours can be gone on with here. Nobody else sees them.")
        .embed()
    )


def discarded() -> discord.Embed:
    """Say that a draft was dropped."""
    return Panel("Discarded", NEUTRAL).text("The draft is gone, and nothing was changed.").embed()
