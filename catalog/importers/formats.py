"""The formats that can be read, and the choice among them: by extension first, then by content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.errors import ImportFileError
from catalog.importers import (
    comparison_page,
    csv_documents,
    json_documents,
    jsonl_documents,
    yaml_documents,
)
from catalog.importers.files import SIZE_LIMIT, Told, no_one, read_head, read_lines, read_text_file
from catalog.importers.public import read as read_public
from catalog.importers.public import source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from catalog.importers.reading import Reading


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing tools down.

    Attributes:
        name: what a person calls it.
        extensions: the file extensions that are always read so, lower-case with the dot.
        looks_like: tells from a text whether it is written so.
        read: reads a text, given the name of its file for messages, and how many tools it may hold.
        limit: most characters of a text, where reading is slow enough to need its own.
        read_lines: reads a file's lines as they come, where nothing needs more of the file at once than a document.
        can_be_empty: a file of it may say that there are no tools, and be whole.
    """

    name: str
    extensions: frozenset[str]
    looks_like: Callable[[str], bool]
    read: Callable[[str, str, int | None], Reading]
    limit: int | None = None
    read_lines: Callable[[Iterable[str | None], str, int | None], Reading] | None = None
    can_be_empty: bool = True


#: In the order in which a text of unknown kind is tried; each is stricter than the ones after it.
FORMATS = (
    Format(
        comparison_page.NAME,
        frozenset(),
        comparison_page.looks_like,
        lambda text, where, _: comparison_page.read(text, where),  # a page is about two tools or three
    ),
    Format(
        jsonl_documents.NAME,
        frozenset({".jsonl", ".ndjson"}),
        jsonl_documents.looks_like,
        jsonl_documents.read,
        read_lines=jsonl_documents.read_lines,
        can_be_empty=False,
    ),
    Format(json_documents.NAME, frozenset({".json"}), json_documents.looks_like, json_documents.read),
    Format(
        csv_documents.NAME,
        frozenset({".csv", ".tsv"}),
        csv_documents.looks_like,
        csv_documents.read,
        read_lines=csv_documents.read_lines,
    ),
    Format(
        yaml_documents.NAME,
        frozenset({".yaml", ".yml"}),
        yaml_documents.looks_like,
        yaml_documents.read,
        yaml_documents.SIZE_LIMIT,
    ),
)


def read_file(  # noqa: PLR0913 (each is a choice of its own, and has to be named)
    path: str | Path,
    *,
    where: str | None = None,
    limit: int = SIZE_LIMIT,
    most: int | None = None,
    told: Told = no_one,
    mapping: Mapping[str, str] | None = None,
    observed_on: str | None = None,
) -> Reading:
    """Read a catalog file: YAML, JSON, JSONL, CSV, a saved comparison page, or public data as others publish it.

    Args:
        path: the file.
        where: what messages call it, if not by its name.
        limit: most bytes to read; an operator's own large file may be allowed more.
        most: how many tools the file may hold, broken ones included; reading ends at the next one.
        told: is told now and then about how many bytes more were read.
        mapping: of a CSV file, which field a header means, where it doesn't say so itself:
            ``{"Wer": "vendor"}``.
        observed_on: of public data, the day (ISO) as of which its facts hold, where the file doesn't say so itself.

    Raises:
        ImportFileError: the file as a whole can't be read as any of them. A line of a JSONL or CSV file that is no text
            is rejected like any other broken one, unless there is nothing else.
    """
    path = Path(path)
    where = where or path.name
    chosen = _by_extension(path.name)
    # A table of public data is known by its header; it is no longer than a file may be that is read whole.
    is_public = mapping is None and chosen is not None and source_of(read_head(path, limit=limit)) is not None
    if chosen is None or chosen.read_lines is None or is_public:
        text = read_text_file(path, limit=limit)
        reading = read_text(
            text,
            where=where,
            most=most,
            mapping=mapping,
            observed_on=observed_on,
            saved_on=datetime.fromtimestamp(path.stat().st_mtime, UTC).date(),
        )
        told(len(text))
        return reading
    lines = read_lines(path, limit=limit, told=told)
    if mapping:
        _needs_columns(chosen, where)
        reading = csv_documents.read_lines(lines, where, most, mapping)
    else:
        reading = chosen.read_lines(lines, where, most)
    if not reading.tools and not reading.rejected and not chosen.can_be_empty:
        raise _empty(where)
    if not reading.tools:
        # Where no line is any good, what is wrong with the file as a whole says more than a list of all lines.
        read_text_file(path, limit=limit)
    return reading


def read_text(
    text: str,
    where: str,
    *,
    most: int | None = None,
    mapping: Mapping[str, str] | None = None,
    observed_on: str | None = None,
    saved_on: date | None = None,
) -> Reading:
    """Read a catalog from text.

    Args:
        text: the file's content.
        where: the file's name; its extension chooses the format, and messages start with it.
        most: as in `read_file`.
        mapping: as in `read_file`.
        observed_on: as in `read_file`.
        saved_on: when the text was saved, if not today: the last guess of how old its facts are.

    Raises:
        ImportFileError: the text as a whole can't be read in any format.
    """
    if not text.strip():
        raise _empty(where)
    if mapping is None and (source := source_of(text)):
        day = (saved_on or datetime.now(UTC).date()).isoformat()
        return read_public(source, text, where, observed_on=observed_on, saved_on=day)
    by_content = (choice for choice in FORMATS if choice.looks_like(text))
    chosen = _by_extension(where) or next(by_content, None)
    if chosen is None:
        raise ImportFileError(
            where, "neither a comparison page nor a list of tools in YAML, JSON, JSONL or CSV; check the file"
        )
    if chosen.limit and len(text) > chosen.limit:
        longer = f"longer than {chosen.limit:,} characters, the most for {chosen.name}"
        raise ImportFileError(where, f"{longer}; split it, or write it as JSON or JSONL, which read faster")
    if mapping:
        _needs_columns(chosen, where)
        return csv_documents.read(text, where, most, mapping)
    return chosen.read(text, where, most)


def _needs_columns(chosen: Format, where: str) -> None:
    if chosen.name != csv_documents.NAME:
        raise ImportFileError(where, f"{chosen.name} has no columns to say the meaning of; leave that out")


def _by_extension(name: str) -> Format | None:
    extension = Path(name).suffix.lower()
    return next((choice for choice in FORMATS if extension in choice.extensions), None)


def _empty(where: str) -> ImportFileError:
    return ImportFileError(where, "empty; there is nothing to read")
