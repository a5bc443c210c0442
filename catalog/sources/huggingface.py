"""Hugging Face: downloads of the last 30 days and likes of a model or data set; whether it moved or is gated.

https://huggingface.co/docs/hub/api: only the fields that are read are asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from catalog import addresses
from catalog.models import LinkKind
from catalog.sources.bodies import count, is_set, mapping, text
from catalog.sources.failures import UnreadableError
from catalog.sources.source import Answer, Concern, Figure, Flag, LiveSource, is_missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from catalog.models import Tool
    from catalog.sources.replies import Reply

_SEGMENT: Final = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._-]{1,96}"
_NAME: Final = re.compile(rf"{_SEGMENT}/{_SEGMENT}")
_DATASETS: Final = "datasets/"
_FIELDS: Final = "&".join(
    f"expand%5B%5D={field}" for field in ("downloads", "likes", "gated", "disabled", "private")
)
_GATES: Final = ("auto", "manual")
_UNAUTHORISED: Final = 401


def _key(tool: Tool) -> str | None:
    return next(
        (key for link in tool.links if link.kind is LinkKind.MODEL_HUB if (key := _path(link.url))), None
    )


def _path(url: str) -> str | None:
    """Read ``owner/name`` or ``datasets/owner/name`` out of an address on the hub."""
    found = addresses.hub(url)
    return found.path if found and found.host == addresses.HUGGING_FACE else None


def _paths(key: str, today: date) -> Sequence[str]:
    del today  # it is asked for what is so now
    return (f"/api/{key if key.startswith(_DATASETS) else f'models/{key}'}?{_FIELDS}",)


def _read(key: str, found: Sequence[Any], today: date) -> Answer:
    del today  # its counts are of the last 30 days
    (body,) = found
    name = text(body, "id")
    if not _NAME.fullmatch(name):
        raise UnreadableError("has no name as id")
    if is_set(body, "private") or is_set(body, "disabled"):
        return Answer(flags=(Flag(Concern.GONE, f"{key} isn't public on Hugging Face any more."),))
    figures = (
        Figure("monthly_downloads", count(body, "downloads"), "downloads"),
        Figure("hf_likes", count(body, "likes"), "likes"),
    )
    shown = f"{_DATASETS}{name}" if key.startswith(_DATASETS) else name
    return Answer(figures, tuple(_flags(key, shown)), tuple(_notes(shown, mapping(body).get("gated"))))


def _flags(key: str, name: str) -> Iterator[Flag]:
    if name.casefold() != key.casefold():
        yield Flag(Concern.MOVED, f"{key} is {name} on Hugging Face now.", f"https://huggingface.co/{name}")


def _notes(name: str, gated: object) -> Iterator[str]:
    # Neither a figure nor anybody's task: it matters to who wants to download it.
    if gated in _GATES:
        how = "after its owners have agreed" if gated == "manual" else "to who accepts its terms"
        yield f"Hugging Face gives {name} only {how}."


def _is_gone(reply: Reply) -> bool:
    if reply.status != _UNAUTHORISED:
        return is_missing(reply)
    # Who shows no token isn't told what is private and what isn't there: both are 401. But so is a token gone bad.
    told = reply.headers.get("x-error-message", "").casefold()
    unnamed = reply.headers.get("x-error-code") == "RepoNotFound" or "username or password" in told
    return unnamed and not any(word in told for word in ("credentials", "token"))


HUGGING_FACE: Final = LiveSource(
    key="huggingface",
    name="Hugging Face",
    address="https://huggingface.co",
    key_of=_key,
    paths=_paths,
    read=_read,
    is_gone=_is_gone,
)
