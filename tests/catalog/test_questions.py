import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.models import Tool
from catalog.questions import QuestionKind, understand
from catalog.resolver import Entry, Resolver

RESOLVE = Resolver(
    [
        Entry.of(Tool.model_validate({"name": name}))
        for name in (
            "Mistral Small", "Stable-Diffusion", "vLLM", "SGLang", "Ollama", "LM Studio", "Cursor", "Windsurf",
            "Weights & Biases", "MLflow", "Humans vs Bots", "Search or Find", "Midjourney", "GPT-4o",
        )
    ]
).resolve  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("vllmvsollama", ("vllm", "ollama")),
        ("GPT4oVSvLLM", ("GPT4o", "vLLM")),
        ("mlflowversusollama", ("mlflow", "ollama")),
        ("mistral smallvsvllm", ("mistral small", "vllm")),
        ("lm studio vsollama", ("lm studio", "ollama")),
        ("vllm-vs-ollama", ("vllm", "ollama")),
    ],
)
def test_versus_without_spaces(text: str, names: tuple[str, ...]) -> None:
    """Names run together round "vs" are parted where both are tools."""
    found = understand(text, RESOLVE)
    assert found is not None
    assert (found.kind, found.names) == (QuestionKind.COMPARE, names)


@pytest.mark.parametrize("text", ["canvas", "nvsmi", "vsollama", "ollamavs", "tvseries"])
def test_vs_inside_a_word(text: str) -> None:
    """The letters alone make no comparison."""
    found = understand(text, RESOLVE)
    assert found is None or found.kind is not QuestionKind.COMPARE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mistrl small vs sd", ("mistrl small", "sd")),
        ("vLLM VS. SGLang", ("vLLM", "SGLang")),
        ("vllm versus sglang for coding?", ("vllm", "sglang")),
        ("cursor or windsurf?", ("cursor", "windsurf")),
        ("ollama v vllm", ("ollama", "vllm")),
        ("compare vllm, sglang and ollama please", ("vllm", "sglang", "ollama")),
        ("Compare Ollama with LM Studio", ("Ollama", "LM Studio")),
        ("hey, can you compare ollama to vllm for me?", ("ollama", "vllm")),
        ("difference between cursor and windsurf", ("cursor", "windsurf")),
        ("what's the difference between weights and biases and mlflow?", ("weights and biases", "mlflow")),
        ("which is better, ollama or vllm?", ("ollama", "vllm")),
        ("is cursor better than windsurf?", ("cursor", "windsurf")),
        ("how does ollama compare to vllm", ("ollama", "vllm")),
        ("humans vs bots vs ollama", ("humans vs bots", "ollama")),
        ("search or find or ollama", ("search or find", "ollama")),
        ("compare gpt-4o and something unheard of", ("gpt-4o", "something unheard of")),
        ("compare vllm, sglang, ollama, cursor and mlflow", ("vllm", "sglang", "ollama", "cursor", "mlflow")),
        ("foo vs bar", ("foo", "bar")),
    ],
)
def test_comparisons(text: str, names: tuple[str, ...]) -> None:
    """Names are parted as the catalog knows them."""
    question = understand(text, RESOLVE)
    assert question is not None
    assert (question.kind, question.names) == (QuestionKind.COMPARE, names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("alternatives to midjourney", "midjourney"),
        ("what are good alternatives to Midjourney?", "Midjourney"),
        ("something like ollama for coding", "ollama"),
        ("free alternative to cursor please", "cursor"),
        ("midjourney alternatives", "midjourney"),
    ],
)
def test_alternatives(text: str, name: str) -> None:
    """Several wordings ask for alternatives."""
    question = understand(text, RESOLVE)
    assert question is not None
    assert (question.kind, question.names) == (QuestionKind.ALTERNATIVES, (name,))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("what is vllm?", "vllm"),
        ("tell me about LM Studio", "LM Studio"),
        ("ollama", "ollama"),
        ("humans vs bots", "humans vs bots"),
        ("weights and biases", "weights and biases"),
        ("what is something unheard of", "something unheard of"),
    ],
)
def test_tools(text: str, name: str) -> None:
    """A name by itself, or asked about, is a question about one tool."""
    question = understand(text, RESOLVE)
    assert question is not None
    assert (question.kind, question.names) == (QuestionKind.TOOL, (name,))


@pytest.mark.parametrize(
    "text", ["", "???", "hello there", "i like cats and dogs", "best tool for coding", "vs"]
)
def test_no_question(text: str) -> None:
    """Small talk is no question."""
    assert understand(text, RESOLVE) is None


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["vs", "or", "and", ",", "compare", "ollama", "x", "?", "what is", " "]), max_size=40
    )
)
def test_nothing_raises(parts: list[str]) -> None:
    """Any jumble gets an answer or None, and names are never empty."""
    question = understand(" ".join(parts), RESOLVE)
    assert question is None or all(name.strip() for name in question.names)


@pytest.mark.parametrize(
    "hostile", ["a vs " * 2000, "compare " * 1000, " ," * 4000, "is " * 2000, "\ud800" * 9000]
)
def test_hostile_text_is_cheap(hostile: str) -> None:
    """Long text costs no more than its beginning: a tenth of a second at the very most."""
    begun = time.perf_counter()
    understand(hostile, RESOLVE)
    assert time.perf_counter() - begun < 0.1
