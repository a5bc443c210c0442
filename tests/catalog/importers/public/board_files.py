"""Files of leaderboards and lists of models: read as an import does, and taken in twice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catalog.filing import Register, plan
from catalog.importers.public import read, source_of
from tests import starters

if TYPE_CHECKING:
    from catalog.filing import ImportReport
    from catalog.importers.reading import Reading
    from catalog.models import Tool

DATA = Path(__file__).parents[5] / "shared" / "data"
SAVED_ON = "2026-11-21"


def real(path: str) -> Reading:
    """Read a file of the data beside the project; skips where there is none."""
    file = DATA / path
    if not file.exists():
        pytest.skip("the public data isn't beside the project")
    return reading(file.read_text("utf-8"), file.name)


def reading(text: str, where: str = "file") -> Reading:
    """Read a text by the source that claims it."""
    source = source_of(text)
    assert source, "no source claims it"
    return read(source, text, where, saved_on=SAVED_ON)


def by_name(one: Reading) -> dict[str, Tool]:
    """Give what was read, by name."""
    return {incoming.tool.name: incoming.tool for incoming in one.tools}


def reasons(one: Reading) -> dict[str, str]:
    """Give what was refused, by place within the file."""
    return {rejection.where.partition(":")[2]: rejection.reason for rejection in one.rejected}


def figures(tool: Tool) -> dict[str, tuple[float, str]]:
    """Give the newest figure and its day, by metric."""
    newest = sorted(tool.signals, key=lambda signal: signal.observed_on)
    return {signal.metric: (signal.value, signal.observed_on) for signal in newest}


def taken_in_twice(one: Reading) -> tuple[ImportReport, ImportReport]:
    """Take a reading into the starter catalog, and then again."""

    async def taken(tools: dict[str, Tool]) -> tuple[ImportReport, dict[str, Tool]]:
        register = await Register.of(tools.values())
        planned = await plan(await register.file(one.tools), tools)
        return planned.report(), {**tools, **planned.after}

    async def twice() -> tuple[ImportReport, ImportReport]:
        first, tools = await taken({tool.slug: tool for tool in starters.all_tools()})
        second, _ = await taken(tools)
        return first, second

    return asyncio.run(twice())
