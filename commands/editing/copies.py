"""A server's copy beside the shared tool: give it up, bring it up to date, or propose it to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.drafting import new_draft
from bot.standing import moderated
from catalog import changes
from catalog.drafts import Purpose
from catalog.editing.change import changed
from catalog.proposals import ProposalKind
from catalog.revision import SHARED
from commands.editing.steps import described, stage
from commands.options import Reason
from commands.targets import EditedTool

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook


class Copies(commands.Cog):
    """The commands about a server's own copies."""

    @app_commands.command()
    @described()
    async def reset(
        self, interaction: discord.Interaction[Matchbook], name: EditedTool, reason: Reason | None = None
    ) -> None:
        """Give up this server's copy of a tool and see the shared one again."""
        scope = moderated(interaction)
        change = changes.resetting(interaction.client.catalog, name.slug, scope)
        await stage(interaction, scope, change, reason)

    @app_commands.command()
    @described()
    async def rebase(
        self, interaction: discord.Interaction[Matchbook], name: EditedTool, reason: Reason | None = None
    ) -> None:
        """Choose, place by place, where the shared tool and this server's copy have moved apart."""
        draft = new_draft(
            interaction,
            moderated(interaction),
            change=changed(name, name, f"Bring {name.name} up to the shared tool"),
            slug=name.slug,
            purpose=Purpose.REBASE,
            reason=reason,
        )
        await interaction.client.drafting.stage(interaction, draft)

    @app_commands.command()
    @described(reason="Why everybody should have it so")
    async def upstream(
        self, interaction: discord.Interaction[Matchbook], name: EditedTool, reason: Reason | None = None
    ) -> None:
        """Propose this server's copy of a tool to the curators of the shared catalog."""
        scope = moderated(interaction)
        await interaction.client.reviews.welcome(interaction, SHARED)
        draft = new_draft(
            interaction,
            SHARED,
            change=changes.upstream(interaction.client.catalog, name.slug, scope),
            purpose=Purpose.PROPOSE,
            kind=ProposalKind.UPSTREAM,
            note=reason,
        )
        await interaction.client.drafting.stage(interaction, draft)
