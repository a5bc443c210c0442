"""Addresses of tools: what stands at a web address (a model, a data set, a repository), and how a package is spelt.

One place reads them, so that whoever files a document, imports one or asks a service takes the same for the same.

>>> hub("https://huggingface.co/datasets/Open-Orca/SlimOrca/viewer").key
'huggingface.co/datasets/open-orca/slimorca'
>>> repository("https://github.com/acme/all.git").path, package("pypi:Sentence_Transformers").text
('acme/all', 'pypi:sentence-transformers')
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from packaging.utils import canonicalize_name
from pydantic import TypeAdapter, ValidationError

from catalog.models import Package as _PackageText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GITHUB: Final = "github.com"
HUGGING_FACE: Final = "huggingface.co"
PYPI: Final = "pypi"

_WEB: Final = frozenset({"http", "https"})
_DATASETS: Final = "datasets"
#: Model hubs, each with the folder in which its models are; data sets are in one of that name everywhere.
_HUBS: Final[Mapping[str, str]] = {HUGGING_FACE: "", "modelscope.cn": "models"}
_SAME_HOST: Final[Mapping[str, str]] = {"hf.co": HUGGING_FACE}
_FORGES: Final = frozenset({GITHUB, "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com"})
#: Where a repository may stand in folders of folders, and what its own pages begin with there.
_NESTING: Final = frozenset({"gitlab.com"})
_OWN_PAGES: Final = frozenset(
    {"-", "blob", "commits", "issues", "merge_requests", "raw", "releases", "tags", "tree", "wikis"}
)
#: Behind a repository: the folder src/fetch in tree/main/src/fetch, whatever the branch is called.
_FOLDER: Final = re.compile(r"(?:-/)?(?:tree|blob|src(?:/(?:branch|tag|commit))?)/[^/]+/(.+)")
#: First words of addresses that lead to nobody's model or data set.
_NO_OWNERS_OF_MODELS: Final = frozenset(
    {"api", "blog", "buckets", "changelog", "chat", "collections", "datasets", "docs", "enterprise"}
    | {"inference", "join", "kernels", "learn", "login", "mcp", "models", "new", "organizations"}
    | {"papers", "posts", "pricing", "settings", "spaces", "storage", "tasks"}
)
#: First words of addresses that lead to nobody's repository.
_NO_OWNERS_OF_CODE: Final = frozenset(
    {"-", "about", "api", "apps", "collections", "contact", "customer-stories", "dashboard"}
    | {"enterprise", "events", "explore", "features", "issues", "login", "marketplace", "notifications"}
    | {"orgs", "pricing", "pulls", "readme", "search", "security", "settings", "site", "solutions"}
    | {"sponsors", "stars", "topics", "trending", "users"}
)
_NAME: Final = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._~-]{1,100}")
#: owner/name
_TWO: Final = 2
#: A page that describes what it stands in.
_README: Final = re.compile(r"(?:^|/)readme(?:\.\w+)*$", re.IGNORECASE)
_PACKAGE: Final[TypeAdapter[str]] = TypeAdapter(_PackageText)


class HubKind(StrEnum):
    """What stands on a page of a model hub."""

    MODEL = "model"
    DATASET = "dataset"


class HubPage(NamedTuple):
    """A model's or a data set's page on a model hub.

    Attributes:
        host: the hub: ``"huggingface.co"``.
        kind: what it is.
        id: owner and name, as written: ``"openai/whisper-large-v3"``.
    """

    host: str
    kind: HubKind
    id: str

    @property
    def owner(self) -> str:
        """Who published it."""
        return self.id.partition("/")[0]

    @property
    def path(self) -> str:
        """Where it is on the hub, as written: ``"datasets/Open-Orca/SlimOrca"``."""
        folder = _DATASETS if self.kind is HubKind.DATASET else _HUBS[self.host]
        return f"{folder}/{self.id}" if folder else self.id

    @property
    def key(self) -> str:
        """What all addresses of it have in common, and no address of anything else."""
        return f"{self.host}/{self.path}".casefold()


class Repository(NamedTuple):
    """A repository, or a folder in one.

    Attributes:
        host: where it is: ``"github.com"``.
        owner: whose it is, as written.
        name: what it is called there, as written.
        folder: which part of it is meant: ``"src/fetch"``; "" for all of it.
    """

    host: str
    owner: str
    name: str
    folder: str = ""

    @property
    def path(self) -> str:
        """Its owner and name: ``"vllm-project/vllm"``."""
        return f"{self.owner}/{self.name}"

    @property
    def url(self) -> str:
        """The address of all of it."""
        return f"https://{self.host}/{self.path}"

    @property
    def key(self) -> str:
        """What all addresses of it have in common, and no address of anything else."""
        return "/".join(filter(None, (self.host, self.path, self.folder))).casefold()


class Package(NamedTuple):
    """A package, spelt as its registry spells it in addresses.

    Attributes:
        registry: ``"pypi"`` or ``"npm"``.
        name: ``"sentence-transformers"``, ``"@scope/name"``.
    """

    registry: str
    name: str

    @property
    def text(self) -> str:
        """Write it as a tool's document does: ``"pypi:sentence-transformers"``."""
        return f"{self.registry}:{self.name}"


