"""Discord's limits on what a message may hold, and how text is made to fit: cut or paged at word borders.

Figures are characters as Discord counts them (UTF-16 code units would differ; Discord counts code points).
Source: Discord's API reference, "Embed limits", "Message components" and "Application commands".
"""

from __future__ import annotations

from typing import Final

EMBED_TITLE: Final = 256
EMBED_DESCRIPTION: Final = 4096
EMBED_FIELD_NAME: Final = 256
EMBED_FIELD_VALUE: Final = 1024
EMBED_FIELDS: Final = 25
EMBED_FOOTER: Final = 2048
EMBED_TOTAL: Final = 6000
CUSTOM_ID: Final = 100
BUTTON_LABEL: Final = 80
SELECT_OPTIONS: Final = 25
OPTION_LABEL: Final = 100
OPTION_DESCRIPTION: Final = 100
PLACEHOLDER: Final = 150
CHOICES: Final = 25
CHOICE_NAME: Final = 100

ELLIPSIS: Final = "…"


def clip(text: str, limit: int) -> str:
    """Cut a text to `limit` characters at a word border and say so with an ellipsis.

    A single word that is longer than half the limit is cut inside.

    >>> clip("one two three", 9)
    'one two…'
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    border = max(head.rfind(" "), head.rfind("\n"))
    if border >= limit // 2:
        head = head[:border]
    # A backslash at the cut would have escaped what came after it; now it would escape the ellipsis.
    return head.rstrip(" \n\\") + ELLIPSIS


def pages(text: str, limit: int) -> list[str]:
    """Split a text into pages of at most `limit` characters at paragraph, line or word borders; nothing is lost.

    Returns at least one page; an empty text is one empty page.
    """
    out: list[str] = []
    rest = text
    while len(rest) > limit:
        border = max(
            (at for at in (rest.rfind(mark, 0, limit) for mark in ("\n\n", "\n", " ")) if at >= limit // 2),
            default=-1,
        )
        cut = border if border > 0 else limit
        out.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*out, rest]
