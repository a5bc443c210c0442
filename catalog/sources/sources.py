"""All live sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalog.sources.github import GITHUB
from catalog.sources.huggingface import HUGGING_FACE
from catalog.sources.npm import NPM
from catalog.sources.pypi import PYPI

if TYPE_CHECKING:
    from catalog.sources.source import LiveSource

SOURCES: Final[tuple[LiveSource, ...]] = (GITHUB, HUGGING_FACE, PYPI, NPM)
