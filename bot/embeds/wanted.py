"""Names that people asked for and that name nothing in the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.embeds.lines import listed
from bot.embeds.palette import NEUTRAL
from bot.embeds.panel import Panel
from bot.markdown import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.reach import Counted

_ROOM: Final = 2000
_NAME: Final = 60


def card(wanted: Sequence[Counted], *, shared: bool) -> discord.Embed:
    """List the names, most asked first, with how often each was asked for."""
    where = "on at least two servers" if shared else "on this server"
    panel = Panel("Asked for and not found", NEUTRAL)
    if not wanted:
        return panel.text(f"Nothing is missing: every name that was asked for {where} was found.").embed()
    lines = [
        f"- {quoted(name, _NAME)}: {'once' if count == 1 else f'{count:,} times'}" for name, count in wanted
    ]
    return panel.text(
        f"Asked for {where}, most often first:\n{listed(lines, _ROOM)}\n\n"
        "`/catalog add` adds a tool, `/catalog alias add` gives one that is there another name."
    ).embed()
