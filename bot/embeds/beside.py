"""Two embeds of one message: Discord's limit on their text is for both together."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from bot.limits import EMBED_FOOTER, EMBED_TOTAL, clip

if TYPE_CHECKING:
    import discord


def beside(first: discord.Embed, second: discord.Embed | None) -> list[discord.Embed]:
    """Give the embeds of one message: the first as it is, the second without what has no room beside it.

    The second one's last fields go first, then the end of its text; it says so in its footer. Where not even its
    title has room, it is left out.
    """
    if second is None:
        return [first]
    room = EMBED_TOTAL - len(first)
    card = deepcopy(second)  # Embed.copy shares the fields
    dropped = 0
    while card.fields and len(card) > room:
        dropped += 1
        card.remove_field(len(card.fields) - 1)
        note = f"{dropped} more not shown here"
        footer = second.footer.text
        card.set_footer(text=clip(f"{footer} · {note}" if footer else note, EMBED_FOOTER))
    if len(card) > room:
        text = card.description or ""
        card.description = clip(text, max(room - len(card) + len(text), 1))
    return [first, card] if len(card) <= room else [first]
