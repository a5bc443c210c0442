"""How long to wait before what failed is tried again."""

from __future__ import annotations

from time import monotonic


class Backoff:
    """A pause that doubles with each failure in a row, up to a limit.

    Attributes:
        failures: how many there were since it last worked.
    """

    def __init__(self, *, first: float, longest: float) -> None:
        """Take the first pause and the longest one, in seconds."""
        self._first = first
        self._longest = longest
        self._until = 0.0
        self.failures = 0

    @property
    def is_over(self) -> bool:
        """Whether it may be tried (again)."""
        return not self.failures or monotonic() >= self._until

    def failed(self) -> float:
        """Begin the next pause; say how long it is, in seconds."""
        pause = min(self._longest, self._first * 2.0 ** min(self.failures, 64))
        self.failures += 1
        self._until = monotonic() + pause
        return pause

    def worked(self) -> None:
        """Forget all failures."""
        self.failures = 0
