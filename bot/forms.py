"""Where a form that somebody sent belongs, by its custom_id, before and after a restart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bot import replies
from bot.views.form import typed_in

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook

_DRAFT: Final = re.compile(r"draft:(?P<key>[\w-]{16})")
_DISPUTE: Final = re.compile(r"dispute:(?P<key>[\w-]{16})")
_NOTE: Final = re.compile(r"note:(?P<act>reject|ask|answer):(?P<number>\d{1,15})")


async def take(interaction: discord.Interaction[Matchbook]) -> None:
    """Hand what was typed to what the form is about; a form of another kind is somebody else's."""
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    bot, typed = interaction.client, typed_in(interaction)
    try:
        if match := _DRAFT.fullmatch(custom_id):
            await bot.drafting.submitted(interaction, match["key"], typed)
        elif match := _DISPUTE.fullmatch(custom_id):
            await bot.suggesting.disputed(interaction, match["key"], typed)
        elif match := _NOTE.fullmatch(custom_id):
            await bot.reviews.answered(interaction, match["act"], int(match["number"]), typed)
    except Exception as error:  # noqa: BLE001 (the last stop; the person must hear of it)
        await replies.fail(interaction, error)
