"""Questions in plain chat: "X vs Y", "alternatives to X", "what is X", where the bot is mentioned or in a DM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord  # noqa: TC002 (discord.py reads the listener's annotations)
from discord.ext import commands

from bot.address import Screen
from bot.embeds import about
from bot.replies import Reply, explain, respond
from catalog.questions import QuestionKind

if TYPE_CHECKING:
    from bot.client import Matchbook

_SCREENS: Final = {
    QuestionKind.COMPARE: Screen.COMPARISON,
    QuestionKind.ALTERNATIVES: Screen.ALTERNATIVES,
    QuestionKind.TOOL: Screen.TOOL,
}


class Chat(commands.Cog):
    """Reading messages that are meant for the bot."""

    def __init__(self, bot: Matchbook) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message in which the bot is named, or any direct message from a person."""
        if message.author.bot or message.is_system() or not self._is_meant(message):
            return
        try:
            reply = await self._answer(message)
        except Exception as error:  # noqa: BLE001 (a listener's last stop; the person must hear of it)
            reply = explain(error)
        await respond(self.bot, message, reply)

    def _is_meant(self, message: discord.Message) -> bool:
        # A reply to the bot names it too, in `mentions` but not in the text; that isn't a question to it.
        return message.guild is None or any(mention in message.content for mention in self._mentions())

    def _text(self, message: discord.Message) -> str:
        text = message.content
        for mention in self._mentions():
            text = text.replace(mention, " ")
        return text.strip()

    def _mentions(self) -> tuple[str, str]:
        me = self.bot.user
        return (f"<@{me.id}>", f"<@!{me.id}>") if me else ("", "")

    async def _answer(self, message: discord.Message) -> Reply:
        guild_id = message.guild.id if message.guild else None
        view = self.bot.catalog.view(guild_id)
        question = view.understand(self._text(message))
        if question is None:
            return Reply(about.short_help())
        asked = [view.resolve(name) for name in question.names]
        return await self.bot.answer(_SCREENS[question.kind], asked, message.author.id, guild_id)


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(Chat(bot))
