"""How a guild moderates its catalog: who else does, where proposals and changes are told, and what is too much."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from catalog.models import Document
from catalog.revision import Number

#: Most people that a guild can keep from proposing, and most roles that moderate.
BLOCKED_LIMIT: Final = 500
ROLES_LIMIT: Final = 25


class Moderation(Document):
    """One guild's rules for changes to its catalog; all ids are Discord's.

    Attributes:
        roles: who has one of these moderates, beside the owner and who may manage the server.
        review_channel: where proposals are shown; without one they wait in the queue.
        log_channel: where each change is told.
        daily_limit: proposals that a member may make in 24 hours.
        remind_days: after how many days moderators are reminded of a proposal; after twice as many it expires.
        blocked: members who may not propose.
    """

    roles: Annotated[tuple[Number, ...], Field(max_length=ROLES_LIMIT)] = ()
    review_channel: Number | None = None
    log_channel: Number | None = None
    daily_limit: Annotated[int, Field(ge=0, le=100)] = 5
    remind_days: Annotated[int, Field(ge=1, le=90)] = 7
    blocked: Annotated[tuple[Number, ...], Field(max_length=BLOCKED_LIMIT)] = ()


USUAL: Final = Moderation()
