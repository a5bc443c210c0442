"""One look for all pictures: a dark card that stands on a dark and on a light Discord alike.

Sizes are pixels of the picture, which a phone shows at half its width: the smallest letters, 22, are 11 there.
Text meets WCAG AA on the card (4.5:1), lines and bars 3:1. The colours of tools are Okabe and Ito's, which
people of every colour vision tell apart; a letter stands beside each, so that none is told by colour alone.
"""

from __future__ import annotations

from typing import Final, TypeAlias

Colour: TypeAlias = tuple[int, int, int]

WIDTH: Final = 800
MARGIN: Final = 32

TITLE: Final = 30
BODY: Final = 26
SMALL: Final = 22

CARD: Final[Colour] = (27, 30, 38)
TRACK: Final[Colour] = (45, 50, 62)
RULE: Final[Colour] = (58, 64, 78)
INK: Final[Colour] = (243, 245, 249)
SOFT: Final[Colour] = (178, 186, 200)
#: What is not known: no tool's colour.
UNKNOWN: Final[Colour] = (122, 131, 148)
#: Letters on a tool's colour.
ON_COLOUR: Final[Colour] = (16, 18, 24)
#: How much of a tool's colour is left where a hatch darkens its bar, and in the span of a history.
HATCHED: Final = 0.35
SPAN: Final = 0.3

LETTERS: Final = "ABCD"
#: Sky blue, orange, bluish green and reddish purple; the third a shade lighter than theirs, for the dark card.
TOOLS: Final[tuple[Colour, ...]] = ((86, 180, 233), (230, 159, 0), (0, 178, 132), (224, 140, 184))


#: Below this share of full light a channel is linear in sRGB.
_LINEAR: Final = 0.04045


def mixed(colour: Colour, share: float, other: Colour = CARD) -> Colour:
    """Mix a colour with another one.

    >>> mixed((100, 200, 0), 0.5, (0, 0, 0))
    (50, 100, 0)
    """
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(colour, other, strict=True))
    return red, green, blue


#: Every other row of a table.
STRIPE: Final = mixed(TRACK, 0.45)


def palette() -> list[Colour]:
    """List at most 256 colours: those of the theme, and between those that meet, the ones that smooth an edge."""
    inks = (INK, SOFT, UNKNOWN, RULE, *TOOLS)
    meeting = [
        *((CARD, ink) for ink in inks),
        *((TRACK, ink) for ink in (INK, UNKNOWN, *TOOLS)),
        *((STRIPE, ink) for ink in (INK, UNKNOWN, *TOOLS)),
        *((tool, mark) for tool in TOOLS for mark in (ON_COLOUR, INK, mixed(tool, HATCHED))),
        *((mixed(TOOLS[0], SPAN), mark) for mark in (CARD, TOOLS[0], TOOLS[1])),
    ]
    steps = 6
    found = [mixed(over, n / steps, under) for under, over in meeting for n in range(steps + 1)]
    return list(dict.fromkeys(found))[:256]


def contrast(first: Colour, second: Colour) -> float:
    """Give the contrast of two colours as WCAG 2 defines it, 1 to 21.

    >>> round(contrast((0, 0, 0), (255, 255, 255)))
    21
    """
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
