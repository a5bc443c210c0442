"""The log of a server: each change in one small card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.embeds import outlook
from bot.embeds.lines import one_line
from bot.embeds.moment import moment
from bot.embeds.palette import NEUTRAL
from bot.embeds.panel import Panel
from catalog.revision import SHARED

if TYPE_CHECKING:
    import discord

    from catalog.desk import Saved

_TITLE: Final = 200
_ACTOR: Final = 60
_REASON: Final = 300
_ROOM: Final = 600


def entry(saved: Saved, title: str) -> discord.Embed:
    """Tell of a change: what, who, when, for whom, why, and what differs."""
    what = one_line(title, _TITLE)
    if saved.change is None:
        return Panel(what, NEUTRAL).text("Nothing was changed: it was so already.").embed()
    first = saved.revisions[0]
    whom = "everyone" if saved.scope == SHARED else "this server alone"
    lines = [f"By {one_line(first.actor, _ACTOR)}, {moment(first.made_at)}, for {whom}."]
    if first.reason != title:  # where nobody gave a reason, the title is kept as one
        lines.append(f"Why: {one_line(first.reason, _REASON)}")
    lines += ["", outlook.states(saved.revisions, _ROOM)]
    return (
        Panel(what, NEUTRAL, footer=f"Change {saved.change} · /catalog undo takes it back")
        .text("\n".join(lines))
        .embed()
    )
