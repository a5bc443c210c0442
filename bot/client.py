"""The bot itself: what it listens to, what it loads, and how it keeps up with the database."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

import discord
from discord.ext import commands, tasks

from bot import answers, forms, screens
from bot.address import Screen
from bot.charts.renderer import Renderer
from bot.drafting import Drafting
from bot.journal import Journal
from bot.latest import Latest
from bot.notices import Notices
from bot.recent import Recent
from bot.records import Records
from bot.refreshing import Refreshing
from bot.reminders import Reminders
from bot.replies import SILENT, Reply
from bot.reviewing import Reviewing
from bot.suggesting import Suggesting
from bot.transfer import Transfer
from bot.tree import Tree
from bot.views.deletion import Delete
from bot.views.dispute import Dispute
from bot.views.draft import Choice, Drafts, Press, Sections
from bot.views.forgetting import Forget
from bot.views.history import Open, Page
from bot.views.navigation import Jump, Menu
from bot.views.proposal import Decide, Proposer, QueuePage, Waiting
from bot.views.search import Search
from bot.views.suggestion import Suggest
from bot.views.undo import Undo
from catalog.asked import Asked
from catalog.desk import Desk
from catalog.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from bot.address import Address
    from catalog.ledger import History
    from catalog.refreshing import Refresher
    from catalog.resolver import Resolution
    from catalog.service import Catalog
    from catalog.weights import Weights

log = logging.getLogger(__name__)

#: Seconds between two looks at what waits or is too old.
_HOUR: Final = 3600.0
#: Every button and menu, found again by the pattern of its custom_id.
COMPONENTS: Final = (
    Choice,
    Decide,
    Delete,
    Dispute,
    Drafts,
    Forget,
    Jump,
    Menu,
    Open,
    Page,
    Press,
    Proposer,
    QueuePage,
    Search,
    Sections,
    Suggest,
    Undo,
    Waiting,
)
#: The features, each a cog that registers itself.
EXTENSIONS: Final = (
    "commands.about",
    "commands.alternatives",
    "commands.catalog",
    "commands.chat",
    "commands.comparison",
    "commands.lookup",
    "commands.privacy",
    "commands.settings",
    "commands.suggestions",
)


class Matchbook(commands.AutoShardedBot):
    """A Discord client that answers from a catalog.

    Needs no privileged intent: message content reaches a bot in direct messages and where it is mentioned.
    """

    def __init__(
        self,
        catalog: Catalog,
        *,
        follow: timedelta,
        shard_count: int | None = None,
        curators: frozenset[int] = frozenset(),
        curators_channel: int | None = None,
        refresher: Refresher | None = None,
    ) -> None:
        """Hand in the open catalog, how often to look for edits made elsewhere, and who curates the shared catalog.

        With a `refresher` live sources are asked while the bot runs.
        """
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
        self.curators = curators
        self.curators_channel = curators_channel
        self.asked = Asked()
        self.desk = Desk(catalog)
        self.drafting = Drafting(self)
        notices = Notices(self)
        self.reviews = Reviewing(self, notices)
        self.reminders = Reminders(self, notices)
        self.refreshing = Refreshing(self, notices, refresher) if refresher else None
        self.suggesting = Suggesting(self)
        self.records = Records(self)
        self.transfer = Transfer(self)
        self.journal = Journal(self)
        # The catalog noted them when it was opened.
        self._noted = catalog.today
        self._kept_house = -_HOUR
        self.follow.change_interval(seconds=follow.total_seconds())

    async def setup_hook(self) -> None:
        """Load the catalog's indexes and the features, then tell Discord of commands that it doesn't know yet."""
        await self.catalog.warm()
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        self.add_dynamic_items(*COMPONENTS)
        assert isinstance(self.tree, Tree)  # noqa: S101 (tree_cls above)
        await self.tree.sync_if_changed()
        self.follow.start()
        if self.refreshing:
            self.refreshing.start()

    async def on_ready(self) -> None:
        """Say that the bot is up."""
        log.info("ready as %s in %d servers with %d tools", self.user, len(self.guilds), len(self.catalog))

    async def on_message(self, _: discord.Message, /) -> None:
        """Leave messages to the chat cog; there are no prefix commands."""

    async def on_interaction(self, interaction: discord.Interaction[Matchbook], /) -> None:
        """Take forms that were sent, by their custom_id: they arrive after a restart too."""
        if interaction.type is discord.InteractionType.modal_submit:
            await forms.take(interaction)

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
        if not private and guild_id:
            for one in asked:
                # What autocomplete filled in, nobody typed.
                if not (one.tool and one.tool.slug == one.query):
                    self.asked.note(guild_id, one.query)
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
            await self.keep_house()
            if self.catalog.today != self._noted:
                await self.catalog.note_ranks()
                self._noted = self.catalog.today
        except StorageError:
            log.exception("could not read the database; answering from what is in memory")

    async def keep_house(self) -> None:
        """Write down what people asked, remind moderators of what waits, and drop what is too old.

        Raises:
            StorageError: the database refused; it is tried again the next time.
        """
        storage = self.catalog.storage
        await self.asked.flush(storage)
        # Before Discord has said which channels there are, a reminder would go nowhere.
        if self.is_ready() and time.monotonic() - self._kept_house > _HOUR:
            await self.reminders.remind()
            await storage.privacy.expire()
            self._kept_house = time.monotonic()

    async def close(self) -> None:
        """Stop following the database and asking sources, then leave Discord."""
        self.follow.cancel()
        if self.refreshing:
            await self.refreshing.stop()
        await self.pictures.close()
        await super().close()
