"""What is kept of a person, and that it was forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds.lines import counted
from bot.embeds.palette import NEUTRAL
from bot.embeds.panel import Panel

if TYPE_CHECKING:
    import discord

    from catalog.storage.privacy import Forgotten


def kept() -> discord.Embed:
    """Say what is kept of somebody, and what becomes of it when they ask to be forgotten."""
    return (
        Panel("What Matchbook keeps of you", NEUTRAL)
        .text(
            "Of who only asks: nothing. Names that were typed openly on a server are counted, without who typed "
            "them.\n\n"
            "Of who edits: your name, your Discord id and the interaction beside each change. Of who proposes: your "
            "name and id beside the proposal, for at most a year after it was decided. Unsaved drafts, for a "
            "week.\n\n"
            "**Forget me** takes your name and ids out of all of it, on every server. Your changes stay, without your "
            "name; your drafts and your support of others' proposals are deleted, and proposals of yours that wait are "
            "withdrawn. This can't be undone. For 24 hours a keyed hash of your id counts what you proposed, so that "
            "the daily limit holds.\n\n"
            "What stays: messages that were posted to a server's channels before, which its moderators can delete, "
            "and your id on the list of a server whose moderators take no proposals from you."
        )
        .embed()
    )


def forgotten(gone: Forgotten) -> discord.Embed:
    """Say what was forgotten."""
    return (
        Panel("Forgotten", NEUTRAL)
        .text(
            f"Your name and ids were taken out of {counted(gone.revisions, 'change')} and "
            f"{counted(gone.proposals, 'proposal')}. Deleted: {counted(gone.drafts, 'draft')} and "
            f"{counted(gone.supports, 'mark')} of support."
            if any(gone)
            else "Nothing was kept of you."
        )
        .embed()
    )
