"""Options of commands that arrive as what they stand for, and the answer to a command about tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from discord import app_commands

from bot import limits
from bot.replies import send
from catalog.errors import WeightsError
from catalog.resolver import Resolution
from catalog.text import LINE_LIMIT
from catalog.weights import PRESETS, Weights, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from bot.address import Screen
    from bot.client import Matchbook
    from catalog.view import View


class ToolNames(app_commands.Transformer):
    """A tool's name as somebody types it; it arrives as the catalog's reading of it."""

    def view(self, interaction: discord.Interaction[Matchbook]) -> View:
        """Give the view that names are read in and offered from."""
        return interaction.client.catalog.view(interaction.guild_id)

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> Resolution:
        """Read the name; whether it is one tool, several or none is for the answer to say."""
        return self.view(interaction).resolve(value)

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer names for what is typed so far; an alias that was typed is shown beside the name.

        Before anything is typed, what was last asked for in this server comes first.
        """
        offers = self.view(interaction).complete(
            value, limit=limits.CHOICES, first=interaction.client.recent.of(interaction.guild_id)
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


class WeightsTexts(app_commands.Transformer):
    """Weights as somebody writes them: a preset, or shares such as "quality=50 ecosystem=20"."""

    async def transform(self, _: discord.Interaction[Any], value: str, /) -> Weights:
        """Read the weights, in whole percentages; WeightsError says what there is."""
        return parse(value).rounded()

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, _: discord.Interaction[Any], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer the presets, and what was typed so far once it can be read."""
        typed = value.strip().casefold()
        presets = [name for name in PRESETS if name.startswith(typed)]
        offers = [(f"{name.capitalize()}: {PRESETS[name].text}", name) for name in presets]
        if not presets:
            try:
                offers = [(parse(value).text, value.strip())]
            except WeightsError:
                offers = [
                    (
                        "such as quality=50 ecosystem=20 (anything else counts nothing)",
                        "quality=50 ecosystem=20",
                    )
                ]
        return [
            app_commands.Choice(
                name=limits.clip(name, limits.CHOICE_NAME), value=limits.clip(text, limits.CHOICE_NAME)
            )
            for name, text in offers
        ]


#: An option of this type is a way to weigh the components of a rank.
WeightsOption: TypeAlias = app_commands.Transform[Weights, WeightsTexts]


#: An option of this type says why, in a line of the history.
Reason: TypeAlias = app_commands.Range[str, 1, LINE_LIMIT]


async def reply(
    interaction: discord.Interaction[Matchbook],
    screen: Screen,
    asked: Sequence[Resolution],
    *,
    private: bool,
    weights: Weights | None = None,
) -> None:
    """Answer a command about some tools with a screen, or with a question back; `private` to who asked alone."""
    answer = await interaction.client.answer(
        screen, asked, interaction.user.id, interaction.guild_id, private=private, weights=weights
    )
    await send(interaction, answer, private=private)
