from __future__ import annotations

from pathlib import Path

import pytest

from catalog.importers import read_file
from catalog.models import Capability, Task, Tool, ToolType
from catalog.tasks import in_words, inferred_tasks, tasks_of

ROOT = Path(__file__).parents[2]
DEMO_PAGES = sorted((ROOT / "bot/demo/pages").glob("*.txt"))
SEED_PAGES = sorted((ROOT.parent / "shared/seeds").glob("*.txt"))


def saying(*descriptions: str, type: ToolType = ToolType.OTHER) -> Tool:  # noqa: A002 (the field's own name)
    """Make a tool without declared tasks whose capabilities say this."""
    capabilities = tuple(Capability(description=text) for text in descriptions)
    return Tool.model_validate({"name": "Talker", "type": type, "capabilities": capabilities})


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("Generates text from a prompt.", Task.TEXT_GENERATION),
        ("Writes and reviews code in many languages.", Task.CODING),
        ("Generates images from a sentence.", Task.IMAGE_GENERATION),
        ("Inpainting replaces the masked part.", Task.IMAGE_EDITING),
        ("Transcribes audio in ninety languages.", Task.SPEECH_TO_TEXT),
        ("Clones a voice from a short sample for text to speech.", Task.TEXT_TO_SPEECH),
        ("Trains LoRA adapters on one GPU.", Task.TRAINING),
        ("A vector database with filters.", Task.VECTOR_SEARCH),
        ("Rents GPUs by the second.", Task.COMPUTE),
        ("Makes videos from a still.", Task.VIDEO_GENERATION),
        ("Composes songs with vocals.", Task.MUSIC_GENERATION),
        ("Crawls websites into Markdown.", Task.WEB_ACCESS),
    ],
)
def test_a_plain_sentence_gives_its_task(text: str, task: Task) -> None:
    """What a capability says first names the job."""
    assert task in tasks_of(saying(text))


def test_declared_tasks_win() -> None:
    """A curator's word stands; nothing is inferred beside it."""
    tool = saying("Generates images from text.").model_copy(update={"tasks": (Task.CODING,)})
    assert tasks_of(tool) == {Task.CODING}


def test_later_sentences_say_how_not_what() -> None:
    """A word in the second sentence makes no task."""
    assert not tasks_of(saying("Sorts letters by sender. Helps when you generate images later."))


def test_every_inferred_task_shows_its_words() -> None:
    """The words that a task was read from stand in the text."""
    text = "Generates images and edits photos in the browser."
    for words in inferred_tasks(saying(text)).values():
        assert words in text


@pytest.mark.parametrize("job", ["Trains on a large corpus.", "Serves as a base for other models."])
def test_a_model_trains_and_serves_for_nobody(job: str) -> None:
    """How a model was made is not what it's for."""
    assert tasks_of(saying(job, type=ToolType.MODEL)).isdisjoint({Task.TRAINING, Task.SERVING})


def test_a_tool_without_words_has_no_tasks() -> None:
    """Nothing said, nothing inferred."""
    assert tasks_of(Tool.model_validate({"name": "Silent"})) == frozenset()


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(DEMO_PAGES, id="demo"),
        pytest.param(
            SEED_PAGES,
            id="real",
            marks=pytest.mark.skipif(
                not SEED_PAGES, reason="the real comparison pages aren't beside the project"
            ),
        ),
    ],
)
def test_the_pages_models_and_repository_do_different_jobs(pages: list[Path]) -> None:
    """The two language models write and code, the repository makes images and trains; no job is shared."""
    tools = {incoming.tool.slug: incoming.tool for page in pages for incoming in read_file(page).tools}
    images = tasks_of(tools["stable-diffusion"])
    assert {Task.IMAGE_GENERATION, Task.TRAINING} <= images
    for slug in ("mistral-small", "mixtral-8x7b"):
        language = tasks_of(tools[slug])
        assert {Task.TEXT_GENERATION, Task.CODING} <= language
        assert language.isdisjoint(images)


def test_tasks_in_words() -> None:
    """One, two, and more than a sentence bears."""
    assert in_words({Task.CODING}) == "coding"
    assert in_words({Task.CHAT, Task.CODING}) == "coding and chat"
    assert (
        in_words(frozenset(list(Task)[:6]))
        == "text generation, reasoning, coding, image generation and 2 more"
    )
    assert in_words(()) == ""
