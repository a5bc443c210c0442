"""Writing tools down in our own formats, so that reading them again gives the same documents.

A table (CSV) holds less than a document: what is left out is told to whoever writes it.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml

from catalog.importers.reading import Caution
from catalog.importers.table.cells import quoted
from catalog.importers.table.rows import cells, columns_for, not_held, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from catalog.models import Tool

ExportFormat = Literal["yaml", "json", "jsonl", "csv"]

_BY_EXTENSION: dict[str, ExportFormat] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}
#: Without it, spreadsheets take every letter beyond ASCII for two others.
_BYTE_ORDER_MARK = "\ufeff"
_WIDTH = 100
_FOLDED_FROM = 80
_DUMPER: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Readable(_DUMPER):  # type: ignore[valid-type,misc]  # the C dumper where there is one
    """A dumper that folds long text into blocks and never writes aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Write equal parts out each time: an alias saves bytes and costs the reader."""
        del data
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = ">" if len(text) > _FOLDED_FROM else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Readable.add_representer(str, _text)


def write_file(path: str | Path, tools: Iterable[Tool]) -> tuple[Caution, ...]:
    """Write tools to a file, in the format that its extension names.

    The file is complete or untouched: it is written beside its place, then renamed. One that is there keeps its
    mode and, where we may give it away, its owner; a symbolic link stays and what it points at is written.

    Args:
        path: ends with .yaml, .yml, .json, .jsonl, .ndjson or .csv.
        tools: in the order in which they shall stand.

    Returns:
        what the format can't hold and the file therefore hasn't; nothing for all formats but CSV.

    Raises:
        ValueError: the extension names no format.
        OSError: the folder can't be written to, or what is there is no regular file.
    """
    path = Path(path)
    form = _BY_EXTENSION.get(path.suffix.lower())
    if form is None:
        known = ", ".join(_BY_EXTENSION)
        raise ValueError(f"{path.name}: the extension names no format; use one of {known}")
    there = _what_is_there(path)
    target = path.resolve()
    tools = list(tools)
    text = to_text(tools, form)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if there is None:
            # mkstemp makes a private file; a new export gets the mode that any other new file would have.
            Path(draft).chmod(0o666 & ~_umask())
        else:
            if sys.platform != "win32":
                with suppress(PermissionError):
                    os.chown(draft, there.st_uid, there.st_gid)
            Path(draft).chmod(stat.S_IMODE(there.st_mode))
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return tuple(Caution(path.name, reason) for reason in left_out(tools, form))


def _what_is_there(path: Path) -> os.stat_result | None:
    try:
        there = path.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(there.st_mode):
        # Renaming would put a file in the place of a device or a pipe.
        raise OSError(errno.EINVAL, "not a regular file; name another one", str(path))
    return there


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def to_text(tools: Iterable[Tool], form: ExportFormat) -> str:
    """Write tools down; only what is set and differs from the default, in the model's order of fields.

    Args:
        tools: any number, also none.
        form: which format.

    Returns:
        the text, with a line break at its end; reading it gives equal documents, but for what is `left_out`. A CSV
        text begins with a byte order mark.
    """
    return _WRITERS[form]([_plain(tool) for tool in tools])


def left_out(tools: Iterable[Tool], form: ExportFormat) -> tuple[str, ...]:
    """Say what of the tools a format can't hold, in one sentence with what to do about it, if there is any.

    >>> from catalog.models import Capability, Tool
    >>> left_out([Tool(name="vLLM", capabilities=(Capability(description="Serves."),))], "csv")
    ("left out what a table can't hold: 1 capability; write YAML, JSON or JSONL to keep all",)
    """
    counted = not_held(map(_plain, tools)) if form == "csv" else ()
    if not counted:
        return ()
    return (f"left out what a table can't hold: {', '.join(counted)}; write YAML, JSON or JSONL to keep all",)


def _plain(tool: Tool) -> dict[str, Any]:
    return tool.model_dump(mode="json", exclude_defaults=True)


def _yaml(documents: list[dict[str, Any]]) -> str:
    return yaml.dump(documents, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=_WIDTH)


def _json(documents: list[dict[str, Any]]) -> str:
    return json.dumps(documents, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _jsonl(documents: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n" for document in documents)


def _csv(documents: list[dict[str, Any]]) -> str:
    rows = [values(document) for document in documents]
    columns = columns_for(rows)
    table = ([column.name for column in columns], *(cells(row, columns) for row in rows))
    return _BYTE_ORDER_MARK + "".join(",".join(map(quoted, row)) + "\n" for row in table)


_WRITERS: dict[ExportFormat, Callable[[list[dict[str, Any]]], str]] = {
    "yaml": _yaml,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
}
