from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from catalog.importers import read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[..., Any]


def _digest(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes()).hexdigest()


def test_two_pages_are_three_tools_and_again_nothing(ask: Ask, pages: tuple[Path, Path]) -> None:
    """Into an empty database: 3 added and no starter catalog; a second run changes nothing."""
    first = ask("import", *pages, "--json")
    assert first.code == 0
    assert {key: first.json[key] for key in ("added", "changed", "unchanged", "rejected")} == {
        "added": 3,
        "changed": 0,
        "unchanged": 0,
        "rejected": [],
    }
    again = ask("import", *pages, "--json").json
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 3)
    assert ask("export", "all.json", "--json").json == {
        "file": "all.json",
        "written": 3,
        "added": 0,
        "changed": 0,
        "unchanged": 3,
        "rejected": [],
        "warnings": [],
    }


def test_the_real_pages_are_three_tools(ask: Ask, seeds: tuple[Path, ...]) -> None:
    """The pages as another site saved them: 3 added, nothing rejected, and again nothing."""
    first = ask("import", *seeds, "--json").json
    assert (first["added"], first["rejected"], first["warnings"]) == (3, [], [])
    again = ask("import", *seeds, "--json").json
    assert (again["added"], again["changed"]) == (0, 0)
    assert sorted(again["slugs"]["unchanged"]) == ["mistral-small", "mixtral-8x7b", "stable-diffusion"]


def test_a_dry_run_changes_nothing(ask: Ask, pages: tuple[Path, Path], database: Path) -> None:
    """It tells what would be, and doesn't even make the database; against one that is there it compares."""
    said = ask("import", *pages, "--dry-run")
    assert said.out == "Would be: 3 added, 0 changed, 0 unchanged, 0 rejected, 0 warnings\n"
    assert not database.exists()
    ask("import", pages[0])
    before = _digest(database)
    said = ask("import", *pages, "--dry-run", "--json").json
    assert (said["added"], said["changed"], said["unchanged"]) == (1, 1, 1)
    assert _digest(database) == before


def test_export_and_import_is_the_identity(ask: Ask, pages: tuple[Path, Path], tmp_path: Path) -> None:
    """Each format holds every document; importing it changes nothing."""
    ask("import", *pages)
    for name in ("all.yaml", "all.json", "all.jsonl"):
        assert ask("export", name).out == f"Wrote 3 tools to {name}\n"
        assert len(read_file(tmp_path / name).tools) == 3
        again = ask("import", name, "--json").json
        assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 3)


def test_export_turns_one_format_into_another(ask: Ask, pages: tuple[Path, Path], database: Path) -> None:
    """With --catalog, files are written out without a database."""
    assert ask("--catalog", pages[0], "export", "out.jsonl").code == 0
    assert not database.exists()


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [("all.xlsx", 2, ".yaml"), ("gone/all.yaml", 1, "No such file or directory")],
)
def test_export_refuses(ask: Ask, pages: tuple[Path, Path], name: str, code: int, told: str) -> None:
    """An unknown extension is a bad argument, a missing folder a failure."""
    said = ask("export", name, "--catalog", pages[0])
    assert (said.code, said.out) == (code, "")
    assert told in said.err
    assert said.err.count("\n") == 1


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines)


