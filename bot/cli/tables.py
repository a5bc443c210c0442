"""Answers as a terminal shows them: one noun a function. The catalog's text is never read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from bot.cli.voice import quoted
from bot.embeds.bars import bar
from catalog.ledger import Cause
from catalog.licences import is_share_alike
from catalog.rank import shown
from catalog.rows import Feature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from bot.cli.gathered import Tally
    from catalog.alternatives import Alternative
    from catalog.attribution import Explanation
    from catalog.comparison import Comparison, ComparisonWarning
    from catalog.explaining import Explanation as Explained
    from catalog.improvements import Improvement
    from catalog.ledger import History
    from catalog.models import ReportedScore, Tool
    from catalog.rank import Component, Rank, Shown, SignalUse
    from catalog.resolver import Completion, Resolution
    from catalog.rows import Row
    from catalog.standings import Place

#: Marks the value that is ahead; a character of its own, so that it shows without colour.
AHEAD: Final = "✓"
_NO_BAR: Final = "no rank"
#: Longest cell of a field's value, in characters.
_CELL: Final = 120
_PERCENT: Final = 0.01
_CAUSES: Final = {Cause.EDIT: "an edit", Cause.DAY: "time going by", Cause.FORMULA: "another formula"}


def show(drawn: RenderableType) -> None:
    """Print to stdout, as wide as the terminal; plain text where there is none."""
    Console(highlight=False, emoji=False, markup=False).print(drawn)


def imported(tallies: Iterable[Tally]) -> RenderableType:
    """Draw what became of each file's tools, and under which licence the file is."""
    table = _table("File", "Added", "Changed", "Same", "Rejected", "Licence")
    for one in tallies:
        licence = one.source.licence or ""
        _row(
            table,
            one.name,
            *(f"{count:,}" for count in (one.added, one.changed, one.unchanged, one.source.rejected)),
            f"{licence} (share-alike)" if is_share_alike(licence) else licence,
        )
    return table


def explanation(slug: str, explained: Explained) -> RenderableType:
    """Draw what an import changes of a tool, field by field, and by what it found the tool."""
    table = _table(slug, "Before", "After")
    for one in explained.differences:
        _row(table, one.label, _clipped(one.before), _clipped(one.after))
    return Group(table, Text(f"{slug}: {explained.why}", style="dim"))


def _clipped(text: str | None) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= _CELL else f"{line[: _CELL - 1]}…"


def resolutions(found: Iterable[Resolution]) -> RenderableType:
    """Draw what each name came to, and why."""
    table = _table("Name", "Tool", "Sure", "Why")
    for one in found:
        if one.tool:
            why = one.note or str(one.reason or "")
            _row(table, quoted(one.query), one.tool.name, f"{one.confidence:.0%}", why)
        else:
            names = ", ".join(candidate.name for candidate in one.candidates)
            # A note about a version lists what there is already.
            nearest = f"nearest: {names}" if names and one.reason != "version" else ""
            why = "; ".join(filter(None, [one.note, nearest]))
            _row(table, quoted(one.query), one.outcome.replace("_", " "), "", why)
    return table


def completions(offers: Sequence[Completion]) -> RenderableType:
    """Draw what autocomplete offers."""
    if not offers:
        return Text("Nothing in the catalog begins so.")
    table = _table("Tool", "Slug", "Also called")
    for offer in offers:
        _row(table, offer.name, offer.slug, offer.alias or "")
    return table


def comparison(held: Comparison) -> RenderableType:
    """Draw tools side by side: what to know first, the rows, the weights asked for, the verdict, whom to credit."""
    slugs = [tool.slug for tool in held.tools]
    table = _table("", *(tool.name for tool in held.tools))
    for row in held.rows:
        table.add_row(Text(row.feature), *_values(row, slugs))
        if row.feature is Feature.RANK and any(cell.ours for cell in row.cells):
            _row(table, "", *_rank_bars(row))
    sources = dict.fromkeys(source for row in held.rows for cell in row.cells for source in cell.sources)
    return Group(
        *_listed("!", [_advice(warning) for warning in held.warnings]),
        table,
        Text(),
        *([Text(f"Weights: {held.weights.text}"), Text()] if held.weights else []),
        *_listed("-", [sentence.text for sentence in held.verdict]),
        Text(f"{AHEAD} ahead. Sources: {'; '.join(sources) or 'the catalog'}."),
    )


def _advice(warning: ComparisonWarning) -> str:
    fairer = ", ".join(dict.fromkeys(pick.name for pick in warning.picks))
    return f"{warning.text} Fairer matches: {fairer}." if fairer else warning.text


