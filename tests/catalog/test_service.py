from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from catalog import service, starter
from catalog.errors import ComparisonError, StorageError, UnknownToolError
from catalog.importers import Authority, Incoming, read_file
from catalog.models import Tool
from catalog.questions import QuestionKind
from catalog.resolver import Outcome
from catalog.revision import Author, Scope
from catalog.rows import Feature
from catalog.service import Catalog
from catalog.snapshot import Snapshot
from tests import starters

if TYPE_CHECKING:
    from catalog.comparison import Comparison

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
PAGES = sorted((ROOT / "bot" / "demo" / "pages").glob("*.txt"))
BY = Author(name="a test", reason="to see")
GUILD = Scope(guild_id=7)


def own(name: str, **fields: Any) -> Incoming:  # noqa: ANN401 (any field of a tool)
    """Make a document of our own."""
    return Incoming(Tool.model_validate({"name": name, **fields}), "a test", Authority.OWN)


def pages(paths: list[Path]) -> list[Incoming]:
    """Read comparison pages as they are."""
    return [incoming for path in paths for incoming in read_file(path).tools]


def revisions(path: Path) -> int:
    """Count the revisions in a database, past the catalog's own code."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM revisions").fetchone()[0])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a database may come to be."""
    return tmp_path / "catalog.db"


@pytest.fixture
def url(file: Path) -> str:
    """Name that place as an operator would."""
    return f"sqlite:///{file}"


async def test_the_first_start_loads_the_starter(url: str, file: Path) -> None:
    """An empty database is given the starter catalog, once: the second start finds it there and writes nothing."""
    async with Catalog.open(url) as catalog:
        assert len(catalog) == len(starter.read())
        assert catalog.resolve("vllm").outcome is Outcome.RESOLVED
    written = revisions(file)
    async with Catalog.open(url) as catalog:
        assert len(catalog) == len(starter.read())
    assert revisions(file) == written == len(starter.read())


async def test_two_first_starts_at_once(url: str, file: Path) -> None:
    """Two processes that start on an empty database together leave one starter catalog in it."""

    async def start() -> int:
        async with Catalog.open(url) as catalog:
            return len(catalog)

    assert set(await asyncio.gather(start(), start())) == {len(starter.read())}
    assert revisions(file) == len(starter.read())


async def test_a_start_without_the_starter(url: str) -> None:
    """Who fills a new database from own files gets nothing else in it, then or later."""
    async with Catalog.open(url, with_starter=False) as catalog:
        assert len(catalog) == 0
        await catalog.take_in([own("vLLM")], BY)
    async with Catalog.open(url) as catalog:
        assert [tool.slug for tool in catalog.tools] == ["vllm"]


async def test_an_emptied_catalog_stays_empty(url: str) -> None:
    """A database whose last tool was removed isn't taken for a new one."""
    async with Catalog.open(url, with_starter=False) as catalog:
        await catalog.take_in([own("vLLM")], BY)
        assert catalog._storage is not None
        async with catalog._storage.writing(BY) as writer:
            await writer.remove("vllm")
    async with Catalog.open(url) as catalog:
        assert len(catalog) == 0


async def test_what_is_taken_in_is_there_after_a_restart(url: str) -> None:
    """An import is answered from at once and still there when the database is opened again."""
    whole = own("vLLM", vendor="vLLM project", aliases=["v-llm"])
    async with Catalog.open(url, with_starter=False) as catalog:
        report = await catalog.take_in([whole], BY)
        assert (report.added, report.changed, report.unchanged) == (("vllm",), (), ())
        assert catalog.get("vllm") == whole.tool
    async with Catalog.open(url) as catalog:
        assert catalog.get("vllm") == whole.tool


@pytest.mark.parametrize("stored", [True, False], ids=["database", "memory"])
async def test_an_import_is_idempotent(url: str, stored: bool) -> None:  # noqa: FBT001 (a parameter of a test)
    """The same files a second time change nothing, whether the catalog is kept in a database or in memory."""
    async with AsyncExitStack() as stack:
        catalog = Catalog()
        if stored:
            catalog = await stack.enter_async_context(Catalog.open(url, with_starter=False))
        incoming = [*starter.read(), *pages(PAGES)]
        first = await catalog.take_in(incoming, BY)
        second = await catalog.take_in(incoming, BY)
        assert len(first.added) == len(catalog) == len(starter.read())
        assert (first.changed, first.unchanged) == ((), ())
        assert sorted(second.unchanged) == sorted(first.added)
        assert (second.added, second.changed) == ((), ())


