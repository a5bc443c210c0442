"""All sources together: each file is one source's, and docs/importing.md lists them.

`UPDATE_DOCS=1 pytest tests/catalog/importers/public/test_sources.py` renews the table.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from catalog.errors import ImportFileError
from catalog.importers import read_text
from catalog.importers.public import SOURCES, read, source_of
from catalog.licences import is_share_alike
from tests.catalog.importers.public.heads import HEADS, OTHERS

DOCS = Path(__file__).parents[4] / "docs" / "importing.md"
_TABLE = re.compile(r"(?<=<!-- sources -->\n).*?(?=<!-- end of sources -->)", re.DOTALL)


def _table() -> str:
    about: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for source in SOURCES:
        about[source.name, source.licence].append(source.about)
    rows = [
        (name, " ".join(sentences), f"{licence}{' (share-alike)' if is_share_alike(licence) else ''}")
        for (name, licence), sentences in sorted(about.items(), key=lambda row: row[0][0].casefold())
    ]
    lines = [("source", "files", "licence"), ("---",) * 3, *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def test_the_documentation_lists_every_source() -> None:
    """The table is made from the sources themselves."""
    text = DOCS.read_text("utf-8")
    renewed = _TABLE.sub(_table(), text)
    if os.environ.get("UPDATE_DOCS"):
        DOCS.write_text(renewed, "utf-8")
    assert text == renewed or os.environ.get("UPDATE_DOCS")


def test_every_source_says_what_stands_in_its_files() -> None:
    """In a sentence of its own, which fits into a table."""
    for source in SOURCES:
        assert source.about[:1].isupper()
        assert source.about.endswith(".")
        assert "|" not in source.about


def test_every_file_is_claimed_by_its_source_alone() -> None:
    """Each kind of file is known by how it begins, and there is one of each."""
    claimed = {key: [one.name for one in SOURCES if one.claims(text)] for key, text in HEADS.items()}
    assert claimed == {key: [key[0]] for key in HEADS}
    assert {id(source_of(text)) for text in HEADS.values()} == {id(one) for one in SOURCES}


@pytest.mark.parametrize("key", HEADS)
def test_a_small_file_is_read(key: tuple[str, str]) -> None:
    """Each of them is in order, and the first that claims it reads it."""
    source = source_of(HEADS[key])
    assert source
    assert source.name == key[0]
    found = read(source, HEADS[key], "file", saved_on="2026-11-21")
    assert not found.rejected
    assert found.tools


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_nobodys_is_claimed_by_none(text: str) -> None:
    """Documents of ours, and files that look a little like one of theirs."""
    assert source_of(text) is None


SERIES = "repo,date,stars,forks,open_issues\nacme/probe,2026-01-01,5,1,0\n"


def test_a_table_is_known_by_its_header_alone() -> None:
    """Our own table may speak of a source's columns, and an entry of ours of its keys."""
    assert source_of(SERIES) is not None
    assert source_of(f'name,summary\nMine,"reads {SERIES.splitlines()[0]} tables"\n') is None
    marks = "percent_cases_well_formed: edit_format: commit_hash: pass_rate_2:"
    assert source_of(f"# a note\n- name: Mine\n  summary: '{marks}'\n") is None


def test_a_wrong_row_costs_only_itself() -> None:
    """A row of another length is rejected with its line; a quote that nobody closes refuses the file."""
    text = f'{SERIES}"acme/\nother",2026-01-01\nacme/third,2026-01-01,7,1,0\n'
    reading = read_text(text, "stars.csv")
    assert [one.tool.name for one in reading.tools] == ["acme/probe", "acme/third"]
    assert [(one.where, one.reason) for one in reading.rejected] == [
        ("stars.csv:4", "2 cells under 5 columns")
    ]
    with pytest.raises(ImportFileError, match="broken CSV"):
        read_text(f'{SERIES}"acme/third,2026-01-01,7,1,0\n', "stars.csv")
