from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from catalog import starter
from catalog.schema import schema_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[..., Any]

ENTRY = """\
name: Ant
type: product
summary: Carries things.
licence: Apache 2.0
capabilities:
  - title: Leaves
    description: >-
      Carries leaves to the nest all day long and
      all night long, with powerful jaws and many legs.
    unique: It does.
"""


def test_check_goes_on_after_a_broken_file(ask: Ask, tmp_path: Path, database: Path) -> None:
    """Every file is reported, none is imported, and no database is made."""
    (tmp_path / "a.yaml").write_bytes(b"\0")
    (tmp_path / "b.yaml").write_text("name: Good")
    (tmp_path / "c.yaml").write_text("nome: Bad")
    said = ask("check", ".", "--json")
    assert (said.code, said.json["added"]) == (1, 1)
    assert [one["where"] for one in said.json["rejected"]] == ["a.yaml", "c.yaml:1"]
    assert all(set(one) == {"where", "reason"} for one in said.json["rejected"])
    assert not database.exists()


def test_warnings_point_to_the_very_line(ask: Ask, tmp_path: Path) -> None:
    """With the path as it was given, in words and for scripts; they are no failure."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ant.yaml").write_text(ENTRY)
    said = ask("check", "in", "--json")
    assert said.code == 0
    found = {(one["where"], one["rule"]) for one in said.json["warnings"]}
    assert {
        ("in/ant.yaml:1", "missing"),
        ("in/ant.yaml:4", "licence"),
        ("in/ant.yaml:5", "few capabilities"),
        ("in/ant.yaml:9", "praise"),
        ("in/ant.yaml:6", "half a capability"),
    } <= found
    assert 'matchbook: warning: in/ant.yaml:9: "powerful" praises' in said.err


def test_rejections_point_to_the_very_line(ask: Ask, tmp_path: Path) -> None:
    """To the first wrong field, with the lines of the others behind it; of JSON, too."""
    (tmp_path / "ant.yaml").write_text(ENTRY + "    versu: bees\nlinks:\n  - {kind: home, url: x}\n")
    tool = {"name": "Ant", "capabilities": [{"title": "Leaves"}], "status": "lost"}
    (tmp_path / "ant.json").write_text(json.dumps([tool], indent=1))
    yaml_one, json_one = sorted(
        ask("check", "ant.yaml", "ant.json", "--json").json["rejected"], key=lambda one: len(one["where"])
    )[::-1]
    assert yaml_one["where"] == "ant.yaml:11"
    assert 'did you mean "versus"?' in yaml_one["reason"]
    assert yaml_one["reason"].count("(line 13)") == 2
    assert json_one["where"] == "ant.json:5"
    assert "(line 9)" in json_one["reason"]


def test_pages_lists_and_tables_get_no_advice(ask: Ask, pages: tuple[Path, Path], tmp_path: Path) -> None:
    """What nobody writes by hand as an entry is read and counted."""
    (tmp_path / "names.jsonl").write_text('{"name": "Ant"}\n{"name": "Bee"}\n')
    (tmp_path / "names.csv").write_text("name,type\nWasp,model\nHornet,model\n")
    said = ask("check", *pages, "names.jsonl", "names.csv", "--json")
    assert (said.code, said.json["added"], said.json["warnings"]) == (0, 7, [])
    assert said.json["counts"]["model"]["tools"] >= 2
    assert said.json["counts"]["all"]["tools"] >= 7


def test_counts_are_drawn_by_type(ask: Ask, tmp_path: Path) -> None:
    """In a table that fits 80 columns, below the line that says how it went."""
    (tmp_path / "ant.yaml").write_text(ENTRY)
    first, _, *table = ask("check", "ant.yaml").out.splitlines()
    assert first.startswith("Read: 1 added, 0 changed, 0 unchanged, 0 rejected, ")
    assert [line.split() for line in table[2:]] == [["Product", "1", "1", "0"], ["All", "1", "1", "0"]]
    assert all(len(line) <= 80 for line in table)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of two entries with lists beside them."""
    folder = tmp_path / "shelf"
    (folder / "product").mkdir(parents=True)
    for name, rival in (("Ant", "Bee"), ("Bee", "Wasp")):
        text = ENTRY.replace("Ant", name) + f"    versus: Unlike {rival}.\n"
        (folder / "product" / f"{name.lower()}.yaml").write_text(text)
    (folder / "intended.toml").write_text('[missing]\n"ant.vendor" = "nobody knows"\n')
    return folder


def rivals(said: Any) -> list[str]:  # noqa: ANN401 (what a command said)
    """Give where rivals without an entry were told."""
    return [one["where"] for one in said.json["warnings"] if one["rule"] == "unknown rival"]


def test_lists_beside_the_entries_are_understood(ask: Ask, shelf: Path) -> None:
    """They are no tools; what they list isn't told, and a rival that they don't list is."""
    said = ask("check", "shelf", "--json")
    assert (said.code, said.json["added"], said.json["rejected"]) == (0, 2, [])
    assert rivals(said) == ["shelf/product/bee.yaml:11"]
    assert not [
        one
        for one in said.json["warnings"]
        if one["reason"].startswith("no vendor") and "ant" in one["where"]
    ]
    (shelf / "wanted.toml").write_text('"Wasp" = "a rival"\n')
    assert rivals(ask("check", "shelf", "--json")) == []


def test_one_entry_is_judged_among_its_neighbours(ask: Ask, shelf: Path) -> None:
    """They are read along, so that a rival is known and a sentence that stands there already is told."""
    said = ask("check", shelf / "product" / "ant.yaml", "--json")
    assert (said.json["added"], rivals(said)) == (1, [])
    (twice, *_) = [one for one in said.json["warnings"] if one["rule"] == "said twice"]
    assert twice["reason"].endswith(":3") or ":8" in twice["reason"]
    assert "bee.yaml" in twice["reason"]


def test_a_broken_list_is_rejected(ask: Ask, shelf: Path) -> None:
    """With its place; the entries are read all the same."""
    (shelf / "intended.toml").write_text("[missing\n")
    said = ask("check", "shelf", "--json")
    assert (said.code, said.json["added"]) == (1, 2)
    assert said.json["rejected"][0]["where"].endswith("intended.toml")


def test_the_starter_catalog_is_clean(ask: Ask) -> None:
    """The lists beside it hold all that is meant."""
    said = ask("check", starter.FOLDER, "--json")
    assert (said.code, said.json["rejected"], said.json["warnings"]) == (0, [], [])
    assert said.json["counts"]["all"]["tools"] == said.json["added"] >= 265


def test_the_schema_is_printed_or_written(ask: Ask, tmp_path: Path) -> None:
    """The same text either way; a folder that isn't there is said in a line."""
    printed = ask("schema")
    jsonschema.Draft202012Validator.check_schema(printed.json)
    assert printed.out == schema_text()
    assert ask("schema", "tool.schema.json").out == "Wrote the schema of a tool to tool.schema.json\n"
    assert (tmp_path / "tool.schema.json").read_text() == schema_text()
    assert ask("schema", "tool.schema.json", "--json").json == {"file": "tool.schema.json"}
    said = ask("schema", "gone/tool.schema.json")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
