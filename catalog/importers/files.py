"""Getting text out of a file that a stranger may have made: a regular file, of a bearable size, in UTF-8."""

from __future__ import annotations

import stat
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from catalog.errors import ImportFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Largest file that is read unless the caller allows more, in bytes.
SIZE_LIMIT = 20_000_000
_MEGABYTE = 1_000_000
_HEAD = 4096

#: Who wants to know how far reading has come; called with how many bytes more were read.
Told = Callable[[int], None]


def no_one(_: int) -> None:
    """Tell nobody."""


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
    with _opened(path, limit) as file:
        # One byte more than allowed tells a file that grows, or lies about its size, from a good one.
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(path, limit)
    return decode(data, where=path.name)


def read_head(path: Path, *, limit: int = SIZE_LIMIT) -> str:
    """Read the first lines of a text file, as far as they are text: enough to tell what kind of file it is.

    Raises:
        ImportFileError: it is missing, unreadable, not a regular file, or larger than `limit` bytes.
    """
    with _opened(path, limit) as file:
        return file.read(_HEAD).decode("utf-8", errors="ignore")


def read_lines(path: Path, *, limit: int = SIZE_LIMIT, told: Told = no_one) -> Iterator[str | None]:
    """Read a text file line by line, so that a long one is never in memory as a whole.

    Args:
        path: as in `read_text_file`.
        limit: most bytes to read.
        told: is told of every megabyte or so, once its lines were taken.

    Yields:
        each line without the line feed that ends it (nothing else does), and without a byte order mark; None for
        one that isn't UTF-8.

    Raises:
        ImportFileError: it is missing, unreadable, not a regular file, or too large; for what is inside a line
            each line speaks for itself.
    """
    size, codec = 0, "utf-8-sig"
    with _opened(path, limit) as file:
        # Whole lines, because a character may not be torn; many at once, because that is much quicker.
        while data := file.read(min(_MEGABYTE, limit - size + 1)) + file.readline(limit - size + 1):
            size += len(data)
            if size > limit:
                raise _too_large(path, limit)
            yield from _decoded(data, codec)
            codec = "utf-8"
            told(len(data))


def _decoded(data: bytes, codec: str) -> Iterator[str | None]:
    try:
        yield from data.decode(codec).removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        # Line by line, which takes longer: only that which is to blame pays for it.
        for line in data.removesuffix(b"\n").split(b"\n"):
            try:
                yield line.decode(codec)
            except UnicodeDecodeError:
                yield None
            codec = "utf-8"


@contextmanager
def _opened(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a regular file that isn't known to be too large, and word what goes wrong while it is read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImportFileError(path.name, "not a regular file; name a YAML, JSON, JSONL, CSV or text file")
        if status.st_size > limit:
            raise _too_large(path, limit)
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise ImportFileError(str(path), "there is no such file; check the path") from None
    except PermissionError:
        raise ImportFileError(str(path), "may not be read; check the file's permissions") from None
    except OSError as error:
        raise ImportFileError(str(path), f"can't be read: {error.strerror or error}") from None
    except ValueError as error:
        raise ImportFileError(str(path), f"can't be read: {error}") from None


def _too_large(path: Path, limit: int) -> ImportFileError:
    return ImportFileError(path.name, f"larger than {limit / _MEGABYTE:g} MB; split it into smaller files")


def decode(data: bytes, *, where: str) -> str:
    """Turn a file's bytes into text.

    Raises:
        ImportFileError: they are binary data or not UTF-8; says which line is to blame.
    """
    if b"\0" in data:
        raise ImportFileError(where, "binary data, not text; name a YAML, JSON, JSONL, CSV or text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportFileError(f"{where}:{line}", "not UTF-8 text; save the file as UTF-8") from None
