"""The ToolSDK MCP registry: thousands of servers, and the tools of those that it could start.

https://github.com/toolsdk-ai/toolsdk-mcp-registry: what stands in packages/<category>/*.json, joined into one list, and
indexes/packages-list.json, which has the tools by the name of the package.

Not all that it calls a package name is one: the names of servers that were found elsewhere are titles ("dify"), and
those of hosted ones are its own ("@toolsdk-remote/...").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from catalog.addresses import page, repository
from catalog.importers.public.records import Record, check, listing, mapping
from catalog.importers.public.servers import Tool, abilities, core, says_mcp, server_name
from catalog.importers.public.source import Edition, Partial, Shape, Source, brief, links, names, packages
from catalog.licences import spdx
from catalog.models import LinkKind, ToolType
from catalog.names import name_key
from catalog.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from catalog.addresses import Repository
    from catalog.importers.reading import Rejection

_NAME: Final = "ToolSDK MCP registry"
_PREFIX: Final = "toolsdk/"
_HOSTED: Final = "@toolsdk-remote/"
_REGISTRIES: Final[Mapping[str, str]] = {"node": "npm", "python": "pypi"}
_NO_CATEGORY: Final = frozenset({"", "uncategorized", "other-tools-and-integrations"})


class _Record(Record):
    packageName: str  # noqa: N815 (as the file has it)
    url: str
    name: str | None = None
    description: str = ""
    runtime: str = ""
    license: str | None = None
    author: str | None = None
    category: Annotated[str, Field(alias="_category")] = ""

    @property
    def is_hosted(self) -> bool:
        """Whether its package is the registry's own name for a server that one only connects to."""
        return self.packageName.startswith(_HOSTED)

    @property
    def leaf(self) -> str:
        """The package's name without its scope."""
        return self.packageName.rpartition("/")[2]

    @property
    def repository(self) -> Repository | None:
        """Where its code is."""
        return repository(self.url)

    @property
    def owner(self) -> str | None:
        """Whose its repository is."""
        return self.repository.owner if self.repository else None

    @property
    def repository_name(self) -> str:
        """What its repository is called; "" for none."""
        return self.repository.name if self.repository else ""


