"""The resolver over the starter catalog: what people type, and what must be asked back."""

import time

import pytest

from catalog.models import Tool
from catalog.questions import understand
from catalog.resolver import Outcome
from tests import starters

RESOLVER = starters.choice()


def _offered(query: str) -> list[str]:
    return [candidate.name for candidate in RESOLVER.resolve(query).candidates]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("claude sonnet 4", "Claude Sonnet 4.5"),
        ("claude 3 sonnet", "Claude 3.5 Sonnet"),
        ("claude opus 4", "Claude Opus 4.8"),
        ("claude opus 8", "Claude Opus 4.8"),
        ("mixtral 8x22b", "Mixtral 8x7B"),
        ("mixtral 7b", "Mixtral 8x7B"),
        ("sora 3", "Sora 2"),
        ("dall-e 2", "DALL·E 3"),
        ("gpt-oss 120b", "gpt-oss-20b"),
        ("gpt-4 turbo", "GPT-4"),
        ("gpt-5 mini", "GPT-5"),
        ("gpt-3", "GPT-3.5 Turbo"),
        ("gpt 6", "GPT-5"),
        ("gpt5.1", "GPT-5"),
        ("sd 3.5 turbo", "Stable Diffusion 3.5 Large"),
    ],
)
def test_versions_are_whole(query: str, first: str) -> None:
    """A version that isn't there as a whole is asked back about, its next of kin first."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert _offered(query)[0] == first
    assert found.note
    assert "; no " in found.note


@pytest.mark.parametrize(
    "query",
    ["gpt-3", "gpt-6", "o4", "stable diffusion 5", "sd 5", "llama 3", "gpt-2025", "phi-3", "deepseek v2"],
)
def test_version_of_nothing(query: str) -> None:
    """A version that nothing has is never resolved, though its digits stand in other versions and dates."""
    assert RESOLVER.resolve(query).outcome is not Outcome.RESOLVED


@pytest.mark.parametrize(
    "query",
    ["gpt 5 5", "gpt-5,5", "sora 2 2", "to the official site or repo of the gemini 2.5 pro 9", "gpt-6 gpt-4"],
)
def test_no_version_is_overlooked(query: str) -> None:
    """A number that is said twice, or late among many words, is a version that the name lacks."""
    assert RESOLVER.resolve(query).outcome is not Outcome.RESOLVED


def test_only_the_beginning_of_a_text_is_read() -> None:
    """Blanks before a name don't push its version out of sight; the answer names the text as it was typed."""
    found = RESOLVER.resolve(" " * 123 + "gpt-55")
    assert found.outcome is not Outcome.RESOLVED
    assert found.query.startswith(" " * 123)


@pytest.mark.parametrize(
    ("query", "first"),
    [("newest gpt", "GPT-4"), ("llama 4 17b", "Llama 4 Maverick"), ("webui", "AUTOMATIC1111 Web UI")],
)
def test_what_was_said_goes_before_what_is_like_it(query: str, first: str) -> None:
    """A whole name among other words, or all versions that were said, go before a name that is like the query."""
    assert RESOLVER.resolve(query).outcome is Outcome.AMBIGUOUS
    assert _offered(query)[0] == first


@pytest.mark.parametrize(
    ("query", "name"), [("llama 3 1 8b", "Llama 3.1 8B"), ("gemini 2 5 pro", "Gemini 2.5 Pro")]
)
def test_a_version_in_two_numbers(query: str, name: str) -> None:
    """Two numbers side by side are read as one version, but no number with a unit."""
    tool = RESOLVER.resolve(query).tool
    assert tool is not None
    assert tool.name == name


@pytest.mark.parametrize(
    ("query", "outcome", "ignored"),
    [
        ("foo/claude", Outcome.RESOLVED, ("foo",)),
        ("mistralai/mistral-7b", Outcome.RESOLVED, ()),
        ("openai/claude", Outcome.AMBIGUOUS, ()),
        ("google/gpt-4", Outcome.AMBIGUOUS, ()),
    ],
)
def test_an_owner_is_not_left_out_in_silence(query: str, outcome: Outcome, ignored: tuple[str, ...]) -> None:
    """An owner before a slash who isn't the maker is said to be left out; another maker is asked back about."""
    found = RESOLVER.resolve(query)
    assert (found.outcome, found.ignored) == (outcome, ignored)
    assert found.note


def test_two_everyday_words_are_read_as_one() -> None:
    """Words that name nothing by themselves are read as the catalog writes them: together."""
    assert _offered("web ui") == _offered("webui")


def test_the_like_goes_before_what_shares_a_word() -> None:
    """Of other versions, those of the same generation are offered before what only shares the last word."""
    offered = _offered("gpt-4 turbo")
    assert offered.index("GPT-4o") < offered.index("GPT-3.5 Turbo")


