from __future__ import annotations

import json
from collections import Counter
from typing import Any

from catalog.models import PriceUnit, Status, Task
from tests.catalog.importers.public.board_files import (
    by_name,
    figures,
    reading,
    real,
    reasons,
    taken_in_twice,
)


def listed(provider: str, usd: float | None = 1e-06, mode: str = "chat", **more: Any) -> dict[str, Any]:  # noqa: ANN401 (a record's fields)
    """Make a record as the file has it."""
    price = {} if usd is None else {"input_cost_per_token": usd}
    return {"litellm_provider": provider, "mode": mode, "max_input_tokens": 1000, **price, **more}


def prices(records: dict[str, dict[str, Any]]) -> str:
    """Make a file of prices."""
    spec = {"litellm_provider": "one of https://docs.litellm.ai/docs/providers", "mode": "one of: chat"}
    return json.dumps({"sample_spec": spec, "fallback_generalizations": {"rules": []}, **records}, indent=4)


def test_a_model_on_all_clouds_is_one_tool_with_its_makers_price() -> None:
    """Regions, clouds and snapshots are the same model; prices of one token become those of a million."""
    (tool,) = by_name(
        reading(
            prices(
                {
                    "azure/eu/gpt-9-2026-01-02": listed("azure", 9e-06),
                    "gpt-9-2026-01-02": listed("openai", 3e-06),
                    "gpt-9": listed("openai", 2.5e-06, supports_reasoning=True, supports_vision=True),
                    "openrouter/openai/gpt-9": listed("openrouter", 1e-06),
                }
            ),
            "2026-11-21.json",
        )
    ).values()
    assert (tool.name, tool.vendor) == ("gpt-9", "OpenAI")
    assert tool.pricing
    assert tool.pricing.starting
    assert (tool.pricing.starting.usd, tool.pricing.starting.unit) == (2.5, PriceUnit.MILLION_INPUT_TOKENS)
    assert tool.tasks == (Task.TEXT_GENERATION, Task.REASONING, Task.IMAGE_UNDERSTANDING)
    assert figures(tool) == {"context_window": (1000, "2026-11-21")}
    assert {"gpt-9-2026-01-02", "openai/gpt-9"} <= set(tool.aliases)


def test_pictures_and_seconds_have_their_own_unit() -> None:
    """Where there is no price of tokens."""
    tools = by_name(
        reading(
            prices(
                {
                    "black_forest_labs/flux-pro-9": listed(
                        "black_forest_labs", None, "image_generation", output_cost_per_image=0.05
                    ),
                    "xai/grok-video-9": listed("xai", None, "video_generation", output_cost_per_second=0.08),
                    "deepgram/nova-9": listed(
                        "deepgram", None, "audio_transcription", input_cost_per_second=0.0001
                    ),
                }
            )
        )
    )
    found = {
        name: (tool.pricing.starting.usd, tool.pricing.starting.unit, tool.tasks, tool.signals)
        for name, tool in tools.items()
        if tool.pricing and tool.pricing.starting
    }
    assert found == {
        "flux-pro-9": (0.05, PriceUnit.IMAGE, (Task.IMAGE_GENERATION,), ()),
        "grok-video-9": (0.08, PriceUnit.SECOND, (Task.VIDEO_GENERATION,), ()),
        "nova-9": (0.0001, PriceUnit.SECOND, (Task.SPEECH_TO_TEXT,), ()),
    }


def test_what_one_pays_for_months_is_no_starting_price() -> None:
    """Nor is it another model."""
    (tool,) = by_name(
        reading(
            prices(
                {
                    "bedrock/*/1-month-commitment/anthropic.claude-v9": listed(
                        "bedrock", None, input_cost_per_second=0.01
                    ),
                    "anthropic.claude-v9": listed("bedrock", 8e-06),
                }
            )
        )
    ).values()
    assert tool.pricing
    assert tool.pricing.starting
    assert (tool.pricing.starting.usd, tool.pricing.starting.unit) == (8.0, PriceUnit.MILLION_INPUT_TOKENS)


def test_a_model_is_past_once_its_maker_ended_it() -> None:
    """By the day of the file; a snapshot's end isn't the model's."""
    tools = by_name(
        reading(
            prices(
                {
                    "gpt-7": listed("openai", deprecation_date="2026-01-01"),
                    "gpt-8": listed("openai", deprecation_date="2027-01-01"),
                    "gpt-9": listed("openai"),
                    "gpt-9-2025-01-01": listed("openai", deprecation_date="2026-01-01"),
                }
            ),
            "2026-11-21.json",
        )
    )
    assert {name: tool.status for name, tool in tools.items()} == {
        "gpt-7": Status.DEPRECATED,
        "gpt-8": Status.ACTIVE,
        "gpt-9": Status.ACTIVE,
    }


