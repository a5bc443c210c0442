"""All sources of public data, and the choice among them by what stands in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalog.importers.public import github_ranking

if TYPE_CHECKING:
    from catalog.importers.public.source import Source

SOURCES: Final[tuple[Source, ...]] = (*github_ranking.SOURCES,)


def source_of(text: str) -> Source | None:
    """Give the source whose file a text is, or None where it is none of theirs."""
    return next((source for source in SOURCES if source.claims(text)), None)
