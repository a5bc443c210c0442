from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from catalog import service
from catalog.backoff import Backoff
from catalog.guilds import MANY
from catalog.importers import Authority, Incoming
from catalog.models import Tool
from catalog.revision import Author, Scope
from catalog.service import Catalog
from catalog.snapshot import Snapshot
from catalog.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from catalog.editing.copies import Copy

BY = Author(name="a test", reason="to see")


def own(name: str) -> Incoming:
    """Make a document of our own that does a job."""
    return Incoming(Tool.model_validate({"name": name, "tasks": ["serving"]}), "a test", Authority.OWN)


class Thread:
    """The thread in which changes are folded: it waits to be let go on, and may be made to fail."""

    def __init__(self, whole: Callable[[Snapshot], Snapshot]) -> None:
        self._whole = whole
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.runs = self.at_once = self.most = 0
        self.fails = False

    def fold(self, snapshot: Snapshot) -> Snapshot:
        """Fold, once the test lets it."""
        self.runs += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.begun.set()
        try:
            assert self.go_on.wait(5)
            if self.fails:
                raise RuntimeError("no memory")
            return self._whole(snapshot)
        finally:
            self.at_once -= 1

    async def has_begun(self) -> None:
        """Wait until a fold runs."""
        assert await asyncio.to_thread(self.begun.wait, 5)


@pytest.fixture
def thread(monkeypatch: pytest.MonkeyPatch) -> Thread:
    """What folds, under the test's thumb."""
    made = Thread(Snapshot.folded)

    def fold(snapshot: Snapshot) -> Snapshot:
        return made.fold(snapshot)

    monkeypatch.setattr(Snapshot, "folded", fold)
    return made


@pytest.fixture
async def catalog() -> Catalog:
    """A warm catalog in memory, large enough for its first edits to lie beside the indexes."""
    made = Catalog(own(f"Tool {number}").tool for number in range(250))
    await made.warm()
    return made


async def edit(catalog: Catalog, *names: str) -> None:
    """Add tools one after the other, each in an import of its own."""
    for name in names:
        await catalog.take_in([own(name)], BY)


async def folded(catalog: Catalog) -> None:
    """Wait for the fold that runs."""
    assert catalog.upkeep.task is not None
    await asyncio.wait_for(asyncio.shield(catalog.upkeep.task), 5)


