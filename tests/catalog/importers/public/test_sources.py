"""All sources together: each file is one source's, and docs/importing.md lists them.

`UPDATE_DOCS=1 pytest tests/catalog/importers/public/test_sources.py` renews the table.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from catalog.importers.public import SOURCES, Source, source_of
from catalog.licences import is_share_alike

DOCS = Path(__file__).parents[4] / "docs" / "importing.md"
_TABLE = re.compile(r"(?<=<!-- sources -->\n).*?(?=<!-- end of sources -->)", re.DOTALL)


def _about(source: Source) -> str:
    """Say what a source's files hold, in the words of its module."""
    reader = getattr(source.read, "func", source.read)
    first = (sys.modules[reader.__module__].__doc__ or "").splitlines()[0]
    return first.partition(": ")[2].rstrip(".")


def _table() -> str:
    rows = dict.fromkeys(
        (
            source.name,
            _about(source),
            f"{source.licence}{' (share-alike)' if is_share_alike(source.licence) else ''}",
        )
        for source in SOURCES
    )
    lines = [("source", "files", "licence"), ("---",) * 3, *sorted(rows, key=lambda row: row[0].casefold())]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def test_the_documentation_lists_every_source() -> None:
    """The table is made from the sources themselves."""
    text = DOCS.read_text("utf-8")
    renewed = _TABLE.sub(_table(), text)
    if os.environ.get("UPDATE_DOCS"):
        DOCS.write_text(renewed, "utf-8")
    assert text == renewed or os.environ.get("UPDATE_DOCS")


def test_no_source_claims_what_is_not_its_own() -> None:
    """A text that holds the marks of one source is claimed by no other, and an ordinary document by none."""
    for source in SOURCES:
        text = "\n".join(source.marks)
        assert [one for one in SOURCES if one.claims(text)] == [source]
    assert source_of("name: vLLM\nlicence: MIT\n") is None
