import pytest

from catalog import starter
from catalog.resolver import Entry, Outcome, Resolver
from catalog.resolver.doubt import stand_apart
from catalog.resolver.english import is_english

RESOLVER = Resolver(Entry.of(incoming.tool) for incoming in starter.read())


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("clause", "Claude"),
        ("runaway", "Runway"),
        ("cursory", "Cursor"),
        ("invoice", "InvokeAI"),
        ("autogpt", "AutoGen"),
        ("magistral small", "Mistral Small"),
        ("grok api", "Groq"),
        ("ai studio", "LM Studio"),
        ("image generation", "gpt-image-1"),
        ("wall-e", "DALL·E 3"),
        ("hugging races", "Hugging Face"),
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
