from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from catalog import changes
from catalog.desk import Desk
from catalog.editing.change import Change, Edit
from catalog.errors import EditError
from catalog.importers import Authority, Incoming
from catalog.models import Tool
from catalog.revision import SHARED, Author, Scope
from catalog.service import Catalog
from tests.catalog.editing.strategies import written

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ADA = Author(name="ada", reason="Because")
GUILD, OTHERS = Scope(guild_id=7), Scope(guild_id=8)
LLAMA = Tool.model_validate({"name": "Llama", "type": "model", "aliases": ["guanaco"], "vendor": "Them"})
OTTER = Tool.model_validate({"name": "Otter", "type": "model", "summary": "Swims."})
OLD = Tool.model_validate({"name": "Old", "status": "deprecated", "successor": "otter"})


@pytest_asyncio.fixture
async def catalog(blank: Path, tmp_path: Path) -> AsyncIterator[Catalog]:
    """A catalog of three tools."""
    file = shutil.copy(blank, tmp_path / "matchbook.db")
    async with Catalog.open(f"sqlite:///{file}", with_starter=False) as opened:
        async with opened.writing(ADA, SHARED) as writer:
            for tool in (LLAMA, OTTER, OLD):
                await writer.put(tool)
        yield opened


async def _become(catalog: Catalog, slug: str, after: Tool | None, scope: Scope = GUILD) -> int:
    before = _seen(catalog, slug, scope)
    change = Change(title="x", edits=(Edit(slug=slug, before=before, after=after),))
    saved = await Desk(catalog).save(change, scope, ADA)
    assert saved.change is not None
    return saved.change


def _seen(catalog: Catalog, slug: str, scope: Scope = GUILD) -> Tool | None:
    return catalog.view(scope.guild_id).among([slug]).get(slug)


async def test_undoing_is_of_its_scope(catalog: Catalog) -> None:
    """A change is undone where it was made; elsewhere there is none of that number."""
    number = await _become(catalog, "llama", LLAMA.model_copy(update={"summary": "Ours."}))
    assert (await changes.undoing(catalog, number, GUILD)).title == f"Undo change {number}: Llama"
    for scope in (SHARED, OTHERS):
        with pytest.raises(EditError, match=f"no change {number} here"):
            await changes.undoing(catalog, number, scope)


async def test_undoing_of_one_document_twice(catalog: Catalog) -> None:
    """Where a change wrote a document twice, undoing it leads back to before the first time."""
    async with catalog.writing(ADA, SHARED) as writer:
        await writer.put(LLAMA.model_copy(update={"summary": "One."}))
        await writer.flush()
        await writer.put(LLAMA.model_copy(update={"summary": "Two."}))
    undo = await changes.undoing(catalog, writer.revisions[1].number, SHARED)
    assert [(one.before and one.before.summary, one.after and one.after.summary) for one in undo.edits] == [
        ("Two.", None)
    ]
    await Desk(catalog).save(undo, SHARED, ADA)
    assert written(_seen(catalog, "llama", SHARED)) == written(LLAMA)


@pytest.mark.parametrize("own", [{}, {"summary": "Ours."}])
@pytest.mark.parametrize("by_number", [True, False])
async def test_a_tool_that_was_hidden(
    catalog: Catalog,
    own: dict[str, str],
    by_number: bool,  # noqa: FBT001 (a case)
) -> None:
    """What a guild hid comes back as it was edited there, and with what the shared tool brought since."""
    if own:
        await _become(catalog, "llama", LLAMA.model_copy(update=own))
    number = await _become(catalog, "llama", None)
    shared = LLAMA.model_copy(update={"vendor": "New makers"})
    await _become(catalog, "llama", shared, SHARED)
    assert _seen(catalog, "llama") is None
    change = await (
        changes.undoing(catalog, number, GUILD) if by_number else changes.restoring(catalog, "llama", GUILD)
    )
    await Desk(catalog).save(change, GUILD, ADA)
    assert _seen(catalog, "llama") == shared.model_copy(update=own)
    assert catalog.view(7).is_own("llama") is bool(own)


