"""Proposals in the chat: filed, looked at, decided on and taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot import standing
from bot.drafting import new_draft, told
from bot.embeds import moderation as moderation_embed
from bot.embeds import privacy as privacy_embed
from bot.embeds import proposal as proposal_embed
from bot.embeds import wanted as wanted_embed
from bot.journal import can_write
from bot.limits import clip
from bot.replies import Refusal, Reply, acknowledge, amend, send
from bot.views.form import Form, text_field
from bot.views.proposal import listing, withdrawing
from catalog.editing.change import Change, Edit, changed
from catalog.editing.fields import Section
from catalog.editing.form import filled
from catalog.editing.sentences import sentences
from catalog.errors import ConflictError, DecidedError
from catalog.moments import moment
from catalog.proposals import NOTE_LIMIT, Proposal, ProposalState
from catalog.reviews import Reviews, approvable
from catalog.revision import SHARED, Scope
from catalog.text import LINE_LIMIT, clean_prose

if TYPE_CHECKING:
    from collections.abc import Mapping

    import discord

    from bot.client import Matchbook
    from bot.notices import Notices
    from catalog.drafts import Draft

#: As many of somebody's proposals are drawn anew when they are forgotten; older messages only say what was wanted.
_REDRAWN: Final = 100
_NOTE: Final = {
    "reject": ("Reject", "Why not? The proposer is told.", False),
    "ask": ("Ask the proposer", "What do you want to know?", True),
    "answer": ("Answer", "Your answer to the moderators", True),
}


class Reviewing:
    """Takes proposals from members to moderators and back."""

    def __init__(self, bot: Matchbook, notices: Notices) -> None:
        self._bot = bot
        self._reviews = Reviews(bot.catalog)
        self._notices = notices

    async def welcome(self, interaction: discord.Interaction[Matchbook], scope: Scope) -> None:
        """Refuse somebody whose proposal nobody would look at, before they write it."""
        if scope == SHARED and not self._bot.curators:
            raise Refusal("This bot's operator has named no curators, so nobody would see it.")
        await self._reviews.welcome(scope, interaction.user.id)

    async def propose(self, interaction: discord.Interaction[Matchbook], draft: Draft) -> None:
        """File what a draft wants, and show it to those who decide."""
        await self.welcome(interaction, draft.scope)
        try:
            change = await self._settled(draft)
        except ConflictError as error:
            await self._bot.drafting.stage(interaction, draft, problem=str(error))
            return
        title = self._title(draft)
        proposal = Proposal(
            scope=draft.scope,
            kind=draft.kind,
            title=title,
            slug=draft.slug or (change.edits[0].slug if change else None),
            note=draft.note or None,
            sentence=draft.sentence,
            change=change,
            proposer=standing.author(interaction, title).name,
            proposer_id=interaction.user.id,
            quiet=draft.quiet,
            made_at=moment(),
        )
        filed, joined, differs = await self._reviews.propose(proposal)
        await self._bot.drafting.drop(draft)
        own = filed.proposer_id == interaction.user.id
        view = withdrawing(filed) if own else None
        shown = self._notices.channel(filed.scope) is not None
        card = proposal_embed.received(filed, joined=joined, own=own, shown=shown)
        await amend(interaction, Reply(card, view))
        if differs:
            await self._notices.publish(filed)

    async def press(self, interaction: discord.Interaction[Matchbook], act: str, number: int) -> None:
        """Do what a button under a proposal says, for who may decide on it."""
        proposal = await self._decidable(interaction, number)
        if proposal.state.is_open == (act == "reopen") and act != "show":
            # A message that couldn't be redrawn, or one that was opened before.
            await acknowledge(interaction)
            await self._notices.refresh(proposal)
            raise DecidedError(proposal)
        match act:
            case "approve":
                await self._look_over(interaction, proposal)
            case "edit":
                await self._edit(interaction, proposal)
            case "reopen":
                await self._reopen(interaction, proposal)
            case "show":
                await acknowledge(interaction)
                await amend(interaction, await self._notices.drawn(proposal, listed=True))
            case _:
                await self._note(interaction, act, number)

    async def approve(self, interaction: discord.Interaction[Matchbook], number: int, draft: Draft) -> None:
        """Write what a draft made of a proposal to the catalog."""
        proposal = await self._decidable(interaction, number)
        await acknowledge(interaction)
        author = standing.author(interaction, f"Proposal {number}")
        try:
            decided, saved = await self._reviews.approve(
                proposal,
                author,
                change=draft.change,
                choices=draft.choices,
                alone=await self._is_alone(interaction, proposal.scope),
            )
        except ConflictError as error:
            await self._bot.drafting.stage(interaction, draft, problem=str(error))
            return
        await self._bot.drafting.drop(draft)
        await amend(interaction, told(saved, decided.title))
        await self._notices.spread(decided)
        await self._bot.journal.tell(saved, decided.title)

    async def answered(
        self, interaction: discord.Interaction[Matchbook], act: str, number: int, typed: Mapping[str, str]
    ) -> None:
        """Take the note to a decision, a question to the proposer, or the proposer's answer."""
        note = clean_prose(typed.get("note", ""))[:NOTE_LIMIT].strip()
        if not note and _NOTE[act][2]:
            raise Refusal("Nothing that can be read was written; nothing was sent.")
        if act == "answer":
            await self._reply(interaction, number, note)
            return
        proposal = await self._decidable(interaction, number)
        await acknowledge(interaction)
        state = ProposalState.REJECTED if act == "reject" else ProposalState.ASKED
        decided = await self._reviews.answer(proposal, state, standing.author(interaction, act), note or None)
        drawn = await self._notices.drawn(decided, listed=True)
        if state is ProposalState.ASKED:
            if not await self._notices.spread(decided):
                drawn = replace(drawn, card=proposal_embed.unreached(decided))
            await amend(interaction, drawn)
            return
        # Many may have wanted it; who decides need not wait until all of them were told.
        await amend(interaction, drawn)
        await self._notices.spread(decided)

    async def open_answer(self, interaction: discord.Interaction[Matchbook], number: int) -> None:
        """Ask the proposer for their answer."""
        proposal = await self._own(interaction, number)
        if proposal.state is not ProposalState.ASKED:
            raise DecidedError(proposal)
        await self._note(interaction, "answer", number)

    async def withdraw(self, interaction: discord.Interaction[Matchbook], number: int) -> None:
        """Let a proposer take their proposal back, as long as nobody has decided on it."""
        proposal = await self._own(interaction, number)
        await acknowledge(interaction)
        author = standing.author(interaction, "taken back")
        withdrawn = await self._reviews.answer(proposal, ProposalState.WITHDRAWN, author, None)
        await amend(interaction, Reply(proposal_embed.withdrawn(withdrawn)))
        await self._notices.spread(withdrawn)

    async def hush(self, interaction: discord.Interaction[Matchbook], number: int) -> None:
        """Send who made or supports a proposal no more messages about it."""
        proposal = await self._bot.catalog.storage.proposals.hush(number, interaction.user.id)
        await send(interaction, Reply(proposal_embed.hushed(proposal)), private=True)

    async def queue(self, interaction: discord.Interaction[Matchbook], scope: Scope, page: int = 0) -> None:
        """List what waits for a decision."""
        await acknowledge(interaction)
        size = proposal_embed.PAGE
        proposals = self._bot.catalog.storage.proposals
        total = await proposals.waiting(scope)
        pages = max(1, -(-total // size))
        page = min(page, pages - 1)
        shown = await proposals.of(scope, limit=size, skip=page * size)
        card = proposal_embed.queue(shown, page, pages, total=total)
        await amend(interaction, Reply(card, listing(scope, shown, page, pages)))

    async def look_up(self, interaction: discord.Interaction[Matchbook], scope: Scope, number: int) -> None:
        """Show one proposal, decided ones too."""
        await acknowledge(interaction)
        proposal = await self._decidable(interaction, number)
        if proposal.scope != scope:
            raise Refusal(f"There is no proposal {number} here.")
        await amend(interaction, await self._notices.drawn(proposal, listed=True))

    async def forget(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Take who asks for it out of all that is kept, and out of the proposals' messages."""
        await acknowledge(interaction)
        proposals = self._bot.catalog.storage.proposals
        theirs = await proposals.mine(interaction.user.id, _REDRAWN)
        forgotten = await self._bot.catalog.storage.privacy.forget(interaction.user.id)
        await amend(interaction, Reply(privacy_embed.forgotten(forgotten)))
        for proposal in theirs:
            latest = await self._reviews.get(proposal.number or 0)
            if proposal.state.is_open and not latest.state.is_open:
                await self._notices.spread(latest)
            else:
                await self._notices.refresh(latest)

    async def wanted(self, interaction: discord.Interaction[Matchbook], scope: Scope) -> None:
        """List the names that people asked for and didn't find."""
        await acknowledge(interaction)
        await self._bot.asked.flush(self._bot.catalog.storage)
        names = await self._bot.desk.wanted(scope)
        await amend(interaction, Reply(wanted_embed.card(names, shared=scope == SHARED)))

    async def settings(self, interaction: discord.Interaction[Matchbook], scope: Scope) -> None:
        """Show how a server moderates."""
        await acknowledge(interaction)
        rules = self._bot.catalog.preferences.moderation(scope.guild_id)
        silent = [
            channel
            for channel in {rules.review_channel, rules.log_channel}
            if channel and not await can_write(self._bot, scope.guild_id or 0, channel)
        ]
        await amend(interaction, Reply(moderation_embed.card(rules, silent)))

    async def _settled(self, draft: Draft) -> Change | None:
        """Give the change that a draft proposes, with the sides that were chosen in it."""
        if draft.change is None or not draft.choices:
            return draft.change
        preview = await self._bot.desk.preview(draft.change, draft.scope, draft.choices, replay=False)
        if preview.conflicts:
            raise ConflictError([conflict.label for _, conflict in preview.conflicts])
        edits = tuple(Edit(slug=one.slug, before=one.before, after=one.after) for one in preview.outlooks)
        return Change(title=draft.change.title, edits=edits)

    def _title(self, draft: Draft) -> str:
        if draft.change:
            return draft.change.title
        tool = self._bot.catalog.view(draft.scope.guild_id).get(draft.slug or "")
        return clip(f"{tool.name}: “{draft.sentence}”", LINE_LIMIT)

    async def _decidable(self, interaction: discord.Interaction[Matchbook], number: int) -> Proposal:
        """Give a proposal to who may decide on it, where it was made; its own scope counts, not the button's."""
        proposal = await self._reviews.get(number)
        standing.allowed(interaction, proposal.scope)
        return proposal

    async def _own(self, interaction: discord.Interaction[Matchbook], number: int) -> Proposal:
        proposal = await self._reviews.get(number)
        if proposal.proposer_id != interaction.user.id:
            raise Refusal("Only who made this proposal can do that.")
        return proposal

    async def _is_alone(self, interaction: discord.Interaction[Matchbook], scope: Scope) -> bool:
        """Say whether nobody but this person could decide, as far as the bot can know."""
        user = interaction.user.id
        if scope == SHARED:
            return self._bot.curators <= {user}
        if interaction.guild is None or interaction.guild.owner_id != user:
            return False  # the owner could
        if self._bot.catalog.preferences.moderation(scope.guild_id).roles:
            return False
        return not await self._bot.catalog.storage.editors(scope) - {user}

    async def _look_over(self, interaction: discord.Interaction[Matchbook], proposal: Proposal) -> None:
        """Show who approves what that comes to; saving the draft approves it."""
        alone = await self._is_alone(interaction, proposal.scope)
        change = approvable(proposal, interaction.user.id, alone=alone)
        draft = new_draft(interaction, proposal.scope, change=change, proposal=proposal.number)
        await self._bot.drafting.stage(interaction, draft)

    async def _edit(self, interaction: discord.Interaction[Matchbook], proposal: Proposal) -> None:
        """Open what is proposed in a form; saving the draft approves it."""
        change, section, place = proposal.change, Section.BASICS, None
        if change is not None:
            section, place = _touched(change.edits[0])
        elif proposal.slug:
            tool = self._bot.catalog.view(proposal.scope.guild_id).get(proposal.slug)
            change = changed(tool, tool, f"Edit {tool.name}")
            place = next((one.place for one in sentences(tool) if one.text == proposal.sentence), None)
            section = Section.BASICS if place is None else Section.CAPABILITY
        draft = new_draft(interaction, proposal.scope, change=change, proposal=proposal.number)
        await self._bot.drafting.ask(interaction, draft, section, place=place)

    async def _reopen(self, interaction: discord.Interaction[Matchbook], proposal: Proposal) -> None:
        await acknowledge(interaction)
        reason = f"Proposal {proposal.number} is open again"
        again, saved, stays = await self._reviews.reopen(proposal, standing.author(interaction, reason))
        drawn = await self._notices.drawn(again, listed=True)
        await amend(interaction, replace(drawn, card=proposal_embed.stays(stays)) if stays else drawn)
        if saved is None:
            await self._notices.refresh(again)
        else:
            # They were told that it is in.
            await self._notices.spread(again)
            await self._bot.journal.tell(saved, reason)

    async def _note(self, interaction: discord.Interaction[Matchbook], act: str, number: int) -> None:
        title, asked, required = _NOTE[act]
        field = text_field("note", asked, limit=NOTE_LIMIT, required=required)
        await interaction.response.send_modal(Form(f"note:{act}:{number}", title, [field], {}))

    async def _reply(self, interaction: discord.Interaction[Matchbook], number: int, answer: str) -> None:
        """Put a proposer's answer before those who asked."""
        await self._own(interaction, number)
        await acknowledge(interaction)
        answered = await self._bot.catalog.storage.proposals.reply(number, answer)
        await amend(interaction, Reply(proposal_embed.received(answered, joined=False)))
        await self._notices.answer(answered, answer)


def _touched(edit: Edit) -> tuple[Section, int | None]:
    """Say where an edit changes something first, so that the form opens there."""
    before, after = edit.before, edit.after
    if before is None or after is None:
        return Section.BASICS, None
    for place, capability in enumerate(after.capabilities):
        if capability not in before.capabilities:
            return Section.CAPABILITY, place
    plain = (section for section in Section if section is not Section.CAPABILITY)
    touched = (section for section in plain if filled(before, section) != filled(after, section))
    return next(touched, Section.BASICS), None