@pytest.mark.parametrize("stored", [True, False], ids=["database", "memory"])
async def test_a_dry_run_changes_nothing(url: str, file: Path, stored: bool) -> None:  # noqa: FBT001 (a parameter of a test)
    """A dry run reports what the import then does, and leaves catalog and database as they were."""
    async with AsyncExitStack() as stack:
        catalog = Catalog([own("vLLM").tool])
        if stored:
            catalog = await stack.enter_async_context(Catalog.open(url, with_starter=False))
            await catalog.take_in([own("vLLM")], BY)
        before = list(catalog.tools)
        incoming = [own("vLLM", vendor="vLLM project"), own("SGLang"), own("SGLang", vendor="LMSYS")]
        planned = (await catalog.foresee(incoming)).report()
        assert list(catalog.tools) == before
        assert not stored or revisions(file) == 1
        assert planned == replace(await catalog.take_in(incoming, BY), change=None)
        assert (planned.added, planned.changed, planned.unchanged) == (("sglang",), ("vllm",), ())
        assert catalog.get("sglang").vendor == "LMSYS"


async def test_an_import_is_all_or_nothing(url: str, file: Path) -> None:
    """When the database refuses in the middle, none of the import is kept and answers stay as they were."""
    async with Catalog.open(url, with_starter=False) as catalog:
        await catalog.take_in([own("vLLM")], BY)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON tools WHEN NEW.slug = 'tool-700'"
                " BEGIN SELECT RAISE(ABORT, 'enough'); END"
            )
            connection.commit()
        with pytest.raises(StorageError):
            await catalog.take_in([own(f"Tool {number}") for number in range(800)], BY)
        assert [tool.slug for tool in catalog.tools] == ["vllm"]
        assert revisions(file) == 1
        assert await catalog.catch_up() == 0


async def test_an_import_names_who_and_why(url: str, file: Path) -> None:
    """The history says who imported and why."""
    async with Catalog.open(url, with_starter=False) as catalog:
        await catalog.take_in([own("vLLM")], Author(name="mia", reason="it was missing"))
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT actor, reason FROM revisions").fetchall() == [
            ("mia", "it was missing")
        ]


async def test_documents_of_one_tool_are_merged() -> None:
    """Entries that go by each other's name or alias become one tool, in one import or over several."""
    catalog = Catalog()
    await catalog.take_in(
        [own("Stable Diffusion WebUI", aliases=["A1111"]), own("a1111", vendor="AUTOMATIC1111")], BY
    )
    await catalog.take_in([own("A1111", aliases=["the web ui"])], BY)
    (only,) = catalog.tools
    assert only.name == "Stable Diffusion WebUI"
    assert only.vendor == "AUTOMATIC1111"
    assert catalog.resolve("the web ui").tool is not None


async def test_two_catalogs_on_one_database(url: str) -> None:
    """What one process writes the other answers from, once it has caught up; its own edits are no news to it."""
    async with Catalog.open(url, with_starter=False) as one, Catalog.open(url, with_starter=False) as other:
        await one.take_in([own("vLLM"), own("SGLang")], BY)
        assert await one.catch_up() == 0
        assert len(other) == 0
        assert await other.catch_up() == 2
        assert other.resolve("vllm").tool is not None

        await other.take_in([own("vLLM", vendor="vLLM project")], BY)
        assert await one.catch_up() == 1
        assert one.get("vllm").vendor == "vLLM project"
        assert await other.catch_up() == 0

        assert one._storage is not None
        async with one._storage.writing(BY) as writer:
            await writer.remove("sglang")
        for catalog in (one, other):
            assert await catalog.catch_up() == 1
            with pytest.raises(UnknownToolError):
                catalog.get("sglang")


async def test_an_import_merges_with_what_is_in_the_database(url: str) -> None:
    """An import builds on the stored documents, even those that this process hasn't heard of yet."""
    async with Catalog.open(url, with_starter=False) as one, Catalog.open(url, with_starter=False) as other:
        await one.take_in([own("vLLM", vendor="vLLM project")], BY)
        report = await other.take_in([own("vLLM", licence="Apache-2.0")], BY)
        assert report.changed == ("vllm",)
        assert (other.get("vllm").vendor, other.get("vllm").licence) == ("vLLM project", "Apache-2.0")


