"""Proposals: what members would like to become of the catalog, and what moderators made of it."""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b
from typing import Annotated, Any, Final, NamedTuple

from pydantic import Field, StringConstraints, ValidationError
from pydantic_core import to_json

from catalog.editing.change import Change, Edit
from catalog.editing.difference import differences
from catalog.models import Document, Slug, Tool
from catalog.moments import Moment
from catalog.names import name_key
from catalog.revision import SHARED, Number, Scope
from catalog.text import Line, Prose

#: Longest note or answer, in characters: it has to fit on a card beside what it is about.
NOTE_LIMIT: Final = 1000
#: How often a proposer can add something, and how many values of others stand beside a proposal.
ADDED_LIMIT: Final = 20
BESIDES_LIMIT: Final = 50

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


class Filed(NamedTuple):
    """A proposal as it is filed; whether it was `joined` to one that was there, and `changed` anything of that."""

    proposal: Proposal
    joined: bool
    changed: bool


class Support(NamedTuple):
    """Somebody who wants what another proposed before them: what they say, and whether they want no message."""

    user_id: int
    note: str | None
    quiet: bool


class Proposal(Document):
    """One proposal and its fate. All ids are Discord's, and those of who asked to be forgotten are None.

    `number` is the storage's; None before it has one. `note` is what the proposer says, `sentence` what is disputed,
    `change` what is wanted. `added` is what the proposer said later: their answers, and what they said when they
    proposed the same again. `besides` are values that others proposed for the same new tool, where `change` has another
    one. `revision` is the change (`Revision.change`) that approving made.
    """

    number: Number | None = None
    scope: Scope = SHARED
    kind: ProposalKind
    state: ProposalState = ProposalState.OPEN
    title: Line
    slug: Slug | None = None
    note: Note | None = None
    added: Annotated[tuple[Note, ...], Field(max_length=ADDED_LIMIT)] = ()
    sentence: Prose | None = None
    change: Change | None = None
    besides: Annotated[tuple[Prose, ...], Field(max_length=BESIDES_LIMIT)] = ()
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
        slug = None if self.kind is ProposalKind.TOOL else self.slug
        wanted: list[Any] = [self.scope.key, self.kind.value, slug, _words(self.sentence)]
        if self.change is not None:
            wanted += sorted(map(_wanted, self.change.edits))
        elif self.kind is ProposalKind.TOOL:
            wanted.append(_name(self.title))
        elif self.sentence is None:
            # Nothing but the note says what it is about.
            wanted.append(_words(self.note))
        return blake2b(to_json(wanted), digest_size=12).hexdigest()


def folded(known: Proposal, other: Proposal) -> Proposal:
    """Fold what somebody else filled in of the same new tool into a proposal.

    What the first left empty is taken over; values of which there can be one alone stand beside it, in words.
    """
    if known.kind is not ProposalKind.TOOL or known.change is None or other.change is None:
        return known
    first, *rest = known.change.edits
    mine, theirs = first.after, other.change.edits[0].after
    if mine is None or theirs is None:
        return known
    wanted = _filled(mine, theirs)
    change = known.change.model_copy(
        update={"edits": (first.model_copy(update={"after": wanted}), *rest)},
    )
    # The same name, however each of them spells it.
    named = theirs.model_copy(update={"slug": wanted.slug, "name": wanted.name})
    told = [f"{one.label}: {one.after}" for one in differences(wanted, named) if one.after is not None]
    besides = dict.fromkeys([*known.besides, *told])
    return known.model_copy(update={"change": change, "besides": tuple(besides)[:BESIDES_LIMIT]})


def _filled(mine: Tool, theirs: Tool) -> Tool:
    """Take from another document of a tool what the first one leaves empty; its names are the same to a reader."""
    empty = {
        name: getattr(theirs, name)
        for name in Tool.model_fields
        if getattr(theirs, name) and not getattr(mine, name)
    }
    try:
        return Tool.model_validate({**dict(mine), **empty})
    except ValidationError:
        # Two parts that don't go together, as an alias that is the other one's name: then it stands beside.
        return mine


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
