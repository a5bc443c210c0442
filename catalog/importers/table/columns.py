"""The columns of a table of tools: what each is called, and which field of a document stands in it.

What is measured has a column a metric, ``signal:github_stars``. Where and when it was seen, and what it is counted in,
stand in columns for all metrics of a row (``signal_source``), or for one of them (``signal_source:github_stars``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pydantic import StringConstraints
from rapidfuzz import fuzz, process

from catalog.importers.table.cells import Addresses, Filed, List, Number, Plain, Spelling, Word
from catalog.models import LinkKind, PriceUnit, PricingKind, Signal, Status, Task, ToolType
from catalog.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The way to a value: fields from the tool on; a link's kind and a signal's metric stand for their place in a list.
#: A metric "" stands for all metrics of the row.
Path: TypeAlias = tuple[str, ...]

_LIKELY: Final = 65
_CLIP: Final = 60
_JOINTS: Final = re.compile(r"[\s_-]+")
#: What is measured in what, where the column doesn't say; all benchmarks are of a hundred.
_UNITS: Final = {
    "github_stars": "stars",
    "github_forks": "forks",
    "monthly_downloads": "downloads",
    "lmarena_score": "Elo points",
    "hallucination_rate_pct": "percent",
    "context_window": "tokens",
    "contributors": "people",
    "dependent_projects": "projects",
    "days_since_commit": "days",
}
_METRIC: Final = next(
    part for part in Signal.model_fields["metric"].metadata if isinstance(part, StringConstraints)
)
_SIGNAL_PARTS: Final = ("unit", "source", "observed_on", "licence")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is known.

    Attributes:
        name: its header.
        path: what stands in it.
        spelling: how.
        loose: it was recognised by a name that may mean something else; what doesn't fit is left out.
    """

    name: str
    path: Path
    spelling: Spelling
    loose: bool = False


#: The columns that every export has, in its order.
COLUMNS: Final = (
    Column("slug", ("slug",), Plain()),
    Column("name", ("name",), Plain()),
    Column("type", ("type",), Word(ToolType)),
    Column("vendor", ("vendor",), Plain()),
    Column("family", ("family",), Plain()),
    Column("summary", ("summary",), Plain()),
    Column("aliases", ("aliases",), List(Plain())),
    Column("tasks", ("tasks",), List(Word(Task))),
    Column("tags", ("tags",), List(Filed())),
    *(Column(kind.value.replace("-", "_"), ("links", kind.value), Addresses()) for kind in LinkKind),
    Column("packages", ("packages",), List(Plain())),
    Column("licence", ("licence",), Plain()),
    Column("pricing_kind", ("pricing", "kind"), Word(PricingKind)),
    Column("pricing_usd", ("pricing", "starting", "usd"), Number()),
    Column("pricing_unit", ("pricing", "starting", "unit"), Word(PriceUnit)),
    Column("pricing_source", ("pricing", "starting", "source"), Plain()),
    Column("pricing_observed_on", ("pricing", "starting", "observed_on"), Plain()),
    Column("pricing_licence", ("pricing", "starting", "licence"), Plain()),
    Column("pricing_note", ("pricing", "note"), Plain()),
    Column("status", ("status",), Word(Status)),
    Column("successor", ("successor",), Filed()),
    Column("released_on", ("released_on",), Plain()),
    Column("popularity", ("popularity",), Number()),
)

