from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.changes import undoing
from catalog.desk import Desk, chosen
from catalog.editing.change import Change, Edit
from catalog.editing.threeway import Side
from catalog.errors import ConflictError
from catalog.models import Tool
from catalog.reach import reach
from catalog.revision import SHARED, Author, Scope
from catalog.service import Catalog
from tests.benchmarks.heart import held_up
from tests.catalog.editing.strategies import EDITS, edited, tools, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: An example is three transactions on a file, of as many documents as there are kinds of edits in it.
few = settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
GUILD = Scope(guild_id=7)
ADA = Author(name="ada", reason="Because")
PROBE = Tool.model_validate({"name": "Probe", "type": "model", "summary": "First.", "vendor": "Us"})
KINDS = sorted(EDITS)
#: How many kinds of edits are made together: more would be quicker, and say less when one of them fails.
TOGETHER = 9

Documents: TypeAlias = dict[str, Tool | None]


class Bench:
    """A desk over a catalog in a file, at which tests that can't await are at work."""

    def __init__(self, runner: asyncio.Runner, catalog: Catalog, file: Path) -> None:
        self.runner, self.catalog, self.desk, self.file = runner, catalog, Desk(catalog), file

    def stored(self, scope: Scope) -> dict[str, str | None]:
        """Give the bytes of the documents that a scope has in the file, whatever the process believes."""
        with closing(sqlite3.connect(self.file)) as connection:
            return dict(
                connection.execute("select slug, document from tools where scope = ?", [scope.key]).fetchall()
            )

    def seen(self, scope: Scope, slugs: Iterable[str]) -> dict[str, str]:
        """Give the bytes of the documents that a scope sees."""
        found = self.catalog.view(scope.guild_id).among(slugs)
        return {slug: tool.model_dump_json(exclude_defaults=True) for slug, tool in found.items()}

    async def begin(self, *before: Tool) -> None:
        """Let the shared catalog hold some documents and no others, and the guild none of its own."""
        for scope in (GUILD, SHARED):
            async with self.catalog.writing(ADA, scope) as writer:
                for slug in self.stored(scope):
                    shared = self.catalog.among([slug]).get(slug)
                    if scope == GUILD and shared:
                        await writer.put(shared)
                    elif shared or scope == GUILD:
                        await writer.remove(slug)
                if scope == SHARED:
                    for tool in before:
                        await writer.put(tool)

    async def there_and_back(self, before: Documents, after: Documents, scope: Scope) -> None:
        """Make a change, see that it is in the file, and that undoing it leaves no trace of it there."""
        await self.begin(*filter(None, before.values()))
        told = [self.stored(one) for one in (SHARED, GUILD)]
        assert told == [{slug: written(tool) for slug, tool in before.items()}, {}]
        change = _change(before, after)
        preview = await self.desk.preview(change, scope)
        saved = await self.desk.save(change, scope, ADA)
        meant = {slug: text for slug, tool in after.items() if (text := written(tool)) is not None}
        assert self.seen(scope, after) == meant
        assert {one.slug: written(one.after) for one in preview.outlooks if one.after} == meant
        stored = self.stored(scope)
        assert all(stored[one.slug] == written(one.after) for one in saved.revisions if one.after)
        if saved.change is None:
            assert preview.is_empty
            return
        undo = await undoing(self.catalog, saved.change, scope)
        await self.desk.save(undo, scope, ADA)
        assert [self.stored(one) for one in (SHARED, GUILD)] == told


def _change(before: Documents, after: Documents) -> Change:
    edits = [Edit(slug=slug, before=before.get(slug), after=tool) for slug, tool in after.items()]
    return Change(title="Edit probes", edits=tuple(edits))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A desk over a file, for as long as the module's tests run."""
    file = tmp_path_factory.mktemp("desk") / "matchbook.db"
    with asyncio.Runner() as runner:
        opened = Catalog.open(f"sqlite:///{file}", with_starter=False)
        catalog = runner.run(opened.__aenter__())
        yield Bench(runner, catalog, file)
        runner.run(opened.__aexit__(None, None, None))


@pytest.mark.parametrize("scope", [SHARED, GUILD], ids=["shared", "guild"])
@pytest.mark.parametrize("first", range(0, len(KINDS), TOGETHER))
@few
@given(data=st.data())
def test_there_and_back(bench: Bench, first: int, scope: Scope, data: st.DataObject) -> None:
    """Whatever kinds of fields are edited, the file holds the edits, and undoing them brings every byte back."""
    before: Documents = {}
    after: Documents = {}
    for number, kind in enumerate(KINDS[first : first + TOGETHER]):
        slug = f"probe-{number}"
        tool = data.draw(tools(), label=kind).model_copy(update={"slug": slug})
        before[slug], after[slug] = tool, data.draw(edited(tool, kind), label=kind)
    bench.runner.run(bench.there_and_back(before, after, scope))


