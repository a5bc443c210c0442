"""Where a button leads: the whole state of a message, written so that it fits in a custom_id.

A message remembers nothing in the process. Its buttons and menu options carry addresses; whoever presses one
sends the address back, and the screen is drawn anew from the catalog. So everything works after a restart.

``"c:9fUb0Zc2rq4K.x1m…:3:2n8c5k"`` reads: the comparison screen, two tools by key, page 3, asked by a user. Weights
that were asked for stand at the end, two digits a component.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.limits import CUSTOM_ID
from catalog.weights import COMPONENTS, Weights


class Screen(StrEnum):
    """What a message can show. The values are letters because a custom_id is short."""

    COMPARISON = "c"
    RANKS = "r"
    CAPABILITIES = "p"
    ALTERNATIVES = "a"
    TOOL = "t"
    HISTORY = "h"


#: One address, as a regular expression with named groups.
PATTERN: Final = (
    r"(?P<screen>[crpath]):(?P<keys>[\w-]{12}(?:\.[\w-]{12}){0,3}):(?P<page>\d{1,4}):(?P<asker>[0-9a-z]{1,13})"
    r"(?::(?P<weights>[0-9a-z]{10}))?"
)
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def _weights(digits: str | None) -> Weights | None:
    """Read weights back; ValueError for shares that count nothing."""
    shares = [int(digits[place : place + 2], 36) for place in range(0, len(digits), 2)] if digits else []
    if digits and not any(shares):
        raise ValueError(f"nothing counts in {digits!r}")
    return Weights.of(dict(zip(COMPONENTS, shares, strict=True))) if shares else None


@dataclass(frozen=True, slots=True)
class Address:
    """A screen, the tools on it (by `Tool.key`), its page (from 0), the id of the user who asked, and weights."""

    screen: Screen
    keys: tuple[str, ...]
    asker: int
    page: int = 0
    weights: Weights | None = None

    def __str__(self) -> str:
        text = f"{self.screen}:{'.'.join(self.keys)}:{self.page}:{_base36(self.asker)}"
        if self.weights:
            text += ":" + "".join(_base36(share).rjust(2, "0") for share in self.weights.percent())
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
            weights=_weights(match["weights"]),
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
