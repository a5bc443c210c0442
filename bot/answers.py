"""From names as people type them to a reply: the screen asked for, or a question back."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, Final

from bot import limits, screens
from bot.address import Address, Screen
from bot.embeds import choice
from bot.replies import Refusal, Reply
from bot.views.choice import menu
from bot.views.navigation import option, versus
from catalog.comparison import MOST
from catalog.resolver import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.ledger import History
    from catalog.resolver import Candidate, Resolution
    from catalog.view import View
    from catalog.weights import Weights

_GOES_ON: Final = "Pick one below; your question goes on from there."
_ITS_LIKE: Final = "Below is what there is, against what could stand in for it."
#: How many tools a screen can show at once; every other screen shows one.
MOST_TOOLS: Final = {Screen.COMPARISON: MOST}


def answer(
    catalog: View,
    screen: Screen,
    asked: Sequence[Resolution],
    asker: int,
    weights: Weights | None = None,
    history: History | None = None,
) -> Reply:
    """Answer a question about some names, by weights that were asked for or the usual ones.

    When every name is one tool, the screen is drawn, with a receipt for each name that wasn't exact. Otherwise
    the reply asks back: each option of its menu is the whole question with the open names filled in, so that
    picking one continues what was asked, after a restart too.
    """
    most = MOST_TOOLS.get(screen, 1)
    if len(asked) > most:
        raise Refusal(f"At most {most} tools fit side by side; you named {len(asked)}. Leave some out.")
    if all(one.tool for one in asked):
        slugs = [one.tool.slug for one in asked if one.tool]
        address = Address(screen, tuple(catalog.get(slug).key for slug in slugs), asker, weights=weights)
        return screens.draw(catalog, address, notes=[one.note for one in asked], history=history)
    return _ask_back(catalog, screen, asked, asker, weights)


def _ask_back(
    catalog: View, screen: Screen, asked: Sequence[Resolution], asker: int, weights: Weights | None
) -> Reply:
    unclear = [one for one in asked if not one.tool]
    # As many candidates a name as keep all combinations within one menu: 25, 5 x 5, 2 x 2 x 2, ...
    each = math.floor(limits.SELECT_OPTIONS ** (1 / len(unclear)) + 1e-9)
    fitting = [one.candidates[: 1 if one.tool else each] for one in asked]
    # Each name's candidates stay in their order: the fewer steps down it, the sooner a combination comes.
    ways = sorted(product(*map(enumerate, fitting)), key=lambda way: sum(place for place, _ in way))
    combinations = [
        [candidate for _, candidate in way]
        for way in ways
        if len({candidate.slug for _, candidate in way}) == len(way)
    ]
    options = [
        option(
            " vs ".join(candidate.name for candidate in combination),
            Address(
                screen,
                tuple(catalog.get(candidate.slug).key for candidate in combination),
                asker,
                weights=weights,
            ),
            " · ".join(_kind(catalog, candidate) for candidate in combination),
        )
        for combination in combinations
    ]
    offer = _GOES_ON if options else ""
    if (
        not options
        and screen is Screen.COMPARISON
        and (options := _against_its_like(catalog, asked, Address(screen, (), asker, weights=weights)))
    ):
        offer = _ITS_LIKE
    read = [one.note for one in asked if one.tool]
    lost = next((one.query for one in unclear if one.outcome is Outcome.NOT_FOUND), None)
    return Reply(
        choice.card(unclear, offer, read), menu(options, asker, placeholder="Did you mean…", missing=lost)
    )


def _against_its_like(
    catalog: View, asked: Sequence[Resolution], here: Address
) -> list[discord.SelectOption]:
    """Offer the one tool that was found against what could stand in for it, when nothing else can be offered."""
    found = next((candidate for one in asked for candidate in one.candidates), None)
    if found is None:
        return []
    tool = catalog.get(found.slug)
    return [
        versus(tool, catalog.get(other.slug), here, "; ".join(other.reasons))
        for other in catalog.alternatives(tool.slug, limit=5)
    ]


def _kind(catalog: View, candidate: Candidate) -> str:
    tool = catalog.get(candidate.slug)
    return f"{tool.type.label} by {tool.vendor}" if tool.vendor else tool.type.label
