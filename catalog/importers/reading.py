"""What reading a file gives: the tools, what was refused, and what one should look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from catalog.models import Tool


class Authority(StrEnum):
    """How much a document may change of what is known already."""

    OWN = "own"
    """Our own kind of document: the fields that it gives replace what was there."""
    FOREIGN = "foreign"
    """Somebody else's page: it fills what is empty and replaces nothing of ours."""


class Incoming(NamedTuple):
    """A tool as a file gives it.

    Attributes:
        tool: the document; its ``model_fields_set`` says which fields the file gave.
        where: file and line: ``"tools.yaml:12"``.
        authority: how much it may change.
    """

    tool: Tool
    where: str
    authority: Authority


class Problem(NamedTuple):
    """One thing that is wrong with a document: the way to the field (``("links", 0, "url")``), and what it is."""

    path: tuple[int | str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that can't be taken, where it stands (``"tools.yaml:12"``), and why, for a person.

    `problems` has the same field by field, where it was a rule for documents that was broken.
    """

    where: str
    reason: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """Something odd that didn't keep a document from being read, where it stands, and what it is."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file gave, in the file's order.

    Attributes:
        format: what the file was read as, for a person: ``"YAML"``, ``"comparison page"``.
        tools: what can be merged into the catalog.
        rejected: documents that broke a rule; the others are not affected.
        warnings: what was read in part, guessed, or left out.
        licence: of somebody else's public data, under which it is published. What is rejected of it nobody here can
            mend, so the rest is taken in all the same.
    """

    format: str
    tools: tuple[Incoming, ...]
    rejected: tuple[Rejection, ...] = ()
    warnings: tuple[Caution, ...] = ()
    licence: str | None = None
