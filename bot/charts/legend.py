"""The head of a picture of several tools: which letter and colour is whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.charts import theme
from bot.charts.canvas import BADGE, NAME
from bot.charts.fonts import legible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.charts.canvas import Canvas

#: Height of one line of the head.
LINE: Final = 46


def name_of(names: Sequence[str], tool: int) -> str:
    """Give a name as it can be drawn; one in a script without a font is told by its letter, and the reply names it."""
    return names[tool] if legible(names[tool]) else f"Tool {theme.LETTERS[tool]}"


def height(tools: int) -> int:
    """Give the height of the head of a picture of some tools."""
    return theme.MARGIN + LINE * tools + 8


def draw(canvas: Canvas, names: Sequence[str]) -> None:
    """Draw each tool's letter and name on a line of its own, at the top of a card."""
    for tool in range(len(names)):
        middle = theme.MARGIN + LINE * tool + BADGE / 2
        canvas.badge(theme.MARGIN, middle, tool)
        left = theme.MARGIN + BADGE + 14
        canvas.text(
            left,
            middle + theme.TITLE * 0.36,
            name_of(names, tool),
            NAME,
            room=theme.WIDTH - theme.MARGIN - left,
        )
