from __future__ import annotations

import pytest

from catalog.importers.public import source_of
from catalog.metrics import METRICS
from catalog.models import LinkKind, Task, Tool, ToolType
from tests.catalog.importers.public.board_files import (
    DATA,
    by_name,
    figures,
    reading,
    real,
    reasons,
    taken_in_twice,
)

#: What `read_file` looks at to tell whose table a file is.
HEAD = 4096

LIBRARIES = """
configuration:
  markdown_header_file: "config/header.md"
categories:
  - category: "ml-frameworks"
    title: "Machine Learning Frameworks"
projects:
  - name: Kolibri
    github_id: kolibri/kolibri
    category: ml-frameworks
    pypi_id: kolibri
    docs_url: https://kolibri.example/docs
  - name: old-kolibri
    github_id: Kolibri/kolibri
    npm_id: "@kolibri/js"
  - name: Seek
    github_id: wren/seek
    pypi_id: seek`
    category: nn-search
  - name: best-of-python - Data
    github_id: ml-tooling/best-of-python
    resource: true
  - name: Homeless
    github_id: homeless
  - github_id: no/name
"""

SERVERS = """
configuration:
  markdown_header_file: config/header.md
categories:
  - category: databases
    subtitle: MCP servers for database integration
projects:
  - name: wren/ledger-mcp
    github_id: wren/ledger-mcp
    description: Reads ledgers.
    category: databases
  - name: ledger/mcp-ledger
    github_id: ledger/mcp-ledger
    description: Reads ledgers, officially.
  - name: ledger/ledger
    github_id: ledger/ledger
    description: A book of accounts with an MCP server inside.
  - name: wren/fastmcp
    github_id: wren/fastmcp
    description: A framework for building MCP servers.
"""

DAY = """\
,name,github_id,category,github_url,homepage,license,last_commit_pushed_at,fork_count,star_count,description,\
contributor_count,projectrank,show,pypi_id,monthly_downloads,updated_github_id,dependent_project_count
0,Kolibri,wren/kolibri,ml-frameworks,https://github.com/kolibri/kolibri,https://kolibri.example,CC BY-NC-SA 4.0,\
2025-06-16 10:00:00,20.0,300.0,"Trains small models, on small..",7.0,30,True,kolibri,1200.0,kolibri/kolibri,44.0
1,Gone,gone/gone,nlp,,,,,,,It is gone.,,0,False,,,,
"""


def test_a_list_of_libraries() -> None:
    """A category says what an entry is and does; lists are no tools, and one repository is one tool."""
    read = reading(LIBRARIES)
    assert read.format == "best-of-ml-python"
    tools = by_name(read)
    kolibri = tools["Kolibri"]
    assert set(tools) == {"Kolibri", "Seek"}
    assert (kolibri.type, kolibri.tasks) == (ToolType.FRAMEWORK, (Task.TRAINING,))
    assert kolibri.aliases == ("kolibri/kolibri", "old-kolibri")
    assert kolibri.packages == ("pypi:kolibri", "npm:@kolibri/js")
    assert [link.url for link in kolibri.links] == [
        "https://github.com/kolibri/kolibri",
        "https://kolibri.example/docs",
    ]
    seek = tools["Seek"]
    assert (seek.type, seek.tasks, seek.tags) == (ToolType.LIBRARY, (Task.VECTOR_SEARCH,), ("nn-search",))
    assert seek.packages == ()
    assert reasons(read) == {
        "project 5 (Homeless)": "names no repository; github_id has to be owner/name",
        "project 6": "name: missing",
    }


def test_a_list_of_servers() -> None:
    """A server is named with its owner unless it is its maker's own; a product with a server inside is none."""
    tools = by_name(reading(SERVERS))
    assert {name: tool.type for name, tool in tools.items()} == {
        "ledger-mcp (wren)": ToolType.MCP_SERVER,
        "mcp-ledger": ToolType.MCP_SERVER,
        "ledger/ledger": ToolType.REPOSITORY,
        "wren/fastmcp": ToolType.REPOSITORY,
    }
    assert tools["ledger-mcp (wren)"].tags == ("mcp", "databases")


def test_the_table_of_a_day() -> None:
    """A repository that has moved is found at both places; one that is gone has neither place nor figures."""
    read = reading(DAY, "2025-06-26_projects.csv")
    kolibri, gone = (incoming.tool for incoming in read.tools)
    assert figures(kolibri) == {
        "github_stars": (300, "2025-06-26"),
        "github_forks": (20, "2025-06-26"),
        "contributors": (7, "2025-06-26"),
        "all_monthly_downloads": (1200, "2025-06-26"),
        "dependent_projects": (44, "2025-06-26"),
        "days_since_commit": (10, "2025-06-26"),
    }
    assert (kolibri.vendor, kolibri.licence) == ("kolibri", "CC-BY-NC-SA-4.0")
    assert kolibri.summary == "Trains small models, on small…"
    assert [(link.kind, link.url) for link in kolibri.links] == [
        (LinkKind.REPOSITORY, "https://github.com/kolibri/kolibri"),
        (LinkKind.REPOSITORY, "https://github.com/wren/kolibri"),
        (LinkKind.HOMEPAGE, "https://kolibri.example"),
    ]
    assert (gone.summary, gone.links, gone.signals) == ("It is gone.", (), ())


