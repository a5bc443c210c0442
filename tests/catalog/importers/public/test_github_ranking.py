from __future__ import annotations

import pytest

from catalog.models import ToolType
from tests.catalog.importers.public.board_files import figures, reading, real, reasons, taken_in_twice

TABLE = """\
rank,item,repo_name,stars,forks,language,repo_url,username,issues,last_commit,description
1,LLM,Seek,300,20,Go,https://github.com/wren/Seek,wren,4,2026-08-12T03:02:03Z,Finds things.
2,LLM,chat,200,,Go,https://github.com/wren/chat,wren,4,never,
1,agent,Chat,100,9,Go,https://github.com/kiwi/Chat,kiwi,4,2026-08-23T03:02:03Z,Talks.
"""


def test_a_table_of_a_day() -> None:
    """What is missing is left out, and a name that several have is nobody's."""
    seek, chat, other = (one.tool for one in reading(TABLE, "github-ranking-2026-08-22.csv").tools)
    assert (seek.name, seek.aliases, seek.vendor) == ("Seek", ("wren/Seek",), "wren")
    assert (seek.summary, seek.type) == ("Finds things.", ToolType.REPOSITORY)
    assert figures(seek) == {
        "github_stars": (300, "2026-08-22"),
        "github_forks": (20, "2026-08-22"),
        "days_since_commit": (10, "2026-08-22"),
    }
    assert (chat.name, set(figures(chat))) == ("wren/chat", {"github_stars"})
    assert (other.name, figures(other)["days_since_commit"][0]) == ("kiwi/Chat", 0)


def test_a_series() -> None:
    """One tool a repository, whatever the case, as of the last day."""
    read = reading(
        "repo,date,stars,forks,open_issues\n"
        "wren/seek,2025-03-04,10,1,0\nwren/Seek,2025-04-01,20,2,0\nwren/Seek,2025-04-01,21,2,0\nx,2025-04-01,1,1,0\n"
    )
    (seek,) = (one.tool for one in read.tools)
    assert (seek.name, seek.type) == ("wren/Seek", ToolType.REPOSITORY)
    assert [(one.value, one.observed_on) for one in seek.signals if one.metric == "github_stars"] == [
        (10, "2025-03-04"),
        (20, "2025-04-01"),
    ]
    assert reasons(read) == {"5": '"x" is no repository; write it owner/name'}
    assert not read.warnings


@pytest.mark.parametrize(
    ("path", "tools"),
    [
        ("github-ranking-ai/github-ranking-2026-08-22.csv", 1500),
        ("github-ranking-ai/stars_four_weekly.csv", 1801),
        ("github-ranking-ai/stars_last_seen.csv", 1875),
    ],
)
def test_the_real_files(path: str, tools: int) -> None:
    """Each row of the table, or each repository of a series, is one; nothing is refused, and twice is once."""
    read = real(path)
    assert (len(read.tools), len(read.rejected)) == (tools, 0)
    first, second = taken_in_twice(read)
    assert {"vllm", "ollama", "dify"}.isdisjoint(first.added)
    assert (second.added, second.changed) == ((), ())
