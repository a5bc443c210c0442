"""Filing: which tool each incoming document is about, and what the catalog's documents become with it.

A document of ours that gives a slug is about the tool of that slug. Another one of ours is about the tool that goes by
its name, be it in the catalog or earlier in the same import; if there is none, about a new tool.

Somebody else's document is about the tool with which it shares an identity (`catalog.identity`), the surest first. What
several tools have, or several documents of one file, identifies none of them. It takes no name from another tool, nor
from a family.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, count, filterfalse
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from catalog.families import Families
from catalog.identity import Identity, IdentityKind, are_akin, identities, repository
from catalog.importers import Authority, Caution
from catalog.merging import merge
from catalog.models import LinkKind, ToolType
from catalog.names import compact, name_key
from catalog.text import ALIAS_LIMIT, SLUG_LIMIT
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from catalog.importers import Incoming
    from catalog.models import Tool

#: Why a document is filed where it is, when nothing was there before, or its slug says so.
NEW = "new"
SAME_SLUG = "same slug"
#: What people use without its code: a repository that has its name may be anybody's.
_SERVICES: Final = frozenset({ToolType.API, ToolType.PRODUCT})
#: Characters that a number behind a slug may take.
_NUMBER: Final = 6


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did (or, as a dry run, would do): slugs, each in exactly one list."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    warnings: tuple[Caution, ...] = ()
    """What was taken in only in part."""
    change: int | None = None
    """The number by which all of it can be undone together."""
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By file, the slugs that its documents are about."""


class Filing(NamedTuple):
    """Where a document belongs.

    Attributes:
        slug: the tool that it is about.
        incoming: the document, without names that belong to other tools.
        why: what identified it, in words: ``"same repository (github.com/vllm-project/vllm)"``.
    """

    slug: str
    incoming: Incoming
    why: str


