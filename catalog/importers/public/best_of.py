"""The best-of lists: what stands in them (projects.yaml), its figures on a day (*_projects.csv), and those over time.

- https://github.com/ml-tooling/best-of-ml-python
- https://github.com/tolkonepiu/best-of-mcp-servers

A list adds up the downloads of a project in all registries in which it knows of it. That is another count than the one
of a single registry, so it has a name of its own and isn't taken for ``monthly_downloads``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from catalog.addresses import Repository, at_github, repository
from catalog.importers.public.best_of_lists import (
    is_history_of_servers,
    is_list_of_libraries,
    is_list_of_servers,
)
from catalog.importers.public.records import Record, check, listing, mapping
from catalog.importers.public.repositories import Figure, last_day, series
from catalog.importers.public.servers import core, says_mcp, server_name
from catalog.importers.public.source import (
    Edition,
    Partial,
    Shape,
    Source,
    brief,
    links,
    names,
    number,
    packages,
)
from catalog.importers.reading import Rejection
from catalog.licences import spdx
from catalog.models import LinkKind, Task, ToolType
from catalog.names import name_key
from catalog.text import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from catalog.importers.public.source import Row

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
#: A description that was cut ends so.
_CUT: Final = re.compile(r"[\s,;:]*\.\.$")
_FIGURES: Final = (
    Figure("stars", "github_stars", "stars"),
    Figure("forks", "github_forks", "forks"),
    Figure("contributors", "contributors", "people"),
)
_FIGURES_OF_LIBRARIES: Final = (
    *_FIGURES,
    Figure("monthly_downloads", "all_monthly_downloads", "downloads"),
    Figure("dependent_projects", "dependent_projects", "projects"),
)
#: What the table of one day calls them.
_COLUMNS: Final[Mapping[str, str]] = {
    "stars": "star_count",
    "forks": "fork_count",
    "contributors": "contributor_count",
    "dependent_projects": "dependent_project_count",
}


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
    def listed(self) -> Repository | None:
        """Its repository, as the list names it."""
        return at_github(self.github_id)

    @property
    def found(self) -> Repository | None:
        """Its repository, where that is by now."""
        return at_github(self.updated_github_id) or repository(self.github_url) or self.listed

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
    figures: tuple[Figure, ...],
) -> Iterator[Partial | Rejection]:
    projects, rejected = check(_Project, _placed(data, edition))
    yield from rejected
    found: dict[str, Partial] = {}
    for place, project in projects.items():
        # Other lists that are listed: where to find tools, no tools.
        if project.resource:
            continue
        listed, now = project.listed, project.found
        if listed is None or now is None:
            yield Rejection(place, "names no repository; github_id has to be owner/name")
            continue
        told = about(project)
        told["tags"] += _tags(project)
        fields = {**told, **_fields(project, (now, listed), edition, figures)}
        # A project that stands under two names is one tool.
        known = found.setdefault(now.key, Partial(place, fields)).fields
        if known is not fields:
            known["aliases"] = names(*known["aliases"], fields["name"], *fields["aliases"])
            known["packages"] = list(dict.fromkeys((*known["packages"], *fields["packages"])))
    yield from _told_apart(found.values())


def _placed(data: object, edition: Edition) -> Iterator[tuple[str, object]]:
    """Give the records of a file with their places: the table's by line, those of projects.yaml by repository."""
    if isinstance(data, list):
        yield from ((str(row.line), row) for row in data)
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


def _fields(
    project: _Project, places: tuple[Repository, Repository], edition: Edition, figures: tuple[Figure, ...]
) -> dict[str, Any]:
    return {
        "vendor": places[0].owner,
        "summary": brief(_CUT.sub("…", project.description)),
        "licence": spdx(project.license),
        "aliases": names(*(place.path for place in places)),
        "links": links(
            *((LinkKind.REPOSITORY, place.url) for place in places if project.exists),
            (LinkKind.HOMEPAGE, None if repository(project.homepage) else project.homepage),
            (LinkKind.DOCS, project.docs_url),
        ),
        # One that is written wrongly is no reason to leave out all that is right.
        "packages": packages(f"pypi:{project.pypi_id}", f"npm:{project.npm_id}"),
        "signals": _signals(project, edition, figures) if project.exists else [],
    }


def _tags(project: _Project) -> list[str]:
    return [] if project.category in _NO_CATEGORY else [slugify(project.category)]


def _signals(project: _Project, edition: Edition, figures: tuple[Figure, ...]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for column, metric, unit in figures:
        value = number(getattr(project, _COLUMNS.get(column, column)))
        found += edition.signal(metric, value, unit)
    age = edition.days_since(project.last_commit_pushed_at)
    return [*found, *edition.signal("days_since_commit", age, "days")]


def _read_series(
    rows: list[Row], edition: Edition, *, figures: tuple[Figure, ...]
) -> Iterable[Partial | Rejection]:
    return series(rows, edition, key="github_id", figures=figures)


_ML: Final = partial(Source, name="best-of-ml-python", licence="CC-BY-SA-4.0")
_MCP: Final = partial(Source, name="best-of-mcp-servers", licence="CC-BY-SA-4.0")
_LIBRARIES: Final = partial(_read, about=_library, figures=_FIGURES_OF_LIBRARIES)
_SERVERS: Final = partial(_read, about=_server, figures=_FIGURES)
_MARKS_OF_LISTS: Final = ("markdown_header_file:", "projects:", "github_id:")
_MARKS_OF_DAYS: Final = (",name,github_id,", "projectrank,show")

SOURCES: Final = (
    _ML(
        about="A list of Python libraries for machine learning (`projects.yaml`).",
        shape=Shape.YAML,
        marks=_MARKS_OF_LISTS,
        read=_LIBRARIES,
        shaped=is_list_of_libraries,
    ),
    _MCP(
        about="A list of MCP servers (`projects.yaml`).",
        shape=Shape.YAML,
        marks=_MARKS_OF_LISTS,
        read=_SERVERS,
        shaped=is_list_of_servers,
    ),
    _ML(
        about="Its projects with their figures on a day (`*_projects.csv`).",
        shape=Shape.CSV,
        marks=_MARKS_OF_DAYS,
        read=_LIBRARIES,
        shaped=is_list_of_libraries,
    ),
    _MCP(
        about="Its projects with their figures on a day (`*_projects.csv`).",
        shape=Shape.CSV,
        marks=_MARKS_OF_DAYS,
        read=_SERVERS,
        shaped=is_list_of_servers,
    ),
    _ML(
        about="Those figures over time.",
        shape=Shape.CSV,
        marks=("github_id,date,stars,forks,contributors,monthly_downloads,dependent_projects,projectrank",),
        read=partial(_read_series, figures=_FIGURES_OF_LIBRARIES),
        dated=last_day,
    ),
    _MCP(
        about="Those figures over time.",
        shape=Shape.CSV,
        marks=("github_id,date,stars,forks,contributors,projectrank",),
        read=partial(_read_series, figures=_FIGURES),
        dated=last_day,
        shaped=is_history_of_servers,
    ),
)
