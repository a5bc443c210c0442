"""The bot itself: what it listens to, what it loads, and how it keeps up with the database."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import discord
from discord.ext import commands, tasks

from bot import answers, screens
from bot.recent import Recent
from bot.replies import SILENT, Reply
from bot.tree import Tree
from bot.views.deletion import Delete
from bot.views.navigation import Jump, Menu
from bot.views.search import Search
from catalog.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from bot.address import Address, Screen
    from catalog.resolver import Resolution
    from catalog.service import Catalog

log = logging.getLogger(__name__)

#: The features, each a cog that registers itself.
EXTENSIONS: Final = (
    "commands.about",
    "commands.alternatives",
    "commands.chat",
    "commands.comparison",
    "commands.lookup",
)


class Matchbook(commands.AutoShardedBot):
    """A Discord client that answers from a catalog.

    Needs no privileged intent: message content reaches a bot in direct messages and where it is mentioned.
    """

    def __init__(self, catalog: Catalog, *, follow: timedelta, shard_count: int | None = None) -> None:
        """Hand in the open catalog and how often to look for edits made elsewhere."""
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            tree_cls=Tree,
            allowed_mentions=SILENT,
            shard_count=shard_count,
            activity=discord.CustomActivity("/compare · @me with “X vs Y”"),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.catalog = catalog
        self.recent = Recent()
        self.follow.change_interval(seconds=follow.total_seconds())

    async def setup_hook(self) -> None:
        """Load the catalog's indexes and the features, then tell Discord of commands that it doesn't know yet."""
        await self.catalog.warm()
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        self.add_dynamic_items(Jump, Menu, Delete, Search)
        assert isinstance(self.tree, Tree)  # noqa: S101 (tree_cls above)
        await self.tree.sync_if_changed()
        self.follow.start()

    async def on_ready(self) -> None:
        """Say that the bot is up."""
        log.info("ready as %s in %d servers with %d tools", self.user, len(self.guilds), len(self.catalog))

    async def on_message(self, _: discord.Message, /) -> None:
        """Leave messages to the chat cog; there are no prefix commands."""

    def answer(
        self,
        screen: Screen,
        asked: Sequence[Resolution],
        asker: int,
        guild_id: int | None,
        *,
        private: bool = False,
    ) -> Reply:
        """Answer a question about some names, as a guild (None: a direct message) sees the catalog."""
        reply = answers.answer(self.catalog.view(guild_id), screen, asked, asker)
        found = [one.tool.slug for one in asked if one.tool]
        if not private and len(found) == len(asked):
            self.recent.add(guild_id, found)
        return reply

    def draw(self, address: Address, guild_id: int | None, *, private: bool = False) -> Reply:
        """Draw the screen that an address leads to, as a guild sees the catalog."""
        view = self.catalog.view(guild_id)
        reply = screens.draw(view, address)
        if not private:
            self.recent.add(guild_id, [view.by_key(key).slug for key in address.keys])
        return reply

    def search(self, need: str, asker: int, guild_id: int | None) -> Reply:
        """Draw what is found for a need, as a guild sees the catalog."""
        return screens.found(self.catalog.view(guild_id), need, asker)

    @tasks.loop(seconds=5)
    async def follow(self) -> None:
        """Take over edits that another process made to the database."""
        try:
            await self.catalog.catch_up()
        except StorageError:
            log.exception("could not read the database; answering from what is in memory")

    async def close(self) -> None:
        """Stop following the database, then leave Discord."""
        self.follow.cancel()
        await super().close()
