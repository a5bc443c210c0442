from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.claims import HEADING_LIMIT, Flag, flags_of, heading
from catalog.models import Capability
from catalog.text import PROSE_LIMIT


def found(flag: Flag, text: str) -> list[str]:
    """Give the words that a flag points at in a description."""
    remarks = flags_of(Capability(description=text))
    return [remark.text for remark in remarks if remark.flag is flag]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Runs at home, though it needs a large card.", "though it needs a large card"),
        (
            "Fast, but slower than Llama 3.3 on long input; good otherwise.",
            "but slower than Llama 3.3 on long input",
        ),
        ("Requires a separate state store.", "Requires a separate state store"),
        ("It doesn't read pictures.", "doesn't read pictures"),
    ],
)
def test_limits(text: str, words: str) -> None:
    """A limit reaches from its cue to the end of the clause."""
    assert found(Flag.LIMIT, text) == [words]


@pytest.mark.parametrize(
    "text",
    ["Requires 10 times fewer images.", "Faster than a rival which requires a cluster.", "A button for it."],
)
def test_praise_is_no_limit(text: str) -> None:
    """Needing less is no limit, and neither is what a rival needs."""
    assert found(Flag.LIMIT, text) == []


@pytest.mark.parametrize("text", ["It claims to be first.", "Likely the quickest.", "It may fail."])
def test_hedges(text: str) -> None:
    """Claims and guesses are marked."""
    assert len(found(Flag.HEDGED, text)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is 3x faster than Llama 3.3 70B, they say.", ["3x faster than Llama 3.3 70B"]),
        ("About 150 tokens/second.", ["150 tokens/second"]),
        ("An MT-Bench score of 8.30.", ["MT-Bench score of 8.30"]),
        ("A 24B model with a 32k window and 8x7B in its name.", []),
    ],
)
def test_figures(text: str, words: list[str]) -> None:
    """Speeds and scores are marked, sizes and names aren't."""
    assert found(Flag.VENDOR_FIGURE, text) == words


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Generates images from a sentence using diffusion in a latent space.",
            "Generates images from a sentence",
        ),
        ("Returns JSON (or XML, or another format) that fits a schema.", "Returns JSON that fits a schema"),
        ("Short.", "Short"),
        ("Word " * 40, "Word Word Word Word Word Word Word Word Word Word Word…"),
        ("x" * 100, "x" * 59 + "…"),
    ],
)
def test_headings(text: str, title: str) -> None:
    """Whole clauses where they fit, else whole words, else a plain cut that shows."""
    assert heading(Capability(description=text)) == title


def test_a_title_is_the_heading() -> None:
    """What has a title needs none derived."""
    assert heading(Capability(title="Batching", description="Adds requests.")) == "Batching"


@given(st.text(min_size=1).filter(lambda text: text.strip() and text.isprintable()))
def test_any_description_has_a_heading_that_fits(text: str) -> None:
    """Never empty, never too long."""
    assert 0 < len(heading(Capability(description=text))) <= HEADING_LIMIT


@pytest.mark.parametrize(
    "hostile", ["1", "1.", "but ", "claims ", "requires ", "(", "9x faster", "HumanEval "]
)
def test_hostile_text_is_read_in_time(hostile: str) -> None:
    """No text makes the patterns slow."""
    capability = Capability(description=(hostile * PROSE_LIMIT)[:PROSE_LIMIT])
    start = time.perf_counter()
    flags_of(capability)
    heading(capability)
    assert time.perf_counter() - start < 0.5
