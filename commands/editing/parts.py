"""A tool's parts: its capabilities, aliases and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from catalog.editing.fields import Section
from catalog.editing.operations import (
    made,
    with_alias,
    with_capability_moved,
    with_signal,
    without_alias,
    without_capability,
    without_signal,
)
from catalog.models import Signal
from catalog.moments import moment
from commands.editing.steps import described, edit, opened
from commands.options import Reason
from commands.targets import CapabilityPlace, EditedTool, KnownAlias, KnownSignal, MetricName

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook


class Parts(commands.Cog):
    """The commands about parts of tools."""

    capability = app_commands.Group(name="capability", description="What a tool can do")
    alias = app_commands.Group(name="alias", description="What else a tool is called")
    signal = app_commands.Group(name="signal", description="Figures that were measured")

    @capability.command(name="add")
    @described()
    async def add_capability(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Add something that a tool does."""
        await opened(
            interaction, name, Section.CAPABILITY, reason=reason, shared=shared, doing="Add a capability to"
        )

    @capability.command(name="edit")
    @described(capability="Which one: its title or its number")
    async def edit_capability(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        capability: CapabilityPlace,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Reword a capability in a form."""
        await opened(
            interaction,
            name,
            Section.CAPABILITY,
            place=capability,
            reason=reason,
            shared=shared,
            doing="Edit a capability of",
        )

    @capability.command(name="move")
    @described(capability="Which one: its title or its number", to="Its new number, from 1")
    async def move_capability(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        capability: CapabilityPlace,
        to: app_commands.Range[int, 1, 1000],
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Put a capability in another place of the list."""
        await edit(
            interaction,
            name,
            lambda: with_capability_moved(name, capability, min(to, len(name.capabilities)) - 1),
            "Move a capability of",
            reason=reason,
            shared=shared,
        )

    @capability.command(name="remove")
    @described(capability="Which one: its title or its number")
    async def remove_capability(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        capability: CapabilityPlace,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Take a capability away."""
        await edit(
            interaction,
            name,
            lambda: without_capability(name, capability),
            "Remove a capability of",
            reason=reason,
            shared=shared,
        )

    @alias.command(name="add")
    @described(alias="What else people call it")
    async def add_alias(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        alias: app_commands.Range[str, 1, 100],
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Add an alias; you see which past questions would be answered differently."""
        await edit(
            interaction,
            name,
            lambda: with_alias(name, alias),
            "Add an alias to",
            reason=reason,
            shared=shared,
        )

    @alias.command(name="remove")
    @described(alias="The alias that goes")
    async def remove_alias(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        alias: KnownAlias,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Take an alias away; you see which past questions would be answered differently."""
        await edit(
            interaction,
            name,
            lambda: without_alias(name, alias),
            "Remove an alias of",
            reason=reason,
            shared=shared,
        )

    @signal.command(name="set")
    @described(
        metric="What was measured",
        value="The figure",
        source="Where it is written",
        seen_on="The day on which it was seen, such as 2026-03-01; today without it",
        unit="What it counts, such as stars or percent",
    )
    async def set_signal(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        metric: MetricName,
        value: app_commands.Range[float, -1e15, 1e15],
        source: app_commands.Range[str, 1, 300],
        seen_on: app_commands.Range[str, 4, 10] | None = None,
        unit: app_commands.Range[str, 1, 100] | None = None,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Enter a figure with its source and date; the ranks that hang on it follow."""
        figure = {
            "metric": metric,
            "value": value,
            "unit": unit or "count",
            "source": source,
            "observed_on": seen_on or moment()[:10],
        }
        await edit(
            interaction,
            name,
            lambda: with_signal(name, made(Signal, **figure)),
            "Set a figure of",
            reason=reason,
            shared=shared,
        )

    @signal.command(name="remove")
    @described(figure="Which one: its number, as autocomplete offers it")
    async def remove_signal(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        figure: KnownSignal,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Take a figure away; the ranks that hang on it follow."""
        await edit(
            interaction,
            name,
            lambda: without_signal(name, figure),
            "Remove a figure of",
            reason=reason,
            shared=shared,
        )
