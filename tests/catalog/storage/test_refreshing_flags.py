"""What live sources say that a person should look at, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from catalog.models import Link, LinkKind, Status, Tool, ToolType
from catalog.proposals import ProposalKind, ProposalState
from catalog.reviews import Reviews
from catalog.revision import SHARED
from tests.catalog.sources.answers import MODEL
from tests.catalog.sources.service import reply
from tests.catalog.storage.yard import ANT, BEE, CAT, DAY, TEST, Yard, open_yard, repository

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
async def yard(url: str) -> AsyncIterator[Yard]:
    """Two tools that sources know, and one that none knows."""
    async with open_yard(url, ANT, BEE, CAT) as yard:
        yield yard


async def test_what_moved_or_was_archived_is_proposed(yard: Yard) -> None:
    """Curators get a change that they can approve; until then nothing is changed but figures."""
    yard.answer()
    moved = repository("wasps/ant", archived=True)
    yard.service.on("/repos/ants/ant", reply(301, location="/repositories/7"))
    yard.service.on("/repositories/7", reply(200, moved))
    report = await yard.refresh()
    assert report.filed == [1, 2]
    assert yard.catalog.get("ant").links == ANT.links
    assert yard.figures("ant")["github_stars"] == 10
    proposals = await yard.catalog.storage.proposals.of(SHARED)
    reviews = Reviews(yard.catalog)
    for proposal in proposals:
        assert (proposal.proposer, proposal.proposer_id) == ("Matchbook", None)
        await reviews.approve(proposal, TEST)
    ant = yard.catalog.get("ant")
    assert [link.url for link in ant.links] == ["https://github.com/wasps/ant"]
    assert ant.status is Status.DEPRECATED
    yard.service.on("/repos/wasps/ant", reply(200, moved))
    assert (await yard.refresh("ant")).filed == []


@pytest.mark.parametrize("state", [ProposalState.OPEN, ProposalState.REJECTED])
async def test_a_flag_is_filed_once(yard: Yard, state: ProposalState) -> None:
    """On the second day; not again while it waits, nor after curators rejected it, until it was taken back for long."""
    yard.answer()
    gone = reply(404, {"message": "Not Found"})
    yard.service.on("/repos/bees/bee", gone)
    for _ in range(2):
        (flag,) = (await yard.refresh("bee")).sources[0].flagged
        assert (flag.slug, flag.concern, flag.proposal, flag.pending) == ("bee", "gone", None, True)
    yard.clock.today += 1.6 * DAY
    (flag,) = (await yard.refresh(only=["github"])).sources[0].flagged
    assert (flag.proposal, flag.pending) == (1, False)
    proposals = yard.catalog.storage.proposals
    waits = await proposals.get(1)
    assert waits is not None
    assert waits.change is None
    if state is ProposalState.REJECTED:
        await Reviews(yard.catalog).answer(waits, state, TEST, "It will be back.")
    for _ in range(3):
        yard.clock.today += 20 * DAY
        report = await yard.refresh("bee")
        assert (report.filed, report.sources[0].flagged[0].pending) == ([], False)
    yard.answer()
    await yard.refresh("bee")
    yard.service.on("/repos/bees/bee", gone)
    filed = []
    # However long nobody asks: it wasn't taken back.
    for days in (20, 20, 400):
        yard.clock.today += days * DAY
        filed += (await yard.refresh("bee")).filed
    assert filed == []
    yard.answer()
    for days in (1, 20, 20):
        yard.clock.today += days * DAY
        await yard.refresh("bee")
    yard.service.on("/repos/bees/bee", gone)
    assert (await yard.refresh("bee")).filed == []
    yard.clock.today += DAY
    assert (await yard.refresh("bee")).filed == [1 if state is ProposalState.OPEN else 2]
    assert yard.catalog.get("bee").status is Status.ACTIVE


async def test_a_bad_day_of_a_source(yard: Yard) -> None:
    """What is gone one day and there the next was never told; what is gone for good isn't asked for every day."""
    yard.answer()
    gone = reply(404, {"message": "Not Found"})
    filed = []
    for days, answer in ((0, gone), (2, None), (2, gone), (2, gone)):
        yard.clock.today += days * DAY
        yard.answer()
        if answer:
            yard.service.on("/repos/bees/bee", answer)
        report = await yard.refresh(only=["github"])
        assert ("bee" in report.sources[0].gone) == (answer is not None)
        assert ("bee" in {*report.sources[0].unchanged, *report.sources[0].changed}) == (answer is None)
        filed.append(report.filed)
    assert filed == [[], [], [], [1]]
    yard.clock.today += 5 * DAY
    assert (await yard.refresh(only=["github"])).sources[0].unchanged == ("ant",)


async def test_what_is_archived_beside_several_is_asked_once(yard: Yard) -> None:
    """Three models in one repository: curators get one question, whoever is asked for, and no status."""
    link = Link(kind=LinkKind.REPOSITORY, url="https://github.com/ewes/ewe-models")
    async with yard.catalog.writing(TEST) as writer:
        for name in ("Ewe 1", "Ewe 2", "Ewe 3"):
            await writer.put(Tool(name=name, type=ToolType.MODEL, links=(link,)))
    yard.service.on("/repos/ewes/ewe-models", reply(200, repository("ewes/ewe-models", archived=True)))
    filed = [(await yard.refresh(slug)).filed for slug in ("ewe-2", "ewe-3", "ewe-1")]
    assert filed == [[1], [], []]
    (proposal,) = await yard.catalog.storage.proposals.of(SHARED)
    assert (proposal.kind, proposal.slug, proposal.change) == (ProposalKind.DISPUTE, "ewe-1", None)
    assert set(yard.figures("ewe-1")) == {
        "repository_stars",
        "repository_forks",
        "days_since_repository_commit",
    }


async def test_what_is_worth_knowing_is_told(yard: Yard) -> None:
    """A gated model asks nobody to do anything: it is said beside the figures, and again when nothing has changed."""
    link = Link(kind=LinkKind.MODEL_HUB, url="https://huggingface.co/meta-llama/Llama-3.1-8B-Instruct")
    async with yard.catalog.writing(TEST) as writer:
        await writer.put(Tool(name="Llama", type=ToolType.MODEL, links=(link,)))
    path = "/api/models/meta-llama/Llama-3.1-8B-Instruct"
    yard.service.on(path, reply(200, MODEL, etag='"a"'), reply(304))
    for _ in range(2):
        (hub,) = (await yard.refresh("llama")).sources
        assert (hub.flagged, [note.slug for note in hub.notes]) == ((), ["llama"])
    assert yard.figures("llama")["monthly_downloads"] == MODEL["downloads"]
