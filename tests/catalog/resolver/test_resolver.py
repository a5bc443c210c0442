from collections.abc import Callable, Iterable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from catalog.models import Tool
from catalog.names import compact, name_key
from catalog.resolver import Entry, Outcome, Reason, Resolution, Resolver


def _tool(**fields: object) -> Tool:
    return Tool.model_validate(fields)


def _resolver(*tools: Tool) -> Resolver:
    return Resolver(map(Entry.of, tools))


CATALOG = (
    _tool(name="Mistral Small", aliases=("mistral-small-latest",), popularity=0.6),
    _tool(name="Mixtral 8x7B", popularity=0.55),
    _tool(name="Mixtral 8x22B", popularity=0.4),
    _tool(name="Stable-Diffusion", popularity=0.7),
    _tool(name="Stable Video Diffusion", aliases=("SVD",), popularity=0.3),
    _tool(name="SDXL Turbo", popularity=0.3),
    _tool(name="Llama 3.1 8B", popularity=0.6),
    _tool(name="Llama 3.1 70B", popularity=0.65),
    _tool(name="Llama 3.3 70B", popularity=0.64),
    _tool(name="GPT-4", popularity=0.8),
    _tool(name="GPT-4o", popularity=0.9),
    _tool(name="GPT-4o mini", popularity=0.7),
    _tool(name="GPT-3.5 Turbo", popularity=0.5),
    _tool(name="Claude 3.5 Sonnet", popularity=0.5),
    _tool(name="GitHub Copilot", popularity=0.8),
    _tool(name="Hugging Face", popularity=0.9),
    _tool(name="Midjourney", aliases=("mj",), popularity=0.8),
    _tool(name="Midjourney v7", popularity=0.4),
    _tool(name="ComfyUI", popularity=0.8),
    _tool(name="Luma Dream Machine", popularity=0.4),
    _tool(name="Weights & Biases", aliases=("wandb",), popularity=0.5),
    _tool(name="TensorRT-LLM", popularity=0.4),
    _tool(name="Ollama", popularity=0.9),
    _tool(name="Gemma 2 7B", popularity=0.2),
    _tool(name="通义千问", popularity=0.2),
)
RESOLVER = _resolver(*CATALOG)


@pytest.mark.parametrize(
    ("query", "name", "reason"),
    [
        ("Mistral Small", "Mistral Small", Reason.EXACT),
        ("mistral-small", "Mistral Small", Reason.EXACT),
        ("claude-3-5-sonnet", "Claude 3.5 Sonnet", Reason.EXACT),
        ("  GPT4O  ", "GPT-4o", Reason.EXACT),
        ("gpt 4o mini", "GPT-4o mini", Reason.EXACT),
        ("gpt35 turbo", "GPT-3.5 Turbo", Reason.WORDS),
        ("comfy ui", "ComfyUI", Reason.EXACT),
        ("weights and biases", "Weights & Biases", Reason.EXACT),
        ("通义千问", "通义千问", Reason.EXACT),
        ("\uff4f\uff4c\uff4c\uff41\uff4d\uff41", "Ollama", Reason.EXACT),
        ("WandB", "Weights & Biases", Reason.ALIAS),
        ("sd", "Stable-Diffusion", Reason.ACRONYM),
        ("hf", "Hugging Face", Reason.ACRONYM),
        ("gh copilot", "GitHub Copilot", Reason.ACRONYM),
        ("mj v7", "Midjourney v7", Reason.ACRONYM),
        ("mistrl small", "Mistral Small", Reason.TYPO),
        ("mixtrl 8x7b", "Mixtral 8x7B", Reason.TYPO),
        ("olama", "Ollama", Reason.TYPO),
        ("small mistral", "Mistral Small", Reason.WORDS),
        ("dream machine", "Luma Dream Machine", Reason.WORDS),
        ("llama 3.3", "Llama 3.3 70B", Reason.WORDS),
        ("claude_3_5 sonnet", "Claude 3.5 Sonnet", Reason.EXACT),
        ("claude 3 5 sonnet", "Claude 3.5 Sonnet", Reason.WORDS),
        ("meta llama 3.1 8b instruct", "Llama 3.1 8B", Reason.WORDS),
        ("ollama/ollama", "Ollama", Reason.WORDS),
        ("tensor", "TensorRT-LLM", Reason.PREFIX),
    ],
)
def test_resolves(query: str, name: str, reason: Reason) -> None:
    """Each way of writing a name finds it, and says why."""
    found = RESOLVER.resolve(query)
    assert (found.outcome, found.tool and found.tool.name, found.reason) == (Outcome.RESOLVED, name, reason)


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("mixtral 8x70b", {"Mixtral 8x7B", "Mixtral 8x22B"}),
        ("gpt-7", {"GPT-4", "GPT-4o"}),
        ("llama 3.1 30b", {"Llama 3.1 8B", "Llama 3.1 70B"}),
        ("gpt 4.5 turbo", {"GPT-3.5 Turbo"}),
        ("midjourney v15", {"Midjourney", "Midjourney v7"}),
        ("mistral small 3", {"Mistral Small"}),
        ("gemma 27b", {"Gemma 2 7B"}),
    ],
)
def test_versions_are_facts(query: str, offered: set[str]) -> None:
    """A version or size that isn't there is never resolved; what there is gets offered, with a note."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.reason is Reason.VERSION
    assert offered <= {candidate.name for candidate in found.candidates}
    assert found.note
    assert "; no " in found.note


@pytest.mark.parametrize(
    ("query", "members"),
    [
        ("llama", {"Llama 3.1 8B", "Llama 3.1 70B", "Llama 3.3 70B"}),
        ("mixtral", {"Mixtral 8x7B", "Mixtral 8x22B"}),
        ("llama 3.1", {"Llama 3.1 8B", "Llama 3.1 70B"}),
        ("70b llama", {"Llama 3.1 70B", "Llama 3.3 70B"}),
    ],
)
def test_families_are_ambiguous(query: str, members: set[str]) -> None:
    """A family's name asks back with its members."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.AMBIGUOUS
    assert {candidate.name for candidate in found.candidates[: len(members)]} == members


