from __future__ import annotations

import json
from typing import Any

import pytest

from catalog.errors import ImportFileError
from catalog.models import Status, Task, ToolType
from tests.catalog.importers.public.board_files import (
    by_name,
    figures,
    reading,
    real,
    reasons,
    taken_in_twice,
)


def listed(**sections: Any) -> str:  # noqa: ANN401 (whatever a section may hold)
    """Make a file as the list is published."""
    meta = {"name": "best-of-Agent-Harnesses", "stars_captured": "2026-08-02"}
    return json.dumps({"meta": meta, **sections}, indent=1)


def project(path: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (whatever a project may hold)
    """Make a project of the list."""
    return {"github_id": path, "name": path.rpartition("/")[2], "stars": 10, "tags": ["mcp"], **fields}


def test_projects_have_the_type_that_their_category_says() -> None:
    """A licence counts where it is named, and lists among the tools are none of them."""
    tools = by_name(
        reading(
            listed(
                projects=[
                    project(
                        "wren/pilot",
                        category="coding-agent-products",
                        description="Like [Kolibri](https://kolibri.example), but `small`.",
                        license_signal="restricted (Elastic-2.0)",
                    ),
                    project("wren/all", category="libraries-sdks", axis="super simple (curated lists)"),
                    project("wren/rules", category="memory", license_signal="restricted ((multi-license))"),
                ]
            )
        )
    )
    pilot = tools["pilot"]
    assert (pilot.type, pilot.tasks) == (ToolType.AGENT, (Task.CODING, Task.AGENTS))
    assert (pilot.summary, pilot.licence) == ("Like Kolibri, but small.", "Elastic-2.0")
    assert (pilot.aliases, pilot.tags) == (("wren/pilot",), ("mcp",))
    assert figures(pilot) == {"github_stars": (10, "2026-08-02")}
    assert tools["all"].type is tools["rules"].type is ToolType.REPOSITORY
    assert tools["rules"].licence is None


def test_what_was_taken_off_the_list_is_past_where_it_has_ended() -> None:
    """Somebody's doubts about stars end no project, and an old count has no day."""
    read = reading(
        listed(
            projects=[],
            radar=[{"github_id": "wren/next", "stars": 5, "desc": "It comes."}],
            graveyard=[
                project("wren/past", reason="archived upstream - kept for citation", stars=None),
                project("wren/odd", reason="suspected star manipulation", stars=None),
                {"github_id": "nowhere"},
                {"name": "nothing"},
            ],
        )
    )
    tools = by_name(read)
    assert {name: tool.status for name, tool in tools.items()} == {
        "next": Status.ACTIVE,
        "past": Status.DEPRECATED,
        "odd": Status.ACTIVE,
    }
    assert tools["next"].summary == "It comes."
    assert not tools["past"].signals
    assert reasons(read) == {
        "graveyard 3": "names no repository; github_id has to be owner/name",
        "graveyard 4": "github_id: missing",
    }


def test_a_file_of_another_shape_is_refused_as_a_whole() -> None:
    """It says which part isn't what it should be."""
    with pytest.raises(ImportFileError, match='should hold a list under "radar"'):
        reading(listed(projects=[project("wren/pilot")], radar={}))


def test_the_real_file() -> None:
    """154 projects, 13 on the radar and 3 in the graveyard; those of the starter catalog are found there."""
    read = real("best-of-agent-harnesses/harnesses.json")
    assert (len(read.tools), len(read.rejected)) == (170, 0)
    assert sum(one.tool.status is Status.DEPRECATED for one in read.tools) == 2
    first, second = taken_in_twice(read)
    assert {"cline", "aider", "playwright-mcp", "swe-bench", "vercel-ai-sdk"} <= set(first.changed)
    assert (second.added, second.changed) == ((), ())
