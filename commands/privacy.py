"""`/privacy`: what is kept of a person, and how they are forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.embeds import privacy
from bot.replies import Reply, send
from bot.views.forgetting import forgetting

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook


class Privacy(commands.GroupCog, group_name="privacy", group_description="What is kept of you"):
    """What is kept of people."""

    forget = app_commands.Group(name="forget", description="Take yourself out of what is kept")

    @forget.command()
    async def me(self, interaction: discord.Interaction[Matchbook]) -> None:
        """See what is kept of you, and have your name taken out of it."""
        await send(interaction, Reply(privacy.kept(), forgetting(interaction.user.id)), private=True)


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(Privacy())