def rank(
    tool: Tool, judged: Rank, place: Place | None = None, better: Sequence[Improvement] = ()
) -> RenderableType:
    """Draw a rank, where each point comes from, where it stands, what would raise it, and what others report."""
    table = _table("Component", "Points", "Could be", "From")
    for part, points in zip(judged.components, shown(judged), strict=True):
        _row(
            table,
            part.name.replace("_", " ").capitalize(),
            f"{points.points:.1f} of {_full(part, judged)}" if judged.rank is not None else "unknown",
            bar(part.low * 100, part.high * 100),
            _signals(part, points, ranked=judged.rank is not None),
        )
    reported = [_reported(score) for score in judged.reported]
    # An unknown part has points all the same, so that what is shown sums to the rank: say where they come from.
    halves = judged.rank is not None and not all(part.known for part in judged.components)
    legend = "█ sure  ▒ unknown, counted half  ░ not there"
    return Group(
        Text(f"{tool.name}: {_headline(judged)}"),
        *([Text(_place(tool, place))] if place else []),
        Text(),
        table,
        Text(),
        *([Text("What would raise it:")] if better else []),
        *_listed("-", [_improvement(one) for one in better]),
        *_listed("-", reported),
        Text(f"{legend}. Half the points where nothing is known." if halves else legend),
    )


def history(tool: Tool, told: History, explanation: Explanation, beside: Sequence[str]) -> RenderableType:
    """Draw what became of a rank, what the difference between two days came from, and what others report."""
    table = _table("Since", "Rank", "Could be", "Because of")
    for entry in told.entries:
        because = f"edit {entry.revision}" if entry.revision else _CAUSES[entry.cause]
        if entry.removed:
            _row(table, entry.day, "removed", "", because)
        else:
            value = "no rank" if entry.rank is None else f"{entry.rank:.1f}"
            _row(table, entry.day, value, f"{entry.low:.0f} to {entry.high:.0f}", because)
    return Group(
        Text(f"{tool.name}: {explanation.text}"),
        Text(),
        *_listed("-", [item.text for item in explanation.items if item.shown]),
        table if told.entries else Text("Nothing was ever measured of it."),
        Text(),
        *_listed("-", [f"Reported: {line}" for line in beside]),
    )


def alternatives(tool: Tool, near: Sequence[Alternative]) -> RenderableType:
    """Draw what could stand in for a tool, and why."""
    if not near:
        return Text(f"Nothing in the catalog comes near {tool.name}.")
    table = _table(f"Instead of {tool.name}", "Near", "Why")
    for one in near:
        _row(table, one.name, f"{one.score:.2f}", "; ".join(one.reasons))
    return table


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*map(Text, cells))


def _listed(mark: str, texts: Sequence[str]) -> Iterator[RenderableType]:
    """Draw a list whose lines hang behind their mark, with an empty line after it."""
    if texts:
        grid = Table.grid(padding=(0, 1, 0, 0))
        for text in texts:
            _row(grid, mark, text)
        yield grid
        yield Text()


def _values(row: Row, slugs: Sequence[str]) -> Iterator[Text]:
    for slug, value in zip(slugs, row.values, strict=True):
        yield Text(f"{value} {AHEAD}", style="bold") if slug == row.winner else Text(value)


def _rank_bars(row: Row) -> Iterator[str]:
    for cell in row.cells:
        yield bar(cell.low, cell.high) if cell.low is not None and cell.high is not None else _NO_BAR


def _headline(judged: Rank) -> str:
    if judged.rank is None:
        return f"no rank yet, as none of the {judged.expected} signals that would count is known"
    return (
        f"{judged.rank:.1f} of 100, between {judged.low:.0f} and {judged.high:.0f}, "
        f"from {judged.known} of {judged.expected} signals"
        + (f"; all points count x{judged.factor:g} because of its status" if judged.factor < 1 else "")
    )


def _full(part: Component, judged: Rank) -> str:
    return f"{part.weight * judged.factor * 100:.3g}"


def _place(tool: Tool, place: Place) -> str:
    medal = f", {place.medal}" if place.medal else ""
    return f"Place {place.place} of the {place.of} {tool.type.label_for(place.of)} of which enough is known{medal}."


def _signals(part: Component, points: Shown, *, ranked: bool) -> str:
    lines = [
        f"{use.label}: {use.value:,.10g} {use.unit}, {use.score:.2f} of 1{_stale(use)}{_adds(added, ranked=ranked)} "
        f"({use.source}, {use.observed_on})"
        for use, added in zip(part.signals, points.signals, strict=True)
    ]
    if part.missing:
        gaps = zip(part.missing, points.missing, strict=True)
        named = [f"{gap.label}{_adds(added, ranked=ranked)}" for gap, added in gaps]
        lines.append("not measured: " + ("; " if ranked else ", ").join(named))
    return "\n".join(lines) or "nothing to measure for this kind of tool"


def _stale(use: SignalUse) -> str:
    # Less than a percent would be shown as none.
    return f", {use.stale:.0%} stale" if use.stale >= _PERCENT else ""


def _adds(points: float, *, ranked: bool) -> str:
    return f", {points:.1f} points" if ranked else ""


def _improvement(one: Improvement) -> str:
    gain = f"+{one.gain:.1f}" if one.certain else f"up to {one.gain:.1f} more or less"
    return f"{one.text} {gain} ({one.found})"


def _reported(score: ReportedScore) -> str:
    parts = [f"{score.rank:g}/100"] if score.rank is not None else []
    parts += [f"{name.replace('_', ' ')} {value:g}" for name, value in score.components.items()]
    when = f", {score.observed_on}" if score.observed_on else ""
    rounded = "; components rounded there" if score.rounded else ""
    return f"Reported: {', '.join(parts)} ({score.source}{when}{rounded})"
