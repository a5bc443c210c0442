"""`/about`: what this bot is and where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.embeds import about
from bot.replies import Reply, send

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook


class About(commands.Cog):
    """The bot on itself."""

    @app_commands.command()
    async def about(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Show what Matchbook does, what it knows, and how to ask it."""
        await send(
            interaction,
            Reply(about.card(interaction.client.catalog.view(interaction.guild_id))),
            private=True,
        )


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(About())
