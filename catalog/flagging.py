"""What a live source says of a tool that a person should look at, as a proposal to the curators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from catalog.editing.change import changed
from catalog.models import Link, Status
from catalog.moments import moment
from catalog.observing import is_its_own
from catalog.proposals import NOTE_LIMIT, Proposal, ProposalKind
from catalog.sources.source import Concern

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from catalog.models import Tool
    from catalog.sources.source import Answer, Flag, LiveSource

PROPOSER: Final = "Matchbook"


def mark(name: str, flag: Flag) -> str:
    """Write down what was flagged under a name (a tool's slug, a source's key): the same whenever it is seen again."""
    return " ".join(filter(None, (flag.concern.value, name, flag.url)))


def is_held(sign: str, answer: Answer) -> bool:
    """Tell whether an answer says still what was written down so."""
    _, name, *_ = sign.split(" ")
    return any(mark(name, flag) == sign for flag in answer.flags)


def proposal_of(
    tool: Tool, source: LiveSource, key: str, flag: Flag, now: datetime, others: Sequence[str] = ()
) -> Proposal | None:
    """Give what is proposed to the curators because of a flag; None where the tool says so already.

    What has moved gets its link replaced, and a tool is deprecated whose own repository was archived. Where that isn't
    the tool itself, or something is gone, a person is asked to look. Nothing is ever proposed to be deleted.

    Args:
        tool: the shared tool.
        source: who says so.
        key: by what the source knows the tool.
        flag: what it says.
        now: when.
        others: the names of other tools that the source knows by the same key.
    """
    bare = tool.edited({"packages": ()})
    link = next((one for one in tool.links if source.key_of(bare.edited({"links": (one,)})) == key), None)
    wanted: Tool | None = None
    match flag.concern:
        case Concern.ARCHIVED if tool.status is not Status.ACTIVE:
            return None
        case Concern.GONE if tool.status is Status.GONE:
            return None
        case Concern.ARCHIVED if is_its_own(tool, 1 + len(others)):
            wanted = tool.edited({"status": Status.DEPRECATED})
        case Concern.MOVED:
            wanted = _relinked(tool, link, flag.url)
        case Concern.ARCHIVED | Concern.GONE:
            pass
    says = {Concern.MOVED: "has moved", Concern.GONE: "is gone", Concern.ARCHIVED: "is archived"}
    title = f"{tool.name}: {key} {says[flag.concern]}"[:200]
    note = f"{source.name} says: {flag.text}"
    if wanted is None and flag.concern is Concern.ARCHIVED:
        also = f" {_listed(others)} {'links' if len(others) == 1 else 'link'} there too." if others else ""
        note += f"{also} That isn't {tool.name} itself: look whether the link is of use still; nothing was changed."
    elif wanted is None:
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


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


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