class Register:
    """The names and places of tools, each with the slug of its tool. To enter and to file many takes turns on the loop.

    >>> import asyncio
    >>> from catalog.importers import Incoming
    >>> from catalog.models import Tool
    >>> async def filed(*names: str) -> list[str]:
    ...     register = await Register.of([Tool(slug="vllm", name="vLLM", aliases=("v-llm",))])
    ...     incoming = [Incoming(Tool(name=name), "tools.yaml:1", Authority.OWN) for name in names]
    ...     return [filing.slug for filing in await register.file(incoming)]
    >>> asyncio.run(filed("V LLM", "SGLang", "sglang"))
    ['vllm', 'sglang', 'sglang']
    """

    def __init__(self) -> None:
        self._slugs_by_key: dict[str, str] = {}
        self._claimed: dict[str, list[str]] = {}
        self._places: dict[Identity, str] = {}
        self._shared: set[Identity] = set()
        self._tools: dict[str, Tool] = {}
        self._families = Families.of(())

    @classmethod
    async def of(cls, tools: Iterable[Tool]) -> Register:
        """Enter the catalog's tools; what two of them claim identifies neither."""
        register = cls()
        known = register._slugs_by_key
        async for tool in in_turns(tools):
            register._tools[tool.slug] = tool
            register._enter_places(tool.slug, tool)
            for key in _keys(tool):
                if (slug := known.setdefault(key, tool.slug)) != tool.slug:
                    register._claimed.setdefault(key, [slug]).append(tool.slug)
        for key in register._claimed:
            del known[key]
        register._families = Families.of(register._tools.values())
        return register

    async def file(self, incoming: Iterable[Incoming]) -> tuple[Filing, ...]:
        """File documents, and enter their names and places in their order."""
        documents = tuple(incoming)
        ambiguous = _ambiguous(documents)
        filings: list[Filing] = []
        async for one in in_turns(documents):
            if one.authority is Authority.OWN:
                filing = self._own(one)
            else:
                filing = self._foreign(one, ambiguous.get(_file(one), frozenset()))
            filings.append(filing)
            self._enter(filing)
        return tuple(filings)

    def _own(self, one: Incoming) -> Filing:
        document, known = one.tool, self._slugs_by_key
        slug = document.slug
        by_name = known.get(name_key(document.name), slug)
        # A slug that is there outweighs a name; one that the document gives says itself which tool is meant.
        if by_name != slug and slug not in self._tools and "slug" not in document.model_fields_set:
            return Filing(by_name, one, _same_name(document.name))
        return Filing(slug, one, SAME_SLUG if slug in self._tools else NEW)

    def _foreign(self, one: Incoming, ambiguous: frozenset[Identity]) -> Filing:
        document = one.tool
        slug, why = self._found(document, ambiguous)
        aliases = tuple(alias for alias in document.aliases if self._is_free(alias, slug))
        # Where its name is another tool's, it keeps the one by which it is known.
        known = self._tools.get(slug)
        name = known.name if known and not self._is_free(document.name, slug) else document.name
        changes = {"slug": slug if known is None else document.slug, "name": name, "aliases": aliases}
        changes = {field: value for field, value in changes.items() if value != getattr(document, field)}
        if changes:
            document = document.model_copy(update=changes)
        return Filing(slug, one._replace(tool=document), why)

    def _found(self, document: Tool, ambiguous: frozenset[Identity]) -> tuple[str, str]:
        """Find the tool that somebody else's document is about, and say why; a new slug where there is none."""
        for identity in identities(document):
            if identity.kind is not IdentityKind.NAME:
                slug = None if identity in ambiguous else self._places.get(identity)
                sure = identity.kind is not IdentityKind.SITE
                if slug and (sure or are_akin(document.type, self._tools[slug].type)):
                    return slug, identity.text
            elif slug := self._named(identity.value, document):
                return slug, identity.text
        # A page that compares names tools as people do, who mean the newest of a family. What somebody measured is of
        # one version, and to put it down to another would be worse than to have a tool too many.
        newest = self._newest(document.name) if document.reported and not document.signals else None
        if newest and self._fits(newest.slug, document):
            return newest.slug, f"newest of its family ({newest.family})"
        # Another kind of tool may have that name: "whisper" the repository isn't "Whisper" the model.
        room = document.slug[: SLUG_LIMIT - len(document.type) - _NUMBER].rstrip("-")
        slugs = chain(
            [document.slug, f"{room}-{document.type}"], (f"{room}-{document.type}-{n}" for n in count(2))
        )
        slug = next(slug for slug in slugs if slug not in self._tools or self._fits(slug, document))
        return slug, SAME_SLUG if slug in self._tools else NEW

    def _named(self, key: str, document: Tool) -> str | None:
        """Give the one tool of a name that can be this document's."""
        sole = self._slugs_by_key.get(key)
        claimants = [sole] if sole else self._claimed.get(key, [])
        fitting = [slug for slug in claimants if self._fits(slug, document)]
        return fitting[0] if len(fitting) == 1 else None

    def _fits(self, slug: str, document: Tool) -> bool:
        tool = self._tools[slug]
        ones, others = _repositories(tool), _repositories(document)
        if not ones.isdisjoint(others):
            return True
        # A repository that moved keeps its name; "ART" by two owners, or a server by two, are two tools.
        if ones and others and {*map(_last, ones)}.isdisjoint(map(_last, others)):
            return False
        if not are_akin(tool.type, document.type):
            return False
        if bool(ones) == bool(others) or _SERVICES.isdisjoint({tool.type, document.type}):
            return True
        return not _owners(ones | others).isdisjoint(_makers(tool) | _makers(document))

    def _newest(self, name: str) -> Tool | None:
        """Give the newest tool of the family of a name that no tool has."""
        key = name_key(name)
        return None if key in self._claimed or key in self._slugs_by_key else self._families.newest(name)

    def _is_free(self, name: str, slug: str) -> bool:
        key = name_key(name)
        taken = key in self._claimed or self._slugs_by_key.get(key, slug) != slug
        return not taken and self._newest(name) is None

    def _enter(self, filing: Filing) -> None:
        slug, document = filing.slug, filing.incoming.tool
        self._tools.setdefault(slug, document)
        self._enter_places(slug, document)
        if document.family:
            self._families = self._families.replaced({slug: document})
        for key in _keys(document):
            self._slugs_by_key.setdefault(key, slug)

    def _enter_places(self, slug: str, tool: Tool) -> None:
        if not (tool.links or tool.packages):
            return
        for identity in identities(tool):
            if identity.kind is IdentityKind.NAME:
                break
            if identity not in self._shared and self._places.setdefault(identity, slug) != slug:
                del self._places[identity]
                self._shared.add(identity)


def _ambiguous(incoming: Sequence[Incoming]) -> dict[str, frozenset[Identity]]:
    """Find, by file, what several of somebody else's tools there have: the repository of many servers."""
    names: defaultdict[tuple[str, Identity], set[str]] = defaultdict(set)
    for one in incoming:
        if one.authority is Authority.FOREIGN:
            for identity in identities(one.tool):
                if identity.kind is IdentityKind.NAME:
                    break
                names[_file(one), identity].add(one.tool.slug)
    found: defaultdict[str, set[Identity]] = defaultdict(set)
    for (file, identity), slugs in names.items():
        if len(slugs) > 1:
            found[file].add(identity)
    return {file: frozenset(there) for file, there in found.items()}


