"""The button that takes a saved change back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot import standing
from bot.views.persistent import Persistent
from catalog.revision import Scope

if TYPE_CHECKING:
    import re

    from bot.client import Matchbook
    from catalog.desk import Saved


class Undo(Persistent[ui.Button[Any]], template=r"undo:(?P<scope>\d{1,20}):(?P<change>\d{1,15})"):
    """Shows what undoing a change would come to, to who may do it."""

    def __init__(self, scope: Scope, change: int) -> None:
        super().__init__(
            ui.Button(
                label="Undo", style=discord.ButtonStyle.secondary, custom_id=f"undo:{scope.key}:{change}"
            )
        )
        self.scope, self.change = scope, change

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        return cls(Scope.of(int(match["scope"])), int(match["change"]))

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Show the preview of the undoing."""
        standing.allowed(interaction, self.scope)
        await interaction.client.drafting.undo(interaction, self.scope, self.change)


def undo(saved: Saved) -> ui.View:
    """Lay out the button under what was saved."""
    view = ui.View(timeout=None)
    if saved.change:
        view.add_item(Undo(saved.scope, saved.change))
    return view
