"""The best-of lists: what stands in them (projects.yaml), its figures on a day (*_projects.csv), and those over time.

Many publish lists in this format, each under its own name, which stands nowhere in the files. What tells them apart is
what their configuration says (projects.yaml), and into which categories they sort (CSV).

- https://github.com/ml-tooling/best-of-ml-python
- https://github.com/tolkonepiu/best-of-mcp-servers
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from catalog.importers.public.records import Record, check, listing, mapping
from catalog.importers.public.repositories import Figure, address, is_path, last_day, path_of, series, spdx
from catalog.importers.public.servers import core, says_mcp, server_name
from catalog.importers.public.source import Edition, Partial, Shape, Source, brief, links, names, number
from catalog.importers.reading import Rejection
from catalog.models import LinkKind, Task, ToolType
from catalog.names import name_key
from catalog.text import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_ML: Final = "best-of-ml-python"
_MCP: Final = "best-of-mcp-servers"
_LICENCE: Final = "CC-BY-SA-4.0"

#: Jobs that a category of the list of libraries is about as such.
_TASKS: Final[Mapping[str, Task]] = {
    "ml-frameworks": Task.TRAINING,
    "hyperopt": Task.TRAINING,
    "reinforcement-learning": Task.TRAINING,
    "distributed-ml": Task.TRAINING,
    "nn-search": Task.VECTOR_SEARCH,
    "ocr": Task.DATA_EXTRACTION,
}
_NO_CATEGORY: Final = frozenset({"", "others", "other-tools-and-integrations"})
#: Servers only, among which there are frameworks, clients and lists of them, too.
_NO_SERVER: Final = re.compile(
    r"\b(?:framework for|library (?:to|for)|cli tool for|curated|tool for (?:testing|debugging))\b",
    re.IGNORECASE,
)
_PACKAGE: Final = re.compile(r"(?:@[a-z0-9_.~-]+/)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
#: A description that was cut ends so.
_CUT: Final = re.compile(r"[\s,;:]*\.\.$")
_FIGURES: Final = (
    Figure("stars", "github_stars", "stars"),
    Figure("forks", "github_forks", "forks"),
    Figure("contributors", "contributors", "people"),
)
_FIGURES_OF_LIBRARIES: Final = (
    *_FIGURES,
    Figure("monthly_downloads", "monthly_downloads", "downloads"),
    Figure("dependent_projects", "dependent_projects", "projects"),
)
#: The same, as the table of one day calls them.
_COLUMNS: Final = (
    Figure("star_count", "github_stars", "stars"),
    Figure("fork_count", "github_forks", "forks"),
    Figure("contributor_count", "contributors", "people"),
)
_COLUMNS_OF_LIBRARIES: Final = (
    *_COLUMNS,
    Figure("monthly_downloads", "monthly_downloads", "downloads"),
    Figure("dependent_project_count", "dependent_projects", "projects"),
)


class _Project(Record):
    """What stands in both files of a list, and, with empty defaults, what only the table of a day has."""

    name: str
    github_id: str
    category: str = ""
    description: str = ""
    homepage: str = ""
    license: str = ""
    docs_url: str = ""
    pypi_id: str = ""
    npm_id: str = ""
    resource: bool | str = False
    github_url: str | None = None
    updated_github_id: str = ""
    last_commit_pushed_at: str = ""
    star_count: str = ""
    fork_count: str = ""
    contributor_count: str = ""
    monthly_downloads: str = ""
    dependent_project_count: str = ""

    @property
    def path(self) -> str:
        """The path of its repository, where that is by now."""
        return self.updated_github_id or path_of(self.github_url) or self.github_id

    @property
    def exists(self) -> bool:
        """Whether its repository is still there: the table of a day leaves the address out where it found none."""
        return self.github_url != ""


def _library(project: _Project) -> dict[str, Any]:
    return {
        "name": project.name,
        "type": ToolType.FRAMEWORK if project.category == "ml-frameworks" else ToolType.LIBRARY,
        "tasks": [_TASKS[project.category]] if project.category in _TASKS else [],
        "tags": [],
    }


def _server(project: _Project) -> dict[str, Any]:
    owner, _, name = project.github_id.partition("/")
    # Many entries are whole products, one part of which is a server; those keep the name of their repository.
    is_one = says_mcp(project.github_id) and not _NO_SERVER.search(project.description)
    return {
        "name": server_name(name, owner) if is_one and core(name) else project.github_id,
        "type": ToolType.MCP_SERVER if is_one else ToolType.REPOSITORY,
        "tags": ["mcp"],
    }


def _read(
    data: object,
    edition: Edition,
    *,
    about: Callable[[_Project], dict[str, Any]],
    columns: tuple[Figure, ...],
) -> Iterator[Partial | Rejection]:
    projects, rejected = check(_Project, _placed(data, edition))
    yield from rejected
    found: dict[str, Partial] = {}
    for place, project in projects.items():
        # Other lists that are listed: where to find tools, no tools.
        if project.resource:
            continue
        if not is_path(project.github_id):
            yield Rejection(place, "names no repository; github_id has to be owner/name")
            continue
        fields = {**about(project), **_fields(project, edition, columns)}
        fields["tags"] = [*about(project)["tags"], *_tags(project)]
        # A project that stands under two names is one tool.
        known = found.setdefault(project.path.casefold(), Partial(place, fields)).fields
        if known is not fields:
            known["aliases"] = names(*known["aliases"], fields["name"], *fields["aliases"])
            known["packages"] = list(dict.fromkeys((*known["packages"], *fields["packages"])))
    yield from _told_apart(found.values())


def _placed(data: object, edition: Edition) -> Iterator[tuple[str, object]]:
    """Give the records of a file with their places: the table's by line, those of projects.yaml by repository."""
    if isinstance(data, list):
        yield from ((str(line), row) for line, row in enumerate(data, 2))
        return
    projects = mapping(data, edition.where, "a mapping").get("projects")
    for at, record in enumerate(listing(projects, edition.where, 'a list under "projects"'), 1):
        known = record.get("name") if isinstance(record, dict) else None
        yield f"project {at}{f' ({known})' if known else ''}", record


