"""Revisions: every change of a document, by whom, when and why."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from catalog.models import Document, Slug, Tool
from catalog.text import Line

#: A Discord id, or a database's number; both count from 1.
Number = Annotated[int, Field(gt=0)]


class Scope(Document):
    """Whose catalog a document belongs to: the shared one, or one guild's copy."""

    guild_id: Number | None = None

    @property
    def key(self) -> int:
        """The scope as the database files it: 0 for the shared catalog, else the guild's id."""
        return self.guild_id or 0

    @classmethod
    def of(cls, key: int) -> Scope:
        """Read a scope as the database files it."""
        return cls(guild_id=key or None)


SHARED = Scope()


class Author(Document):
    """Who makes a change, and why: one line each, as the history shows them.

    `user_id` and `interaction_id` are Discord's; a program has none.
    """

    name: Line
    reason: Line
    user_id: Number | None = None
    interaction_id: Number | None = None


class RevisionKind(StrEnum):
    """What a revision did to what its scope sees of a tool."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    RESET = "reset"
    """A guild gave up its copy: it sees the shared document again."""
    HIDE = "hide"
    """A guild no longer sees the shared document."""


class Revision(Document):
    """One change of one document: what, by whom, why, and the document before and after.

    `before` and `after` are what the scope saw: in a guild that has no copy, the shared document.
    """

    number: Number
    scope: Scope = SHARED
    slug: Slug
    kind: RevisionKind
    before: Tool | None
    after: Tool | None
    actor: Line
    reason: Line
    made_at: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    """UTC."""
    change: Number
    """The number of the first revision that was made together with this one; by it they are undone together."""
    actor_id: Number | None = None
    interaction_id: Number | None = None

    @property
    def is_own(self) -> bool:
        """Whether the scope has a document of its own under the slug from then on."""
        return self.kind in {RevisionKind.ADD, RevisionKind.CHANGE}
