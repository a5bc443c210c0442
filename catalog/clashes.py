"""Where a document is at odds with others: names that two tools go by, and successors that take over nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from catalog.models import Status
from catalog.names import name_key

if TYPE_CHECKING:
    from catalog.models import Tool


class Idle(StrEnum):
    """Why a successor takes over nothing, and what to do about it; braces stand for its slug."""

    UNSHOWN = "an active tool's successor isn't shown; deprecate the tool, or leave the successor out"
    MISSING = "the successor {} isn't in the catalog; it isn't shown until it is"
    DEPRECATED = "the successor {} is deprecated itself; name the one after it"
    GONE = "the successor {} is gone itself; name the one after it"


def is_unshown(tool: Tool) -> bool:
    """Tell whether a tool names a successor that nobody gets to see."""
    return tool.successor is not None and tool.status is Status.ACTIVE


def idle(there: Tool | None) -> Idle | None:
    """Say why a tool that is named as a successor (None for one that isn't there) can't take over; None if it can."""
    if there is None:
        return Idle.MISSING
    return {Status.ACTIVE: None, Status.DEPRECATED: Idle.DEPRECATED, Status.GONE: Idle.GONE}[there.status]


def goes_by(tool: Tool) -> dict[str, str]:
    """Give what a tool goes by: keys (`name_key`), each with the first name that has it.

    Two tools that have a key in common share a name: who types it would be asked which one they mean.
    """
    keyed: dict[str, str] = {}
    for name in tool.names:
        keyed.setdefault(name_key(name), name)
    return keyed
