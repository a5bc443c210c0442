"""GitHub Ranking AI: daily tables of the most starred repositories, by topic.

https://github.com/yuxiaopeng/Github-Ranking-AI: one row a repository and topic; a repository stands under several.
Made of its daily tables: tables of one row a repository and day.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from catalog.addresses import at_github
from catalog.importers.public.repositories import Figure, last_day, series
from catalog.importers.public.source import Edition, Partial, Shape, Source, brief, links, names, number
from catalog.importers.reading import Rejection
from catalog.models import LinkKind, ToolType
from catalog.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.importers.public.source import Row

_NAME: Final = "GitHub Ranking AI"
_FIGURES: Final = (Figure("stars", "github_stars", "stars"), Figure("forks", "github_forks", "forks"))


def _read(rows: Sequence[Row], edition: Edition) -> Iterator[Partial | Rejection]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        owners[name_key(row["repo_name"])].add(row["username"].casefold())
    for row in rows:
        path = f"{row['username']}/{row['repo_name']}"
        if at_github(path) is None:
            yield Rejection(str(row.line), f'"{path[:60]}" is no repository; it needs an owner and a name')
            continue
        # "claude-code" is what several have, and one of them is Anthropic's.
        is_sole = len(owners[name_key(row["repo_name"])]) == 1
        yield Partial(
            str(row.line),
            {
                "name": row["repo_name"] if is_sole else path,
                "type": ToolType.REPOSITORY,
                "vendor": row["username"],
                "summary": brief(row["description"]),
                "aliases": names(path),
                "links": links((LinkKind.REPOSITORY, row["repo_url"])),
                "signals": [
                    *edition.signal("github_stars", number(row["stars"]), "stars"),
                    *edition.signal("github_forks", number(row["forks"]), "forks"),
                    *edition.signal("days_since_commit", edition.days_since(row["last_commit"]), "days"),
                ],
            },
        )


def _read_series(rows: Sequence[Row], edition: Edition) -> Iterator[Partial | Rejection]:
    for found in series(rows, edition, key="repo", figures=_FIGURES):
        if isinstance(found, Partial):
            found.fields["type"] = ToolType.REPOSITORY
        yield found


SOURCES: Final = (
    Source(
        name=_NAME,
        licence="MIT",
        about="A day's most starred repositories, by topic.",
        shape=Shape.CSV,
        marks=("rank,item,repo_name,stars,forks,language,repo_url,username,issues,last_commit,description",),
        read=_read,
    ),
    Source(
        name=_NAME,
        licence="MIT",
        about="Stars and forks of such repositories over time.",
        shape=Shape.CSV,
        marks=("repo,date,stars,forks,open_issues",),
        read=_read_series,
        dated=last_day,
    ),
)
