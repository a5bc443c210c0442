"""The search button and its form: say what you need, get tools that do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot import replies
from bot.views.persistent import Persistent

if TYPE_CHECKING:
    import re

    from bot.client import Matchbook


class SearchForm(ui.Modal, title="What do you need?"):
    """Asks for a need and answers it privately."""

    need: ui.TextInput[Any] = ui.TextInput(
        label="In a few words",
        placeholder="turn speech into text offline",
        min_length=2,
        max_length=200,
    )

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Answer with the tools that fit."""
        reply = interaction.client.search(self.need.value, interaction.user.id, interaction.guild_id)
        await replies.send(interaction, reply, private=True)

    async def on_error(  # type: ignore[override]  # a modal has no item to blame, as in discord.py itself
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Say what went wrong."""
        await replies.fail(interaction, error)


class Search(Persistent[ui.Button[Any]], template="search"):
    """A button that opens the form."""

    def __init__(self, *, row: int | None = None) -> None:
        super().__init__(
            ui.Button(label="Search a need", style=discord.ButtonStyle.secondary, custom_id="search", row=row)
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: ui.Item[Any], ___: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        return cls()

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Open the form."""
        await interaction.response.send_modal(SearchForm())
