from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog.importers.places import Places

YAML = """\
# two documents
tools:
  - name: Ant
    tags: [local,
      web]
    capabilities:
      - title: Carries
        description: >-
          It carries leaves
          and more leaves.
  - {name: Bee, links: [{kind: homepage, url: "https://example.com"}]}
"""
JSON = json.dumps(
    {
        "note": {"name": "not this"},
        "tools": [
            {
                "name": "Ant",
                "tags": ["local", "web"],
                "capabilities": [{"title": "Carries", "unique": "[{,"}],
            },
            {"name": "Bee"},
        ],
    },
    indent=1,
)


@pytest.mark.parametrize(
    ("start", "path", "word", "line"),
    [
        (3, (), "", 3),
        (3, ("name",), "", 3),
        (3, ("tags", 1), "", 5),
        (3, ("capabilities", 0, "description"), "", 8),
        (3, ("capabilities", 0, "description"), "more", 10),
        (3, ("capabilities", 0, "description"), "less", 8),
        (3, ("capabilities", 0, "unique"), "", 7),
        (3, ("capabilities", 5, "title"), "", 6),
        (3, ("vendor",), "", 3),
        (3, ("tags", "odd"), "", 4),
        (11, ("links", 0, "url"), "", 11),
        (99, ("name",), "", 99),
    ],
)
def test_yaml(start: int, path: tuple[int | str, ...], word: str, line: int) -> None:
    """The line of the key, of the list's item, or of what the field is missing from."""
    assert Places(YAML, "YAML").line(start, path, word) == line


def test_json() -> None:
    """Every key and item of an indented file, brackets in texts or not."""
    lines = JSON.split("\n")
    places = Places(JSON, "JSON")
    start = next(n for n, line in enumerate(lines, 1) if line == "  {")
    for path, text in (
        (("name",), '"name": "Ant"'),
        (("tags", 1), '"web"'),
        (("capabilities", 0, "unique"), '"unique"'),
        (("capabilities", 0, "versus"), "    {"),
        (("vendor",), "  {"),
        (("capabilities", 9), '"capabilities"'),
        (("name", "odd"), '"name": "Ant"'),
    ):
        assert text in lines[places.line(start, path) - 1]
    assert places.line(len(lines) + 5, ("name",)) == len(lines) + 5


@pytest.mark.parametrize("text", ["name: Ant\n", "- name: Ant\n", "---\nname: Bee\n---\nname: Ant\n"])
def test_one_tool_a_list_and_several_documents(text: str) -> None:
    """Each way of writing tools down."""
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "Ant" in one)
    assert Places(text, "YAML").line(line, ("name",)) == line


def test_other_forms_know_the_document_only() -> None:
    """A row of a table is on one line anyway."""
    assert Places("name\nAnt\n", "CSV").line(2, ("name",)) == 2


def test_all_fields_of_the_starter_catalog() -> None:
    """Where a text begins in its file is where its field is said to be."""
    path = Path(__file__).parents[3] / "catalog" / "starter" / "model" / "gpt-4o.yaml"
    text = path.read_text()
    lines = text.split("\n")
    places = Places(text, "YAML")
    titles = [n for n, line in enumerate(lines, 1) if line.startswith("  - title:")]
    assert [places.line(1, ("capabilities", n, "title")) for n in range(len(titles))] == titles
