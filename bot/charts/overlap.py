"""What two to four tools have in common and what only one has: a table of dots, a column for each tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.charts import legend, theme
from bot.charts.canvas import PLAIN, QUIET, Canvas
from bot.charts.picture import Picture, picture
from bot.limits import clip
from catalog.models import Task
from catalog.tasks import tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.models import Tool

#: Rows of a picture; what else there is gets counted.
MOST: Final = 14

_COLUMN: Final = 84
_ROW: Final = 42
_HEAD: Final = 52
_FOOT: Final = 52
_DOT, _HOLE = 12, 5
_NAME_SAID: Final = 40


class Trait(NamedTuple):
    """Something that tools do or are, and which of them (by their place in the comparison)."""

    text: str
    tools: tuple[int, ...]


def overlap(tools: Sequence[Tool]) -> Picture:
    """Picture which jobs and tags two to four tools share, and which only one has; what most share comes first."""
    names = tuple(tool.name for tool in tools)
    traits = tuple(traits_of(tools))
    return picture(
        "overlap",
        list(_said(names, traits)),
        (names, traits),
        lambda: _draw(names, traits[:MOST], len(traits)),
    )


def traits_of(tools: Sequence[Tool]) -> list[Trait]:
    """List what the tools do (jobs) and are (tags): what most of them share first, jobs before tags."""
    having: dict[str, list[int]] = {task.value: [] for task in Task}
    for place, tool in enumerate(tools):
        jobs = tasks_of(tool)
        # A tag may say the same as a job.
        for text in dict.fromkeys([*(task.value for task in Task if task in jobs), *map(_words, tool.tags)]):
            having.setdefault(text, []).append(place)
    found = [Trait(text, tuple(places)) for text, places in having.items() if places]
    return sorted(found, key=lambda trait: (-len(trait.tools), trait.tools))


def _words(tag: str) -> str:
    words = tag.replace("-", " ")
    return words if words in {task.value for task in Task} else tag


def _said(names: tuple[str, ...], traits: tuple[Trait, ...]) -> Iterator[str]:
    shown = [clip(name, _NAME_SAID) for name in names]
    yield f"What {', '.join(shown)} have in common."
    if not traits:
        yield "Nothing is known of what they do."
    for members in dict.fromkeys(trait.tools for trait in traits):
        who = " and ".join(shown[place] for place in members)
        head = "All" if len(members) == len(names) else f"Only {who}"
        yield f"{head}: {', '.join(trait.text for trait in traits if trait.tools == members)}."


def _draw(names: tuple[str, ...], traits: tuple[Trait, ...], known: int) -> bytes:
    top = legend.height(len(names)) + _HEAD
    foot = _FOOT if known > len(traits) or not traits else 18
    canvas = Canvas(top + _ROW * len(traits) + foot)
    legend.draw(canvas, names)
    first = theme.WIDTH - theme.MARGIN - _COLUMN * len(names)
    columns = [first + _COLUMN * place + _COLUMN / 2 for place in range(len(names))]
    canvas.rect(theme.MARGIN, top - _HEAD - 4, theme.WIDTH - theme.MARGIN, top - _HEAD - 2, theme.RULE)
    canvas.text(theme.MARGIN, top - 18, _heading(names, traits), QUIET)
    for place, x in enumerate(columns):
        canvas.badge(x - 14, top - 26, place, 28)
    for row, trait in enumerate(traits):
        middle = top + _ROW * row + _ROW / 2
        if row % 2 == 0:
            canvas.bar(
                theme.MARGIN - 12,
                middle - _ROW / 2,
                theme.WIDTH - theme.MARGIN + 12,
                middle + _ROW / 2,
                theme.STRIPE,
            )
        canvas.text(theme.MARGIN, middle + 9, trait.text, PLAIN, room=first - theme.MARGIN - 8)
        canvas.rect(columns[trait.tools[0]], middle - 2, columns[trait.tools[-1]], middle + 2, theme.SOFT)
        for place, x in enumerate(columns):
            if place in trait.tools:
                canvas.mark("dot", x, middle, _DOT, theme.TOOLS[place])
            else:
                canvas.mark("dot", x, middle, _HOLE, theme.UNKNOWN)
    base = top + _ROW * len(traits) + 34
    if not traits:
        canvas.text(theme.MARGIN, base, "Nothing is known of what they do.", QUIET)
    elif known > len(traits):
        more = f"and {known - len(traits)} more"
        canvas.text(theme.MARGIN, base, more, QUIET)
    return canvas.png()


def _heading(names: tuple[str, ...], traits: tuple[Trait, ...]) -> str:
    shared = sum(len(trait.tools) == len(names) for trait in traits)
    return f"Jobs and tags, {shared or 'none'} shared by all"
