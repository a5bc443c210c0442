from __future__ import annotations

import csv
import json
import os
import stat
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.exporting import ExportFormat, _umask, left_out, to_text, write_file
from catalog.importers import Caution, Incoming, read_file, read_text
from catalog.merging import merge
from catalog.models import (
    Capability,
    HiddenCapabilities,
    Link,
    LinkKind,
    Price,
    PriceUnit,
    Pricing,
    PricingKind,
    ReportedScore,
    Signal,
    Status,
    Task,
    Tool,
    ToolType,
)
from catalog.text import clean_line, clean_prose

#: The formats that hold everything.
FORMS = [form for form in get_args(ExportFormat) if form != "csv"]
EXTENSIONS = [".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv"]

_ODD = st.sampled_from(
    [
        "no",
        "2024",
        "2025-03-07",
        "- item",
        "key: value",
        "# no comment",
        "'",
        '"',
        "{}",
        "@x",
        "*star",
        "&a b",
        "!tag",
        "%x",
        "|",
        ">",
        "null",
        "1e3",
        "0x1F",
        "12:30",
        "~",
        "=",
        "<<",
        "a  b: c #d",
        "\u2192 \u2014 \u00a9 \u901a\u4e49 \U0001f600",
        "trailing: ",
        "\u2028x",
        "\ufeff y",
        "\ue000\uffff",
        "word " * 40,
        "a" * 200,
        "1\n\n2\n - 3",
    ]
)
_TEXT = st.one_of(
    _ODD, st.text(min_size=1, max_size=120), st.lists(_ODD, min_size=1, max_size=4).map(" ".join)
)
LINE = _TEXT.map(lambda text: clean_line(text)[:300].strip()).filter(bool)
PROSE = _TEXT.map(lambda text: clean_prose(text)[:4000].strip()).filter(bool)
NAME = st.one_of(
    st.sampled_from(
        ["no", "1.10", "C#", "42", "true", "\u901a\u4e49", "Caf\u00e9: 2", "null", "GPT-4o mini", "[x]"]
    ),
    st.text(min_size=1, max_size=20)
    .map(clean_line)
    .filter(lambda text: any(c.isascii() and c.isalnum() for c in text)),
).filter(lambda text: "@" not in text and "<" not in text)
WHEN = st.sampled_from(["2025", "2025-03", "2025-03-07"])
SLUG = st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9]{1,8})?\Z")
NUMBER = st.floats(-1e15, 1e15)
POSITIVE = st.floats(0, 1e6)


def _some(*parts: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.one_of(*parts), max_size=3).map(tuple)


def _maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


CAPABILITY = st.builds(
    Capability,
    title=_maybe(LINE),
    description=PROSE,
    unique=_maybe(PROSE),
    versus=_maybe(PROSE),
    source=_maybe(LINE),
)
PRICE = st.builds(Price, usd=POSITIVE, unit=st.sampled_from(PriceUnit), source=LINE, observed_on=WHEN)
PRICING = st.builds(Pricing, kind=st.sampled_from(PricingKind), starting=_maybe(PRICE), note=_maybe(LINE))
LINK = st.builds(
    Link,
    kind=st.sampled_from(LinkKind),
    url=st.sampled_from(["https://a.example/x?y=1#z", "http://b.example/"]),
)
SIGNAL = st.builds(
    Signal,
    metric=st.sampled_from(["github_stars", "benchmark:swe"]),
    value=NUMBER,
    unit=LINE,
    source=LINE,
    observed_on=WHEN,
    licence=_maybe(LINE),
)
REPORTED = st.builds(
    ReportedScore,
    source=LINE,
    observed_on=_maybe(WHEN),
    rank=_maybe(st.floats(0, 100)),
    components=st.dictionaries(st.sampled_from(["adoption", "match_graph"]), NUMBER, max_size=2),
    rounded=st.booleans(),
    times_matched=_maybe(st.integers(0, 99)),
)
TOOL = st.builds(
    Tool,
    slug=SLUG.map(lambda slug: f"{slug}-x"),
    name=NAME,
    type=st.sampled_from(ToolType),
    vendor=_maybe(LINE),
    summary=_maybe(LINE),
    aliases=_some(NAME),
    tasks=_some(st.sampled_from(Task)),
    tags=_some(SLUG),
    links=_some(LINK),
    licence=_maybe(LINE),
    pricing=_maybe(PRICING),
    status=st.sampled_from(Status),
    successor=_maybe(SLUG.map(lambda slug: f"{slug}-y")),
    released_on=_maybe(WHEN),
    popularity=_maybe(st.floats(0, 1)),
    capabilities=_some(CAPABILITY),
    hidden_capabilities=_some(st.builds(HiddenCapabilities, count=st.integers(1, 99), source=LINE)),
    signals=_some(SIGNAL),
    reported=_some(REPORTED),
)


def read_back(text: str, form: str) -> list[Tool]:
    """Read what was written; nothing may be odd about it."""
    reading = read_text(text, where=f"x.{form}")
    assert (reading.rejected, reading.warnings) == ((), ())
    return [incoming.tool for incoming in reading.tools]


