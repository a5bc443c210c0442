"""What can go wrong between us and a live source; nothing of it harms what the catalog holds.

```
CatalogError
└── SourceError             a source gave no usable answer, or may not be asked now
    └── PassingError        the same, but it may go better in a moment
ValueError
└── UnreadableError         an answer isn't what it should be
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.errors import CatalogError

if TYPE_CHECKING:
    from datetime import datetime


class SourceError(CatalogError):
    """A live source gave no usable answer, or may not be asked now; what is known stays as it is.

    Attributes:
        reason: one sentence for people, without a full stop; it never holds a token.
        retry_at: when it may be asked again, where the source says so.
        whole_source: whether asking the same source for anything else is pointless now (limit, down, token refused).
    """

    def __init__(self, reason: str, *, retry_at: datetime | None = None, whole_source: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_at = retry_at
        self.whole_source = whole_source


class PassingError(SourceError):
    """A failure that may be gone at the next attempt.

    Attributes:
        wait: seconds that the source asks to wait; None leaves that to whoever asks.
    """

    def __init__(
        self,
        reason: str,
        *,
        wait: float | None = None,
        retry_at: datetime | None = None,
        whole_source: bool = False,
    ) -> None:
        super().__init__(reason, retry_at=retry_at, whole_source=whole_source)
        self.wait = wait


class UnreadableError(ValueError):
    """An answer isn't what it should be; the message goes on where "GitHub's answer" leaves off."""
