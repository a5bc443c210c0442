"""All sources of public data, and the choice among them by what stands in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalog.importers.public import (
    agent_harnesses,
    aider,
    best_of,
    docker_mcp,
    evalplus,
    genai_prices,
    github_ranking,
    helm,
    litellm,
    llm_stats,
    models_dev,
    toolsdk_mcp,
)

if TYPE_CHECKING:
    from catalog.importers.public.source import Source

SOURCES: Final[tuple[Source, ...]] = (
    *agent_harnesses.SOURCES,
    *aider.SOURCES,
    *best_of.SOURCES,
    *docker_mcp.SOURCES,
    *evalplus.SOURCES,
    *genai_prices.SOURCES,
    *github_ranking.SOURCES,
    *helm.SOURCES,
    *litellm.SOURCES,
    *llm_stats.SOURCES,
    *models_dev.SOURCES,
    *toolsdk_mcp.SOURCES,
)


def source_of(text: str) -> Source | None:
    """Give the source whose file a text is, or None where it is none of theirs."""
    return next((source for source in SOURCES if source.claims(text)), None)
