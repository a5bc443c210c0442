"""What was done and begun: the history of a tool, taking any of it back, and one's own drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.standing import editable, visible
from commands.editing.steps import described
from commands.options import Reason
from commands.targets import ChangeNumber, HistoricTool

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook


class Records(commands.Cog):
    """The commands about what was done and begun."""

    @app_commands.command()
    @described(shared="Show what was done to the shared tool")
    async def history(
        self,
        interaction: discord.Interaction[Matchbook],
        name: HistoricTool,
        shared: bool = False,
    ) -> None:
        """Show what was changed of a tool: by whom, when and why, change by change."""
        await interaction.client.records.show(interaction, visible(interaction, shared=shared), name)

    @app_commands.command()
    async def drafts(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Go on with what you began to edit or suggest and haven't saved or sent."""
        await interaction.client.drafting.unfinished(interaction)

    @app_commands.command()
    @described(change="The number of the change, as the history shows it")
    async def undo(
        self,
        interaction: discord.Interaction[Matchbook],
        change: ChangeNumber,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Take any change back; that adds a change, and later ones stay."""
        scope = editable(interaction, shared=shared)
        await interaction.client.drafting.undo(interaction, scope, change, reason)
