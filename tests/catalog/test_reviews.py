from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from catalog.desk import Desk
from catalog.editing.change import Change, Edit
from catalog.errors import ConflictError, DecidedError, EditError
from catalog.models import Tool
from catalog.moderation import Moderation
from catalog.moments import moment
from catalog.proposals import Proposal, ProposalState
from catalog.reviews import Reviews
from catalog.revision import SHARED, Author, Scope
from catalog.service import Catalog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

HOME = Scope(guild_id=7)
MIA, LEO = 1, 2
ADA = Author(name="ada", reason="Proposal 1", user_id=3)
ANT = Tool(name="Ant", vendor="They", licence="MIT")


@pytest.fixture
async def catalog(tmp_path: Path) -> AsyncIterator[Catalog]:
    """A catalog that holds one tool."""
    async with Catalog.open(f"sqlite:///{tmp_path / 'matchbook.db'}", with_starter=False) as opened:
        async with opened.writing(Author(name="test", reason="test")) as writer:
            await writer.put(ANT)
        yield opened


def edit(title: str = "Edit Ant", **fields: object) -> Change:
    """Make a change of the tool."""
    return Change(title=title, edits=(Edit(slug="ant", before=ANT, after=ANT.model_copy(update=fields)),))


async def wish(catalog: Catalog, who: int | None = MIA, scope: Scope = HOME, **fields: Any) -> Proposal:  # noqa: ANN401 (any field of a proposal)
    """Propose another vendor, or something else."""
    made = {"kind": "change", "title": "Edit Ant", "proposer": "mia", "proposer_id": who}
    content = {"scope": scope, "change": edit(vendor="We"), "made_at": moment(), **made, **fields}
    filed, *_ = await Reviews(catalog).propose(Proposal.model_validate(content))
    return filed


def seen(catalog: Catalog) -> Tool:
    """Give the tool as the server sees it."""
    return catalog.view(HOME.guild_id).get("ant")


async def test_an_approval_and_its_end(catalog: Catalog) -> None:
    """What is approved is written with its decision; what is opened again is undone, to the byte."""
    reviews = Reviews(catalog)
    decided, saved = await reviews.approve(await wish(catalog), ADA)
    assert (decided.state, decided.decided_by, decided.revision) == ("approved", "ada", saved.change)
    assert seen(catalog).vendor == "We"
    assert catalog.get("ant") == ANT
    with pytest.raises(DecidedError):
        await reviews.approve(decided, ADA)
    again, undone, stays = await reviews.reopen(decided, ADA)
    assert undone
    assert (again.state, again.decided_by, again.revision, stays) == ("open", None, None, [])
    assert seen(catalog) == ANT
    assert not catalog.view(HOME.guild_id).is_own("ant")
    with pytest.raises(DecidedError):
        await reviews.reopen(decided, ADA)


async def test_what_was_changed_since_stays(catalog: Catalog) -> None:
    """Reopening undoes what nobody touched since; a tool that was removed stays removed."""
    reviews, desk = Reviews(catalog), Desk(catalog)
    decided, _ = await reviews.approve(await wish(catalog, change=edit(vendor="We", licence="BSD")), ADA)
    mine = seen(catalog)
    later = mine.model_copy(update={"licence": "ISC"})
    await desk.save(Change(title="x", edits=(Edit(slug="ant", before=mine, after=later),)), HOME, ADA)
    again, undone, stays = await reviews.reopen(decided, ADA)
    assert undone
    assert stays == ["Licence"]
    assert (seen(catalog).vendor, seen(catalog).licence) == ("They", "ISC")
    with pytest.raises(ConflictError):
        await reviews.approve(again, ADA)
    decided, _ = await reviews.approve(again, ADA, change=edit(vendor="Us"))
    gone = Change(title="x", edits=(Edit(slug="ant", before=seen(catalog), after=None),))
    await desk.save(gone, HOME, ADA)
    _, undone, stays = await reviews.reopen(decided, ADA)
    assert undone
    assert not undone.revisions
    assert len(stays) == 1


async def test_what_cannot_be_approved(catalog: Catalog) -> None:
    """Nobody approves their own where somebody else could, nor what says nothing to write."""
    reviews = Reviews(catalog)
    own = await wish(catalog, who=ADA.user_id)
    with pytest.raises(EditError, match="your own proposal"):
        await reviews.approve(own, ADA)
    empty = await wish(catalog, change=None, kind="dispute", slug="ant", sentence="It is fast.")
    with pytest.raises(EditError, match="not what should stand there"):
        await reviews.approve(empty, ADA)
    await reviews.approve(own, ADA, alone=True)
    await reviews.answer(empty, ProposalState.REJECTED, ADA, None)
    assert await catalog.storage.proposals.of(HOME) == []


async def test_who_may_propose(catalog: Catalog) -> None:
    """The limit counts a person's proposals in a scope within a day; the list keeps people out of one server."""
    reviews = Reviews(catalog)
    await catalog.preferences.moderate(7, Moderation(daily_limit=2, blocked=(LEO,)))
    yesterday = moment(datetime.now(UTC) - timedelta(hours=25))
    for number, made_at in enumerate((yesterday, moment(), moment())):
        await wish(catalog, change=edit(vendor=f"V{number}"), made_at=made_at)
    with pytest.raises(EditError, match="2 proposals here within a day"):
        await wish(catalog)
    with pytest.raises(EditError, match="no proposals from you"):
        await reviews.welcome(HOME, LEO)
    await reviews.welcome(SHARED, LEO)
    await wish(catalog, scope=SHARED)
    await wish(catalog, who=None)


@pytest.mark.parametrize(
    ("made", "reminded", "scope", "outcome"),
    [
        (6.9, None, HOME, ""),
        (7.1, None, HOME, "remind"),
        (13.9, 6.9, HOME, ""),
        (14.1, 7.0, HOME, "expire"),
        (99, None, HOME, "remind"),
        (99, 6.9, HOME, ""),
        (99, 7.1, HOME, "expire"),
        (99, 7.1, SHARED, "remind"),
    ],
)
async def test_what_is_due(
    catalog: Catalog, made: float, reminded: float | None, scope: Scope, outcome: str
) -> None:
    """One is reminded of after a week, and expires a week after that; the shared catalog's never do."""
    now = datetime.now(UTC)
    filed = await wish(catalog, scope=scope, made_at=moment(now - timedelta(days=made)))
    if reminded:
        at = moment(now - timedelta(days=reminded))
        await catalog.storage.proposals.mark(filed.number or 0, reminded_at=at)
    remind, expire = await Reviews(catalog).due(now)
    assert (len(remind), len(expire)) == (outcome == "remind", outcome == "expire")
