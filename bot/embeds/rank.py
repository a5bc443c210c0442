"""A rank as a person reads it: the number, how far it could be off, and where each point comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.embeds.bars import bar
from bot.embeds.palette import of_type
from bot.embeds.panel import Panel
from bot.limits import EMBED_FIELD_VALUE, clip
from bot.markdown import code_block, escape
from catalog.rank import shown, shown_points
from catalog.standings import Medal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import discord

    from catalog.improvements import Improvement
    from catalog.models import ReportedScore, Tool
    from catalog.rank import Component, Rank, Shown, SignalUse
    from catalog.standings import Place

_LEGEND: Final = "█ sure  ▒ unknown, counted half  ░ not there"
_NAMED_MISSING: Final = 4
#: What would raise a rank is told in so many lines, of what is worth at least so many points.
_ADVISED: Final = 3
_WORTH: Final = 0.5
#: Characters that the line for what doesn't fit needs.
_REST_ROOM: Final = 40
#: Share of a figure that has gone stale from which it is said.
_STALE: Final = 0.05
_MEDALS: Final = {Medal.GOLD: "🥇 ", Medal.SILVER: "🥈 ", Medal.BRONZE: "🥉 "}


class Judged(NamedTuple):
    """A tool with its rank, its place among its own type, and what would raise it."""

    tool: Tool
    rank: Rank
    place: Place | None = None
    better: Sequence[Improvement] = ()


def breakdown(judged: Sequence[Judged], footer: str) -> discord.Embed:
    """Break down the ranks of one or several tools, component by component and signal by signal."""
    tools = [one.tool for one in judged]
    panel = Panel(
        "Rank of " + " and ".join(escape(tool.name) for tool in tools),
        of_type(*(tool.type for tool in tools)),
        footer=footer,
    )
    if len(judged) == 1:
        (one,) = judged
        panel.text(f"{headline(one.rank)}\n{_placed(one)}{_bars(one.rank)}\n{_LEGEND}")
        for component, points in zip(one.rank.components, shown(one.rank), strict=True):
            panel.field(_label(component), _signals(component, points))
        panel.field("What would raise it", _advice(one))
    else:
        panel.text(_LEGEND)
        for one in judged:
            panel.field(escape(one.tool.name), f"{headline(one.rank)}\n{_placed(one)}{_bars(one.rank)}")
            panel.field("Measured", _measured(one.rank))
    for one in judged:
        for score in one.rank.reported:
            panel.field(f"Reported for {escape(clip(one.tool.name, 60))}", reported(score))
    return panel.embed()


def _placed(one: Judged) -> str:
    """Say a place: "🥇 1st of 17 repositories"; nothing where a tool isn't placed."""
    if one.place is None:
        return ""
    medal = _MEDALS[one.place.medal] if one.place.medal else ""
    kinds = one.tool.type.label_for(one.place.of)
    return f"{medal}Place {one.place.place} of the {one.place.of} {kinds} of which enough is known\n"


def _advice(one: Judged) -> str:
    lines = [
        f"- {escape(better.text)} {_gain(better)}"
        for better in sorted(one.better, key=lambda one: (not one.certain, -one.gain))
        if better.gain >= _WORTH
    ]
    more = f"\n- and {len(lines) - _ADVISED} lesser ones" if len(lines) > _ADVISED else ""
    return "\n".join(lines[:_ADVISED]) + more


def _gain(better: Improvement) -> str:
    return f"**{better.gain:+.1f}**" if better.certain else f"**up to {better.gain:.1f}** more or less"


def headline(rank: Rank) -> str:
    """Say a rank in one line: ``"**62** of 100 (48 to 81) · 5 of 9 signals"``."""
    if rank.rank is None:
        return f"No rank yet: none of the {rank.expected} signals that would count is known."
    between = f"between {rank.low:.0f} and {rank.high:.0f}"
    if rank.known * 2 < rank.expected:
        said = f"**B{between[1:]}** of 100 (the middle is {rank.rank:.1f})"
    else:
        said = f"**{rank.rank:.1f}** of 100, {between}"
    return f"{said} · from {rank.known} of {rank.expected} signals{halved(rank)}"


def halved(rank: Rank) -> str:
    """Say what the tool's status does to its points; nothing while it is active."""
    return f" · all points count x{rank.factor:g} because of its status" if rank.factor < 1 else ""


def reported(score: ReportedScore) -> str:
    """Say somebody else's score as they print it, with its source."""
    parts = [f"**{score.rank:g}/100**"] if score.rank is not None else []
    parts += [f"{name.replace('_', ' ')} {value:g}" for name, value in score.components.items()]
    if score.times_matched is not None:
        parts.append(f"times matched {score.times_matched}")
    when = f", {score.observed_on}" if score.observed_on else ""
    rounded = " Components are rounded to whole numbers there." if score.rounded else ""
    return f"{' · '.join(parts)}\n{escape(score.source)}{when}.{rounded}"


def _bars(rank: Rank) -> str:
    lines = [
        f"{_label(part):<12}{bar(part.low * 100, part.high * 100)} {points:>4.1f}/{part.weight * rank.factor * 100:g}"
        for part, points in zip(rank.components, shown_points(rank), strict=True)
    ]
    return code_block("\n".join(lines)) if rank.rank is not None else ""


def _label(component: Component) -> str:
    return component.name.replace("_", " ").capitalize()


def _signals(component: Component, points: Shown) -> str:
    lines: list[str] = []
    missing = [signal.label for signal in component.missing]
    if missing:
        named = ", ".join(missing[:_NAMED_MISSING])
        more = f" and {len(missing) - _NAMED_MISSING} more" if len(missing) > _NAMED_MISSING else ""
        lines.append(f"Not measured: {named}{more} · counted half, {sum(points.missing):.1f} points")
    lines += _fitting(list(zip(component.signals, points.signals, strict=True)), sum(map(len, lines)))
    return "\n".join(lines) or "Nothing to measure here for this kind of tool."


def _fitting(uses: Sequence[tuple[SignalUse, float]], taken: int) -> Iterator[str]:
    """Give a line for each figure for which a field has room, and what the others come to together."""
    room = EMBED_FIELD_VALUE - taken - _REST_ROOM
    for place, (use, points) in enumerate(uses):
        line = _line(use, points)
        room -= len(line) + 1
        if room < 0:
            yield f"and {len(uses) - place} more: {sum(share for _, share in uses[place:]):.1f} points"
            return
        yield line


def _measured(rank: Rank) -> str:
    uses = [
        pair
        for component, parts in zip(rank.components, shown(rank), strict=True)
        for pair in zip(component.signals, parts.signals, strict=True)
    ]
    return "\n".join(_fitting(uses, 0)) or "Nothing yet."


def _line(use: SignalUse, points: float) -> str:
    # As far as it counts: where several results stand for one, the newest says how old all of them are.
    old = f" · old: {use.high - use.low:.0%} of it unknown" if use.high - use.low >= _STALE else ""
    unit = "" if use.unit in use.label.casefold() else f" {use.unit}"
    return (
        f"{escape(use.label[0].upper() + use.label[1:])} **{figure(use.value)}{escape(unit)}** → {points:.1f} points"
        f" · {escape(use.source)}, {use.observed_on}{old}"
    )


def figure(value: float) -> str:
    """Write a figure as people do: thousands parted, no needless decimals.

    >>> figure(65432.0), figure(41.8)
    ('65,432', '41.8')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"
