"""Rules for an entry as a whole: what it has to say of a tool besides its capabilities and figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from catalog.models import PricingKind, Status, ToolType
from catalog.quality.finding import Found
from catalog.quality.vocabulary import CAPABILITIES, FIELDS, OPEN_TAGS, SUMMARY, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.models import Tool

_PROPRIETARY = "Proprietary"
#: The GNU licences of which SPDX wants to know whether later versions count, too.
_OPEN_ENDED = re.compile(r"(?:A|L)?GPL-\d\.\d|GFDL-\d\.\d")
_JOINED = re.compile(r" (?:AND|OR|WITH) |[()]", re.IGNORECASE)


def missing(tool: Tool) -> Iterator[Found]:
    """Say who makes it, what it is, what it is called, where it lives, its licence, its price, tasks and tags."""
    for field, remedy in FIELDS.items():
        if not getattr(tool, field):
            yield Found((field,), f"no {field}; {remedy}")
    if tool.type is ToolType.OTHER:
        yield Found(("type",), "no type; say what kind of tool it is")


def few_capabilities(tool: Tool) -> Iterator[Found]:
    """Describe six or more capabilities."""
    count = len(tool.capabilities)
    if count < CAPABILITIES:
        yield Found(
            ("capabilities",),
            f"{CAPABILITIES} capabilities or more are asked for; describe {CAPABILITIES - count} more",
        )


def long_summary(tool: Tool) -> Iterator[Found]:
    """Keep a summary to 25 words."""
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
    closed = "proprietary" in tool.tags or tool.licence == _PROPRIETARY
    for tag in sorted(OPEN_TAGS.intersection(tool.tags)) if closed else ():
        yield Found(("tags",), f"tagged as {tag} and yet proprietary; keep what is true")


def licence(tool: Tool) -> Iterator[Found]:
    """Spell a licence as SPDX does; one that SPDX doesn't list goes by its name, in words."""
    if tool.licence and (remedy := _licence(tool.licence)):
        yield Found(("licence",), f'"{tool.licence}" is no SPDX identifier; {remedy}')


def _licence(text: str) -> str | None:
    """Say how to spell a licence; None for one that is fine."""
    if text == _PROPRIETARY:
        return None
    if _OPEN_ENDED.fullmatch(text):
        return f"write {text}-only or {text}-or-later"
    for guess in (text, "-".join(text.split())):
        try:
            spelt = canonicalize_license_expression(guess)
        except InvalidLicenseExpression:
            continue
        return None if spelt == text else f"write {spelt}"
    # A name in several words is no identifier, and doesn't look like one.
    parts = [part.strip() for part in _JOINED.split(text) if part.strip()]
    if all(" " in part or _is_identifier(part) for part in parts):
        return None
    return "check how it is spelt, or write out the licence's name"


def _is_identifier(text: str) -> bool:
    try:
        return canonicalize_license_expression(text) == text
    except InvalidLicenseExpression:
        return False


def price(tool: Tool) -> Iterator[Found]:
    """Say in a note whose price it is, where the tool itself is free."""
    pricing = tool.pricing
    if pricing and pricing.starting and pricing.kind is PricingKind.FREE and not pricing.note:
        yield Found(("pricing",), "a price of something free; say in a note whose price it is")


def successor(tool: Tool) -> Iterator[Found]:
    """Name a successor only of a tool that is deprecated or gone."""
    if tool.successor and tool.status is Status.ACTIVE:
        yield Found(
            ("successor",), "an active tool's successor isn't shown; say that it is deprecated, or drop it"
        )


RULES = (missing, few_capabilities, long_summary, tags, licence, price, successor)
