"""What was last asked for in each server, so that autocomplete can offer it before anything is typed."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from bot import limits

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Servers that are remembered; the one in which nobody asked for longest makes room.
MOST_GUILDS: Final = 1_000


class Recent:
    """The tools that were last shown to everybody in a server, the newest first.

    Kept in memory alone, and nothing of who asked. In direct messages nothing is kept: there a server's memory
    would be a person's. Private answers aren't told either, or autocomplete would give them away.

    Example:
        >>> recent = Recent()
        >>> recent.add(7, ["vllm", "ollama"])
        >>> recent.add(7, ["sglang", "vllm"])
        >>> recent.of(7), recent.of(8)
        (('sglang', 'vllm', 'ollama'), ())
    """

    def __init__(self) -> None:
        self._slugs: OrderedDict[int, tuple[str, ...]] = OrderedDict()

    def add(self, guild_id: int | None, slugs: Iterable[str]) -> None:
        """Note that tools were shown in a server, the first of them foremost."""
        if guild_id is None:
            return
        newest_first = dict.fromkeys((*slugs, *self._slugs.pop(guild_id, ())))
        self._slugs[guild_id] = tuple(newest_first)[: limits.CHOICES]
        if len(self._slugs) > MOST_GUILDS:
            self._slugs.popitem(last=False)

    def of(self, guild_id: int | None) -> tuple[str, ...]:
        """Give the slugs of the tools that were last shown in a server, the newest first."""
        return self._slugs.get(guild_id, ()) if guild_id is not None else ()