@pytest.mark.parametrize("form", FORMS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(tools=st.lists(TOOL, min_size=1, max_size=2))
def test_what_is_written_reads_back_equal(form: ExportFormat, tools: list[Tool]) -> None:
    """Every format gives back every document, however odd its text."""
    assert read_back(to_text(tools, form), form) == tools


@settings(max_examples=300, deadline=None)
@given(text=PROSE)
def test_yaml_keeps_any_running_text(text: str) -> None:
    """Folded blocks, quotes and plain scalars all read back as they were."""
    tool = Tool.model_validate({"name": "Ollama", "capabilities": [{"description": text}]})
    assert read_back(to_text([tool], "yaml"), "yaml") == [tool]


def test_only_what_is_set_is_written() -> None:
    """Defaults stay unsaid; the order is the model's."""
    tool = Tool.model_validate({"popularity": 0, "aliases": ["v-llm"], "name": "vLLM"})
    written = json.loads(to_text([tool], "jsonl"))
    assert list(written.items()) == [
        ("slug", "vllm"),
        ("name", "vLLM"),
        ("aliases", ["v-llm"]),
        ("popularity", 0.0),
    ]


def test_yaml_is_readable() -> None:
    """Long text stands in a folded block and letters stay letters."""
    tool = Tool.model_validate({"name": "通义", "capabilities": [{"description": "Draws a café. " * 12}]})
    text = to_text([tool], "yaml")
    assert "name: 通义" in text
    assert "description: >" in text
    assert max(map(len, text.splitlines())) <= 110
    assert "\\u" not in text


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_file_is_written_whole(tmp_path: Path, extension: str) -> None:
    """The extension chooses the format; nothing else is left in the folder; the mode is an ordinary one."""
    tools = [Tool.model_validate({"name": "vLLM"}), Tool.model_validate({"name": "Ollama"})]
    path = tmp_path / f"tools{extension}"
    path.write_text("old")
    write_file(path, tools)
    assert [incoming.tool for incoming in read_file(path).tools] == tools
    assert list(tmp_path.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) & 0o600 == 0o600


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """A file that can't be put in place changes nothing and leaves no draft."""
    path = tmp_path / "tools.json"
    path.mkdir()
    (path / "inside").touch()
    with pytest.raises(OSError, match="irectory"):
        write_file(path, [Tool.model_validate({"name": "vLLM"})])
    assert [entry.name for entry in tmp_path.iterdir()] == ["tools.json"]


def test_an_existing_file_keeps_its_mode(tmp_path: Path) -> None:
    """What was private stays private; what is new gets the mode of any new file."""
    path = tmp_path / "tools.json"
    write_file(path, [])
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~_umask()
    for mode in (0o600, 0o664):
        path.chmod(mode)
        write_file(path, [Tool(name="vLLM")])
        assert stat.S_IMODE(path.stat().st_mode) == mode
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_written_through(tmp_path: Path) -> None:
    """The link stays, its target changes; one that points at nothing yet makes its target."""
    (tmp_path / "data").mkdir()
    for name in ("old.json", "new.json"):
        target = tmp_path / "data" / name
        if name == "old.json":
            target.write_text("[]")
            target.chmod(0o600)
        link = tmp_path / name
        link.symlink_to(target)
        write_file(link, [Tool(name="vLLM")])
        assert link.is_symlink()
        assert [incoming.tool.name for incoming in read_file(target).tools] == ["vLLM"]
    assert stat.S_IMODE((tmp_path / "data" / "old.json").stat().st_mode) == 0o600
    assert sorted(one.name for one in (tmp_path / "data").iterdir()) == ["new.json", "old.json"]


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A pipe, a device behind a link and a link to itself stay what they are."""
    pipe, device, circle = (tmp_path / f"{name}.json" for name in ("pipe", "device", "circle"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/null")
    circle.symlink_to(circle)
    for path in (pipe, device, circle):
        with pytest.raises(OSError, match=r"regular file|symbolic links"):
            write_file(path, [])
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert circle.is_symlink()


def test_an_unknown_extension_is_refused(tmp_path: Path) -> None:
    """The error names the extensions that do, and nothing is written."""
    with pytest.raises(ValueError, match=r"\.yaml, \.yml, \.json"):
        write_file(tmp_path / "tools.xls", [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", [*FORMS, "csv"])
def test_no_tools_read_back_as_none(form: ExportFormat) -> None:
    """An empty catalog is a valid file where the format can say so."""
    text = to_text([], form)
    if form == "jsonl":
        assert text == ""
    else:
        assert read_back(text, form) == []


def test_export_then_import_changes_nothing() -> None:
    """Merging an export into the catalog that it came from leaves every document as it was."""
    tool = Tool.model_validate(
        {
            "name": "vLLM",
            "aliases": ["v llm"],
            "status": "deprecated",
            "capabilities": [{"description": "Serves.", "source": "S"}],
            "hidden_capabilities": [{"count": 3, "source": "S"}],
        }
    )
    (incoming,) = read_text(to_text([tool], "yaml"), "x.yaml").tools
    assert isinstance(incoming, Incoming)
    assert merge(tool, incoming) == tool
    assert merge(None, incoming) == tool


def held(tool: Tool) -> Tool:
    """Give what a table holds of a tool: no lists of long texts, the newest figure of each metric."""
    newest = [signal for signal in tool.signals if tool.signal(signal.metric) is signal]
    kinds = list(LinkKind)
    return tool.model_copy(
        update={
            "capabilities": (),
            "hidden_capabilities": (),
            "reported": (),
            "signals": tuple(sorted(newest, key=lambda signal: signal.metric)),
            "links": tuple(sorted(tool.links, key=lambda link: kinds.index(link.kind))),
        }
    )


def by_metric(tool: Tool) -> Tool:
    """Give a tool with its figures by metric: their order in a table is that of its columns."""
    return tool.model_copy(update={"signals": tuple(sorted(tool.signals, key=lambda one: one.metric))})


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(tools=st.lists(TOOL, min_size=1, max_size=3))
def test_a_table_reads_back_what_it_holds(tools: list[Tool]) -> None:
    """An empty catalog gets the same fields from it, however odd their text; what is lost is said."""
    back = read_back(to_text(tools, "csv"), "csv")
    assert list(map(by_metric, back)) == list(map(held, tools))
    whole = all(
        len(held(tool).signals) == len(tool.signals)
        and not (tool.capabilities or tool.hidden_capabilities or tool.reported)
        for tool in tools
    )
    assert (left_out(tools, "csv") == ()) is whole


@settings(max_examples=100, deadline=None)
@given(text=LINE.map(lambda text: f"={text}"[:300].strip()), sign=st.sampled_from("=+-@"))
def test_a_table_runs_nothing(text: str, sign: str) -> None:
    """What a spreadsheet would take for a formula is text in every cell, and reads back as it was."""
    tool = Tool(name="vLLM", summary=f"{sign}{text}"[:300], aliases=(f"{sign}cmd()", f"b;{sign}c"))
    written = to_text([tool], "csv")
    (row,) = list(csv.reader(written.splitlines()))[1:]
    assert not any(cell.startswith(tuple("=+-@")) or f";{sign}" in cell for cell in row)
    assert read_back(written, "csv") == [tool]


def test_what_a_table_cannot_hold_is_said(tmp_path: Path) -> None:
    """Counted, with what to write instead; formats that hold everything say nothing."""
    signal = {"metric": "github_stars", "unit": "stars", "source": "G"}
    fields = {
        "capabilities": [{"description": "Serves."}],
        "hidden_capabilities": [{"count": 3, "source": "S"}],
        "reported": [{"source": "S"}],
        "signals": [{**signal, "value": n, "observed_on": f"202{n}"} for n in range(3)],
    }
    tool = Tool.model_validate({"name": "vLLM", **fields})
    path = tmp_path / "all.csv"
    assert write_file(path, [tool]) == (
        Caution(
            "all.csv",
            "left out what a table can't hold: 1 capability, 1 count of hidden capabilities, 1 reported score, "
            "2 earlier measurements; write YAML, JSON or JSONL to keep all",
        ),
    )
    (back,) = read_file(path).tools
    assert [signal.value for signal in back.tool.signals] == [2]
    assert merge(tool, back) == tool
    assert write_file(tmp_path / "all.json", [tool]) == ()


def test_a_table_names_a_source_once() -> None:
    """What all figures of a row share stands in one column; only what differs has its own."""
    shared = {"unit": "stars", "source": "GitHub", "observed_on": "2025", "licence": "MIT"}
    one = {**shared, "metric": "github_stars", "value": 5}
    two = {**shared, "metric": "github_forks", "value": -2.5, "unit": "forks"}
    own = {**shared, "metric": "pulls", "value": 7, "unit": "pulls", "source": "Hub"}
    tools = [Tool.model_validate({"name": "A1", "signals": signals}) for signals in ([one, two], [one, own])]
    lines = [line.split("popularity,")[-1] for line in to_text(tools, "csv").splitlines()]
    assert lines[0] == (
        "signal_source,signal_observed_on,signal_licence,signal:github_stars,signal:github_forks,"
        "signal:pulls,signal_unit:pulls,signal_source:pulls"
    )
    assert lines[1].endswith(",GitHub,2025,MIT,5,-2.5,,,")
    assert lines[2].endswith(",GitHub,2025,MIT,5,,7,pulls,Hub")


def test_a_table_is_made_for_spreadsheets(tmp_path: Path) -> None:
    """A byte order mark says that it is UTF-8, and only plain cells have no quotes."""
    path = tmp_path / "all.csv"
    write_file(path, [Tool.model_validate({"name": "通义", "summary": "a;b", "vendor": "Plain one"})])
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfslug,name,")
    assert ',通义,,Plain one,,"a;b",,'.encode() in data
