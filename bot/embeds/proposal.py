"""A proposal: as moderators decide on it, and as its proposer hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.embeds import outlook
from bot.embeds.lines import bold, counted, listed, one_line
from bot.embeds.moment import ago, moment
from bot.embeds.palette import NEUTRAL, QUESTION
from bot.embeds.panel import Panel
from bot.limits import EMBED_DESCRIPTION
from catalog.proposals import ProposalKind, ProposalState
from catalog.revision import SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from catalog.desk import Preview
    from catalog.proposals import Proposal, Support

#: Proposals that one page of the queue has room for, whatever they say.
PAGE: Final = 10
_KINDS: Final = {
    ProposalKind.TOOL: "A new tool",
    ProposalKind.CHANGE: "A change of a tool",
    ProposalKind.DISPUTE: "Something said is disputed",
    ProposalKind.UPSTREAM: "A server's edit, proposed for everyone",
}
#: Whose word a conflict's two sides are to those who decide.
_SIDES: Final = ("proposed", "in the catalog")
_TITLE: Final = 200
_LISTED: Final = 120
_NAME: Final = 60
_TEXT: Final = 700
_QUOTE: Final = 450
_REMINDED: Final = 2000
#: What others say who want the same, and how much of each.
_OTHERS: Final = 800
_OTHER: Final = 200


def review(proposal: Proposal, preview: Preview | None, supporters: Sequence[Support] = ()) -> discord.Embed:
    """Show a proposal to those who decide on it.

    Args:
        proposal: the proposal.
        preview: what it would come to now; None shows what it wanted, as for one that is decided.
        supporters: who else proposed the same.
    """
    others = f" {counted(len(supporters), 'other')} proposed the same." if supporters else ""
    who = one_line(proposal.proposer, _NAME)
    lines = [
        f"**{state(proposal)}**",
        f"{_KINDS[proposal.kind]}, by {who}, {moment(proposal.made_at)}.{others}",
    ]
    if proposal.answer:
        # Of an open proposal it is what the proposer was asked, also when they have answered.
        lines.append(f"{'Asked' if proposal.state.is_open else 'Note'}: {one_line(proposal.answer, _TEXT)}")
    if proposal.state.is_open:
        lines.append(outlook.whose(shared=proposal.scope == SHARED))
    wanted = _wanted(proposal, preview)
    if wanted:
        lines += ["", wanted]
    panel = Panel(
        f"{_numbered(proposal)}: {one_line(proposal.title, _TITLE)}",
        QUESTION if proposal.state.is_open else NEUTRAL,
    ).text("\n".join(lines))
    if proposal.sentence is not None:
        panel.field("What it says now", _quote(proposal.sentence), inline=True)
        panel.field("What is said against it", _quote(proposal.note or "Nothing was added."), inline=True)
    else:
        panel.field(f"What {who} says", one_line(proposal.note or "", _TEXT))
    panel.field(f"What {who} added", _newest(proposal.added))
    besides = [f"- {one_line(value, _OTHER)}" for value in proposal.besides]
    panel.field("What others filled in otherwise", listed(besides, _OTHERS))
    # Nobody's name stands beside it: who supports a proposal is for no moderator to judge.
    more = [f"- {one_line(support.note, _OTHER)}" for support in supporters if support.note]
    panel.field("What others say", listed(more, _OTHERS))
    if proposal.state.is_open and proposal.change is None:
        lacking = (
            "No new wording came with it. **Edit & approve** lets you write one; **Reject** keeps what it says."
            if proposal.sentence is not None
            else "It says no more than this. **Edit & approve** lets you fill in the rest."
        )
        panel.field("Nothing to approve yet", lacking)
    if preview is not None and proposal.state.is_open:
        outlook.fields(panel, preview, shared=proposal.scope == SHARED, sides=_SIDES)
    return panel.embed()


def state(proposal: Proposal) -> str:
    """Say in Markdown what became of a proposal so far."""
    by = f" by {one_line(proposal.decided_by, _NAME)}" if proposal.decided_by else ""
    when = f", {moment(proposal.decided_at)}" if proposal.decided_at else ""
    match proposal.state:
        case ProposalState.OPEN:
            return "Open"
        case ProposalState.ASKED:
            return f"Open: waits for the proposer's answer; asked{by}{when}"
        case ProposalState.APPROVED:
            saved = f", saved as change {proposal.revision}" if proposal.revision else ""
            return f"Approved{by}{when}{saved}"
        case ProposalState.REJECTED:
            return f"Rejected{by}{when}"
        case ProposalState.WITHDRAWN:
            return f"Withdrawn by the proposer{when}"
        case ProposalState.EXPIRED:
            return f"Expired{when}: nobody decided in time"


def received(proposal: Proposal, *, joined: bool, own: bool = False, shown: bool = True) -> discord.Embed:
    """Tell a proposer that their proposal is there.

    Args:
        proposal: the proposal.
        joined: whether it was there before, as their `own` or somebody else's.
        own: whether it is their own.
        shown: whether there is a channel in which those who decide see it.
    """
    whom = "the curators of the shared catalog" if proposal.scope == SHARED else "this server's moderators"
    what = f"{bold(proposal.title, _TITLE)}"
    if joined and own:
        return (
            Panel(f"{_numbered(proposal)} is yours already", NEUTRAL)
            .text(
                f"{what}\nYou proposed the same before; what you say now stands beside it. It waits for {whom}."
            )
            .embed()
        )
    if joined:
        return (
            Panel(f"{_numbered(proposal)} has your support", NEUTRAL)
            .text(
                f"{what}\nSomebody proposed the same before, so yours is counted with it; {whom} see how many want it."
            )
            .embed()
        )
    message = (
        "You wanted no message about it, so you get none."
        if proposal.quiet
        else "You get a direct message when it is decided, if you let this server's members send you any."
    )
    return (
        Panel(f"{_numbered(proposal)} is received", NEUTRAL)
        .text(
            f"{what}\n{whom[0].upper()}{whom[1:]} will look at it; nothing changes before they do.\n"
            f"{'' if shown else _WAITS}{message}"
        )
        .embed()
    )


def outcome(proposal: Proposal, guild: str | None) -> discord.Embed:
    """Tell a proposer in a direct message what became of their proposal.

    Args:
        proposal: the proposal, decided, or asked about.
        guild: the name of the server whose moderators did so; None for the shared catalog's curators.
    """
    where = f"the server {one_line(guild, _NAME)}" if guild else "the shared catalog"
    what = one_line(proposal.title, _TITLE)
    asked = proposal.state is ProposalState.ASKED
    answer = one_line(proposal.answer or "", _TEXT)
    lines = [f"Your proposal for {where}: **{what}**", ""]
    if asked:
        lines.append("Before they decide, they would like to know something. Press **Answer** below.")
    elif proposal.state is ProposalState.APPROVED:
        lines.append("It is in the catalog now. Thank you!")
    elif proposal.state is ProposalState.OPEN:
        lines.append("The approval was taken back: it is in the catalog no more, and is looked at again.")
    elif proposal.state is ProposalState.WITHDRAWN:
        lines.append(f"{state(proposal)}. Nothing was changed. If you still want it, suggest it yourself.")
    elif proposal.state is ProposalState.REJECTED:
        lines.append(
            "It won't be taken, and nothing was changed." + ("" if answer else " No reason was given.")
        )
    else:
        lines.append(f"{state(proposal)}. Nothing was changed.")
    return (
        Panel(
            f"{_numbered(proposal)}: {_OUTCOMES[proposal.state]}",
            QUESTION if asked else NEUTRAL,
            footer="To hear nothing next time, choose quiet with /suggest",
        )
        .text("\n".join(lines))
        .field("They ask" if asked else "They say", answer)
        .embed()
    )


def question(proposal: Proposal, *, reached: bool) -> discord.Embed:
    """Open the talk about a proposal with what its proposer was asked; `reached` when they were messaged."""
    where = "The proposer was messaged; the answer will come here." if reached else _UNREACHED
    by = f"{one_line(proposal.decided_by, _NAME)} asks" if proposal.decided_by else "Asked"
    return (
        Panel(_numbered(proposal), QUESTION)
        .text(f"{by}: {_quote(proposal.answer or '')}\n\n{where} Moderators can talk it over meanwhile.")
        .embed()
    )


def unreached(proposal: Proposal) -> discord.Embed:
    """Tell who asks a proposer something that no message reached them."""
    return Panel(f"{_numbered(proposal)}: nobody was asked", QUESTION).text(_UNREACHED).embed()


def stays(places: Sequence[str]) -> discord.Embed:
    """Say what an approval had changed and reopening didn't take back."""
    said = listed([f"- {one_line(place, _LISTED)}" for place in places], _OTHERS)
    return (
        Panel("Not all of it was taken back", QUESTION)
        .text(f"This was changed again after the approval, so it stays as it is now:\n{said}")
        .embed()
    )


