"""Who may do what: members, a server's moderators, and the curators of the shared catalog.

Asked at every entry point, commands, buttons, menus and forms alike: what Discord hides from somebody, a server can
show again, and a custom_id can be forged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.replies import Refusal
from catalog.revision import SHARED, Author, Scope
from catalog.text import clean_line

if TYPE_CHECKING:
    from bot.client import Matchbook

_NOT_A_MODERATOR = (
    "Only this server's moderators can do that: its owner, who may manage the server, and the roles that "
    "`/settings moderators` names. `/suggest` proposes a change to them."
)
_NOT_A_CURATOR = (
    "Only the curators whom the bot's operator named change the shared catalog. In a server, its moderators edit "
    "that server's copy; `/catalog upstream` proposes it to the curators."
)
_NOT_INSTALLED = (
    "Matchbook has to be added to this server before its catalog can be changed here; ask who manages it."
)
_NO_SERVER = "Use this command in a server: it is that server's catalog that it changes."


def _is_installed(interaction: discord.Interaction[Matchbook]) -> bool:
    """Say whether the bot was added to the server, and not only brought along by who uses it."""
    return interaction.is_guild_integration() or not interaction.is_user_integration()


def moderates(interaction: discord.Interaction[Matchbook]) -> bool:
    """Say whether somebody moderates the server they are in."""
    guild, member = interaction.guild, interaction.user
    if interaction.guild_id is None or not _is_installed(interaction):
        return False
    if (guild is not None and guild.owner_id == member.id) or interaction.permissions.manage_guild:
        return True
    roles = interaction.client.catalog.preferences.moderation(interaction.guild_id).roles
    return isinstance(member, discord.Member) and any(map(member.get_role, roles))


def managed(interaction: discord.Interaction[Matchbook]) -> int:
    """Give the id of the server whose settings somebody may change: its owner, and who may manage it; else refuse.

    Discord hides the command from most who may not use it, but a server can change that.
    """
    if interaction.guild_id is None:
        raise Refusal("Settings belong to a server; use this command in one.")
    owner = interaction.guild is not None and interaction.guild.owner_id == interaction.user.id
    if not _is_installed(interaction) or not (owner or interaction.permissions.manage_guild):
        raise Refusal("Only who may manage this server can change its settings. Ask a moderator.")
    return interaction.guild_id


def curates(interaction: discord.Interaction[Matchbook]) -> bool:
    """Say whether somebody curates the shared catalog."""
    return interaction.user.id in interaction.client.curators


def moderated(interaction: discord.Interaction[Matchbook]) -> Scope:
    """Give the server that somebody moderates, or refuse them."""
    if interaction.guild_id is None:
        raise Refusal(_NO_SERVER)
    if not _is_installed(interaction):
        raise Refusal(_NOT_INSTALLED)
    if not moderates(interaction):
        raise Refusal(_NOT_A_MODERATOR)
    return Scope(guild_id=interaction.guild_id)


def editable(interaction: discord.Interaction[Matchbook], *, shared: bool = False) -> Scope:
    """Give whose catalog a command changes, or refuse: the shared one if asked for or in a direct message."""
    if not shared and interaction.guild_id is not None:
        return moderated(interaction)
    if not curates(interaction):
        raise Refusal(_NOT_A_CURATOR)
    return SHARED


def proposable(interaction: discord.Interaction[Matchbook]) -> Scope:
    """Give whose catalog a suggestion is about: the server's, and where there is none the shared one."""
    if interaction.guild_id is None or not _is_installed(interaction):
        return SHARED
    return Scope(guild_id=interaction.guild_id)


def visible(interaction: discord.Interaction[Matchbook], *, shared: bool = False) -> Scope:
    """Give whose catalog a command reads, which everybody may: the same that a suggestion would be about."""
    return SHARED if shared else proposable(interaction)


def present(interaction: discord.Interaction[Matchbook], scope: Scope) -> None:
    """Refuse somebody who presses what belongs to one server in another place; what is shared is there everywhere."""
    if scope not in {SHARED, proposable(interaction)}:
        raise Refusal("This belongs to another server; nothing was changed. Use the command here instead.")


def allowed(interaction: discord.Interaction[Matchbook], scope: Scope) -> None:
    """Refuse somebody who may not change what a button is about, or who presses it somewhere else."""
    present(interaction, scope)
    editable(interaction, shared=scope == SHARED)


def author(interaction: discord.Interaction[Matchbook], reason: str) -> Author:
    """Name who is at work, as the history will."""
    name = clean_line(interaction.user.display_name)[:100] or clean_line(interaction.user.name)
    return Author(
        name=name or str(interaction.user.id),
        reason=clean_line(reason)[:300] or "no reason given",
        user_id=interaction.user.id,
        interaction_id=interaction.id,
    )
