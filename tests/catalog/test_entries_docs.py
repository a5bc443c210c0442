"""docs/entries.md and the starter catalog say the same.

`UPDATE_DOCS=1 pytest tests/catalog/test_entries_docs.py` renews the tables.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catalog.importers import read_text
from catalog.models import LinkKind, Price, PriceUnit, PricingKind, Signal, Status, Task, ToolType
from catalog.quality import counts, review
from catalog.quality.finding import name_of, says
from catalog.quality.review import ALL_RULES
from catalog.quality.vocabulary import TAGS
from tests.starters import all_tools

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCS = Path(__file__).parents[2] / "docs" / "entries.md"


def table(*rows: Iterable[str]) -> str:
    """Write a Markdown table, its headings first."""
    headings, *body = (list(row) for row in rows)
    lines = [headings, ["---"] * len(headings), *body]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def rules() -> str:
    """What each rule asks for."""
    return table(("rule", "what to do"), *((name_of(rule), says(rule)) for rule in ALL_RULES))


def vocabulary() -> str:
    """All words that a field of few words may have."""
    choices = (ToolType, Task, LinkKind, PricingKind, PriceUnit, Status)
    names = ("type", "tasks", "links: kind", "pricing: kind", "pricing: unit", "status")
    rows = [(f"`{name}`", ", ".join(choice)) for name, choice in zip(names, choices, strict=True)]
    return table(("field", "words"), *rows, ("`tags`", ", ".join(sorted(TAGS))))


def counted() -> str:
    """How many entries, capabilities and figures there are."""
    rows = (
        (one.type or "**all**", f"{one.tools:,}", f"{one.capabilities:,}", f"{one.signals:,}")
        for one in counts(all_tools())
    )
    return table(("type", "tools", "capabilities", "signals"), *rows)


def sources() -> str:
    """Who publishes the figures and prices, under which licence, how many they are and of which days."""
    found: dict[tuple[str, str], list[str]] = {}
    prices = (tool.pricing.starting for tool in all_tools() if tool.pricing)
    figures = (signal for tool in all_tools() for signal in tool.signals)
    seen: list[Signal | Price] = [*figures, *filter(None, prices)]
    for one in seen:
        found.setdefault((one.source, one.licence or "not stated"), []).append(one.observed_on)
    rows = (
        (*key, f"{len(days):,}", min(days) if min(days) == max(days) else f"{min(days)} to {max(days)}")
        for key, days in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    return table(("source", "licence", "figures and prices", "seen"), *rows)


PARTS = {"rules": rules, "vocabulary": vocabulary, "counts": counted, "sources": sources}


@pytest.mark.parametrize("part", PARTS)
def test_the_tables_are_true(part: str) -> None:
    """Each is made from what it tells of."""
    text = DOCS.read_text("utf-8")
    made = f"<!-- {part} -->\n\n{PARTS[part]()}\n<!-- end -->"
    real = re.sub(rf"<!-- {part} -->\n.*?<!-- end -->", lambda _: made, text, flags=re.DOTALL)
    if os.environ.get("UPDATE_DOCS"):
        DOCS.write_text(real, "utf-8")
    assert f"<!-- {part} -->" in text
    assert real == DOCS.read_text("utf-8")


def test_the_example_is_an_entry() -> None:
    """It is read without complaint, and breaks no rule but that it is short."""
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCS.read_text("utf-8"), flags=re.DOTALL)
    reading = read_text(example, where="leafcutter.yaml")
    assert not reading.rejected
    assert [one.rule for one in review(reading.tools)] == ["few capabilities"]
    (incoming,) = reading.tools
    assert incoming.tool.slug == "leafcutter"
