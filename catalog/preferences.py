"""What guilds chose for themselves: the weights that their ranks are computed by."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from catalog.errors import WeightsError
from catalog.weights import COMPONENTS, Weights

if TYPE_CHECKING:
    from catalog.storage import Storage

#: What the keys of these settings begin with; a guild's id follows.
_WEIGHTS: Final = "weights:"


class Preferences:
    """The choices of all guilds, as they were last read from the database; a guild's never show in another."""

    def __init__(self, storage: Storage | None = None) -> None:
        """Keep choices in a database, or (None) in memory alone."""
        self._storage = storage
        self._weights: dict[int, Weights] = {}
        # What is read must not overwrite what was chosen meanwhile.
        self._changing = asyncio.Lock()

    def weights(self, guild_id: int | None) -> Weights | None:
        """Give the weights that a guild chose; None for what is usual, and for nobody's guild."""
        return self._weights.get(guild_id) if guild_id else None

    async def choose(self, guild_id: int, weights: Weights | None) -> None:
        """Keep a guild's choice; None for what is usual.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._changing:
            if self._storage:
                await self._storage.set_setting(f"{_WEIGHTS}{guild_id}", _written(weights))
            self._weights = {guild: kept for guild, kept in self._weights.items() if guild != guild_id}
            if weights:
                self._weights[guild_id] = weights

    async def read(self) -> None:
        """Take over what other processes wrote.

        Raises:
            StorageError: the database refused; what was known stays.
        """
        if not self._storage:
            return
        async with self._changing:
            settings = await self._storage.settings(_WEIGHTS)
            chosen = {key.removeprefix(_WEIGHTS): _read(text) for key, text in settings.items()}
            self._weights = {
                int(guild): weights for guild, weights in chosen.items() if weights and guild.isdecimal()
            }


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