BAD = {
    "binary": (b"\x7fELF\0\0\0\1" * 100, "binary data"),
    "latin": ("name: caf\xe9".encode("latin-1"), "not UTF-8"),
    "large": (b"- name: x\n" * 5_000_000, "larger than"),
    "bomb": (_bomb().encode(), ""),
    "unknown field": (b"- name: Fine\n  licens: MIT\n", 'did you mean "licence"'),
    "empty name": (b'- name: ""\n', "name"),
    "long name": (b"- name: " + b"x" * 5_000, "name"),
    "mention": (b'- name: "@everyone"\n', "mention"),
    "script link": (b"- name: A1\n  links: [{kind: homepage, url: 'javascript:alert(1)'}]\n", "https://"),
    "half a document": (b"- name: [\n", ""),
    "empty": (b"", "empty"),
    "no catalog": (b"Dear all,\nthe meeting is moved.\n", ""),
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_changes_nothing(
    ask: Ask, pages: tuple[Path, Path], tmp_path: Path, database: Path, bad: str
) -> None:
    """Exit 1, clear lines, and the database as it was to the byte, though a good file stood beside the bad one."""
    ask("import", pages[0])
    before = _digest(database)
    content, told = BAD[bad]
    (tmp_path / "bad.yaml").write_bytes(content)
    said = ask("import", pages[1], "bad.yaml")
    assert (said.code, said.out) == (1, "")
    assert told in said.err
    assert "bad.yaml" in said.err
    assert all(line.startswith("matchbook: ") and len(line) < 500 for line in said.err.splitlines())
    assert _digest(database) == before
    assert ask("check", "bad.yaml").code == 1


def test_rejections_are_listed_and_may_be_skipped(ask: Ask, tmp_path: Path) -> None:
    """Each with its line; --skip-rejected takes the rest."""
    (tmp_path / "tools.yaml").write_text("- name: Good\n- name: Bad\n  licens: MIT\n- nome: Worse\n")
    said = ask("import", "tools.yaml", "--json")
    assert (said.code, said.json["added"]) == (1, 0)
    assert [one["where"] for one in said.json["rejected"]] == ["tools.yaml:2", "tools.yaml:4"]
    assert said.err.count("matchbook: rejected: tools.yaml:") == 2
    assert "nothing was imported" in said.err
    said = ask("import", "tools.yaml", "--skip-rejected", "--json")
    assert (said.code, said.json["added"], len(said.json["rejected"])) == (0, 1, 2)


def test_warnings_name_the_line(ask: Ask, pages: tuple[Path, Path], tmp_path: Path) -> None:
    """A damaged page is read as far as it goes, and what is odd is told with its line."""
    lines = pages[0].read_text().splitlines()
    first = next(n for n, line in enumerate(lines) if line.strip().startswith("Unique:"))
    (tmp_path / "page.txt").write_text("\n".join([*lines[:first], *lines[first + 1 :]]))
    said = ask("import", "page.txt", "--json")
    assert (said.code, said.json["added"]) == (0, 2)
    assert said.json["warnings"]
    assert said.err.startswith("matchbook: warning: page.txt:")


def test_a_folder_stands_for_its_files(ask: Ask, pages: tuple[Path, Path], tmp_path: Path) -> None:
    """At any depth, and without files that hold no catalog."""
    inside = tmp_path / "more" / "deep"
    inside.mkdir(parents=True)
    (inside / "one.yaml").write_text("name: One")
    (inside / "two.json").write_text('{"name": "Two"}')
    (inside / "notes.md").write_text("nothing")
    assert ask("check", "more", pages[0], "--json").json["added"] == 4


def test_a_catalog_has_no_use_where_files_are_named(ask: Ask, pages: tuple[Path, Path]) -> None:
    """--catalog before `import` or `check` is a bad argument rather than silently ignored."""
    for command in ("import", "check"):
        said = ask("--catalog", pages[0], command, pages[1])
        assert said.code == 2
        assert "--catalog has no use" in said.err


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://root:hunter2@localhost/x", 2),
        ("postgresql://root:hunter2@127.0.0.1:1/x", 1),
        ("postgresql://root:hunter2@localhost:port/x", 2),
        ("postgresql://root:hun@hunter2@localhost/x", 2),
        ("sqlite:///", 2),
        ("://hunter2", 2),
        ("hunter2", 2),
        ("sqlite:////dev/null/x.db", 1),
    ],
)
def test_a_database_that_can_not_be_had(
    ask: Ask, pages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, url: str, code: int
) -> None:
    """One line without a password; an address that is none is a bad setting, which the line names."""
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    # A bot that starts would set up a log for the whole process.
    asked: list[list[str | Path]] = [["import", pages[0]], ["rank", "x"]]
    if code == 2:
        asked.append(["run"])
    for words in asked:
        said = ask(*words)
        assert (said.code, said.out) == (code, "")
        assert ("DATABASE_URL" in said.err) == (code == 2)
        assert said.err.count("\n") == 1
        assert "hunter2" not in said.err


def test_a_database_of_another_program_stays_as_it_is(
    ask: Ask, pages: tuple[Path, Path], database: Path
) -> None:
    """Tables that happen to have our names are nobody's to overwrite: one line says what it is and what to do."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE tools (hammer TEXT)")
        connection.commit()
    said = ask("import", pages[0])
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "a table named tools that Matchbook didn't make" in said.err
    assert "Name another database" in said.err
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("tools",)]


def test_a_long_list_of_names_may_be_asked_and_not_imported(ask: Ask, tmp_path: Path) -> None:
    """--catalog reads JSONL beyond what an import takes, and nothing else."""
    row = b'{"name": "vLLM"}\n' + b" " * 999 + b"\n"
    for name in ("names.jsonl", "names.json"):
        (tmp_path / name).write_bytes(row * 21_000)
    said = ask("--catalog", "names.jsonl", "resolve", "vllm", "--json")
    assert (said.code, said.json["tool"]["slug"]) == (0, "vllm")
    for words in (["--catalog", "names.json", "resolve", "vllm"], ["import", "names.jsonl"]):
        said = ask(*words)
        assert said.code == 1
        assert "larger than 20 MB" in said.err


def test_export_keeps_the_mode_of_a_file(ask: Ask, pages: tuple[Path, Path], tmp_path: Path) -> None:
    """Through a link, too; a device is refused in one line."""
    target = tmp_path / "private.json"
    target.touch(0o600)
    (tmp_path / "link.json").symlink_to(target)
    (tmp_path / "device.json").symlink_to("/dev/null")
    assert ask("export", "link.json", "--catalog", pages[0]).code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert len(read_file(target).tools) == 2
    said = ask("export", "device.json", "--catalog", pages[0])
    assert (said.code, said.err) == (1, "matchbook: device.json: not a regular file; name another one\n")


def test_a_database_that_is_none_stays_as_it_is(ask: Ask, pages: tuple[Path, Path], database: Path) -> None:
    """A file that holds something else is refused and left alone."""
    database.write_text("my diary, " * 500)
    said = ask("import", pages[0])
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert database.read_text() == "my diary, " * 500


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_sees_progress_and_a_pipe_does_not(pages: tuple[Path, Path], ask: Ask) -> None:
    """On a terminal a bar is drawn on stderr, so that stdout stays what a script reads."""
    import os  # noqa: PLC0415 (pty is missing on Windows)
    import pty  # noqa: PLC0415 (the same)
    import subprocess  # noqa: PLC0415 (beside its use)

    master, slave = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "bot", "import", *pages, "--json"],
        stdout=subprocess.PIPE,
        stderr=slave,
        check=True,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(slave)
    drawn = os.read(master, 100_000).decode()
    os.close(master)
    assert json.loads(done.stdout)["added"] == 3
    assert "Reading" in drawn
    assert ask("import", *pages).err == ""
