"""Catalogs of names to evaluate with: the starter's own, and larger ones beside the project where they are."""

from __future__ import annotations

import gzip
import json
from functools import cache
from itertools import chain, count
from math import log1p
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.models import ToolType
from catalog.resolver import Entry
from catalog.text import slugify
from tests import starters
from tests.evaluation import invented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: Sets that lie beside the project on some machines; whoever lacks them evaluates with what is made here.
SHARED = Path(__file__).parents[3] / "shared" / "eval"
#: How many software names the catalogs of four sizes hold.
SIZES = {"1k": 1_000, "15k": 15_000, "100k": 100_000, "886k": 885_574}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read a file of JSON lines, packed or not; a file that isn't there has no lines."""
    if not path.exists():
        return
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from map(json.loads, text.splitlines())


@cache
def load(catalog: str) -> tuple[Entry, ...]:
    """Give a catalog's names; those of numbered sets stand in the order of their numbers.

    Args:
        catalog: "starter", "ai", "tools", "tools+" or one of SIZES.
    """
    return _LOADERS[catalog]()


def has_shared() -> bool:
    """Tell whether the larger sets are beside the project."""
    return SHARED.is_dir()


def _starter() -> tuple[Entry, ...]:
    return starters.entries(starters.all_tools())


def _ai() -> tuple[Entry, ...]:
    return _filed(_numbered("catalog_ai.jsonl"))


def _software(size: str) -> tuple[Entry, ...]:
    if not has_shared():
        return _filed(invented.names(SIZES[size]))
    return _filed(_numbered(f"catalog_pypi_{size}.jsonl.gz"))


def _numbered(file: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
    for row in rows(SHARED / "names" / file):
        yield row["name"], tuple(row["aliases"]), row["pop"]


def _tools() -> tuple[Entry, ...]:
    """Real tools; several may have one name. Popularity is the number of lists that name a tool."""
    listed = list(rows(SHARED / "tool_names.jsonl"))
    most = max((row["popularity"] for row in listed), default=1)
    return _filed((row["name"], (), log1p(row["popularity"]) / log1p(most)) for row in listed)


def _tools_and_canonicals() -> tuple[Entry, ...]:
    """Put the tools together with those that pairs of names know of and the list of tools doesn't."""
    listed = {one.name.casefold() for one in load("tools")}
    missing = {
        name.casefold(): name
        for row in rows(SHARED / "alias_pairs_dev.jsonl")
        for name in [row["canonical"]]
        if name.casefold() not in listed
    }
    least = min((one.popularity for one in load("tools")), default=0.0)
    every = [(one.name, one.aliases, one.popularity) for one in load("tools")]
    return _filed(chain(every, ((name, (), least) for name in missing.values())))


def _filed(names: Iterable[tuple[str, tuple[str, ...], float]]) -> tuple[Entry, ...]:
    """Give each name a slug of its own, as a catalog would; nothing else is known of it, as in a list of names."""
    filed: dict[str, Entry] = {}
    for name, aliases, popularity in names:
        slug = first = slugify(name)
        for number in count(2):
            if slug not in filed:
                break
            slug = f"{first}-{number}"
        filed[slug] = Entry(slug, name, aliases, popularity, None, ToolType.OTHER)
    return tuple(filed.values())


_LOADERS: Mapping[str, Callable[[], tuple[Entry, ...]]] = {
    "starter": _starter,
    "ai": _ai,
    "tools": _tools,
    "tools+": _tools_and_canonicals,
    "1k": lambda: _software("1k"),
    "15k": lambda: _software("15k"),
    "100k": lambda: _software("100k"),
    "886k": lambda: _software("886k"),
}