#: What people write instead.
_SYNONYMS: Final = {
    **dict.fromkeys(
        ("title", "tool", "tool_name", "product", "product_name", "project", "project_name"), "name"
    ),
    **dict.fromkeys(("tool_type",), "type"),
    **dict.fromkeys(
        ("company", "maker", "author", "organisation", "organization", "publisher", "provider"), "vendor"
    ),
    **dict.fromkeys(("description", "short_description", "tagline", "about"), "summary"),
    **dict.fromkeys(("alias", "aka", "also_known_as", "other_names", "alternative_names"), "aliases"),
    **dict.fromkeys(("task",), "tasks"),
    **dict.fromkeys(("tag", "keywords", "labels", "topics"), "tags"),
    **dict.fromkeys(("url", "website", "website_url", "homepage_url", "site", "web", "link"), "homepage"),
    **dict.fromkeys(
        ("repo", "repo_url", "repository_url", "github", "github_url", "gitlab", "source_code"), "repository"
    ),
    **dict.fromkeys(("huggingface", "hugging_face", "hf", "model_card", "model_hub_url"), "model_hub"),
    **dict.fromkeys(("documentation", "documentation_url", "docs_url"), "docs"),
    **dict.fromkeys(("paper_url", "arxiv", "publication"), "paper"),
    **dict.fromkeys(("license", "spdx"), "licence"),
    **dict.fromkeys(("price_usd", "usd", "starting_price"), "pricing_usd"),
    **dict.fromkeys(("price_unit",), "pricing_unit"),
    **dict.fromkeys(("price_source",), "pricing_source"),
    **dict.fromkeys(("price_observed_on", "price_date", "pricing_date"), "pricing_observed_on"),
    **dict.fromkeys(("price_note",), "pricing_note"),
    **dict.fromkeys(("replaced_by", "superseded_by"), "successor"),
    **dict.fromkeys(("released", "release_date", "launch_date", "launched"), "released_on"),
    **dict.fromkeys(("stars", "github_stars"), "signal:github_stars"),
    **dict.fromkeys(("forks", "github_forks"), "signal:github_forks"),
}
_LOOSE: Final = {
    **dict.fromkeys(("category", "kind"), "type"),
    **dict.fromkeys(("price", "pricing", "pricing_model", "cost"), "pricing_kind"),
}
_BY_NAME: Final = {column.name: column for column in COLUMNS}
_BY_PATH: Final = {column.path: column for column in COLUMNS}


def column(header: str) -> Column | None:
    """Give the column that a header means, None where it means none: ``"License"`` is the column ``licence``."""
    key = header_key(header)
    if loose := _LOOSE.get(key):
        return replace(_BY_NAME[loose], loose=True)
    name = _SYNONYMS.get(key, key)
    return _BY_NAME.get(name) or _signal_column(name)


def column_of(path: Path) -> Column:
    """Give the column in which a value stands.

    >>> column_of(("signals", "github_stars", "source")).name
    'signal_source:github_stars'
    """
    return _BY_PATH.get(path) or _made(*path[1:])


def unit_of(metric: str) -> str | None:
    """Give what a metric is counted in, where everybody counts it so."""
    return "percent" if metric.startswith("benchmark:") else _UNITS.get(metric)


def nearest(header: str) -> str | None:
    """Give the known column whose name is most like an unknown one, None where none is like it."""
    known = (*_BY_NAME, *_SYNONYMS, "signal_source", "signal_observed_on", *map("signal:{}".format, _UNITS))
    found = process.extractOne(header_key(header), known, scorer=fuzz.ratio, score_cutoff=_LIKELY)
    return _SYNONYMS.get(found[0], found[0]) if found else None


def listed(headers: Iterable[str], limit: int = 10) -> str:
    """Name headers as a file has them, in quotes; what goes beyond the limit is counted."""
    headers = list(headers)
    shown = ", ".join(f'"{clipped(header)}"' for header in headers[:limit])
    return f"{shown} and {len(headers) - limit} more" if len(headers) > limit else shown


def clipped(text: str) -> str:
    """Give the beginning of a stranger's text, on one line."""
    line = clean_line(text[: 4 * _CLIP])
    return line if len(line) <= _CLIP else line[: _CLIP - 1] + "…"


def header_key(header: str) -> str:
    """Give what makes two headers the same: case and what joins words don't count."""
    line = clean_line(header[: 4 * _CLIP]).casefold()
    return ":".join(_JOINTS.sub("_", part).strip("_") for part in line.split(":"))


def _signal_column(name: str) -> Column | None:
    first, colon, metric = name.partition(":")
    part = "value" if first == "signal" else first.removeprefix("signal_")
    if (
        not first.startswith("signal")
        or part not in {"value", *_SIGNAL_PARTS}
        or (part == "value" and not colon)
    ):
        return None
    if colon and (len(metric) > (_METRIC.max_length or 0) or not re.search(str(_METRIC.pattern), metric)):
        return None
    return _made(metric, part)


def _made(metric: str, part: str) -> Column:
    name = "signal" if part == "value" else f"signal_{part}"
    spelling: Any = Number() if part == "value" else Plain()
    return Column(f"{name}:{metric}" if metric else name, ("signals", metric, part), spelling)