def page(url: str | None) -> str:
    """Give a page's host and path without what doesn't tell pages apart; "" of what is no web address."""
    host, parts = _split(url)
    return "/".join([host, *parts]).casefold() if host else ""


@lru_cache(maxsize=16_384)
def hub(url: str | None) -> HubPage | None:
    """Read the address of a model or a data set, or of something inside it; None of any other.

    Spaces, collections, papers and pages of documentation are none.
    """
    host, parts = _split(url)
    if host not in _HUBS:
        return None
    folder, kind = _HUBS[host], HubKind.MODEL
    if parts[:1] == [_DATASETS]:
        folder, kind = _DATASETS, HubKind.DATASET
    owned = parts[1:] if folder and parts[:1] == [folder] else parts
    if (
        (folder and owned is parts)
        or not _are_names(owned[:_TWO])
        or owned[0].casefold() in _NO_OWNERS_OF_MODELS
    ):
        return None
    return HubPage(host, kind, "/".join(owned[:_TWO]))


def is_on_hub(url: str | None) -> bool:
    """Tell whether an address is one of a hub whose pages `hub` can read."""
    return _split(url)[0] in _HUBS


@lru_cache(maxsize=16_384)
def repository(url: str | None) -> Repository | None:
    """Read the address of a repository, or of something inside it; None of any other, and of hosts for other things.

    >>> repository("https://github.com/acme/all/tree/main/src/fetch")
    Repository(host='github.com', owner='acme', name='all', folder='src/fetch')
    """
    host, parts = _split(url)
    if host not in _FORGES:
        return None
    at = _TWO
    if host in _NESTING:
        at = next((at for at, part in enumerate(parts) if at >= _TWO and part in _OWN_PAGES), len(parts))
    *owner, name = parts[:at] or [""]
    name = name.removesuffix(".git")
    if not _are_names([*owner, name]) or owner[0].casefold() in _NO_OWNERS_OF_CODE:
        return None
    inside = _FOLDER.fullmatch("/".join(parts[at:]))
    return Repository(host, "/".join(owner), name, _README.sub("", inside[1]) if inside else "")


def at_github(path: str | None) -> Repository | None:
    """Give the repository of a path at GitHub; None of what isn't ``"owner/name"``."""
    found = repository(f"https://{GITHUB}/{path}") if path else None
    return found if found and found.path == path else None


@lru_cache(maxsize=16_384)
def package(text: str) -> Package | None:
    """Read a package of a registry: ``"pypi:vllm"``; None of what can be none.

    On PyPI case and separators tell no packages apart.
    """
    try:
        registry, _, name = _PACKAGE.validate_python(text).partition(":")
    except ValidationError:
        return None
    return Package(registry, canonicalize_name(name) if registry == PYPI else name)


def _split(url: str | None) -> tuple[str, list[str]]:
    """Give host and path of a web address; a host of "" where it is none."""
    try:
        address = urlsplit((url or "").strip())
    except ValueError:
        return "", []
    host = (address.hostname or "").removeprefix("www.")
    if address.scheme not in _WEB:
        return "", []
    return _SAME_HOST.get(host, host), [part for part in address.path.split("/") if part]


def _are_names(parts: Sequence[str]) -> bool:
    return len(parts) >= _TWO and all(map(_NAME.fullmatch, parts))
