from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.overlay import Overlay

changes = st.dictionaries(st.sampled_from("abcdef"), st.none() | st.integers())
plain = st.dictionaries(st.sampled_from("abcdef"), st.integers())


@given(plain, st.lists(changes, max_size=4))
def test_it_is_what_a_changed_copy_would_be(
    beneath: dict[str, int], edits: list[dict[str, int | None]]
) -> None:
    """However many edits follow each other, entries, length and look-ups are those of a copy that was changed."""
    copy, seen = dict(beneath), Overlay(beneath, {})
    for edit in edits:
        seen = Overlay(seen, edit)
        for key, value in edit.items():
            copy.pop(key, None) if value is None else copy.update({key: value})
    assert seen == copy
    assert len(seen) == len(copy) == len(list(seen))
    assert [key in seen for key in "abcdefg"] == [key in copy for key in "abcdefg"]
    assert isinstance(seen.beneath, dict)


def test_what_lies_beneath_is_left_alone() -> None:
    """Whoever holds the mapping beneath, or an earlier overlay, sees what was there."""
    beneath = {"a": 1, "b": 2}
    earlier = Overlay(beneath, {"a": 9})
    later = Overlay(earlier, {"a": None, "c": 3})
    assert (dict(beneath), dict(earlier), dict(later)) == (
        {"a": 1, "b": 2},
        {"a": 9, "b": 2},
        {"b": 2, "c": 3},
    )


def test_a_changed_entry_keeps_its_place() -> None:
    """A change stays where the entry was; what is new comes last."""
    assert list(Overlay({"a": 1, "b": 2}, {"c": 3, "a": 4})) == ["a", "b", "c"]


def test_what_is_gone_is_missed_by_its_key() -> None:
    """A removed entry is as missing as one that was never there."""
    with pytest.raises(KeyError, match="a"):
        Overlay({"a": 1}, {"a": None})["a"]
