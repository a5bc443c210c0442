"""What waits for a moderator: proposals, names that nobody found, and how this server moderates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.standing import editable, moderated
from commands.editing.steps import described

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook


class Queue(commands.Cog):
    """The commands about what waits."""

    @app_commands.command()
    @described(number="One proposal by its number, decided ones too")
    async def review(
        self,
        interaction: discord.Interaction[Matchbook],
        number: app_commands.Range[int, 1, 10**15 - 1] | None = None,
        shared: bool = False,
    ) -> None:
        """Show the proposals that wait for a decision, the oldest first."""
        scope, reviews = editable(interaction, shared=shared), interaction.client.reviews
        if number is None:
            await reviews.queue(interaction, scope)
        else:
            await reviews.look_up(interaction, scope, number)

    @app_commands.command()
    @described()
    async def wanted(
        self,
        interaction: discord.Interaction[Matchbook],
        shared: bool = False,
    ) -> None:
        """Show the names that people asked for and that are not in the catalog."""
        await interaction.client.reviews.wanted(interaction, editable(interaction, shared=shared))

    @app_commands.command()
    async def settings(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Show how this server moderates its catalog."""
        await interaction.client.reviews.settings(interaction, moderated(interaction))
