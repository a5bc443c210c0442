"""How long a whole command takes, from the interaction to the reply, beside a bot that only answers "pong"."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord
from discord.ext import commands

from bot.demo import world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
    from contextlib import AbstractAsyncContextManager

#: How often a command is timed; each leaves a message behind, as in a busy channel.
ROUNDS = 60
#: Start to ready, in seconds: nobody should wait longer for the demo.
READY = 3.0


class Pong(commands.AutoShardedBot):
    """A bot with one command and nothing behind it, on the same library as ours."""

    def __init__(self) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=1,
        )

    async def setup_hook(self) -> None:
        """Register the one command."""

        @self.tree.command(description="Answer")
        async def ping(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message("pong")

        await self.tree.sync()


@dataclass
class Room:
    """A channel in a simulated Discord, with somebody in it who asks; `run` drives its event loop."""

    run: Callable[[Coroutine[Any, Any, Any]], Any]
    channel: Any
    asker: Any

    def slash(self, name: str, /, **options: object) -> Callable[[], Any]:
        """Prepare a command to be sent."""
        return lambda: self.run(self.asker.slash(self.channel, name, **options))


async def _furnished(env: simcord.Env) -> tuple[Any, Any]:
    guild = env.create_guild("AI corner")
    channel = guild.create_text_channel("tools")
    asker = guild.add_member(env.create_user("mia"))
    await env.settle()
    return channel, asker


@contextmanager
def running(opening: AbstractAsyncContextManager[simcord.Env]) -> Iterator[Room]:
    """Keep a bot running; it is opened and closed in one task, because the simulator's clock belongs to a task."""
    with asyncio.Runner() as runner:
        opened: asyncio.Future[tuple[Any, Any]] = runner.get_loop().create_future()
        closing = asyncio.Event()

        async def live() -> None:
            async with opening as env:
                opened.set_result(await _furnished(env))
                await closing.wait()

        async def start() -> asyncio.Task[None]:
            task = asyncio.create_task(live())
            first: set[asyncio.Future[Any]] = {task, opened}
            await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            return task

        async def stop(task: asyncio.Task[None]) -> None:
            closing.set()
            await task

        task = runner.run(start())
        yield Room(runner.run, *opened.result())
        runner.run(stop(task))


@asynccontextmanager
async def _matchbook() -> AsyncIterator[simcord.Env]:
    async with world() as (env, _):
        yield env


@pytest.fixture(scope="module", autouse=True)
def _no_idling() -> Iterator[None]:
    """Keep the simulator from resting 50 ms after a reply when a finished task still has a callback to run."""
    with pytest.MonkeyPatch.context() as patch:
        how = simcord.Env._settle_internal.__kwdefaults__
        assert how
        patch.setitem(how, "idle", 0.0002)
        yield


@pytest.fixture(scope="module")
def ours() -> Iterator[Room]:
    """Matchbook with the starter catalog, as in the demo."""
    with running(_matchbook()) as room:
        yield room


@pytest.fixture(scope="module")
def pong() -> Iterator[Room]:
    """The bot that only answers "pong"."""
    with running(simcord.run(Pong())) as room:
        yield room


@pytest.fixture
def timed(benchmark: Any, pong: Room) -> Callable[[Callable[[], Any]], Any]:  # noqa: ANN401 (`pedantic` has no types)
    """Time a command, and say how many pongs it takes; both are measured in turns, so that both see the same load."""

    def measure(work: Callable[[], Any]) -> Any:  # noqa: ANN401 (whatever the command gives)
        ping = pong.slash("ping")
        pongs: list[float] = []

        def between() -> None:
            started = perf_counter()
            ping()
            pongs.append(perf_counter() - started)

        result = benchmark.pedantic(work, setup=between, rounds=ROUNDS, warmup_rounds=5)
        benchmark.extra_info["pong_seconds"] = median(pongs)
        benchmark.extra_info["pongs"] = benchmark.stats.stats.median / median(pongs)
        return result

    return measure


def test_pong(benchmark: Any, pong: Room) -> None:  # noqa: ANN401 (`pedantic` has no types)
    """The least that a command can take in this Discord."""
    answer = benchmark.pedantic(pong.slash("ping"), rounds=ROUNDS, warmup_rounds=5)
    assert answer.response.content == "pong"


@pytest.mark.parametrize(
    ("command", "options", "shows"),
    [
        pytest.param(
            "compare",
            {"first": "mistrl small", "second": "sd"},
            "Mistral Small 4 vs Stable-Diffusion",
            id="compare",
        ),
        pytest.param("tool", {"name": "vllm"}, "vLLM", id="tool"),
        pytest.param("rank", {"name": "vllm"}, "vLLM", id="rank"),
        pytest.param("alternatives", {"name": "midjourney"}, "Midjourney", id="alternatives"),
        pytest.param("about", {}, "Matchbook", id="about"),
    ],
)
def test_command(
    timed: Callable[[Callable[[], Any]], Any], ours: Room, command: str, options: dict[str, str], shows: str
) -> None:
    """A whole command: the interaction, the names, the answer, the embed with its buttons, the reply."""
    answer = timed(ours.slash(command, **options))
    assert shows in answer.response.embeds[0].title


def test_autocomplete(timed: Callable[[Callable[[], Any]], Any], ours: Room) -> None:
    """What is offered while a name is being typed."""
    choices = timed(lambda: ours.run(ours.asker.autocomplete(ours.channel, "compare", "first", "mistrl")))
    assert choices[0]["name"].startswith("Mistral")


def test_button(timed: Callable[[Callable[[], Any]], Any], ours: Room) -> None:
    """A press on a button of an answer."""
    shown = ours.slash("rank", name="vllm")().response
    # The button of the screen that is shown can't be pressed.
    labels = cycle(["Capabilities", "Ranks"])
    pressed = timed(lambda: ours.run(ours.asker.click(shown, label=next(labels))))
    assert pressed.acknowledged


def test_start_to_ready(benchmark: Any) -> None:  # noqa: ANN401 (`pedantic` has no types)
    """From nothing to a bot that is ready: a new database, the starter catalog, two pages, all commands sent."""

    async def start() -> bool:
        async with world() as (_, bot):
            return bot.is_ready() and len(bot.catalog) > 60

    assert benchmark.pedantic(lambda: asyncio.run(start()), rounds=3)
    assert benchmark.stats.stats.min < READY
