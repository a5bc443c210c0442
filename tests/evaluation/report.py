"""What the runs came to, as tables for people and as JSON for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from catalog.resolver import Outcome
from tests.evaluation.measures import Tally, Verdict
from tests.evaluation.sets import Task, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from tests.evaluation.measures import Judged
    from tests.evaluation.runs import Run

OURS = "Matchbook"
_FAMILIES = (Wanted.FAMILY, Wanted.MEMBER)
_DECISIONS = {
    "right": (Verdict.RIGHT,),
    "offered": (Verdict.OFFERED,),
    "right or offered": (Verdict.RIGHT, Verdict.OFFERED),
    "wrong": (Verdict.WRONG,),
    "astray": (Verdict.ASTRAY,),
    "not found": (Verdict.MISSED,),
}


def tables(runs: Sequence[Run], *, by_kind: bool = False) -> Iterator[RenderableType]:
    """Draw everything: who finds how much, what was decided, and how half-typed names are completed."""
    asked = [one for one in runs if one.asked.task is not Task.COMPLETE]
    completed = [one for one in runs if one.asked.task is Task.COMPLETE]
    if asked:
        yield _accuracy(asked)
        yield _decisions(asked, by_kind=by_kind)
    if any(one.ours.of(Wanted.NOTHING) or one.ours.of(*_FAMILIES) for one in asked):
        yield _others(asked)
    if completed:
        yield _completions(completed)


def misses(run: Run, most: int) -> Table:
    """List answers that weren't right, the worst kind first: what was asked, wanted and found."""
    table = Table("Query", "kind", "wanted", "first", "came to", "sure", title=f"Misses of {run.asked.name}")
    for one in sorted(filter(_missed, run.ours.answers), key=_badness)[:most]:
        wanted = "nothing" if one.query.wanted is Wanted.NOTHING else ", ".join(sorted(one.query.answers))
        first = one.found.slugs[0] if one.found.slugs else "-"
        confidence = f"{one.found.confidence:.2f}"
        row = (one.query.text, one.query.kind, wanted, first, _came_to(one), confidence)
        table.add_row(*map(Text, row))  # brackets in names are no markup
    return table


def figures(runs: Iterable[Run]) -> dict[str, Any]:
    """Give all figures by set, for scripts."""
    return {
        one.asked.name: {
            "names": one.names,
            "build_seconds": one.built,
            "ours": _figures(one.ours, one.asked.task),
            "kinds": {kind: _figures(one.ours.kind(kind), one.asked.task) for kind in one.ours.kinds},
            "baselines": {label: _found(tally) for label, tally in one.baselines.items()},
        }
        for one in runs
    }


def _figures(tally: Tally, task: Task) -> dict[str, Any]:
    if task is Task.COMPLETE:
        return {**_found(tally), "within_10": tally.within(10)}
    figures: dict[str, Any] = {}
    tools, strangers, families = tally.of(Wanted.TOOL), tally.of(Wanted.NOTHING), tally.of(*_FAMILIES)
    if tools:
        figures |= _found(tools) | {
            label.replace(" ", "_"): tools.share(*verdicts) for label, verdicts in _DECISIONS.items()
        }
    if strangers:
        figures["strangers"] = {"asked": len(strangers), "answered": strangers.share(Verdict.WRONG)}
    if families:
        figures["families"] = {"asked": len(families), "recognised": families.share(Verdict.RIGHT)}
    return figures


def _found(tally: Tally) -> dict[str, float]:
    return {
        "asked": len(tally),
        "within_1": tally.within(1),
        "within_5": tally.within(5),
        "p50_ms": tally.milliseconds(50),
        "p99_ms": tally.milliseconds(99),
    }


