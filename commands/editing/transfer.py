"""Files: take documents in from an attachment, or hand the catalog out as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.standing import editable, visible
from commands.editing.steps import described
from commands.options import Reason
from commands.targets import EditedTool

if TYPE_CHECKING:
    from bot.client import Matchbook


class Transfer(commands.Cog):
    """The commands about files."""

    @app_commands.command(name="import")
    @described(file="YAML, JSON, JSONL, CSV, or a comparison page saved as text")
    async def take_in(
        self,
        interaction: discord.Interaction[Matchbook],
        file: discord.Attachment,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Import a file; you see what it adds, changes and can't read before anything is saved."""
        scope = editable(interaction, shared=shared)
        await interaction.client.transfer.take_in(interaction, scope, file, reason)

    @app_commands.command(name="export")
    @described(
        name="One tool; all of them without it",
        form="How it is written; YAML without it",
        shared="Export the shared catalog instead of what this server sees",
    )
    @app_commands.rename(form="format")
    async def hand_out(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool | None = None,
        form: Literal["yaml", "json", "jsonl", "csv"] = "yaml",
        shared: bool = False,
    ) -> None:
        """Export the catalog, or one tool, as a file that can be imported again."""
        await interaction.client.transfer.hand_out(
            interaction, visible(interaction, shared=shared), name, form
        )
