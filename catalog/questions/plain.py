"""A chat message as plain text: what keyboards, phones and Discord put round and into words goes."""

from __future__ import annotations

import re
import unicodedata

from catalog.text import clean_line

#: Longest text that is read as a question, in characters.
TEXT_LIMIT = 500

#: Emoji of a server, and mentions of others, as Discord writes them.
_DISCORD = re.compile(r"<(?:a?:\w{1,32}:|@[!&]?|#)\d{1,20}>")
_CODE = re.compile(r"[*`]+")
_QUOTED = re.compile(r"^(?:> ?)+")
_SPELT_OUT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u00b4\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        "\u3001": ", ",
        "\u3002": ". ",
        "\U0001f19a": " vs ",
        # Joiners and selectors hold emoji together; between letters they are there to deceive.
        **dict.fromkeys("\u200d\ufe0e\ufe0f\u20e3"),
    }
)
_SYMBOLS = {"So", "Sk"}


def plain(text: str) -> str:
    """Give the beginning of a message as one line of plain text, at most TEXT_LIMIT characters.

    Full-width letters become plain ones, curly quotes straight ones; emoji, mentions and what has no width go.
    No name loses by it: the catalog compares names without all of these.

    >>> plain("\uff21 \uff56\uff53\u3000B \U0001f525"), plain("what\u2019s **v\u200bLLM** <:hm:123>?")
    ('A vs B', "what's vLLM ?")
    """
    text = _CODE.sub(" ", _DISCORD.sub(" ", text[:TEXT_LIMIT]))
    if not text.isascii():
        seen = "".join(map(_seen, text.translate(_SPELT_OUT)))
        # Marks that stood in for spaces or quotes of another width are plain only now.
        text = unicodedata.normalize("NFKC", clean_line(seen)).translate(_SPELT_OUT)[:TEXT_LIMIT]
    return _QUOTED.sub("", clean_line(text)).strip()


def _seen(character: str) -> str:
    """Give a space for an emoji or another picture; a letter in a circle is still a letter."""
    if character.isascii() or unicodedata.category(character) not in _SYMBOLS:
        return character
    letter = unicodedata.normalize("NFKC", character)
    return character if letter.isalnum() and letter not in {"TM", "SM"} else " "
