from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from catalog.service import Catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["comprae", "a", "b"], "compare"),
        (["compare"], "Missing argument"),
        (["compare", "--nope", "a", "b"], "--nope"),
        (["complete", "a", "--limit", "0"], "--limit"),
        (["complete", "a", "--limit", "many"], "--limit"),
        (["demo", "--port", "70000"], "--port"),
        (["rank"], "Missing argument"),
        (["rank", "a", "b"], "unexpected extra argument"),
    ],
)
def test_a_bad_argument_is_one_line(ask: Ask, words: list[str], told: str) -> None:
    """Exit 2, nothing on stdout, and where to look it up."""
    said = ask(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert told in said.err
    assert "--help`" in said.err


def test_no_command_shows_what_there_is(ask: Ask) -> None:
    """Nothing asked: the help, and exit 2 so that a script notices."""
    said = ask()
    assert said.code == 2
    assert "alternatives" in said.out
    assert said.err.count("\n") == 1


def test_version(ask: Ask) -> None:
    """The version, on stdout."""
    said = ask("--version")
    assert (said.code, said.out.split()[0]) == (0, "matchbook")


def test_a_setting_that_makes_no_sense(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named; exit 2."""
    monkeypatch.setenv("HEALTH_PORT", "hunter2")
    said = ask("rank", "vllm")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "HEALTH_PORT" in said.err
    assert "hunter2" not in said.err


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HEALTH_PORT", "70000", "HEALTH_PORT: should be at most 65,535"),
        ("HEALTH_PORT", "x", "HEALTH_PORT: should be a whole number"),
        ("FOLLOW_SECONDS", "0", "FOLLOW_SECONDS: should be more than 0"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL: write DEBUG, INFO, WARNING or ERROR"),
    ],
)
def test_settings_are_worded_for_people(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    """The variable and what it should be."""
    monkeypatch.setenv(name, value)
    assert ask("rank", "vllm").err == f"matchbook: a setting can't be read: {told}\n"


def test_settings_that_are_no_text(ask: Ask, tmp_path: Path) -> None:
    """A .env file in another encoding is a bad setting."""
    (tmp_path / ".env").write_bytes("LOG_LEVEL=caf\xe9\n".encode("latin-1"))
    said = ask("rank", "vllm")
    assert (said.code, said.out) == (2, "")
    assert said.err == "matchbook: .env is not UTF-8 text; save it as UTF-8\n"


ANSWERS = (["--help"], ["--version"], ["rank", "sd"], ["resolve", "sd", "--json"])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("redirection", "told"),
    [(">&-", "stdout is closed"), (">/dev/full", "can't be written to stdout: No space left on device")],
)
def test_an_answer_that_nobody_can_take(
    pages: tuple[Path, Path], redirection: str, told: str, unbuffered: str
) -> None:
    """A closed or full stdout is one line about it and exit 1, whatever was asked."""
    if "full" in redirection and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    for words in ANSWERS:
        command = shlex.join([sys.executable, "-m", "bot", "--catalog", str(pages[0]), *words])
        done = subprocess.run(  # noqa: S602 (the shell is what redirects)
            f"{command} {redirection}",
            shell=True,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
        lines = [line for line in done.stderr.splitlines() if " read as " not in line]
        assert (done.returncode, len(lines)) == (1, 1), done.stderr
        assert lines[0].startswith("matchbook: ")
        assert told in lines[0]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
def test_a_receipt_that_nobody_can_take(pages: tuple[Path, Path], redirection: str) -> None:
    """Where stderr takes nothing the answer is given all the same, and a refusal keeps its exit code."""
    for query, code in (("sd", 0), ("quetzal", 3)):
        command = shlex.join([sys.executable, "-m", "bot", "--catalog", str(pages[0]), "rank", query])
        done = subprocess.run(  # noqa: S602 (the shell is what redirects)
            f"{command} {redirection}",
            shell=True,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": ""},
        )
        assert (done.returncode, done.stdout.startswith("Stable-Diffusion")) == (code, code == 0)


def test_a_fault_of_ours_is_no_traceback(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is one line that says so, exit 1."""

    def break_down(*_: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(Catalog, "resolve", break_down)
    said = ask("rank", "vllm")
    assert (said.code, said.out) == (1, "")
    assert "ZeroDivisionError: of all things" in said.err
    assert said.err.count("\n") == 1


def test_questions_start_without_discord() -> None:
    """Neither --help nor a question loads Discord's library; --help loads no database either."""
    script = (
        "import sys\n"
        "from bot.cli import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(*sorted({'discord', 'simcord', 'sqlalchemy', 'pydantic'} & set(sys.modules)), file=sys.stderr)"
    )
    for words, loaded in ((["--help"], set()), (["rank", "vllm", "--json"], {"sqlalchemy", "pydantic"})):
        done = subprocess.run(
            [sys.executable, "-c", script, *words], capture_output=True, text=True, check=True
        )
        assert set(done.stderr.split()) == loaded


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """`matchbook ... | head -1` ends quietly."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "alternatives", "vllm", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_terminal_without_unicode_gets_its_answer(pages: tuple[Path, Path]) -> None:
    """Marks that it doesn't know become question marks; JSON spells them out."""
    command = [sys.executable, "-m", "bot", "--catalog", str(pages[0]), "compare", "mistral small", "sd"]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    drawn = subprocess.run(command, capture_output=True, check=True, env=ascii_only).stdout
    assert b"51/100, 55/100" in drawn or b"51/100 reported ?" in drawn
    assert b"Traceback" not in drawn