async def test_restoring(catalog: Catalog) -> None:
    """A removed tool comes back as it was; what wasn't removed, or is back, can't be restored."""
    with pytest.raises(EditError, match="No tool of that name was removed"):
        await changes.restoring(catalog, "llama", SHARED)
    await _become(catalog, "llama", None, SHARED)
    change = await changes.restoring(catalog, "llama", SHARED)
    assert change.title == "Restore Llama"
    await Desk(catalog).save(change, SHARED, ADA)
    assert written(_seen(catalog, "llama", SHARED)) == written(LLAMA)
    with pytest.raises(EditError, match="No tool of that name was removed"):
        await changes.restoring(catalog, "llama", SHARED)


@pytest.mark.parametrize("scope", [SHARED, GUILD])
async def test_merging(catalog: Catalog, scope: Scope) -> None:
    """Merging takes over names, points successors to who stays, and undoing brings all back byte for byte."""
    slugs = ("llama", "otter", "old")
    before = {slug: written(_seen(catalog, slug, scope)) for slug in slugs}
    saved = await Desk(catalog).save(changes.merging(catalog, OTTER, LLAMA, scope), scope, ADA)
    merged = _seen(catalog, "llama", scope)
    assert merged is not None
    assert (merged.aliases, merged.summary, merged.vendor) == (("guanaco", "Otter"), "Swims.", "Them")
    assert _seen(catalog, "otter", scope) is None
    assert getattr(_seen(catalog, "old", scope), "successor", None) == "llama"
    assert len(saved.revisions) == 3
    assert saved.change is not None
    await Desk(catalog).save(await changes.undoing(catalog, saved.change, scope), scope, ADA)
    assert {slug: written(_seen(catalog, slug, scope)) for slug in slugs} == before
    with pytest.raises(EditError, match="into itself"):
        changes.merging(catalog, OTTER, OTTER, scope)


async def test_importing(catalog: Catalog) -> None:
    """Documents are filed by name, merged with what is there, and those that are known change nothing."""
    incoming = [
        Incoming(Tool(name="guanaco", tags=("new",)), "a:1", Authority.OWN),
        Incoming(Tool(name="Quarrybird"), "a:2", Authority.OWN),
        Incoming(OTTER, "a:3", Authority.OWN),
    ]
    change, report = await changes.importing(catalog, incoming, GUILD, "Import a.yaml")
    assert (report.added, report.changed, report.unchanged) == (("quarrybird",), ("llama",), ("otter",))
    assert change is not None
    assert change.slugs == ("llama", "quarrybird")
    await Desk(catalog).save(change, GUILD, ADA)
    again, report = await changes.importing(catalog, incoming, GUILD, "Import a.yaml")
    assert again is None
    assert len(report.unchanged) == 3


async def test_upstream_and_reset(catalog: Catalog) -> None:
    """A guild's own document can be proposed or given up; what isn't its own can't, and what is only its own stays."""
    for make in (changes.upstream, changes.resetting):
        with pytest.raises(EditError, match="no copy"):
            make(catalog, "llama", GUILD)
    own = LLAMA.model_copy(update={"summary": "Ours."})
    await _become(catalog, "llama", own)
    (edit,) = changes.upstream(catalog, "llama", GUILD).edits
    assert (edit.before, edit.after) == (LLAMA, own)
    (edit,) = changes.resetting(catalog, "llama", GUILD).edits
    assert (edit.before, edit.after) == (own, LLAMA)
    await _become(catalog, "quarrybird", Tool(name="Quarrybird"))
    (edit,) = changes.upstream(catalog, "quarrybird", GUILD).edits
    assert edit.before is None
    with pytest.raises(EditError, match="no shared Quarrybird"):
        changes.resetting(catalog, "quarrybird", GUILD)


async def test_what_is_hidden_is_nothing_to_propose(catalog: Catalog) -> None:
    """A guild that hides a tool has no document of its own to propose; it can see the shared one again."""
    await _become(catalog, "llama", None)
    with pytest.raises(EditError, match="no copy"):
        changes.upstream(catalog, "llama", GUILD)
    await Desk(catalog).save(changes.resetting(catalog, "llama", GUILD), GUILD, ADA)
    assert _seen(catalog, "llama") == LLAMA


async def test_long_names(catalog: Catalog) -> None:
    """A change's title fits in a line, however many tools it is about."""
    async with catalog.writing(ADA, SHARED) as writer:
        for number in range(20):
            await writer.put(Tool(name=f"Tool {number} {'x' * 80}"))
    undo = await changes.undoing(catalog, writer.revisions[0].number, SHARED)
    assert len(undo.title) <= 300
    assert len(undo.edits) == 20
