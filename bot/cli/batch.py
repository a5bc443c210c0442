"""A batch of names: one question a line in, one answer a line out, whatever a line holds."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NoReturn

from bot.cli.voice import Failure, as_json, json_text, print_line, quoted

if TYPE_CHECKING:
    from catalog.view import View

_STDIN: Final = Path("-")
#: Longest line of a batch, in bytes: no name is near it, and a file without line ends shouldn't fill the memory.
_LINE_LIMIT: Final = 1_000_000
#: Most bytes of a line that is too long: what goes on beyond them may have no end.
_ENDLESS: Final = 100_000_000
_REMEDY: Final = 'write {"query": "..."}'
_TOO_DEEP: Final = f"lists or mappings are nested too deeply; {_REMEDY}"


class _NoQuestionError(Exception):
    """A line can't be answered; the message says why and what to do.

    Attributes:
        given: what could be read of it all the same.
    """

    def __init__(self, message: str, given: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.given = given or {}


def resolve_batch(catalog: "View", path: Path, *, json_output: bool) -> None:
    """Answer a file line by line, each before the next is read.

    Every line has one line of output, so that they can be counted off against each other: one that holds no
    question is answered with what is wrong with it.

    Raises:
        Failure: at the end, when there was such a line; or the file can't be read on.
    """
    first, bad, number = "", 0, 0
    with _opened(path) as file:
        for number, line in enumerate(_lines(file, path), 1):
            try:
                answer = _answer(catalog, line, json_output=json_output)
            except _NoQuestionError as error:
                where = f"{path.name}:{number}"
                answer = (
                    json_text(_refusal(error, where), one_line=True) if json_output else f"{where}: {error}"
                )
                first, bad = first or f"{where}: {error}", bad + 1
            print_line(answer)
    if bad:
        raise Failure(f"{bad} of {number} lines had no answer; the first: {first}")


def _answer(catalog: "View", line: bytes | None, *, json_output: bool) -> str:
    given = _given(line)
    resolution = catalog.resolve(given["query"])
    if not json_output:
        means = resolution.tool.name if resolution.tool else resolution.outcome.replace("_", " ")
        return f"{quoted(resolution.query)}: {means}"
    try:
        return json_text({**given, **as_json(resolution)}, one_line=True)
    except RecursionError:
        raise _NoQuestionError(_TOO_DEEP) from None


def _refusal(error: _NoQuestionError, where: str) -> dict[str, Any]:
    """Give a line that has no answer the shape of one that has."""
    from catalog.resolver import Outcome, Resolution

    blank = as_json(Resolution(query="", outcome=Outcome.NOT_FOUND))
    kept = {"query": None, **error.given}
    return {**kept, **blank, "query": kept["query"], "outcome": "error", "error": f"{where}: {error}"}


def _given(line: bytes | None) -> dict[str, Any]:
    if line is None:
        most = f"longer than {_LINE_LIMIT // 1_000_000} MB"
        raise _NoQuestionError(f"{most}; write one short JSON object a line")
    if not line.strip():
        raise _NoQuestionError(f"an empty line; {_REMEDY}")
    if b"\0" in line:
        raise _NoQuestionError(f"a zero byte, as in binary data; {_REMEDY}")
    try:
        given = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_figure)
    except UnicodeDecodeError:
        raise _NoQuestionError(f"not UTF-8 text; {_REMEDY} in UTF-8") from None
    except RecursionError:
        raise _NoQuestionError(_TOO_DEEP) from None
    except ValueError:
        raise _NoQuestionError(f"no JSON object; {_REMEDY}") from None
    if not isinstance(given, dict):
        raise _NoQuestionError(f"no JSON object; {_REMEDY}")
    if not isinstance(given.get("query"), str):
        # What is nested may be too deep to be written again.
        plain = {key: value for key, value in given.items() if not isinstance(value, dict | list)}
        raise _NoQuestionError(f'no "query" with a text; {_REMEDY}', plain)
    return given


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _figure(text: str) -> float:
    figure = float(text)
    # What is too large for a float would come back as Infinity, which is no JSON.
    return figure if isfinite(figure) else _no_number(text)


def _lines(file: BinaryIO, path: Path) -> Iterator[bytes | None]:
    """Give lines as they come in; None for one that is longer than a batch's may be."""
    number = 0
    try:
        while line := file.readline(_LINE_LIMIT + 1):
            number += 1
            if len(line) <= _LINE_LIMIT:
                yield line
                continue
            ended = _skip(file, line)
            yield None
            if not ended:
                most = f"longer than {_ENDLESS // 1_000_000} MB"
                raise Failure(f"{path.name}:{number}: {most}; this is no batch, and what follows wasn't read")
    except OSError as error:
        raise Failure(f"{path.name}:{number + 1}: can't be read: {error.strerror}") from None


def _skip(file: BinaryIO, part: bytes) -> bool:
    """Read on to the end of a line; tell whether it has one."""
    length = 0
    while part and not part.endswith(b"\n"):
        length += len(part)
        if length > _ENDLESS:
            return False
        part = file.readline(_LINE_LIMIT)
    return True


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path == _STDIN:
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}; check the path") from None
    with file:
        yield file
