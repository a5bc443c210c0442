"""Which tools a message of the bot shows, read off the buttons under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.address import PATTERN, Address
from catalog.errors import UnknownToolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import discord

    from catalog.models import Tool
    from catalog.view import View

_LEADS: Final = re.compile(rf"go\d:(?P<address>{PATTERN})")


def tools_in(message: discord.Message, view: View) -> list[Tool]:
    """Give the tools that a message shows, as somebody sees them; none for a message that isn't an answer."""
    found: dict[str, Tool] = {}
    for address in _addresses(message):
        for key in address.keys:
            try:
                tool = view.by_key(key)
            except UnknownToolError:
                continue
            found[tool.slug] = tool
        if found:
            break
    return list(found.values())


def _addresses(message: discord.Message) -> Iterator[Address]:
    for row in message.components:
        for part in getattr(row, "children", ()):
            match = _LEADS.fullmatch(getattr(part, "custom_id", None) or "")
            if match:
                try:
                    yield Address.parse(match["address"])
                except ValueError:
                    continue
