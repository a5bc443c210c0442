"""What several sources say of repositories: their figures over time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from catalog.addresses import at_github
from catalog.importers.public.source import Edition, Partial, day_in, links, names, number
from catalog.importers.reading import Rejection
from catalog.models import LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.importers.public.source import Row


class Figure(NamedTuple):
    """A column of figures: its header, and the metric and unit of what stands in it."""

    column: str
    metric: str
    unit: str


def series(
    rows: Sequence[Row], edition: Edition, *, key: str, figures: Sequence[Figure]
) -> Iterator[Partial | Rejection]:
    """Gather rows of one repository and one day each into a partial tool a repository, with figures over time.

    All that such rows know of a repository is its path. It is the tool's name, too: "chatgpt" alone is the name of
    three repositories and of a product.
    """
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        lines[row[key].casefold()].append(at)
    for found in lines.values():
        first, path = rows[found[0]].line, rows[found[-1]][key]
        repository = at_github(path)
        if repository is None:
            yield Rejection(str(first), f'"{path[:60]}" is no repository; write it owner/name')
            continue
        signals: dict[tuple[str, str], dict[str, Any]] = {}
        for at in found:
            row = rows[at]
            for figure in figures:
                for signal in edition.signal(
                    figure.metric, number(row[figure.column]), figure.unit, on=row["date"]
                ):
                    signals.setdefault((figure.metric, row["date"]), signal)
        yield Partial(
            str(first),
            {
                "name": path,
                "vendor": repository.owner,
                "aliases": names(path),
                "links": links((LinkKind.REPOSITORY, repository.url)),
                "signals": list(signals.values()),
            },
        )


def last_day(rows: Sequence[Row]) -> str | None:
    """Give the last day that stands in rows of dated figures."""
    return max(filter(None, (day_in(row["date"]) for row in rows)), default=None)
