from __future__ import annotations

import pytest

from catalog.importers.public.servers import Tool, abilities, core, server_name
from catalog.importers.public.source import Edition, Shape, Source, plain

EDITION = Edition(
    Source("Registry", "MIT", "Servers.", Shape.JSON, (), lambda _data, _edition: ()), "file", "2026-07-01"
)


@pytest.mark.parametrize(
    ("title", "owner", "name"),
    [
        ("Stripe", "stripe", "Stripe MCP server"),
        ("Notion MCP Server", "makenotion", "Notion MCP Server"),
        ("Hashicorp Terraform", "hashicorp", "Hashicorp Terraform MCP server"),
        ("AWS Pricing", "awslabs", "AWS Pricing MCP server"),
        ("Airtable", "domdomegg", "Airtable MCP server (domdomegg)"),
        ("GhidraMCP", "13bm", "GhidraMCP (13bm)"),
        ("Asana", None, "Asana MCP server"),
    ],
)
def test_names_say_whose_a_server_is(title: str, owner: str | None, name: str) -> None:
    """The maker's own needs no word more, and none is said twice to be a server."""
    assert server_name(title, owner) == name


def test_what_tells_servers_apart() -> None:
    """Words that all of them have don't."""
    assert [core(name) for name in ("@stripe/mcp", "mcp-server-stripe", "MCP Server", "Observers MCP")] == [
        "stripe",
        "stripe",
        "",
        "observers",
    ]


@pytest.mark.parametrize(
    ("names", "server", "titles"),
    [
        (["books_getPage", "books_listAll"], "books", ["Get page", "List all"]),
        (["get_page", "get_all"], "books", ["Get page", "Get all"]),
        (["books"], "books", ["Books"]),
        (["extract_data", "extract_svg"], "mcp-data-extractor", ["Extract data", "Extract SVG"]),
        (["HTTPRequest", "run-SQL.query"], "x", ["HTTP request", "Run SQL query"]),
    ],
)
def test_the_names_of_tools_become_words(names: list[str], server: str, titles: list[str]) -> None:
    """The server's own name goes where it stands before all of them."""
    tools = [Tool(name, f"Does {at}.") for at, name in enumerate(names)]
    assert [one["title"] for one in abilities(tools, EDITION, server=server)["capabilities"]] == titles


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Lists books.\n\nUse it often.", "Lists books."),
        ("Lists books.\n    Parameters:\n - shelf", "Lists books."),
        ("Lists the\noptions: all of them", "Lists the options: all of them"),
        ("<usecase>Reads [a page](https://x.example)</usecase>", "Reads a page"),
        ("Args:\n  shelf", None),
    ],
)
def test_a_description_says_what_a_tool_does(said: str, left: str | None) -> None:
    """How it is to be called is for the model that calls it."""
    known = abilities([Tool("x", said)], EDITION, server="y")["capabilities"]
    assert [one["description"] for one in known] == ([left] if left else [])


def test_plain_text_stays_as_it_is() -> None:
    """Only marks go, and what is too long is cut at a word."""
    assert plain("2 < 3 and [sic]") == "2 < 3 and [sic]"
    assert (plain("word " * 100) or "").endswith("word…")