@pytest.mark.parametrize("scope", [SHARED, GUILD], ids=["shared", "guild"])
@few
@given(before=tools())
def test_removed_and_back(bench: Bench, scope: Scope, before: Tool) -> None:
    """A document that was removed, or hidden by a guild, comes back byte for byte."""
    bench.runner.run(bench.there_and_back({before.slug: before}, {before.slug: None}, scope))


def test_kinds() -> None:
    """At least 25 kinds of edits are made, of every field of a document but its slug."""
    assert len(KINDS) >= 25
    assert {kind.partition(".")[0] for kind in KINDS} == set(Tool.model_fields) - {"slug"}


def test_all_or_none(bench: Bench) -> None:
    """Where one document of a change is in conflict, none is written, and the error names the place."""
    other = PROBE.model_copy(update={"slug": "other", "name": "Other"})
    wanted: Documents = {
        "other": other.model_copy(update={"summary": "Mine."}),
        "probe": PROBE.model_copy(update={"summary": "Mine."}),
    }
    change = _change({"other": other, "probe": PROBE}, wanted)

    async def work() -> None:
        await bench.begin(PROBE, other)
        theirs = PROBE.model_copy(update={"summary": "Theirs."})
        await bench.desk.save(_change({"probe": PROBE}, {"probe": theirs}), SHARED, ADA)
        told = bench.stored(SHARED)
        with pytest.raises(ConflictError) as caught:
            await bench.desk.save(change, SHARED, ADA)
        assert caught.value.places == ("Summary",)
        assert bench.stored(SHARED) == told
        saved = await bench.desk.save(change, SHARED, ADA, {chosen("probe", "summary"): Side.MINE})
        assert [one.slug for one in saved.revisions] == ["other", "probe"]
        assert len({one.change for one in saved.revisions}) == 1

    bench.runner.run(work())


def test_what_came_along(bench: Bench) -> None:
    """What others changed meanwhile stays, and is told before and after saving."""
    mine = _change({"probe": PROBE}, {"probe": PROBE.model_copy(update={"summary": "Mine."})})
    theirs = _change({"probe": PROBE}, {"probe": PROBE.model_copy(update={"vendor": "Them"})})

    async def work() -> None:
        await bench.begin(PROBE)
        await bench.desk.save(theirs, SHARED, ADA)
        preview = await bench.desk.preview(mine, SHARED)
        saved = await bench.desk.save(mine, SHARED, ADA)
        for joined in (preview.outlooks[0].joined, saved.joined):
            assert [(one.place, one.after) for one in joined] == [("vendor", "Them")]
        found = bench.catalog.get("probe")
        assert (found.summary, found.vendor) == ("Mine.", "Them")

    bench.runner.run(work())


def test_a_large_import_holds_nobody_up(bench: Bench) -> None:
    """A change of hundreds of documents is looked at and saved in turns with everything else."""
    before: Documents = {}
    after: Documents = {}
    for number in range(300):
        slug = f"tool-{number}"
        before[slug] = tool = PROBE.model_copy(update={"slug": slug, "name": f"Tool {number}"})
        after[slug] = tool.model_copy(update={"summary": "Now.", "aliases": (f"t{number}",)})

    async def work() -> None:
        await bench.begin(*filter(None, before.values()))
        await bench.catalog.warm()  # as the bot has it: what is computed at first use is there
        begun = perf_counter()
        preview, held = await held_up(bench.desk.preview(_change(before, after), SHARED))
        assert len(preview.outlooks) == 300
        assert held < (perf_counter() - begun) / 3

    bench.runner.run(work())


async def test_a_large_catalog_holds_nobody_up() -> None:
    """Among ten thousand tools, a preview and the replay of what people asked leave everybody else their turns."""
    catalog = Catalog(Tool(name=f"Tool {number} of many") for number in range(10_000))
    await catalog.warm()
    view, tool = catalog.view(), catalog.get("tool-7-of-many")
    for wanted in (None, tool.model_copy(update={"aliases": ("tool 8 of many",)})):
        change = _change({tool.slug: tool}, {tool.slug: wanted})
        preview = await Desk(catalog).preview(change, SHARED, replay=False)
        assert not preview.is_empty
        asked = [(f"tol {number} of mny", 2) for number in range(150)]
        begun = perf_counter()
        told, held = await held_up(reach(change, view, asked))
        assert told.texts == 150
        assert held < (perf_counter() - begun) / 3
