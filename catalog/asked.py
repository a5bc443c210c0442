"""What people ask for by name, counted in memory until it is written down."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from catalog.errors import StorageError
from catalog.text import NAME_LIMIT, Name

if TYPE_CHECKING:
    from catalog.storage import Storage

#: Texts that are remembered between two times of writing; of what comes beyond, only known ones are counted.
REMEMBERED: Final = 5000
# What is so much longer than a name can't be cleaned into one; to clean a megabyte takes a while.
_LOOKED_AT: Final = 4 * NAME_LIMIT

_NAME: TypeAdapter[str] = TypeAdapter(Name)


class Asked:
    """Counts names as people typed them openly in a guild. Nobody is remembered with them.

    ```
    asked.note(guild_id, "v-llm")
    await asked.flush(storage)  # every few minutes
    ```
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[int, str], int] = {}

    def __len__(self) -> int:
        """How many texts wait to be written."""
        return len(self._counts)

    def note(self, guild_id: int, text: str) -> None:
        """Count a name; what can't be one (too long, no letter, a mention of somebody) is let go."""
        if len(text) > _LOOKED_AT:
            return
        try:
            key = guild_id, _NAME.validate_python(text)
        except ValidationError:
            return
        if key in self._counts or len(self._counts) < REMEMBERED:
            self._counts[key] = self._counts.get(key, 0) + 1

    async def flush(self, storage: Storage) -> int:
        """Write down what was counted since the last time; say how many texts.

        Raises:
            StorageError: the database refused; what was counted is kept for the next time.
        """
        counts, self._counts = self._counts, {}
        if not counts:
            return 0
        try:
            await storage.questions.add(counts, datetime.now(UTC).date().isoformat())
        except StorageError:
            # Nothing is forgotten and nothing counted twice: the database keeps all of it or nothing.
            for key, count in self._counts.items():
                if key in counts or len(counts) < REMEMBERED:
                    counts[key] = counts.get(key, 0) + count
            self._counts = counts
            raise
        return len(counts)
