"""What a server's moderators chose, said back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds.palette import NEUTRAL
from bot.embeds.panel import Panel

if TYPE_CHECKING:
    import discord

    from catalog.weights import Weights


def weights(chosen: Weights | None) -> discord.Embed:
    """Say by what weights a server's ranks are computed from now on; None for the usual ones."""
    said = (
        f"Ranks here now count **{chosen.text}**. Footers say so, and anybody can ask for other weights with the "
        "`weights` option of `/compare` and `/rank`."
        if chosen
        else "Ranks here count what they usually do for each type of tool."
    )
    return Panel("Weights of this server", NEUTRAL).text(said).embed()
