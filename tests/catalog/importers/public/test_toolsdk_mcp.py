from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from catalog.models import LinkKind, Tool
from tests.catalog.importers.public.board_files import by_name, reading, real, reasons, taken_in_twice


def package(called: str, at: str, name: str | None = None, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (whatever it may hold)
    """Make a package as the registry has it."""
    url = at if "//" in at else f"https://github.com/{at}"
    known = {
        "type": "mcp-server",
        "packageName": called,
        "url": url,
        "runtime": "node",
        "_category": "databases",
    }
    return {**known, "description": f"Is {called}.", **({"name": name} if name else {}), **fields}


def servers(*packages: dict[str, Any]) -> dict[str, Tool]:
    """Read a registry of packages."""
    return by_name(reading(json.dumps(packages)))


def test_only_what_is_a_package_for_sure_is_one() -> None:
    """Titles of servers and the registry's own names are none; an id without a scope gets the registry's."""
    known = servers(
        package("@ledger/mcp", "ledger/ledger-mcp", "Ledger MCP", license="mit"),
        package("books", "wren/books-mcp", "Books", runtime="python", license="unknown"),
        package("wren-mcp", "wren/wren-mcp", runtime="python", license="UNLICENSED"),
        package("@toolsdk-remote/far", "https://far.example", "Far", author="Far Inc."),
    )
    ledger, books, wren, far = known.values()
    assert list(known) == ["Ledger MCP", "Books MCP server (wren)", "wren-mcp", "Far MCP server"]
    assert [tool.packages for tool in known.values()] == [("npm:@ledger/mcp",), (), ("pypi:wren-mcp",), ()]
    assert [tool.aliases for tool in known.values()] == [
        ("@ledger/mcp",),
        ("toolsdk/books",),
        ("toolsdk/wren-mcp",),
        (),
    ]
    assert [tool.licence for tool in known.values()] == ["MIT", None, "Proprietary", None]
    assert (ledger.vendor, ledger.tags, books.summary) == ("ledger", ("mcp", "databases"), "Is books.")
    assert [link.kind for link in wren.links] == [LinkKind.REPOSITORY]
    assert (far.vendor, [link.kind for link in far.links]) == ("Far Inc.", [LinkKind.HOMEPAGE])


def test_records_of_one_server_are_one() -> None:
    """One place and a name or package in common; the hosted one bears the name of the repository."""
    known = servers(
        package("@toolsdk-remote/ai-wren-books-mcp", "https://github.com/wren/books-mcp"),
        package("books", "https://github.com/Wren/books-mcp/", "Books MCP", license="unknown"),
        package("books-mcp", "wren/books-mcp.git", license="mit"),
        package("books-mcp", "wren/books-mcp/tree/HEAD", license="mit", _category="uncategorized"),
    )
    assert list(known) == ["Books MCP (Wren)"]
    (books,) = known.values()
    assert (books.licence, books.packages, books.tags) == ("MIT", ("npm:books-mcp",), ("mcp", "databases"))


def test_several_servers_of_one_place_are_several() -> None:
    """A folder is its server's own; a repository of many, or of something bigger, is nobody's."""
    known = servers(
        package("@all/jira-mcp", "acme/all-mcp"),
        package("@all/wiki-mcp", "acme/all-mcp"),
        package("@acme/fetch-mcp", "acme/tools/tree/main/src/fetch"),
        package("@acme/piece-mcp", "acme/product"),
    )
    kinds = {name: (tool.links[0].kind, tool.links[0].url.rpartition("/")[2]) for name, tool in known.items()}
    assert kinds == {
        "jira-mcp (acme)": (LinkKind.DOCS, "all-mcp"),
        "wiki-mcp (acme)": (LinkKind.DOCS, "all-mcp"),
        "fetch-mcp (acme)": (LinkKind.REPOSITORY, "fetch"),
        "piece-mcp (acme)": (LinkKind.DOCS, "product"),
    }


def test_names_that_several_have_are_told_apart() -> None:
    """By the package; and of an id that several give, nobody's alias is made."""
    known = servers(
        package("mail", "wren/mail-mcp", "Mail MCP"),
        package("@wren/post", "wren/post-mcp", "Mail MCP"),
        package("mail", "kiwi/mail-mcp", "Mail MCP"),
        package("@kiwi/mcp", "kiwi/mcp", "MCP Server"),
    )
    assert list(known) == ["Mail MCP (mail)", "Mail MCP (@wren/post)", "Mail MCP (kiwi)", "@kiwi/mcp"]
    assert [tool.aliases for tool in known.values()] == [(), ("@wren/post",), (), ("@kiwi/mcp",)]


def test_what_is_no_record_is_refused() -> None:
    """Each by its place in the list, and the others are taken."""
    read = reading(json.dumps([package("@a/mcp", "a/b"), {"name": "x"}, "y"]))
    assert len(read.tools) == 1
    assert reasons(read) == {
        "package 2": "packageName: missing; url: missing",
        "package 3": "should be a mapping",
    }


def test_tools_become_capabilities() -> None:
    """A package is found by the name that the other file gives it; one without tools says nothing."""
    tools = {"send-mail": {"name": "send-mail", "description": "Sends mail."}, "mute": {"name": "mute"}}
    known = by_name(
        reading(
            json.dumps(
                {
                    "@wren/post": {
                        "category": "mail",
                        "path": "mail/post.json",
                        "validated": True,
                        "tools": tools,
                    },
                    "mail": {"category": "mail", "path": "mail/mail.json", "validated": True, "tools": tools},
                    "dead": {"category": "mail", "path": "mail/dead.json", "validated": False, "tools": {}},
                    "unknown": {"category": "mail", "path": "mail/unknown.json"},
                }
            )
        )
    )
    assert {name: tool.packages for name, tool in known.items()} == {
        "@wren/post": ("npm:@wren/post",),
        "toolsdk/mail": (),
    }
    post = known["@wren/post"]
    assert [(one.title, one.description) for one in post.capabilities] == [("Send mail", "Sends mail.")]
    assert [one.count for one in post.hidden_capabilities] == [1]


def test_the_real_files() -> None:
    """4,908 records are of 4,630 servers; of 814 whose tools are known, few aren't among them."""
    packages, tools = real("toolsdk-mcp/packages.json"), real("toolsdk-mcp/packages-list.json")
    assert (len(packages.tools), len(packages.rejected)) == (4630, 0)
    assert len({one.tool.slug for one in packages.tools}) == 4628
    assert (len(tools.tools), len(tools.rejected)) == (814, 0)
    first, second = taken_in_twice(replace(packages, tools=(*packages.tools, *tools.tools)))
    assert {"blender-mcp", "serena", "context7", "playwright-mcp", "github-mcp-server"} <= set(first.changed)
    assert "mcp-reference-servers" not in first.changed
    assert len(first.added) + len(first.changed) < 4628 + 40
    assert (second.added, second.changed) == ((), ())
