"""A tool's history in the chat: paged, each change with its diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.embeds import revision as revision_embed
from bot.replies import Refusal, Reply, acknowledge, amend
from bot.views.history import controls
from catalog.errors import UnknownToolError

if TYPE_CHECKING:
    import discord

    from bot.client import Matchbook
    from catalog.revision import Revision, Scope


class Records:
    """Shows what was done to documents."""

    def __init__(self, bot: Matchbook) -> None:
        self._bot = bot

    async def show(
        self,
        interaction: discord.Interaction[Matchbook],
        scope: Scope,
        slug: str,
        page: int = 0,
    ) -> None:
        """Show a page of a tool's history, from 0, newest first."""
        await acknowledge(interaction)
        storage = self._bot.catalog.storage
        size = revision_embed.PAGE
        # One more than is shown says whether there is another page.
        revisions = await storage.history(slug, scope, limit=size + 1, skipped=page * size)
        shown = revisions[:size]
        if not shown:
            raise Refusal(
                "Nothing was changed of it here so far; with `shared` you see what was done to the shared tool."
            )
        name = self._name(slug, scope) or revision_embed.name_of(shown[0])
        embed = revision_embed.history(name, shown, page)
        view = controls(scope, shown, page, more=len(revisions) > size)
        await amend(interaction, Reply(embed, view))

    async def turn(
        self, interaction: discord.Interaction[Matchbook], scope: Scope, number: int, page: int
    ) -> None:
        """Show a page of the history of the tool that a revision is about."""
        revision = await self._revision(scope, number)
        await self.show(interaction, scope, revision.slug, page)

    async def one(self, interaction: discord.Interaction[Matchbook], scope: Scope, number: int) -> None:
        """Show all that a revision changed."""
        await acknowledge(interaction)
        revision = await self._revision(scope, number)
        view = controls(scope, [revision], 0, more=False, opened=True)
        await amend(interaction, Reply(revision_embed.one(revision), view))

    async def _revision(self, scope: Scope, number: int) -> Revision:
        revision = await self._bot.catalog.storage.revision(number)
        if revision is None or revision.scope != scope:
            raise Refusal(f"There is no change {number} here.")
        return revision

    def _name(self, slug: str, scope: Scope) -> str | None:
        try:
            return self._bot.catalog.view(scope.guild_id).get(slug).name
        except UnknownToolError:
            return None
