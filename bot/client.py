"""The bot itself: what it listens to, what it loads, and how it keeps up with the database."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import discord
from discord.ext import commands, tasks

from bot import answers, screens
from bot.address import Screen
from bot.charts.renderer import Renderer
from bot.latest import Latest
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

    from bot.address import Address
    from catalog.ledger import History
    from catalog.resolver import Resolution
    from catalog.service import Catalog
    from catalog.weights import Weights

log = logging.getLogger(__name__)

#: The features, each a cog that registers itself.
EXTENSIONS: Final = (
    "commands.about",
    "commands.alternatives",
    "commands.chat",
    "commands.comparison",
    "commands.lookup",
    "commands.settings",
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
        self.pictures = Renderer()
        self.latest = Latest()
        # The catalog noted them when it was opened.
        self._noted = catalog.today
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

    async def answer(
        self,
        screen: Screen,
        asked: Sequence[Resolution],
        asker: int,
        guild_id: int | None,
        *,
        private: bool = False,
        weights: Weights | None = None,
    ) -> Reply:
        """Answer a question about some names, as a guild (None: a direct message) sees the catalog."""
        found = [one.tool.slug for one in asked if one.tool]
        history = await self._history(screen, found, guild_id) if len(found) == len(asked) else None
        reply = answers.answer(self.catalog.view(guild_id), screen, asked, asker, weights, history)
        if not private and len(found) == len(asked):
            self.recent.add(guild_id, found)
        return reply

    async def draw(self, address: Address, guild_id: int | None, *, private: bool = False) -> Reply:
        """Draw the screen that an address leads to, as a guild sees the catalog."""
        view = self.catalog.view(guild_id)
        slugs = [view.by_key(key).slug for key in address.keys]
        history = await self._history(address.screen, slugs, guild_id)
        reply = screens.draw(view, address, history=history)
        if not private:
            self.recent.add(guild_id, slugs)
        return reply

    async def _history(self, screen: Screen, slugs: Sequence[str], guild_id: int | None) -> History | None:
        """Read what isn't kept in memory, where a screen shows it."""
        if screen is not Screen.HISTORY or not slugs:
            return None
        return await self.catalog.history(slugs[0], guild_id)

    def search(self, need: str, asker: int, guild_id: int | None) -> Reply:
        """Draw what is found for a need, as a guild sees the catalog."""
        return screens.found(self.catalog.view(guild_id), need, asker)

    @tasks.loop(seconds=5)
    async def follow(self) -> None:
        """Take over edits that another process made to the database; on a new day, note how ranks have aged."""
        try:
            await self.catalog.catch_up()
            if self.catalog.today != self._noted:
                await self.catalog.note_ranks()
                self._noted = self.catalog.today
        except StorageError:
            log.exception("could not read the database; answering from what is in memory")

    async def close(self) -> None:
        """Stop following the database, then leave Discord."""
        self.follow.cancel()
        await self.pictures.close()
        await super().close()