async def test_a_guilds_copy_is_no_change_of_the_shared_catalog(url: str) -> None:
    """An edit of one guild's copy is seen as news, by that guild; for all others nothing changes, the date included."""
    async with Catalog.open(url, with_starter=False) as catalog:
        await catalog.take_in([own("vLLM")], BY)
        shared = catalog.view()
        assert catalog._storage is not None
        async with catalog._storage.writing(BY, scope=GUILD) as writer:
            await writer.put(own("Ours", slug="vllm").tool)
            await writer.put(own("Only ours").tool)
        assert await catalog.catch_up() == 2
        assert catalog.view() is catalog.view(8) is shared
        assert [tool.name for tool in catalog.tools] == ["vLLM"]
        assert sorted(tool.name for tool in catalog.view(7).tools) == ["Only ours", "Ours"]


@pytest.mark.parametrize("stored", [True, False], ids=["database", "memory"])
async def test_a_guild_imports_copies(url: str, file: Path, stored: bool) -> None:  # noqa: FBT001 (a parameter of a test)
    """A guild's import merges into what the guild sees, and writes a copy of just what then differs."""
    async with AsyncExitStack() as stack:
        catalog = Catalog()
        if stored:
            catalog = await stack.enter_async_context(Catalog.open(url, with_starter=False))
        await catalog.take_in([own("vLLM", vendor="vLLM project"), own("SGLang"), own("Ollama")], BY)
        incoming = [own("vLLM", aliases=["housellm"]), own("SGLang"), own("Quarrybird"), own("quarry bird")]
        report = await catalog.take_in(incoming, BY, scope=GUILD)
        assert (report.added, report.changed, report.unchanged) == (
            ("quarrybird", "quarry-bird"),
            ("vllm",),
            ("sglang",),
        )
        again = await catalog.take_in([own("housellm", licence="MIT")], BY, scope=GUILD)
        assert again.changed == ("vllm",)
        ours = catalog.view(7)
        assert (ours.get("vllm").vendor, ours.get("vllm").licence) == ("vLLM project", "MIT")
        assert ours.resolve("housellm").tool is not None
        assert ours.get("sglang") is catalog.get("sglang")
        assert (len(ours), len(catalog), len(catalog.view(8))) == (5, 3, 3)
        assert catalog.get("vllm").licence is None
        assert not stored or revisions(file) == 3 + 3 + 1
        dry = (await catalog.foresee([own("vLLM", licence="GPL-3.0")], scope=GUILD)).report()
        assert dry.changed == ("vllm",)
        assert catalog.view(7).get("vllm").licence == "MIT"


async def test_copies_are_there_after_a_restart(url: str) -> None:
    """A guild's copies are read when the database is opened, with the day on which they were changed."""
    async with Catalog.open(url, with_starter=False) as catalog:
        await catalog.take_in([own("vLLM")], BY)
        await catalog.take_in([own("vLLM", vendor="Us"), own("Quarrybird")], BY, scope=GUILD)
    async with Catalog.open(url, with_starter=False) as catalog:
        assert catalog.view(7).get("vllm").vendor == "Us"
        assert catalog.view(7).resolve("quarrybird").tool is not None
        assert catalog.view(7).changed_on == catalog.today.isoformat()
        assert catalog.get("vllm").vendor is None
        assert catalog.view(8) is catalog.view()
        assert await catalog.catch_up() == 0


async def test_a_guild_follows_the_shared_tools_that_it_left_alone(url: str) -> None:
    """A shared edit shows in every guild, but where a copy says otherwise; a copy given up shows all of it again."""
    async with Catalog.open(url, with_starter=False) as one, Catalog.open(url, with_starter=False) as other:
        await one.warm()
        await one.take_in([own("vLLM"), own("SGLang")], BY)
        await one.take_in([own("vLLM", vendor="Us")], BY, scope=GUILD)
        before = one.view(7)
        shared = {"licence": "MIT", "vendor": "vLLM project"}
        await other.take_in([own("vLLM", **shared), own("SGLang", licence="MIT")], BY)
        await one.catch_up()
        ours = one.view(7)
        assert before.get("sglang").licence is None
        assert ours.get("sglang").licence == ours.get("vllm").licence == "MIT"
        assert (ours.get("vllm").vendor, one.get("vllm").vendor) == ("Us", "vLLM project")
        assert [conflict.place for conflict in ours.conflicts("vllm")] == ["vendor"]
        assert other._storage is not None
        async with other._storage.writing(BY, scope=GUILD) as writer:
            await writer.put(other.get("vllm"))
        await one.catch_up()
        assert one.view(7) is one.view()


