"""What others wrote as one harmless line, and lists of lines that are cut between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.limits import ELLIPSIS, clip
from bot.markdown import escape
from catalog.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What parts two lines of a text that is shown on one.
_BREAK: Final = " · "
_BOLD: Final = "**"


def one_line(text: str, limit: int) -> str:
    r"""Show a text on one line, in at most `limit` characters: nothing invisible, clipped, escaped.

    >>> one_line("Fast.\n\nAnd *free*.", 80)
    'Fast. · And \\*free\\*.'
    """
    return clip(escape(clip(flat(text), limit)), limit)


def bold(text: str, limit: int) -> str:
    """Show a text as `one_line` does, in bold; nothing where nothing of it is visible."""
    shown = one_line(text, limit)
    return f"{_BOLD}{shown}{_BOLD}" if shown else ""


def flat(text: str) -> str:
    """Put a text on one line, with a point between what were lines; it is not escaped."""
    return _BREAK.join(filter(None, map(clean_line, text.splitlines())))


def listed(lines: Sequence[str], room: int, *, total: int | None = None) -> str:
    r"""List whole lines (or blocks of them) in at most `room` characters, and say how many more there are.

    Args:
        lines: Markdown that is closed in itself; the first one is cut where it alone is too long.
        room: characters.
        total: how many lines there are, where `lines` are the first of them.

    >>> listed(["one", "two", "three", "four"], 15)
    'one\nand 3 more'
    """
    count = len(lines) if total is None else total
    fitting = 0
    length = -1
    for place, line in enumerate(lines, 1):
        length += len(line) + 1
        if length > room:
            break
        if length + (len(_more(count - place)) + 1 if place < count else 0) <= room:
            fitting = place
    shown = list(lines[:fitting])
    if lines and not shown:
        shown = [_cut(lines[0], room - (len(_more(count - 1)) + 1 if count > 1 else 0))]
    if len(shown) < count:
        shown.append(_more(count - len(shown)))
    return "\n".join(shown)


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Count something: ``"1 proposal"``, ``"3 proposals"``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def _cut(line: str, room: int) -> str:
    """Cut a line and close what it leaves in bold."""
    if len(line) <= room:
        return line
    text = clip(line, max(room - len(_BOLD), 1)).removesuffix(ELLIPSIS).rstrip("*\\") + ELLIPSIS
    # An asterisk that isn't ours has a backslash before it, so that two together always are.
    return text + _BOLD if text.count(_BOLD) % 2 else text


def _more(count: int) -> str:
    return f"and {count:,} more"
