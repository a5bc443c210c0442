"""Our own documents, whatever they are written in: plain data in, valid tools or worded rejections out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from catalog.errors import ImportFileError
from catalog.importers.reading import Authority, Caution, Incoming, Reading, Rejection
from catalog.importers.wording import in_one_line, problems
from catalog.models import Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LIST_KEY = "tools"
#: `Tool.model_validate` without its options, which take a tenth of its time.
_validated: Callable[[Any], Tool] = Tool.__pydantic_validator__.validate_python


class Entry(NamedTuple):
    """Plain data of one document and the line (from 1) on which it starts."""

    line: int
    data: Any


class Unreadable(NamedTuple):
    """A document whose text is broken, the line on which it stands, and why."""

    line: int
    reason: str


def check_count(count: int, most: int | None, where: str) -> None:
    """Refuse a file as soon as it is known to hold more tools than the caller wants; None is any number.

    Raises:
        ImportFileError: it does.
    """
    if most is not None and count > most:
        raise ImportFileError(where, f"more than {most:,} tools; split it into smaller files")


def read_entries(
    entries: Iterable[Entry | Unreadable],
    *,
    where: str,
    form: str,
    warnings: Iterable[Caution] = (),
    most: int | None = None,
) -> Reading:
    """Validate documents one by one; a bad one is rejected alone.

    Args:
        entries: plain data by document, in the file's order; taken one at a time.
        where: the file's name.
        form: the format's name for people.
        warnings: what the format itself found odd.
        most: how many there may be, broken ones included.

    Raises:
        ImportFileError: there are more.
    """
    tools: list[Incoming] = []
    rejected: list[Rejection] = []
    for count, entry in enumerate(entries, 1):
        check_count(count, most, where)
        place = f"{where}:{entry.line}"
        if isinstance(entry, Unreadable):
            rejected.append(Rejection(place, entry.reason))
            continue
        if not isinstance(entry.data, dict):
            rejected.append(Rejection(place, "not a tool; write a mapping with at least a name"))
            continue
        try:
            tools.append(Incoming(_validated(entry.data), place, Authority.OWN))
        except ValidationError as error:
            found = problems(error)
            rejected.append(Rejection(place, in_one_line([one.reason for one in found]), found))
    return Reading(form, tuple(tools), tuple(rejected), tuple(warnings))


def stray_keys(keys: Iterable[str], *, place: str) -> tuple[Caution, ...]:
    """Warn of keys that stand beside the list of tools, where nothing reads them."""
    strays = [key for key in keys if key != _LIST_KEY]
    if not strays:
        return ()
    named = ", ".join(strays[:5])
    return (Caution(place, f'left out what stands beside "{_LIST_KEY}": {named}'),)
