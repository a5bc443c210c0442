"""Rules for what an entry says in sentences; not for capabilities that name somebody else as their source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalog.quality.finding import Found, texts
from catalog.quality.vocabulary import DESCRIPTION, PRAISE, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.models import Capability, Tool

_PRAISE = re.compile(rf"\b(?:{'|'.join(PRAISE)})\w*")


def title(tool: Tool) -> Iterator[Found]:
    """Give each capability a title of its own, of at most {TITLE} characters."""
    seen: set[str] = set()
    for number, capability in _ours(tool):
        path = ("capabilities", number, "title")
        text = capability.title or ""
        if not text:
            yield Found(path, "a capability without a title; give it one")
        elif text.casefold() in seen:
            yield Found(path, f'a second capability named "{text}"; name what sets it apart')
        if len(text) > TITLE:
            yield Found(path, f"a title of {len(text)} characters; cut it to {TITLE}")
        seen.add(text.casefold())


def description(tool: Tool) -> Iterator[Found]:
    """Describe a capability in {DESCRIPTION[0]} to {DESCRIPTION[1]} words."""
    fewest, most = DESCRIPTION
    for number, capability in _ours(tool):
        count = len(capability.description.split())
        if not fewest <= count <= most:
            path = ("capabilities", number, "description")
            yield Found(path, f"a description of {count} words; say it in {fewest} to {most}")


def half_a_capability(tool: Tool) -> Iterator[Found]:
    """Say what is unique about a capability, and how rivals do it."""
    for number, capability in _ours(tool):
        name = f'"{capability.title}"' if capability.title else "a capability"
        if not capability.unique:
            yield Found(
                ("capabilities", number, "unique"), f"{name} without unique; say what only this tool does"
            )
        if not capability.versus:
            yield Found(("capabilities", number, "versus"), f"{name} without versus; hold it against a rival")


def praise(tool: Tool) -> Iterator[Found]:
    """Say what a tool does, and leave praise to its makers."""
    written = [(path, text, text.lower().replace("-", " ")) for path, text in texts(tool)]
    # To look for twenty beginnings in all of it is much quicker than to try a pattern of them at every word.
    whole = "\n".join(plain for _, _, plain in written)
    if not any(start in whole for start in PRAISE):
        return
    for path, text, plain in written:
        for match in _PRAISE.finditer(plain):
            word = text[slice(*match.span())]
            yield Found(path, f'"{word}" praises and says nothing; say what it does instead', word)


def _ours(tool: Tool) -> Iterator[tuple[int, Capability]]:
    return ((number, one) for number, one in enumerate(tool.capabilities) if one.source is None)


RULES = (title, description, half_a_capability, praise)
