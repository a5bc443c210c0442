"""The menu of sentences that can be disputed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot import limits, standing
from bot.replies import Refusal
from bot.views.persistent import Persistent

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import Matchbook
    from catalog.editing.sentences import Sentence
    from catalog.models import Tool


class Dispute(Persistent[ui.Select[Any]], template=r"disputed"):
    """A menu of sentences; each option carries its tool's key and its own."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(ui.Select(custom_id="disputed", options=options, placeholder="This isn't so…"))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], __: re.Match[str], /
    ) -> Self:
        """Rebuild the menu from what Discord sends back."""
        assert isinstance(item, ui.Select)
        return cls(item.options)

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Ask what is wrong with the sentence."""
        tool_key, _, key = self.item.values[0].partition(" ")
        scope = standing.proposable(interaction)
        tool = interaction.client.catalog.view(scope.guild_id).by_key(tool_key)
        await interaction.client.suggesting.dispute(interaction, tool, key)


def sentences_of(said: Sequence[tuple[Tool, Sentence]]) -> ui.View:
    """Lay out the menu, with as many sentences as it holds."""
    if not said:
        raise Refusal("Nothing is said about it yet that could be disputed. `/suggest change` proposes more.")
    view = ui.View(timeout=None)
    options = {
        f"{tool.key} {sentence.key}": discord.SelectOption(
            label=limits.clip(sentence.text, limits.OPTION_LABEL),
            description=limits.clip(f"{tool.name}: {sentence.label}", limits.OPTION_DESCRIPTION),
            value=f"{tool.key} {sentence.key}",
        )
        for tool, sentence in said
    }
    view.add_item(Dispute(list(options.values())[: limits.SELECT_OPTIONS]))
    return view
