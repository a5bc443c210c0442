"""The button that takes a reply away again."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.replies import Refusal
from bot.views.persistent import Persistent

if TYPE_CHECKING:
    import re

    from bot.client import Matchbook


class Delete(Persistent[ui.Button[Any]], template=r"delete:(?P<asker>\d{1,20})"):
    """Deletes the message for who asked for it, and for people who may delete messages here anyway."""

    def __init__(self, asker: int, *, row: int | None = None) -> None:
        super().__init__(
            ui.Button(label="Delete", style=discord.ButtonStyle.danger, custom_id=f"delete:{asker}", row=row)
        )
        self.asker = asker

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        return cls(int(match["asker"]))

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Delete the message, or say who can."""
        may_manage = interaction.guild is not None and interaction.permissions.manage_messages
        if interaction.user.id != self.asker and not may_manage:
            raise Refusal(
                "Only the person who asked, or somebody who may manage messages here, can delete this."
            )
        await interaction.response.defer()
        # Two presses, or a moderator who was quicker: the message being gone is what was asked for.
        with contextlib.suppress(discord.NotFound):
            await interaction.delete_original_response()
