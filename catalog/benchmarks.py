"""Benchmarks: what a result is worth beside the results that others published of the same benchmark.

70 percent are little in one benchmark and a record in another. The share of published results that a result
beats says the same in both, so that is its score.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from catalog.curves import Curve, linear_curve, through
from catalog.models import Document
from catalog.text import Line, When

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Made by `make benchmarks`; all figures in it come from sources that let themselves be passed on.
FILE: Final = Path(__file__).with_suffix(".json")
#: With fewer published results than this a decile would be the luck of one or two of them.
FEWEST: Final = 20

_FULL_MARKS: Final = 100.0
#: What a result counts that nobody else's can be held against: its percentage.
_ALONE: Final = linear_curve(0, 100)


class Reference(Document):
    """Published results of one benchmark, as the percentages at or below which 10, 20 .. 90 percent of them lie."""

    deciles: Annotated[tuple[float, ...], Field(min_length=9, max_length=9)]
    results: Annotated[int, Field(ge=FEWEST)]
    """How many models had a result."""
    source: Line
    licence: Line
    published_on: When

    @property
    def curve(self) -> Curve:
        """The share of results that a percentage beats; straight lines through the deciles, 0 and 100 percent."""
        inner = [(percentage, place / 10) for place, percentage in enumerate(self.deciles, 1)]
        return through([(0.0, 0.0), *inner, (_FULL_MARKS, 1.0)], "share of published results that it beats")


@cache
def references() -> Mapping[str, Reference]:
    """Read the published results of each benchmark, by the name that its signals carry after ``benchmark:``."""
    return {name: Reference(**fields) for name, fields in json.loads(FILE.read_text("utf-8")).items()}


@cache
def _curves() -> Mapping[str, Curve]:
    return {name: reference.curve for name, reference in references().items()}


def curve_of(benchmark: str) -> Curve:
    """Give a benchmark's curve; without published results to hold a result against, its percentage counts."""
    return _curves().get(benchmark, _ALONE)
