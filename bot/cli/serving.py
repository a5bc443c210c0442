"""Running the bot: on Discord, or as a demo in a browser."""

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import AsJson, database, files_in, no_files, read_all, settings
from bot.cli.voice import ExitCode, Failure, print_json, print_line, say
from bot.stopping import until_stopped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(run)
    app.command()(demo)


def run(context: typer.Context, *, json_output: AsJson = False) -> None:
    """Run the bot on Discord until it is stopped.

    Needs DISCORD_TOKEN in the environment or in a .env file.
    """
    no_files(context)
    chosen = settings()
    token = chosen.discord_token.get_secret_value().strip() if chosen.discord_token else ""
    if not token:
        raise Failure(
            "no DISCORD_TOKEN: copy the bot's token from https://discord.com/developers/applications (Bot, Reset "
            "Token), then set it in the environment or in a .env file. `matchbook demo` needs none",
            ExitCode.BAD_ARGUMENT,
        )
    asyncio.run(_run(chosen, database(chosen), token, json_output=json_output))


async def _run(chosen: "Settings", url: str, token: str, *, json_output: bool) -> None:
    # Late, because the commands that never meet Discord shouldn't wait for its library.
    import aiohttp
    import discord

    from bot import health, logs
    from bot.client import Matchbook
    from catalog.refreshing import Refresher
    from catalog.service import Catalog
    from catalog.sources.fetching import Fetcher
    from catalog.sources.sources import SOURCES

    logs.set_up(chosen.log_level)
    async with contextlib.AsyncExitStack() as stack:
        catalog = await stack.enter_async_context(Catalog.open(url))
        refresher = None
        if chosen.refresh:
            fetcher = Fetcher(tokens=chosen.tokens, contact=chosen.refresh_contact)
            refresher = Refresher(catalog, await stack.enter_async_context(fetcher), SOURCES)
        bot = Matchbook(
            catalog,
            follow=timedelta(seconds=chosen.follow_seconds),
            curators=chosen.curators,
            curators_channel=chosen.curators_channel,
            refresher=refresher,
        )
        await stack.enter_async_context(bot)
        port = None
        if chosen.health_port is not None:
            try:
                port = await stack.enter_async_context(
                    health.serve(bot, chosen.health_host, chosen.health_port)
                )
            except OSError as error:
                raise Failure(f"the health endpoint can't listen: {error.strerror}") from None
        if json_output:
            print_json({"tools": len(catalog), "health_port": port}, one_line=True)
        try:
            await until_stopped(bot.start(token))
        except discord.LoginFailure:
            raise Failure(
                "Discord refused DISCORD_TOKEN; copy it again from https://discord.com/developers/applications"
            ) from None
        except (aiohttp.ClientError, OSError):
            raise Failure("Discord can't be reached; check the network, then start again") from None
        except (discord.HTTPException, discord.GatewayNotFound, discord.ClientException) as error:
            raise Failure(f"Discord ended the connection: {error}") from None


def demo(
    context: typer.Context,
    pages: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PAGES", help="Files to import instead of the two pages that come with it."),
    ] = None,
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open a browser.")] = False,
    json_output: AsJson = False,
) -> None:
    """Try the bot in a browser, without a token.

    It is the real bot in a simulated Discord, on a database of its own. Ctrl-C ends it.
    """
    no_files(context)
    # Late, because the commands that never meet Discord shouldn't wait for its library.
    from bot import logs
    from bot.demo import PAGES, serve

    chosen = settings()
    # Who tries the demo wants its address; the log is for who asks for it.
    logs.set_up(chosen.log_level if "log_level" in chosen.model_fields_set else "ERROR")
    shown: Sequence[Path] = files_in(pages) if pages else PAGES
    for _, reading in read_all(shown):
        for one in reading.rejected:
            say(f"rejected: {one.where}: {one.reason}")
    try:
        asyncio.run(
            serve(port=port, open_browser=not no_open, pages=shown, say=Announcer(as_json=json_output))
        )
    except OSError as error:
        raise Failure(f"the demo can't listen on port {port}: {error.strerror}") from None


class Announcer:
    """Says the demo's address on the first line of stdout, and what follows where it is in nobody's way."""

    def __init__(self, *, as_json: bool) -> None:
        """Choose whether a script reads stdout."""
        self._as_json = as_json
        self._said = False

    def __call__(self, line: str) -> None:
        """Say a line; the first one is the address."""
        if self._as_json and not self._said:
            print_json({"url": line}, one_line=True)
        elif self._as_json:
            say(line)
        else:
            print_line(line)
        self._said = True
