"""The starter catalog as tests ask it: all of it, or a fixed choice of its tools.

What a name may mean depends on what else is listed. Tests that say what isn't there ("no gpt-oss 120b") ask the
choice, so that they stay true when the catalog grows.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from catalog import starter
from catalog.families import Families
from catalog.resolver import Entry, Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from catalog.models import Tool

#: The slugs of the choice. Tests know what isn't among them, so none is added.
_CHOSEN = frozenset(
    """
    aider all-minilm-l6-v2 autogen automatic1111-web-ui bge-m3 chatgpt chroma claude claude-3-5-sonnet
    claude-code claude-opus-4-8 claude-sonnet-4-5 cline comfyui context7 controlnet crewai cursor
    dall-e-3 deepseek-r1 deepseek-v3 dify dspy elevenlabs faiss faster-whisper flux-1-dev gemini
    gemini-2-5-flash gemini-2-5-pro gemma-3-27b github-copilot google-colab gpt-3-5-turbo gpt-4 gpt-4o
    gpt-4o-mini gpt-5 gpt-image-1 gpt-oss-20b gradio groq hugging-face hugging-face-accelerate
    hugging-face-diffusers hugging-face-transformers humaneval instructor invokeai kohya-ss langchain
    langfuse langgraph litellm llama-2-70b llama-3-1-70b llama-3-1-8b llama-3-3-70b llama-4-maverick
    llama-cpp llamaindex lm-studio massed-compute midjourney mistral-7b mistral-large-3 mistral-small-3
    mistral-small-4 mixtral-8x7b mlflow n8n notebooklm o3 ollama onetrainer open-webui openrouter
    outlines peft perplexity pgvector phi-4 photoshop-generative-fill pixart playwright-mcp pydantic
    pytorch qdrant qwen-2-5-32b qwen3-32b replicate runpod runway sglang sora-2 stable-diffusion
    stable-diffusion-1-5 stable-diffusion-3-5-large stable-diffusion-xl suno swe-bench tensorrt
    text-embedding-3-large text-generation-inference together-ai unsloth vllm whisper-cpp
    whisper-large-v3 windsurf wolfram-alpha
    """.split()  # noqa: SIM905 (a hundred quoted words would be harder to read)
)


@cache
def all_tools() -> tuple[Tool, ...]:
    """Read the whole starter catalog once."""
    return tuple(incoming.tool for incoming in starter.read())


@cache
def chosen_tools() -> tuple[Tool, ...]:
    """Give the tools of the choice, in the order of the catalog."""
    found = tuple(tool for tool in all_tools() if tool.slug in _CHOSEN)
    assert len(found) == len(_CHOSEN), _CHOSEN - {tool.slug for tool in found}
    return found


def entries(tools: Iterable[Tool]) -> tuple[Entry, ...]:
    """Give what the resolver knows of some tools, as a snapshot tells it."""
    known = tuple(tools)
    families = Families.of(known)
    return tuple(Entry.of(tool, family=families.carried(tool.slug)) for tool in known)


@cache
def whole() -> Resolver:
    """Give the resolver over the whole catalog."""
    return Resolver(entries(all_tools()))


@cache
def choice() -> Resolver:
    """Give the resolver over the choice."""
    return Resolver(entries(chosen_tools()))
