"""The words of entries: the tags that there are, praise that says nothing, and how long a text is."""

from __future__ import annotations

from typing import Final

#: The vocabulary of tags. A new word is added here on purpose or not at all; near synonyms find nothing.
TAGS: Final = frozenset(
    """
    apple-silicon cli cloud cpp cpu desktop diffusion enterprise fine-tuning free-tier gpu gui ide local
    long-context lora mcp mixture-of-experts mobile multilingual multimodal no-code notebook open-source
    open-weights proprietary python quantization rag research rust self-hosted small structured-output
    terminal tool-use typescript web
    """.split()  # noqa: SIM905 (forty quoted words would be harder to read)
)
#: Tags that what is tagged, or licensed, as proprietary can't have.
OPEN_TAGS: Final = frozenset({"open-source", "open-weights"})

#: How words begin that praise and say nothing; a space stands for a hyphen, too.
PRAISE: Final = (
    "seamless", "powerful", "cutting edge", "robust", "state of the art", "leverag", "empower", "effortless",
    "unlock", "revolutionar", "game chang", "world class", "best in class", "blazing", "supercharg",
    "next generation", "unparalleled", "elevat", "delv", "boast", "stunning",
)  # fmt: skip

#: Fewest capabilities of an entry.
CAPABILITIES: Final = 6
#: Fewest and most words of a description.
DESCRIPTION: Final = (15, 50)
#: Most words of a summary.
SUMMARY: Final = 25
#: Most characters of a capability's title.
TITLE: Final = 60
#: Fewest words of a sentence that may not stand twice.
SENTENCE: Final = 4
#: What an entry should say, each with what to do about it.
FIELDS: Final = {
    "vendor": "say who makes it",
    "summary": "say in a sentence what it is",
    "aliases": "list what people call it",
    "tasks": "say what it is used for",
    "tags": "choose some from the vocabulary",
    "links": "link where it lives",
    "licence": "state it",
    "pricing": "say how one pays",
}
