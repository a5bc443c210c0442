import pytest

from catalog.models import Tool
from catalog.resolver import Entry, Outcome, Resolver
from catalog.resolver.absence import ROOM, among
from tests import starters

RESOLVER = starters.choice()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("llama 3.1 30b", "Llama 3.1 has 8B, 70B; no 30B"),
        ("mixtral 8x22b", "there is Mixtral 8x7B; no 8x22B"),
        ("gpt-oss 120b", "there is gpt-oss-20b; no 120b"),
        ("qwen 3 235b", "there is Qwen3 32B; no 235B"),
        ("claude opus 4", "there is Claude Opus 4.8; no 4"),
        ("claude 4", "Claude has Opus 4.8, Sonnet 4.5, 3.5 Sonnet; no 4"),
        ("deepseek v2", "DeepSeek has V3, R1; no V2"),
        ("dall-e 2", "there is DALL·E 3; no 2"),
        ("sd 5", "Stable Diffusion has 1.5, 3.5 Large, XL; no 5"),
        ("opus 4.1", "there is Claude Opus 4.8; no 4.1"),
        ("llama 3.3 8b", "there is Llama 3.3 70B; no 8B"),
        ("claude-3-opus-20240229", "there is Claude Opus 4.8, Claude; no 3 20240229"),
        ("qwen33 2b", "Qwen has 2.5 32B, 3 32B; no 33 2B"),
    ],
)
def test_versions_that_exist_go_first(query: str, said: str) -> None:
    """The family is named once, with the versions and sizes that there are, and then what isn't there."""
    assert RESOLVER.resolve(query).note == said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("gpt-5 mini", "there is GPT-5; no GPT-5 mini"),
        ("gpt 4 turbo", "there is GPT-4; no GPT-4 turbo"),
        ("gpt 3.5 mini", "there is GPT-3.5 Turbo; no GPT-3.5 mini"),
        ("qwen2.5 coder", "there is Qwen 2.5 32B; no Qwen 2.5 coder"),
        ("sd 3.5 medium", "there is Stable Diffusion 3.5 Large; no medium"),
        ("midjourney gen 3", "there is Midjourney; no gen 3"),
    ],
)
def test_a_word_that_is_missing_is_named(query: str, said: str) -> None:
    """Where the version is there and a word beside it isn't, that word is said."""
    assert RESOLVER.resolve(query).note == said


@pytest.mark.parametrize(
    ("query", "there"),
    [("o3 mini", "o3"), ("o3 pro", "o3"), ("gpt-5 turbo", "GPT-5"), ("gpt-4 mini", "GPT-4")],
)
def test_what_is_spelt_within_a_query_is_there(query: str, there: str) -> None:
    """A tool that a part of the query spells with its version is offered first, and not said to be missing."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.candidates[0].name == there
    assert (found.note or "").endswith(f"; no {there} {query.rsplit(maxsplit=1)[-1]}")


def test_versions_that_are_listed_apart() -> None:
    """Of two versions that are both listed, neither is said to be missing."""
    assert RESOLVER.resolve("gpt 4 5").note == "there is GPT-4, GPT-5; nothing called so"


def test_a_sentence_fits_a_phone() -> None:
    """A large family is named as far as there is room; the rest is counted."""
    sizes = [f"{number}B" for number in range(1, 60)]
    family = Resolver(Entry.of(Tool.model_validate({"name": f"Llama 3.1 {size}"})) for size in sizes)
    found = family.resolve("llama 3.1 900b")
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.note
    assert len(found.note) <= ROOM
    assert found.note.startswith("Llama 3.1 has ")
    assert found.note.endswith(" more; no 900B")


def test_one_name_is_always_said() -> None:
    """However little room there is, one name is said, and of none nothing."""
    assert among("there is ", ["a" * ROOM, "b"], "; no c") == f"there is {'a' * ROOM} and 1 more; no c"
    assert not among("there is ", [], "; no c")
