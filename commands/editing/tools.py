"""Whole tools: add, edit, price, deprecate, merge, remove and restore them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from discord import app_commands
from discord.ext import commands

from bot.drafting import new_draft
from bot.standing import editable
from catalog import changes
from catalog.editing.fields import Section
from catalog.editing.operations import active, deprecated, gone, made, with_pricing
from catalog.errors import EditError
from catalog.models import Price, PriceUnit, Pricing, PricingKind
from catalog.moments import moment
from commands.editing.steps import described, edit, opened, stage
from commands.options import Reason
from commands.targets import EditedTool, RemovedTool

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook
    from catalog.models import Tool


class Tools(commands.Cog):
    """The commands about whole tools."""

    @app_commands.command()
    @described()
    async def add(
        self,
        interaction: discord.Interaction[Matchbook],
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Add a tool: a form asks for it, and nothing is saved before you have seen it."""
        draft = new_draft(interaction, editable(interaction, shared=shared), reason=reason)
        await interaction.client.drafting.ask(interaction, draft, Section.BASICS)

    @app_commands.command()
    @described(section="Which part of it; you can go on to others before saving")
    async def edit(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        section: Literal["basics", "names", "links", "pricing", "status"] = "basics",
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Edit a tool in a form; you see what changes before it is saved."""
        await opened(interaction, name, Section(section), reason=reason, shared=shared)

    @app_commands.command()
    @described(
        kind="How one pays",
        usd="The starting price in US dollars, if there is one",
        unit="What that price buys",
        source="Where it is written; needed with a price",
        seen_on="The day on which it was seen, such as 2026-03-01; today without it",
        note="What else one should know of it",
    )
    async def pricing(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        kind: PricingKind,
        usd: app_commands.Range[float, 0.0, 1e9] | None = None,
        unit: PriceUnit | None = None,
        source: app_commands.Range[str, 1, 300] | None = None,
        seen_on: app_commands.Range[str, 4, 10] | None = None,
        note: app_commands.Range[str, 1, 300] | None = None,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Say how one pays for a tool, and from how much on."""
        await edit(
            interaction,
            name,
            lambda: with_pricing(name, _pricing(kind, usd, unit, source, seen_on, note)),
            "Price",
            reason=reason,
            shared=shared,
        )

    @app_commands.command()
    @described(status="What became of it", successor="What to use instead, if there is something")
    async def status(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        status: Literal["active", "deprecated", "gone"],
        successor: EditedTool | None = None,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Say that a tool is deprecated or gone, and what to use instead, or that it is active after all."""
        await edit(
            interaction,
            name,
            lambda: _with_status(name, status, successor),
            f"Mark as {status}:",
            reason=reason,
            shared=shared,
        )

    @app_commands.command()
    @described(name="The duplicate; it goes", into="The tool that stays and takes over its names")
    async def merge(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        into: EditedTool,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Merge a duplicate into another tool: its names become aliases, its entries are added."""
        scope = editable(interaction, shared=shared)
        change = changes.merging(interaction.client.catalog, name, into, scope)
        await stage(interaction, scope, change, reason)

    @app_commands.command()
    @described()
    async def remove(
        self,
        interaction: discord.Interaction[Matchbook],
        name: EditedTool,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Take a tool out of this server's catalog; it can be restored."""
        await edit(interaction, name, lambda: None, "Remove", reason=reason, shared=shared)

    @app_commands.command()
    @described(name="A tool that was removed")
    async def restore(
        self,
        interaction: discord.Interaction[Matchbook],
        name: RemovedTool,
        reason: Reason | None = None,
        shared: bool = False,
    ) -> None:
        """Bring a removed tool back as it was."""
        scope = editable(interaction, shared=shared)
        await stage(
            interaction, scope, await changes.restoring(interaction.client.catalog, name, scope), reason
        )


def _with_status(tool: Tool, status: str, successor: Tool | None) -> Tool:
    if status == "active":
        return active(tool)
    return {"deprecated": deprecated, "gone": gone}[status](tool, successor.slug if successor else None)


def _pricing(
    kind: PricingKind,
    usd: float | None,
    unit: PriceUnit | None,
    source: str | None,
    seen_on: str | None,
    note: str | None,
) -> Pricing:
    """Put a price together, or say what is missing of it."""
    starting = None
    if usd is None and (unit or source or seen_on):
        raise EditError(
            "`unit`, `source` and `seen_on` say more of a price; give it as `usd`, or leave them out."
        )
    if usd is not None:
        if not (unit and source):
            raise EditError(
                "A price needs what it buys and where it is written: fill in `unit` and `source` too."
            )
        starting = made(Price, usd=usd, unit=unit, source=source, observed_on=seen_on or moment()[:10])
    return made(Pricing, kind=kind, starting=starting, note=note)
