"""The statistics of packages, as they answer, and which service's count counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from catalog.metrics import METRICS
from catalog.models import Link, LinkKind, Tool, ToolType
from catalog.observing import figures_for
from catalog.sources.fetching import SourceError
from catalog.sources.github import GITHUB
from catalog.sources.huggingface import HUGGING_FACE
from catalog.sources.npm import NPM
from catalog.sources.pypi import PYPI
from catalog.sources.source import Answer, Concern, Figure
from catalog.sources.sources import SOURCES
from tests.catalog.sources.answers import COUNTS, RECENT
from tests.catalog.sources.service import reply

if TYPE_CHECKING:
    from catalog.sources.source import LiveSource
    from tests.catalog.sources.conftest import Desk

VLLM = "/api/packages/vllm/recent?period=month"
CORE = "/api/download-counts?package=%40langchain%2Fcore&from=2026-08-20&until=2026-09-18"
DOWNLOADS = Answer((Figure("monthly_downloads", 12, "downloads"),))


def tool(*packages: str, hub: str | None = None, kind: ToolType = ToolType.LIBRARY) -> Tool:
    """Make a tool of its packages and its page on the hub."""
    links = (Link(kind=LinkKind.MODEL_HUB, url=f"https://huggingface.co/{hub}"),) if hub else ()
    return Tool(name="x", type=kind, packages=packages, links=links)


def test_packages_are_found_by_their_names() -> None:
    """Each service takes the first package of its registry, spelt as it spells it."""
    both = tool("npm:@langchain/core", "pypi:LangChain_Core", "pypi:langchain")
    assert NPM.key_of(both) == "@langchain/core"
    assert PYPI.key_of(both) == "langchain-core"
    assert NPM.key_of(tool("pypi:vllm")) is None
    assert PYPI.key_of(tool()) is None


async def test_downloads_of_a_python_package(desk: Desk) -> None:
    """The downloads of the last month are read, and nothing else is asked for."""
    desk.service.on(VLLM, reply(200, RECENT))
    answer = (await desk.ask(PYPI, "vllm")).answer
    assert answer == Answer((Figure("monthly_downloads", 3141592, "downloads"),))
    assert desk.service.paths == [VLLM]


async def test_downloads_of_a_javascript_package(desk: Desk) -> None:
    """Those of the 30 days that end two days ago are summed, of a scoped package too; the youngest may be missing."""
    desk.service.on(CORE, reply(200, COUNTS))
    answer = (await desk.ask(NPM, "@langchain/core")).answer
    assert answer == Answer((Figure("monthly_downloads", 2718281, "downloads"),))
    assert desk.service.paths == [CORE]
    days = {f"2026-{day}": 1 for day in ("08-19", "08-20", "09-18", "09-19")}
    desk.service.on(CORE, reply(200, {"@langchain/core": days}))
    answer = (await desk.ask(NPM, "@langchain/core")).answer
    assert answer is not None
    assert answer.figures[0].value == 2


@pytest.mark.parametrize(
    "body", [{}, {"@langchain/core": {}}, {"@langchain/core": {"2026-09-17": 0, "2026-09-18": 0}}]
)
async def test_no_counts_are_unknown(desk: Desk, body: dict[str, Any]) -> None:
    """Neither no downloads nor a package that is gone: nobody can tell the one from the other there."""
    desk.service.on(CORE, reply(200, body))
    answer = (await desk.ask(NPM, "@langchain/core")).answer
    assert answer == Answer(notes=("npm-stat.com has counted no download of @langchain/core.",))


async def test_unknown_packages_are_flagged(desk: Desk) -> None:
    """A package that PyPI Stats doesn't know is told to people; it says so in plain text."""
    desk.service.on(VLLM, reply(404, b"404", content_type="text/html; charset=utf-8"))
    answer = (await desk.ask(PYPI, "vllm")).answer
    assert answer is not None
    assert [flag.concern for flag in answer.flags] == [Concern.GONE]


async def test_a_page_that_is_gone_is_no_package(desk: Desk) -> None:
    """Where npm-stat.com says "not found" it is its own page that isn't there."""
    desk.service.on(CORE, reply(404))
    with pytest.raises(SourceError, match="unexpected way"):
        await desk.ask(NPM, "@langchain/core")


