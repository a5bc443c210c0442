"""docs/cli.md and the command line say the same.

`UPDATE_DOCS=1 pytest tests/bot/cli/test_docs.py` renews the examples.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs" / "cli.md"
COMMANDS: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]  # the root is a group
_EXAMPLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def _sections() -> dict[str, str]:
    """The text under each heading that names a command."""
    parts = re.split(r"^## `matchbook (\S+)`\n", DOCS.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _offered(section: str) -> set[str]:
    """The options that a section's list names."""
    lines = [line for line in section.splitlines() if line.startswith("- ")]
    return {
        option
        for line in lines
        for code in re.findall(r"`([^`]+)`", line)
        for option in _OPTION.findall(code)
    }


def test_every_command_has_its_section() -> None:
    """In the order of --help, none too many."""
    assert list(_sections()) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented(name: str) -> None:
    """Options and arguments of --help are listed, nothing else is, and the first sentence is the same."""
    section, command = _sections()[name], COMMANDS[name]
    options = {option for param in command.params for option in param.opts if option.startswith("-")}
    assert _offered(section) == options
    for param in command.params:
        if not param.opts[0].startswith("-"):
            assert f"- `{param.metavar or param.name.upper()}`" in section
    assert section.strip().startswith(command.help.split("\n")[0])
    assert all(param.help for param in command.params)


def test_help_names_every_option() -> None:
    """Help is printed for each command and for none."""
    for name, command in COMMANDS.items():
        said = CliRunner().invoke(app, [name, "--help"])
        assert said.exit_code == 0
        assert all(param.opts[-1] in said.stdout for param in command.params if param.opts[0].startswith("-"))


def test_options_of_the_root_are_documented() -> None:
    """The part before the commands names them."""
    head = DOCS.read_text().split("\n## `matchbook", 1)[0]
    assert {"--catalog", "--version", "--help", "-h"} <= _offered(head)


def _run(example: str) -> Iterator[str]:
    """Run an example's commands; give its lines as they should be."""
    commands = [line for line in example.splitlines() if line.startswith("$ ")]
    for number, command in enumerate(commands):
        if number:
            yield ""
        yield command
        result = CliRunner().invoke(app, shlex.split(command)[2:])
        yield from (line.rstrip() for line in result.output.rstrip().splitlines())


def test_examples_are_real(tmp_path: Path) -> None:
    """Each example gives just what it shows, one after the other in one clone."""
    (tmp_path / "bot").symlink_to(ROOT / "bot")
    text = DOCS.read_text()
    real = _EXAMPLE.sub(lambda found: "\n".join(_run(found.group())) + "\n", text)
    if os.environ.get("UPDATE_DOCS"):
        DOCS.write_text(real)
    assert real.splitlines() == DOCS.read_text().splitlines()
