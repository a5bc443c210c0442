"""The buttons and the menu under a history: its pages, and each change by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot import limits, standing
from bot.replies import Refusal
from bot.views.persistent import Persistent
from bot.views.undo import Undo
from catalog.revision import Scope

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import Matchbook
    from catalog.revision import Revision

_SCOPE: Final = r"(?P<scope>\d{1,20})"


def _readable(interaction: discord.Interaction[Matchbook], key: int) -> Scope:
    """Give the scope in a custom_id to who may read its history: its own server, and of the shared one everybody."""
    scope = Scope.of(key)
    standing.present(interaction, scope)
    return scope


class Page(Persistent[ui.Button[Any]], template=rf"history:{_SCOPE}:(?P<of>\d{{1,15}}):(?P<page>\d{{1,4}})"):
    """A button that leads to a page of a tool's history; any revision of the tool says which tool, gone ones too."""

    def __init__(self, scope: Scope, of: int, page: int, label: str, *, disabled: bool = False) -> None:
        super().__init__(
            ui.Button(label=label, custom_id=f"history:{scope.key}:{of}:{page}", disabled=disabled, row=1)
        )
        self.scope_key, self.of, self.page = scope.key, of, page

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        assert isinstance(item, ui.Button)
        return cls(Scope.of(int(match["scope"])), int(match["of"]), int(match["page"]), item.label or "")

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Turn to the page."""
        scope = _readable(interaction, self.scope_key)
        await interaction.client.records.turn(interaction, scope, self.of, self.page)


class Open(Persistent[ui.Select[Any]], template=rf"changes:{_SCOPE}"):
    """A menu of changes; the one that is picked is shown with all that it changed."""

    def __init__(self, scope: Scope, options: list[discord.SelectOption]) -> None:
        super().__init__(
            ui.Select(custom_id=f"changes:{scope.key}", options=options, placeholder="Show a change…", row=0)
        )
        self.scope_key = scope.key

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the menu from what Discord sends back."""
        assert isinstance(item, ui.Select)
        return cls(Scope.of(int(match["scope"])), item.options)

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Show the change."""
        number = self.item.values[0]
        if not number.isdecimal() or len(number) > len(str(2**53)):
            raise Refusal("This menu is out of date. Ask again to get a new one.")
        await interaction.client.records.one(interaction, _readable(interaction, self.scope_key), int(number))


def controls(
    scope: Scope, revisions: Sequence[Revision], page: int, *, more: bool, opened: bool = False
) -> ui.View:
    """Lay out what is under a page of a history, or under a change that was `opened` from it."""
    view = ui.View(timeout=None)
    of = revisions[0].number
    if opened:
        view.add_item(Page(scope, of, 0, "History"))
        view.add_item(Undo(scope, of))
        return view
    options = [
        discord.SelectOption(
            label=limits.clip(f"Change {one.number}: {one.reason}", limits.OPTION_LABEL),
            description=limits.clip(f"by {one.actor}, {one.made_at[:10]}", limits.OPTION_DESCRIPTION),
            value=str(one.number),
        )
        for one in revisions
    ]
    view.add_item(Open(scope, options))
    if page or more:
        view.add_item(Page(scope, of, max(page - 1, 0), "Newer", disabled=not page))
        view.add_item(Page(scope, of, page + 1, "Older", disabled=not more))
    return view
