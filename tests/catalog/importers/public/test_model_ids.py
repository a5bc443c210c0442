from __future__ import annotations

import pytest

from catalog.importers.public.model_ids import also_called, key_of, read_id
from catalog.importers.public.model_makers import host_of, is_own, maker_of, sells_own


@pytest.mark.parametrize(
    ("provider", "id_", "plain"),
    [
        ("azure", "azure/eu/gpt-4o-2024-08-06", "gpt-4o"),
        ("azure", "gpt-35-turbo", "gpt-3.5-turbo"),
        ("bedrock", "us.anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3-5-sonnet"),
        ("bedrock", "bedrock/us-gov-west-1/anthropic.claude-v2:1", "claude-v2-1"),
        ("bedrock", "openai.gpt-oss-120b-1:0", "gpt-oss-120b"),
        ("bedrock", "bedrock/us-east-1/deepseek.v3.2", "deepseek-v3.2"),
        ("bedrock", "amazon.nova-lite-v1:0", "nova-lite"),
        ("bedrock", "amazon.titan-embed-text-v2:0", "titan-embed-text-v2"),
        ("cohere", "command-r-plus-08-2024", "command-r-plus"),
        ("databricks", "databricks-meta-llama-3-3-70b-instruct", "llama-3-3-70b-instruct"),
        ("fal_ai", "fal_ai/low/1024-x-1024/openai/gpt-image-2/text-to-image", "gpt-image-2"),
        ("fal_ai", "fal-ai/ideogram/v3", "ideogram-v3"),
        ("fireworks_ai", "accounts/fireworks/models/qwen2p5-coder-32b", "qwen2.5-coder-32b"),
        ("gemini", "gemini-2.5-flash-preview-05-20", "gemini-2.5-flash-preview"),
        ("google-vertex", "claude-opus-4@20250514", "claude-opus-4"),
        ("nano-gpt", "claude-opus-4-1-thinking:1024", "claude-opus-4-1"),
        ("openai", "gpt-4-0613", "gpt-4"),
        ("openrouter", "deepseek/deepseek-r1:free", "deepseek-r1"),
        ("togetherai", "Qwen/Qwen3-32B-FP8", "Qwen3-32B"),
        ("vertex_ai", "vertex_ai/mistral-large@2411-001", "mistral-large-2411"),
        ("volcengine", "doubao-seed-1-6-250715", "doubao-seed-1-6"),
        ("xai", "xai/grok-4.20-0309-reasoning", "grok-4.20-reasoning"),
    ],
)
def test_how_a_model_is_hosted_is_taken_off(provider: str, id_: str, plain: str) -> None:
    """Providers, regions, sizes, dates and how it is stored or set tell no models apart."""
    assert read_id(id_, provider=provider).plain == plain


@pytest.mark.parametrize(
    "id_",
    [
        "gpt-4-1106-preview",
        "mistral-small-2503",
        "deepseek-r1-0528",
        "qwen3-235b-a22b-instruct-2507",
        "llama-3.3-70b-instruct",
        "gpt-5.1-codex-max",
        "kimi-k2-turbo-preview",
        "text-embedding-ada-002",
        "gemini-embedding-001",
        "o4-mini",
    ],
)
def test_what_tells_models_apart_stays(id_: str) -> None:
    """Versions, sizes and variants are never taken off."""
    assert read_id(id_).plain == id_


def test_a_size_behind_a_colon_is_part_of_the_name() -> None:
    """Ollama writes sizes where others write how a model is sold."""
    assert read_id("kimi-k2:1t").key == key_of("Kimi K2 1T")
    assert read_id("gpt-oss:120b").key == read_id("openai/gpt-oss-120b").key


def test_a_key_is_the_same_in_any_order_of_words() -> None:
    """Makers write the version first or last; a number keeps its unit."""
    assert key_of("claude-3-5-haiku") == key_of("Claude Haiku 3.5") == key_of("claude-haiku-3.5")
    assert key_of("gemini-flash-1.5") == key_of("Gemini 1.5 Flash")
    assert key_of("gemma-3-4b") != key_of("gemma-4-3b")
    assert key_of("gpt-4o") != key_of("gpt-4o-mini")


@pytest.mark.parametrize(
    ("provider", "id_", "maker"),
    [
        ("deepinfra", "meta-llama/Llama-3.3-70B-Instruct", "Meta"),
        ("oci", "xai.grok-4", "xAI"),
        ("gradient_ai", "anthropic-claude-3.5-sonnet", "Anthropic"),
        ("mistral", "mistral-small-2503", "Mistral AI"),
        ("dashscope", "qwen3-max", "Alibaba"),
        ("dashscope", "kimi-k2.5", None),
        ("perplexity", "perplexity/glm-5.2", None),
        ("azure", "gpt-4o", None),
        ("nano-gpt", "TheDrummer/Cydonia-24B", None),
    ],
)
def test_the_maker_is_said_by_the_id_or_by_who_sells_it(provider: str, id_: str, maker: str | None) -> None:
    """A maker that hosts others' models is only that of its own."""
    assert read_id(id_, provider=provider).maker == maker


@pytest.mark.parametrize(
    ("id_", "is_pointer"),
    [
        ("mistral-small-latest", True),
        ("mistralai/mistral-large", True),
        ("~anthropic/claude-sonnet-latest", True),
        ("gemini-flash-latest", True),
        ("llama2", True),
        ("google/gemma-3", True),
        ("gpt-5-chat-latest", False),
        ("mistral-small-2503", False),
        ("codestral", False),
        ("gemma-3-4b", False),
    ],
)
def test_a_pointer_names_no_one_model(id_: str, is_pointer: bool) -> None:  # noqa: FBT001 (a case)
    """What is meant by it is another model tomorrow, or a family of sizes."""
    assert read_id(id_).is_pointer is is_pointer


def test_the_id_is_kept_as_people_type_it() -> None:
    """With the maker, without provider, region and setting; only the model's own id is plain."""
    assert read_id("us/openai/gpt-4o-2024-08-06:free").written == "openai/gpt-4o-2024-08-06"
    assert read_id("eu.anthropic.claude-opus-4-8").written == "anthropic.claude-opus-4-8"
    assert read_id("openai/gpt-4o").is_plain
    assert not read_id("openai/gpt-4o-2024-08-06").is_plain


def test_providers_are_known_by_any_spelling() -> None:
    """Lists write the same provider in their own ways."""
    assert host_of("together_ai") == host_of("togetherai") == host_of("together") == "Together AI"
    assert host_of("vertex_ai-llama_models") == "Google Vertex AI"
    assert host_of("nano-gpt") is None
    assert maker_of("zai-org") == maker_of("THUDM") == "Z.ai"
    assert is_own("azure_ai", "MAI-DS-R1") == "Microsoft"
    assert sells_own("x-ai", "xAI")
    assert not sells_own("openrouter", "OpenAI")


def test_an_id_is_another_name_only_as_a_spelling_of_it() -> None:
    """A provider's short id may be the name of something else."""
    assert also_called("Together AI", "togetherai") == ["togetherai"]
    assert also_called("OpenCode Zen", "opencode") == []
    assert also_called("groq", "groq") == []
