from __future__ import annotations

from bot.embeds.receipt import receipts


def test_each_is_a_sentence_of_one_line() -> None:
    """A receipt begins with a capital, holds nothing invisible, and names that were exact have none."""
    notes = ["read as vLLM;\n1 letter\u202e differs\u200b", None, "", "  ", "éclair"]
    assert receipts(notes) == ["Read as vLLM; 1 letter differs", "Éclair"]


def test_a_long_one_is_cut() -> None:
    """However long names are, no receipt takes the room of the others."""
    (line,) = receipts(["read as " + "word " * 500])
    assert len(line) <= 200
    assert line.endswith("…")
