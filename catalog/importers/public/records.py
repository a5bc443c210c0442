"""Records of other people's files, checked against what their source is known to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from catalog.errors import ImportFileError
from catalog.importers.reading import Rejection
from catalog.importers.wording import reasons
from catalog.text import When

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Record(BaseModel):
    """Base of the records: the fields that are used, and no word about the others."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


_LOOSE_DAY: Final = re.compile(r"(20\d\d)-(\d{1,2})(?:-(\d{1,2}))?")
_WHEN: Final[TypeAdapter[str]] = TypeAdapter(When)
#: 2025-01-02
_WHOLE: Final = 10
_R = TypeVar("_R", bound=Record)


def mapping(data: object, where: str, what: str) -> Mapping[str, Any]:
    """Give data that has to be a mapping.

    Raises:
        ImportFileError: it is none.
    """
    if isinstance(data, dict):
        return data
    raise ImportFileError(where, f"should hold {what}")


def listing(data: object, where: str, what: str) -> list[Any]:
    """Give data that has to be a list.

    Raises:
        ImportFileError: it is none.
    """
    if isinstance(data, list):
        return data
    raise ImportFileError(where, f"should hold {what}")


def check(kind: type[_R], records: Iterable[tuple[str, object]]) -> tuple[dict[str, _R], list[Rejection]]:
    """Check records, each with its place; gives the good ones by place, and what is wrong with the others."""
    good: dict[str, _R] = {}
    rejected: list[Rejection] = []
    for place, record in records:
        try:
            good[place] = kind.model_validate(record)
        except ValidationError as error:
            rejected.append(Rejection(place, reasons(error)))
    return good, rejected


def day(text: object) -> str | None:
    """Read a day or a month that may be written without zeros, as 2025-1-2; None of anything else."""
    found = _LOOSE_DAY.fullmatch(text) if isinstance(text, str) else None
    try:
        return (
            _WHEN.validate_python("-".join(part.zfill(2) for part in found.groups() if part))
            if found
            else None
        )
    except ValidationError:
        return None


def newest(days: Iterable[object]) -> str | None:
    """Give the latest whole day (ISO) among what may be days: the file that holds them is as of then at least."""
    return max((known for one in days if (known := day(one)) and len(known) == _WHOLE), default=None)