def _accuracy(runs: Iterable[Run]) -> Table:
    table = _table(
        "Finding the right tool",
        ("Set", "by"),
        ("asked", "first", "in five", "p50 ms", "p99 ms", "times quicker"),
        caption="times quicker: our median beside theirs, in this run; they are asked fewer of many queries",
    )
    for one in runs:
        tools = one.ours.of(Wanted.TOOL)
        if not tools:
            continue
        for label, tally in {OURS: tools, **one.baselines}.items():
            ours = label == OURS
            quicker = tally.milliseconds(50) / tools.milliseconds(50)
            table.add_row(
                f"{one.asked.name} ({one.names:,} names)" if ours else "",
                label,
                f"{len(tally):,}",
                f"{tally.within(1):.3f}",
                f"{tally.within(5):.3f}",
                _milliseconds(tally.milliseconds(50)),
                _milliseconds(tally.milliseconds(99)),
                "" if ours else f"{quicker:,.1f}" if quicker < 100 else f"{quicker:,.0f}",
                style="bold" if ours else None,
                end_section=label == list({OURS: 0, **one.baselines})[-1],
            )
    return table


def _decisions(runs: Iterable[Run], *, by_kind: bool) -> Table:
    table = _table("Deciding", ("Set",), ("asked", "first", *_DECISIONS))
    for one in runs:
        tools = one.ours.of(Wanted.TOOL)
        if not tools:
            continue
        kinds = {f"  {kind}": tools.kind(kind) for kind in tools.kinds} if by_kind else {}
        for label, tally in {one.asked.name: tools, **kinds}.items():
            shares = (tally.share(*verdicts) for verdicts in _DECISIONS.values())
            table.add_row(
                label, str(len(tally)), f"{tally.within(1):.3f}", *(f"{share:.3f}" for share in shares)
            )
        if by_kind:
            table.add_section()
    return table


def _others(runs: Iterable[Run]) -> Table:
    """Draw what became of queries that want no tool, or a whole family."""
    headings = ("asked", "fine", "answered", "asked back", "not found")
    table = _table("What isn't one tool", ("Set", "kind"), headings)
    for one in runs:
        for label, tally in _sorts(one.ours).items():
            outcomes = [one.found.outcome for one in tally.answers]
            shares = (outcomes.count(outcome) / len(outcomes) for outcome in Outcome)
            table.add_row(
                one.asked.name,
                label,
                str(len(tally)),
                f"{tally.share(Verdict.RIGHT, Verdict.OFFERED):.3f}",
                *(f"{share:.3f}" for share in shares),
            )
    return table


def _sorts(tally: Tally) -> Mapping[str, Tally]:
    other = tally.of(Wanted.NOTHING, *_FAMILIES)
    return {kind: other.kind(kind) for kind in other.kinds}


def _completions(runs: Iterable[Run]) -> Table:
    table = _table("Completing", ("Set",), ("asked", "first", "in five", "in ten", "p50 ms", "p99 ms"))
    for one in runs:
        places = (f"{one.ours.within(count):.3f}" for count in (1, 5, 10))
        times = (_milliseconds(one.ours.milliseconds(percent)) for percent in (50, 99))
        table.add_row(f"{one.asked.name} ({one.names:,} names)", str(len(one.ours)), *places, *times)
    return table


def _table(title: str, texts: Iterable[str], numbers: Iterable[str], caption: str | None = None) -> Table:
    table = Table(*texts, title=title, title_justify="left", caption=caption, caption_justify="left")
    for heading in numbers:
        table.add_column(heading, justify="right")
    return table


def _milliseconds(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def _missed(one: Judged) -> bool:
    if one.found.outcome is None:
        return one.place != 0
    fine = one.verdict is Verdict.RIGHT or (one.verdict is Verdict.OFFERED and one.place in {0, None})
    return not fine


def _came_to(one: Judged) -> str:
    if one.found.outcome is None:
        return "-" if one.place is None else f"place {one.place + 1}"
    return f"{one.verdict}" if one.place is None else f"{one.verdict}, place {one.place + 1}"


def _badness(one: Judged) -> int:
    return list(Verdict)[::-1].index(one.verdict)
