"""What the bot says of itself: a card, and short help for a message it couldn't read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.embeds.palette import NEUTRAL
from bot.embeds.panel import Panel
from bot.markdown import escape
from catalog.models import publisher_of

if TYPE_CHECKING:
    import discord

    from catalog.view import View

_EXAMPLES: Final = """\
`/compare` puts two to four tools side by side
`/tool` shows one tool, `/rank` the score behind it
`/alternatives` shows what could stand in for it

In a message that mentions me, or in a DM:
> mistral small vs gpt-4o mini
> alternatives to midjourney
> what is vllm"""


def as_of(catalog: View) -> str:
    """Say how old the catalog is: the day of its last change."""
    return f"Catalog of {catalog.changed_on}" if catalog.changed_on else "Catalog in memory"


def card(catalog: View) -> discord.Embed:
    """Say what the bot does, what it knows, and where its figures come from."""
    types = Counter(tool.type for tool in catalog.tools)
    kinds = ", ".join(f"{count} {kind.label_for(count)}" for kind, count in types.most_common())
    sources = sorted({signal.source for tool in catalog.tools for signal in tool.signals})
    reported = sorted({publisher_of(score.source) for tool in catalog.tools for score in tool.reported})
    return (
        Panel("Matchbook", NEUTRAL, footer=as_of(catalog))
        .text(
            "I compare AI tools: scores side by side, where every point comes from, what each tool can do, and"
            " what to try instead. Names may be short, misspelt or in another order."
        )
        .field("Ask me", _EXAMPLES)
        .field(f"{len(catalog)} tools", kinds or "None yet.")
        .field("Figures from", escape(", ".join(sources)) or "No measured figures yet.")
        .field("Reported scores from", escape(", ".join(reported)))
        .field(
            "Good to know",
            "A figure nobody measured counts as unknown, never as zero: it widens a rank's range."
            " I keep no record of who asked what.",
        )
        .embed()
    )


def short_help() -> discord.Embed:
    """Say how to ask, in answer to a message that held no question."""
    return Panel("Ask me about AI tools", NEUTRAL).text(_EXAMPLES).embed()


def welcome(catalog: View, mention: str) -> discord.Embed:
    """Greet people in the demo with four things to try; `mention` is what calls the bot in a message."""
    return (
        Panel("Welcome to Matchbook's demo", NEUTRAL)
        .text(
            f"This is the real bot in a simulated Discord, with {len(catalog)} tools. Nothing leaves your machine."
        )
        .field("1 · Compare", "Type `/compare`, then `mistrl small` and `sd`. Typos are fine.")
        .field(
            "2 · Just ask",
            f"Send `{mention} comfyui vs a1111`; that is how this page writes my name.",
        )
        .field(
            "3 · Look behind a score",
            "Type `/rank` and `vllm`, then press **Capabilities** or **Alternatives**.",
        )
        .field(
            "4 · Keep it true",
            "View as theo, a moderator: `/catalog alias add`, tool `ComfyUI`, alias `sd`. As mia, `/suggest change`.",
        )
        .embed()
    )
