from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.embeds.contrast import contrast
from bot.embeds.lines import flat
from bot.markdown import escape

words = st.lists(st.sampled_from(["serves", "models", "to", "通义", "many", "*users*", "a"]), max_size=40)


def test_the_change_in_a_long_text_is_shown() -> None:
    """Of two long texts that differ in one word, that word is shown with a few around it, and not much else."""
    text = " ".join(f"word{n}" for n in range(500))
    was, now = contrast(text, text.replace("word250 ", "other "), 120)
    assert "**word250**" in was
    assert "**other**" in now
    assert was.startswith("… word2")
    assert was.endswith("…")
    assert max(len(was), len(now)) < 140


def test_an_insertion_stands_in_bold_alone() -> None:
    """What was only added is bold in the later text, and nothing is in the earlier one."""
    assert contrast("free to use", "free for you to use", 80) == ("free to use", "free **for you** to use")
    assert contrast("a b", "a b c", 80) == ("a b", "a b **c**")
    assert contrast("a b a b", "a b a b a b", 80) == ("a b a b", "a b a b **a b**")


def test_nothing_in_common_is_shown_whole() -> None:
    """Two texts without a common word are shown as they are."""
    assert contrast("MIT", "Apache-2.0", 80) == ("MIT", "Apache-2.0")


def test_text_without_spaces() -> None:
    """In a text without spaces, the place where it differs is shown all the same."""
    was, now = contrast("通" * 900 + "义" + "千" * 900, "通" * 900 + "问" + "千" * 900, 100)
    assert "义" in was
    assert "问" in now
    assert max(len(was), len(now)) <= 120


def test_both_ends_of_a_long_change_are_shown() -> None:
    """Where more differs than has room, how it begins and how it ends is shown."""
    old = "same " + " ".join(f"old{n}" for n in range(200)) + " end"
    new = "same " + " ".join(f"new{n}" for n in range(200)) + " end"
    was, now = contrast(old, new, 120)
    assert "old0 " in was
    assert "old199" in was
    assert "new0 " in now
    assert "new199" in now


@given(words, words, words, words, st.integers(60, 200))
def test_what_differs_looks_different(
    head: list[str], old: list[str], new: list[str], tail: list[str], room: int
) -> None:
    """Two texts that differ in a few words never look the same, and each keeps near its room."""
    before, after = (" ".join(map(" ".join, (head, own[:4], tail))) for own in (old, new))
    was, now = contrast(before, after, room)
    assert (was == now) == (flat(before) == flat(after))
    for shown in (was, now):
        assert shown.count("**") in {0, 2}
        assert len(shown.replace("**", "").replace("\\", "")) <= room + 60


@given(st.text(max_size=400), st.text(max_size=400), st.integers(50, 160))
def test_any_text_is_escaped(before: str, after: str, room: int) -> None:
    """No markup of either text gets through, wherever it is cut."""
    for shown in contrast(before, after, room):
        bare = shown.replace("**", "")
        assert "`" not in bare.replace("\\`", "")
        assert "[" not in bare.replace("\\[", "")
        assert len(shown) <= 2 * (room + 60) + 4


def test_a_link_that_is_cut_in_two_stays_none() -> None:
    """An address whose scheme both texts share is no link in either."""
    for shown in contrast("see https://one.example", "see https://two.example", 80):
        assert "://" not in shown.replace("\\:", "")
    assert contrast("https:", "https://x", 80)[1] == escape("https://x")
