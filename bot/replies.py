"""How the bot speaks: one way to answer, one way to say that something went wrong."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import discord
from discord import app_commands

from bot.charts.renderer import AT_ONCE
from bot.embeds import problem
from bot.embeds.beside import beside
from catalog.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.charts.picture import Picture
    from bot.client import Matchbook

log = logging.getLogger(__name__)

#: Nothing that the bot says calls anyone, whatever the text holds.
SILENT: Final = discord.AllowedMentions.none()


class Refusal(Exception):  # noqa: N818 (it is a polite no, not a fault)
    """Something that a person may not do or that makes no sense; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message will hold: an embed, the buttons and menus under it, perhaps a picture or a second embed."""

    embed: discord.Embed
    view: discord.ui.View | None = None
    picture: Picture | None = None
    card: discord.Embed | None = None

    @property
    def embeds(self) -> list[discord.Embed]:
        """The embeds; of the second one as much as fits into the message."""
        return [self.embed] if self.card is None else beside(self.embed, self.card)

    def parts(self) -> dict[str, Any]:
        """Give the keyword arguments of a new message without its picture."""
        return {"embed": self.embed, "allowed_mentions": SILENT} | ({"view": self.view} if self.view else {})

    def shown(self, png: bytes | None) -> tuple[discord.Embed, list[discord.File]]:
        """Give the embed and the files of the message with its picture, if there is one."""
        if self.picture is None or png is None:
            return self.embed, []
        name = self.picture.filename
        file = discord.File(BytesIO(png), name, description=self.picture.alt)
        return self.embed.copy().set_image(url=f"attachment://{name}"), [file]


async def send(interaction: discord.Interaction[Matchbook], reply: Reply, *, private: bool = False) -> None:
    """Answer an interaction with a new message; `private` shows it to who asked alone."""
    embed, files = reply.shown(await _at_once(interaction.client, reply))
    sent = await interaction.response.send_message(
        **reply.parts() | {"embed": embed}, files=files, ephemeral=private
    )
    if not files and sent.message_id:
        await _later(interaction.client, reply, sent.message_id, interaction.edit_original_response)


async def turn(interaction: discord.Interaction[Matchbook], reply: Reply) -> None:
    """Answer a press by redrawing the message it was made on."""
    message_id = interaction.message.id if interaction.message else 0
    # Whatever was to be added to what the message showed before comes too late from now on.
    interaction.client.latest.note(message_id)
    embed, files = reply.shown(await _at_once(interaction.client, reply))
    await interaction.response.edit_message(
        embed=embed, view=reply.view, allowed_mentions=SILENT, attachments=files
    )
    if not files:
        await _later(interaction.client, reply, message_id, interaction.edit_original_response)


async def acknowledge(interaction: discord.Interaction[Matchbook]) -> None:
    """Tell Discord that the answer takes a moment: privately, or in place of the private message that was pressed."""
    if interaction.response.is_done():
        return
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def amend(
    interaction: discord.Interaction[Matchbook], reply: Reply, *, file: discord.File | None = None
) -> None:
    """Give the answer to an acknowledged interaction."""
    await interaction.edit_original_response(
        embeds=reply.embeds,
        view=reply.view,
        attachments=[file] if file else [],
        allowed_mentions=SILENT,
    )


async def _at_once(bot: Matchbook, reply: Reply) -> bytes | None:
    """Draw a reply's picture if that takes no longer than people notice; else its text goes first."""
    return await bot.pictures.render(reply.picture, within=AT_ONCE) if reply.picture else None


async def _later(bot: Matchbook, reply: Reply, message_id: int, edit: Callable[..., Awaitable[Any]]) -> None:
    """Put the picture into a message that was sent without it; without one it says all the same."""
    ticket = bot.latest.note(message_id)
    png = await bot.pictures.render(reply.picture) if reply.picture else None
    if png and bot.latest.holds(message_id, ticket):
        embed, files = reply.shown(png)
        try:
            await edit(embed=embed, attachments=files, allowed_mentions=SILENT)
        except (discord.HTTPException, aiohttp.ClientError, OSError):
            log.info("could not add a picture to a message", exc_info=True)


async def respond(bot: Matchbook, message: discord.Message, reply: Reply) -> None:
    """Answer a chat message under it, without calling its author."""
    try:
        embed, files = reply.shown(await _at_once(bot, reply))
        sent = await message.reply(**reply.parts() | {"embed": embed}, files=files, mention_author=False)
        if not files:
            await _later(bot, reply, sent.id, sent.edit)
    except discord.Forbidden:
        # Somebody named the bot where it may read but not write; there is nowhere to say so.
        log.info("no permission to answer in channel %s", message.channel.id)
    except discord.HTTPException:
        log.warning("could not answer message %s", message.id, exc_info=True)


def explain(error: BaseException) -> Reply:
    """Word an error for the person who met it.

    What they can mend is said as it is. Anything else is ours: it is logged with an id, and they are shown the
    id, so that whoever runs the bot can find it.
    """
    cause = error.__cause__ if isinstance(error, app_commands.AppCommandError) and error.__cause__ else error
    match cause:
        case Refusal() | CatalogError():
            return Reply(problem.refusal(str(cause)))
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return Reply(problem.refusal("That command has changed. Reload Discord (Ctrl+R) and try again."))
        case app_commands.CheckFailure():
            return Reply(problem.refusal("You may not use this here. Ask a moderator of this server."))
        case _:
            incident = secrets.token_hex(4)
            log.error("incident %s", incident, exc_info=cause)
            return Reply(problem.fault(incident))


async def fail(interaction: discord.Interaction[Matchbook], error: BaseException) -> None:
    """Tell the person, and only them, what went wrong."""
    reply = explain(error)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(**reply.parts(), ephemeral=True)
        else:
            await send(interaction, reply, private=True)
    except discord.HTTPException:
        log.warning("could not tell interaction %s what went wrong", interaction.id, exc_info=True)
