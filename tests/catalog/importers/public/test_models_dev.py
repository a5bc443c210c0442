from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from catalog.errors import ImportFileError
from catalog.models import LinkKind, Status, Task
from tests.catalog.importers.public.board_files import (
    by_name,
    figures,
    reading,
    real,
    reasons,
    taken_in_twice,
)

TEXT = {"input": ["text"], "output": ["text"]}
HEADER = "provider,model_id,date,input_usd_per_mtok,output_usd_per_mtok,context"


def record(name: str | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (a record's fields)
    """Make a record as the files have it."""
    made = {
        "release_date": "2026-01-02",
        "last_updated": "2026-01-03",
        "open_weights": False,
        "reasoning": False,
        "limit": {"context": 1000, "output": 100},
        "modalities": TEXT,
    }
    return {**made, **({"name": name} if name else {}), **more}


def models(records: dict[str, dict[str, Any]]) -> str:
    """Make a file of models."""
    padding = {"openai/zzz-9": record("ZZZ 9", benchmarks=[])}
    return json.dumps({**records, **padding})


def provided(records: dict[str, dict[str, Any]]) -> str:
    """Make a file of providers' models."""
    return json.dumps({**records, "openai/zzz-9": record("ZZZ 9", cost={"input": 1, "output": 2})}, indent=1)


def test_a_model_and_its_snapshots_are_one_tool() -> None:
    """The plain one's facts stand; the ids of the others are names by which it is found."""
    tools = by_name(
        reading(
            models(
                {
                    "anthropic/claude-kestrel-4-5-20250929": record(
                        "Claude Kestrel 4.5", limit={"context": 7}
                    ),
                    "anthropic/claude-kestrel-4-5": record(
                        "Claude Kestrel 4.5 (latest)",
                        reasoning=True,
                        modalities={"input": ["text", "image"], "output": ["text"]},
                    ),
                }
            ),
            "2026-07-02.json",
        )
    )
    tool = tools["Claude Kestrel 4.5"]
    assert tool.vendor == "Anthropic"
    assert tool.released_on == "2026-01-02"
    assert tool.tasks == (Task.TEXT_GENERATION, Task.REASONING, Task.IMAGE_UNDERSTANDING)
    assert figures(tool) == {"context_window": (1000, "2026-07-02")}
    assert "anthropic/claude-kestrel-4-5-20250929" in tool.aliases


def test_a_makers_own_name_is_taken_even_where_it_does_not_spell_the_id() -> None:
    """But none that would name another model, nor one of a snapshot."""
    tools = by_name(
        reading(
            models(
                {
                    "mistral/devstral-2512": record("Devstral 2"),
                    "openai/gpt-9-32k": record("GPT-9"),
                    "openai/gpt-9": record("GPT-9"),
                    "anthropic/claude-3-5-kite-20241022": record("Claude Kite 3.5 v2"),
                }
            )
        )
    )
    assert set(tools) == {"Devstral 2", "gpt-9-32k", "GPT-9", "claude-3-5-kite", "ZZZ 9"}


def test_results_are_those_of_the_model_alone() -> None:
    """With an agent around it, on part of the test, or as an index they say something else."""
    results = [
        {"name": "Aider Polyglot", "score": 81.3, "metric": "percent correct", "date": "2025-01-28"},
        {"name": "SWE-Bench Pro", "score": 50.0, "dataset": "public"},
        {"name": "SWE-Bench Pro", "score": 20.0, "dataset": "hard-aa"},
        {"name": "Terminal-Bench", "score": 66.1, "harness": "Terminus-2", "version": "2.1"},
        {"name": "Artificial Analysis Coding Index", "score": 30.0, "metric": "index"},
        {"name": "GPQA Diamond", "score": 95.5},
        {"name": "Elo", "score": 1400},
    ]
    (tool, _) = by_name(
        reading(models({"openai/o9": record("o9", benchmarks=results)}), "2026-07-02.json")
    ).values()
    assert figures(tool) == {
        "context_window": (1000, "2026-07-02"),
        "benchmark:aider_polyglot": (81.3, "2025-01-28"),
        "benchmark:swe_bench_pro": (50.0, "2026-07-02"),
        "benchmark:gpqa": (95.5, "2026-07-02"),
    }


def test_where_the_weights_are_is_a_link_to_a_hub() -> None:
    """Not to a copy that is stored otherwise."""
    hub = "https://huggingface.co/acme/Wren-9B"
    weights = [
        {"label": "Hugging Face", "url": hub},
        {"label": "Hugging Face (FP8)", "url": f"{hub}-FP8", "quantization": "fp8"},
    ]
    tool = by_name(reading(models({"acme/wren-9b": record("Wren 9B", weights=weights)})))["Wren 9B"]
    assert [(link.kind, link.url) for link in tool.links] == [(LinkKind.MODEL_HUB, hub)]


def test_the_price_is_the_makers() -> None:
    """Whatever others take; what is sold in China counts only where nothing else is."""
    tool = by_name(
        reading(
            provided(
                {
                    "alibaba-cn/qwen9-32b": record("Qwen9 32B", cost={"input": 0.2}),
                    "alibaba/qwen9-32b": record("Qwen9 32B", cost={"input": 0.7}),
                    "deepinfra/Qwen/Qwen9-32B": record("Qwen9 32B", cost={"input": 0.1}),
                }
            ),
            "2026-07-02.json",
        )
    )["Qwen9 32B"]
    assert tool.pricing
    assert tool.pricing.starting
    assert (tool.pricing.starting.usd, tool.pricing.starting.observed_on) == (0.7, "2026-07-02")
    assert tool.pricing.note is None


def test_of_an_open_model_the_lowest_hosts_price_counts_and_the_host_is_named() -> None:
    """Without slips, resellers and prices of nothing."""
    tool = by_name(
        reading(
            provided(
                {
                    "groq/meta-llama/llama-9-70b": record("Llama 9 70B", cost={"input": 0.0001}),
                    "deepinfra/meta-llama/Llama-9-70B": record("Llama 9 70B", cost={"input": 0.3}),
                    "togetherai/meta-llama/Llama-9-70B": record("Llama 9 70B", cost={"input": 0.8}),
                    "nebius/meta-llama/Llama-9-70B": record("Llama 9 70B", cost={"input": 0}),
                    "nano-gpt/meta-llama/llama-9-70b": record("Llama 9 70B", cost={"input": 0.1}),
                }
            )
        )
    )["Llama 9 70B"]
    assert tool.pricing
    assert tool.pricing.starting
    assert (tool.pricing.starting.usd, tool.pricing.starting.source) == (0.3, "models.dev: DeepInfra")
    assert tool.pricing.note == (
        "at DeepInfra, the lowest of 2 hosts in models.dev's list; its maker's own price isn't there"
    )


def test_without_a_host_the_aggregators_price_counts() -> None:
    """A reseller's alone is none of the model."""
    tools = by_name(
        reading(
            provided(
                {
                    "openrouter/allenai/olmo-9-32b:free": record("OLMo 9 32B", cost={"input": 0}),
                    "openrouter/allenai/olmo-9-32b": record("OLMo 9 32B", cost={"input": 0.2}),
                    "nano-gpt/allenai/olmo-9-7b": record("OLMo 9 7B", cost={"input": 0.2}),
                }
            )
        )
    )
    note = "at OpenRouter; neither its maker's price nor that of a host is in models.dev's list"
    assert tools["OLMo 9 32B"].pricing
    assert tools["OLMo 9 32B"].pricing.note == note
    assert tools["OLMo 9 7B"].pricing is None


def test_a_providers_record_may_point_to_the_model() -> None:
    """Then its own id is only how it is called there; a link to another record says nothing new."""
    tools = by_name(
        reading(
            provided(
                {
                    "openai/gpt-9": record("GPT-9", cost={"input": 3}),
                    "cortex/openai-next": {"base_model": "openai/gpt-9", "cost": {"input": 9}},
                    "mirror/other": {**record("Other"), "_symlink_to": "openai/gpt-9"},
                }
            )
        )
    )
    assert set(tools) == {"GPT-9", "ZZZ 9"}


def test_a_model_is_past_when_its_maker_says_so() -> None:
    """A host that drops it doesn't end it."""
    tools = by_name(
        reading(
            provided(
                {
                    "openai/gpt-8": record("GPT-8", status="deprecated"),
                    "openai/gpt-9": record("GPT-9"),
                    "azure/gpt-9": record("GPT-9", status="deprecated"),
                }
            )
        )
    )
    assert tools["GPT-8"].status is Status.DEPRECATED
    assert tools["GPT-9"].status is Status.ACTIVE


def test_pictures_and_sound_have_no_price_of_tokens() -> None:
    """Hosts write down that of one picture or minute, and lengths that aren't a text's."""
    pictures = {"input": ["text"], "output": ["image"]}
    sound = {"input": ["audio"], "output": ["text"]}
    tools = by_name(
        reading(
            provided(
                {
                    "scaleway/openai/whisper-9": record("Whisper 9", cost={"input": 0.003}, modalities=sound),
                    "deepinfra/bfl/flux-9": record("FLUX 9", cost={"input": 0.08}, modalities=pictures),
                }
            )
        )
    )
    assert [(tool.pricing, tool.signals, tool.tasks) for tool in list(tools.values())[:2]] == [
        (None, (), (Task.SPEECH_TO_TEXT,)),
        (None, (), (Task.IMAGE_GENERATION,)),
    ]


def test_what_names_no_model_is_refused() -> None:
    """Pointers and a provider's own labels: nobody could tell what is meant."""
    refused = reasons(
        reading(
            provided(
                {
                    "mistral/mistral-small-latest": record("Mistral Small (latest)"),
                    "nano-gpt/auto-model": record("Auto"),
                }
            )
        )
    )
    assert refused["mistral/mistral-small-latest"].startswith("mistral-small-latest names whichever version")
    assert refused["nano-gpt/auto-model"].startswith("nothing says who makes auto-model")


def test_providers_with_their_models_inside_are_read_as_models() -> None:
    """So the site itself gives them."""
    nested = {
        "openai": {
            "id": "openai",
            "env": ["KEY"],
            "npm": "@ai-sdk/openai",
            "name": "OpenAI",
            "doc": "https://platform.openai.com",
            "models": {"gpt-9": {"id": "gpt-9", **record("GPT-9", cost={"input": 3})}},
        }
    }
    assert set(by_name(reading(json.dumps(nested)))) == {"GPT-9"}


def test_odd_records_are_refused_alone() -> None:
    """With what is wrong; a date that is none is left out."""
    one = reading(
        provided(
            {
                "openai/gpt-7": record("GPT-7", cost={"input": "cheap"}),
                "openai/gpt-8": {"cost": None},
                "openai/gpt-9": record("GPT-9", release_date="soon"),
            }
        )
    )
    assert by_name(one)["GPT-9"].released_on is None
    assert list(reasons(one)) == ["openai/gpt-7", "openai/gpt-8"]


def test_what_is_no_list_of_models_is_no_such_file() -> None:
    """Said of the file as a whole."""
    with pytest.raises(ImportFileError, match="should hold providers' models by id"):
        reading(json.dumps([record("GPT-9", cost={"input": 1})]))


def test_providers_are_apis() -> None:
    """With their documentation; an id that isn't a spelling of the name is none of its names."""
    data = {
        "deepwell": {
            "name": "Deep Well",
            "env": ["K"],
            "npm": "@x/y",
            "doc": "https://docs.deepwell.example",
        },
        "opencode": {"name": "OpenCode Zen", "env": ["K"], "npm": "@x/y", "doc": "https://opencode.ai/docs"},
    }
    tools = by_name(reading(json.dumps(data)))
    assert tools["Deep Well"].aliases == ("deepwell",)
    assert tools["OpenCode Zen"].aliases == ()
    assert [link.kind for link in tools["Deep Well"].links] == [LinkKind.DOCS]


def test_the_history_is_a_series_of_the_makers_prices() -> None:
    """The price is the latest one; what others took is no part of it, nor what a snapshot cost."""
    rows = [
        HEADER,
        "openai,gpt-9,2025-06-05,10.0,30.0,1000",
        "openai,gpt-9-2025-05-13,2025-07-01,20.0,60.0,1000",
        "openai,gpt-9,2025-08-07,5.0,15.0,1000",
        "openrouter,openai/gpt-9,2025-09-09,4.0,14.0,1000",
    ]
    (tool,) = by_name(reading("\n".join(rows))).values()
    assert tool.pricing
    assert tool.pricing.starting
    assert (tool.pricing.starting.usd, tool.pricing.starting.observed_on) == (5.0, "2025-08-07")
    assert [(one.metric, one.value, one.observed_on) for one in tool.signals if "price" in one.metric] == [
        ("input_price", 10.0, "2025-06-05"),
        ("output_price", 30.0, "2025-06-05"),
        ("input_price", 5.0, "2025-08-07"),
        ("output_price", 15.0, "2025-08-07"),
    ]


def test_the_real_files() -> None:
    """What they hold is read, and what stands in the starter catalog is found there."""
    for name, tools, rejected, merged in (
        ("models.json", 213, {"names whichever version": 9}, 44),
        ("provider_models.json", 1182, {"names whichever version": 28, "nothing says who makes": 92}, 65),
        ("providers.json", 147, {}, 14),
        ("price_history_from_git.csv", 374, {"names whichever version": 18, "nothing says who makes": 3}, 55),
    ):
        one = real(f"models.dev/{name}")
        first, second = taken_in_twice(one)
        kinds = Counter(kind for refused in one.rejected for kind in rejected if kind in refused.reason)
        assert (len(one.tools), kinds, len(one.rejected)) == (tools, rejected, sum(rejected.values())), name
        assert len(first.changed) + len(first.unchanged) >= merged, name
        assert (second.added, second.changed, first.warnings) == ((), (), ()), name


def test_the_real_models_keep_their_versions_apart() -> None:
    """A small one, a dated one and a preview aren't the plain one."""
    tools = by_name(real("models.dev/provider_models.json"))
    assert tools["GPT-4o"].pricing != tools["GPT-4o mini"].pricing
    assert {"DeepSeek-R1", "DeepSeek R1 0528", "Kimi K2 0905"} <= set(tools)
