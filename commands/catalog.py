"""`/catalog`: how moderators keep a server's catalog true, and curators the shared one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from commands.editing.copies import Copies
from commands.editing.parts import Parts
from commands.editing.queue import Queue
from commands.editing.records import Records
from commands.editing.tools import Tools
from commands.editing.transfer import Transfer

if TYPE_CHECKING:
    from bot.client import Matchbook


# Not hidden from members by Discord's defaults: a role that moderates needs no permission of Discord's. Who may do
# what is checked by each command.
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
class Catalog(
    Tools,
    Parts,
    Copies,
    Records,
    Transfer,
    Queue,
    commands.GroupCog,
    group_name="catalog",
    group_description="Keep this server's catalog true",
):
    """All of it is one group, so that it is found in one place."""


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(Catalog())
