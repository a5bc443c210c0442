from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from catalog.errors import ImportFileError
from catalog.importers import Authority, Reading, read_file, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping


def read(text: str, mapping: Mapping[str, str] | None = None) -> Reading:
    """Read a text as the file x.csv."""
    return read_text(text, where="x.csv", mapping=mapping)


def rows(text: str) -> list[dict[str, Any]]:
    """Read a text of which nothing is rejected; gives what each row says beyond its slug."""
    reading = read(text)
    assert reading.rejected == ()
    plain = (one.tool.model_dump(mode="json", exclude_defaults=True) for one in reading.tools)
    return [{field: value for field, value in tool.items() if field != "slug"} for tool in plain]


def rejected(text: str) -> list[tuple[str, str]]:
    """Give what is rejected of a text, and why."""
    return [(one.where, one.reason) for one in read(text).rejected]


def warned(text: str) -> list[tuple[str, str]]:
    """Give what is warned of in a text."""
    return [(one.where, one.reason) for one in read(text).warnings]


def refused(text: str, mapping: Mapping[str, str] | None = None) -> str:
    """Give the message with which a text is refused as a whole."""
    with pytest.raises(ImportFileError) as caught:
        read(text, mapping)
    return str(caught.value)


def test_a_row_is_a_tool() -> None:
    """Every column of our own, in any order; the document is ours, and an empty cell says nothing."""
    header = (
        "slug,name,type,vendor,summary,aliases,tasks,tags,homepage,repository,model_hub,docs,paper,licence,"
        "pricing_kind,pricing_usd,pricing_unit,pricing_source,pricing_observed_on,pricing_note,"
        "status,successor,released_on,popularity,signal:github_stars,signal_source,signal_observed_on"
    )
    row = (
        "v,vLLM,repository,vLLM project,Serves.,v-llm; v llm|VL,serving,a;b,https://v.example,https://r.example,"
        "https://m.example,https://d.example,https://p.example,MIT,"
        "usage,0.15,million input tokens,Price page,2025-03,From,"
        "deprecated,ollama,2023,0.5,89671,GitHub,2026-08-22"
    )
    (one, empty) = read(f"{header}\n{row}\n,Ollama{',' * 25}\n").tools
    assert (one.where, one.authority) == ("x.csv:2", Authority.OWN)
    assert one.tool.model_dump(mode="json", exclude_defaults=True) == {
        "slug": "v",
        "name": "vLLM",
        "type": "repository",
        "vendor": "vLLM project",
        "summary": "Serves.",
        "aliases": ["v-llm", "v llm", "VL"],
        "tasks": ["serving"],
        "tags": ["a", "b"],
        "links": [
            {"kind": "homepage", "url": "https://v.example"},
            {"kind": "repository", "url": "https://r.example"},
            {"kind": "model-hub", "url": "https://m.example"},
            {"kind": "docs", "url": "https://d.example"},
            {"kind": "paper", "url": "https://p.example"},
        ],
        "licence": "MIT",
        "pricing": {
            "kind": "usage",
            "starting": {
                "usd": 0.15,
                "unit": "million input tokens",
                "source": "Price page",
                "observed_on": "2025-03",
            },
            "note": "From",
        },
        "status": "deprecated",
        "successor": "ollama",
        "released_on": "2023",
        "popularity": 0.5,
        "signals": [
            {
                "metric": "github_stars",
                "value": 89671.0,
                "unit": "stars",
                "source": "GitHub",
                "observed_on": "2026-08-22",
            }
        ],
    }
    assert empty.tool.model_fields_set == {"name"}


