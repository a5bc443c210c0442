import pytest

from catalog.resolver import Outcome
from catalog.resolver.doubt import stand_apart
from catalog.resolver.english import is_english
from tests import starters

RESOLVER = starters.choice()


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("clause", "Claude"),
        ("runaway", "Runway"),
        ("cursory", "Cursor"),
        ("invoice", "InvokeAI"),
        ("autogpt", "AutoGen"),
        ("magistral small", "Mistral Small 4"),
        ("grok api", "Groq"),
        ("ai studio", "LM Studio"),
        ("image generation", "gpt-image-1"),
        ("wall-e", "DALL·E 3"),
        ("hugging races", "Hugging Face"),
        ("chroma hd", "Chroma"),
        ("instruction", "Instructor"),
        ("replicator", "Replicate"),
        ("accelerated", "Hugging Face Accelerate"),
        ("pydantic ai", "Pydantic"),
        ("langchain go", "LangChain"),
        ("ollama go", "Ollama"),
        ("claude work", "Claude"),
        ("co", "Claude Opus 4.8"),
    ],
)
def test_other_words_are_asked_about(query: str, near: str) -> None:
    """What is another word or another name isn't resolved, however near a name is; that is offered, with a reason."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.candidates[0].name == near
    assert found.note


@pytest.mark.parametrize("query", ["fine tuning", "gpt4all", "codestral", "bge base"])
def test_other_names_are_not_resolved(query: str) -> None:
    """A few everyday words of a long alias, or a word that sticks to a name, name no tool."""
    assert RESOLVER.resolve(query).outcome is not Outcome.RESOLVED


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("jemini", "Gemini"),
        ("midjuorney", "Midjourney"),
        ("unsolth", "Unsloth"),
        ("pefrlexity", "Perplexity"),
        ("lm studoi", "LM Studio"),
        ("claudes", "Claude"),
        ("stabel difusion xl", "Stable Diffusion XL"),
    ],
)
def test_slips_are_no_other_words(query: str, name: str) -> None:
    """Letters that are swapped, hit beside the right key, or heard alike leave a name what it is."""
    tool = RESOLVER.resolve(query).tool
    assert tool is not None
    assert tool.name == name


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        ("ollama 3.3", "Ollama", "Llama 3.3 70B"),
        ("ollama 3.1 8b", "Ollama", "Llama 3.1 8B"),
        ("ollama 2 70b", "Ollama", "Llama 2 70B"),
    ],
)
def test_a_name_that_was_typed_is_no_slip_of_another(query: str, first: str, second: str) -> None:
    """A name that is typed as it is, with a version it lacks, is asked about beside what is a letter away."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert [one.name for one in found.candidates[:2]] == [first, second]


@pytest.mark.parametrize("query", ["lllama", "lama"])
def test_a_family_is_as_near_as_another_name(query: str) -> None:
    """A word that is as near a family as it is near one name is asked about with the family."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert {"Llama 3.1 8B", "Llama 3.3 70B"} <= {one.name for one in found.candidates}


@pytest.mark.parametrize("query", ["midjourney ai", "google notebooklm ai"])
def test_a_service_may_be_called_ai(query: str) -> None:
    """Beside the name of a service "AI" says what it is, and makes no other thing of it."""
    assert RESOLVER.resolve(query).outcome is Outcome.RESOLVED


@pytest.mark.parametrize("query", ["None", "ada 002", "03"])
def test_what_is_far_from_every_name_is_not_found(query: str) -> None:
    """Of what nothing is met, and few letters are shared, nothing is asked back."""
    assert RESOLVER.resolve(query).outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize("word", ["clause", "clauses", "invoiced", "carries", "cursory"])
def test_english_words_are_known(word: str) -> None:
    """A word is known in its inflected forms as well."""
    assert is_english(word)


@pytest.mark.parametrize("word", ["midjorney", "ollsma", "", "qdrnt"])
def test_misspelt_names_are_no_english(word: str) -> None:
    """What is no word isn't taken for one."""
    assert not is_english(word)


def test_words_left_out_stand_apart() -> None:
    """A word may be left out where it stands by itself, not where it sticks to the name."""
    assert stand_apart("mistralai/Mistral-7B", ("mistralai",))
    assert not stand_apart("gpt4all", ("all",))
