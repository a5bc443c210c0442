from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.embeds.lines import counted, listed, one_line


@given(
    st.lists(st.text("ab *", min_size=1, max_size=60), min_size=1, max_size=12),
    st.integers(20, 200),
    st.integers(0, 9),
)
def test_lists_keep_their_room_and_count(lines: list[str], room: int, beyond: int) -> None:
    """A list is never longer than its room, and shown and untold lines together are all of them."""
    total = len(lines) + beyond
    shown = listed(lines, room, total=total).split("\n")
    assert sum(map(len, shown)) + len(shown) - 1 <= room
    if shown[-1].startswith("and ") and shown[-1].endswith(" more"):
        assert len(shown) - 1 + int(shown[-1].split()[1]) == total
    else:
        assert len(shown) == total


def test_everything_that_fits_is_shown() -> None:
    """A list that fills its room to the last character is whole."""
    assert listed(["one", "two"], 7) == "one\ntwo"
    assert listed(["one", "two"], 17, total=9) == "one\nand 8 more"
    assert listed([], 100) == ""


def test_bold_is_closed_where_a_line_is_cut() -> None:
    """Of a first line that is too long as much is shown as fits, and nothing stays open."""
    cut = listed(["**Summary** now: **many words that do not fit**", "more"], 40)
    assert len(cut) <= 40
    assert cut.count("**") % 2 == 0
    assert cut.endswith("\nand 1 more")


@given(st.text(max_size=300), st.integers(1, 120))
def test_one_line_is_one_line(text: str, limit: int) -> None:
    """Whatever is shown on a line stays on it and in its limit."""
    shown = one_line(text, limit)
    assert len(shown) <= limit
    assert len(shown.splitlines()) <= 1


def test_counting() -> None:
    """One of a kind is counted as one, and thousands are parted."""
    assert counted(1, "alias", "aliases") == "1 alias"
    assert counted(2000, "question") == "2,000 questions"
