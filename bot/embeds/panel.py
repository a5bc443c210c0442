"""An embed that can't break Discord's limits, however long or strange the text that goes into it."""

from __future__ import annotations

from typing import Self

import discord

from bot import limits
from bot.limits import clip


class Panel:
    """Builds one embed and keeps count of Discord's budget while doing so.

    Parts are taken in order of importance: what comes first gets the room. A text that doesn't fit is cut at a
    word border with an ellipsis; a field for which no room is left is not added, and the footer says how many
    were left out. Titles, texts and fields are Markdown (escape what isn't ours), a footer is plain text.

    Example:
        >>> Panel("Ranks", discord.Colour(0), footer="2026").text("Both are close.").embed().footer.text
        '2026'
    """

    def __init__(self, title: str, colour: discord.Colour, *, footer: str = "") -> None:
        self._embed = discord.Embed(title=clip(title, limits.EMBED_TITLE), colour=colour)
        # The footer's room is set aside first: sources must not be what falls off the end.
        self._footer = clip(footer, limits.EMBED_FOOTER // 2)
        self._left_out = 0

    @property
    def room(self) -> int:
        """How many characters are left for texts and fields."""
        return limits.EMBED_TOTAL - len(self._embed) - len(self._footer) - _LEFT_OUT_ROOM

    def text(self, text: str) -> Self:
        """Set the main text."""
        self._embed.description = _unfenced(clip(text, min(limits.EMBED_DESCRIPTION, self.room)))
        return self

    def field(self, name: str, value: str, *, inline: bool = False) -> Self:
        """Add a field, cut to size; skipped when the embed is full."""
        name = clip(name, limits.EMBED_FIELD_NAME)
        room = min(limits.EMBED_FIELD_VALUE, self.room - len(name))
        full = len(self._embed.fields) == limits.EMBED_FIELDS or room < min(len(value), _SMALLEST_FIELD)
        if value and full:
            self._left_out += 1
        elif value:
            self._embed.add_field(name=name, value=_unfenced(clip(value, room)), inline=inline)
        return self

    def embed(self) -> discord.Embed:
        """Give the embed."""
        notes = [self._footer, f"{self._left_out} more not shown" if self._left_out else ""]
        footer = " · ".join(note for note in notes if note)
        if footer:
            self._embed.set_footer(text=footer)
        return self._embed


def _unfenced(text: str) -> str:
    """Leave out a code block whose end was cut off: what stands in one is not escaped."""
    if text.count(_FENCE) % 2 == 0:
        return text
    return text[: text.rfind(_FENCE)].rstrip() + limits.ELLIPSIS


_FENCE = "```"
_LEFT_OUT_ROOM = len(" · 25 more not shown")
_SMALLEST_FIELD = 40
