"""The buttons under a proposal, in the review channel, in the queue and in a message to its proposer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot import limits, standing
from bot.replies import Refusal
from bot.views.persistent import Persistent
from catalog.proposals import Proposal, ProposalState
from catalog.revision import Scope

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import Matchbook

_STYLES: Final = {"approve": discord.ButtonStyle.success, "reject": discord.ButtonStyle.danger}


class Decide(
    Persistent[ui.Button[Any]],
    template=r"review:(?P<act>approve|edit|reject|ask|reopen|show):(?P<number>\d{1,15})",
):
    """A button that decides on a proposal, or asks about it."""

    def __init__(self, act: str, number: int, label: str, *, disabled: bool = False) -> None:
        super().__init__(
            ui.Button(
                label=label,
                style=_STYLES.get(act, discord.ButtonStyle.secondary),
                custom_id=f"review:{act}:{number}",
                disabled=disabled,
            )
        )
        self.does, self.number = act, number

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        assert isinstance(item, ui.Button)
        return cls(match["act"], int(match["number"]), item.label or "")

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Do what the button says."""
        await interaction.client.reviews.press(interaction, self.does, self.number)


class Proposer(
    Persistent[ui.Button[Any]], template=r"proposer:(?P<act>answer|hush|withdraw):(?P<number>\d{1,15})"
):
    """A button for who made a proposal (or wanted the same): answer a question, hear no more of it, take it back."""

    def __init__(self, act: str, number: int, label: str) -> None:
        super().__init__(ui.Button(label=label, custom_id=f"proposer:{act}:{number}"))
        self.does, self.number = act, number

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        assert isinstance(item, ui.Button)
        return cls(match["act"], int(match["number"]), item.label or "")

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Do what the button says."""
        reviews = interaction.client.reviews
        do = {"answer": reviews.open_answer, "hush": reviews.hush, "withdraw": reviews.withdraw}[self.does]
        await do(interaction, self.number)


class Waiting(Persistent[ui.Select[Any]], template=r"waiting:(?P<scope>\d{1,20})"):
    """A menu of the proposals that wait; the one that is picked is shown with its buttons."""

    def __init__(self, scope: Scope, options: list[discord.SelectOption]) -> None:
        super().__init__(
            ui.Select(custom_id=f"waiting:{scope.key}", options=options, placeholder="Look at a proposal…")
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the menu from what Discord sends back."""
        assert isinstance(item, ui.Select)
        return cls(Scope.of(int(match["scope"])), item.options)

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Show the proposal."""
        number = self.item.values[0]
        if not number.isdecimal():
            raise Refusal("This menu is out of date. Use `/catalog review` again.")
        await interaction.client.reviews.press(interaction, "show", int(number[:15]))


class QueuePage(Persistent[ui.Button[Any]], template=r"queue:(?P<scope>\d{1,20}):(?P<page>\d{1,4})"):
    """A button that leads to a page of the queue."""

    def __init__(self, scope: Scope, page: int, label: str, *, disabled: bool = False) -> None:
        super().__init__(
            ui.Button(label=label, custom_id=f"queue:{scope.key}:{page}", disabled=disabled, row=1)
        )
        self.scope, self.page = scope, page

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        assert isinstance(item, ui.Button)
        return cls(Scope.of(int(match["scope"])), int(match["page"]), item.label or "")

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Turn to the page, for who may decide."""
        standing.allowed(interaction, self.scope)
        await interaction.client.reviews.queue(interaction, self.scope, self.page)


def decisions(proposal: Proposal, *, listed: bool = False) -> ui.View:
    """Lay out what can be done with a proposal; `listed` adds the way back to the list of those that wait."""
    view = ui.View(timeout=None)
    number = proposal.number or 0
    if proposal.state.is_open:
        # What removes a tool leaves no form to fill in.
        editable = proposal.change is None or proposal.change.edits[0].after is not None
        view.add_item(Decide("approve", number, "Approve", disabled=proposal.change is None))
        if editable:
            view.add_item(Decide("edit", number, "Edit & approve"))
        view.add_item(Decide("reject", number, "Reject"))
        view.add_item(Decide("ask", number, "Ask", disabled=proposal.state is ProposalState.ASKED))
    else:
        view.add_item(Decide("reopen", number, "Reopen"))
    if listed:
        view.add_item(QueuePage(proposal.scope, 0, "All that wait"))
    return view


def answering(proposal: Proposal) -> ui.View:
    """Lay out what a proposer can do who was asked something."""
    view = hushing(proposal)
    view.add_item(Proposer("answer", proposal.number or 0, "Answer"))
    return view


def withdrawing(proposal: Proposal) -> ui.View:
    """Lay out what a proposer can do whose proposal was received."""
    view = ui.View(timeout=None)
    view.add_item(Proposer("withdraw", proposal.number or 0, "Withdraw"))
    return view


def hushing(proposal: Proposal) -> ui.View:
    """Lay out what somebody can do who hears of a decision."""
    view = ui.View(timeout=None)
    view.add_item(Proposer("hush", proposal.number or 0, "No more messages about this"))
    return view


def listing(scope: Scope, proposals: Sequence[Proposal], page: int, pages: int) -> ui.View:
    """Lay out what is under a page of the queue."""
    view = ui.View(timeout=None)
    if proposals:
        options = [
            discord.SelectOption(
                label=limits.clip(f"Proposal {one.number}: {one.title}", limits.OPTION_LABEL),
                description=limits.clip(f"by {one.proposer}, {one.made_at[:10]}", limits.OPTION_DESCRIPTION),
                value=str(one.number),
            )
            for one in proposals
        ]
        view.add_item(Waiting(scope, options))
    if pages > 1:
        view.add_item(QueuePage(scope, max(page - 1, 0), "Earlier", disabled=not page))
        view.add_item(QueuePage(scope, page + 1, "Later", disabled=page + 1 >= pages))
    return view