def _file(incoming: Incoming) -> str:
    return incoming.where.partition(":")[0]


def _same_name(name: str) -> str:
    return Identity(IdentityKind.NAME, name_key(name)).text


def _repositories(tool: Tool) -> set[str]:
    return {place for link in tool.links if link.kind is LinkKind.REPOSITORY and (place := repository(link))}


def _owners(places: set[str]) -> set[str]:
    return {compact(name_key(place.split("/")[1])) for place in places}


def _makers(tool: Tool) -> set[str]:
    """Give who may own the code of a service: its maker, what it is called, the site that it is at."""
    sites = (urlsplit(link.url).hostname or "" for link in tool.links if link.kind is not LinkKind.REPOSITORY)
    labels = (label for site in sites for label in site.split(".")[:-1])
    return {compact(name_key(text)) for text in (tool.vendor or "", tool.name, *tool.aliases, *labels)} - {""}


def _last(place: str) -> str:
    return compact(name_key(place.rpartition("/")[2]))


def _keys(tool: Tool) -> list[str]:
    """Give the keys of a tool's name and aliases, the name's first."""
    return list(map(name_key, tool.names))


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import leads to, before anything is written.

    Attributes:
        before: the documents that it finds, by slug.
        after: all documents that it is about, as they are then, by slug.
        changes: those of them that are new or differ from before.
        reasons: by slug, what identified the first document that was filed there.
        files: by file, the slugs that its documents are about.
        warnings: what of them couldn't be taken in.
    """

    before: Mapping[str, Tool]
    after: Mapping[str, Tool]
    changes: Mapping[str, Tool]
    reasons: Mapping[str, str]
    files: Mapping[str, tuple[str, ...]]
    warnings: tuple[Caution, ...] = ()

    def report(self) -> ImportReport:
        """Sort the slugs by what becomes of their documents."""
        return ImportReport(
            added=tuple(filterfalse(self.before.__contains__, self.after)),
            changed=tuple(filter(self.before.__contains__, self.changes)),
            unchanged=tuple(filterfalse(self.changes.__contains__, self.after)),
            warnings=self.warnings,
            files=self.files,
        )


async def filed(incoming: Iterable[Incoming], tools: Iterable[Tool]) -> tuple[Filing, ...]:
    """File documents among the tools of a catalog."""
    return await (await Register.of(tools)).file(incoming)


async def plan(filings: Sequence[Filing], current: Mapping[str, Tool]) -> Plan:
    """Merge documents, in their order, into those that are there; many take turns on the loop.

    Args:
        filings: the documents, and where each belongs.
        current: the catalog's documents by slug; more than are asked for may be in it.
    """
    before = {filing.slug: current[filing.slug] for filing in filings if filing.slug in current}
    after: dict[str, Tool] = {}
    reasons: dict[str, str] = {}
    files: defaultdict[str, dict[str, None]] = defaultdict(dict)
    warnings: list[Caution] = []
    async for slug, one, why in in_turns(filings):
        merged = merge(after.get(slug) or before.get(slug), one)
        if len(merged.aliases) > ALIAS_LIMIT:
            # What each document gives is within the limit, but not always all that they give together.
            merged, dropped = _with_fewer_aliases(merged)
            warnings.append(Caution(one.where, dropped))
        after[slug] = merged
        reasons.setdefault(slug, why)
        files[_file(one)][slug] = None
    told = {file: tuple(there) for file, there in files.items()}
    if not before:
        return Plan(before, after, after, reasons, told, tuple(warnings))
    # To hold two documents against each other takes as long as to merge them.
    changes = {slug: tool async for slug, tool in in_turns(after.items()) if before.get(slug) != tool}
    return Plan(before, after, changes, reasons, told, tuple(warnings))


def _with_fewer_aliases(tool: Tool) -> tuple[Tool, str]:
    kept, dropped = tool.aliases[:ALIAS_LIMIT], tool.aliases[ALIAS_LIMIT:]
    more = f" and {len(dropped) - 1} more" if len(dropped) > 1 else ""
    text = f"{tool.name} would have more than {ALIAS_LIMIT} aliases; left out {dropped[0]}{more}"
    return tool.model_copy(update={"aliases": kept}), text
