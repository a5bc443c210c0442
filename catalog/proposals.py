"""Proposals: what members would like to become of the catalog, and what moderators made of it."""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b
from typing import Annotated, Any, Final, NamedTuple

from pydantic import StringConstraints
from pydantic_core import to_json

from catalog.editing.change import Change, Edit
from catalog.models import Document, Slug
from catalog.moments import Moment
from catalog.names import name_key
from catalog.revision import SHARED, Number, Scope
from catalog.text import Line, Prose

#: Longest note or answer, in characters: it has to fit on a card beside what it is about.
NOTE_LIMIT: Final = 1000

Note = Annotated[Prose, StringConstraints(max_length=NOTE_LIMIT)]


class ProposalKind(StrEnum):
    """What is proposed."""

    TOOL = "tool"
    """A tool that is missing."""
    CHANGE = "change"
    """Another document of a tool."""
    DISPUTE = "dispute"
    """That something said of a tool isn't so."""
    UPSTREAM = "upstream"
    """That the shared tool become what a guild has made of it."""


class ProposalState(StrEnum):
    """What became of a proposal so far."""

    OPEN = "open"
    ASKED = "asked"
    """Moderators have asked the proposer something."""
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self in OPEN_STATES


#: The states of a proposal that can still be decided.
OPEN_STATES: Final = frozenset({ProposalState.OPEN, ProposalState.ASKED})


#: The fields that a decision sets; what else changes of a proposal meanwhile stays as it is.
DECISION: Final = (
    "state",
    "decided_by",
    "decided_by_id",
    "decided_at",
    "answer",
    "revision",
    "reminded_at",
)


class Support(NamedTuple):
    """Somebody who wants what another proposed before them: what they say, and whether they want no message."""

    user_id: int
    note: str | None
    quiet: bool


class Proposal(Document):
    """One proposal and its fate. All ids are Discord's, and those of who asked to be forgotten are None.

    `number` is the storage's; None before it has one. `note` is what the proposer says, `sentence` what is disputed,
    `change` what is wanted. `revision` is the change (`Revision.change`) that approving made.
    """

    number: Number | None = None
    scope: Scope = SHARED
    kind: ProposalKind
    state: ProposalState = ProposalState.OPEN
    title: Line
    slug: Slug | None = None
    note: Note | None = None
    sentence: Prose | None = None
    change: Change | None = None
    proposer: Line
    proposer_id: Number | None = None
    quiet: bool = False
    """Whether the proposer wants no message."""
    made_at: Moment
    decided_by: Line | None = None
    decided_by_id: Number | None = None
    decided_at: Moment | None = None
    answer: Note | None = None
    revision: Number | None = None
    channel_id: Number | None = None
    message_id: Number | None = None
    thread_id: Number | None = None
    reminded_at: Moment | None = None

    @property
    def fingerprint(self) -> str:
        """A short hash of what is wanted: the same for two proposals that want the same, whoever words them how.

        Of a new tool its name alone counts, read as `name_key` reads names; of a change what it makes another,
        so that an edit of another place meanwhile doesn't tell two equal wishes apart.
        """
        wanted: list[Any] = [self.scope.key, self.kind.value, self.slug, _words(self.sentence)]
        if self.change is not None:
            wanted += sorted(map(_wanted, self.change.edits))
        elif self.kind is ProposalKind.TOOL:
            wanted.append(_name(self.title))
        elif self.sentence is None:
            # Nothing but the note says what it is about.
            wanted.append(_words(self.note))
        return blake2b(to_json(wanted), digest_size=12).hexdigest()


def _words(text: str | None) -> str | None:
    return None if text is None else " ".join(text.casefold().split())


def _name(name: str) -> str:
    return name_key(name) or name.casefold()


def _wanted(edit: Edit) -> str:
    """Write down what an edit makes another; of a tool that wasn't there, its name."""
    before, after = edit.before, edit.after
    if after is None:
        return to_json([edit.slug, None]).decode()
    if before is None:
        return to_json([_name(after.name)]).decode()
    differing = {name for name in type(after).model_fields if getattr(before, name) != getattr(after, name)}
    return to_json([edit.slug, after.model_dump(mode="json", include=differing)]).decode()
