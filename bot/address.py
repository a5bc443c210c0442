"""Where a button leads: the whole state of a message, written so that it fits in a custom_id.

A message remembers nothing in the process. Its buttons and menu options carry addresses; whoever presses one
sends the address back, and the screen is drawn anew from the catalog. So everything works after a restart.

``"c:9fUb0Zc2rq4K.x1m…:3:2n8c5k"`` reads: the comparison screen, two tools by key, page 3, asked by a user.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.limits import CUSTOM_ID


class Screen(StrEnum):
    """What a message can show. The values are letters because a custom_id is short."""

    COMPARISON = "c"
    RANKS = "r"
    CAPABILITIES = "p"
    ALTERNATIVES = "a"
    TOOL = "t"


#: One address, as a regular expression with named groups.
PATTERN: Final = (
    r"(?P<screen>[crpat]):(?P<keys>[\w-]{12}(?:\.[\w-]{12}){0,3}):(?P<page>\d{1,4}):(?P<asker>[0-9a-z]{1,13})"
)
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


@dataclass(frozen=True, slots=True)
class Address:
    """A screen, the tools on it (by `Tool.key`), its page (from 0), and the id of the user who asked."""

    screen: Screen
    keys: tuple[str, ...]
    asker: int
    page: int = 0

    def __str__(self) -> str:
        text = f"{self.screen}:{'.'.join(self.keys)}:{self.page}:{_base36(self.asker)}"
        if len(text) > CUSTOM_ID:
            raise ValueError(f"an address of {len(text)} characters does not fit a custom_id: {text}")
        return text

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address back, without repeated keys; ValueError when it isn't one (custom_ids can be forged)."""
        match = re.fullmatch(PATTERN, text)
        if match is None:
            raise ValueError(f"not an address: {text!r}")
        return cls(
            Screen(match["screen"]),
            tuple(dict.fromkeys(match["keys"].split("."))),
            asker=int(match["asker"], 36),
            page=int(match["page"]),
        )

    def at(self, screen: Screen, page: int = 0) -> Address:
        """Lead the same tools and asker to another screen or page."""
        return replace(self, screen=screen, page=page)

    def for_asker(self, user_id: int) -> Address:
        """Hand the address to another person."""
        return replace(self, asker=user_id)

    def of(self, *keys: str) -> Address:
        """Lead to other tools on the same screen, from its first page."""
        return replace(self, keys=keys, page=0)
