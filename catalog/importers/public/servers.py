"""What registries of MCP servers have in common: how servers are named, and what their tools make of them.

Many servers of many people serve the same company, and none of them is that company. So a name always says that it is a
server's, and whose, unless it is that of who made it: "Stripe MCP server", "Airtable MCP server (domdomegg)".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from catalog.importers.public.source import Edition, brief, plain
from catalog.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Most capabilities that a server shows; some have three hundred tools.
_SHOWN: Final = 12
_MCP: Final = re.compile(r"mcp|model[ -]?context[ -]?protocol", re.IGNORECASE)
#: Words that tell no server from another.
_COMMON: Final = re.compile(r"mcp|(?<![a-z])(?:servers?|official|remote|the)(?![a-z])", re.IGNORECASE)
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
#: Shortest run of letters that makes two names akin.
_TELLING: Final = 3
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS: Final = re.compile(r"[\s_\-./:]+")
#: Where a description turns from what a tool does to how a model is to call it.
_MANUAL: Final = re.compile(
    r"\n[ \t]*\n|(?:^|\n)[ \t]*(?:#+ |\*\*)?"
    r"(?:Args|Arguments|Parameters?|Params|Inputs?|Returns?|Outputs?|Options|Examples?|Usage|Notes?|Raises)\b[^\n]{0,20}:"
)
#: Words of tool names that are written in capitals.
_WRITTEN: Final[Mapping[str, str]] = {
    word.casefold(): word
    for word in (
        "AI",
        "API",
        "AWS",
        "CLI",
        "CSS",
        "CSV",
        "DNS",
        "FAQ",
        "GIF",
        "GPU",
        "HTML",
        "HTTP",
        "HTTPS",
        "ID",
        "IDs",
        "IP",
        "JSON",
        "LLM",
        "MCP",
        "OCR",
        "PDF",
        "PNG",
        "QR",
        "RSS",
        "SDK",
        "SEO",
        "SMS",
        "SQL",
        "SSH",
        "SSL",
        "SVG",
        "UI",
        "URI",
        "URL",
        "URLs",
        "UUID",
        "XML",
        "YAML",
    )
}


class Tool(NamedTuple):
    """One tool of a server: the name that a model calls it by, and what it is told of it."""

    name: str
    description: str | None


def says_mcp(text: str | None) -> bool:
    """Tell whether a text mentions MCP."""
    return _MCP.search(text or "") is not None


def core(text: str) -> str:
    """Give the letters and digits by which a name differs from those of other servers: "stripe" of "@stripe/mcp"."""
    return _NOT_LETTERS.sub("", _COMMON.sub("", text)).casefold()


def server_name(title: str, owner: str | None) -> str:
    """Name a server so that it isn't taken for what it serves, nor for somebody else's server.

    >>> server_name("Stripe", "stripe"), server_name("Airtable", "domdomegg"), server_name("GhidraMCP", "13bm")
    ('Stripe MCP server', 'Airtable MCP server (domdomegg)', 'GhidraMCP (13bm)')
    """
    name = title if says_mcp(title) else f"{title} MCP server"
    return name if owner is None or _is_by(title, owner) else f"{name} ({owner})"


def _is_by(title: str, owner: str) -> bool:
    ours, theirs = core(title), _NOT_LETTERS.sub("", owner).casefold()
    first = core(title.partition(" ")[0])
    return (
        (len(ours) >= _TELLING and ours in theirs)
        or (len(first) >= _TELLING and theirs.startswith(first))
        or (len(theirs) >= _TELLING and theirs in ours)
    )


def abilities(tools: Iterable[Tool], edition: Edition, *, server: str) -> dict[str, Any]:
    """Make capabilities of a server's tools; what is too much, or has no description, is counted only.

    Args:
        tools: in their order.
        edition: the file that they stand in.
        server: the server's key, whose words need not stand before the name of each tool.

    Returns:
        the fields that a partial tool gets of it.
    """
    told: dict[str, dict[str, Any]] = {}
    unseen = 0
    known = list(tools)
    titles = _titles([tool.name for tool in known], server)
    for title, tool in zip(titles, known, strict=True):
        description = _plain(tool.description)
        if description is None or len(told) >= _SHOWN or description.casefold() in told:
            unseen += 1
        else:
            told[description.casefold()] = edition.capability(brief(title), description)
    hidden = [{"count": unseen, "source": edition.source.name}] if unseen else []
    return {"capabilities": list(told.values()), "hidden_capabilities": hidden}


def _plain(description: str | None) -> str | None:
    """Give what a tool does, without how it is to be called."""
    text = (description or "").strip()
    cut = _MANUAL.search(text)
    return plain(text[: cut.start()] if cut else text)


def _titles(called: Sequence[str], server: str) -> list[str | None]:
    """Write the names of a server's tools as words, without the server's own where it stands before all of them."""
    words = [_words(name) for name in called]
    own = core(server)
    while len(words) > 1 and all(len(part) > 1 for part in words):
        first = words[0][0]
        if len(first) < _TELLING or not own.startswith(first) or any(part[0] != first for part in words):
            break
        words, own = [part[1:] for part in words], own.removeprefix(first)
    return [_sentence(part) for part in words]


def _words(name: str) -> list[str]:
    return [word.casefold() for word in _SEPARATORS.split(_CAMEL.sub(" ", clean_line(name))) if word]


def _sentence(words: Sequence[str]) -> str | None:
    text = " ".join(_WRITTEN.get(word, word) for word in words)
    return f"{text[:1].upper()}{text[1:]}" or None