def answer(proposal: Proposal, said: str) -> discord.Embed:
    """Show what a proposer answered."""
    return (
        Panel(f"{_numbered(proposal)}: the answer", QUESTION)
        .text(f"{one_line(proposal.proposer, _NAME)}: {_quote(said)}")
        .embed()
    )


def withdrawn(proposal: Proposal) -> discord.Embed:
    """Say that a proposal was taken back."""
    return (
        Panel("Withdrawn", NEUTRAL)
        .text(
            f"{_numbered(proposal)} is taken back: {one_line(proposal.title, _TITLE)}. Nothing was changed."
        )
        .embed()
    )


def hushed(proposal: Proposal) -> discord.Embed:
    """Say that no more messages come about a proposal."""
    return (
        Panel("No more messages", NEUTRAL)
        .text(f"You hear no more about {_numbered(proposal)}: {one_line(proposal.title, _TITLE)}.")
        .embed()
    )


def queue(proposals: Sequence[Proposal], page: int, pages: int, *, total: int | None = None) -> discord.Embed:
    """List the proposals that wait, oldest first.

    Args:
        proposals: those of the page, at most `PAGE`.
        page: its number, from 0.
        pages: how many pages there are.
        total: how many proposals wait on all pages, where that is known.
    """
    title = "Proposals" if total is None else counted(total, "proposal")
    return (
        Panel(f"{title} to decide", NEUTRAL, footer=f"Page {page + 1} of {pages}" if pages > 1 else "")
        .text(listed([_line(one) for one in proposals], EMBED_DESCRIPTION) or "Nothing waits for a decision.")
        .embed()
    )


