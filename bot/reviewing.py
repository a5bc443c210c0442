"""Proposals in the chat: put before those who decide, decided on, and told to who made them."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final

import discord

from bot import standing
from bot.drafting import new_draft, told
from bot.embeds import moderation as moderation_embed
from bot.embeds import proposal as proposal_embed
from bot.embeds import wanted as wanted_embed
from bot.journal import post
from bot.replies import SILENT, Refusal, Reply, acknowledge, amend, send
from bot.views.form import Form, text_field
from bot.views.proposal import answering, decisions, hushing, listing
from catalog.editing.change import Change, Edit
from catalog.editing.fields import Section
from catalog.errors import ConflictError, DecidedError
from catalog.moments import moment
from catalog.proposals import NOTE_LIMIT, Proposal, ProposalState
from catalog.reviews import Reviews
from catalog.revision import SHARED, Author, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.client import Matchbook
    from catalog.drafts import Draft

log = logging.getLogger(__name__)

_REMINDER: Final = Author(name="matchbook", reason="nobody decided on it in time")
_NOTE: Final = {
    "reject": ("Reject", "Why not? The proposer is told.", False),
    "ask": ("Ask the proposer", "What do you want to know?", True),
    "answer": ("Answer", "Your answer to the moderators", True),
}


class Reviewing:
    """Takes proposals from members to moderators and back."""

    def __init__(self, bot: Matchbook) -> None:
        self._bot = bot
        self._reviews = Reviews(bot.catalog)

    async def propose(self, interaction: discord.Interaction[Matchbook], draft: Draft) -> None:
        """File what a draft wants, and show it to those who decide."""
        if draft.scope == SHARED and not self._bot.curators:
            raise Refusal("This bot's operator has named no curators, so nobody would see it.")
        title = draft.change.title if draft.change else (draft.sentence or "Something is wrong")
        proposal = Proposal(
            scope=draft.scope,
            kind=draft.kind,
            title=title,
            slug=draft.slug or (draft.change.edits[0].slug if draft.change else None),
            note=draft.note or None,
            sentence=draft.sentence,
            change=draft.change,
            proposer=standing.author(interaction, title).name,
            proposer_id=interaction.user.id,
            quiet=draft.quiet,
            made_at=moment(),
        )
        filed, joined = await self._reviews.propose(proposal)
        await self._bot.catalog.storage.drafts.drop(draft.key)
        await amend(interaction, Reply(proposal_embed.received(filed, joined=joined)))
        await self._publish(filed)

    async def press(self, interaction: discord.Interaction[Matchbook], act: str, number: int) -> None:
        """Do what a button under a proposal says, for who may decide on it."""
        proposal = await self._decidable(interaction, number)
        match act:
            case "approve":
                await self.approve(interaction, number)
            case "edit":
                await self._edit(interaction, proposal)
            case "reopen":
                await self._reopen(interaction, proposal)
            case "show":
                await acknowledge(interaction)
                await amend(interaction, await self._drawn(proposal))
            case _:
                await self._note(interaction, act, number)

    async def approve(
        self, interaction: discord.Interaction[Matchbook], number: int, draft: Draft | None = None
    ) -> None:
        """Write what is proposed, or what a draft made of it, to the catalog."""
        proposal = await self._decidable(interaction, number)
        await acknowledge(interaction)
        author = standing.author(interaction, f"Proposal {number}")
        try:
            decided, saved = await self._reviews.approve(
                proposal,
                author,
                change=draft.change if draft else None,
                choices=draft.choices if draft else None,
                alone=await self._is_alone(interaction, proposal.scope),
            )
        except ConflictError as error:
            if draft is None:
                wanted = new_draft(interaction, proposal.scope, change=proposal.change, proposal=number)
                await self._bot.drafting.stage(interaction, wanted, problem=str(error))
                return
            raise
        if draft:
            await self._bot.catalog.storage.drafts.drop(draft.key)
        await amend(interaction, told(saved, decided.title))
        await self._spread(decided)
        await self._bot.journal.tell(saved, decided.title)

    async def answered(
        self, interaction: discord.Interaction[Matchbook], act: str, number: int, typed: Mapping[str, str]
    ) -> None:
        """Take the note to a decision, a question to the proposer, or the proposer's answer."""
        note = typed.get("note", "").strip()[:NOTE_LIMIT]
        if act == "answer":
            await self._reply(interaction, number, note)
            return
        proposal = await self._decidable(interaction, number)
        await acknowledge(interaction)
        state = ProposalState.REJECTED if act == "reject" else ProposalState.ASKED
        decided = await self._reviews.answer(proposal, state, standing.author(interaction, act), note or None)
        if state is ProposalState.ASKED:
            decided = await self._discuss(decided)
        await amend(interaction, await self._drawn(decided))
        await self._spread(decided)

    async def open_answer(self, interaction: discord.Interaction[Matchbook], number: int) -> None:
        """Ask the proposer for their answer."""
        await self._own(interaction, number)
        await self._note(interaction, "answer", number)

    async def hush(self, interaction: discord.Interaction[Matchbook], number: int) -> None:
        """Send a proposer no more messages about a proposal."""
        proposal = await self._own(interaction, number)
        quiet = proposal.model_copy(update={"quiet": True})
        await self._bot.catalog.storage.proposals.save(quiet, {proposal.state})
        await send(interaction, Reply(proposal_embed.hushed(quiet)), private=True)

    async def queue(self, interaction: discord.Interaction[Matchbook], scope: Scope, page: int = 0) -> None:
        """List what waits for a decision."""
        await acknowledge(interaction)
        size = proposal_embed.PAGE
        waiting = await self._bot.catalog.storage.proposals.of(scope, limit=500)
        pages = max(1, -(-len(waiting) // size))
        page = min(page, pages - 1)
        shown = waiting[page * size : (page + 1) * size]
        card = proposal_embed.queue(shown, page, pages, total=len(waiting))
        await amend(interaction, Reply(card, listing(scope, shown, page, pages)))

    async def wanted(self, interaction: discord.Interaction[Matchbook], scope: Scope) -> None:
        """List the names that people asked for and didn't find."""
        await acknowledge(interaction)
        await self._bot.asked.flush(self._bot.catalog.storage)
        names = await self._bot.desk.wanted(scope)
        await amend(interaction, Reply(wanted_embed.card(names, shared=scope == SHARED)))

    async def settings(self, interaction: discord.Interaction[Matchbook], scope: Scope) -> None:
        """Show how a server moderates."""
        rules = self._bot.catalog.preferences.moderation(scope.guild_id)
        await send(interaction, Reply(moderation_embed.card(rules)), private=True)

    async def remind(self) -> None:
        """Remind moderators of what has waited for long, and let expire what has waited for too long."""
        now = datetime.now(UTC)
        remind, expire = await self._reviews.due(now)
        for proposal in expire:
            try:
                expired = await self._reviews.answer(proposal, ProposalState.EXPIRED, _REMINDER, None)
            except DecidedError:
                continue
            await self._spread(expired)
        for scope, together in groupby(sorted(remind, key=lambda one: one.scope.key), lambda one: one.scope):
            proposals = list(together)
            rules = self._bot.catalog.preferences.moderation(scope.guild_id)
            channel = rules.review_channel if scope.guild_id else self._bot.curators_channel
            if channel:
                card = proposal_embed.reminder(proposals, remind_days=rules.remind_days)
                await post(self._bot, scope.guild_id, channel, card)
            for one in proposals:
                told_now = one.model_copy(update={"reminded_at": moment(now)})
                await self._bot.catalog.storage.proposals.save(told_now, {one.state})

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

    async def _edit(self, interaction: discord.Interaction[Matchbook], proposal: Proposal) -> None:
        """Open what is proposed in a form; saving the draft approves it."""
        change, section, place = proposal.change, Section.BASICS, None
        if change is None and proposal.slug:
            tool = self._bot.catalog.view(proposal.scope.guild_id).get(proposal.slug)
            change = Change(title=proposal.title, edits=(Edit(slug=tool.slug, before=tool, after=tool),))
            said = [
                {capability.description, capability.unique, capability.versus}
                for capability in tool.capabilities
            ]
            place = next((at for at, texts in enumerate(said) if proposal.sentence in texts), None)
            section = Section.CAPABILITY if place is not None else Section.BASICS
        draft = new_draft(interaction, proposal.scope, change=change, proposal=proposal.number)
        await self._bot.drafting.ask(interaction, draft, section, place=place)

    async def _reopen(self, interaction: discord.Interaction[Matchbook], proposal: Proposal) -> None:
        await acknowledge(interaction)
        reason = f"Proposal {proposal.number} is open again"
        again, saved = await self._reviews.reopen(proposal, standing.author(interaction, reason))
        await amend(interaction, await self._drawn(again))
        await self._refresh(again)
        if saved:
            await self._bot.journal.tell(saved, reason)

    async def _note(self, interaction: discord.Interaction[Matchbook], act: str, number: int) -> None:
        title, asked, required = _NOTE[act]
        field = text_field("note", asked, limit=NOTE_LIMIT, required=required)
        await interaction.response.send_modal(Form(f"note:{act}:{number}", title, [field], {}))

    async def _reply(self, interaction: discord.Interaction[Matchbook], number: int, answer: str) -> None:
        """Put a proposer's answer before those who asked."""
        proposal = await self._own(interaction, number)
        await acknowledge(interaction)
        note = f"{proposal.note}\n\n{answer}" if proposal.note else answer
        answered = proposal.model_copy(update={"state": ProposalState.OPEN, "note": note[-NOTE_LIMIT:]})
        answered = await self._bot.catalog.storage.proposals.save(answered, {ProposalState.ASKED})
        await amend(interaction, Reply(proposal_embed.received(answered, joined=False)))
        await self._refresh(answered)
        if answered.thread_id:
            card = proposal_embed.answer(answered, answer)
            await post(self._bot, answered.scope.guild_id, answered.thread_id, card)

    async def _drawn(self, proposal: Proposal) -> Reply:
        preview = None
        if proposal.state.is_open and proposal.change:
            # Whoever looks on may see it: what people asked is for who edits.
            preview = await self._bot.desk.preview(proposal.change, proposal.scope, replay=False)
        supporters = await self._bot.catalog.storage.proposals.supporters(proposal.number or 0)
        return Reply(proposal_embed.review(proposal, preview, len(supporters)), decisions(proposal))

    async def _publish(self, proposal: Proposal) -> None:
        """Put a new proposal into the review channel, or draw the one that it was joined to anew."""
        if proposal.message_id:
            await self._refresh(proposal)
            return
        rules = self._bot.catalog.preferences.moderation(proposal.scope.guild_id)
        channel = rules.review_channel if proposal.scope.guild_id else self._bot.curators_channel
        if channel is None:
            return
        drawn = await self._drawn(proposal)
        message = await post(self._bot, proposal.scope.guild_id, channel, drawn.embed, drawn.view)
        if message:
            shown = proposal.model_copy(update={"channel_id": channel, "message_id": message.id})
            await self._bot.catalog.storage.proposals.save(shown, {proposal.state})

    async def _refresh(self, proposal: Proposal) -> None:
        """Draw a proposal's message in the review channel anew; it may be gone."""
        channel = self._bot.get_channel(proposal.channel_id or 0)
        if not isinstance(channel, discord.TextChannel) or not proposal.message_id:
            return
        drawn = await self._drawn(proposal)
        try:
            message = channel.get_partial_message(proposal.message_id)
            await message.edit(embed=drawn.embed, view=drawn.view, allowed_mentions=SILENT)
        except discord.HTTPException:
            log.info("could not redraw proposal %s", proposal.number, exc_info=True)

    async def _discuss(self, proposal: Proposal) -> Proposal:
        """Open a thread beside a proposal's message, where moderators talk about it and the answer will come."""
        channel = self._bot.get_channel(proposal.channel_id or 0)
        if not isinstance(channel, discord.TextChannel) or not proposal.message_id or proposal.thread_id:
            return proposal
        try:
            message = channel.get_partial_message(proposal.message_id)
            thread = await message.create_thread(name=f"Proposal {proposal.number}")
        except discord.HTTPException:
            log.info("could not open a thread for proposal %s", proposal.number, exc_info=True)
            return proposal
        await post(self._bot, proposal.scope.guild_id, thread.id, proposal_embed.question(proposal))
        kept = proposal.model_copy(update={"thread_id": thread.id})
        return await self._bot.catalog.storage.proposals.save(kept, {proposal.state})

    async def _spread(self, proposal: Proposal) -> None:
        """Draw a decided proposal anew, and tell who made it and who wanted the same, but for who doesn't want it."""
        await self._refresh(proposal)
        guild = self._bot.get_guild(proposal.scope.guild_id) if proposal.scope.guild_id else None
        card = proposal_embed.outcome(proposal, guild.name if guild else None)
        asked = proposal.state is ProposalState.ASKED
        people = [] if proposal.quiet or not proposal.proposer_id else [proposal.proposer_id]
        if not asked:
            people += await self._bot.catalog.storage.proposals.supporters(proposal.number or 0)
        for user_id in people:
            first = user_id == proposal.proposer_id
            view = answering(proposal) if asked else hushing(proposal) if first else None
            await self._message(user_id, card, view)

    async def _message(self, user_id: int, card: discord.Embed, view: discord.ui.View | None) -> None:
        try:
            user = self._bot.get_user(user_id) or await self._bot.fetch_user(user_id)
            await user.send(**Reply(card, view).parts())
        except discord.HTTPException:
            # Many people take no messages from bots; the proposal itself says what became of it.
            log.info("could not message a proposer", exc_info=True)
