"""docs/rank.md and the formula say the same.

`UPDATE_DOCS=1 pytest tests/catalog/test_rank_docs.py` renews the tables.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.benchmarks import FEWEST, references
from catalog.metrics import METRICS
from catalog.models import Status, ToolType
from catalog.rank import MIDDLE, STATUS_FACTOR, TOO_CLOSE
from catalog.standings import FIELD, WIDEST
from catalog.weights import COMPONENTS, PRESETS, REASONS, of_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DOCS = Path(__file__).parents[2] / "docs" / "rank.md"
_TABLE = re.compile(r"<!-- (?!end)(\w+) -->\n.*?<!-- end -->", re.DOTALL)


def _table(*headings: str, rows: Iterable[Iterable[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _named(component: str) -> str:
    return component.replace("_", " ")


def _signals() -> Iterator[list[str]]:
    for component in COMPONENTS:
        for metric in METRICS.values():
            if metric.component == component:
                curve = (
                    metric.curve.text if metric.name != "benchmark" else "percentile in its benchmark (below)"
                )
                stale = metric.stale.text if metric.stale else "never"
                weight = f"{metric.weight:g}"
                yield [
                    _named(component), metric.label, weight, curve, metric.expected_of, metric.found, stale
                ]  # fmt: skip


def _tables() -> dict[str, str]:
    components = [_named(name) for name in COMPONENTS]
    return {
        "weights": _table(
            "type", *components, "why",
            rows=[
                [kind.label, *map(str, of_type(kind).percent()), REASONS[kind]] for kind in ToolType
            ],
        ),
        "presets": _table(
            "preset", *components,
            rows=[[name, *map(str, weights.percent())] for name, weights in PRESETS.items()],
        ),
        "signals": _table(
            "component", "signal", "weight", "curve", "expected of", "found in", "goes stale", rows=_signals()
        ),
        "benchmarks": _table(
            "benchmark", "10% to 90% of results lie at or below", "results", "source",
            rows=[
                [
                    f"`{name}`",
                    " ".join(f"{cut:g}" for cut in one.deciles),
                    str(one.results),
                    f"{one.source}, {one.published_on}, {one.licence}",
                ]
                for name, one in references().items()
            ],
        ),
        "statuses": _table(
            "status", "all points times", "at most",
            rows=[
                [status, f"{STATUS_FACTOR[status]:g}", f"{STATUS_FACTOR[status] * 100:g}"] for status in Status
            ],
        ),
    }  # fmt: skip


def test_tables_are_those_of_the_code() -> None:
    """Every table of the page is made from what the formula uses."""
    tables = _tables()
    text = DOCS.read_text()
    real = _TABLE.sub(lambda found: f"<!-- {found[1]} -->\n\n{tables.pop(found[1])}\n<!-- end -->", text)
    if os.environ.get("UPDATE_DOCS"):
        DOCS.write_text(real)
    assert not tables
    assert real == DOCS.read_text()


def test_numbers_in_the_text_are_those_of_the_code() -> None:
    """What the sentences say in words holds."""
    text = DOCS.read_text()
    assert (MIDDLE, TOO_CLOSE) == (0.5, 0.5)
    assert f"at least {FEWEST} published results" in text
    assert FIELD == 5
    assert "field of at least five" in text
    assert f"interval is at most {WIDEST} points wide" in text.replace("\n", " ")
