"""What each address shows: the catalog is asked, an embed is drawn, the toolbar is put under it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, Protocol

from bot import limits
from bot.address import Address, Screen
from bot.embeds import about
from bot.embeds import alternatives as alternatives_embed
from bot.embeds import capability as capability_embed
from bot.embeds import comparison as comparison_embed
from bot.embeds import need as need_embed
from bot.embeds import rank as rank_embed
from bot.embeds import tool as tool_embed
from bot.embeds.receipt import receipts
from bot.replies import Reply
from bot.views.choice import menu
from bot.views.navigation import option, versus
from bot.views.toolbar import toolbar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.models import Tool
    from catalog.view import View


#: How many alternatives one screen lists, over all of its tools.
_ALTERNATIVES: Final = 10


class _Draw(Protocol):
    def __call__(self, catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply: ...


def draw(catalog: View, address: Address, *, notes: Sequence[str | None] = ()) -> Reply:
    """Draw the screen at an address.

    Args:
        catalog: what is asked.
        address: what to show.
        notes: how names were read that weren't exact; shown quietly in the footer.

    Raises:
        UnknownToolError: a tool on the screen is no longer in the catalog.
        ComparisonError: the tools can't be held side by side.
    """
    tools = [catalog.by_key(key) for key in address.keys]
    footer = " · ".join([*receipts(notes), about.as_of(catalog)])
    return _DRAWN_BY[address.screen](catalog, address, tools, footer)


def found(catalog: View, need: str, asker: int) -> Reply:
    """Draw what was found for a need; each tool can be opened from the menu."""
    matches = catalog.find(need)
    options = [
        option(match.name, Address(Screen.TOOL, (catalog.get(match.slug).key,), asker), match.why)
        for match in matches
    ]
    return Reply(need_embed.card(need, matches), menu(options, asker, placeholder="Open a tool…"))


def _comparison(catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply:
    comparison = catalog.compare([tool.slug for tool in tools])
    ranks = [catalog.rank(tool.slug) for tool in tools]
    fairer = [
        versus(catalog.get(pick.like), catalog.get(pick.slug), address.asker)
        for warning in comparison.warnings
        for pick in warning.picks
    ]
    return Reply(
        comparison_embed.card(comparison, tools, ranks, footer),
        toolbar(address, options=fairer, placeholder="Compare like for like…"),
    )


def _ranks(catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply:
    judged = [(tool, catalog.rank(tool.slug)) for tool in tools]
    return Reply(rank_embed.breakdown(judged, footer), toolbar(address))


def _capabilities(catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply:  # noqa: ARG001 (all screens are drawn alike)
    pages = [page for tool in tools for page in capability_embed.pages_of(tool)]
    if not pages:
        return Reply(capability_embed.nothing(tools, footer), toolbar(address))
    here = address.at(address.screen, min(address.page, len(pages) - 1))
    starts = [at for at, page in enumerate(pages) if page.begins]
    # A menu holds 25 and a catalog entry may hold more: offer those around the one that is open.
    open_one = bisect_right(starts, here.page) - 1
    first = max(0, min(open_one - limits.SELECT_OPTIONS // 2, len(starts) - limits.SELECT_OPTIONS))
    options = [
        option(f"{pages[at].tool.name}: {pages[at].heading}", address.at(address.screen, at))
        for at in starts[first : first + limits.SELECT_OPTIONS]
    ]
    return Reply(
        capability_embed.card(pages[here.page], footer),
        toolbar(here, pages=len(pages), options=options, placeholder="Open a capability…"),
    )


def _alternatives(catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply:
    shown = {tool.slug for tool in tools}
    each = _ALTERNATIVES // len(tools)
    near = [
        (
            tool,
            [
                other
                for other in catalog.alternatives(tool.slug, limit=_ALTERNATIVES)
                if other.slug not in shown
            ][:each],
        )
        for tool in tools
    ]
    options = [
        versus(tool, catalog.get(other.slug), address.asker, "; ".join(other.reasons))
        for tool, others in near
        for other in others
    ]
    return Reply(
        alternatives_embed.card(near, footer),
        toolbar(address, options=options, placeholder="Compare with…"),
    )


def _tool(catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply:
    tool = tools[0]
    card = tool_embed.card(tool, catalog.rank(tool.slug), catalog.successor(tool), footer)
    return Reply(card, toolbar(address))


_DRAWN_BY: Final[Mapping[Screen, _Draw]] = {
    Screen.COMPARISON: _comparison,
    Screen.RANKS: _ranks,
    Screen.CAPABILITIES: _capabilities,
    Screen.ALTERNATIVES: _alternatives,
    Screen.TOOL: _tool,
}
