from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import ImportFileError
from catalog.importers import SIZE_LIMIT, Reading, read_file, read_text

if TYPE_CHECKING:
    from collections.abc import Callable


def refused(path: Path) -> str:
    """Give the message with which a file is refused."""
    with pytest.raises(ImportFileError) as caught:
        read_file(path)
    return str(caught.value)


def outcome(read: Callable[[], Reading]) -> Reading | str:
    """Give what reading gives, or the message with which it refuses."""
    try:
        return read()
    except ImportFileError as error:
        return str(error)


def written(folder: Path, data: bytes, name: str = "tools.yaml") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """The whole path stands in the message, so that a typing error can be seen."""
    path = tmp_path / "nothing.yaml"
    assert refused(path) == f"{path}: there is no such file; check the path"


def test_folders_and_devices_are_refused(tmp_path: Path) -> None:
    """Neither is opened: a pipe would block for ever."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, Path("/dev/zero")):
        assert "not a regular file" in refused(path)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    """Fifty megabytes are too many unless the caller allows them."""
    path = tmp_path / "big.jsonl"
    with path.open("wb") as file:
        file.write(b'{"name": "vLLM"}\n')
        file.truncate(2 * SIZE_LIMIT + SIZE_LIMIT // 2)
    assert refused(path) == "big.jsonl: larger than 20 MB; split it into smaller files"
    small = written(tmp_path, b"name: vLLM")
    with pytest.raises(ImportFileError, match="larger than"):
        read_file(small, limit=5)
    assert len(read_file(small, limit=10).tools) == 1


def test_yaml_has_a_limit_of_its_own(tmp_path: Path) -> None:
    """It reads so slowly that a file which any other format may have is refused, and those are named."""
    data = b"# " + b"x" * 5_000_000 + b"\nname: vLLM"
    for name in ("tools.yaml", "tools"):
        assert "5,000,000 characters, the most for YAML; split it, or write it as JSON or JSONL" in refused(
            written(tmp_path, b"name: vLLM\n" + data, name)
        )
    assert len(read_file(written(tmp_path, b'{"name": "vLLM"}' + b" " * 5_000_001, "tools.json")).tools) == 1


@pytest.mark.parametrize("data", [b"\x7fELF\x02\0\0", b"name: a\0b", b"PK\x03\x04\0"])
def test_binary_data_is_refused(tmp_path: Path, data: bytes) -> None:
    """It is told from text by its zero bytes."""
    assert "binary data" in refused(written(tmp_path, data))


def test_other_encodings_are_refused_with_the_line(tmp_path: Path) -> None:
    """Latin-1 is no UTF-8, and the line is named."""
    path = written(tmp_path, "- name: Ollama\n- name: Café\n".encode("latin-1"))
    assert refused(path) == "tools.yaml:2: not UTF-8 text; save the file as UTF-8"
    assert "binary" in refused(written(tmp_path, "name: Ollama".encode("utf-16")))


@pytest.mark.parametrize("name", ["tools.yaml", "tools.json", "tools.jsonl", "tools.txt"])
@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, name: str, data: bytes) -> None:
    """Whatever its extension."""
    assert "empty" in refused(written(tmp_path, data, name))


@pytest.mark.parametrize("name", ["tools.yaml", "tools.json", "tools.jsonl", "tools"])
def test_a_byte_order_mark_is_no_text(tmp_path: Path, name: str) -> None:
    """Windows editors put one before the first character."""
    path = written(tmp_path, b'\xef\xbb\xbf{"name": "vLLM"}', name)
    assert [incoming.tool.name for incoming in read_file(path).tools] == ["vLLM"]


#: Megabytes, of characters of several bytes, in no more documents than that takes: each of them is checked.
_LINE = '{{"name": "通义 \U0001f999 {0}", "summary": "{1}"}}\n'
LONG = "".join(_LINE.format(number, "通义\U0001f999 " * 70) for number in range(4_000))


def test_a_long_list_of_names_is_read_in_blocks(tmp_path: Path) -> None:
    """No character is torn where two blocks meet, each line has its number, and how far it is is told."""
    heard: list[int] = []
    path = written(tmp_path, LONG.encode(), "names.jsonl")
    reading = read_file(path, told=heard.append)
    assert reading == read_text(LONG, where="names.jsonl")
    assert (len(reading.tools), reading.tools[-1].where) == (4_000, "names.jsonl:4000")
    assert len(heard) > 1
    assert sum(heard) == path.stat().st_size


def test_a_fault_deep_in_a_long_list_is_told_with_its_line(tmp_path: Path) -> None:
    """Whatever is wrong with a line, it costs only itself: another encoding, a zero byte, broken JSON."""
    lines = LONG.encode().splitlines(keepends=True)
    # More than is read at a time lies before it, and enough after it to go on.
    before, after = b"".join(lines[:1_500]), b"".join(lines[:200])
    for bad, reason in (
        (b'{"name": "Caf\xe9"}', "not UTF-8 text; save the file as UTF-8"),
        (b'{"name": "a\0b"}', "a zero byte, as in binary data; remove it"),
        (b"\0", "a zero byte, as in binary data; remove it"),
        (b"{oops", "expecting property name enclosed in double quotes"),
    ):
        reading = read_file(written(tmp_path, before + bad + b"\n" + after, "names.jsonl"))
        assert [(one.where, one.reason) for one in reading.rejected] == [("names.jsonl:1501", reason)]
        assert (len(reading.tools), reading.tools[-1].where) == (1_700, "names.jsonl:1701")


@pytest.mark.parametrize("bad", [b"\xff\xfe", b'{"name": "Caf\xe9"}', b"\0\0", b"\xef\xbb\xbf\0"])
def test_a_line_that_is_no_text_may_be_anywhere(tmp_path: Path, bad: bytes) -> None:
    """The first line, the last one without a line end, or all but one."""
    good = b'{"name": "Ollama"}'
    for lines, expected in (([bad, good], [1]), ([good, bad], [2]), ([bad, good, bad, bad], [1, 3, 4])):
        reading = read_file(written(tmp_path, b"\n".join(lines), "names.jsonl"))
        assert [one.where for one in reading.rejected] == [f"names.jsonl:{number}" for number in expected]
        assert [one.tool.name for one in reading.tools] == ["Ollama"]


def test_lines_of_binary_data_are_one_refusal(tmp_path: Path) -> None:
    """Where no line is any good, one sentence says so of the whole file."""
    assert "binary data" in refused(written(tmp_path, LONG.encode("utf-16"), "names.jsonl"))
    assert "names.jsonl:1: not UTF-8" in refused(written(tmp_path, b"\xff\n\xff\n", "names.jsonl"))


def test_a_list_of_names_that_grows_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The size that is said beforehand isn't trusted, nor does one line without an end fill the memory."""
    path = written(tmp_path, LONG.encode(), "names.jsonl")
    real = os.stat_result
    status = path.stat()
    small = real((*status[:6], 10, *status[7:]))
    monkeypatch.setattr(Path, "stat", lambda *_, **__: small)
    for data in (LONG.encode(), b" " * len(LONG)):
        path.write_bytes(data)
        with pytest.raises(ImportFileError, match="larger than 1 MB"):
            read_file(path, limit=1_000_000)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(['{"name": "a"}', "{oops", '"x"', "", " ", "\r", "\x85", "é\ufeff", "\n"]), max_size=6
    )
)
def test_lines_are_read_as_their_text_is(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    """However lines end or begin, a file gives what its text gives."""
    path = tmp_path_factory.getbasetemp() / "rows.jsonl"
    text = "\n".join(rows)
    path.write_bytes(text.encode())
    assert outcome(lambda: read_file(path)) == outcome(lambda: read_text(text, where=path.name))
