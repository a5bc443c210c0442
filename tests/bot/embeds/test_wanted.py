from __future__ import annotations

from bot.embeds import wanted


def test_lists_names_with_counts() -> None:
    """Each name that nobody found stands in quotes, with how often it was asked for."""
    text = wanted.card([("sdd", 1200), ("gpt 9", 1)], shared=False).description or ""
    assert text.startswith(
        "Asked for on this server, most often first:\n- “sdd”: 1,200 times\n- “gpt 9”: once\n"
    )
    assert "`/catalog add`" in text


def test_nothing_is_missing() -> None:
    """Where every name was found, that is said."""
    text = wanted.card([], shared=True).description or ""
    assert text == "Nothing is missing: every name that was asked for on at least two servers was found."


def test_long_lists_are_counted() -> None:
    """Of five hundred names those that have room are shown, and the others counted."""
    text = wanted.card([(f"name {n}", 2) for n in range(500)], shared=True).description or ""
    shown = text.count("- “name")
    assert 20 < shown < 500
    assert f"and {500 - shown} more" in text
