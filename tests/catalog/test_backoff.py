from __future__ import annotations

from typing import TYPE_CHECKING

from catalog import backoff
from catalog.backoff import Backoff

if TYPE_CHECKING:
    import pytest


def test_a_pause_doubles_up_to_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it fails; what works once starts from the first pause again."""
    now = [100.0]
    monkeypatch.setattr(backoff, "monotonic", lambda: now[0])
    pauses = Backoff(first=10, longest=60)
    assert pauses.is_over
    assert [pauses.failed() for _ in range(5)] == [10, 20, 40, 60, 60]
    now[0] += 59
    was_over = pauses.is_over
    now[0] += 1
    assert (was_over, pauses.is_over) == (False, True)
    for _ in range(2000):
        assert pauses.failed() == 60
    pauses.worked()
    assert pauses.is_over
    assert pauses.failed() == 10
