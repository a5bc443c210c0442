"""The real bot on a real SQLite file, in a simulated Discord: what most tests of the bot stand on."""

from __future__ import annotations

import asyncio
import re
import shutil
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import pytest
import pytest_asyncio
import simcord
from discord import app_commands
from markdown_it import MarkdownIt

from bot.client import Matchbook
from bot.replies import Refusal
from catalog import starter
from catalog.database import Database
from catalog.errors import CatalogError
from catalog.importers import read_file
from catalog.revision import Author, Scope
from catalog.service import Catalog
from catalog.storage import rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from catalog.models import Tool
    from catalog.snapshot import Snapshot

PAGES = sorted((Path(__file__).parents[1] / "bot" / "demo" / "pages").glob("*.txt"))

#: Documents don't change: to validate all of them again for each bot that starts takes longer than most tests.
_read_once = cache(rows.read)

#: Discord knows no indented code and no HTML.
_MARKDOWN = MarkdownIt("commonmark").disable(["code", "html_block", "html_inline", "entity", "lheading"])


def pytest_configure(config: pytest.Config) -> None:
    """Read the starter catalog once in a process: each first start would read the same hundreds of files."""
    if config.getoption("benchmark_only"):
        return  # what a first start takes is what they measure
    patch = pytest.MonkeyPatch()
    patch.setattr(starter, "read", cache(starter.read))
    config.add_cleanup(patch.undo)


class Shown:
    """A message of the bot as it stands at the moment of asking, edits included."""

    def __init__(self, env: simcord.Env, message: discord.Message | simcord.ResponseMessage | None) -> None:
        assert message is not None, f"the bot sent no message\n{env.transcript()}"
        self._env = env
        self._id = message.id
        self._channel = message.channel.id if isinstance(message, discord.Message) else message.channel_id

    @property
    def _stored(self) -> Any:  # noqa: ANN401 (simcord's record of the message)
        return self._env.backend.get_message(self._channel, self._id)

    @property
    def gone(self) -> bool:
        """Whether the message was deleted."""
        return self._id not in self._env.backend.messages.get(self._channel, {})

    @property
    def message(self) -> simcord.ResponseMessage:
        """What an actor clicks on."""
        return simcord.ResponseMessage(self._env, self._stored)

    @property
    def embed(self) -> discord.Embed:
        """The message's one embed."""
        (embed,) = self.message.embeds
        return embed

    @property
    def title(self) -> str:
        """The embed's title."""
        return self.embed.title or ""

    @property
    def text(self) -> str:
        """All that can be read in the embed."""
        embed = self.embed
        fields = [part for field in embed.fields for part in (field.name or "", field.value or "")]
        return "\n".join([embed.title or "", embed.description or "", *fields, embed.footer.text or ""])

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.message.ephemeral

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Buttons and menus, as Discord keeps them; changing one forges it."""
        return [part for row in self._stored.components for part in row["components"]]

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """Buttons by label."""
        return {
            part["label"]: part for part in self.parts if part["type"] == discord.ComponentType.button.value
        }

    @property
    def options(self) -> list[dict[str, Any]]:
        """The options of the menu, none without a menu."""
        return [option for part in self.parts for option in part.get("options", [])]

    @property
    def links(self) -> list[str]:
        """Where the embed's links lead, those of bare addresses included."""
        tokens = [token for block in _MARKDOWN.parse(self.text) for token in block.children or []]
        targets = [str(token.attrs["href"]) for token in tokens if "href" in token.attrs]
        bare = re.findall(r"(?<!\]\()\bhttps?://\S+", self.text)
        return targets + bare

    def option(self, label: str) -> str:
        """Give the value of the option with a label."""
        return next(str(option["value"]) for option in self.options if option["label"] == label)


