"""The command tree: where commands may be used, one voice for errors, and syncing only what changed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import discord
from discord import app_commands

from bot import replies

if TYPE_CHECKING:
    from bot.client import Matchbook

log = logging.getLogger(__name__)

Root: TypeAlias = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu

#: What Discord adds to a command that it was sent; none of it says what the command is.
_ADDED: Final = frozenset(
    {"id", "application_id", "guild_id", "version", "dm_permission", "default_permission"}
)


def _essence(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    """Reduce a command's JSON to what was said in it, whichever side wrote it: Discord fills in empty defaults."""
    match value:
        case dict():
            items = {key: _essence(item) for key, item in value.items() if key not in _ADDED}
            # A 0 says something (a least value); False and emptiness are what silence means too.
            return {key: item for key, item in items.items() if item or (item == 0 and item is not False)}
        case list():
            parts = [_essence(item) for item in value]
            return sorted(parts) if all(isinstance(part, int) for part in parts) else parts
        case _:
            return value


class Tree(app_commands.CommandTree["Matchbook"]):
    """All application commands; they work in servers, in DMs and as a user's own app."""

    def __init__(self, client: Matchbook) -> None:
        super().__init__(
            client,
            fallback_to_global=True,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )

    async def on_error(
        self, interaction: discord.Interaction[Matchbook], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person what went wrong."""
        await replies.fail(interaction, error)

    async def sync_if_changed(self) -> bool:
        """Send the commands to Discord unless it has these very ones; say whether they were sent.

        Discord limits how often commands may be created, and a needless sync makes clients reload them.
        """
        assert self.client.application_id is not None  # noqa: S101 (logged in before anything is synced)
        # The raw answer: discord.py's own objects lose some of a command's contexts when they are read.
        known = await self._http.get_global_commands(self.client.application_id)
        theirs = {(command["type"], command["name"]): _essence(command) for command in known}
        ours = {
            (payload.get("type", 1), payload["name"]): _essence({"type": 1, **payload})
            for command in self._all()
            if (payload := command.to_dict(self))
        }
        if ours == theirs:
            log.info("the %d commands are up to date", len(ours))
            return False
        await self.sync()
        log.info("sent %d commands to Discord", len(ours))
        return True

    def _all(self) -> list[Root]:
        return self.get_commands(type=None)
