"""How names were read that weren't typed out, for the quiet end of an embed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.limits import clip
from catalog.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Characters of one receipt: a whole one has about 160, and four of them leave room for the sources of figures.
RECEIPT: Final = 200


def receipts(notes: Iterable[str | None]) -> list[str]:
    """Make parts of a footer out of `Resolution.note`s: each a sentence of one line. A footer knows no markup.

    >>> receipts(["read as vLLM; 1 letter differs", None])
    ['Read as vLLM; 1 letter differs']
    """
    lines = (clip(clean_line(note or ""), RECEIPT) for note in notes)
    return [line[0].upper() + line[1:] for line in lines if line]
