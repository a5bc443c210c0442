"""The button by which somebody is forgotten, asked once more before it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.replies import Refusal
from bot.views.persistent import Persistent

if TYPE_CHECKING:
    import re

    from bot.client import Matchbook


class Forget(Persistent[ui.Button[Any]], template=r"forget:(?P<user>\d{1,20})"):
    """Takes the name and the ids of who presses it out of everything that is kept."""

    def __init__(self, user_id: int) -> None:
        super().__init__(
            ui.Button(label="Forget me", style=discord.ButtonStyle.danger, custom_id=f"forget:{user_id}")
        )
        self.user_id = user_id

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        return cls(int(match["user"]))

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Forget them."""
        if interaction.user.id != self.user_id:
            raise Refusal("Only they themselves can ask to be forgotten. `/privacy forget me` is for you.")
        await interaction.client.reviews.forget(interaction)


def forgetting(user_id: int) -> ui.View:
    """Lay out the button."""
    view = ui.View(timeout=None)
    view.add_item(Forget(user_id))
    return view
