from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.matching import NeedIndex
from catalog.models import Tool
from catalog.terms import stem, terms

TOOLS = [
    {
        "name": "Listener",
        "tasks": ["speech to text"],
        "summary": "Runs on your own machine.",
        "capabilities": [
            {"title": "Transcription", "description": "Transcribes recordings offline, without a network."},
            {"description": "Translates speech using one model."},
        ],
    },
    {
        "name": "Speaker",
        "tasks": ["text to speech"],
        "capabilities": [{"description": "Reads text aloud in the cloud."}],
    },
    {
        "name": "Painter",
        "tags": ["diffusion"],
        "capabilities": [{"description": "Paints pictures from words."}],
    },
    {"name": "Offline Painter", "capabilities": [{"description": "Paints pictures."}]},
]


def index(*documents: dict[str, Any]) -> NeedIndex:
    """Index some tools, or the ones above."""
    return NeedIndex.of(Tool.model_validate(document) for document in documents or TOOLS)


def test_a_need_finds_its_tool() -> None:
    """The tool, the capability and the words that met, with where."""
    best = index().find("transcribe recordings offline")[0]
    assert (best.slug, best.capability) == ("listener", "Transcription")
    assert best.why == "“transcribe”, “recordings”, “offline” in Transcription"


def test_words_meet_in_any_form() -> None:
    """Endings don't matter; what is written in the need is what is told."""
    best = index().find("I want something painting a picture")[0]
    assert best.slug in {"painter", "offline-painter"}
    assert "“painting”" in best.why


def test_tasks_names_tags_and_summaries_count() -> None:
    """Every part of a tool can meet a need, and says which it was."""
    assert "in its jobs" in index().find("diffusion")[0].why
    assert "in the name" in index().find("listener")[0].why
    assert "in the summary" in index().find("machine")[0].why


def test_words_that_meet_in_one_place_count_more() -> None:
    """Together in one sentence is nearer than strewn over a page."""
    strewn = {
        "name": "Strewn",
        "capabilities": [{"description": "Copies tables."}, {"description": "Opens files."}],
    }
    whole = {
        "name": "Whole",
        "capabilities": [{"description": "Copies files."}, {"description": "Opens tables."}],
    }
    found = index(strewn, whole).find("copy files")
    assert [match.slug for match in found] == ["whole", "strewn"]
    assert found[0].score > found[1].score


@pytest.mark.parametrize("need", ["", "   ", "I need something with a", "zebra", "???", "🙂"])
def test_a_need_without_known_words_finds_nothing(need: str) -> None:
    """Filler and unknown words name no tool."""
    assert index().find(need) == ()


def test_nothing_in_an_empty_catalog() -> None:
    """No tools, no matches."""
    assert NeedIndex.of([]).find("speech") == ()


def test_a_capability_without_a_title_has_a_heading() -> None:
    """The derived heading stands for it."""
    assert index().find("translates speech")[0].capability == "Translates speech using one model"


@settings(max_examples=60)
@given(st.text(max_size=300), st.integers(0, 5))
def test_any_text_is_answered(text: str, limit: int) -> None:
    """Never an error, best first, scores within 0..1, no tool twice, no more than asked for."""
    found = index().find(text, limit)
    scores = [match.score for match in found]
    assert len(found) <= limit
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({match.slug for match in found}) == len(found)


@given(st.text(max_size=200))
def test_a_tool_is_found_by_its_own_words(text: str) -> None:
    """Whatever telling words a capability has, they lead to it."""
    only = Tool.model_validate({"name": "Only", "capabilities": [{"description": f"Word {text}"}]})
    assert NeedIndex.of([only]).find(only.capabilities[0].description)[0].slug == "only"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("transcribes", "transcribing"),
        ("images", "image"),
        ("running", "runs"),
        ("coding", "code"),
        ("embedding", "embed"),
        ("batches", "batch"),
        ("copies", "copy"),
    ],
)
def test_endings_are_folded(first: str, second: str) -> None:
    """Forms of one word meet."""
    assert stem(first) == stem(second)


@pytest.mark.parametrize(
    ("first", "second"), [("8x7b", "8x22b"), ("3.3", "3.1"), ("server", "serve"), ("gpt4s", "gpt4")]
)
def test_different_things_stay_apart(first: str, second: str) -> None:
    """Versions are facts, and a server isn't what serves."""
    assert stem(first) != stem(second)


def test_filler_is_dropped() -> None:
    """What is left are the telling words, in order."""
    assert terms("I would like to turn speech into text, please") == ["turn", "speech", "text"]
