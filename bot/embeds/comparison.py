"""Two to four tools side by side, in a table that reads on a phone, with the verdict under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.embeds.bars import bar
from bot.embeds.palette import of_type
from bot.embeds.panel import Panel
from bot.embeds.table import AHEAD, Line, table
from bot.limits import clip
from bot.markdown import code_block, escape
from catalog.models import publisher_of
from catalog.rows import NEVER_COUNTED, UNKNOWN, Feature, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import discord

    from catalog.comparison import Comparison
    from catalog.models import Tool
    from catalog.rank import Rank
from catalog.rows import Cell, Row

_NAME: Final = 60
_HEADING: Final = 30
_MOST_SOURCES: Final = 4
_PAIR: Final = 2
#: With three or four columns, rows of words move out of the table into the line that names the tool.
_WORDS: Final = (Feature.TYPE, Feature.PRICING, Feature.LICENCE, Feature.STATUS)
_LETTERS: Final = "ABCD"
_SHORT: Final = {UNKNOWN: "?", NEVER_COUNTED: "-"}
_IN_A_COLUMN: Final = {NEVER_COUNTED: "no data", "Proprietary": "Closed"}
#: How each sign looks in a table, and what it means.
_SIGNS: Final = (
    (AHEAD, f"{AHEAD} ahead"),
    (r"\dr", "r reported by others"),
    (r"\?", "? unknown"),
    (r"(?<=\s)-(?=\s)", "- no data yet"),
)
#: Rows whose names are too long for a phone.
_LABELS: Final = {
    Feature.MATCH_GRAPH: "Graph",
    Feature.CAPABILITIES: "Can do",
    Feature.TIMES_MATCHED: "Matched",
}


def card(comparison: Comparison, tools: Sequence[Tool], ranks: Sequence[Rank], footer: str) -> discord.Embed:
    """Draw a comparison: the first word of the verdict, what to beware of, the table, the rest of the verdict."""
    names = [escape(clip(tool.name, _NAME)) for tool in tools]
    body = _pair(comparison, ranks) if len(tools) == _PAIR else _several(comparison, names, ranks)
    first, *rest = (escape(sentence.text) for sentence in comparison.verdict)
    warnings = [f"⚠️ {escape(warning.text)}" for warning in comparison.warnings]
    return (
        Panel(" vs ".join(names), of_type(*(tool.type for tool in tools)), footer=_footer(comparison, footer))
        .text("\n".join([f"**{first}**", *warnings, body, *(f"- {sentence}" for sentence in rest)]))
        .embed()
    )


def _pair(comparison: Comparison, ranks: Sequence[Rank]) -> str:
    lines: list[Line] = []
    for row in comparison.rows:
        if row.feature is Feature.RANK:
            lines += _ranks(comparison, row, ranks)
        else:
            lines.append(Line(_label(row), _values(row), _ahead(comparison, row)))
    grid = table([clip(tool.name, _HEADING) for tool in comparison.tools], lines)
    return code_block(_keyed(grid))


def _ranks(comparison: Comparison, row: Row, ranks: Sequence[Rank]) -> Iterator[Line]:
    """Our rank with its range, and under it what others report: beside ours, never mixed in."""
    ours = any(cell.ours for cell in row.cells)
    ahead = _ahead(comparison, row)
    if ours:
        yield Line(row.feature, [_own(cell) for cell in row.cells], ahead)
        yield Line("Range", [_range(rank) for rank in ranks])
        yield Line("", [_bar(rank) for rank in ranks])
    if any(cell.reports for cell in row.cells):
        yield Line(
            "Reported" if ours else row.feature,
            [_reported(cell) if cell.reports else "-" for cell in row.cells],
            None if ours else ahead,
        )
    elif not ours:
        yield Line(row.feature, row.values)


def _several(comparison: Comparison, names: Sequence[str], ranks: Sequence[Rank]) -> str:
    said = [row for row in comparison.rows if row.feature in _WORDS]
    legend = [
        f"**{letter}** {name}: "
        + escape(", ".join(row.values[n] for row in said if row.values[n] != UNKNOWN))
        for n, (letter, name) in enumerate(zip(_LETTERS, names, strict=False))
    ]
    lines: list[Line] = []
    for row in comparison.rows:
        if row.feature not in _WORDS:
            lines.append(Line(_label(row), [_short(cell) for cell in row.cells], _ahead(comparison, row)))
        if row.feature is Feature.RANK and any(cell.ours and cell.reports for cell in row.cells):
            lines.append(Line("Reported", [_reported(cell) if cell.reports else "-" for cell in row.cells]))
    bars = [f"{letter} {_bar(rank)} {_range(rank)}" for letter, rank in zip(_LETTERS, ranks, strict=False)]
    grid = table(_LETTERS[: len(names)], lines)
    return "\n".join([*legend, code_block("\n".join([_keyed(grid), "", "Range of the rank", *bars]))])


def _keyed(grid: str) -> str:
    """Put the key to the signs that a table uses under it."""
    used = [meaning for sign, meaning in _SIGNS if re.search(sign, grid)]
    pairs = ["   ".join(used[n : n + 2]) for n in range(0, len(used), 2)]
    return "\n".join([grid, "", *pairs]) if pairs else grid


def _label(row: Row) -> str:
    return _LABELS.get(row.feature, row.feature)


def _own(cell: Cell) -> str:
    return f"{cell.value:.0f}" if cell.ours else UNKNOWN


def _values(row: Row) -> list[str]:
    if row.feature is Feature.CAPABILITIES:
        return [cell.text.replace(" known", "") for cell in row.cells]
    # Only whole texts are exchanged: a licence may hold any word.
    return [
        _reported(cell) if cell.reported else _IN_A_COLUMN.get(cell.text, cell.text) for cell in row.cells
    ]


def _reported(cell: Cell) -> str:
    return ", ".join(dict.fromkeys(number(report.value) for report in cell.reports)) + "r"


def _ahead(comparison: Comparison, row: Row) -> int | None:
    slugs = [tool.slug for tool in comparison.tools]
    return slugs.index(row.winner) if row.winner else None


def _short(cell: Cell) -> str:
    if cell.ours and cell.value is not None:
        return f"{cell.value:.2f}".lstrip("0") if cell.value < 1 else f"{cell.value:.0f}"
    if cell.reported:
        return ", ".join(f"{number(report.value)}r" for report in cell.reports)
    return _SHORT.get(cell.text, cell.text)


def _bar(rank: Rank) -> str:
    return bar(rank.low, rank.high) if rank.rank is not None else ""


def _range(rank: Rank) -> str:
    return f"{rank.low:.0f}-{rank.high:.0f}" if rank.rank is not None else UNKNOWN


def _footer(comparison: Comparison, footer: str) -> str:
    sources = dict.fromkeys(_publisher(source) for _, cell in _cells(comparison) for source in cell.sources)
    named = "; ".join(list(sources)[:_MOST_SOURCES])
    more = f" and {len(sources) - _MOST_SOURCES} more" if len(sources) > _MOST_SOURCES else ""
    return f"{footer} · Sources: {named}{more}" if sources else footer


def _publisher(source: str) -> str:
    """Shorten "publisher: page, date" to "publisher, date"; the ranks screen names the page."""
    publisher, date = publisher_of(source), source.rpartition(", ")[2]
    return f"{publisher}, {date}" if publisher != source and date[:4].isdigit() else source


def _cells(comparison: Comparison) -> Iterator[tuple[Row, Cell]]:
    return ((row, cell) for row in comparison.rows for cell in row.cells)