def reminder(
    proposals: Sequence[Proposal], *, remind_days: int | None, guild: str | None = None
) -> discord.Embed:
    """Remind of proposals that have waited for so many days and more; after twice as many they expire.

    Args:
        proposals: what waits.
        remind_days: after how many days moderators are reminded; None for the shared catalog, where nothing expires.
        guild: the name of the server whose owner is told in a direct message, as no channel there can be written to.
    """
    count = len(proposals)
    expiry = (
        f"A proposal expires {counted(2 * remind_days, 'day')} after it was made.\n" if remind_days else ""
    )
    where = (
        f"In the server {bold(guild, _NAME)}, in `/catalog review`. You get this because I can write to no channel of "
        "its moderators there; `/settings review` sets one.\n"
        if guild
        else ""
    )
    return (
        Panel(f"{counted(count, 'proposal')} still {'waits' if count == 1 else 'wait'}", QUESTION)
        .text(f"{where}{expiry}{listed([_line(one) for one in proposals], _REMINDED)}")
        .embed()
    )


_UNREACHED: Final = (
    "Who proposed it couldn't be messaged: they want no messages, or take none from bots. Ask them yourself, or "
    "decide without an answer."
)
#: Said where nothing is posted.
_WAITS: Final = "They see it when they open the list of what waits, as no channel shows it.\n"
_OUTCOMES: Final = {
    ProposalState.OPEN: "open again",
    ProposalState.ASKED: "a question for you",
    ProposalState.APPROVED: "approved",
    ProposalState.REJECTED: "rejected",
    ProposalState.WITHDRAWN: "withdrawn",
    ProposalState.EXPIRED: "expired",
}


def _wanted(proposal: Proposal, preview: Preview | None) -> str:
    """Show what differs: as it would come out now, or as it was wanted."""
    if preview is not None:
        return (
            "Nothing would change: it is so already."
            if preview.is_empty
            else outlook.changes(preview.outlooks)
        )
    return outlook.states(proposal.change.edits) if proposal.change else ""


def _newest(added: Sequence[str]) -> str:
    """Show what was added, the last first: of what there is no room for, that is asked about least."""
    return listed([f"- {one_line(text, _QUOTE)}" for text in reversed(added)], _OTHERS)


def _line(proposal: Proposal) -> str:
    asked = " · waits for the proposer's answer" if proposal.state is ProposalState.ASKED else ""
    return (
        f"**{_linked(proposal)}** {one_line(proposal.title, _LISTED)}\n"
        f"{_KINDS[proposal.kind]}, by {one_line(proposal.proposer, _NAME)}, {ago(proposal.made_at)}{asked}"
    )


def _linked(proposal: Proposal) -> str:
    """Name a proposal with a link to where it is decided on, where that is known."""
    if not (proposal.scope.guild_id and proposal.channel_id and proposal.message_id):
        return _numbered(proposal)
    place = f"{proposal.scope.guild_id}/{proposal.channel_id}/{proposal.message_id}"
    return f"[{_numbered(proposal)}](https://discord.com/channels/{place})"


def _numbered(proposal: Proposal) -> str:
    return f"Proposal {proposal.number}" if proposal.number else "Proposal"


def _quote(text: str) -> str:
    return f"“{one_line(text, _QUOTE)}”"
