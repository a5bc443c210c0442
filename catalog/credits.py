"""Whose data a document holds: every source that is named in it, with its licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from catalog.licences import is_share_alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.models import Tool


class Credit(NamedTuple):
    """A source and the licence under which its facts may be passed on; None where the source states none."""

    source: str
    licence: str | None

    @property
    def text(self) -> str:
        """Say it in words: ``"LiteLLM (MIT)"``, and of a licence that binds who passes the facts on, that it does."""
        if self.licence is None:
            return self.source
        return f"{self.source} ({self.licence}{', share-alike' if is_share_alike(self.licence) else ''})"


def credits_of(tool: Tool) -> tuple[Credit, ...]:
    """List the sources of a tool's figures, price, words and fields, each once, in the order in which they appear."""
    found: dict[str, Credit] = {}
    for source, licence in _named(tool):
        if source not in found or found[source].licence is None:
            found[source] = Credit(source, licence)
    return tuple(found.values())


def _named(tool: Tool) -> Iterator[tuple[str, str | None]]:
    yield from ((signal.source, signal.licence) for signal in tool.signals)
    if tool.pricing and tool.pricing.starting:
        yield tool.pricing.starting.source, tool.pricing.starting.licence
    yield from ((one.source, one.licence) for one in tool.capabilities if one.source)
    yield from ((origin.source, origin.licence) for origin in tool.origins)