async def until(there: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(5):
        while not there():  # noqa: ASYNC110 (nothing tells when it is)
            await asyncio.sleep(0.005)


def pending(catalog: Catalog) -> int:
    """Count the changes that lie beside the index of names."""
    return catalog._snapshot.resolver.pending


async def test_a_few_changes_are_left_beside_the_indexes(catalog: Catalog, thread: Thread) -> None:
    """An edit is there at once and sets off no fold by itself."""
    await edit(catalog, "New A", "New B")
    assert catalog.resolve("new a").tool is not None
    assert pending(catalog) == 2
    assert catalog.upkeep.task is None
    assert not thread.runs


async def test_many_changes_are_folded_in_the_background(catalog: Catalog, thread: Thread) -> None:
    """Beyond a share of the names changes are worked in, while everything is answered from what lies beside."""
    await edit(catalog, "New A", "New B", "New C")
    await thread.has_begun()
    assert catalog.resolve("new c").tool is not None
    assert "new-c" in {near.slug for near in catalog.alternatives("new-a", limit=300)}
    thread.go_on.set()
    await folded(catalog)
    assert pending(catalog) == 0
    assert isinstance(catalog._snapshot.tools, dict)
    assert catalog.resolve("new c").tool is not None
    assert "new-c" in {near.slug for near in catalog.alternatives("new-a", limit=300)}


async def test_a_large_catalog_folds_at_a_number(
    catalog: Catalog, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many names there are, only so many changes lie beside the index."""
    monkeypatch.setattr(service, "_FOLD_AT", 1)
    thread.go_on.set()
    await edit(catalog, "New A", "New B")
    await folded(catalog)
    assert pending(catalog) == 0


async def test_edits_during_a_fold_are_kept(catalog: Catalog, thread: Thread) -> None:
    """What is changed, added or removed while changes are folded is so before, at and after the swap."""
    await edit(catalog, "New A", "New B", "New C")
    await thread.has_begun()
    await edit(catalog, "Late")
    await catalog.take_in([Incoming(Tool(name="New A", vendor="Us"), "a test", Authority.OWN)], BY)
    assert catalog.resolve("late").tool is not None
    thread.go_on.set()
    await folded(catalog)
    assert catalog.resolve("late").tool is not None
    assert catalog.get("new-a").vendor == "Us"
    assert pending(catalog) == 2
    assert "late" in {near.slug for near in catalog.alternatives("new-a", limit=300)}


async def test_never_two_folds_at_a_time(catalog: Catalog, thread: Thread) -> None:
    """Edits that come thick and fast wait for the fold that runs, and are folded by one that follows it."""
    await edit(catalog, "New A", "New B", "New C")
    await thread.has_begun()
    await edit(catalog, *(f"Late {number}" for number in range(9)))
    assert thread.runs == 1
    thread.go_on.set()
    await folded(catalog)
    assert (thread.runs, thread.most, pending(catalog)) == (2, 1, 0)
    assert all(catalog.resolve(f"Late {number}").tool for number in range(9))


async def test_a_failed_fold_changes_nothing(
    catalog: Catalog, thread: Thread, caplog: pytest.LogCaptureFixture
) -> None:
    """When a fold fails one record says so, and the changes are answered from beside the indexes until one works."""
    catalog.upkeep.backoff = Backoff(first=0.05, longest=1)
    thread.fails = True
    thread.go_on.set()
    await edit(catalog, "New A", "New B", "New C")
    await folded(catalog)
    (told,) = caplog.messages
    assert told == (
        "could not work changes into the indexes (RuntimeError('no memory')); "
        "they are answered from beside them, next try in 0.05 s"
    )
    assert pending(catalog) == 3
    assert catalog.resolve("new c").tool is not None
    thread.fails = False
    await until(lambda: pending(catalog) == 0)
    assert len(catalog) == 253
    assert thread.runs == 2


async def test_a_failed_fold_is_not_tried_again_at_each_edit(
    catalog: Catalog, thread: Thread, caplog: pytest.LogCaptureFixture
) -> None:
    """Edits during the pause set off no fold, and are answered at once all the same; so are the views of guilds."""
    thread.fails = True
    thread.go_on.set()
    await edit(catalog, "New A", "New B", "New C")
    await folded(catalog)
    for number in range(20):
        await edit(catalog, f"Late {number}")
        assert catalog.resolve(f"late {number}").tool is not None
    await catalog.take_in([own("Quarrybird")], BY, scope=Scope(guild_id=7))
    catalog.view(7)
    await edit(catalog, "New D")
    await folded(catalog)
    assert 7 in catalog._guilds._views
    assert (thread.runs, len(caplog.records), pending(catalog)) == (1, 1, 24)
    await catalog.close()


async def test_pauses_grow_while_a_fold_fails(
    catalog: Catalog, thread: Thread, caplog: pytest.LogCaptureFixture
) -> None:
    """Each failure in a row doubles the pause up to the longest; only the first tells where it comes from."""
    catalog.upkeep.backoff = Backoff(first=0.01, longest=0.03)
    thread.fails = True
    thread.go_on.set()
    await edit(catalog, "New A", "New B", "New C")
    await until(lambda: len(caplog.records) == 4)
    assert [one.message.rpartition(" in ")[2] for one in caplog.records] == [
        "0.01 s",
        "0.02 s",
        "0.03 s",
        "0.03 s",
    ]
    assert [bool(one.exc_info) for one in caplog.records] == [True, False, False, False]
    await catalog.close()
    runs = thread.runs
    await asyncio.sleep(0.1)
    assert thread.runs == runs


async def test_one_view_that_fails_keeps_no_other_waiting(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What goes wrong while the view of a guild is prepared is logged with the guild; the others are prepared."""
    for guild_id in (7, 8):
        await catalog.take_in([own("Quarrybird")], BY, scope=Scope(guild_id=guild_id))
        catalog.view(guild_id)
    real, prepared = View.prepared, []

    def prepare(view: View) -> View:
        prepared.append(view)
        if len(prepared) == 1:
            raise RuntimeError("no memory")
        return real(view)

    monkeypatch.setattr(View, "prepared", prepare)
    await edit(catalog, "New A")
    await folded(catalog)
    assert len(prepared) == 2
    assert [one.message.partition(";")[0] for one in caplog.records] == [
        "could not prepare the view of guild 8"
    ]


async def test_a_view_of_many_copies_answers_until_the_next_one_is_there(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A guild with many copies never waits on the loop: the last view answers until the next is made in a thread."""
    many = [own(f"Quarrybird {number}") for number in range(MANY + 1)]
    await catalog.take_in(many, BY, scope=Scope(guild_id=7))
    before = catalog.view(7)
    real, loop = View.with_copies, threading.get_ident()

    def made(view: View, copies: Mapping[str, Copy], changed_on: str | None) -> View:
        assert threading.get_ident() != loop
        return real(view, copies, changed_on)

    monkeypatch.setattr(View, "with_copies", made)
    await edit(catalog, "New A")
    assert catalog.view(7) is before
    await folded(catalog)
    assert catalog.view(7).resolve("new a").tool
    assert catalog.view(7).resolve("quarrybird 3").tool


async def test_an_import_overtakes_a_fold(catalog: Catalog, thread: Thread) -> None:
    """An import of many tools makes everything anew; the fold that it overtook isn't taken over."""
    await edit(catalog, "New A", "New B", "New C")
    await thread.has_begun()
    await catalog.take_in([own(f"Other {number}") for number in range(300)], BY)
    await edit(catalog, "Late")
    thread.go_on.set()
    await folded(catalog)
    assert len(catalog) == 250 + 3 + 300 + 1
    assert catalog.resolve("other 299").tool is not None
    assert catalog.resolve("late").tool is not None
    assert pending(catalog) == 1


async def test_closing_ends_a_fold(catalog: Catalog, thread: Thread) -> None:
    """A catalog that is closed leaves nothing running behind, and still answers from what it had."""
    await edit(catalog, "New A", "New B", "New C")
    await thread.has_begun()
    await catalog.close()
    assert catalog.upkeep.task is not None
    assert catalog.upkeep.task.cancelled()
    thread.go_on.set()
    assert catalog.resolve("new c").tool is not None
    await catalog.close()


async def test_guilds_views_are_prepared_again(catalog: Catalog) -> None:
    """After a shared edit or one of their own, the views of guilds that ask are ready before they ask again."""
    for guild_id in (7, 8, 9):
        await catalog.take_in([own("Quarrybird")], BY, scope=Scope(guild_id=guild_id))
    asked = [catalog.view(7), catalog.view(8)]
    await edit(catalog, "New A")
    await folded(catalog)
    assert sorted(catalog._guilds._views) == [7, 8]
    await catalog.take_in([own("Redshank")], BY, scope=Scope(guild_id=8))
    await folded(catalog)
    now = [catalog._guilds._views[7], catalog._guilds._views[8]]
    assert not set(asked) & set(now)
    assert all({"resolver", "neighbourhood", "needs", "slugs"} <= vars(view._snapshot).keys() for view in now)
    assert [len(view) for view in now] == [252, 253]


async def test_a_cold_catalog_folds_nothing(thread: Thread) -> None:
    """Who asks once and is gone has no use for a fold."""
    cold = Catalog(own(f"Tool {number}").tool for number in range(20))
    assert cold.resolve("tool 1").tool is not None
    await edit(cold, "New A", "New B", "New C")
    assert cold.resolve("new c").tool is not None
    assert cold.upkeep.task is None
    assert not thread.runs
