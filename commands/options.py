"""Options of commands that arrive as what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from discord import app_commands

from bot import limits
from catalog.resolver import Resolution

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook
    from catalog.service import Catalog


class ToolNames(app_commands.Transformer):
    """A tool's name as somebody types it; it arrives as the catalog's reading of it."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> Resolution:
        """Read the name; whether it is one tool, several or none is for the answer to say."""
        catalog: Catalog = interaction.client.catalog
        return catalog.resolve(value)

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer names for what is typed so far; an alias that was typed is shown beside the name."""
        return [
            app_commands.Choice(
                name=limits.clip(
                    f"{found.name} ({found.alias})" if found.alias else found.name, limits.CHOICE_NAME
                ),
                value=found.slug,
            )
            for found in interaction.client.catalog.complete(value, limit=limits.CHOICES)
        ]


#: An option of this type is a name with autocomplete.
ToolName: TypeAlias = app_commands.Transform[Resolution, ToolNames]
