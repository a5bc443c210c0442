"""A picture before it is drawn: what it says in words, what tells it from others, and how to draw it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Longest description of an attachment, in characters (Discord's API reference, "Attachment object").
ALT: Final = 1024


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be drawn; two with one `key` look alike to the last pixel.

    Attributes:
        kind: what it shows, one word: the beginning of the file's name.
        alt: the same in plain words, at most `ALT` characters.
        key: a hash of everything that is drawn.
        draw: gives the PNG; takes tens of milliseconds, so that a `Renderer` has to call it.
    """

    kind: str
    alt: str
    key: str
    draw: Callable[[], bytes] = field(compare=False, repr=False)

    @property
    def filename(self) -> str:
        """What the attachment is called."""
        return f"{self.kind}-{self.key}.png"


def picture(kind: str, said: Iterable[str], content: object, draw: Callable[[], bytes]) -> Picture:
    """Make a picture.

    Args:
        kind: what it shows, one word.
        said: sentences of its description, the most telling first; those for which there is no room are counted.
        content: all that is drawn; its `repr` tells it from others.
        draw: gives the PNG.
    """
    key = blake2b(repr((kind, content)).encode("utf-8", "backslashreplace"), digest_size=12).hexdigest()
    return Picture(kind, _fitting(list(said)), key, draw)


def _fitting(said: list[str]) -> str:
    whole = " ".join(said)
    if len(whole) <= ALT:
        return whole
    text = said[0][: ALT // 2]
    for n, sentence in enumerate(said[1:], 1):
        more = f" And {len(said) - n} more, in the picture."
        if len(text) + 1 + len(sentence) + len(more) > ALT:
            return text + more
        text = f"{text} {sentence}"
    return text
