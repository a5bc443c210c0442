"""The button that suggests what wasn't found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot import limits
from bot.views.persistent import Persistent
from catalog.text import clean_line

if TYPE_CHECKING:
    import re

    from bot.client import Matchbook

#: As much of a name as a custom_id has room for beside the rest.
_NAME: Final = 80


class Suggest(Persistent[ui.Button[Any]], template=r"suggest:(?P<name>.{1,80})"):
    """Opens the form of a missing tool, with the name that was asked for."""

    def __init__(self, name: str) -> None:
        self.name = clean_line(name)[:_NAME].strip() or "?"
        super().__init__(
            ui.Button(
                label=limits.clip(f"Suggest “{self.name}”", 40),
                style=discord.ButtonStyle.secondary,
                custom_id=f"suggest:{self.name}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        return cls(match["name"])

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Open the form."""
        await interaction.client.suggesting.tool(interaction, self.name)
