from __future__ import annotations

import pytest

from catalog.errors import ImportFileError
from catalog.importers import Reading, read_text


def read(text: str) -> Reading:
    """Read a text as YAML."""
    return read_text(text, where="x.yaml")


def test_plain_words_stay_what_they_are() -> None:
    """Dates, "no" and leading zeros are text, as a catalog means them; figures are figures."""
    (incoming,) = read(
        """
        name: no
        released_on: 2025-03-07
        vendor: 007
        licence: 1e3
        aliases: [on, 12:30, 1_000, "42"]
        popularity: .5
        """
    ).tools
    tool = incoming.tool
    assert (tool.name, tool.released_on, tool.vendor, tool.licence) == ("no", "2025-03-07", "007", "1e3")
    assert (tool.aliases, tool.popularity) == (("on", "12:30", "1_000", "42"), 0.5)


def test_a_year_may_stand_without_quotes() -> None:
    """A bare 2025 is a number to YAML and a date to us."""
    (incoming,) = read("{name: a, released_on: 2025}").tools
    assert incoming.tool.released_on == "2025"


def test_a_number_for_a_name_asks_for_quotes() -> None:
    """3.10 would be read as 3.1: better to ask."""
    (rejection,) = read("- name: Ollama\n  aliases: [3.10]").rejected
    assert rejection.reason == "aliases 1: should be text; put it in quotes"


def test_lines_are_those_of_the_documents() -> None:
    """Comments, blank lines and blocks are counted; several YAML documents a file are one catalog."""
    text = "# tools\n\n- name: Ollama\n  summary: >\n    Runs\n    models.\n\n- nam: x\n---\ntools:\n\n  - name: vLLM\n"
    reading = read(text)
    assert [(i.tool.name, i.where) for i in reading.tools] == [("Ollama", "x.yaml:3"), ("vLLM", "x.yaml:12")]
    assert [rejection.where for rejection in reading.rejected] == ["x.yaml:8"]
    assert reading.tools[0].tool.summary == "Runs models."


def test_aliases_within_reason_are_fine() -> None:
    """An anchor spares repeating a list."""
    first, second = read("- {name: a, tasks: &t [coding]}\n- {name: b, tasks: *t}").tools
    assert first.tool.tasks == second.tool.tasks == ("coding",)


def test_a_bomb_is_an_error() -> None:
    """Nine levels of nine aliases stand for millions of values; nothing is expanded."""
    rows = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    rows += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    with pytest.raises(ImportFileError, match=r"^x\.yaml:\d+: aliases stand for more than 100,000 values"):
        read("\n".join(rows))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- name: a\n  b: [", r"^x\.yaml:\d: broken YAML: "),
        ("- name: a\n\tb: c", r"^x\.yaml:2: broken YAML: "),
        ("- name: &n [*n]", r"^x\.yaml:1: \*n stands for nothing that is complete"),
        ("- name: a\n- *b", r"^x\.yaml:2: \*b stands for nothing"),
        ("- name: a\n- <<: {name: b}", r"^x\.yaml:2: merge keys \(<<\) are not supported"),
        ("- name: !!python/object/apply:os.system [ls]", r"^x\.yaml:1: the tag .* is not supported"),
        ("- name: !!binary aGk=", r"^x\.yaml:1: the tag .* is not supported"),
        ("- ? [a]\n  : b", r"^x\.yaml:1: a list or mapping can't be a key"),
        ("- name: a\x07b", r"^x\.yaml:1: "),
    ],
)
def test_broken_or_unsafe_yaml_names_line_and_fault(text: str, message: str) -> None:
    """One sentence with a line; nothing is executed."""
    with pytest.raises(ImportFileError, match=message):
        read(text)


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("name: Ant\nsummary: It carries: leaves\n", 2, "put a text with a colon in quotes or behind >-"),
        ("links:\n  - title: A: b\n", 2, "put a text with a colon in quotes or behind >-"),
        ("name: Ant\n   type: product\n", 2, "in the same column, with a space behind each colon"),
        ("name: Ant\n\ttype: product\n", 2, "indent with spaces, not with tabs"),
        ("name:\n\t- Ant\n", 2, "indent with spaces, not with tabs"),
        ("name: @ant\n", 1, "put a text that starts with @ in quotes"),
        ('a: b\nname: "Ant\ntype: product\n', 2, "close the quotes"),
        ("name: Ant\nunique: 'Nobody's'\n", 2, "put a text with quotes of its own behind >-"),
        ("name: Ant\nsummary: It carries\nleaves\ntype: x\n", 3, "indent a text that goes on"),
        ("tags: [local, web\nname: Ant\n", 2, "close the bracket"),
        ('name: "a\\d"\n', 1, "use single quotes"),
        ("name: & b\n", 1, "starts with & or \\*"),
        ("name: > x\n", 1, "in the next line"),
        ("name: ? x\n", 1, "starts with \\? in quotes"),
        ("- name: a\nname: b\n", 2, 'begin each item of a list with "- "'),
    ],
)
def test_slips_that_anybody_makes_say_what_to_do(text: str, line: int, remedy: str) -> None:
    """In the line in which they are, not where the parser noticed."""
    with pytest.raises(ImportFileError, match=rf"^x\.yaml:{line}: broken YAML: .*; .*{remedy}"):
        read(text)
