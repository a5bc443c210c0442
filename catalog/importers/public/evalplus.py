"""EvalPlus: how models write Python, by tests that are many times as many as those of HumanEval and MBPP.

https://github.com/evalplus/evalplus.github.io: one entry a model and snapshot, all in percent of tasks solved at the
first try. Of several snapshots of a model the latest counts, benchmark by benchmark; a month in brackets tells which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import Field

from catalog.addresses import hub
from catalog.importers.public import display_names
from catalog.importers.public.model_ids import read_id
from catalog.importers.public.model_makers import maker_of
from catalog.importers.public.records import Record, check, mapping
from catalog.importers.public.source import (
    Edition,
    Partial,
    Shape,
    Source,
    benchmark,
    links,
    model_links,
    names,
)
from catalog.importers.reading import Rejection
from catalog.models import ToolType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.importers.public.display_names import Displayed

_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
#: "Gemini Pro 1.5" is what everybody else calls Gemini 1.5 Pro.
_VERSION_LAST: Final = re.compile(r"^(Gemini) (\w+) (\d[\d.]*)$")


class _Result(Record):
    link: str
    percent: dict[str, float | None] = Field(alias="pass@1")


class _Entry(NamedTuple):
    place: str
    displayed: Displayed
    result: _Result


def _read(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    results, rejected = check(_Result, mapping(data, edition.where, "results by model").items())
    yield from rejected
    models: defaultdict[str, list[_Entry]] = defaultdict(list)
    for name, result in results.items():
        displayed = display_names.read(name.rpartition("/")[2])
        models[displayed.key].append(_Entry(name, displayed, result))
    for entries in models.values():
        # Equals stay in the order of the file.
        entries.sort(key=lambda entry: _month(entry.displayed.snapshot), reverse=True)
        yield _partial(entries, edition)


def _partial(entries: list[_Entry], edition: Edition) -> Partial | Rejection:
    percent: dict[str, float] = {}
    for entry in entries:
        for test, passed in entry.result.percent.items():
            if passed is not None:
                percent.setdefault(test, passed)
    latest = entries[0]
    if not percent:
        return Rejection(latest.place, "no result in any of the benchmarks")
    links_ = list(model_links(latest.result.link))
    page = hub(latest.result.link) if links_ else None
    return Partial(
        latest.place,
        {
            "name": latest.displayed.model,
            "type": ToolType.MODEL,
            "vendor": maker_of(page.owner) if page else None,
            "aliases": names(
                *(entry.displayed.model for entry in entries[1:]),
                _VERSION_LAST.sub(r"\1 \3 \2", latest.displayed.model),
                page and read_id(page.id).plain,
                page and page.id,
            ),
            "links": links(*links_),
            "signals": [
                signal
                for test, passed in percent.items()
                for signal in edition.signal(benchmark(test), passed, "percent")
            ],
        },
    )


def _month(snapshot: str) -> tuple[str, int]:
    """Give the year and the month of "Aug 2024"; of anything else what counts as the oldest."""
    name, _, year = snapshot.partition(" ")
    return (year, _MONTHS.index(name[:3])) if name[:3] in _MONTHS else ("", 0)


SOURCES: Final = (
    Source(
        name="EvalPlus",
        licence="Apache-2.0",
        about="How models write Python, by tests that are many times as many as those of HumanEval and MBPP.",
        shape=Shape.JSON,
        marks=('"open-data"', '"pass@1"', '"humaneval+"', '"prompted"'),
        read=_read,
    ),
)
