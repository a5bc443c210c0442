"""The demo: the real bot in a simulated Discord, served to a browser. No token, nothing leaves the machine."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import tempfile
import webbrowser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import discord

from bot.client import Matchbook
from bot.embeds import about
from bot.stopping import until_stopped
from catalog.errors import CatalogError
from catalog.importers import read_file
from catalog.moderation import Moderation
from catalog.revision import Author
from catalog.service import Catalog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from types import ModuleType

    import simcord

#: Two comparison pages as another site shows them; the demo imports them as an operator would.
PAGES: Final = tuple(sorted((Path(__file__).parent / "pages").glob("*.txt")))
#: Nobody else writes to the demo's database.
_FOLLOW: Final = timedelta(days=365)


class DemoUnavailableError(CatalogError):
    """The parts that the demo needs are not installed; the message says how to get them."""


@contextlib.asynccontextmanager
async def world(pages: Sequence[Path] = PAGES) -> AsyncIterator[tuple[simcord.Env, Matchbook]]:
    """Run the bot in a simulated Discord, on a database of its own with the starter catalog and some pages."""
    simulator = _simulator()
    with tempfile.TemporaryDirectory(prefix="matchbook-demo-") as folder:
        async with Catalog.open(f"sqlite:///{folder}/demo.db") as catalog:
            incoming = [one for page in pages for one in read_file(page).tools]
            await catalog.take_in(incoming, Author(name="demo", reason="comparison pages"))
            bot = Matchbook(catalog, follow=_FOLLOW, shard_count=1)
            async with simulator.run(bot, check_errors=False) as env:
                yield env, bot


async def serve(
    *,
    port: int = 0,
    open_browser: bool = True,
    pages: Sequence[Path] = PAGES,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the demo until Ctrl-C, SIGTERM or the page's own end button; the address is the first line said."""
    async with world(pages) as (env, bot):
        guild = env.create_guild("AI corner")
        channel = guild.create_text_channel("tools")
        role = guild.create_role(
            "Moderators", permissions=discord.Permissions(manage_messages=True, manage_guild=True)
        )
        member = guild.add_member(env.create_user("mia"))
        moderator = guild.add_member(env.create_user("theo"), roles=[role])
        await env.settle()
        await env.advance_time((datetime.now(UTC) - env.now()).total_seconds())
        assert bot.user is not None  # noqa: S101 (logged in above)
        await bot.user.edit(username="Matchbook")
        # The page shows one channel; a real server has others for these.
        rules = Moderation(review_channel=channel.id, log_channel=channel.id)
        await bot.catalog.preferences.moderate(guild.id, rules)
        room = bot.get_channel(channel.id)
        assert isinstance(room, discord.TextChannel)  # noqa: S101 (created above)
        await room.send(embed=about.welcome(bot.catalog, bot.user.mention))
        async with env.preview(channel, viewers=[member, moderator], layout="channel", port=port) as preview:
            say(preview.url)
            say(
                f"{len(bot.catalog)} tools. Type / in the page to see the commands; Ctrl-C here ends the demo."
            )
            if open_browser and _has_screen():
                webbrowser.open(preview.url)
            await until_stopped(preview.wait_closed())


def _has_screen() -> bool:
    """Whether a browser would open in a window; on a bare terminal one might take over the terminal instead."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"})


def _simulator() -> ModuleType:
    try:
        return importlib.import_module("simcord")
    except ModuleNotFoundError:
        raise DemoUnavailableError(
            "The demo needs its extra: run `make demo` in a clone, or `pip install 'matchbook[demo]'`."
        ) from None
