"""Getting text out of a file that a stranger may have made: a regular file, of a bearable size, in UTF-8."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from catalog.errors import ImportFileError

if TYPE_CHECKING:
    from pathlib import Path

#: Largest file that is read unless the caller allows more, in bytes.
SIZE_LIMIT = 20_000_000
_MEGABYTE = 1_000_000


def read_text_file(path: Path, *, limit: int = SIZE_LIMIT) -> str:
    """Read a text file whole.

    Args:
        path: where it is. A device, a pipe or a folder is refused without being opened.
        limit: most bytes to read.

    Returns:
        its text without a byte order mark; line ends as they are.

    Raises:
        ImportFileError: it is missing, unreadable, not a regular file, too large, or not UTF-8 text.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise ImportFileError(path.name, "not a regular file; name a YAML, JSON, JSONL or text file")
        with path.open("rb") as file:
            # One byte more than allowed tells a file that grows, or lies about its size, from a good one.
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise ImportFileError(str(path), "there is no such file; check the path") from None
    except PermissionError:
        raise ImportFileError(str(path), "may not be read; check the file's permissions") from None
    except (OSError, ValueError) as error:
        detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ImportFileError(str(path), f"can't be read: {detail}") from None
    if len(data) > limit:
        reason = f"larger than {limit / _MEGABYTE:g} MB; split it into smaller files"
        raise ImportFileError(path.name, reason)
    return decode(data, where=path.name)


def decode(data: bytes, *, where: str) -> str:
    """Turn a file's bytes into text.

    Raises:
        ImportFileError: they are binary data or not UTF-8; says which line is to blame.
    """
    nul = data.find(b"\0")
    if nul >= 0:
        raise ImportFileError(where, "binary data, not text; name a YAML, JSON, JSONL or text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportFileError(f"{where}:{line}", "not UTF-8 text; save the file as UTF-8") from None
