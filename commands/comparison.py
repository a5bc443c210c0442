"""`/compare`: two to four tools side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.address import Screen
from commands.options import ToolName, WeightsOption, reply

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook


class Comparison(commands.Cog):
    """Comparing."""

    @app_commands.command()
    @app_commands.describe(
        first="A tool; start typing and pick one",
        second="The tool to hold against it",
        third="A third tool",
        fourth="A fourth tool",
        weights="What should count: a preset, or shares such as quality=50 ecosystem=20",
        private="Show the answer to you alone",
    )
    async def compare(
        self,
        interaction: discord.Interaction[Matchbook],
        first: ToolName,
        second: ToolName,
        third: ToolName | None = None,
        fourth: ToolName | None = None,
        weights: WeightsOption | None = None,
        private: bool = False,
    ) -> None:
        """Compare two to four tools side by side."""
        asked = [name for name in (first, second, third, fourth) if name]
        await reply(interaction, Screen.COMPARISON, asked, private=private, weights=weights)


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(Comparison())
