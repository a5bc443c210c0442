"""What people see of a proposal: its message in the review channel, the thread beside it, messages to who made it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord

from bot.embeds import proposal as proposal_embed
from bot.journal import found, post
from bot.replies import SILENT, Reply
from bot.views.proposal import answering, decisions, hushing
from catalog.proposals import ProposalState
from catalog.revision import SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import Matchbook
    from catalog.proposals import Proposal
    from catalog.revision import Scope

log = logging.getLogger(__name__)


class Notices:
    """Shows proposals where they are decided on, and tells those who wanted them."""

    def __init__(self, bot: Matchbook) -> None:
        self._bot = bot
        # Two who draw the same message at once would make two of it, or leave the older one standing.
        self._drawing: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def channel(self, scope: Scope) -> int | None:
        """Give the channel in which a scope's proposals are decided on, if one was chosen."""
        if scope.guild_id is None:
            return self._bot.curators_channel
        return self._bot.catalog.preferences.moderation(scope.guild_id).review_channel

    async def drawn(self, proposal: Proposal, *, listed: bool = False) -> Reply:
        """Draw a proposal with what can be done with it; `listed` adds the way back to the list."""
        preview = None
        if proposal.state.is_open and proposal.change:
            # Whoever looks on may see it: what people asked is for who edits.
            preview = await self._bot.desk.preview(proposal.change, proposal.scope, replay=False)
        supporters = await self._bot.catalog.storage.proposals.supporters(proposal.number or 0)
        return Reply(proposal_embed.review(proposal, preview, supporters), decisions(proposal, listed=listed))

    async def publish(self, proposal: Proposal) -> None:
        """Put a proposal into the review channel, or draw its message there anew, as the proposal is by then."""
        number = proposal.number or 0
        async with self._drawing.setdefault(number, asyncio.Lock()):
            latest = await self._bot.catalog.storage.proposals.get(number)
            if latest is None:
                return
            if latest.message_id:
                await self._redraw(latest)
            elif latest.state.is_open and (channel := self.channel(latest.scope)):
                drawn = await self.drawn(latest)
                message = await post(self._bot, latest.scope.guild_id, channel, drawn.embed, drawn.view)
                if message:
                    await self._bot.catalog.storage.proposals.mark(
                        number, channel_id=channel, message_id=message.id
                    )

    async def refresh(self, proposal: Proposal) -> None:
        """Draw a proposal's message in the review channel anew, as the proposal is by then; it may be gone."""
        number = proposal.number or 0
        async with self._drawing.setdefault(number, asyncio.Lock()):
            latest = await self._bot.catalog.storage.proposals.get(number)
            if latest is not None:
                await self._redraw(latest)

    async def _redraw(self, proposal: Proposal) -> None:
        if not (proposal.channel_id and proposal.message_id):
            return
        channel = await found(self._bot, proposal.scope.guild_id, proposal.channel_id)
        if channel is None:
            return
        drawn = await self.drawn(proposal)
        try:
            message = channel.get_partial_message(proposal.message_id)
            await message.edit(embed=drawn.embed, view=drawn.view, allowed_mentions=SILENT)
        except discord.HTTPException:
            log.info("could not redraw proposal %s", proposal.number, exc_info=True)

    async def spread(self, proposal: Proposal) -> bool:
        """Draw a decided proposal anew, and tell who made it and who wanted the same, but for who doesn't want it.

        A question goes to who made it alone, and into the thread; that it was withdrawn, who did so knows. Says whether
        who made it was reached.
        """
        await self.refresh(proposal)
        guild = self._bot.get_guild(proposal.scope.guild_id) if proposal.scope.guild_id else None
        card = proposal_embed.outcome(proposal, guild.name if guild else None)
        asked = proposal.state is ProposalState.ASKED
        reached = False
        withdrawn = proposal.state is ProposalState.WITHDRAWN
        if proposal.proposer_id and not proposal.quiet and not withdrawn:
            view = answering(proposal) if asked else hushing(proposal)
            reached = await self._message(proposal.proposer_id, card, view)
        if asked:
            await self._discuss(proposal, reached=reached)
            return reached
        for support in await self._bot.catalog.storage.proposals.supporters(proposal.number or 0):
            if not support.quiet:
                await self._message(support.user_id, card, hushing(proposal))
        return reached

    async def remind(self, scope: Scope, proposals: Sequence[Proposal]) -> bool:
        """Remind who decides of what waits: where it is shown, else where changes are told, else the server's owner.

        Says whether anybody was told.
        """
        rules = self._bot.catalog.preferences.moderation(scope.guild_id)
        days = None if scope == SHARED else rules.remind_days
        card = proposal_embed.reminder(proposals, remind_days=days)
        for channel in dict.fromkeys((self.channel(scope), rules.log_channel)):
            if channel and await post(self._bot, scope.guild_id, channel, card):
                return True
        guild = self._bot.get_guild(scope.guild_id) if scope.guild_id else None
        if guild is None or guild.owner_id is None:
            return False
        card = proposal_embed.reminder(proposals, remind_days=days, guild=guild.name)
        return await self._message(guild.owner_id, card)

    async def answer(self, proposal: Proposal, said: str) -> None:
        """Show moderators what a proposer answered."""
        await self.refresh(proposal)
        if proposal.thread_id:
            card = proposal_embed.answer(proposal, said)
            await post(self._bot, proposal.scope.guild_id, proposal.thread_id, card)

    async def _discuss(self, proposal: Proposal, *, reached: bool) -> None:
        """Put a question into the thread beside a proposal's message, where the answer will come and people talk."""
        thread_id = proposal.thread_id or await self._thread(proposal)
        if thread_id:
            card = proposal_embed.question(proposal, reached=reached)
            await post(self._bot, proposal.scope.guild_id, thread_id, card)

    async def _thread(self, proposal: Proposal) -> int | None:
        """Open a proposal's thread; None where there is no message to open it at, or the bot may not."""
        if not (proposal.channel_id and proposal.message_id):
            return None
        channel = await found(self._bot, proposal.scope.guild_id, proposal.channel_id)
        if not isinstance(channel, discord.TextChannel):
            return None
        try:
            message = channel.get_partial_message(proposal.message_id)
            thread = await message.create_thread(name=f"Proposal {proposal.number}")
        except discord.HTTPException:
            log.info("could not open a thread for proposal %s", proposal.number, exc_info=True)
            return None
        await self._bot.catalog.storage.proposals.mark(proposal.number or 0, thread_id=thread.id)
        return thread.id

    async def _message(self, user_id: int, card: discord.Embed, view: discord.ui.View | None = None) -> bool:
        try:
            user = self._bot.get_user(user_id) or await self._bot.fetch_user(user_id)
            await user.send(**Reply(card, view).parts())
        except discord.HTTPException:
            # Many people take no messages from bots; the proposal itself says what became of it.
            log.info("could not message somebody", exc_info=True)
            return False
        return True
