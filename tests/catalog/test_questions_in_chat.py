"""Lines as people type them in chat, read over the starter catalog: what they ask, and what asking costs."""

import random
import time

import pytest

from catalog.questions import Question, QuestionKind, understand
from catalog.resolver import Resolution, Resolver
from tests import starters

RESOLVER = starters.choice()

COMPARISONS = {
    "why is claude better than chatgpt": "claude|chatgpt",
    "compare claude chatgpt gemini": "claude|chatgpt|gemini",
    "claude and chatgpt": "claude|chatgpt",
    "claude & chatgpt": "claude|chatgpt",
    "langchain over llamaindex": "langchain|llamaindex",
    "qdrant, chroma, faiss, pgvector - which is fastest": "qdrant|chroma|faiss|pgvector",
    "vllm vs ollama": "vllm|ollama",
    "VLLM VS OLLAMA!!!": "VLLM|OLLAMA",
    "vllm vs. ollama": "vllm|ollama",
    "vllm v ollama": "vllm|ollama",
    "vllm v/s ollama": "vllm|ollama",
    "vllm or ollama?": "vllm|ollama",
    "vllm versus sglang for coding": "vllm|sglang",
    "mistrl small vs sd": "mistrl small|sd",
    "stable difusion vs midjourny lol": "stable difusion|midjourny",
    "midjorney or dall-e 3": "midjorney|dall-e 3",
    "compare vllm, sglang and ollama": "vllm|sglang|ollama",
    "compare vllm sglang": "vllm|sglang",
    "is cursor better than windsurf": "cursor|windsurf",
    "is cursor any better then windsurf?": "cursor|windsurf",
    "is claude better than chatgpt for coding": "claude|chatgpt",
    "is gemini worse than claude": "gemini|claude",
    "claude is better than chatgpt": "claude|chatgpt",
    "claude compared to chatgpt": "claude|chatgpt",
    "how does vllm compare to sglang": "vllm|sglang",
    "how does dify stack up against n8n": "dify|n8n",
    "difference between langchain and langgraph": "langchain|langgraph",
    "whats the diff between langchain & llamaindex": "langchain|llamaindex",
    "what\u2019s the difference between runpod and replicate": "runpod|replicate",
    "vllm > ollama?": "vllm|ollama",
    "claude > chatgpt tbh": "claude|chatgpt",
    "claude/chatgpt": "claude|chatgpt",
    "claude/chatgpt/gemini": "claude|chatgpt|gemini",
    "gpt/claude": "gpt|claude",
    "claude/chatgpt for homework?": "claude|chatgpt",
    "vllm / ollama / sglang": "vllm|ollama|sglang",
    "claude vs chatgpt/gemini": "claude|chatgpt|gemini",
    "openai/whisper vs faster-whisper": "openai/whisper|faster-whisper",
    "langchain-ai/langchain vs run-llama/llama_index": "langchain-ai/langchain|run-llama/llama_index",
    "which is better cursor or windsurf": "cursor|windsurf",
    "which one is better, cursor or copilot?": "cursor|copilot",
    "which do you prefer claude or gemini": "claude|gemini",
    "whats better midjourney or dalle 3": "midjourney|dalle 3",
    "claude and chatgpt, which is better": "claude|chatgpt",
    "vllm vs sglang vs ollama": "vllm|sglang|ollama",
    "n8n vs zapier vs dify": "n8n|zapier|dify",
    "foobar vs ollama": "foobar|ollama",
    "ollama vs bazqux 9000 thoughts?": "ollama|bazqux 9000",
    "langchain vs langgraph vs crewai vs autogen": "langchain|langgraph|crewai|autogen",
    "chroma , qdrant , or pgvector which one": "chroma|qdrant|pgvector",
    "chroma, qdrant or pgvector?": "chroma|qdrant|pgvector",
    "cursor, windsurf, copilot and claude code comparison": "cursor|windsurf|copilot|claude code",
    "vllmvsollama": "vllm|ollama",
    "vllmvsollamavsllama.cpp": "vllm|ollama|llama.cpp",
    "vllmvsollama vs sglang": "vllm|ollama|sglang",
    "vllm_vs_ollama": "vllm|ollama",
    "claude vs chatgpt vs gemini 🔥🔥": "claude|chatgpt|gemini",
    "🤖 claude 🆚 chatgpt 🤖": "claude|chatgpt",
    "\uff43\uff4c\uff41\uff55\uff44\uff45 \uff56\uff53 \uff43\uff48\uff41\uff54\uff47\uff50\uff54": "claude|chatgpt",
    "claude v\u200bs chatgpt": "claude|chatgpt",
    "claude\u00a0vs\u00a0chatgpt": "claude|chatgpt",
    "“claude” vs “gemini”": "claude|gemini",
    "**vllm** vs `ollama`": "vllm|ollama",
    "llama.cpp vs ollama <:thonk:123456789012345678>": "llama.cpp|ollama",
    "anyone tried cursor vs windsurf": "cursor|windsurf",
    "thoughts on comfyui vs a1111": "comfyui|a1111",
    "what do you guys think about suno or elevenlabs?": "suno|elevenlabs",
    "should i use qdrant or chroma for rag": "qdrant|chroma",
    "torn between claude and chatgpt": "claude|chatgpt",
    "i cant decide between runway and sora 2": "runway|sora 2",
    "lm studio vs ollama, which one should i use?": "lm studio|ollama",
    "lm studio or ollama? i have a 4090 and 64gb of ram": "lm studio|ollama",
    "hey im new here. vllm or ollama?": "vllm|ollama",
    "so... vllm vs sglang??": "vllm|sglang",
    "ollama vs lm studio for coding and writing": "ollama|lm studio",
    "faiss vs pgvector but for small data": "faiss|pgvector",
    "gpt-4o vs gpt 4o mini pricing": "gpt-4o|gpt 4o mini",
    "notebooklm vs perplexity in 2025": "notebooklm|perplexity",
    "cursor vs vs code": "cursor|vs code",
    "gemini vs claude vs": "gemini|claude",
}

