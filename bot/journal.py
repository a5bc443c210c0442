"""The log channel: one compact embed for each change, where a server's moderators chose to have one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.embeds import journal as journal_embed
from bot.replies import Reply
from bot.views.undo import undo

if TYPE_CHECKING:
    from bot.client import Matchbook
    from catalog.desk import Saved

log = logging.getLogger(__name__)


class Journal:
    """Tells log channels what was changed."""

    def __init__(self, bot: Matchbook) -> None:
        self._bot = bot

    async def tell(self, saved: Saved, title: str) -> None:
        """Put a change into its server's log channel, or into the curators'; it is in the history either way."""
        guild_id = saved.scope.guild_id
        settled = self._bot.catalog.preferences.moderation(guild_id)
        channel_id = settled.log_channel if guild_id else self._bot.curators_channel
        if channel_id is None or saved.change is None:
            return
        await post(self._bot, guild_id, channel_id, journal_embed.entry(saved, title), undo(saved))


async def post(
    bot: Matchbook,
    guild_id: int | None,
    channel_id: int,
    embed: discord.Embed,
    view: discord.ui.View | None = None,
) -> discord.Message | None:
    """Send a message to a channel that moderators chose; None where the bot can't.

    The channel must be one of their server: who may name a channel there has no say in another one.
    """
    channel = await found(bot, guild_id, channel_id)
    if channel is None:
        return None
    try:
        return await channel.send(**Reply(embed, view).parts())
    except discord.HTTPException:
        log.warning("could not write to channel %s", channel_id, exc_info=True)
        return None


async def found(
    bot: Matchbook, guild_id: int | None, channel_id: int
) -> discord.TextChannel | discord.Thread | None:
    """Give a channel or thread of a server (None: of any), if the bot sees it and can write in one of its kind.

    A thread that nobody writes in any more has to be asked for.
    """
    channel: object = bot.get_channel(channel_id)
    if channel is None:
        try:
            channel = await bot.fetch_channel(channel_id)
        except (discord.HTTPException, discord.InvalidData):
            return None
    if not isinstance(channel, discord.TextChannel | discord.Thread):
        return None
    return channel if guild_id is None or channel.guild.id == guild_id else None


async def can_write(bot: Matchbook, guild_id: int, channel_id: int) -> bool:
    """Say whether the bot could send its messages to a channel that moderators chose."""
    channel = await found(bot, guild_id, channel_id)
    if channel is None:
        return False
    may = channel.permissions_for(channel.guild.me)
    send = may.send_messages_in_threads if isinstance(channel, discord.Thread) else may.send_messages
    return may.view_channel and send and may.embed_links
