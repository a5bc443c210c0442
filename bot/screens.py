"""What each address shows: the catalog is asked, an embed is drawn, the toolbar is put under it."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Final, Protocol

from bot import limits
from bot.address import Address, Screen
from bot.charts import comparison as comparison_chart
from bot.charts import history as history_chart
from bot.charts import overlap as overlap_chart
from bot.embeds import about
from bot.embeds import alternatives as alternatives_embed
from bot.embeds import capability as capability_embed
from bot.embeds import comparison as comparison_embed
from bot.embeds import history as history_embed
from bot.embeds import need as need_embed
from bot.embeds import rank as rank_embed
from bot.embeds import tool as tool_embed
from bot.embeds.receipt import receipts
from bot.replies import Reply
from bot.views.choice import menu
from bot.views.navigation import option, versus
from bot.views.toolbar import toolbar
from catalog.figures import day_of
from catalog.models import publisher_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.charts.picture import Picture
    from catalog.ledger import History
    from catalog.models import Tool
    from catalog.view import View


#: How many alternatives one screen lists, over all of its tools.
_ALTERNATIVES: Final = 10


class _Draw(Protocol):
    def __call__(self, catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply: ...


def draw(
    catalog: View, address: Address, *, notes: Sequence[str | None] = (), history: History | None = None
) -> Reply:
    """Draw the screen at an address.

    Args:
        catalog: what is asked.
        address: what to show.
        notes: how names were read that weren't exact; shown quietly in the footer.
        history: of the first tool's rank, where the screen shows it: it isn't kept in memory.

    Raises:
        UnknownToolError: a tool on the screen is no longer in the catalog.
        ComparisonError: the tools can't be held side by side.
    """
    tools = [catalog.by_key(key) for key in address.keys]
    said = [*receipts(notes), *_own(catalog, tools), *_weighed(catalog, address), about.as_of(catalog)]
    footer = " · ".join(said)
    if address.screen is Screen.HISTORY and history:
        return _history(address, tools[0], history, footer)
    return _DRAWN_BY[address.screen](catalog, address, tools, footer)


def found(catalog: View, need: str, asker: int) -> Reply:
    """Draw what was found for a need; each tool can be opened from the menu."""
    matches = catalog.find(need)
    options = [
        option(match.name, Address(Screen.TOOL, (catalog.get(match.slug).key,), asker), match.why)
        for match in matches
    ]
    return Reply(need_embed.card(need, matches), menu(options, asker, placeholder="Open a tool…"))


def _own(catalog: View, tools: Sequence[Tool]) -> Iterator[str]:
    """Badge what a server says for itself, and say where the shared tool says something else by now."""
    own = [tool for tool in tools if catalog.is_own(tool.slug)]
    if own:
        names = f" ({', '.join(tool.name for tool in own)})" if len(tools) > 1 else ""
        yield f"Edited here{names}"
    if any(catalog.eclipses(tool.slug) for tool in own):
        yield "There is a shared one too by now; moderators can go over to it with /catalog reset"
    if any(catalog.conflicts(tool.slug) for tool in own):
        yield "The shared one has moved on; moderators can use /catalog rebase"


def _weighed(catalog: View, address: Address) -> Iterator[str]:
    """Say by what weights ranks were computed, where those aren't the usual ones."""
    if address.screen is Screen.HISTORY:
        # Entries were noted by the usual weights, whatever somebody asks for today.
        if address.weights or catalog.weights:
            yield "A history is told by the usual weights"
    elif address.weights:
        yield f"Weights: {address.weights.text}"
    elif catalog.weights:
        yield f"This server's weights: {catalog.weights.text}"


def _comparison(catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply:
    comparison = catalog.compare([tool.slug for tool in tools], address.weights)
    ranks = [catalog.rank(tool.slug, address.weights) for tool in tools]
    fairer = [
        versus(catalog.get(pick.like), catalog.get(pick.slug), address)
        for warning in comparison.warnings
        for pick in warning.picks
    ]
    return Reply(
        comparison_embed.card(comparison, tools, ranks, footer),
        toolbar(address, options=fairer, placeholder="Compare like for like…"),
        comparison_chart.comparison([tool.name for tool in tools], ranks),
    )


def _ranks(catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply:
    judged = [
        rank_embed.Judged(
            tool,
            catalog.rank(tool.slug, address.weights),
            # Places go by the usual weights: other ones say nothing of them.
            None if address.weights or catalog.weights else catalog.place(tool.slug),
            catalog.improvements(tool.slug, address.weights),
        )
        for tool in tools
    ]
    return Reply(rank_embed.breakdown(judged, footer), toolbar(address))


def _history(address: Address, tool: Tool, history: History, footer: str) -> Reply:
    options = [
        option(
            f"Since {entry.day}, {entry.made_at[11:16]}",
            address.at(address.screen, page),
            "no rank then" if entry.rank is None else f"{entry.rank:.1f} then",
        )
        for page, entry in enumerate(history.entries[::-1][: limits.SELECT_OPTIONS], 1)
    ]
    return Reply(
        history_embed.card(tool, history, address.page, footer),
        toolbar(address, options=options, placeholder="Explain today's rank since…"),
        _drawn(tool, history),
    )


def _drawn(tool: Tool, history: History) -> Picture:
    entries = [
        history_chart.Entry(date.fromisoformat(entry.day), entry.rank, entry.low, entry.high)
        for entry in (*history.entries, history.now)
    ]
    reports = [
        history_chart.Report(day_of(score.observed_on), score.rank, publisher_of(score.source))
        for score in history.reported
        if score.rank is not None and score.observed_on
    ]
    return history_chart.history(tool.name, entries, reports)


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
        overlap_chart.overlap(tools) if len(tools) > 1 and not here.page else None,
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
        versus(tool, catalog.get(other.slug), address, "; ".join(other.reasons))
        for tool, others in near
        for other in others
    ]
    return Reply(
        alternatives_embed.card(near, footer),
        toolbar(address, options=options, placeholder="Compare with…"),
    )


def _tool(catalog: View, address: Address, tools: Sequence[Tool], footer: str) -> Reply:
    tool = tools[0]
    card = tool_embed.card(tool, catalog.rank(tool.slug, address.weights), catalog.successor(tool), footer)
    return Reply(card, toolbar(address))


_DRAWN_BY: Final[Mapping[Screen, _Draw]] = {
    Screen.COMPARISON: _comparison,
    Screen.RANKS: _ranks,
    Screen.CAPABILITIES: _capabilities,
    Screen.ALTERNATIVES: _alternatives,
    Screen.TOOL: _tool,
    # Without a history, which is drawn apart.
    Screen.HISTORY: _ranks,
}