@pytest.mark.parametrize(
    "query",
    ["compare", "best", "python", "face", "machine", "xqzvkw", "toyota corolla", "how do i install this",
     "", "?!", "\u200b", "video", "the"],
)  # fmt: skip
def test_not_names(query: str) -> None:
    """Everyday words, strangers and nothing at all are not found."""
    found = RESOLVER.resolve(query)
    assert found.outcome is Outcome.NOT_FOUND
    assert found.tool is None


def test_one_alias_of_two_tools_is_ambiguous() -> None:
    """Nobody can say which of two tools an alias of both means."""
    both = _resolver(_tool(name="First", aliases=("shared",)), _tool(name="Second", aliases=("shared",)))
    found = both.resolve("shared")
    assert found.outcome is Outcome.AMBIGUOUS
    assert {candidate.name for candidate in found.candidates} == {"First", "Second"}


def test_name_goes_before_alias() -> None:
    """A tool's own name beats another's alias, which is still offered."""
    found = _resolver(_tool(name="Forge"), _tool(name="WebUI", aliases=("forge",), popularity=1)).resolve(
        "forge"
    )
    assert found.tool is not None
    assert found.tool.name == "Forge"
    assert [candidate.name for candidate in found.candidates] == ["Forge", "WebUI"]


def test_receipt_counts_letters() -> None:
    """The note of a misspelt name says how it was read."""
    assert RESOLVER.resolve("mistrl small").note == "read as Mistral Small; 1 letter differs"
    assert RESOLVER.resolve("mistral small").note is None


def test_missing_digits_are_said() -> None:
    """A version that was left out and filled in is said."""
    note = RESOLVER.resolve("llama 3.3").note
    assert note
    assert note.startswith("read as Llama 3.3 70B, the only one here that fits")


def test_json_shape() -> None:
    """The answer's JSON keeps the shape that scripts read."""
    found = RESOLVER.resolve("ollama").model_dump(mode="json")
    assert found["outcome"] == "resolved"
    assert found["reason"] == "exact"
    assert found["tool"] == {"slug": "ollama", "name": "Ollama"}
    assert set(found["candidates"][0]) == {"slug", "name", "confidence", "reason"}


NAMES = st.from_regex(r"[A-Za-z]{2,9}([ -][A-Za-z0-9]{1,6}){0,3}", fullmatch=True)


@st.composite
def _tools(draw: st.DrawFn) -> tuple[Tool, ...]:
    names = draw(st.lists(NAMES, min_size=1, max_size=12, unique_by=lambda name: compact(name_key(name))))
    shares = st.none() | st.floats(0, 1)
    return tuple(
        _tool(slug=f"tool-{number}", name=name, popularity=draw(shares)) for number, name in enumerate(names)
    )


def _first(found: Resolution) -> str:
    assert found.outcome is not Outcome.NOT_FOUND
    return found.candidates[0].slug


@settings(deadline=None, max_examples=40)
@given(_tools(), st.sampled_from((str.upper, str.lower, str.title, "  {}\n".format)))
def test_each_name_finds_its_tool(tools: tuple[Tool, ...], write: Callable[[str], str]) -> None:
    """Whatever the catalog, a whole name finds its tool first; case and spaces round it never matter."""
    resolver = _resolver(*tools)
    for tool in tools:
        assert _first(resolver.resolve(write(tool.name))) == tool.slug


@settings(deadline=None, max_examples=40)
@given(_tools())
def test_popularity_never_flips_an_exact_name(tools: tuple[Tool, ...]) -> None:
    """Popularity alone never changes what a whole name finds."""
    assume(len(tools) > 1)
    turned: Iterable[Tool] = (
        tool.model_copy(update={"popularity": 1 - (tool.popularity or 0)}) for tool in tools
    )
    one, other = _resolver(*tools), _resolver(*turned)
    for tool in tools:
        assert one.resolve(tool.name).tool == other.resolve(tool.name).tool


@settings(deadline=None)
@given(st.text(max_size=300))
def test_nothing_raises(text: str) -> None:
    """Any text gets an answer; candidates' confidence falls, and a resolved tool is the first of them."""
    found = RESOLVER.resolve(text)
    sure = [candidate.confidence for candidate in found.candidates]
    assert sure == sorted(sure, reverse=True)
    assert (found.tool is not None) == (found.outcome is Outcome.RESOLVED)
    if found.tool:
        assert found.candidates[0].slug == found.tool.slug
    RESOLVER.complete(text)


@pytest.mark.parametrize("tools", [(), (_tool(name="Alone"),)])
def test_tiny_catalogs(tools: tuple[Tool, ...]) -> None:
    """A catalog of none or one answers too."""
    assert _resolver(*tools).resolve("anything at all").outcome is Outcome.NOT_FOUND
    assert len(_resolver(*tools).complete("")) == len(tools)