@dataclass
class World:
    """A bot, a server, and people in it: mia asks, leo looks on, theo may manage messages."""

    env: simcord.Env
    catalog: Catalog
    channel: simcord.ChannelHandle
    mia: simcord.MemberActor
    leo: simcord.MemberActor
    theo: simcord.MemberActor
    #: Errors that are not polite refusals are expected in the test.
    breaks: bool = False

    @property
    def bot(self) -> Matchbook:
        """The bot that runs now."""
        assert isinstance(self.env.bot, Matchbook)
        return self.env.bot

    @property
    def me(self) -> str:
        """What mentions the bot."""
        assert self.bot.user is not None
        return self.bot.user.mention

    async def slash(self, command: str, **options: str | bool) -> Shown:
        """Let mia use a command and give the answer."""
        result = await self.mia.slash(self.channel, command, **options)
        return Shown(self.env, result.response)

    async def say(self, text: str) -> Shown:
        """Let mia say something and give what stands last in the channel then."""
        said = await self.mia.send(self.channel, text)
        answer = self.channel.last_message
        assert answer is not None
        assert answer.id != said.id, "the bot said nothing"
        return Shown(self.env, answer)

    async def dm(self, text: str) -> Shown:
        """Let mia send the bot a direct message and give what stands last there then."""
        await self.mia.send_dm(text)
        return Shown(self.env, self.mia.user.dm_channel.last_message)

    def answered(self, result: simcord.InteractionResult) -> Shown:
        """Give the new message that a press led to."""
        return Shown(self.env, result.followups[0] if result.followups else result.response)

    async def press(
        self, shown: Shown, label: str, *, who: simcord.MemberActor | simcord.UserHandle | None = None
    ) -> simcord.InteractionResult:
        """Let somebody (mia) press a button by its label."""
        pressed: simcord.InteractionResult = await (who or self.mia).click(shown.message, label=label)
        return pressed

    async def pick(
        self, shown: Shown, label: str, *, who: simcord.MemberActor | None = None
    ) -> simcord.InteractionResult:
        """Let somebody (mia) pick an option of the menu by its label."""
        return await (who or self.mia).select(shown.message, [shown.option(label)])

    async def forge(
        self, shown: Shown, label: str, custom_id: str, *, who: simcord.MemberActor | None = None
    ) -> simcord.InteractionResult:
        """Let somebody (mia) send back another custom_id than the bot gave a button."""
        shown.buttons[label].update(custom_id=custom_id, disabled=False)
        return await (who or self.mia).click(shown.message, custom_id=custom_id)

    def new_bot(self) -> Matchbook:
        """Make another bot on the same catalog."""
        return Matchbook(self.catalog, follow=timedelta(days=1), shard_count=1)

    async def restart(self) -> None:
        """End the bot and start another in its place, which remembers nothing."""
        await self.env.restart_bot(self.new_bot())

    async def put(self, *tools: Tool, guild: simcord.GuildHandle | None = None) -> None:
        """Write tools (a guild's copies) to the database, as another process would, and let the bot learn of it."""
        assert self.catalog._storage is not None
        scope = Scope(guild_id=guild.id if guild else None)
        async with self.catalog._storage.writing(Author(name="test", reason="test"), scope=scope) as writer:
            for tool in tools:
                await writer.put(tool)
        await self.catalog.catch_up()

    async def remove(self, slug: str) -> None:
        """Take a tool out of the database, as another process would, and let the bot learn of it."""
        assert self.catalog._storage is not None
        async with self.catalog._storage.writing(Author(name="test", reason="test")) as writer:
            await writer.remove(slug)
        await self.catalog.catch_up()

    @property
    def sent(self) -> list[dict[str, Any]]:
        """The body of every message that the bot sent or edited."""
        bodies = [
            request.json
            for request in self.env.http_requests
            if request.method in {"POST", "PATCH"} and request.json
        ]
        messages = [body.get("data") if "type" in body and "data" in body else body for body in bodies]
        return [message for message in messages if message and "embeds" in message]

    def fault(self, error: BaseException) -> bool:
        """Say whether an error is more than a polite no."""
        cause = (
            error.__cause__ if isinstance(error, app_commands.AppCommandError) and error.__cause__ else error
        )
        return not isinstance(cause, Refusal | CatalogError)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file without content in the newest form, to copy where nothing is asked of how it came about."""
    file = tmp_path_factory.mktemp("blank") / "matchbook.db"

    async def make() -> None:
        async with Database.open(f"sqlite:///{file}"):
            pass

    asyncio.run(make())
    return file


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Snapshot]:
    """A database file with the starter catalog and two comparison pages, and the index of what it holds."""
    file = tmp_path_factory.mktemp("prepared") / "matchbook.db"

    async def prepare() -> Snapshot:
        async with Catalog.open(f"sqlite:///{file}") as catalog:
            incoming = [one for page in PAGES for one in read_file(page).tools]
            await catalog.take_in(incoming, Author(name="test", reason="pages"))
            await catalog.warm()
            return catalog._snapshot

    return file, asyncio.run(prepare())


@pytest.fixture
def running(
    prepared: tuple[Path, Snapshot], tmp_path: Path
) -> Callable[[], AbstractAsyncContextManager[World]]:
    """Start a bot on a copy of the prepared database, for as long as an `async with` block runs."""
    file, snapshot = prepared

    @asynccontextmanager
    async def run() -> AsyncIterator[World]:
        copy = tmp_path / "matchbook.db"
        shutil.copy(file, copy)
        async with AsyncExitStack() as stack:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("catalog.storage.store.read", _read_once)
                catalog = await stack.enter_async_context(Catalog.open(f"sqlite:///{copy}"))
            # What it would compute from the same file; it takes longer than most tests.
            catalog._swap(snapshot)
            bot = Matchbook(catalog, follow=timedelta(days=1), shard_count=1)
            # Only what hangs takes so long, also where other programs take most of the processors.
            env = simcord.Env(bot, check_errors=False, settle_timeout=30)
            # Not simcord.run: it ties its clock to the task that begins it, and a fixture ends in another.
            await env.start()
            try:
                guild = env.create_guild("AI corner")
                channel = guild.create_text_channel("tools")
                role = guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
                mia, leo = (guild.add_member(env.create_user(name)) for name in ("mia", "leo"))
                theo = guild.add_member(env.create_user("theo"), roles=[role])
                await env.settle()
                yield World(env, catalog, channel, mia, leo, theo)
            finally:
                await env.shutdown()

    return run


@pytest_asyncio.fixture
async def world(running: Callable[[], AbstractAsyncContextManager[World]]) -> AsyncIterator[World]:
    """A running bot; in the end, that nothing it sent could call anyone and nothing broke unnoticed."""
    async with running() as world:
        yield world
        for body in world.sent:
            allowed = body["allowed_mentions"]
            assert allowed["parse"] == []
            assert not any(allowed.get(whom) for whom in ("users", "roles", "replied_user")), body
        if not world.breaks:
            assert not [error for error in world.env.errors if world.fault(error)]
