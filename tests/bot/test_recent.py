from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot import limits, recent
from bot.recent import Recent

if TYPE_CHECKING:
    import pytest


def test_the_newest_come_first() -> None:
    """What was shown last stands first, and what is shown again moves up instead of standing there twice."""
    shown = Recent()
    shown.add(7, ["vllm"])
    shown.add(7, ["ollama", "sglang"])
    shown.add(7, ["vllm"])
    assert shown.of(7) == ("vllm", "ollama", "sglang")


def test_servers_are_kept_apart() -> None:
    """What one server looked at is no other server's."""
    shown = Recent()
    shown.add(7, ["vllm"])
    assert (shown.of(8), shown.of(None)) == ((), ())


def test_nothing_is_kept_of_direct_messages() -> None:
    """What one person asks in private is not kept at all."""
    shown = Recent()
    shown.add(None, ["vllm"])
    assert shown.of(None) == ()
    assert not shown._slugs


def test_only_so_many_servers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server in which nobody asked for longest is forgotten first."""
    monkeypatch.setattr(recent, "MOST_GUILDS", 2)
    shown = Recent()
    for guild_id, slug in ((1, "a"), (2, "b"), (1, "c"), (3, "d")):
        shown.add(guild_id, [slug])
    assert [shown.of(guild_id) for guild_id in (1, 2, 3)] == [("c", "a"), (), ("d",)]


@given(st.lists(st.lists(st.integers(0, 60).map(str), max_size=4), max_size=60))
def test_no_more_than_a_list_holds(picks: list[list[str]]) -> None:
    """However much is asked, no more is kept than autocomplete shows, none twice, the last pick foremost."""
    shown = Recent()
    for pick in picks:
        shown.add(7, pick)
    kept = shown.of(7)
    assert len(kept) == len(set(kept)) == min(limits.CHOICES, len({slug for pick in picks for slug in pick}))
    last = next((pick for pick in reversed(picks) if pick), [])
    assert list(kept[: len(set(last))]) == list(dict.fromkeys(last))
