"""What guilds chose for themselves: the weights that their ranks are computed by, and how they moderate."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from catalog.errors import WeightsError
from catalog.moderation import USUAL, Moderation
from catalog.weights import COMPONENTS, Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from catalog.storage import Storage

T = TypeVar("T")

#: What the keys of these settings begin with; a guild's id follows.
_WEIGHTS: Final = "weights:"
_MODERATION: Final = "moderation:"


class _Kept(NamedTuple, Generic[T]):
    """A choice as it is written and as it is read: what is written so again needs no second reading."""

    text: str
    read: T


class Preferences:
    """The choices of all guilds, as they were last read from the database; a guild's never show in another."""

    def __init__(self, storage: Storage | None = None) -> None:
        """Keep choices in a database, or (None) in memory alone."""
        self._storage = storage
        self._weights: dict[int, _Kept[Weights | None]] = {}
        self._moderation: dict[int, _Kept[Moderation]] = {}
        # What is read must not overwrite what was chosen meanwhile.
        self._changing = asyncio.Lock()

    def weights(self, guild_id: int | None) -> Weights | None:
        """Give the weights that a guild chose; None for what is usual, and for nobody's guild."""
        kept = self._weights.get(guild_id) if guild_id else None
        return kept.read if kept else None

    def moderation(self, guild_id: int | None) -> Moderation:
        """Give how a guild moderates; what is usual where it chose nothing, and for nobody's guild."""
        kept = self._moderation.get(guild_id) if guild_id else None
        return kept.read if kept else USUAL

    async def choose(self, guild_id: int, weights: Weights | None) -> None:
        """Keep a guild's choice of weights; None for what is usual.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        async with self._changing:
            text = await self._changed(f"{_WEIGHTS}{guild_id}", None, lambda _: _written(weights))
            self._weights[guild_id] = _Kept(text, _read(text))

    async def moderate(self, guild_id: int, moderation: Moderation) -> None:
        """Keep how a guild moderates.

        Raises:
            StorageError: the database refused; nothing was changed.
        """
        await self.adjust(guild_id, lambda _: moderation)

    async def adjust(self, guild_id: int, change: Callable[[Moderation], Moderation]) -> Moderation:
        """Change how a guild moderates, on top of what others changed until that moment; give what came of it.

        Raises:
            StorageError: the database refused; nothing was changed.
        """

        def changed(text: str | None) -> str:
            rules = USUAL if text is None else _read_moderation(text)
            return change(rules).model_dump_json(exclude_defaults=True)

        async with self._changing:
            known = self._moderation.get(guild_id)
            text = await self._changed(f"{_MODERATION}{guild_id}", known.text if known else None, changed)
            self._moderation[guild_id] = _Kept(text, _read_moderation(text))
            return self._moderation[guild_id].read

    async def _changed(self, key: str, known: str | None, change: Callable[[str | None], str]) -> str:
        """Change what is written: in the database, where another process may have changed it, or what is known."""
        return await self._storage.change_setting(key, change) if self._storage else change(known)

    async def read(self) -> None:
        """Take over what other processes wrote.

        Raises:
            StorageError: the database refused; what was known stays.
        """
        if not self._storage:
            return
        async with self._changing:
            weights = await self._by_guild(self._storage, _WEIGHTS)
            moderation = await self._by_guild(self._storage, _MODERATION)
            self._weights = _taken(weights, self._weights, _read)
            self._moderation = _taken(moderation, self._moderation, _read_moderation)

    @staticmethod
    async def _by_guild(storage: Storage, beginning: str) -> dict[int, str]:
        settings = await storage.settings(beginning)
        guilds = {key.removeprefix(beginning): text for key, text in settings.items()}
        return {int(guild): text for guild, text in guilds.items() if guild.isdecimal()}


def _taken(
    texts: Mapping[int, str], known: Mapping[int, _Kept[T]], read: Callable[[str], T]
) -> dict[int, _Kept[T]]:
    """Read what isn't known yet as it is written."""
    return {
        guild: kept if (kept := known.get(guild)) and kept.text == text else _Kept(text, read(text))
        for guild, text in texts.items()
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


def _read_moderation(text: str) -> Moderation:
    try:
        return Moderation.model_validate_json(text)
    except ValidationError:
        # Written by a version with other rules: nobody moderates by a rule that can't be read.
        return USUAL
