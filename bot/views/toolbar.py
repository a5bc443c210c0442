"""The buttons and menus under a screen: where one can go from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discord import ui

from bot.address import Address, Screen
from bot.views.deletion import Delete
from bot.views.navigation import Jump, Menu
from bot.views.search import Search

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

_PLACES: Final = (
    (Screen.RANKS, "Ranks"),
    (Screen.CAPABILITIES, "Capabilities"),
    (Screen.ALTERNATIVES, "Alternatives"),
)


def toolbar(
    address: Address,
    *,
    pages: int = 1,
    options: Sequence[discord.SelectOption] = (),
    placeholder: str = "",
) -> ui.View:
    """Lay out the buttons under the screen at an address.

    Args:
        address: where the person is; the button that leads here is lit and does nothing.
        pages: how many pages the screen has; with more than one there is a pager.
        options: what a menu offers, if anything.
        placeholder: what the menu says while closed.
    """
    view = ui.View(timeout=None)
    several = len(address.keys) > 1
    start = (Screen.COMPARISON, "Overview") if several else (Screen.TOOL, "Overview")
    for slot, (screen, label) in enumerate((start, *_PLACES)):
        view.add_item(Jump(address.at(screen), slot=slot, label=label, here=screen is address.screen, row=0))
    if several:
        view.add_item(Jump(address.of(*reversed(address.keys)), slot=4, label="Swap", row=0))
    else:
        here = address.screen is Screen.HISTORY
        view.add_item(Jump(address.at(Screen.HISTORY), slot=4, label="History", here=here, row=0))
    if options:
        view.add_item(Menu(options, placeholder=placeholder, row=1))
    if pages > 1:
        for slot, label, page in (
            (5, "Back", address.page - 1),
            (6, f"{address.page + 1} of {pages}", address.page),
            (7, "Next", address.page + 1),
        ):
            outside = not 0 <= page < pages or page == address.page
            there = address.at(address.screen, min(max(page, 0), pages - 1))
            view.add_item(Jump(there, slot=slot, label=label, disabled=outside, row=2))
    view.add_item(Search(row=3))
    view.add_item(Delete(address.asker, row=3))
    return view