CHATTER = [
    "can i run llama 3.1 70b on my 4090 or should i use 8b",
    "i love python and rust", "i love claude and gemini", "canvas", "this or that", "lol ok", "tea or coffee?",
    "do you want tea or coffee or juice", "more or less", "now or never", "me or you", "trick or treat",
    "i like cats and dogs", "thanks, works great now", "no worries, take your time", "brb, dinner, then sleep",
    "one, two, three", "sooner or later it breaks", "haha yes", "what's up", "what is this", "who are you",
    "devs are sleeping", "obvsly not", "24/7", "and/or", "ci/cd", "w/o a gpu", "yes/no", "5 > 3", "i <3 this",
    "-> here", "it is faster than before", "pizza is better than pasta", "claude is great", "thanks, vllm it is",
    "i use claude code every day", "good morning everybody", "best tool for coding", "🔥🔥🔥",
    "http://example.com/a/b", "i ate before the game or after",
]  # fmt: skip

CHATTER_WITHOUT_SEPARATORS = [
    "lol ok", "good morning everybody", "i use claude code every day", "that was a long day at work today",
    "honestly nobody explains how any of these things work on an old card with so little memory at home",
    "haha yes", "can you believe the weather today", "brb dinner",
]  # fmt: skip

WORDS = [
    "the", "a", "i", "think", "that", "vllm", "is", "nice", "but", "my", "gpu", "and", "or", ",",
    "/", "vs", "compare", "claude", "chatgpt", "gemini", "stable", "diffusion", "what", "mistral",
    "4090", "rust", "lol", "because", "for", "when", "ollamma", "lama", "better", "than", "with",
    "to", ".", "?", ":)", "🎉", "foo", "bar", "(", "[x]", "http://x.y/z",
]  # fmt: skip