def test_googles_cloud_says_whose_model_it_hosts() -> None:
    """In the name of the provider."""
    (tool,) = by_name(
        reading(prices({"vertex_ai/claude-9-kite": listed("vertex_ai-anthropic_models")}))
    ).values()
    assert (tool.name, tool.vendor) == ("claude-9-kite", "Anthropic")
    assert tool.pricing
    assert (
        tool.pricing.note
        == "at Google Vertex AI, the only host in LiteLLM's list; its maker's own price isn't there"
    )


def test_what_is_no_model_is_refused() -> None:
    """The explanation of the fields is passed over."""
    one = reading(
        prices(
            {
                "tavily/search": listed("tavily", None, "search"),
                "fireworks-ai-up-to-4b": listed("fireworks_ai"),
                "ft:gpt-9": listed("openai"),
                "fireworks_ai/accounts/fireworks/models/flux-9-dev": listed("fireworks_ai"),
                "mistral/mistral-large-latest": listed("mistral"),
                "scaledown/extract": listed("scaledown"),
                "orphan-9": {"mode": "chat"},
                "gpt-9": listed("openai"),
            }
        )
    )
    assert set(by_name(one)) == {"gpt-9"}
    assert {place: reason.partition(";")[0] for place, reason in reasons(one).items()} == {
        "tavily/search": "a service (search) and no model",
        "fireworks-ai-up-to-4b": "a host's price for any model of a size, and no model",
        "ft:gpt-9": "the price of a model that one has trained further, not of the model itself",
        "fireworks_ai/accounts/fireworks/models/flux-9-dev": "listed as a model that chats, which it isn't",
        "mistral/mistral-large-latest": ("mistral-large-latest names whichever version or size there is"),
        "scaledown/extract": "nothing says who makes extract, nor which version it is",
        "orphan-9": "litellm_provider: missing",
    }


def test_odd_records_are_refused_alone() -> None:
    """Words where figures belong say nothing; what isn't a record at all is told."""
    one = reading(
        prices(
            {
                "gpt-9": listed("openai", None, max_input_tokens="some", deprecation_date="soon"),
                "gpt-8": [1],  # type: ignore[dict-item]
            }
        )
    )
    (tool,) = by_name(one).values()
    assert (tool.name, tool.pricing, tool.signals, tool.status) == ("gpt-9", None, (), Status.ACTIVE)
    assert list(reasons(one)) == ["gpt-8"]


def test_providers_are_apis_for_what_they_offer() -> None:
    """With their own pages; one of which nothing is supported is refused."""
    data = {
        "_comment": "which endpoints",
        "providers": {
            "deep_well": {
                "display_name": "Deep Well (`deep_well`)",
                "url": "https://docs.deepwell.example/",
                "endpoints": {"chat_completions": True, "audio_speech": True, "embeddings": False},
            },
            "gemini": {
                "display_name": "Google AI Studio - Gemini (`gemini`)",
                "url": "https://docs.litellm.ai/docs/providers/gemini",
                "endpoints": {"chat_completions": True},
            },
            "bytez": {"display_name": "Bytez (`bytez`)", "endpoints": {"chat_completions": False}},
        },
    }
    one = reading(json.dumps(data))
    tools = by_name(one)
    assert tools["Deep Well"].tasks == (Task.TEXT_GENERATION, Task.TEXT_TO_SPEECH)
    assert len(tools["Deep Well"].links) == 1
    assert tools["Google AI Studio - Gemini"].aliases == ()
    assert tools["Google AI Studio - Gemini"].links == ()
    assert list(reasons(one)) == ["bytez"]


def test_the_real_prices() -> None:
    """What they hold is read, and what stands in the starter catalog is found there."""
    one = real("litellm/model_prices_and_context_window.json")
    first, second = taken_in_twice(one)
    rejected = {
        "names whichever version": 41,
        "nothing says who makes": 115,
        "a service": 26,
        "a host's price for any model": 16,
        "trained further": 14,
        "listed as a model that chats": 3,
    }
    kinds = Counter(kind for refused in one.rejected for kind in rejected if kind in refused.reason)
    assert (len(one.tools), kinds, len(one.rejected)) == (1372, rejected, sum(rejected.values()))
    assert len(first.changed) + len(first.unchanged) >= 68
    assert (second.added, second.changed, first.warnings) == ((), (), ())


def test_the_real_providers() -> None:
    """Those that offer something; the rest says nothing of itself."""
    one = real("litellm/provider_endpoints_support.json")
    first, second = taken_in_twice(one)
    assert (len(one.tools), len(one.rejected)) == (147, 61)
    assert len(first.changed) + len(first.unchanged) >= 20
    assert (second.added, second.changed) == ((), ())
