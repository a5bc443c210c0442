import pytest

from catalog.models import Tool
from catalog.resolver import Entry, Outcome, Resolver
from tests import starters

RESOLVER = starters.choice()


def _named(*names: str) -> Resolver:
    return Resolver(Entry.of(Tool.model_validate({"name": name, "type": "model"})) for name in names)


@pytest.mark.parametrize(
    ("query", "members"),
    [
        ("depseek", {"DeepSeek-V3", "DeepSeek-R1"}),
        ("mistral instruct", {"Mistral Small 4", "Mistral Large 3", "Mistral 7B", "Mistral Small 3"}),
        ("alibaba qwen", {"Qwen3 32B", "Qwen 2.5 32B"}),
        ("claude models", {"Claude Opus 4.8", "Claude Sonnet 4.5", "Claude 3.5 Sonnet"}),
        ("sd models", {"Stable Diffusion 1.5", "Stable Diffusion XL", "Stable Diffusion 3.5 Large"}),
        ("gpt models", {"GPT-5", "GPT-4", "GPT-4o"}),
    ],
)
def test_a_family_is_asked_back_about(query: str, members: set[str]) -> None:
    """A family that is misspelt, or named among words that name nothing, is a question with its members."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert members <= {candidate.name for candidate in found.candidates}
    assert found.note


def test_a_misspelt_family_of_several_kinds() -> None:
    """A family is asked back about whatever stands beside its name in its members' names."""
    found = _named("Whisper Large v3", "faster-whisper", "whisper.cpp").resolve("wisper")
    assert found.outcome is Outcome.AMBIGUOUS
    assert {one.name for one in found.candidates} == {"Whisper Large v3", "faster-whisper", "whisper.cpp"}


def test_the_newest_member_goes_first() -> None:
    """Members that are asked for alike are offered the newest first."""
    offered = [candidate.name for candidate in RESOLVER.resolve("alibaba qwen").candidates]
    assert offered == ["Qwen3 32B", "Qwen 2.5 32B"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("openai gpt 4", "GPT-4"),
        ("o3 model", "o3"),
        ("openai gpt-4o mini", "GPT-4o mini"),
        ("gemma instruct", "Gemma 3 27B"),
    ],
)
def test_words_around_a_name_change_nothing(query: str, name: str) -> None:
    """A tool that is called just so is resolved among such words, and so is the only member of a family."""
    found = RESOLVER.resolve(query)
    assert found.tool is not None
    assert found.tool.name == name


def test_the_only_member_of_a_version() -> None:
    """A family with a version is resolved where one member has it, which is said; of several it is asked back."""
    one = RESOLVER.resolve("claude 4.5")
    assert one.tool is not None
    assert (one.note or "").startswith("read as Claude Sonnet 4.5, the only Claude 4.5 here")
    both = _named("Claude Sonnet 4.5", "Claude Haiku 4.5", "Claude Opus 4.8").resolve("claude 4.5")
    assert both.outcome is Outcome.AMBIGUOUS
    assert {candidate.name for candidate in both.candidates[:2]} == {"Claude Sonnet 4.5", "Claude Haiku 4.5"}


def test_a_letter_before_a_version_parts_no_family() -> None:
    """YOLOv8 is of the family of YOLO11."""
    found = _named("YOLO11", "YOLOv8", "YOLOv5").resolve("yolo")
    assert found.outcome is Outcome.AMBIGUOUS
    assert {candidate.name for candidate in found.candidates} == {"YOLO11", "YOLOv8", "YOLOv5"}
