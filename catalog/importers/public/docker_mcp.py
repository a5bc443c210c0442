"""The Docker MCP registry: servers that run as containers or remotely, and the tools of some of them.

https://github.com/docker/mcp-registry: what stands in servers/<key>/server.yaml and servers/<key>/tools.json, each
joined into one mapping by key.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from catalog.addresses import repository
from catalog.importers.public.records import Record, check, listing, mapping
from catalog.importers.public.servers import Tool, abilities, says_mcp, server_name
from catalog.importers.public.source import Edition, Partial, Shape, Source, brief, links, names
from catalog.models import LinkKind, Status, ToolType
from catalog.names import name_key
from catalog.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.importers.reading import Rejection

_NAME: Final = "Docker MCP registry"
_LICENCE: Final = "MIT"
_ARCHIVED: Final = re.compile(r"\s*\(archived\)", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"\s*\(reference\)|^official ", re.IGNORECASE)
#: Where its image is, by its key; what the registry calls "mcp/time" is no other name of "mcp-time".
_IMAGES: Final = "docker.io/"
_IMAGE: Final = "mcp/"
#: How a server runs that one only connects to.
_REMOTE: Final = "remote"
#: Lists by key, of which the first may be empty; an answer of one server has all of its tools under "tools".
_LISTS: Final = re.compile(
    r'\s*\{(?:\s*"[^"\n]{1,200}"\s*:\s*\[\s*\]\s*,)*+\s*"(?!tools")[^"\n]{1,200}"\s*:\s*\[\s*\{'
)
#: Where it stands what a tool asks for.
_ASKED: Final = frozenset({"arguments", "inputSchema"})
#: Most tags of one server.
_TAGS: Final = 8


class _About(Record):
    title: str
    description: str = ""


class _Meta(Record):
    category: str = ""
    tags: tuple[str, ...] = ()


class _Code(Record):
    """Where a server comes from: a repository, or the registry's own copy of one (upstream)."""

    project: str = ""
    upstream: str = ""
    branch: str = ""
    directory: str = ""


class _Server(Record):
    about: _About
    meta: _Meta = _Meta()
    source: _Code = _Code()
    image: str = ""
    type: str = ""

    @property
    def is_archived(self) -> bool:
        """Whether its title says that it is past."""
        return _ARCHIVED.search(self.about.title) is not None

    @property
    def place(self) -> str | None:
        """The address of its own code: its folder in a repository that holds several."""
        code = self.source
        project = (code.upstream or code.project).rstrip("/").removesuffix(".git")
        folder = code.directory.strip("/.")
        # A branch named with slashes can't be told from the folder behind it, and a copy has its own.
        branch = code.branch if code.branch and "/" not in code.branch and not code.upstream else "HEAD"
        return (f"{project}/tree/{branch}/{folder}" if folder else project) or None

    @property
    def owner(self) -> str | None:
        """Whose its repository is."""
        found = repository(self.place)
        return found.owner if found else None

    @property
    def called(self) -> str:
        """Its title as a name that says whose it is, and whether it is past."""
        title = _REFERENCE.sub("", _ARCHIVED.sub("", self.about.title))
        name = server_name(title, self.owner)
        return f"{name} (archived)" if self.is_archived else name


def _read_servers(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    servers, rejected = check(_Server, mapping(data, edition.where, "servers by key").items())
    yield from rejected
    shared = Counter(name_key(server.called) for server in servers.values())
    local = Counter(name_key(server.called) for server in servers.values() if server.type != _REMOTE)
    places = Counter(server.place for server in servers.values() if server.place)
    for key, server in servers.items():
        name = server.called
        if server.type == _REMOTE and shared[name_key(name)] > 1:
            name = f"{name} (remote)"
        elif local[name_key(name)] > 1:
            name = f"{name} ({key})"
        yield Partial(key, _fields(key, server, name, is_shared=places[server.place or ""] > 1))


def _fields(key: str, server: _Server, name: str, *, is_shared: bool) -> dict[str, Any]:
    has_image = server.image.startswith(_IMAGE)
    tags = ["mcp", *map(slugify, filter(None, (*server.meta.tags, server.meta.category)))]
    return {
        "name": name,
        "type": ToolType.MCP_SERVER,
        "vendor": server.owner,
        "summary": brief(server.about.description),
        "aliases": names(_own_key(key), f"{_IMAGES}{server.image}" if has_image else None),
        "tags": list(dict.fromkeys(tags))[:_TAGS],
        # Where several servers are described by one repository, it is none's own.
        "links": links((LinkKind.DOCS if is_shared else LinkKind.REPOSITORY, server.place)),
        "status": Status.DEPRECATED if server.is_archived else None,
    }


def _own_key(key: str) -> str:
    """Give a server's key as a name: "playwright-mcp-server" could be anybody's."""
    return f"{key} (Docker)" if says_mcp(key) else key


class _Tool(Record):
    name: str
    description: str | None = None


def _read_tools(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    for key, tools in mapping(data, edition.where, "tools by the key of their server").items():
        placed = ((f"{key} {at}", tool) for at, tool in enumerate(listing(tools, key, "a list of tools"), 1))
        known, rejected = check(_Tool, placed)
        yield from rejected
        # Of a server that answers only whom it knows, the registry has no list.
        if known:
            found = [Tool(tool.name, tool.description) for tool in known.values()]
            yield Partial(
                key,
                {
                    "name": _own_key(key) if says_mcp(key) else f"{key} MCP server (Docker)",
                    "type": ToolType.MCP_SERVER,
                    "aliases": names(f"{_IMAGES}{_IMAGE}{key}", _own_key(key)),
                    **abilities(found, edition, server=key),
                },
            )


def _are_tools(text: str) -> bool:
    """Tell lists of tools by server from other JSON: its beginning first, which rules out long files of others."""
    if _LISTS.match(text) is None or not any(f'"{word}"' in text for word in _ASKED):
        return False
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    lists = list(data.values())
    known = [tool for tools in lists if isinstance(tools, list) for tool in tools if isinstance(tool, dict)]
    telling = sum("name" in tool for tool in known)
    asking = any(not _ASKED.isdisjoint(tool) for tool in known)
    return asking and 2 * telling > len(known) and all(isinstance(tools, list) for tools in lists)


SOURCES: Final = (
    Source(
        name=_NAME,
        licence=_LICENCE,
        about="Servers that run as containers or remotely.",
        shape=Shape.JSON,
        marks=('"meta"', '"about"', '"mcp/', '"source"', '"icon"'),
        read=_read_servers,
    ),
    Source(
        name=_NAME,
        licence=_LICENCE,
        about="The tools of some of them.",
        shape=Shape.JSON,
        marks=('"name"',),
        read=_read_tools,
        shaped=_are_tools,
    ),
)
