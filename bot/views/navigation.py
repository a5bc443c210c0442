"""Buttons and menus that lead from one screen to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot import limits, replies
from bot.address import PATTERN, Address, Screen
from bot.views.persistent import Persistent

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import Matchbook
    from catalog.models import Tool


async def follow(interaction: discord.Interaction[Matchbook], address: Address) -> None:
    """Show where an address leads: who asked sees the message change, anybody else gets a copy of their own."""
    own = address.asker == interaction.user.id
    seen_by_one = not own or (interaction.message is not None and interaction.message.flags.ephemeral)
    reply = await interaction.client.draw(
        address.for_asker(interaction.user.id), interaction.guild_id, private=seen_by_one
    )
    if own:
        await replies.turn(interaction, reply)
    else:
        await replies.send(interaction, reply, private=True)


class Jump(Persistent[ui.Button[Any]], template=rf"go(?P<slot>\d):(?P<address>{PATTERN})"):
    """A button that leads to an address. The slot (0-9) keeps two buttons to one address apart."""

    def __init__(
        self,
        address: Address,
        *,
        slot: int = 0,
        label: str,
        here: bool = False,
        disabled: bool = False,
        row: int | None = None,
    ) -> None:
        super().__init__(
            ui.Button(
                label=limits.clip(label, limits.BUTTON_LABEL),
                style=discord.ButtonStyle.primary if here else discord.ButtonStyle.secondary,
                disabled=disabled or here,
                custom_id=f"go{slot}:{address}",
                row=row,
            )
        )
        self.address = address

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        assert isinstance(item, ui.Button)
        return cls(Address.parse(match["address"]), slot=int(match["slot"]), label=item.label or "")

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Show where the button leads."""
        await follow(interaction, self.address)


class Menu(Persistent[ui.Select[Any]], template="menu"):
    """A menu whose options each lead to an address."""

    def __init__(
        self,
        options: Sequence[discord.SelectOption],
        *,
        placeholder: str,
        row: int | None = None,
    ) -> None:
        super().__init__(
            ui.Select(
                options=list(options[: limits.SELECT_OPTIONS]),
                placeholder=limits.clip(placeholder, limits.PLACEHOLDER),
                custom_id="menu",
                row=row,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], __: re.Match[str], /
    ) -> Self:
        """Rebuild the menu from what Discord sends back."""
        assert isinstance(item, ui.Select)
        return cls(item.options, placeholder=item.placeholder or "")

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Show where the chosen option leads."""
        try:
            address = Address.parse(self.item.values[0])
        except ValueError:
            raise replies.Refusal("This menu is out of date. Ask again to get a new one.") from None
        await follow(interaction, address)


def versus(tool: Tool, other: Tool, here: Address, why: str = "") -> discord.SelectOption:
    """Make a menu option that leads from somewhere to the comparison of two tools.

    It says `why` it is offered, else what the other tool is; whoever asked and weights asked for go along.
    """
    address = here.at(Screen.COMPARISON).of(tool.key, other.key)
    return option(f"{tool.name} vs {other.name}", address, why or other.summary or "")


def option(label: str, address: Address, description: str = "") -> discord.SelectOption:
    """Make a menu option that leads to an address; long texts are cut."""
    return discord.SelectOption(
        label=limits.clip(label, limits.OPTION_LABEL),
        value=str(address),
        description=limits.clip(description, limits.OPTION_DESCRIPTION) or None,
    )