def _read_packages(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    listed = listing(data, edition.where, "a list of packages")
    known, rejected = check(_Record, ((f"package {at}", record) for at, record in enumerate(listed, 1)))
    yield from rejected
    records: defaultdict[str, list[_Record]] = defaultdict(list)
    for record in known.values():
        records[_place(record)].append(record)
    servers = [(place, group) for place, found in records.items() for group in _servers(found)]
    called = [_called(group) for _, group in servers]
    shared = Counter(map(name_key, called))
    crowded = Counter(place for place, _ in servers)
    claimed = Counter(
        key for _, group in servers for key in {name_key(_id(one.packageName)) for one in group}
    )
    for (place, group), name in zip(servers, called, strict=True):
        full = _told_apart(name, group) if shared[name_key(name)] > 1 else name
        yield _server(group, full, claimed, is_sole=crowded[place] == 1)


def _place(record: _Record) -> str:
    """Give what two records of one server have the same: where its code is."""
    return record.repository.key if record.repository else page(record.url) or record.url


def _servers(records: Sequence[_Record]) -> list[list[_Record]]:
    """Part the records of one place into servers: the same by name, or by the name of the package."""
    groups: list[list[_Record]] = []
    of: dict[str, int] = {}
    for record in sorted(records, key=lambda record: record.is_hosted):
        keys = _keys(record)
        at = next((of[key] for key in keys if key in of), len(groups))
        if at == len(groups):
            groups.append([])
        groups[at].append(record)
        for key in keys:
            of.setdefault(key, at)
    return groups


def _keys(record: _Record) -> list[str]:
    found = {core(record.leaf), core(record.name or "")}
    own = core(record.repository_name)
    if own and own in core(record.leaf):
        # A hosted one bears the name of the repository that it was made from.
        found.add(own)
    return [record.packageName.casefold(), *sorted(found - {""})]


def _called(group: Sequence[_Record]) -> str:
    first = group[0]
    given = next((record.name for record in group if record.name), None)
    # "MCP server" alone is no name, but the package may have one; of hosted ones the registry made it up.
    titles = (given, first.repository_name if first.is_hosted else None, first.leaf, first.packageName)
    title = next((title for title in titles if title and core(title)), first.packageName)
    return server_name(title, first.owner)


def _told_apart(name: str, group: Sequence[_Record]) -> str:
    """Name a server by its package where its owner doesn't tell it from others."""
    owner = group[0].owner
    return f"{name.removesuffix(f' ({owner})')} ({group[0].packageName})"


def _server(group: Sequence[_Record], name: str, claimed: Mapping[str, int], *, is_sole: bool) -> Partial:
    first = group[0]
    categories = [record.category for record in group]
    licences = (spdx(record.license) for record in group)
    return Partial(
        first.packageName,
        {
            "name": name,
            "type": ToolType.MCP_SERVER,
            "vendor": next((record.author for record in group if record.author), first.owner),
            "summary": brief(first.description),
            # Of an id that several give, the registry doesn't say whose it is.
            "aliases": names(
                *(
                    known
                    for record in group
                    if not record.is_hosted and claimed[name_key(known := _id(record.packageName))] == 1
                )
            ),
            "tags": ["mcp", *dict.fromkeys(slugify(one) for one in categories if one not in _NO_CATEGORY)],
            "licence": next((licence for licence in licences if licence), None),
            "links": links((_kind(group, is_sole=is_sole), first.url)),
            "packages": packages(*filter(None, map(_package, group))),
        },
    )


def _kind(group: Sequence[_Record], *, is_sole: bool) -> LinkKind:
    """Say what a server's address is: its repository only where no other server and nothing bigger is there."""
    url = group[0].url
    code = group[0].repository
    if code is None:
        return LinkKind.HOMEPAGE
    # "@activepieces/piece-mcp" in activepieces/activepieces is a part of it.
    is_part = not says_mcp(url) and any(says_mcp(record.packageName) for record in group)
    return LinkKind.REPOSITORY if is_sole and (code.folder or not is_part) else LinkKind.DOCS


def _id(package: str) -> str:
    """Give a name of a server that no other has: an id without a scope is what several would call themselves."""
    return package if package.startswith("@") else f"{_PREFIX}{package}"


def _package(record: _Record) -> str | None:
    """Give the package of a server where it is one for sure: it has a scope, or says that it is a server's."""
    package, registry = record.packageName, _REGISTRIES.get(record.runtime)
    is_sure = package.startswith("@") or says_mcp(package)
    if registry is None or not is_sure or record.is_hosted:
        return None
    return f"{registry}:{package.casefold()}"


class _Tool(Record):
    description: str | None = None


class _Listed(Record):
    tools: dict[str, _Tool] = Field(default_factory=dict)


def _read_tools(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    listed_by_name = mapping(data, edition.where, "a mapping of packages by name")
    known, rejected = check(_Listed, listed_by_name.items())
    yield from rejected
    for package, listed in known.items():
        found = [Tool(name, tool.description) for name, tool in listed.tools.items()]
        # Most servers could not be started, and so have no tools listed.
        if found:
            yield Partial(
                package,
                {
                    "name": _id(package),
                    "type": ToolType.MCP_SERVER,
                    # Only one registry has scopes.
                    "packages": packages(f"npm:{package.casefold()}") if package.startswith("@") else [],
                    **abilities(found, edition, server=package),
                },
            )


SOURCES: Final = (
    Source(
        name=_NAME,
        licence="MIT",
        about="Thousands of servers.",
        shape=Shape.JSON,
        marks=('"packageName"', '"runtime"', '"_category"', '"mcp-server"'),
        read=_read_packages,
    ),
    Source(
        name=_NAME,
        licence="MIT",
        about="The tools of those that it could start.",
        shape=Shape.JSON,
        marks=('"validated"', '"category"', '"path"', '"tools"'),
        read=_read_tools,
    ),
)
