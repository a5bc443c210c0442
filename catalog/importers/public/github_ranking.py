"""GitHub Ranking AI: daily tables of the most starred repositories, by topic.

https://github.com/yuxiaopeng/Github-Ranking-AI: one row a repository and topic; a repository stands under several.
Made of its daily tables: tables of one row a repository and day.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from catalog.importers.public.repositories import Figure, last_day, series
from catalog.importers.public.source import Edition, Partial, Shape, Source, brief, links, names, number
from catalog.models import LinkKind, ToolType
from catalog.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.importers.reading import Rejection

_NAME: Final = "GitHub Ranking AI"
_FIGURES: Final = (Figure("stars", "github_stars", "stars"), Figure("forks", "github_forks", "forks"))


def _read(rows: Sequence[dict[str, str]], edition: Edition) -> Iterator[Partial]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        owners[name_key(row["repo_name"])].add(row["username"].casefold())
    for line, row in enumerate(rows, 2):
        path = f"{row['username']}/{row['repo_name']}"
        # "claude-code" is what several have, and one of them is Anthropic's.
        is_sole = len(owners[name_key(row["repo_name"])]) == 1
        yield Partial(
            str(line),
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
                    *edition.signal(
                        "days_since_commit", _age(row["last_commit"], edition.observed_on), "days"
                    ),
                ],
            },
        )


def _read_series(rows: Sequence[dict[str, str]], edition: Edition) -> Iterator[Partial | Rejection]:
    for found in series(rows, edition, key="repo", figures=_FIGURES):
        if isinstance(found, Partial):
            found.fields["type"] = ToolType.REPOSITORY
        yield found


def _age(committed_at: str, observed_on: str) -> float | None:
    """Count the days from a commit to the day of the table."""
    try:
        return max((date.fromisoformat(observed_on) - date.fromisoformat(committed_at[:10])).days, 0)
    except ValueError:
        return None


SOURCES: Final = (
    Source(
        name=_NAME,
        licence="MIT",
        shape=Shape.CSV,
        marks=("rank,item,repo_name,stars,forks,language,repo_url,username,issues,last_commit,description",),
        read=_read,
    ),
    Source(
        name=_NAME,
        licence="MIT",
        shape=Shape.CSV,
        marks=("repo,date,stars,forks,open_issues",),
        read=_read_series,
        dated=last_day,
    ),
)
