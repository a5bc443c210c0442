"""`/suggest` and "Dispute this": what members would like to be different."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.shown import tools_in
from bot.standing import proposable
from catalog.editing.fields import Section
from commands.targets import EditedTool, SentenceKey

if TYPE_CHECKING:
    from bot.client import Matchbook

_MENU = "Dispute this"


class Suggestions(
    commands.GroupCog,
    group_name="suggest",
    group_description="Suggest to moderators what should be different",
):
    """Suggesting; what comes of it is for moderators to decide."""

    def __init__(self, bot: Matchbook) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name=_MENU, callback=self._dispute_this)

    async def cog_load(self) -> None:
        """Add the menu; it stands beside the group, not in it."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu away again."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command()
    @app_commands.describe(
        name="What it is called",
        note="Why it should be in the catalog",
        quiet="Don't message me what becomes of it",
    )
    async def tool(
        self,
        interaction: discord.Interaction[Matchbook],
        name: app_commands.Range[str, 1, 100] = "",
        note: app_commands.Range[str, 1, 1000] | None = None,
        quiet: bool = False,
    ) -> None:
        """Suggest a tool that is missing."""
        await interaction.client.suggesting.tool(interaction, name, note, quiet=quiet)

    @app_commands.command()
    @app_commands.describe(
        name="The tool; start typing and pick one",
        section="Which part of it",
        note="Why, and how you know",
        quiet="Don't message me what becomes of it",
    )
    async def change(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        section: Literal["basics", "names", "links", "pricing", "status"] = "basics",
        note: app_commands.Range[str, 1, 1000] | None = None,
        quiet: bool = False,
    ) -> None:
        """Suggest a change of a tool; you see what it comes to before it is sent."""
        await interaction.client.suggesting.change(interaction, name, Section(section), note, quiet=quiet)

    @app_commands.command()
    @app_commands.describe(
        name="The tool; start typing and pick one",
        sentence="The sentence that isn't so",
        quiet="Don't message me what becomes of it",
    )
    async def dispute(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        sentence: SentenceKey,
        quiet: bool = False,
    ) -> None:
        """Dispute one sentence that is said of a tool."""
        await interaction.client.suggesting.dispute(interaction, name, sentence, quiet=quiet)

    async def _dispute_this(
        self, interaction: discord.Interaction[Matchbook], message: discord.Message
    ) -> None:
        # Where the bot was removed a server's copies are left, and a suggestion is about the shared catalog.
        view = interaction.client.catalog.view(proposable(interaction).guild_id)
        await interaction.client.suggesting.offer(interaction, tools_in(message, view))


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(Suggestions(bot))