def _told_apart(found: Iterable[Partial]) -> Iterator[Partial]:
    """Name those tools of a list by their repository that share a name."""
    tools = list(found)
    shared = Counter(name_key(str(tool.fields["name"])) for tool in tools)
    for tool in tools:
        if shared[name_key(str(tool.fields["name"]))] > 1:
            tool.fields["name"] = tool.fields["aliases"][0]
        yield tool


def _fields(project: _Project, edition: Edition, columns: tuple[Figure, ...]) -> dict[str, Any]:
    paths = dict.fromkeys((project.path, project.github_id))
    packages = (("pypi", project.pypi_id), ("npm", project.npm_id))
    return {
        "vendor": project.path.partition("/")[0],
        "summary": brief(_CUT.sub("…", project.description)),
        "licence": spdx(project.license),
        "aliases": names(*paths),
        "links": links(
            *((LinkKind.REPOSITORY, address(path)) for path in paths if project.exists),
            (LinkKind.HOMEPAGE, None if path_of(project.homepage) else project.homepage),
            (LinkKind.DOCS, project.docs_url),
        ),
        # One that is written wrongly is no reason to leave out all that is right.
        "packages": [
            f"{registry}:{package}" for registry, package in packages if _PACKAGE.fullmatch(package)
        ],
        "signals": _signals(project, edition, columns) if project.exists else [],
    }


def _tags(project: _Project) -> list[str]:
    return [] if project.category in _NO_CATEGORY else [slugify(project.category)]


def _signals(project: _Project, edition: Edition, columns: tuple[Figure, ...]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for column, metric, unit in columns:
        found += edition.signal(metric, number(getattr(project, column)), unit)
    age = _age(project.last_commit_pushed_at, edition.observed_on)
    return [*found, *edition.signal("days_since_commit", age, "days")]


def _age(pushed_at: str, observed_on: str) -> float | None:
    """Count the days from a commit to the day of the table."""
    try:
        return max((date.fromisoformat(observed_on) - date.fromisoformat(pushed_at[:10])).days, 0)
    except ValueError:
        return None


def _read_series(
    rows: list[dict[str, str]], edition: Edition, *, figures: tuple[Figure, ...]
) -> Iterable[Partial | Rejection]:
    return series(rows, edition, key="github_id", figures=figures)


_LIBRARIES: Final = partial(_read, about=_library, columns=_COLUMNS_OF_LIBRARIES)
_SERVERS: Final = partial(_read, about=_server, columns=_COLUMNS)
_DAY_OF_PROJECTS: Final = ",name,github_id,"

SOURCES: Final = (
    Source(
        name=_ML,
        licence=_LICENCE,
        shape=Shape.YAML,
        marks=("markdown_header_file:", "projects:", "github_id:", 'category: "ml-frameworks"'),
        read=_LIBRARIES,
    ),
    Source(
        name=_MCP,
        licence=_LICENCE,
        shape=Shape.YAML,
        marks=("markdown_header_file:", "projects:", "github_id:", "subtitle: MCP servers for"),
        read=_SERVERS,
    ),
    Source(
        name=_ML,
        licence=_LICENCE,
        shape=Shape.CSV,
        marks=(_DAY_OF_PROJECTS, "projectrank,show", ",ml-frameworks,"),
        read=_LIBRARIES,
    ),
    Source(
        name=_MCP,
        licence=_LICENCE,
        shape=Shape.CSV,
        marks=(_DAY_OF_PROJECTS, "projectrank,show", ",other-tools-and-integrations,"),
        read=_SERVERS,
    ),
    Source(
        name=_ML,
        licence=_LICENCE,
        shape=Shape.CSV,
        marks=("github_id,date,stars,forks,contributors,monthly_downloads,dependent_projects,projectrank",),
        read=partial(_read_series, figures=_FIGURES_OF_LIBRARIES),
        dated=last_day,
    ),
    Source(
        name=_MCP,
        licence=_LICENCE,
        shape=Shape.CSV,
        marks=("github_id,date,stars,forks,contributors,projectrank",),
        read=partial(_read_series, figures=_FIGURES),
        dated=last_day,
    ),
)