@pytest.mark.parametrize(
    ("header", "cell", "said"),
    [
        ("Title", "A1", {"name": "A1"}),
        ("TOOL NAME", "A1", {"name": "A1"}),
        ("License", "MIT", {"licence": "MIT"}),
        ("Website", "https://a.example", {"links": [{"kind": "homepage", "url": "https://a.example"}]}),
        ("url", "https://a.example", {"links": [{"kind": "homepage", "url": "https://a.example"}]}),
        ("GitHub", "https://a.example", {"links": [{"kind": "repository", "url": "https://a.example"}]}),
        ("Repo", "https://a.example", {"links": [{"kind": "repository", "url": "https://a.example"}]}),
        ("model hub", "https://a.example", {"links": [{"kind": "model-hub", "url": "https://a.example"}]}),
        ("Description", "Serves.", {"summary": "Serves."}),
        ("Company", "Meta", {"vendor": "Meta"}),
        ("Category", "MCP Server", {"type": "mcp-server"}),
        ("Keywords", "Open Weights | LLM", {"tags": ["open-weights", "llm"]}),
        ("Price", "Free", {"pricing": {"kind": "free"}}),
        ("pricing_kind", "Pay as you go", {"pricing": {"kind": "usage"}}),
        ("tasks", "Text_Generation; CODING", {"tasks": ["text generation", "coding"]}),
        ("Release date", "2025-03-07", {"released_on": "2025-03-07"}),
        ("replaced-by", "Llama 3", {"successor": "llama-3"}),
    ],
)
def test_headers_and_words_are_taken_as_people_write_them(
    header: str, cell: str, said: dict[str, Any]
) -> None:
    """Other names of our columns, in any case; words of ours with other joints between them."""
    assert rows(
        f"{header},x_name,name\n{cell},,B1\n" if said.keys() != {"name"} else f"{header}\n{cell}\n"
    ) == [{"name": "B1"} | said]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n", ",,,\n"])
def test_the_header_tells_what_parts_the_cells(mark: str, end: str, before: str) -> None:
    """Comma, semicolon or tab, whatever ends a line, with a byte order mark or empty rows before the header."""
    lines = [
        f"name{mark}vendor{mark}summary",
        f'vLLM{mark}"A,B;C\tD"{mark}E',
        "",
        f'"Ol""lama"{mark}{mark}',
        "",
    ]
    assert rows(before + end.join(lines)) == [
        {"name": "vLLM", "vendor": "A,B;C D", "summary": "E"},
        {"name": 'Ol"lama'},
    ]


def test_a_spreadsheet_may_say_what_parts_the_cells() -> None:
    """On a line of its own, which is no header."""
    assert rows("sep=;\nname;vendor\nA1;B,C\n") == [{"name": "A1", "vendor": "B,C"}]


def test_a_table_is_known_without_its_extension() -> None:
    """By a first line of several columns that are all known, one of them for names."""
    text = "Title;License\nvLLM;MIT\n"
    assert read_text(text, "list.txt").format == "CSV"
    assert read_text(text.replace(";", "\t"), "list.tsv").format == "CSV"
    for other in ("Title;Colour\nvLLM;red\n", "License;Vendor\nMIT;x\n", "name\nvLLM\n"):
        with pytest.raises(ImportFileError, match="YAML, JSON, JSONL or CSV"):
            read_text(other, "list.txt")


def test_a_metric_may_have_a_source_of_its_own() -> None:
    """Else the row's; what it is counted in is known or said."""
    text = (
        "name,stars,signal:pulls,signal_source,signal_observed_on,signal_unit:pulls,signal_source:pulls\n"
        "A1,5,7e3,GitHub,2025,pulls,Hub\nB1,,,GitHub,2025,,\n"
    )
    assert [one.get("signals") for one in rows(text)] == [
        [
            {
                "metric": "github_stars",
                "value": 5,
                "unit": "stars",
                "source": "GitHub",
                "observed_on": "2025",
            },
            {"metric": "pulls", "value": 7000, "unit": "pulls", "source": "Hub", "observed_on": "2025"},
        ],
        None,
    ]


def test_a_figure_without_a_source_is_left_out() -> None:
    """Where no column says where and when, or in what unit, it is said once of the column."""
    assert warned("name,Stars\nA1,5\n") == [
        ("x.csv:1", '"Stars" is left out: it needs signal_source and signal_observed_on beside it')
    ]
    assert warned("name,signal:pulls,signal_source,signal_observed_on\nA1,5,S,2025\n") == [
        ("x.csv:1", '"signal:pulls" is left out: it needs signal_unit beside it')
    ]


