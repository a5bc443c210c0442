"""`/alternatives`: what could stand in for a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.address import Screen
from commands.options import ToolName, reply

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook


class Alternatives(commands.Cog):
    """Finding stand-ins."""

    @app_commands.command()
    @app_commands.describe(name="A tool; start typing and pick one", private="Show the answer to you alone")
    async def alternatives(
        self,
        interaction: discord.Interaction[Matchbook],
        name: ToolName,
        private: bool = False,
    ) -> None:
        """Show what could stand in for a tool, and why."""
        await reply(interaction, Screen.ALTERNATIVES, [name], private=private)


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(Alternatives())
