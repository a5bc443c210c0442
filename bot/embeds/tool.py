"""One tool on a card: what it is, what it costs, what it can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.embeds.palette import of_type
from bot.embeds.panel import Panel
from bot.embeds.rank import headline
from bot.markdown import escape, link
from catalog.claims import heading
from catalog.credits import credits_of
from catalog.models import Status
from catalog.pricing import price_in_words
from catalog.sheet import capabilities_cell
from catalog.tasks import in_words, tasks_of

if TYPE_CHECKING:
    import discord

    from catalog.models import Pricing, Tool
    from catalog.rank import Rank

_MOST_CAPABILITIES: Final = 8


def card(tool: Tool, rank: Rank, successor: Tool | None, footer: str) -> discord.Embed:
    """Show a tool; that it is deprecated or gone is said before anything else."""
    kind = f"{tool.type.label} by {escape(tool.vendor)}" if tool.vendor else tool.type.label
    lines = [_status(tool, successor), f"**{kind}**", escape(tool.summary or ""), "", headline(rank)]
    scores = [f"{score.rank:g}/100" for score in tool.reported if score.rank is not None]
    if scores:
        lines.append(f"Reported elsewhere: {', '.join(scores)}")
    panel = Panel(escape(tool.name), of_type(tool.type), footer=footer).text(
        "\n".join(line for line in lines if line is not None).strip()
    )
    panel.field("Used for", escape(in_words(tasks_of(tool))), inline=True)
    panel.field("Licence", escape(tool.licence or "Not known"), inline=True)
    panel.field("Pricing", pricing(tool.pricing))
    panel.field(f"Can do: {capabilities_cell(tool).text}", _capabilities(tool))
    panel.field("Also called", escape(", ".join(tool.aliases)))
    panel.field("Links", " · ".join(link(place.kind.replace("-", " "), place.url) for place in tool.links))
    panel.field("Data from", escape(" · ".join(credit.text for credit in credits_of(tool))))
    return panel.embed()


def pricing(price: Pricing | None) -> str:
    """Say how one pays, and from how much on."""
    if price is None:
        return "Not known"
    said = price.kind.label
    if price.starting:
        said += f", from {price_in_words(price.starting)}"
        said += f" ({escape(price.starting.source)}, {price.starting.observed_on})"
    return f"{said}. {escape(price.note)}" if price.note else said


def _status(tool: Tool, successor: Tool | None) -> str | None:
    if tool.status is Status.ACTIVE:
        return None
    instead = f" Use {escape(successor.name)} instead." if successor else ""
    return f"⚠️ **{tool.status.value.upper()}.**{instead}\n"


def _capabilities(tool: Tool) -> str:
    lines = [f"- {escape(heading(capability))}" for capability in tool.capabilities[:_MOST_CAPABILITIES]]
    more = len(tool.capabilities) - _MOST_CAPABILITIES
    return "\n".join([*lines, *([f"- and {more} more"] if more > 0 else [])])
