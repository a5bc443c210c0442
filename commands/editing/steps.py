"""What every editing command does: check who asks, make the change, show it before anything is saved."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, TypeVar

from discord import app_commands

from bot.drafting import new_draft
from bot.standing import editable
from catalog.editing.change import changed

if TYPE_CHECKING:
    from collections.abc import Callable

    import discord

    from bot.client import Matchbook
    from catalog.editing.change import Change
    from catalog.editing.fields import Section
    from catalog.models import Tool
    from catalog.revision import Scope

_Function = TypeVar("_Function", bound="Callable[..., Any]")

#: The options that editing commands share.
_DESCRIBED = {
    "name": "The tool; start typing and pick one",
    "reason": "Why, for the history",
    "shared": "Curators: change the shared catalog, for every server",
}


def described(**options: str) -> Callable[[_Function], _Function]:
    """Describe a command's options; those that editing commands share are described here."""

    def decorate(function: _Function) -> _Function:
        named = inspect.signature(function).parameters
        usual = {option: text for option, text in _DESCRIBED.items() if option in named}
        return app_commands.describe(**{**usual, **options})(function)

    return decorate


async def edit(
    interaction: discord.Interaction[Matchbook],
    tool: Tool,
    wanted: Callable[[], Tool | None],
    doing: str,
    *,
    reason: str | None,
    shared: bool,
) -> None:
    """Show what one tool would become; `doing` says it in a word or two, such as "Add an alias to".

    `wanted` is asked only for who may edit: what it refuses is nobody else's business.
    """
    scope = editable(interaction, shared=shared)
    await stage(interaction, scope, changed(tool, wanted(), f"{doing} {tool.name}"), reason)


async def stage(
    interaction: discord.Interaction[Matchbook], scope: Scope, change: Change, reason: str | None
) -> None:
    """Show what a change would come to."""
    await interaction.client.drafting.stage(
        interaction, new_draft(interaction, scope, change=change, reason=reason)
    )


async def opened(
    interaction: discord.Interaction[Matchbook],
    tool: Tool,
    section: Section,
    *,
    reason: str | None,
    shared: bool,
    place: int | None = None,
    doing: str = "Edit",
) -> None:
    """Open the form of a tool's section, or of one of its capabilities."""
    scope = editable(interaction, shared=shared)
    draft = new_draft(interaction, scope, change=changed(tool, tool, f"{doing} {tool.name}"), reason=reason)
    await interaction.client.drafting.ask(interaction, draft, section, place=place)
