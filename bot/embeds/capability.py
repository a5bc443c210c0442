"""One capability on a page of its own: what it does, what is unique, how it compares, and what to make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot import limits
from bot.embeds.palette import of_type
from bot.embeds.panel import Panel
from bot.markdown import escape
from catalog.claims import flags_of, heading
from catalog.credits import Credit
from catalog.models import Capability, Tool  # noqa: TC001 (a NamedTuple reads its annotations)
from catalog.sheet import capabilities_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

#: Characters of text on one page. Escaping can double them; the rest of the embed's budget is for the title, the
#: flags and the footer.
PAGE: Final = 1900
_MOST_FLAGS: Final = 4


class Page(NamedTuple):
    """One page of a capability: its tool, its number there (from 0), the Markdown, and whether it is the first."""

    tool: Tool
    number: int
    text: str
    begins: bool

    @property
    def capability(self) -> Capability:
        """The capability on the page."""
        return self.tool.capabilities[self.number]

    @property
    def heading(self) -> str:
        """The capability's title, given or derived."""
        return heading(self.capability)


def pages_of(tool: Tool) -> list[Page]:
    """Lay out a tool's capabilities as pages; one that is too long for a page takes several."""
    return [
        Page(tool, number, text, begins=part == 0)
        for number, capability in enumerate(tool.capabilities)
        for part, text in enumerate(_paged(capability))
    ]


def card(page: Page, footer: str) -> discord.Embed:
    """Show one page of one capability."""
    place = f"Capability {page.number + 1}, {capabilities_cell(page.tool).text}"
    source = page.capability.source
    credit = Credit(source, page.capability.licence).text if source else None
    sources = [part for part in (place, credit, footer) if part]
    # What the catalog says itself was weighed by who wrote it; what others claim is to be read with care.
    flags = flags_of(page.capability)[:_MOST_FLAGS] if source else ()
    return (
        Panel(
            f"{escape(page.tool.name)}: {escape(page.heading)}",
            of_type(page.tool.type),
            footer=" · ".join(sources),
        )
        .text(page.text)
        .field("Read with care", "\n".join(f"{flag.flag.label}: {escape(flag.text)}" for flag in flags))
        .embed()
    )


def nothing(tools: Sequence[Tool], footer: str) -> discord.Embed:
    """Say that no capability is known."""
    names = " or ".join(escape(tool.name) for tool in tools)
    return (
        Panel("Capabilities", of_type(*(tool.type for tool in tools)), footer=footer)
        .text(f"No capability of {names} is in the catalog yet.")
        .embed()
    )


def _paged(capability: Capability) -> list[str]:
    """Lay out a capability's texts as Markdown, PAGE characters of text a page at most."""
    parts = (
        ("", capability.description),
        ("Unique", capability.unique),
        ("Versus alternatives", capability.versus),
    )
    pages: list[list[str]] = [[]]
    room = PAGE
    for title, text in parts:
        # Paged before it is escaped: what a page begins with must be escaped as the beginning that it is.
        for n, piece in enumerate(limits.pages(text or "", PAGE)):
            if len(piece) > room:
                pages.append([])
                room = PAGE
            if piece:
                named = f"**{title}{' (continued)' if n else ''}**\n" if title else ""
                pages[-1].append(named + escape(piece))
                room -= len(piece)
    return ["\n\n".join(page) for page in pages]
