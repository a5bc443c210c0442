"""Options of commands that arrive as what they stand for, and the answer to a command about tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from discord import app_commands

from bot import limits
from bot.replies import send
from catalog.resolver import Resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from bot.address import Screen
    from bot.client import Matchbook


class ToolNames(app_commands.Transformer):
    """A tool's name as somebody types it; it arrives as the catalog's reading of it."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> Resolution:
        """Read the name; whether it is one tool, several or none is for the answer to say."""
        bot: Matchbook = interaction.client
        return bot.catalog.view(interaction.guild_id).resolve(value)

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer names for what is typed so far; an alias that was typed is shown beside the name.

        Before anything is typed, what was last asked for in this server comes first.
        """
        bot = interaction.client
        offers = bot.catalog.view(interaction.guild_id).complete(
            value, limit=limits.CHOICES, first=bot.recent.of(interaction.guild_id)
        )
        return [
            app_commands.Choice(
                name=limits.clip(
                    f"{found.name} ({found.alias})" if found.alias else found.name, limits.CHOICE_NAME
                ),
                value=found.slug,
            )
            for found in offers
        ]


#: An option of this type is a name with autocomplete.
ToolName: TypeAlias = app_commands.Transform[Resolution, ToolNames]


async def reply(
    interaction: discord.Interaction[Matchbook], screen: Screen, asked: Sequence[Resolution], *, private: bool
) -> None:
    """Answer a command about some tools with a screen, or with a question back; `private` to who asked alone."""
    answer = interaction.client.answer(
        screen, asked, interaction.user.id, interaction.guild_id, private=private
    )
    await send(interaction, answer, private=private)