async def test_a_new_day_ages_ranks(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At midnight catching up computes ranks anew, though nobody edited anything; before it, it leaves them be."""
    days = [date(2026, 11, 21)]
    monkeypatch.setattr(service, "_today", lambda: days[-1])
    async with Catalog.open(url, with_starter=False) as catalog:
        await catalog.take_in([own("GPT-5", type="model", released_on="2026-11-01")], BY)
        before, snapshot = catalog.rank("gpt-5").rank, catalog._snapshot
        assert await catalog.catch_up() == 0
        assert catalog._snapshot is snapshot

        days.append(date(2028, 11, 21))
        assert await catalog.catch_up() == 0
        after = catalog.rank("gpt-5").rank
        assert catalog.today == days[-1]
        assert before is not None
        assert after is not None
        assert after < before


async def test_warm_answers_are_the_same() -> None:
    """Computing beforehand changes no answer, and goes on after each change."""
    cold = Catalog(starters.all_tools())
    warm = Catalog(starters.all_tools())
    await warm.warm()
    computed = set(vars(warm._snapshot))
    assert {"resolver", "neighbourhood", "needs", "slugs"} <= computed
    await warm.take_in([own("Brand New")], BY)
    assert set(vars(warm._snapshot)) == computed
    await cold.take_in([own("Brand New")], BY)
    assert cold.complete("") == warm.complete("")
    assert [one.slug for one in cold.alternatives("vllm")] == [one.slug for one in warm.alternatives("vllm")]
    assert cold.compare(["vllm", "ollama"]) == warm.compare(["vllm", "ollama"])


@pytest.mark.parametrize(
    "names",
    [
        ("通义 4.0", "文心 4.0"),
        ("x" * 70 + " one", "x" * 70 + " two"),
        ("通义千问大语言模型开源社区版一号", "通义千问大语言模型开源社区版二号"),
    ],
    ids=["other letters", "long", "long and other letters"],
)
async def test_names_that_slugs_could_confuse(names: tuple[str, str]) -> None:
    """Tools whose names differ only in what a slug can't hold stay two tools."""
    catalog = Catalog()
    await catalog.take_in([own(name) for name in names], BY)
    assert {tool.name for tool in catalog.tools} == set(names)


async def test_an_import_knows_names_that_another_process_added(url: str) -> None:
    """What was called so a moment ago, by whichever process, is the same tool."""
    async with (
        Catalog.open(url, with_starter=False) as one,
        Catalog.open(url, with_starter=False) as other,
    ):
        await one.take_in([own("Stable Diffusion WebUI", aliases=["A1111"])], BY)
        await other.take_in([own("A1111")], BY)
        assert [tool.name for tool in other.tools] == ["Stable Diffusion WebUI"]


async def test_an_import_during_midnight_is_kept(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that comes while the new day's snapshot is being computed isn't lost from memory."""
    days = [date(2026, 11, 21)]
    monkeypatch.setattr(service, "_today", lambda: days[-1])
    begun, go_on = threading.Event(), threading.Event()
    whole = Snapshot.warmed

    def slow(snapshot: Snapshot) -> Snapshot:
        begun.set()
        go_on.wait(5)
        return whole(snapshot)

    async with Catalog.open(url, with_starter=False) as catalog:
        await catalog.warm()
        monkeypatch.setattr(Snapshot, "warmed", slow)
        days.append(date(2026, 11, 22))
        midnight = asyncio.create_task(catalog.catch_up())
        await asyncio.to_thread(begun.wait, 5)
        importing = asyncio.create_task(catalog.take_in([own("Brand New")], BY))
        go_on.set()
        await asyncio.gather(midnight, importing)
        assert catalog.resolve("Brand New").tool


async def test_two_imports_at_once_are_both_kept() -> None:
    """Imports into memory wait for each other."""
    catalog = Catalog([own("One").tool])
    await catalog.warm()
    await asyncio.gather(catalog.take_in([own("Two")], BY), catalog.take_in([own("Three")], BY))
    assert {tool.name for tool in catalog.tools} == {"One", "Two", "Three"}


async def test_answers_stay_while_the_next_snapshot_is_built() -> None:
    """While an import is prepared off the event loop, questions are answered from what was there."""
    catalog = Catalog(starters.all_tools())
    await catalog.warm()
    taking = asyncio.create_task(catalog.take_in([own("Brand New")], BY))
    await asyncio.sleep(0)
    assert catalog.resolve("Brand New").tool is None
    assert catalog.resolve("vllm").tool is not None
    await taking
    assert catalog.resolve("Brand New").tool is not None


@pytest.fixture(scope="module")
def known() -> Catalog:
    """The starter catalog in memory."""
    return Catalog(starters.all_tools())


def test_unknown_slugs(known: Catalog) -> None:
    """Whatever is asked of a slug that isn't there, the answer is the same error with the slug in it."""
    for ask in (
        lambda: known.get("gpt-9"),
        lambda: known.by_key("gpt-9"),
        lambda: known.rank("gpt-9"),
        lambda: known.alternatives("gpt-9"),
        lambda: known.compare(["vllm", "gpt-9"]),
        lambda: known.compare(["gpt-9"]),
    ):
        with pytest.raises(UnknownToolError) as caught:
            ask()
        assert caught.value.key == "gpt-9"


@pytest.mark.parametrize(
    "slugs", [[], ["vllm"], ["vllm", "vllm"], ["vllm", "ollama", "sglang", "llama-cpp", "litellm"]], ids=len
)
def test_what_is_no_comparison(known: Catalog, slugs: list[str]) -> None:
    """None, one, five or the same tool twice are refused with a sentence that says what to do."""
    with pytest.raises(
        ComparisonError, match=r"[;,] (?:name another|leave some out|.*at least)|at least two"
    ):
        known.compare(slugs)


def test_every_pair_of_a_kind_can_be_compared(known: Catalog) -> None:
    """Any two tools of the starter catalog can be held side by side, with a verdict that rests on shown rows."""
    tools = sorted(tool.slug for tool in known.tools)
    for first, second in zip(tools, tools[1:] + tools[:1], strict=True):
        compared = known.compare([first, second])
        shown = {row.feature for row in compared.rows}
        assert compared.verdict
        assert all(sentence.evidence and set(sentence.evidence) <= shown for sentence in compared.verdict)


def test_limits_are_kept(known: Catalog) -> None:
    """Nobody gets more than was asked for, and a tool is no alternative to itself."""
    assert len(known.complete("", limit=7)) == 7
    assert len(known.alternatives("vllm", limit=3)) == 3
    assert len(known.find("serve a language model", limit=2)) == 2
    assert "vllm" not in {near.slug for near in known.alternatives("vllm", limit=100)}


def test_questions_are_read_with_the_catalogs_names(known: Catalog) -> None:
    """A sentence is understood as far as its names are known."""
    question = known.understand("mistrl small vs sd?")
    assert question is not None
    assert question.kind is QuestionKind.COMPARE
    assert len(question.names) == 2
    assert known.understand("good morning everybody") is None


def test_a_successor_is_given_when_it_is_there() -> None:
    """Who takes over from a tool is given if it is known and has an entry."""
    old = own("Old", status="deprecated", successor="new").tool
    catalog = Catalog([old, own("New").tool])
    assert catalog.successor(old) == catalog.get("new")
    assert catalog.successor(catalog.get("new")) is None
    assert Catalog([old]).successor(old) is None


def _cells(compared: Comparison, feature: Feature) -> tuple[str, ...]:
    row = compared.row(feature)
    assert row is not None
    return row.values


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(PAGES, id="demo"),
        pytest.param(
            SEEDS,
            id="real",
            marks=pytest.mark.skipif(not SEEDS, reason="the real comparison pages aren't beside the project"),
        ),
    ],
)
async def test_the_two_comparison_pages_alone(url: str, paths: list[Path]) -> None:
    """The two pages give three tools, their figures as reported with sources, and a verdict that rests on rows."""
    async with Catalog.open(url, with_starter=False) as catalog:
        first = await catalog.take_in(pages(paths), BY)
        assert sorted(first.added) == ["mistral-small", "mixtral-8x7b", "stable-diffusion"]
        again = await catalog.take_in(pages(paths), BY)
        assert (again.added, again.changed, len(again.unchanged)) == ((), (), 3)

        typed = [catalog.resolve(name).tool for name in ("mistrl small", "stable diffusion")]
        slugs = [found.slug for found in typed if found]
        assert slugs == ["mistral-small", "stable-diffusion"]
        compared = catalog.compare(slugs)

        rank = compared.row(Feature.RANK)
        assert rank is not None
        assert rank.values == ("47/100 reported", "51/100, 55/100 reported")
        assert [[report.value for report in cell.reports] for cell in rank.cells] == [[47], [51, 55]]
        assert [len(cell.sources) for cell in rank.cells] == [1, 2]
        assert all(source.endswith(", 2026") for cell in rank.cells for source in cell.sources)
        assert len({source for cell in rank.cells for source in cell.sources}) == 2
        assert all(catalog.rank(slug).rank is None for slug in slugs)

        assert _cells(compared, Feature.TYPE) == ("Model", "Repository")
        assert _cells(compared, Feature.ECOSYSTEM) == ("0 reported", "1 reported")
        assert _cells(compared, Feature.PRICING) == ("Free", "Free")
        assert _cells(compared, Feature.CAPABILITIES) == ("8 of 12 known", "8 of 13 known")
        adoption = compared.row(Feature.ADOPTION)
        assert adoption is not None
        assert adoption.winner is None

        shown = {row.feature for row in compared.rows}
        assert all(sentence.evidence and set(sentence.evidence) <= shown for sentence in compared.verdict)
        verdict = " ".join(sentence.text for sentence in compared.verdict)
        assert "51 against 47" in verdict
        assert "leads on adoption" not in verdict
        (warning,) = compared.warnings
        assert "don't do the same job" in warning.text
        assert set(warning.evidence) <= shown

        other = catalog.compare(["mixtral-8x7b", "stable-diffusion"])
        assert _cells(other, Feature.RANK) == ("44/100 reported", "51/100, 55/100 reported")
        assert "55 against 44" in other.verdict[0].text


