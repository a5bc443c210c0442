"""Colours: one for each type of tool, a few for the bot's own voice. Nothing is said by colour alone."""

from __future__ import annotations

from typing import Final

import discord

from catalog.models import ToolType

#: A comparison of different types, and everything that is about no single tool.
NEUTRAL: Final = discord.Colour(0xF2A33A)
PROBLEM: Final = discord.Colour(0xC8503C)
QUESTION: Final = discord.Colour(0x6C7A89)

_BY_TYPE: Final = {
    ToolType.MODEL: discord.Colour(0x7C6BF0),
    ToolType.REPOSITORY: discord.Colour(0x2F9E77),
    ToolType.PRODUCT: discord.Colour(0xE0699B),
    ToolType.FRAMEWORK: discord.Colour(0x3B8EDB),
    ToolType.LIBRARY: discord.Colour(0x4FB0C6),
    ToolType.API: discord.Colour(0xD98E2B),
    ToolType.MCP_SERVER: discord.Colour(0x8A9A3B),
    ToolType.AGENT: discord.Colour(0xB0579F),
    ToolType.DATASET: discord.Colour(0x8B7355),
    ToolType.BENCHMARK: discord.Colour(0x9AA5B1),
    ToolType.EXTENSION: discord.Colour(0x5F8A8B),
    ToolType.OTHER: discord.Colour(0x7F8C8D),
}


def of_type(*types: ToolType) -> discord.Colour:
    """Give the colour of a type; several different ones are neutral."""
    return _BY_TYPE[types[0]] if len(set(types)) == 1 else NEUTRAL
