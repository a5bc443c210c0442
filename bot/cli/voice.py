"""How the command line speaks: answers on stdout, everything else on stderr, one line for what went wrong."""

import contextlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, TextIO

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from catalog.errors import CatalogError

log = logging.getLogger(__name__)

#: Longest piece of somebody's input that a message repeats, in characters.
_ECHO: Final = 60


class ExitCode(IntEnum):
    """What a script learns from how a command ended."""

    FAILED = 1
    BAD_ARGUMENT = 2
    NOT_FOUND = 3
    INTERRUPTED = 130


class Failure(Exception):  # noqa: N818 (it is no fault of the program's; it is how a command says no)
    """A command can't do what was asked; the message is the line that is shown."""

    def __init__(self, message: str, code: ExitCode = ExitCode.FAILED) -> None:
        """Take the line to show and the code to end with."""
        super().__init__(message)
        self.code = code


def say(line: str) -> None:
    """Say one line to the person at the terminal, beside whatever a script reads from stdout."""
    # Where stderr takes nothing there is nobody to tell, and the exit code still says it.
    try:
        typer.echo(f"matchbook: {_on_one_line(line)}", err=True)
    except OSError:
        _leave(sys.stderr)


def quoted(text: str) -> str:
    """Repeat what somebody typed: on one line, nothing invisible, clipped.

    >>> quoted("mistrl   small")
    '“mistrl small”'
    """
    shown = _on_one_line(text)
    return f"“{shown if len(shown) <= _ECHO else shown[: _ECHO - 1] + '…'}”"


def print_json(value: object, *, one_line: bool = False) -> None:
    """Print a value as JSON, for a script; flushed, so that a reader at the other end of a pipe need not wait."""
    print_line(json_text(value, one_line=one_line))


def json_text(value: object, *, one_line: bool = False) -> str:
    """Write a value as JSON that stdout can take."""
    indent = None if one_line else 2
    # NaN and Infinity are no JSON: better a fault of ours than an answer that no other program can read.
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        # Half a character pair, or a terminal without Unicode: JSON can spell out either.
        text = json.dumps(value, indent=indent, allow_nan=False)
    return text


def print_line(line: str) -> None:
    """Print a line of the answer, flushed."""
    typer.echo(line)
    sys.stdout.flush()


def as_json(document: Any, **options: Any) -> dict[str, Any]:  # noqa: ANN401 (any document of the catalog)
    """Give a document as what JSON can hold; options are those of pydantic's `model_dump`."""
    dumped: dict[str, Any] = document.model_dump(mode="json", **options)
    return dumped


class CommandLine(TyperGroup):
    """The root command: ends every failure with one line on stderr and its exit code, never with a traceback."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 (the signature is typer's)
        windows_expand_args: bool = True,  # noqa: FBT001, FBT002 (the signature is typer's)
        **extra: Any,  # noqa: ANN401 (the signature is typer's)
    ) -> Any:  # noqa: ANN401 (the signature is typer's)
        """Run a command line and exit; whatever `standalone_mode` says, no exception leaves."""
        del standalone_mode
        try:
            _check_streams()
            ended = super().main(
                args,
                prog_name=prog_name or self.name,
                complete_var=complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough.
            _leave(sys.stdout)
            ended = ExitCode.FAILED
        except Exception as error:  # noqa: BLE001 (the last resort: what is no refusal is said to be our fault)
            ended = _explain(error)
        sys.exit(ended if isinstance(ended, int) else 0)


def _check_streams() -> None:
    # The next file that is opened gets the number of a closed stream, and would then be written to as if it were one.
    for name in ("stdin", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (as long as the program)
    if sys.stdout is None:
        raise Failure("stdout is closed, so no answer could be given; redirect it to a file or to /dev/null")
    for stream in (sys.stdout, sys.stderr):
        # A terminal without the character for a mark still gets the answer.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text file, or typer's stand-in for one


def _leave(stream: TextIO) -> None:
    """Let what still waits for a stream go nowhere: Python would try once more at the end, and complain."""
    with Path(os.devnull).open("wb") as nowhere, contextlib.suppress(OSError, ValueError):
        os.dup2(nowhere.fileno(), stream.fileno())


def _explain(error: Exception) -> int:
    match error:
        case Failure():
            say(str(error))
            return error.code
        case CatalogError():
            say(str(error))
            return ExitCode.FAILED
        case TyperException():
            return _explain_usage(error)
        case typer.Abort():
            return ExitCode.INTERRUPTED
        case OSError(filename=None) if not isinstance(error, ConnectionError):
            # Files that are opened have a name, and what fails while they are written is told where it is done.
            _leave(sys.stdout)
            say(f"the answer can't be written to stdout: {error.strerror or error}")
            return ExitCode.FAILED
        case _:
            # `run` and `demo` keep a log; elsewhere a traceback is only for who asks for it.
            if logging.getLogger().handlers or os.environ.get("LOG_LEVEL", "").upper() == "DEBUG":
                log.error("a fault of ours", exc_info=error)
            say(f"a fault of ours: {type(error).__name__}: {error} (LOG_LEVEL=DEBUG shows where)")
            return ExitCode.FAILED


def _explain_usage(error: TyperException) -> int:
    context: typer.Context | None = getattr(error, "ctx", None)
    message = error.format_message().split("\n\n")[0]
    if message.startswith("Usage:"):
        # Nothing was asked: typer's message is the whole help text.
        typer.echo(error.format_message())
        message = "name a command; those above are all there are"
    help_of = f" (see `{context.command_path} --help`)" if context else ""
    say(f"{message.rstrip('.')}{help_of}")
    return ExitCode.BAD_ARGUMENT


def _on_one_line(text: str) -> str:
    # Late, because it brings the documents' library with it, and --help needs neither.
    from catalog.text import clean_line

    return clean_line(text)
