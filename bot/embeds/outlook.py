"""What a change would come to, part by part: what differs, what somebody has to choose, what is worth knowing."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.embeds.contrast import contrast
from bot.embeds.difference import drawn
from bot.embeds.lines import bold, counted, listed, one_line
from bot.markdown import quoted
from catalog.editing.difference import differences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.embeds.panel import Panel
    from catalog.desk import Outlook, Preview
    from catalog.editing.change import Edit
    from catalog.editing.difference import Difference
    from catalog.editing.threeway import Conflict
    from catalog.reach import Altered
    from catalog.revision import Revision

    _Document: TypeAlias = Outlook | Edit | Revision

#: Whose word a conflict's two sides are where one is the reader's and one somebody else's.
YOURS: Final = ("yours", "theirs")
#: Characters of Markdown for each part; together they leave half of a message to the card.
CHANGES: Final = 1400
_CONFLICTS: Final = 800
_CAUTIONS: Final = 450
_REACH: Final = 500
_JOINED: Final = 300
#: Characters of a text that are shown of each side, and of a sentence of ours.
_SIDE: Final = 80
_SENTENCE: Final = 220
_NAME: Final = 60
_LABEL: Final = 110
#: Documents of one change that are looked at; of the others their number is told.
_DOCUMENTS: Final = 25
#: What is the least that is shown of one of several documents.
_LEAST: Final = 200


def whose(*, shared: bool) -> str:
    """Say who will see a change."""
    if shared:
        return "**For everyone:** every server sees it, except where it has changed the same itself."
    return "**For this server alone:** other servers see no change."


def changes(outlooks: Sequence[Outlook], room: int = CHANGES) -> str:
    """Show what would differ, document by document."""
    touched = [one for one in outlooks if one.differences]
    return _blocks([(one, one.differences) for one in touched[:_DOCUMENTS]], len(touched), room)


def states(documents: Sequence[Edit | Revision], room: int = CHANGES) -> str:
    """Show what differs between the two states of each document."""
    shown = [(one, differences(one.before, one.after)) for one in documents[:_DOCUMENTS]]
    return _blocks(shown, len(documents), room)


def fields(panel: Panel, preview: Preview, *, shared: bool, sides: tuple[str, str] = YOURS) -> None:
    """Add what a preview says beside the differences, the most pressing first; parts that say nothing are left out."""
    conflicts = preview.conflicts
    several = len(preview.outlooks) > 1
    names = {one.slug: name_of(one) for one in preview.outlooks} if several else {}
    shown = [_conflict(conflict, names.get(slug), sides) for slug, conflict in islice(conflicts, _DOCUMENTS)]
    panel.field("Both changed: choose whose to keep", listed(shown, _CONFLICTS, total=len(conflicts)))
    panel.field("Worth knowing", cautions(preview))
    panel.field("What people ask", reach(preview, shared=shared))
    panel.field("Came in meanwhile", joined([one for outlook in preview.outlooks for one in outlook.joined]))


def cautions(preview: Preview) -> str:
    """List what a person should know before they save."""
    return listed([f"Careful: {one_line(said, _SENTENCE)}" for said in preview.cautions], _CAUTIONS)


def reach(preview: Preview, *, shared: bool) -> str:
    """Say how many of the questions that people asked would be answered differently, and which."""
    if preview.reach is None or not preview.reach.count:
        return ""
    altered = preview.reach.altered
    often = sum(one.count for one in altered)
    asked = (
        f"Of {counted(preview.reach.count, 'question')} asked {'on several servers' if shared else 'here'}"
    )
    if not altered:
        return f"{asked}, none would be answered differently."
    first = f"{asked}, {often:,} would be answered differently:"
    return f"{first}\n{listed([f'- {_altered(one)}' for one in altered], _REACH - len(first))}"


def joined(found: Sequence[Difference]) -> str:
    """Show what others had changed in the meantime, which stays."""
    return drawn(found, _JOINED, each=_SIDE)


def name_of(document: _Document) -> str:
    """Name the tool that a document is of, as Markdown."""
    tool = document.after or document.before
    return one_line(tool.name if tool else document.slug, _NAME)


def _blocks(shown: Sequence[tuple[_Document, Sequence[Difference]]], total: int, room: int) -> str:
    if total == 1:
        return "".join(_block(one, found, room, several=False) for one, found in shown)
    each = max(room // max(total, 1) - _NAME, _LEAST)
    return listed([_block(one, found, each, several=True) for one, found in shown], room, total=total)


def _block(one: _Document, found: Sequence[Difference], room: int, *, several: bool) -> str:
    name = name_of(one)
    if one.after is None:
        return f"**{name}** is removed."
    if one.before is None:
        head = f"**{name}** is new."
    elif several:
        head = f"**{name}** is changed."
    else:
        return drawn(found, room)
    return f"{head}\n{drawn(found, room - len(head) - 1, new=one.before is None)}"


def _conflict(conflict: Conflict, name: str | None, sides: tuple[str, str]) -> str:
    of = f" of {name}" if name else ""
    mine, theirs = conflict.mine, conflict.theirs
    if mine is not None and theirs is not None:
        shown = contrast(mine, theirs, _SIDE)
    else:
        # Of what stood there before, nothing left means that it was taken away.
        nothing = "nothing" if conflict.base is None else "removed"
        shown = (_whole(mine, nothing), _whole(theirs, nothing))
    said = [f"{side}: {text}" for side, text in zip(sides, shown, strict=True)]
    return "\n".join([f"{bold(conflict.label, _LABEL)}{of}", *said])


def _whole(text: str | None, nothing: str) -> str:
    return nothing if text is None else one_line(text, 2 * _SIDE)


def _altered(one: Altered) -> str:
    times = "once" if one.count == 1 else f"{one.count:,} times"
    return f"{quoted(one.text, 40)}, asked {times}: {one_line(one.before, 100)} → {one_line(one.after, 100)}"
