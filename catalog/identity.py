"""What tells that two documents are about the same tool: where its code, its weights or its packages are, or its name.

| identity | taken from | counts between |
|---|---|---|
| repository | links to a repository, with the folder of one that holds several tools | code and MCP servers |
| model id | links to a model or a data set on a hub | anything |
| package | packages, however they are spelt | anything |
| site | links to a homepage | tools of like types; of models only an address below the site's front page |
| name | name and aliases | tools of like types; of others where they share a repository |
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from catalog import addresses
from catalog.models import LinkKind, ToolType
from catalog.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.models import Link, Tool


class IdentityKind(StrEnum):
    """By what two documents are the same tool, the surest first."""

    REPOSITORY = "repository"
    MODEL = "model id"
    PACKAGE = "package"
    SITE = "site"
    NAME = "name"


class Identity(NamedTuple):
    """One thing that only one tool has."""

    kind: IdentityKind
    value: str

    @property
    def text(self) -> str:
        """Say it in words: ``"same repository (github.com/vllm-project/vllm)"``."""
        return f"same {self.kind.value} ({self.value})"


#: What people publish as code, however they call it: one page's framework is another's repository.
_CODE: Final = frozenset(
    {
        ToolType.REPOSITORY,
        ToolType.FRAMEWORK,
        ToolType.LIBRARY,
        ToolType.AGENT,
        ToolType.EXTENSION,
        ToolType.PRODUCT,
        ToolType.API,
    }
)
#: owner/name
_REPOSITORY_PARTS: Final = 2


def are_akin(one: ToolType, other: ToolType) -> bool:
    """Tell whether tools of two types can be the same tool by name alone."""
    return one is other or ToolType.OTHER in {one, other} or {one, other} <= _CODE


def identities(tool: Tool) -> Iterator[Identity]:
    """Give what tells that another document is about this tool, the surest first."""
    released = tool.type in {ToolType.MODEL, ToolType.DATASET, ToolType.BENCHMARK}
    if not released:
        # The repository of a model often is that of its whole family.
        yield from (
            Identity(IdentityKind.REPOSITORY, place)
            for link in tool.links
            if link.kind is LinkKind.REPOSITORY and (place := repository(link))
        )
    for link in tool.links:
        if link.kind is LinkKind.MODEL_HUB and (place := _published(link)):
            yield Identity(IdentityKind.MODEL, place)
    for package in filter(None, map(addresses.package, tool.packages)):
        yield Identity(IdentityKind.PACKAGE, package.text)
    for link in tool.links:
        place = addresses.page(link.url)
        if link.kind is LinkKind.HOMEPAGE and place and not (released and "/" not in place):
            yield Identity(IdentityKind.SITE, place)
    for name in (tool.name, *tool.aliases):
        yield Identity(IdentityKind.NAME, name_key(name))


def repository(link: Link) -> str:
    """Give where a repository is: ``"github.com/vllm-project/vllm"``, and the folder inside it; "" for nowhere."""
    found = addresses.repository(link.url)
    return found.key if found else _elsewhere(link).removesuffix(".git")


def _published(link: Link) -> str:
    """Give where a model or a data set is: ``"huggingface.co/openai/whisper-large-v3"``; "" for nowhere."""
    if found := addresses.hub(link.url):
        return found.key
    # A space, a collection or a page about models is none of them.
    return "" if addresses.is_on_hub(link.url) else _elsewhere(link)


def _elsewhere(link: Link) -> str:
    """Give a page of a host that nobody here knows; "" where it is no more than a front page or an owner's."""
    place = addresses.page(link.url)
    return place if place.count("/") >= _REPOSITORY_PARTS else ""
