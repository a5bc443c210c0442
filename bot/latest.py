"""Which of several answers a message shows: what comes late must not overwrite what was asked for since."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

#: Messages that are remembered, the last ones shown.
KEPT: Final = 1024


class Latest:
    """Counts how often each message was drawn."""

    def __init__(self) -> None:
        self._tickets: OrderedDict[int, int] = OrderedDict()
        self._count = 0

    def note(self, message_id: int) -> int:
        """Note that a message is drawn anew; gives a ticket for what comes later."""
        self._count += 1
        self._tickets[message_id] = self._count
        self._tickets.move_to_end(message_id)
        if len(self._tickets) > KEPT:
            self._tickets.popitem(last=False)
        return self._count

    def holds(self, message_id: int, ticket: int) -> bool:
        """Tell whether a message still shows what a ticket was given for."""
        return self._tickets.get(message_id) == ticket
