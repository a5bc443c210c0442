"""Drafts: changes that somebody works on, kept until they are saved, proposed or too old."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, StringConstraints

from catalog.editing.change import Change
from catalog.editing.threeway import Side
from catalog.models import Document, Slug
from catalog.moments import Moment
from catalog.proposals import Note, ProposalKind
from catalog.revision import SHARED, Number, Scope
from catalog.text import PROSE_LIMIT, SLUG_LIMIT, Line, Prose, clean_prose

#: Fields of forms that a draft can hold, and choices between two sides.
TYPED_LIMIT: Final = 50
CHOICES_LIMIT: Final = 1000

_Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16}$")]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
#: A document's slug and the place within it.
_PlaceName = Annotated[str, StringConstraints(min_length=1, max_length=SLUG_LIMIT + 1 + 100)]


def _cleaned(value: object) -> object:
    return clean_prose(value) if isinstance(value, str) else value


#: What somebody typed into a field of a form; it may be empty.
Typed = Annotated[str, BeforeValidator(_cleaned), StringConstraints(max_length=PROSE_LIMIT)]


def new_key() -> str:
    """Give the key of a new draft: 16 URL-safe characters that nobody can guess."""
    return secrets.token_urlsafe(12)


class Purpose(StrEnum):
    """What is to become of a draft."""

    SAVE = "save"
    """The change is written to the catalog."""
    PROPOSE = "propose"
    """The change is put before those who decide."""
    REBASE = "rebase"
    """A guild's copy is brought up to the shared tool; of a conflict, MINE is the shared one's side."""


class Draft(Document):
    """A change on its way, of one person; its key fits into a custom_id and is all that leads to it.

    `section` and `place` say where in a form somebody is, `typed` what they typed into it (so that a form that was
    refused opens again as it was left), `choices` whose side they took where two edits contradict each other.
    `proposal` is the number of the proposal that the change came from; `kind`, `note`, `sentence` and `quiet` are
    those of a proposal that it is to become.
    """

    key: _Key = Field(default_factory=new_key)
    owner_id: Number
    scope: Scope = SHARED
    made_at: Moment
    change: Change | None = None
    slug: Slug | None = None
    section: _Name | None = None
    place: Annotated[int, Field(ge=0)] | None = None
    typed: dict[_Name, Typed] = Field(default_factory=dict, max_length=TYPED_LIMIT)
    reason: Line | None = None
    proposal: Number | None = None
    purpose: Purpose = Purpose.SAVE
    choices: dict[_PlaceName, Side] = Field(default_factory=dict, max_length=CHOICES_LIMIT)
    kind: ProposalKind = ProposalKind.CHANGE
    note: Note | None = None
    sentence: Prose | None = None
    quiet: bool = False
