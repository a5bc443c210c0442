from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.limits import ELLIPSIS, clip, pages

texts = st.text(st.sampled_from("ab \n\\*_#通é") | st.characters(), max_size=200)


@given(texts, st.integers(2, 60))
def test_clip(text: str, limit: int) -> None:
    """A clipped text fits, begins like the text, and says that it was cut."""
    clipped = clip(text, limit)
    assert len(clipped) <= limit
    if len(text) <= limit:
        assert clipped == text
    else:
        assert clipped.endswith(ELLIPSIS)
        assert text.startswith(clipped[:-1])


def test_clip_at_a_word() -> None:
    """The cut is at a word border where there is one; a very long word is cut inside."""
    assert clip("one two three", 9) == "one two…"
    assert clip("one two three", 13) == "one two three"
    assert clip("x" * 20, 10) == "x" * 9 + "…"
    assert clip("word and\\*more", 10) == "word and…"


@given(texts, st.integers(4, 60))
def test_pages(text: str, limit: int) -> None:
    """Every page fits, none but the only one is empty, and no character other than space is lost."""
    split = pages(text, limit)
    assert all(len(page) <= limit for page in split)
    assert "".join("".join(split).split()) == "".join(text.split())
    assert len(split) == 1 or all(page.strip() for page in split[:-1])


def test_pages_at_words() -> None:
    """Pages end between words and don't begin with spaces."""
    assert pages("one two three four", 10) == ["one two", "three four"]
    assert pages("", 10) == [""]
