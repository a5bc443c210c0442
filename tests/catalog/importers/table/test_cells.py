from __future__ import annotations

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importers import read_text
from catalog.importers.table.cells import Addresses, Filed, List, Number, Plain, Word, guard, quoted, unguard
from catalog.models import PriceUnit, ToolType
from catalog.text import clean_line

ODD = st.text(alphabet=st.sampled_from("=+-@'\u2019;|,\\\"\t ab1\uff1d"), max_size=20).map(clean_line)
ADDRESS = st.text(alphabet=st.sampled_from(";|,ahttps:/.=-"), max_size=20).map("https://a.example/{}".format)


def values(text: str) -> list[dict[str, object]]:
    """Read a table; gives what each row says beyond its slug."""
    plain = (
        one.tool.model_dump(exclude_defaults=True, exclude={"slug"}) for one in read_text(text, "x.csv").tools
    )
    return [
        {field: list(value) if isinstance(value, tuple) else value for field, value in one.items()}
        for one in plain
    ]


def test_lists_are_parted_by_semicolons_bars_and_lines() -> None:
    """A backslash keeps a separator; before anything else it is a letter."""
    text = r"name,aliases" + "\n" + r'A1,"a;b | c' + "\n" + r'd;;e\;f;g\\;h\i"' + "\n"
    assert values(text) == [{"name": "A1", "aliases": ["a", "b", "c", "d", "e;f", "g\\", "h\\i"]}]


def test_several_links_stand_in_a_cell() -> None:
    """Parted by spaces, commas or semicolons; what belongs to an address stays in it."""
    text = 'name,docs\nA1,"https://a.example/?x=1;y=2,3; https://b.example,HTTPS://c.example\nhttps://d.example"\n'
    (tool,) = read_text(text, "x.csv").tools
    assert [link.url for link in tool.tool.links] == [
        "https://a.example/?x=1;y=2,3",
        "https://b.example",
        "HTTPS://c.example",
        "https://d.example",
    ]


@given(st.lists(ODD.filter(bool), max_size=4))
def test_any_list_reads_back(parts: list[str]) -> None:
    """Whatever separators and backslashes its entries hold, behind a guard, too."""
    spelling = List(Plain())
    assert spelling.read(unguard(guard(spelling.write(parts)))) == parts


@given(st.lists(ADDRESS, max_size=4))
def test_any_addresses_read_back(addresses: list[str]) -> None:
    """Even those that hold or end with what parts them."""
    assert Addresses().read(unguard(guard(Addresses().write(addresses)))) == addresses


@given(ODD)
def test_no_spreadsheet_runs_a_guarded_text(text: str) -> None:
    """Neither its beginning nor what follows a semicolon is a formula; it reads back as it was."""
    safe = guard(text)
    assert not any(re.match(r"\s*[=+\-@\uff1d]", part) for part in safe.split(";"))
    assert unguard(safe) == text


@given(st.lists(st.text(alphabet=st.sampled_from(",;\t\"' ab=|\u2028é"), max_size=9), min_size=1, max_size=4))
def test_quoted_cells_are_csv(cells: list[str]) -> None:
    """Any reader of CSV parts them as they were."""
    assert next(csv.reader([",".join(map(quoted, cells))], strict=True)) == (cells if cells != [""] else [])


@pytest.mark.parametrize(
    ("value", "text"), [(5.0, "5"), (0.15, "0.15"), (-3.0, "-3"), (1e15, "1000000000000000")]
)
def test_numbers_are_written_plainly(value: float, text: str) -> None:
    """Exactly, and without a point where they have no use for one."""
    assert Number().write(value) == text
    assert float(Number().read(f" {text} ")) == value


def test_words_are_found_by_what_people_write() -> None:
    """By value or label, whatever joins them; an unknown word stays."""
    kind, unit = Word(ToolType), Word(PriceUnit)
    assert [kind.read(text) for text in ("MCP server", " mcp_SERVER", "api", "Chatbot")] == [
        "mcp-server",
        "mcp-server",
        "api",
        "Chatbot",
    ]
    assert [unit.read(text) for text in ("per month", "/ Month", "million_input_tokens")] == [
        "month",
        "month",
        "million input tokens",
    ]


@pytest.mark.parametrize(
    ("text", "slug"), [("Open Weights", "open-weights"), ("llama-3", "llama-3"), ("é!", "é!"), ("a,b", "a,b")]
)
def test_a_slug_is_made_only_where_no_letter_gets_lost(text: str, slug: str) -> None:
    """Else it is left to be refused."""
    assert Filed().read(text) == slug
