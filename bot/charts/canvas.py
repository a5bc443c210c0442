"""What pictures are drawn on: shapes with smooth edges, text in any script, one PNG in the end."""

from __future__ import annotations

import io
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from PIL import Image, ImageDraw

from bot.charts import theme
from bot.charts.fonts import BOLD, REGULAR, fitted, load, measured

if TYPE_CHECKING:
    from bot.charts.theme import Colour

Side: TypeAlias = Literal["left", "middle", "right"]
Mark: TypeAlias = Literal["dot", "ring", "diamond", "triangle", "cross"]

#: Shapes are drawn this much larger and then reduced: Pillow's own have no smooth edges.
_FINER: Final = 4
#: Pixels between two lines of a hatch, and their width.
_HATCH: Final = 10
_STROKE: Final = 4
_RADIUS: Final = 5
BADGE: Final = 34


class Style(NamedTuple):
    """How a line of text looks."""

    size: int
    colour: Colour
    weight: int = REGULAR


NAME: Final = Style(theme.TITLE, theme.INK, BOLD)
STRONG: Final = Style(theme.BODY, theme.INK, BOLD)
PLAIN: Final = Style(theme.BODY, theme.INK)
QUIET: Final = Style(theme.SMALL, theme.SOFT)
_LETTER: Final = Style(theme.SMALL, theme.ON_COLOUR, BOLD)


class Canvas:
    """A card of the usual width. Sizes are pixels, y goes down, a line of text stands on its `y`."""

    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (theme.WIDTH, height), theme.CARD)
        self._pen = ImageDraw.Draw(self._image)

    def rect(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """Fill a rectangle with sharp corners; one without an area isn't drawn."""
        if round(right) > round(left) and round(bottom) > round(top):
            self._pen.rectangle((round(left), round(top), round(right) - 1, round(bottom) - 1), fill=colour)

    def bar(
        self, left: float, top: float, right: float, bottom: float, colour: Colour, *, hatched: bool = False
    ) -> None:
        """Fill a bar with slightly rounded corners, all of it or with diagonal lines."""
        box = (round(left), round(top), round(right), round(bottom))
        if box[2] > box[0] and box[3] > box[1]:
            # Lines are tied to the card, so that hatched bars that join have no seam.
            mask = _bar_mask(box[2] - box[0], box[3] - box[1], box[0] % _HATCH if hatched else None)
            self._image.paste(colour, box, mask)

    def mark(self, kind: Mark, x: float, y: float, radius: float, colour: Colour) -> None:
        """Draw a small sign around a point."""
        reach = round(radius)
        mask = _mark_mask(kind, reach)
        self._image.paste(colour, (round(x) - reach, round(y) - reach), mask)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        *,
        side: Side = "left",
        room: float | None = None,
    ) -> float:
        """Write a line whose left end, middle or right end is at `x`, cut to `room`; gives its width."""
        if room is not None:
            text = fitted(text, room, style.size, style.weight)
        line = measured(text, style.size, style.weight)
        wide = sum(long for _, long in line)
        at = x - {"left": 0.0, "middle": wide / 2, "right": wide}[side]
        for run, long in line:
            font = load(run.font, style.size, style.weight)
            self._pen.text((at, y), run.text, fill=style.colour, font=font, anchor="ls")
            at += long
        return wide

    def badge(self, x: float, middle: float, tool: int, size: float = BADGE) -> None:
        """Draw a tool's letter on its colour; `x` is the left edge, `middle` the height of its middle."""
        self.bar(x, middle - size / 2, x + size, middle + size / 2, theme.TOOLS[tool])
        self.text(
            x + size / 2,
            middle + theme.SMALL * 0.36,
            theme.LETTERS[tool],
            _LETTER,
            side="middle",
        )

    def png(self) -> bytes:
        """Give the picture as a file."""
        file = io.BytesIO()
        # A picture has few colours. One byte a pixel is a third of the file, and of the time to compress it.
        few = self._image.quantize(palette=_palette(), dither=Image.Dither.NONE)
        few.save(file, "PNG", compress_level=3)
        return file.getvalue()


@lru_cache(maxsize=256)
def _bar_mask(wide: int, tall: int, phase: int | None) -> Image.Image:
    across, down = wide * _FINER, tall * _FINER
    mask = Image.new("L", (across, down))
    pen = ImageDraw.Draw(mask)
    pen.rounded_rectangle(
        (0, 0, across - 1, down - 1), min(_RADIUS * _FINER, across // 2, down // 2), fill=255
    )
    if phase is not None:
        # The gaps are cleared; what stays are lines that lean right.
        gap = (_HATCH - _STROKE) * _FINER
        for x in range(-phase * _FINER - down - 2 * _HATCH * _FINER, across + down, _HATCH * _FINER):
            pen.polygon(((x, down), (x + down, 0), (x + down + gap, 0), (x + gap, down)), fill=0)
    return mask.reduce(_FINER)


@lru_cache(maxsize=64)
def _mark_mask(kind: Mark, reach: int) -> Image.Image:
    side, r = (2 * reach + 1) * _FINER, reach * _FINER
    mask = Image.new("L", (side, side))
    pen = ImageDraw.Draw(mask)
    match kind:
        case "dot":
            pen.ellipse((0, 0, 2 * r, 2 * r), fill=255)
        case "ring":
            pen.ellipse((0, 0, 2 * r, 2 * r), outline=255, width=3 * _FINER)
        case "diamond":
            pen.polygon(((r, 0), (2 * r, r), (r, 2 * r), (0, r)), fill=255)
        case "triangle":
            pen.polygon(((r, 0), (2 * r, 2 * r), (0, 2 * r)), fill=255)
        case "cross":
            pen.rectangle((r - r // 3, 0, r + r // 3, 2 * r), fill=255)
            pen.rectangle((0, r - r // 3, 2 * r, r + r // 3), fill=255)
    return mask.reduce(_FINER)


@cache
def _palette() -> Image.Image:
    image = Image.new("P", (1, 1))
    image.putpalette([channel for colour in theme.palette() for channel in colour])
    return image
