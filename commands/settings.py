"""`/settings`: what those who manage a server choose for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.embeds import moderation as moderation_embed
from bot.embeds import settings
from bot.replies import Refusal, Reply, send
from bot.standing import managed
from catalog.moderation import BLOCKED_LIMIT, ROLES_LIMIT
from commands.options import WeightsOption

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.client import Matchbook
    from catalog.moderation import Moderation


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
class Settings(
    commands.GroupCog, group_name="settings", group_description="What those who manage this server choose"
):
    """Settings of one server; nothing here shows in another."""

    moderators = app_commands.Group(name="moderators", description="Who may edit this server's catalog")

    @app_commands.command()
    @app_commands.describe(
        weights="A preset, or shares such as quality=50 ecosystem=20; leave out for the usual ones"
    )
    async def weights(
        self, interaction: discord.Interaction[Matchbook], weights: WeightsOption | None = None
    ) -> None:
        """Choose what counts in the ranks that this server sees."""
        guild_id = managed(interaction)
        await interaction.client.catalog.preferences.choose(guild_id, weights)
        await send(interaction, Reply(settings.weights(weights)), private=True)

    @moderators.command(name="role")
    @app_commands.describe(role="Everybody with this role", remove="Take the right away again")
    async def role(
        self,
        interaction: discord.Interaction[Matchbook],
        role: discord.Role,
        remove: bool = False,
    ) -> None:
        """Let a role edit this server's catalog, beside the owner and who may manage the server."""
        # The role that everybody has bears its server's id.
        if role.id == managed(interaction) and not remove:
            raise Refusal("That role is everybody; then everybody would moderate. Choose another one.")
        await _settle(
            interaction,
            lambda rules: {"roles": _listed(rules.roles, role.id, ROLES_LIMIT, "roles", remove=remove)},
        )

    @app_commands.command()
    @app_commands.describe(channel="A channel of this server; without it, proposals wait in /catalog review")
    async def review(
        self, interaction: discord.Interaction[Matchbook], channel: discord.TextChannel | None = None
    ) -> None:
        """Choose where members' proposals are shown to moderators."""
        chosen = _channel(interaction, channel)
        await _settle(interaction, lambda _: {"review_channel": chosen})

    @app_commands.command()
    @app_commands.describe(channel="A channel of this server; without it, changes are told nowhere")
    async def log(
        self, interaction: discord.Interaction[Matchbook], channel: discord.TextChannel | None = None
    ) -> None:
        """Choose where each change of this server's catalog is told."""
        chosen = _channel(interaction, channel)
        await _settle(interaction, lambda _: {"log_channel": chosen})

    @app_commands.command()
    @app_commands.describe(
        daily_limit="How many a member may make in 24 hours; 0 takes none",
        remind_days="After how many days moderators are reminded; after twice as many it expires",
    )
    async def proposals(
        self,
        interaction: discord.Interaction[Matchbook],
        daily_limit: app_commands.Range[int, 0, 100] | None = None,
        remind_days: app_commands.Range[int, 1, 90] | None = None,
    ) -> None:
        """Choose how many proposals a member may make, and how long they may wait."""
        chosen = {"daily_limit": daily_limit, "remind_days": remind_days}
        given = {name: number for name, number in chosen.items() if number is not None}
        await _settle(interaction, lambda _: given)

    @app_commands.command()
    @app_commands.describe(member="Who may not propose", remove="Let them propose again")
    async def block(
        self,
        interaction: discord.Interaction[Matchbook],
        member: discord.User,
        remove: bool = False,
    ) -> None:
        """Take no more proposals from somebody, or take them again."""
        await _settle(
            interaction,
            lambda rules: {
                "blocked": _listed(rules.blocked, member.id, BLOCKED_LIMIT, "members", remove=remove)
            },
        )


async def _settle(
    interaction: discord.Interaction[Matchbook], choose: Callable[[Moderation], Mapping[str, object]]
) -> None:
    """Keep what is chosen in view of what holds at that moment, and show all of it."""
    rules = await interaction.client.catalog.preferences.adjust(
        managed(interaction), lambda rules: rules.model_copy(update=choose(rules))
    )
    await send(interaction, Reply(moderation_embed.card(rules)), private=True)


def _listed(ids: tuple[int, ...], one: int, most: int, what: str, *, remove: bool) -> tuple[int, ...]:
    others = tuple(other for other in ids if other != one)
    if remove:
        return others
    if len(others) >= most:
        raise Refusal(f"At most {most} {what} can be listed; take one off first.")
    return (*others, one)


def _channel(interaction: discord.Interaction[Matchbook], channel: discord.TextChannel | None) -> int | None:
    """Give a channel's id, if the bot can write there."""
    if channel is None:
        return None
    if channel.guild.id != managed(interaction):
        raise Refusal("Choose a channel of this server.")
    may = channel.permissions_for(channel.guild.me)
    if not (may.view_channel and may.send_messages and may.embed_links):
        raise Refusal(
            f"I can't write in #{channel.name}: let me view it, send messages and embed links there."
        )
    return channel.id


async def setup(bot: Matchbook) -> None:
    """Add the feature to the bot."""
    await bot.add_cog(Settings())