def test_what_is_not_known_is_told_once() -> None:
    """With the column that was perhaps meant; the rows are read."""
    text = "name,licens,Colour,title,\n" + "A1,MIT,red,B,\n" * 3 + "A1,,,,x\n" * 2
    assert len(read(text).tools) == 5
    assert warned(text) == [
        ("x.csv:1", 'left out what isn\'t known: "licens" (did you mean "licence"?), "Colour"'),
        ("x.csv:1", '"title" is left out: "name" says the same (name)'),
        ("x.csv:5", 'a cell under no header; left out in 2 rows, here "x"'),
    ]


def test_a_category_that_is_no_type_costs_nothing_else() -> None:
    """A header that may mean something else takes what fits; under our own name it has to fit."""
    text = "name,Category,Price\nA1,Library,free\nB1,Chatbots,$20/month\nC1,Chatbots,\n"
    assert [(one.get("type"), one.get("pricing")) for one in rows(text)] == [
        ("library", {"kind": "free"}),
        (None, None),
        (None, None),
    ]
    kinds = "free, freemium, paid, usage"
    assert warned(text) == [
        (
            "x.csv:3",
            '"Category" is read as the type of tool where it is one; left out in 2 rows, here "Chatbots"',
        ),
        (
            "x.csv:3",
            f'"Price" is read as how one pays ({kinds}) where it says so; left out in 1 row, here "$20/month"',
        ),
    ]
    ((where, reason),) = rejected("name,type\nA1,Modle\n")
    assert (where, reason[:46]) == ("x.csv:2", 'type: "Modle" isn\'t known; did you mean "model')


def test_a_price_beside_its_unit_is_the_amount() -> None:
    """Then all that a price needs can be there."""
    (one,) = rows(
        "name,Price,per,price_unit,price_source,price_date,pricing_kind\nA1,20,,per month,Page,2025,paid\n"
    )
    assert one["pricing"]["starting"] == {
        "usd": 20.0,
        "unit": "month",
        "source": "Page",
        "observed_on": "2025",
    }


def test_the_caller_may_say_what_a_header_means() -> None:
    """That outweighs what it looks like; "" leaves a column out; what isn't there is refused."""
    text = "Wer,Was,name,Weg\nMeta,Llama,x,y\n"
    mapping = {"wer": "vendor", "Was": "name", "Weg": ""}
    reading = read(text, mapping)
    assert [(one.tool.name, one.tool.vendor) for one in reading.tools] == [("Llama", "Meta")]
    assert [one.reason for one in reading.warnings] == ['"name" is left out: "Was" says the same (name)']
    assert refused(text, {"Wo": "docs"}) == (
        'x.csv:1: no column is called "Wo"; there is "Wer", "Was", "name", "Weg"'
    )
    assert (
        refused(text, {"Wer": "vendr"}) == 'x.csv:1: "vendr" is no field of a table (did you mean "vendor"?)'
    )
    with pytest.raises(ImportFileError, match="JSON has no columns"):
        read_text("[]", "x.json", mapping=mapping)


def test_the_caller_reaches_a_file_too(tmp_path: Path) -> None:
    """The mapping goes along with the path."""
    path = tmp_path / "liste.csv"
    path.write_text("Wer\nvLLM\n")
    assert [one.tool.name for one in read_file(path, mapping={"Wer": "name"}).tools] == ["vLLM"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", 'x.csv:1: no column holds names; call one of them "name" (there is "a", "b")'),
        ("\n\nvendor\nA\n", 'x.csv:3: no column holds names; call one of them "name" (there is "vendor")'),
        (" \n,,\n", "x.csv: empty; there is nothing to read"),
        ('"",""\n\n', "x.csv: empty; there is nothing to read"),
        ("na\0me\nx\n", "x.csv:1: a zero byte, as in binary data; remove it"),
        ("name" + ",x" * 500, "x.csv:1: more than 500 columns; the first row should name each column"),
        ('name,"x\n1,2\n', "x.csv:1: a quote is opened and never closed; close it, or leave it out"),
        ("x" * 200_000, "x.csv:1: a cell is longer than 131,072 characters; shorten it, or close its quote"),
    ],
)
def test_a_header_that_is_none_is_refused(text: str, message: str) -> None:
    """With what there is instead."""
    assert refused(text) == message


