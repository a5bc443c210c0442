import pytest

from catalog.models import Tool
from catalog.resolver import Entry, Outcome, Reason, Resolver
from catalog.resolver.receipt import listed
from tests import starters


def _tool(**fields: object) -> Entry:
    return Entry.of(Tool.model_validate(fields))


RESOLVER = Resolver(
    [
        _tool(name="Mistral Small", aliases=("mistral-small-latest",), popularity=0.6, vendor="Mistral AI"),
        _tool(name="Mistral Large", popularity=0.5, vendor="Mistral AI"),
        _tool(name="Llama 3.1 8B", popularity=0.6, vendor="Meta"),
        _tool(name="Llama 3.1 70B", popularity=0.65, vendor="Meta"),
        _tool(name="Llama 3.3 70B", popularity=0.64, vendor="Meta"),
        _tool(name="Stable Diffusion", popularity=0.7),
        _tool(name="Midjourney", aliases=("mj",), popularity=0.8),
    ]
)


STARTER = starters.choice()


def _note(query: str) -> str:
    return RESOLVER.resolve(query).note or ""


def test_what_was_typed_out_needs_no_receipt() -> None:
    """A name is answered without a word; an alias and shorthand say what they were read as."""
    assert not _note("MISTRAL small")
    assert _note("mj") == "read as Midjourney, also called mj"
    assert _note("sd") == "read as Stable Diffusion"


@pytest.mark.parametrize(
    ("query", "said"), [("midjorney", "1 letter differs"), ("stabel difusion", "2 letters differ")]
)
def test_letters_are_counted(query: str, said: str) -> None:
    """The receipt of a misspelt name says how many letters differ."""
    assert said in _note(query)


def test_words_left_out_are_said() -> None:
    """Words that change nothing are named, in the sentence and in a list."""
    found = RESOLVER.resolve("the mistralai mistral small model")
    assert found.outcome is Outcome.RESOLVED
    assert set(found.ignored) == {"the", "mistralai", "model"}
    assert all(f"“{word}”" in (found.note or "") for word in found.ignored)
    assert "left out" in (found.note or "")


def test_why_not_the_runner_up() -> None:
    """The receipt of a name that has a rival says what speaks against it, in the words that scripts get."""
    found = RESOLVER.resolve("llama 3.3")
    assert found.runner_up
    assert (found.runner_up.slug, found.runner_up.why) == ("llama-3-1-8b", "another version")
    assert (found.note or "").endswith("; not Llama 3.1 8B, another version")


@pytest.mark.parametrize("query", ["midjourney", "llama", "llama 3.1 30b", "zzz"])
def test_only_what_was_weighed_has_a_runner_up(query: str) -> None:
    """A name that is typed out and a question back have no runner-up."""
    assert RESOLVER.resolve(query).runner_up is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("mistral", "several tools fit"),
        ("mistrall", "several tools are spelt nearly so"),
        ("midjourney bot", "found without “bot”"),
        ("midjourxxy", "2 letters differ from “Midjourney”"),
    ],
)
def test_a_question_back_has_a_reason(query: str, said: str) -> None:
    """Whatever is asked back about says why."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.note == said


def test_a_version_that_was_filled_in() -> None:
    """Where the version was left out and only one is listed, that is said."""
    assert _note("llama 3.3").startswith("read as Llama 3.3 70B, the only one here that fits")


def test_a_version_that_is_missing() -> None:
    """A size that isn't there is said so, with what there is."""
    found = RESOLVER.resolve("llama 3.1 30b")
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.note == "Llama 3.1 has 8B, 70B; no 30B"
    assert {"Llama 3.1 8B", "Llama 3.1 70B"} <= {one.name for one in found.candidates}


def test_one_name_of_several_tools() -> None:
    """Where several tools are called the same, how many is said."""
    both = Resolver([_tool(slug="first", name="Forge"), _tool(slug="second", name="Forge")])
    assert both.resolve("Forge").note == "2 tools are called Forge"


def test_no_letter_at_all() -> None:
    """Text without a letter or a digit is told what it lacks."""
    assert _note("?!") == "a name needs a letter or a digit"


def test_long_lists_end() -> None:
    """A sentence names a few and counts the rest."""
    assert listed(list("abc")) == "a, b, c"
    assert listed([str(number) for number in range(11)]).endswith("6, 7 and 3 more")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("8b", "“llama”, “3.1” wasn't said"),
        ("deepseek", "several tools fit"),
        ("radio", "1 letter differs from “Gradio”"),
        ("#cursor", "found without “#”"),
        ("comfy ui manager", "found without “manager”"),
        ("co", "two letters may stand for anything"),
    ],
)
def test_a_reason_is_true(query: str, said: str) -> None:
    """What is said of a question back is what it lacks, as it was typed, and nothing that is there."""
    found = STARTER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.note == said


def test_a_runner_up_is_no_alias() -> None:
    """What an alias has besides isn't held against the tool's name."""
    found = STARTER.resolve("huggin face")
    assert found.tool
    assert found.runner_up is None


@pytest.mark.parametrize("query", ["flux 1", "flux.1"])
def test_a_name_with_a_version_in_it(query: str) -> None:
    """The words of a name that were said are parted as it is written."""
    assert (
        Resolver([_tool(name="FLUX.1-dev"), _tool(name="Llama 2")]).resolve(query).note
        == "read as FLUX.1-dev, the only FLUX.1 here"
    )


@pytest.mark.parametrize("query", ["claude api", "llama 4 scout"])
def test_the_reason_agrees_with_the_note(query: str) -> None:
    """What was found without a word is no typing error."""
    found = STARTER.resolve(query)
    assert found.reason is Reason.WORDS
    assert (found.note or "").startswith("found without")
