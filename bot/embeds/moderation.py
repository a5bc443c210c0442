"""How a server moderates its catalog, said back to its moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.embeds.lines import counted
from bot.embeds.palette import NEUTRAL
from bot.embeds.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Collection

    import discord

    from catalog.moderation import Moderation

#: Blocked members that are named; of the others their number is.
_NAMED: Final = 10


def card(moderation: Moderation, silent: Collection[int] = ()) -> discord.Embed:
    """Show a server's settings; `silent` are channels that can't be written to.

    A mention in an embed shows a name and calls nobody.
    """
    days, limit = moderation.remind_days, moderation.daily_limit
    roles = "".join(f", <@&{role}>" for role in moderation.roles)
    blocked = ", ".join(f"<@{member}>" for member in moderation.blocked[:_NAMED])
    more = len(moderation.blocked) - _NAMED
    return (
        Panel("Moderation of this server's catalog", NEUTRAL)
        .field("Who moderates", f"Its owner, everybody who may manage the server{roles}")
        .field(
            "Where proposals are shown",
            _channel(
                moderation.review_channel,
                "Nowhere, as no channel is set: they wait in `/catalog review`. `/settings review` sets one.",
                silent,
            ),
        )
        .field(
            "Where changes are told",
            _channel(moderation.log_channel, "Nowhere; the history keeps them all the same.", silent),
        )
        .field(
            "How much a member may propose",
            f"{counted(limit, 'proposal')} in 24 hours." if limit else "Nothing: proposals are turned off.",
        )
        .field(
            "How long a proposal waits",
            f"Moderators are reminded after {counted(days, 'day')}. After {2 * days} days it expires, "
            "unless nobody could be reminded.",
        )
        .field(
            "Who may not propose",
            (blocked + (f" and {more} more" if more > 0 else "")) or "Nobody is blocked.",
        )
        .embed()
    )


def _channel(channel: int | None, otherwise: str, silent: Collection[int]) -> str:
    if channel is None:
        return otherwise
    # A channel that is gone has no name left to show.
    trouble = " (I can't write there, or it is gone: `/settings` sets another one)"
    return f"<#{channel}>{trouble if channel in silent else ''}"