def test_a_wrong_row_costs_only_itself() -> None:
    """Each is told with the line on which it begins, under the names that the file uses."""
    text = (
        'Title,URL,Popularity,Stars,signal_source,signal_observed_on,"Price\nUSD",tags,status\n'
        'Good,,,,,,,,\n"Two\nlines",,,,,,,,\n@everyone,,,,,,,,\n,,0.5,,,,,,\nA1,vllm.ai,"0,5",,,,,,\n'
        'B1,,7,"1,234",,3/7/2025,,é!,\nC1,,,,,,20,,\nD1,,,,,,,,x,y\nE1\nF1,,,,,,,,actve,,,\nLast,,,,,,,,\n'
    )
    assert [(one.tool.name, one.where) for one in read(text).tools] == [
        ("Good", "x.csv:3"),
        ("Two lines", "x.csv:4"),
        ("E1", "x.csv:12"),
        ("Last", "x.csv:14"),
    ]
    number = "should be a number in digits with a point, such as 1500 or 0.15"
    slug = "use lower-case letters, digits and single hyphens"
    date = "write a date as 2025, 2025-03 or 2025-03-07"
    seen = f'signal_source: missing; signal_observed_on: "3/7/2025" won\'t do; {date}'
    assert rejected(text) == [
        ("x.csv:6", "Title: a name can't hold a mention (@everyone, @here, <@id>); write it without the @"),
        ("x.csv:7", "Title: empty"),
        ("x.csv:8", f"URL: no web address; it should start with https:// or http://; Popularity: {number}"),
        (
            "x.csv:9",
            f'tags: "é!" won\'t do; {slug}; Popularity: should be at most 1; Stars: {number}; {seen}',
        ),
        (
            "x.csv:10",
            "pricing_kind: missing; pricing_unit: missing; pricing_source: missing; pricing_observed_on: missing",
        ),
        ("x.csv:11", "10 cells under 9 columns; put text that holds what parts the cells in quotes"),
        (
            "x.csv:13",
            'status: "actve" isn\'t known; did you mean "active"? (one of active, deprecated, gone)',
        ),
    ]


def test_hostile_cells_are_text_or_rejected(tmp_path: Path) -> None:
    """A formula stays text; a zero byte, another encoding and a megabyte in a cell cost only their row."""
    path = tmp_path / "x.csv"
    path.write_bytes(
        b"\xef\xbb\xbfname,summary\n=cmd(),'=1+1\nA\0,b\nCaf\xe9,b\n" + b"x" * 1_000_000 + b",b\nLast,'b'\n"
    )
    reading = read_file(path)
    assert [(one.tool.name, one.tool.summary) for one in reading.tools] == [
        ("=cmd()", "=1+1"),
        ("Last", "'b'"),
    ]
    assert [(one.where, one.reason.split(";")[0]) for one in reading.rejected] == [
        ("x.csv:3", "a zero byte, as in binary data"),
        ("x.csv:4", "not UTF-8 text"),
        ("x.csv:5", "a cell is longer than 131,072 characters"),
    ]
    path.write_bytes("name\nvLLM\n".encode("utf-16"))
    with pytest.raises(ImportFileError, match=r"x\.csv:1: not UTF-8 text"):
        read_file(path)


def test_a_table_without_rows_is_an_empty_catalog(tmp_path: Path) -> None:
    """A header alone is whole, unlike nothing at all."""
    path = tmp_path / "x.csv"
    path.write_text("name,vendor\n")
    assert read_file(path) == Reading("CSV", ())


def test_the_example_in_the_documentation_is_read() -> None:
    """Without a warning."""
    page = (Path(__file__).parents[3] / "docs" / "catalog.md").read_text("utf-8")
    example = page.split("```csv\n")[1].split("```")[0]
    assert [row["name"] for row in rows(example)] == ["vLLM", "Ollama"]
    assert warned(example) == []


def test_long_tables_are_read_as_they_come(tmp_path: Path) -> None:
    """Reading needs little more memory than the tools that it gives, and tells how far it is."""
    path = tmp_path / "long.csv"
    path.write_text("name,vendor\n" + "".join(f"t{n},{'x' * 290}\n" for n in range(8000)))
    heard: list[int] = []
    tracemalloc.start()
    try:
        reading = read_file(path, told=heard.append)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (len(reading.tools), sum(heard)) == (8000, path.stat().st_size)
    assert len(heard) > 1
    assert most - kept < path.stat().st_size