@pytest.mark.skipif(not SEEDS, reason="the real comparison pages aren't beside the project")
async def test_the_real_pages_beside_the_starter_catalog(url: str) -> None:
    """Onto the starter catalog the pages add scores and capabilities to three entries and overrule nothing."""
    async with Catalog.open(url) as catalog:
        before = {tool.slug: tool for tool in catalog.tools}
        report = await catalog.take_in(pages(SEEDS), BY)
        assert (report.added, sorted(report.changed)) == (
            (),
            ["mistral-small-4", "mixtral-8x7b", "stable-diffusion"],
        )
        for slug in report.changed:
            old, new = before[slug], catalog.get(slug)
            kept = ("name", "type", "vendor", "summary", "tasks", "licence", "pricing", "signals")
            assert [getattr(old, field) for field in kept] == [getattr(new, field) for field in kept]
            assert new.capabilities[: len(old.capabilities)] == old.capabilities
            assert len(new.capabilities) == len(old.capabilities) + 8
        warning = catalog.compare(["mistral-small-4", "stable-diffusion"]).warnings[0]
        assert {pick.like for pick in warning.picks} == {"mistral-small-4", "stable-diffusion"}
        assert all(
            catalog.get(pick.slug).slug not in {"mistral-small-4", "stable-diffusion"}
            for pick in warning.picks
        )


async def test_the_date_is_that_of_the_last_change(url: str, file: Path) -> None:
    """How old the catalog is follows from its newest revision, at the start and as edits come in."""
    async with Catalog.open(url, with_starter=False) as catalog:
        assert catalog.changed_on is None
        await catalog.take_in([own("One")], BY)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE revisions SET made_at = '1999-12-31T23:59:59Z'")
        connection.commit()
    async with Catalog.open(url) as catalog:
        assert catalog.changed_on == "1999-12-31"
        await catalog.take_in([own("Two")], BY)
        assert catalog.changed_on == catalog.today.isoformat()
