from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.editing.sentences import Sentence, reworded, sentences
from catalog.errors import EditError
from catalog.models import Capability, Tool

TOOL = Tool(
    name="Ant",
    summary="Serves models vs. Llama 3.5 Turbo, e.g. on GPUs. It is fast!",
    capabilities=(
        Capability(
            description="One thing.\n\nAnother (small) thing? Yes.",
            unique="Only here.",
            versus="Others don't.",
        ),
        Capability(description="One thing."),
    ),
)


def test_where_sentences_end() -> None:
    """A mark before what begins like a sentence ends one; abbreviations, versions and marks inside words don't."""
    assert [(one.text, one.place, one.field) for one in sentences(TOOL)] == [
        ("Serves models vs. Llama 3.5 Turbo, e.g. on GPUs.", None, "summary"),
        ("It is fast!", None, "summary"),
        ("One thing.", 0, "description"),
        ("Another (small) thing?", 0, "description"),
        ("Yes.", 0, "description"),
        ("Only here.", 0, "unique"),
        ("Others don't.", 0, "versus"),
        ("One thing.", 1, "description"),
    ]
    assert list(sentences(Tool(name="Bee"))) == []


def test_a_sentence_is_found_by_its_key() -> None:
    """The key is short, the same as long as the sentence is, and another for another one."""
    keys = {one.key for one in sentences(TOOL)}
    assert len(keys) == 7
    assert all(len(key) == 18 for key in keys)


def test_only_that_sentence_changes() -> None:
    """Another wording stands where the sentence stood; all else stays."""
    said = list(sentences(TOOL))
    summary = reworded(TOOL, said[1], "It is slow.")
    assert summary.summary == "Serves models vs. Llama 3.5 Turbo, e.g. on GPUs. It is slow."
    second = reworded(TOOL, said[7], "Two things.")
    assert second.capabilities == (TOOL.capabilities[0], Capability(description="Two things."))
    twice = Tool(name="Ant", summary="It says Yes. Yes.")
    assert reworded(twice, list(sentences(twice))[1], "No.").summary == "It says Yes. No."
    assert reworded(TOOL, said[3], "Another.").capabilities[0].description == "One thing.\n\nAnother. Yes."


def test_a_sentence_is_left_out() -> None:
    """An empty wording takes the sentence away; a field that holds nothing else is empty then."""
    said = list(sentences(TOOL))
    assert reworded(TOOL, said[5], "").capabilities[0].unique is None
    assert reworded(TOOL, said[1], " ").summary == "Serves models vs. Llama 3.5 Turbo, e.g. on GPUs."
    with pytest.raises(EditError):
        reworded(TOOL, said[7], "")


@pytest.mark.parametrize(
    "gone",
    [
        Sentence("Not said.", None, "summary", ""),
        Sentence("Only here.", 1, "unique", ""),
        Sentence("Only here.", 9, "unique", ""),
    ],
)
def test_what_is_not_said(gone: Sentence) -> None:
    """A sentence that isn't there can't be reworded."""
    with pytest.raises(EditError, match="isn't there any more"):
        reworded(TOOL, gone, "Otherwise.")


@given(st.text(max_size=80), st.text(min_size=1, max_size=40))
def test_any_text(text: str, wording: str) -> None:
    """Of whatever stands there, each sentence can be reworded or breaks a rule in words; nothing is lost in parting."""
    tool = Tool(name="Ant", capabilities=(Capability(description=f"A {text} b"),))
    description = tool.capabilities[0].description
    said = list(sentences(tool))
    assert "".join("".join(one.text for one in said).split()) == "".join(description.split())
    for one in said:
        try:
            after = reworded(tool, one, wording)
        except EditError:
            continue
        assert len(after.capabilities) == 1
