"""Text from the catalog or from people, made safe to show: no markup, no ping, no forged link."""

from __future__ import annotations

import re
from typing import Final

from bot.limits import clip
from catalog.text import clean_line

#: What can begin markup anywhere, what can at the start of a line, and the colon that makes an address a link.
#: A carriage return ends a line of Markdown, too.
_SPECIAL: Final = re.compile(
    r"[\\*_~`|<\[\]]|(?:^|(?<=\r))[ \t]*(?:[#>+-]|\d+(?=[.)]))|:(?=//)", re.MULTILINE
)


def _escaped(match: re.Match[str]) -> str:
    text = match[0]
    if text[-1].isdigit():  # "1." begins a numbered list; the dot is what must lose its meaning
        return f"{text}\\"
    return f"{text[:-1]}\\{text[-1]}"


def escape(text: str) -> str:
    r"""Escape a text for an embed's title, description or fields: it shows as written and does nothing.

    Every character that can begin markup is escaped, brackets included, so that no masked link can form; an
    address keeps no working scheme, so that nothing becomes a link that the bot didn't make; an invisible space
    after ``@`` keeps it from calling anyone.

    >>> escape("[V] person *and* <@1>")
    '\\[V\\] person \\*and\\* \\<@\u200b1>'
    """
    return _SPECIAL.sub(_escaped, text).replace("@", "@\u200b")


def quoted(typed: str, limit: int = 80) -> str:
    """Repeat what somebody typed: one line, nothing invisible, clipped, escaped, in quotation marks."""
    return f"“{escape(clip(clean_line(typed), limit))}”"


def code_block(text: str) -> str:
    """Put a text in a code block that it can't break out of."""
    harmless = text.replace("`", "\u02cb")
    return f"```\n{harmless}\n```"


def link(label: str, url: str) -> str:
    """Make a link with a readable label; `url` must come from a validated `catalog.models.Link`."""
    return f"[{escape(label)}]({url})"