@pytest.mark.parametrize(
    "query",
    ["tensorrt-llm", "gemini cli", "microsoft copilot", "bing copilot", "cursor tab", "claude haiku", "gemini api",
     "github models", "adobe photoshop", "llama guard", "llama mcp", "gpt-4o realtime"],
)  # fmt: skip
def test_further_words_count(query: str) -> None:
    """A word that the name lacks makes another name of it."""
    assert RESOLVER.resolve(query).outcome is not Outcome.RESOLVED


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("mistral ai mistral small", "Mistral Small 4"),
        ("the vllm project", "vLLM"),
        ("openai gpt-4o mini", "GPT-4o mini"),
        ("ollama repo", "Ollama"),
        ("langchain framework", "LangChain"),
        ("hf transformers", "Hugging Face Transformers"),
        ("gpt-4o llm", "GPT-4o"),
        ("anthropic claude opus 4.8", "Claude Opus 4.8"),
    ],
)
def test_makers_and_types_are_asides(query: str, name: str) -> None:
    """A tool's own maker and type, and words around any name, change nothing."""
    tool = RESOLVER.resolve(query).tool
    assert tool is not None
    assert tool.name == name


@pytest.mark.parametrize("query", ["grok", "lora", "dora", "dora 2", "udio", "llm", "kuno", "sona", "peff"])
def test_short_words_are_no_typos(query: str) -> None:
    """Short words that differ in a letter are different words."""
    assert RESOLVER.resolve(query).outcome is not Outcome.RESOLVED


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("mistrl small", "Mistral Small 4"),
        ("comfiui", "ComfyUI"),
        ("olama", "Ollama"),
        ("midjorney", "Midjourney"),
        ("stabel diffusion xl", "Stable Diffusion XL"),
        ("llama.ccp", "llama.cpp"),
        ("chat gtp", "ChatGPT"),
        ("lm studo", "LM Studio"),
        ("qdrnt", "Qdrant"),
    ],
)
def test_typing_errors(query: str, name: str) -> None:
    """Longer misspelt names are read as what they were meant to be."""
    tool = RESOLVER.resolve(query).tool
    assert tool is not None
    assert tool.name == name


@pytest.mark.parametrize(
    "query",
    ["github", "nvidia", "notebook", "studio", "router", "lm", "web ui", "openai", "google", "mistral", "deepseek",
     "flash", "text generation", "hub", "index", "eval", "tailwind", "comp", "transformer", "photoshop", "context"],
)  # fmt: skip
def test_a_part_is_no_name(query: str) -> None:
    """A maker, an everyday word, or the lesser part of one name is offered at most."""
    assert RESOLVER.resolve(query).outcome is not Outcome.RESOLVED


@pytest.mark.parametrize(
    ("query", "name"),
    [("opus", "Claude Opus 4.8"), ("flux", "FLUX.1-dev"), ("mixtral", "Mixtral 8x7B"), ("playwright", "Playwright MCP"),
     ("gemini flash", "Gemini 2.5 Flash"), ("mistral large", "Mistral Large 3"), ("qwen3", "Qwen3 32B")],
)  # fmt: skip
def test_a_telling_part_is_a_name(query: str, name: str) -> None:
    """The part of a name that is this name's alone stands for it."""
    tool = RESOLVER.resolve(query).tool
    assert tool is not None
    assert tool.name == name


@pytest.mark.parametrize("tool", starters.all_tools(), ids=lambda tool: tool.slug)
def test_every_name_finds_its_tool(tool: Tool) -> None:
    """A name, a slug or an alias resolves to its own tool, or is asked back about with it first."""
    for name in (tool.name, tool.slug, *tool.aliases):
        found = starters.whole().resolve(name)
        assert found.outcome is not Outcome.NOT_FOUND, name
        assert found.candidates[0].slug == tool.slug, name


def _fastest(ask: object, text: str) -> float:
    assert callable(ask)
    times = []
    for _ in range(7):
        begun = time.thread_time()
        ask(text)
        times.append(time.thread_time() - begun)
    return min(times)


@pytest.mark.parametrize(
    "hostile",
    ["ab cd ef gh ij kl mn op qr st uv wx yz " * 4, "a " * 64, "sd hf " * 20, "gpt-4o-mini-" * 20, "1 2 3 " * 30,
     "stable diffusion xl large turbo mini flash pro gemini claude gpt llama mistral"],
)  # fmt: skip
def test_hostile_names_are_cheap(hostile: str) -> None:
    """Whatever is typed as a name costs about 10 ms at most."""
    assert _fastest(starters.whole().resolve, hostile) < 0.015


@pytest.mark.parametrize(
    "hostile",
    [
        "compare " + ", ".join(f"a{number} or b" for number in range(60)),
        " or ".join(["stabel difusion"] * 30),
    ],
)
def test_hostile_questions_are_cheap(hostile: str) -> None:
    """A question holds few names: a list of sixty costs no more than its beginning."""
    assert _fastest(lambda text: understand(text, starters.whole().resolve), hostile) < 0.02
