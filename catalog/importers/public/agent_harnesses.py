"""best-of-Agent-Harnesses: a curated list of agents, of frameworks to build them with and of what surrounds them.

https://github.com/RyanAlberts/best-of-Agent-Harnesses (harnesses.json): projects by category, those that were taken
off the list (graveyard), and those that may come onto it (radar).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from catalog.addresses import at_github
from catalog.importers.public.records import Record, check, listing, mapping
from catalog.importers.public.source import Edition, Partial, Shape, Source, links, names, plain
from catalog.importers.reading import Rejection
from catalog.licences import is_spdx
from catalog.models import LinkKind, Status, Task, ToolType
from catalog.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catalog.addresses import Repository

#: What a category says its entries are; of the others each is what it is.
_TYPES: Final[Mapping[str, ToolType]] = {
    "coding-agent-products": ToolType.AGENT,
    "personal-agent-runtimes": ToolType.AGENT,
    "frameworks": ToolType.FRAMEWORK,
    "multi-agent": ToolType.FRAMEWORK,
    "libraries-sdks": ToolType.LIBRARY,
}
_TASKS: Final[Mapping[str, tuple[Task, ...]]] = {
    "coding-agent-products": (Task.CODING, Task.AGENTS),
    "personal-agent-runtimes": (Task.AGENTS, Task.CHAT),
    "frameworks": (Task.AGENTS,),
    "multi-agent": (Task.AGENTS,),
    "evaluation": (Task.EVALUATION,),
    "observability": (Task.OBSERVABILITY,),
}
#: What the list says of entries that aren't open, where it names the licence.
_RESTRICTED: Final = re.compile(r"restricted \((.+)\)")
#: Why an entry was taken off the list, where the project itself has ended.
_ARCHIVED: Final = "archived upstream"


class _Project(Record):
    github_id: str
    name: str = ""
    description: str = ""
    desc: str = ""
    category: str = ""
    axis: str = ""
    license_signal: str = ""
    stars: float | None = None
    tags: tuple[str, ...] = ()
    reason: str = ""


def _read(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    whole = mapping(data, edition.where, 'a mapping with "projects"')
    for section in ("projects", "radar", "graveyard"):
        records = listing(whole.get(section, []), edition.where, f'a list under "{section}"')
        placed = ((f"{section} {at}", record) for at, record in enumerate(records, 1))
        projects, rejected = check(_Project, placed)
        yield from rejected
        for place, project in projects.items():
            if repository := at_github(project.github_id):
                yield Partial(place, _fields(project, repository, edition))
            else:
                yield Rejection(place, "names no repository; github_id has to be owner/name")


def _fields(project: _Project, repository: Repository, edition: Edition) -> dict[str, Any]:
    return {
        "name": project.name or repository.name,
        "type": _type(project),
        "vendor": repository.owner,
        "summary": plain(project.description or project.desc),
        "aliases": names(project.github_id),
        "tasks": _TASKS.get(project.category, ()),
        "tags": [slugify(tag) for tag in project.tags],
        "licence": _licence(project.license_signal),
        "links": links((LinkKind.REPOSITORY, repository.url)),
        "status": Status.DEPRECATED if project.reason.startswith(_ARCHIVED) else None,
        # Of what was taken off the list, the day of the last count is unknown, and so it isn't here.
        "signals": edition.signal("github_stars", project.stars, "stars"),
    }


def _licence(signal: str) -> str | None:
    found = _RESTRICTED.fullmatch(signal)
    return found[1] if found and is_spdx(found[1]) else None


def _type(project: _Project) -> ToolType:
    # Lists of tools stand among those tools.
    is_list = "curated" in project.axis
    return ToolType.REPOSITORY if is_list else _TYPES.get(project.category, ToolType.REPOSITORY)


def _dated(data: object) -> str | None:
    meta = data.get("meta") if isinstance(data, dict) else None
    day = meta.get("stars_captured") if isinstance(meta, dict) else None
    return day if isinstance(day, str) else None


SOURCES: Final = (
    Source(
        name="best-of-Agent-Harnesses",
        licence="CC-BY-SA-4.0",
        about="A curated list of agents, of frameworks to build them with and of what surrounds them.",
        shape=Shape.JSON,
        marks=('"best-of-Agent-Harnesses"', '"stars_captured"', '"github_id"'),
        read=_read,
        dated=_dated,
    ),
)