class Counted:
    """The starter catalog, with a count of what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, name: str) -> Resolution:
        """Look a name up and remember that it was."""
        self.asked.append(name)
        return RESOLVER.resolve(name)


def _jumbles(count: int) -> list[str]:
    shuffled = random.Random(7)  # noqa: S311 (the same jumbles each time, no secret)
    words = [" ".join(shuffled.choices(WORDS, k=shuffled.randint(3, 120))) for _ in range(count)]
    marks = ["".join(shuffled.choices("abcdvs ,/&>|\u200b\u3000é or vs ", k=500)) for _ in range(count)]
    return words + marks


def _read(text: str, resolver: Resolver = RESOLVER) -> Question | None:
    return understand(text, resolver.resolve)


def test_the_table_is_large_enough() -> None:
    """The lines below stand for chat as it is: many of either sort."""
    assert len(COMPARISONS) >= 60
    assert len(CHATTER) >= 20


@pytest.mark.parametrize(("text", "names"), COMPARISONS.items(), ids=range(len(COMPARISONS)))
def test_comparisons(text: str, names: str) -> None:
    """Typed in a hurry or run together, among emoji and asides, the names are found."""
    question = _read(text)
    assert question is not None
    assert (question.kind, "|".join(question.names)) == (QuestionKind.COMPARE, names)


@pytest.mark.parametrize("text", CHATTER)
def test_chatter(text: str) -> None:
    """What only sounds like a question is none."""
    assert _read(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("what\u2019s vllm", "tool", "vllm"),
        ("openai/whisper", "tool", "openai/whisper"),
        ("meta-llama/Llama-2-70b-hf", "tool", "meta-llama/Llama-2-70b-hf"),
        ("what do you think about vllm", "tool", "vllm"),
        ("is vllm any good?", "tool", "vllm"),
        ("vllm thoughts?", "tool", "vllm"),
        ("what is grok", "tool", "grok"),
        ("🔥 midjourney alternatives 🔥", "alternatives", "midjourney"),
        ("something like ollama but faster", "alternatives", "ollama"),
        ("alternatives\u00a0to <:mj:12345> midjourney pls thx", "alternatives", "midjourney"),
    ],
)
def test_one_tool(text: str, kind: str, name: str) -> None:
    """A question about one tool keeps its name and loses the rest."""
    question = _read(text)
    assert question is not None
    assert (question.kind, question.names) == (kind, (name,))


@pytest.mark.parametrize("name", sorted(tool.name for tool in starters.all_tools()))
def test_every_name_is_one_name(name: str) -> None:
    """Whatever a tool is called, its name alone asks about it, and it may be held against another."""
    assert _read(name, starters.whole()) == Question(kind=QuestionKind.TOOL, names=(name,))
    # Look-ups are few: "Weights & Biases" is put together again beside a known name, and where there is no tail.
    other, tail = ("vllm", "") if " & " in name else ("zzyzx", " for coding")
    for text in (f"{name} vs {other}", f"{other} vs {name}?", f"compare {name} and {other}{tail}"):
        question = _read(text, starters.whole())
        assert question is not None
        assert set(question.names) == {name, other}


@pytest.mark.parametrize("text", [*COMPARISONS, *CHATTER, *_jumbles(60)])
def test_look_ups_are_few(text: str) -> None:
    """No text, however it is made, is worth more than six look-ups, and no name is looked up twice."""
    counted = Counted()
    understand(text, counted)
    assert len(counted.asked) <= 6
    assert len(set(counted.asked)) == len(counted.asked)


@pytest.mark.parametrize("text", CHATTER_WITHOUT_SEPARATORS)
def test_chatter_costs_next_to_nothing(text: str) -> None:
    """What has neither a frame nor a separator is looked up once, or twice if it has a greeting or a tail."""
    counted = Counted()
    assert understand(text, counted) is None
    assert len(counted.asked) <= 2


@pytest.mark.parametrize("text", ["vllm vs ollama", "claude vs chatgpt", "is cursor better than windsurf"])
def test_two_names_cost_one_look_up(text: str) -> None:
    """Between two names a "vs" is sure enough; only the whole is asked for."""
    counted = Counted()
    understand(text, counted)
    assert len(counted.asked) == 1


def test_reading_is_cheap() -> None:
    """Look-ups aside, 500 characters take some milliseconds at most, whatever they are."""
    unknown = RESOLVER.resolve("zzyzx")
    for text in (*_jumbles(40), ", ".join("ab" * 250), "a vs " * 100, "is " * 166, "or " * 166, "/" * 500):
        times = []
        for _ in range(3):
            begun = time.thread_time()
            understand(text, lambda _: unknown)
            times.append(time.thread_time() - begun)
        assert min(times) < 0.01