@pytest.mark.parametrize(
    ("source", "key", "path", "body"),
    [
        (PYPI, "vllm", VLLM, RECENT | {"package": "torch"}),
        (PYPI, "vllm", VLLM, RECENT | {"data": {"last_month": "many"}}),
        (PYPI, "vllm", VLLM, RECENT | {"data": [1]}),
        (PYPI, "vllm", VLLM, {"package": "vllm"}),
        (NPM, "@langchain/core", CORE, COUNTS | {"react": {}}),
        (NPM, "@langchain/core", CORE, {"@langchain/core": {"2026-09-17": -1}}),
        (NPM, "@langchain/core", CORE, {"@langchain/core": {"2026-09-17": "12"}}),
        (NPM, "@langchain/core", CORE, {"@langchain/core": None}),
        (NPM, "@langchain/core", CORE, [COUNTS]),
        (NPM, "@langchain/core", CORE, None),
        (NPM, "@langchain/core", CORE, {"error": "no stats for this package"}),
    ],
)
async def test_a_wrong_value_is_never_a_figure(
    desk: Desk,
    source: LiveSource,
    key: str,
    path: str,
    body: Any,  # noqa: ANN401 (JSON holds anything)
) -> None:
    """An answer about another package, of another shape or with an impossible number is an error."""
    desk.service.on(path, reply(200, body))
    with pytest.raises(SourceError, match="'s answer "):
        await desk.ask(source, key)


async def test_a_limit_in_plain_text(desk: Desk) -> None:
    """PyPI Stats says 429 without saying for how long: it is left alone for a while."""
    page = b'<a href="/api/#etiquette">429 RATE LIMIT EXCEEDED</a>'
    desk.service.on(VLLM, reply(429, page, content_type="text/html"))
    with pytest.raises(SourceError) as caught:
        await desk.ask(PYPI, "vllm")
    assert caught.value.whole_source
    assert caught.value.retry_at is not None
    assert (caught.value.retry_at - desk.clock.now()).total_seconds() == 15 * 60


@pytest.mark.parametrize(
    ("subject", "home"),
    [
        (tool("pypi:a"), PYPI),
        (tool("npm:a", "pypi:a"), NPM),
        (tool("pypi:a", "npm:a"), PYPI),
        (tool("pypi:a", hub="owner/a"), PYPI),
        (tool("pypi:a", hub="owner/a", kind=ToolType.MODEL), HUGGING_FACE),
        (tool("npm:a", hub="openai", kind=ToolType.MODEL), NPM),
        (tool(hub="owner/a", kind=ToolType.PRODUCT), HUGGING_FACE),
    ],
)
def test_one_service_gives_the_downloads_that_count(subject: Tool, home: LiveSource) -> None:
    """Of all services that know a tool exactly one gives monthly_downloads; the others' counts don't count."""
    metrics = {
        source.key: figures_for(subject, source, DOWNLOADS)[0].metric
        for source in SOURCES
        if source.key != "github"
    }
    assert [key for key, metric in metrics.items() if metric == "monthly_downloads"] == [home.key]
    assert not (set(metrics.values()) - {"monthly_downloads"}) & set(METRICS)


_CODE_METRICS = ("github_stars", "github_forks", "days_since_commit", "days_since_release")
_AT = Link(kind=LinkKind.REPOSITORY, url="https://github.com/ants/ant")


@pytest.mark.parametrize(
    ("subject", "tools", "counted"),
    [
        (Tool(name="x", type=ToolType.LIBRARY, links=(_AT,)), 1, 3),
        (Tool(name="x", type=ToolType.PRODUCT, links=(_AT,)), 1, 3),
        (Tool(name="x", type=ToolType.LIBRARY, links=(_AT,)), 2, 0),
        (Tool(name="x", type=ToolType.MODEL, links=(_AT,)), 1, 0),
        (Tool(name="x", type=ToolType.PRODUCT, links=(_AT,), licence="Proprietary"), 1, 0),
        (Tool(name="x", type=ToolType.BENCHMARK, links=(_AT,)), 1, 2),
    ],
)
def test_a_repository_counts_for_the_tool_that_it_is(subject: Tool, tools: int, counted: int) -> None:
    """For nobody else: a model's code, a closed product's samples and what several share are shown and not counted."""
    answer = Answer(tuple(Figure(metric, 7, "x") for metric in _CODE_METRICS))
    metrics = [figure.metric for figure in figures_for(subject, GITHUB, answer, tools)]
    assert len(set(metrics)) == 4
    assert len(set(metrics) & set(METRICS)) == counted
    assert ("days_since_commit" in metrics) == (counted == 3)


def test_sources_are_told_apart() -> None:
    """Each source has a key and a name of its own, and no address ends with a slash."""
    assert len({source.key for source in SOURCES}) == len({source.name for source in SOURCES}) == len(SOURCES)
    assert all(source.address.startswith("https://") for source in SOURCES)
    assert not [source.key for source in SOURCES if source.address.endswith("/")]
