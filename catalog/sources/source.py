"""A live source: a service that tells how a tool stands today.

A source knows by what it finds a tool (`key_of`), what to ask for (`paths`) and what the answers mean (`read`). How it
is asked (timeouts, retries, limits, conditional requests) is the same for all: `catalog.sources.fetching`.

Of several paths the first is the thing itself and is asked conditionally; the others are asked only when that has
changed, and where one of them is missing or can't be had its body is None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from catalog.models import Tool
    from catalog.sources.replies import Reply


_MISSING: Final = frozenset({404, 410, 451})


class Figure(NamedTuple):
    """A figure of today: a signal without its source and day."""

    metric: str
    value: float
    unit: str


class Concern(StrEnum):
    """What a person should look at; nothing is changed because of it."""

    MOVED = "moved"
    """It answers under another name now."""
    GONE = "gone"
    """There is nothing under its name any more."""
    ARCHIVED = "archived"
    """Its owners have closed it for changes."""


class Flag(NamedTuple):
    """Something that a source says of a tool which isn't a figure.

    Attributes:
        concern: what it is.
        text: one sentence for moderators.
        url: where it is now, if it moved.
    """

    concern: Concern
    text: str
    url: str | None = None


class Answer(NamedTuple):
    """What a source says of one thing now.

    Attributes:
        figures: what it counts.
        flags: what a person should look at.
        notes: what else who uses it may want to know, a sentence each; nobody is asked to do anything.
    """

    figures: tuple[Figure, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()


def is_missing(reply: Reply) -> bool:
    """Tell whether a refusal says that there is nothing (any more): not found, gone, withheld for legal reasons."""
    return reply.status in _MISSING


def package_of(tool: Tool, registry: str) -> str | None:
    """Give the first package of a tool in a registry (``"pypi"``, ``"npm"``), or None."""
    packages = (package.partition(":") for package in tool.packages)
    return next((name for where, _, name in packages if where == registry), None)


@dataclass(frozen=True, slots=True)
class LiveSource:
    """A service that tells how tools stand today.

    Attributes:
        key: its short name in the database and on the command line: ``"github"``.
        name: what its figures are credited to: ``"GitHub"``.
        address: where it is, without a slash at the end; a test puts its own server here.
        key_of: gives by what it finds a tool (``"vllm-project/vllm"``), None where it doesn't know such tools.
        paths: what is asked for a key on a day (today's date in UTC), in order, each a path with its query.
        read: makes an answer of the key, the JSON bodies (one a path, in order; after the first, None for one that
            couldn't be had) and the same date; raises `UnreadableError` where a body isn't what it should be.
        is_gone: tells of a refusal (status 400 or more) whether it says that there is nothing under the key.
        spacing: least seconds between two requests, so that a free service isn't pressed.
        headers: what is sent besides; a token is added where there is one.
        licence: under which its figures are; None where the service states none.
    """

    key: str
    name: str
    address: str
    key_of: Callable[[Tool], str | None]
    paths: Callable[[str, date], Sequence[str]]
    read: Callable[[str, Sequence[Any], date], Answer]
    is_gone: Callable[[Reply], bool] = is_missing
    spacing: float = 1.0
    headers: Mapping[str, str] = field(default_factory=dict)
    licence: str | None = None
