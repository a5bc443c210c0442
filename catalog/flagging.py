"""What a live source says of a tool that a person should look at, as a proposal to the curators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from catalog.editing.change import changed
from catalog.models import Link, Status
from catalog.moments import moment
from catalog.proposals import NOTE_LIMIT, Proposal, ProposalKind
from catalog.sources.source import Concern

if TYPE_CHECKING:
    from datetime import datetime

    from catalog.models import Tool
    from catalog.sources.source import Flag, LiveSource

PROPOSER: Final = "Matchbook"


def mark(slug: str, flag: Flag) -> str:
    """Write down what was flagged of a tool: the same whenever it is seen again, however it is worded then."""
    return " ".join(filter(None, (flag.concern.value, slug, flag.url)))


def proposal_of(tool: Tool, source: LiveSource, key: str, flag: Flag, now: datetime) -> Proposal | None:
    """Give what is proposed to the curators because of a flag; None where the tool says so already.

    What has moved gets its link replaced, what was archived is deprecated; of what is gone, a person is asked to look.
    Nothing is ever proposed to be deleted.

    Args:
        tool: the shared tool.
        source: who says so.
        key: by what the source knows the tool.
        flag: what it says.
        now: when.
    """
    bare = tool.edited({"packages": ()})
    link = next((one for one in tool.links if source.key_of(bare.edited({"links": (one,)})) == key), None)
    wanted: Tool | None = None
    match flag.concern:
        case Concern.ARCHIVED if tool.status is not Status.ACTIVE:
            return None
        case Concern.GONE if tool.status is Status.GONE:
            return None
        case Concern.ARCHIVED:
            wanted = tool.edited({"status": Status.DEPRECATED})
        case Concern.MOVED:
            wanted = _relinked(tool, link, flag.url)
        case Concern.GONE:
            pass
    says = {Concern.MOVED: "has moved", Concern.GONE: "is gone", Concern.ARCHIVED: "is archived"}
    title = f"{tool.name}: {key} {says[flag.concern]}"[:200]
    note = f"{source.name} says: {flag.text}"
    if wanted is None:
        note += " Look whether there is a better link, or whether the tool is gone; nothing was changed."
    elif flag.concern is Concern.MOVED:
        note += " Approving replaces the link."
    else:
        note += " Approving marks the tool as deprecated."
    return Proposal(
        kind=ProposalKind.DISPUTE if wanted is None else ProposalKind.CHANGE,
        title=title,
        slug=tool.slug,
        note=note[:NOTE_LIMIT],
        # What the catalog says, and what may not be so any more.
        sentence=(link.url if link else key) if wanted is None else None,
        change=None if wanted is None else changed(tool, wanted, title),
        proposer=PROPOSER,
        made_at=moment(now),
    )


def _relinked(tool: Tool, link: Link | None, url: str | None) -> Tool | None:
    """Give a tool with another address in place of a link; None where that can't be."""
    if link is None or url is None:
        return None
    try:
        moved = Link(kind=link.kind, url=url)
    except ValidationError:
        return None
    links = tuple(dict.fromkeys(moved if one == link else one for one in tool.links))
    return tool.edited({"links": links}) if links != tool.links else None
