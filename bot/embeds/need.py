"""What was found for a need said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds.palette import NEUTRAL
from bot.embeds.panel import Panel
from bot.markdown import escape, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.matching import Match


def card(need: str, matches: Sequence[Match]) -> discord.Embed:
    """List the tools that fit a need, best first, each with the capability that does it."""
    panel = Panel(f"For {quoted(need)}", NEUTRAL)
    if not matches:
        return panel.text(
            "Nothing in the catalog mentions that. Try other words for the job, such as “speech to text” or"
            " “run models locally”."
        ).embed()
    return panel.text(
        "\n".join(f"**{escape(match.name)}**: {escape(_does(match))}" for match in matches)
    ).embed()


def _does(match: Match) -> str:
    return f"{match.capability} ({match.why})" if match.capability else match.why
