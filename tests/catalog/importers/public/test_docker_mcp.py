from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from catalog.importers.public import source_of
from catalog.models import LinkKind, Status, Tool, ToolType
from tests.catalog.importers.public.board_files import by_name, reading, real, reasons, taken_in_twice


def server(title: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (whatever a server may hold)
    """Make a server as the registry has it."""
    about = {"title": title, "description": f"Serves {title}.", "icon": "https://ledger.example/icon.png"}
    return {"type": "server", "meta": {"category": "finance", "tags": ["Money"]}, "about": about, **fields}


def code(project: str, **fields: str) -> dict[str, str]:
    """Make where a server comes from."""
    return {"project": f"https://github.com/{project}", **fields}


def servers() -> dict[str, Tool]:
    """Read a registry of servers that differ in one thing each."""
    return by_name(
        reading(
            json.dumps(
                {
                    "ledger": server("Ledger", image="mcp/ledger", source=code("ledger/agent-toolkit")),
                    "ledger-remote": server("Ledger", type="remote"),
                    "ledger-wren": server(
                        "Ledger", source=code("wren/books", upstream="https://github.com/kiwi/mcp")
                    ),
                    "books-mcp": server(
                        "Books", source=code("acme/all", branch="main", directory="src/books")
                    ),
                    "time": server("Time (Reference)", source=code("acme/all", directory="./src/time/")),
                    "old": server("Past (Archived)", source=code("acme/all", branch="2025.4.24")),
                    "older": server("Further Past (Archived)", source=code("acme/all")),
                }
            )
        )
    )


def test_a_server_is_not_its_company() -> None:
    """Its name says that it is a server, and whose, where its owner isn't the company; two of a name are told apart."""
    assert list(servers()) == [
        "Ledger MCP server",
        "Ledger MCP server (remote)",
        "Ledger MCP server (kiwi)",
        "Books MCP server (acme)",
        "Time MCP server (acme)",
        "Past MCP server (acme) (archived)",
        "Further Past MCP server (acme) (archived)",
    ]


def test_the_folder_is_whose_the_repository_is_not() -> None:
    """A repository of several servers identifies none of them, and is where they are described."""
    links = {name: [(link.kind, link.url) for link in tool.links] for name, tool in servers().items()}
    assert links["Ledger MCP server (remote)"] == []
    assert links["Ledger MCP server (kiwi)"] == [(LinkKind.REPOSITORY, "https://github.com/kiwi/mcp")]
    folder = "https://github.com/acme/all/tree"
    assert links["Books MCP server (acme)"] == [(LinkKind.REPOSITORY, f"{folder}/main/src/books")]
    assert links["Time MCP server (acme)"] == [(LinkKind.REPOSITORY, f"{folder}/HEAD/src/time")]
    assert links["Past MCP server (acme) (archived)"] == [(LinkKind.DOCS, "https://github.com/acme/all")]


def test_what_else_a_server_says() -> None:
    """Keys are aliases but where they could be anybody's name, and archived ones are past."""
    known = servers()
    ledger = known["Ledger MCP server"]
    assert (ledger.type, ledger.vendor, ledger.summary) == (ToolType.MCP_SERVER, "ledger", "Serves Ledger.")
    assert (ledger.aliases, ledger.tags) == (("ledger", "docker.io/mcp/ledger"), ("mcp", "money", "finance"))
    assert known["Books MCP server (acme)"].aliases == ("books-mcp (Docker)",)
    assert known["Past MCP server (acme) (archived)"].status is Status.DEPRECATED
    assert ledger.status is Status.ACTIVE


def test_tools_become_capabilities() -> None:
    """The first twelve that say what they do are shown, the others counted; servers without any say nothing."""
    many = [{"name": f"ledger_getBookId_{at}", "description": f"Gets {at}."} for at in range(13)]
    text = json.dumps(
        {
            "far-remote": [],
            "ledger": [
                *many,
                {"name": "ledger_nothing", "inputSchema": {}},
                {"name": "ledger_again", "description": "gets 1."},
            ],
            "books-mcp": [
                {
                    "name": "list-books",
                    "description": "Lists **all** `books`.\nArgs:\n  shelf: which one",
                    "inputSchema": {},
                },
                {"description": "nameless"},
            ],
        }
    )
    read = reading(text)
    ledger, books = (incoming.tool for incoming in read.tools)
    assert (ledger.name, ledger.aliases) == (
        "ledger MCP server (Docker)",
        ("docker.io/mcp/ledger", "ledger"),
    )
    assert [one.title for one in ledger.capabilities[:2]] == ["Get book ID 0", "Get book ID 1"]
    assert (len(ledger.capabilities), [one.count for one in ledger.hidden_capabilities]) == (12, [3])
    assert [(one.title, one.description) for one in books.capabilities] == [
        ("List books", "Lists all books.")
    ]
    assert reasons(read) == {"books-mcp 2": "name: missing"}


def test_tools_are_known_by_their_shape() -> None:
    """Lists of tools by server, whoever the servers are; an answer of one server isn't one, nor is a list of ours."""
    asking = {"name": "list-books", "description": "Lists books."}
    for known in (
        {"far": [], "books": [{**asking, "inputSchema": {}}]},
        {"books": [{**asking, "arguments": [{"name": "shelf"}]}, asking], "far": []},
    ):
        for text in (json.dumps(known), json.dumps(known, indent=2)):
            source = source_of(text)
            assert source
            assert source.name == "Docker MCP registry"
    others: tuple[dict[str, Any], ...] = (
        {"tools": [{**asking, "inputSchema": {}}]},
        {"books": [asking], "far": []},
        {"books": [{**asking, "inputSchema": {}}], "far": "none"},
        {"books": [{"inputSchema": {}}]},
        {"books": {"inputSchema": [asking]}},
    )
    for other in others:
        assert source_of(json.dumps(other)) is None
    assert source_of('{"books": [{"name": "list-books", "inputSchema": {}}, ') is None


def test_tools_find_their_server() -> None:
    """The two files of the registry are about the same servers."""
    servers_, tools = real("docker-mcp-registry/servers.json"), real("docker-mcp-registry/tools.json")
    assert (len(servers_.tools), len(servers_.rejected)) == (328, 0)
    assert sum(one.tool.status is Status.DEPRECATED for one in servers_.tools) == 9
    assert len({one.tool.slug for one in servers_.tools}) == 328
    assert (len(tools.tools), len(tools.rejected)) == (28, 0)
    first, second = taken_in_twice(replace(servers_, tools=(*servers_.tools, *tools.tools)))
    assert len(first.added) + len(first.changed) == 328
    assert set(first.changed) == {"github-mcp-server", "playwright-mcp", "context7"}
    assert (second.added, second.changed) == ((), ())
