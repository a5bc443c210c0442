"""The catalog that a new database begins with: one YAML file a tool, in a folder for its type."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from catalog.importers import read_file

if TYPE_CHECKING:
    from catalog.importers import Incoming

FOLDER = Path(__file__).parent


def read() -> tuple[Incoming, ...]:
    """Read all starter documents, in the order of their paths."""
    return tuple(incoming for path in sorted(FOLDER.glob("*/*.yaml")) for incoming in read_file(path).tools)
