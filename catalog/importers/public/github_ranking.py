"""GitHub Ranking AI: daily tables of the most starred repositories, by topic.

https://github.com/yuxiaopeng/Github-Ranking-AI: one row a repository and topic; a repository stands under several.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from catalog.importers.public.source import Edition, Partial, Shape, Source, brief, links, names, number
from catalog.models import LinkKind, ToolType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAME: Final = "GitHub Ranking AI"


def _read(rows: Iterable[dict[str, str]], edition: Edition) -> Iterator[Partial]:
    for line, row in enumerate(rows, 2):
        path = f"{row['username']}/{row['repo_name']}"
        yield Partial(
            str(line),
            {
                "name": row["repo_name"],
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
)
