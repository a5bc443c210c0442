"""A menu of addresses under a question or a list of finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import ui

from bot.views.deletion import Delete
from bot.views.navigation import Menu
from bot.views.search import Search
from bot.views.suggestion import Suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord


def menu(
    options: Sequence[discord.SelectOption], asker: int, *, placeholder: str, missing: str | None = None
) -> ui.View:
    """Build the menu (left out when there is nothing to offer), a need search and the delete button.

    `missing` is a name that wasn't found: it can be suggested.
    """
    view = ui.View(timeout=None)
    if options:
        view.add_item(Menu(options, placeholder=placeholder))
    view.add_item(Search())
    if missing:
        view.add_item(Suggest(missing))
    view.add_item(Delete(asker))
    return view
