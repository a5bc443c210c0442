"""How much a catalog knows, by type of tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from catalog.models import ToolType

if TYPE_CHECKING:
    from collections.abc import Collection

    from catalog.models import Tool


class Count(NamedTuple):
    """How many tools there are of a type, with how many capabilities and figures; None counts all of them."""

    type: ToolType | None
    tools: int
    capabilities: int
    signals: int


def counts(tools: Collection[Tool]) -> tuple[Count, ...]:
    """Count tools by type, in the order of the types, without types that there are none of; all of them at the end."""
    by_type = [(kind, [tool for tool in tools if tool.type is kind]) for kind in ToolType]
    return tuple(
        Count(
            kind,
            len(found),
            sum(len(tool.capabilities) for tool in found),
            sum(len(tool.signals) for tool in found),
        )
        for kind, found in [*by_type, (None, tools)]
        if found or kind is None
    )
