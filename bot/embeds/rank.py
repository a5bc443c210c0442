"""A rank as a person reads it: the number, how far it could be off, and where each point comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.embeds.bars import bar
from bot.embeds.palette import of_type
from bot.embeds.panel import Panel
from bot.limits import clip
from bot.markdown import code_block, escape
from catalog.rank import shown_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.models import ReportedScore, Tool
    from catalog.rank import Component, Rank, SignalUse

_LEGEND: Final = "█ sure  ▒ unknown, counted half  ░ not there"
_NAMED_MISSING: Final = 4


def breakdown(judged: Sequence[tuple[Tool, Rank]], footer: str) -> discord.Embed:
    """Break down the ranks of one or several tools, component by component and signal by signal."""
    tools = [tool for tool, _ in judged]
    panel = Panel(
        "Rank of " + " and ".join(escape(tool.name) for tool in tools),
        of_type(*(tool.type for tool in tools)),
        footer=footer,
    )
    if len(judged) == 1:
        panel.text(f"{headline(judged[0][1])}\n{_bars(judged[0][1])}\n{_LEGEND}")
        for component in judged[0][1].components:
            panel.field(_label(component), _signals(component))
    else:
        panel.text(_LEGEND)
        for tool, rank in judged:
            panel.field(escape(tool.name), f"{headline(rank)}\n{_bars(rank)}")
            panel.field("Measured", _measured(rank))
    for tool, rank in judged:
        for score in rank.reported:
            panel.field(f"Reported for {escape(clip(tool.name, 60))}", reported(score))
    return panel.embed()


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


def _signals(component: Component) -> str:
    lines = [_line(use) for use in component.signals]
    missing = [signal.label for signal in component.missing]
    if missing:
        named = ", ".join(missing[:_NAMED_MISSING])
        more = f" and {len(missing) - _NAMED_MISSING} more" if len(missing) > _NAMED_MISSING else ""
        lines.append(f"Not measured: {named}{more}.")
    return "\n".join(lines) or "Nothing to measure here for this kind of tool."


def _measured(rank: Rank) -> str:
    uses = [use for component in rank.components for use in component.signals]
    return "\n".join(_line(use) for use in uses) or "Nothing yet."


def _line(use: SignalUse) -> str:
    unit = "" if use.unit in use.label.casefold() else f" {use.unit}"
    return (
        f"{escape(use.label[0].upper() + use.label[1:])} **{figure(use.value)}{escape(unit)}** → {use.score:.2f}"
        f" · {escape(use.source)}, {use.observed_on}"
    )


def figure(value: float) -> str:
    """Write a figure as people do: thousands parted, no needless decimals.

    >>> figure(65432.0), figure(41.8)
    ('65,432', '41.8')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"
