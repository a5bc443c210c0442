"""`/tool` and `/rank`: one tool, and the score behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.address import Screen
from commands.options import ToolName, WeightsOption, reply

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook


class Lookup(commands.Cog):
    """Looking one tool up."""

    @app_commands.command()
    @app_commands.describe(name="A tool; start typing and pick one", private="Show the answer to you alone")
    async def tool(
        self,
        interaction: discord.Interaction[Matchbook],
        name: ToolName,
        private: bool = False,
    ) -> None:
        """Show what a tool is, what it can do and what it costs."""
        await reply(interaction, Screen.TOOL, [name], private=private)

    @app_commands.command()
    @app_commands.describe(
        name="A tool; start typing and pick one",
        weights="What should count: a preset, or shares such as quality=50 ecosystem=20",
        history="Show how the rank moved over time, and why",
        private="Show the answer to you alone",
    )
    async def rank(
        self,
        interaction: discord.Interaction[Matchbook],
        name: ToolName,
        weights: WeightsOption | None = None,
        history: bool = False,
        private: bool = False,
    ) -> None:
        """Show a tool's rank, and where every point of it comes from."""
        screen = Screen.HISTORY if history else Screen.RANKS
        await reply(interaction, screen, [name], private=private, weights=weights)


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(Lookup())
