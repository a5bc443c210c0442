"""What guilds chose for themselves: the weights that their ranks are computed by, and how they moderate."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from catalog.errors import WeightsError
from catalog.moderation import USUAL, Moderation
from catalog.weights import COMPONENTS, Weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.storage import Storage

#: What the keys of these settings begin with; a guild's id follows.
_WEIGHTS: Final = "weights:"
_MODERATION: Final = "moderation:"


class Preferences:
    """The choices of all guilds, as they were last read from the database; a guild's never show in another."""

    def __init__(self, storage: Storage | None = None) -> None:
        """Keep choices in a database, or (None) in memory alone."""
        self._storage = storage
        self._weights: dict[int, Weights] = {}
        self._moderation: dict[int, Moderation] = {}
        # What is read must not overwrite what was chosen meanwhile.
        self._changing = asyncio.Lock()

    def weights(self, guild_id: int | None) -> Weights | None:
        """Give the weights that a guild chose; None for what is usual, and for nobody's guild."""
        return self._weights.get(guild_id) if guild_id else None

    def moderation(self, guild_id: int | None) -> Moderation:
        """Give how a guild moderates; what is usual where it chose nothing, and for nobody's guild."""
        return self._moderation.get(guild_id, USUAL) if guild_id else USUAL

    @property
    def moderations(self) -> dict[int, Moderation]:
        """How all guilds that chose something moderate, by their ids."""
        return dict(self._moderation)

    async def choose(self, guild_id: int, weights: Weights | None) -> None:
        """Keep a guild's choice of weights; None for what is usual.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._changing:
            await self._write(f"{_WEIGHTS}{guild_id}", _written(weights))
            self._weights = {guild: kept for guild, kept in self._weights.items() if guild != guild_id}
            if weights:
                self._weights[guild_id] = weights

    async def moderate(self, guild_id: int, moderation: Moderation) -> None:
        """Keep how a guild moderates.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        await self.adjust(guild_id, lambda _: moderation)

    async def adjust(self, guild_id: int, change: Callable[[Moderation], Moderation]) -> Moderation:
        """Change how a guild moderates, on top of what others changed meanwhile; give what came of it.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._changing:
            moderation = change(self.moderation(guild_id))
            await self._write(f"{_MODERATION}{guild_id}", moderation.model_dump_json(exclude_defaults=True))
            self._moderation = {**self._moderation, guild_id: moderation}
        return moderation

    async def _write(self, key: str, value: str) -> None:
        if self._storage:
            await self._storage.set_setting(key, value)

    async def read(self) -> None:
        """Take over what other processes wrote.

        Raises:
            StorageError: the database refused; what was known stays.
        """
        if not self._storage:
            return
        async with self._changing:
            weights = await self._by_guild(_WEIGHTS)
            self._weights = {guild: read for guild, text in weights.items() if (read := _read(text))}
            moderation = await self._by_guild(_MODERATION)
            self._moderation = {guild: _read_moderation(text) for guild, text in moderation.items()}

    async def _by_guild(self, beginning: str) -> dict[int, str]:
        settings = await self._storage.settings(beginning) if self._storage else {}
        guilds = {key.removeprefix(beginning): text for key, text in settings.items()}
        return {int(guild): text for guild, text in guilds.items() if guild.isdecimal()}


def _written(weights: Weights | None) -> str:
    """Write weights down: whole percentages in the order of the components; nothing for what is usual."""
    return " ".join(map(str, weights.percent())) if weights else ""


def _read(text: str) -> Weights | None:
    try:
        shares = [int(share) for share in text.split()]
        return Weights.of(dict(zip(COMPONENTS, shares, strict=True))).rounded() if shares else None
    except (ValueError, WeightsError):
        # Written by a version with other components: the usual weights will do until somebody chooses anew.
        return None


def _read_moderation(text: str) -> Moderation:
    try:
        return Moderation.model_validate_json(text)
    except ValidationError:
        # Written by a version with other rules: nobody moderates by a rule that can't be read.
        return USUAL