def test_histories_are_series() -> None:
    """Each repository is one tool with figures over time; the file is as of its last day."""
    read = reading(
        "github_id,date,stars,forks,contributors,monthly_downloads,dependent_projects,projectrank\n"
        "wren/seek,2024-01-01,10,1,,50,,7\n"
        "Wren/seek,2024-04-01,20,2,3,60,,8\n"
        "nowhere,2024-04-01,20,2,3,60,,8\n",
        "history.csv",
    )
    (seek,) = by_name(read).values()
    assert (seek.name, seek.type) == ("Wren/seek", ToolType.OTHER)
    assert [(one.metric, one.value, one.observed_on) for one in seek.signals] == [
        ("github_stars", 10, "2024-01-01"),
        ("github_forks", 1, "2024-01-01"),
        ("all_monthly_downloads", 50, "2024-01-01"),
        ("github_stars", 20, "2024-04-01"),
        ("github_forks", 2, "2024-04-01"),
        ("contributors", 3, "2024-04-01"),
        ("all_monthly_downloads", 60, "2024-04-01"),
    ]
    assert [origin.observed_on for origin in seek.origins] == ["2024-04-01"]
    assert reasons(read) == {"4": '"nowhere" is no repository; write it owner/name'}
    assert [caution.reason for caution in read.warnings] == [
        "best-of-ml-python is under CC-BY-SA-4.0: pass on what comes from it under the same licence only"
    ]


def test_another_publishers_list_is_not_taken_for_theirs() -> None:
    """The format alone says nothing of who publishes, and so of the licence."""
    assert source_of(LIBRARIES.replace("ml-frameworks", "web-frameworks")) is None
    assert source_of(DAY.replace("ml-frameworks", "web-frameworks")) is None
    assert source_of(SERVERS.replace("databases", "web-frameworks")) is None
    assert (
        source_of("github_id,date,stars,forks,contributors,projectrank\nwren/seek,2024-01-01,1,1,1,7\n")
        is None
    )


def test_no_single_category_makes_a_list_theirs() -> None:
    """Most of its categories do, whichever those are, of what can be seen of it."""
    day = source_of(DAY.replace("ml-frameworks", "data-viz"))
    libraries = source_of(LIBRARIES.replace("ml-frameworks", "data-viz"))
    servers = source_of(DAY.replace("ml-frameworks", "monitoring").replace(",nlp,", ",others,"))
    assert [one.name for one in (day, libraries, servers) if one] == [
        "best-of-ml-python",
        "best-of-ml-python",
        "best-of-mcp-servers",
    ]


def test_downloads_of_all_registries_are_not_those_of_one() -> None:
    """The list adds them up: that is another count than a registry's own, which ranks go by."""
    told = {signal.metric for one in reading(DAY).tools for signal in one.tool.signals}
    assert "all_monthly_downloads" in told
    assert not any("downloads" in metric for metric in told & METRICS.keys())


@pytest.mark.parametrize(
    ("path", "name", "tools"),
    [
        ("best-of-ml-python/projects.yaml", "best-of-ml-python", 916),
        ("best-of-ml-python/2025-06-26_projects.csv", "best-of-ml-python", 916),
        ("best-of-ml-python/history_quarterly.csv", "best-of-ml-python", 1131),
        ("best-of-mcp-servers/projects.yaml", "best-of-mcp-servers", 405),
        ("best-of-mcp-servers/2026-07-01_projects.csv", "best-of-mcp-servers", 405),
        ("best-of-mcp-servers/history_monthly.csv", "best-of-mcp-servers", 476),
    ],
)
def test_the_real_files(path: str, name: str, tools: int) -> None:
    """Six lists are other lists, two names are one repository; nothing is refused, and twice is once."""
    read = real(path)
    assert (read.format, len(read.tools), len(read.rejected)) == (name, tools, 0)
    if path.endswith(".csv"):
        head = source_of((DATA / path).read_text("utf-8")[:HEAD])
        assert head
        assert head.name == name
    first, second = taken_in_twice(read)
    assert {"pytorch", "context7"} & set(first.changed)
    assert (second.added, second.changed) == ((), ())


def test_the_real_tables_name_each_tool_once() -> None:
    """No two of a list have the same name, by which one would be taken for the other."""
    for path in ("best-of-ml-python/2025-06-26_projects.csv", "best-of-mcp-servers/2026-07-01_projects.csv"):
        documents: list[Tool] = [incoming.tool for incoming in real(path).tools]
        assert len({document.slug for document in documents}) == len(documents)
