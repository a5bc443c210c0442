"""All live sources, and what of their answers goes onto a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalog.models import ToolType
from catalog.sources.github import GITHUB
from catalog.sources.huggingface import HUGGING_FACE
from catalog.sources.npm import NPM
from catalog.sources.pypi import PYPI

if TYPE_CHECKING:
    from catalog.models import Tool
    from catalog.sources.source import Answer, Figure, LiveSource

SOURCES: Final[tuple[LiveSource, ...]] = (GITHUB, HUGGING_FACE, PYPI, NPM)

_DOWNLOADS: Final = "monthly_downloads"
#: What a source's downloads are called where another source's count: shown, never counted.
_ASIDE: Final = {"huggingface": "hf_downloads", "pypi": "pypi_downloads", "npm": "npm_downloads"}
#: What is downloaded from the hub itself, whatever packages there are around it.
_ON_THE_HUB: Final = frozenset({ToolType.MODEL, ToolType.DATASET})


def figures_for(tool: Tool, source: LiveSource, answer: Answer) -> tuple[Figure, ...]:
    """Give the figures of an answer as they are written on a tool.

    A metric's newest figure counts, whichever source gave it, so ``monthly_downloads`` of two services would flip from
    one to the other with each day. One service a tool gives it: for models and data sets the hub, else the registry
    of the first package listed, else the hub. What others count is kept under a name of its own
    (``"npm_downloads"``), which is shown and never counted.
    """
    aside = _ASIDE.get(source.key)
    if aside is None or _home(tool) == source.key:
        return answer.figures
    return tuple(
        figure._replace(metric=aside) if figure.metric == _DOWNLOADS else figure for figure in answer.figures
    )


def _home(tool: Tool) -> str:
    """Say where a tool's downloads are counted."""
    on_the_hub = HUGGING_FACE.key_of(tool) is not None
    if tool.packages and not (on_the_hub and tool.type in _ON_THE_HUB):
        return tool.packages[0].partition(":")[0]
    return HUGGING_FACE.key
