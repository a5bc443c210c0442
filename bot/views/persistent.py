"""The base of every button and menu: what it does when pressed, and one voice when that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import discord
from discord import ui

from bot import replies

if TYPE_CHECKING:
    from bot.client import Matchbook

Part = TypeVar("Part", bound=ui.Item[Any])


class Persistent(ui.DynamicItem[Part], Generic[Part], template=""):
    """A component that is found again by the pattern of its custom_id, before and after a restart."""

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Do what the component is for."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Act, and say what went wrong if it does."""
        try:
            await self.act(interaction)
        except Exception as error:  # noqa: BLE001 (the last stop before discord.py would only log it)
            await replies.fail(interaction, error)
