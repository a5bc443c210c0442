"""Rules for an entry as a whole: what it has to say of a tool besides its capabilities and figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalog.clashes import Idle, is_unshown
from catalog.licences import PROPRIETARY, is_spdx, spdx
from catalog.models import PricingKind, ToolType
from catalog.quality.finding import Found
from catalog.quality.vocabulary import CAPABILITIES, FIELDS, OPEN_TAGS, SUMMARY, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.models import Tool

_JOINED = re.compile(r" (?:AND|OR|WITH) |[()]", re.IGNORECASE)


def missing(tool: Tool) -> Iterator[Found]:
    """Say who makes it, what it is, what it is called, where it lives, its licence, its price, tasks and tags."""
    for field, remedy in FIELDS.items():
        if not getattr(tool, field):
            yield Found((field,), f"no {field}; {remedy}")
    if tool.type is ToolType.OTHER:
        yield Found(("type",), "no type; say what kind of tool it is")


def few_capabilities(tool: Tool) -> Iterator[Found]:
    """Describe {CAPABILITIES} or more capabilities."""
    count = len(tool.capabilities)
    if count < CAPABILITIES:
        yield Found(
            ("capabilities",),
            f"{CAPABILITIES} capabilities or more are asked for; describe {CAPABILITIES - count} more",
        )


def long_summary(tool: Tool) -> Iterator[Found]:
    """Keep a summary to {SUMMARY} words."""
    count = len((tool.summary or "").split())
    if count > SUMMARY:
        yield Found(("summary",), f"a summary of {count} words; cut it to {SUMMARY}")


def tags(tool: Tool) -> Iterator[Found]:
    """Take tags from the vocabulary, each once; what is proprietary isn't open."""
    for number, tag in enumerate(tool.tags):
        if tag not in TAGS:
            yield Found(
                ("tags", number), f'"{tag}" isn\'t in the vocabulary of tags; choose from docs/entries.md'
            )
        if tag in tool.tags[:number]:
            yield Found(("tags", number), f'"{tag}" is given twice; keep one of them')
    closed = "proprietary" in tool.tags or tool.licence == PROPRIETARY
    for tag in sorted(OPEN_TAGS.intersection(tool.tags)) if closed else ():
        yield Found(("tags",), f"tagged as {tag} and yet proprietary; keep what is true")


def licence(tool: Tool) -> Iterator[Found]:
    """Spell a licence as SPDX does; one that SPDX doesn't list goes by its name, in words."""
    if tool.licence and (remedy := _licence(tool.licence)):
        yield Found(("licence",), f'"{tool.licence}" is no SPDX identifier; {remedy}')


def _licence(text: str) -> str | None:
    """Say how to spell a licence; None for one that is fine."""
    spelt = spdx(text)
    if text == PROPRIETARY or is_spdx(text):
        return None
    if spelt is None:
        return "leave it out where none is stated"
    if spelt != text:
        # Nobody said that later versions don't count.
        open_ended = spelt.endswith("-only") and "only" not in text
        return f"write {spelt} or {spelt.removesuffix('-only')}-or-later" if open_ended else f"write {spelt}"
    # A name in several words is no identifier, and doesn't look like one.
    parts = [part.strip() for part in _JOINED.split(text) if part.strip()]
    if all(" " in part or is_spdx(part) for part in parts):
        return None
    return "check how it is spelt, or write out the licence's name"


def price(tool: Tool) -> Iterator[Found]:
    """Say in a note whose price it is, where the tool itself is free."""
    pricing = tool.pricing
    if pricing and pricing.starting and pricing.kind is PricingKind.FREE and not pricing.note:
        yield Found(("pricing",), "a price of something free; say in a note whose price it is")


def successor(tool: Tool) -> Iterator[Found]:
    """Name a successor only of a tool that is deprecated or gone."""
    if is_unshown(tool):
        yield Found(("successor",), Idle.UNSHOWN)


RULES = (missing, few_capabilities, long_summary, tags, licence, price, successor)
