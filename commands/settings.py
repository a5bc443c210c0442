"""`/settings`: what a server's moderators choose for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.embeds import settings
from bot.replies import Refusal, Reply, send
from commands.options import WeightsOption  # noqa: TC001 (discord.py reads the annotations of commands)

if TYPE_CHECKING:
    from bot.client import Matchbook


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
class Settings(
    commands.GroupCog, group_name="settings", group_description="What this server's moderators choose"
):
    """Settings of one server; nothing here shows in another."""

    @app_commands.command()
    @app_commands.describe(
        weights="A preset, or shares such as quality=50 ecosystem=20; leave out for the usual ones"
    )
    async def weights(
        self, interaction: discord.Interaction[Matchbook], weights: WeightsOption | None = None
    ) -> None:
        """Choose what counts in the ranks that this server sees."""
        guild_id = _moderated(interaction)
        await interaction.client.catalog.preferences.choose(guild_id, weights)
        await send(interaction, Reply(settings.weights(weights)), private=True)


def _moderated(interaction: discord.Interaction[Matchbook]) -> int:
    """Give the id of the server in which somebody may change settings; Refusal where they may not.

    Discord hides the command from most who may not use it, but a server can change that.
    """
    if interaction.guild_id is None:
        raise Refusal("Settings belong to a server; use this command in one.")
    owner = interaction.guild is not None and interaction.guild.owner_id == interaction.user.id
    if not (owner or interaction.permissions.manage_guild):
        raise Refusal("Only who may manage this server can change its settings. Ask a moderator.")
    return interaction.guild_id


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(Settings())
