from __future__ import annotations

import json
from typing import Any

import pytest

from catalog.models import LinkKind, PricingKind
from tests.catalog.importers.public.board_files import (
    by_name,
    figures,
    reading,
    real,
    reasons,
    taken_in_twice,
)

LOOKED_UP = "2025-05-20"


def result(name: str, score: float, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (whatever a result may hold)
    """Make a result as the file has it."""
    return {
        "dataset_name": name,
        "score": score,
        "is_self_reported": True,
        "analysis_method": "Accuracy",
        "date_recorded": "2025-04-01",
        "source_link": "https://deepseek.example/results",
    } | fields


def model(name: str, *results: dict[str, Any], **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (as above)
    """Make a model as the file has it."""
    return {
        "name": name,
        "description": None,
        "canonical_model_id": None,
        "release_date": "2025-03-01",
        "input_context_size": 128000,
        "license": "Proprietary",
        "qualitative_metrics": list(results),
    } | fields


def listed(models: dict[str, Any], **providers: list[dict[str, Any]]) -> str:
    """Make a file of models, and of what providers take for them."""
    offers = [{"model_id": "other", "price_per_input_token": None, "updated_at": LOOKED_UP}]
    return json.dumps(
        {
            "models": models,
            "providers": {
                name: {"name": name, "providermodels": [*given, *offers]}
                for name, given in {"lambda": [], **providers}.items()
            },
        }
    )


def test_a_model_has_all_that_the_file_says() -> None:
    """Fractions become percentages, each with its own day."""
    text = listed(
        {
            "deepseek/deepseek-v9": model(
                "DeepSeek-V9",
                result("MMLU-Pro", 0.759),
                description="A model.",
                license="MIT License",
                param_count=671000000000,
                weights_link="https://huggingface.co/deepseek-ai/DeepSeek-V9",
                repo_link="https://github.com/deepseek-ai",
                paper_link="https://arxiv.org/abs/2503.00001",
                api_ref_link="https://deepseek.example/docs",
            )
        },
        deepseek=[
            {"model_id": "deepseek-v9", "price_per_input_token": 2.7e-07, "updated_at": "2025-4-2"},
        ],
        fireworks=[
            {"model_id": "deepseek-v9", "price_per_input_token": 1e-07, "updated_at": LOOKED_UP},
        ],
    )
    tool = by_name(reading(text))["DeepSeek-V9"]
    assert (tool.vendor, tool.summary, tool.licence) == ("DeepSeek", "A model.", "MIT")
    assert tool.released_on == "2025-03-01"
    assert [link.kind for link in tool.links] == [LinkKind.MODEL_HUB, LinkKind.PAPER, LinkKind.DOCS]
    assert figures(tool) == {
        "context_window": (128000, LOOKED_UP),
        "parameters": (671e9, LOOKED_UP),
        "benchmark:mmlu_pro": (75.9, "2025-04-01"),
    }
    assert tool.pricing
    assert tool.pricing.kind is PricingKind.USAGE
    assert tool.pricing.starting
    assert (tool.pricing.starting.usd, tool.pricing.starting.observed_on) == (0.27, "2025-04-02")
    assert tool.aliases == ("deepseek-v9", "deepseek/deepseek-v9")


def test_what_hosts_take_is_not_the_makers_price() -> None:
    """Without a price of its maker's a model has none."""
    offer = {"model_id": "llama-9-8b-instruct", "price_per_input_token": 1e-07, "updated_at": LOOKED_UP}
    text = listed({"meta/llama-9-8b-instruct": model("Llama 9 8B Instruct")}, fireworks=[offer])
    assert by_name(reading(text))["Llama 9 8B Instruct"].pricing is None


def test_snapshots_are_one_model() -> None:
    """The results of the one that the others point to come first."""
    text = listed(
        {
            "openai/gpt-9-2025-03-01": model(
                "GPT-9", result("GPQA", 0.5), result("MATH", 0.7), canonical_model_id="gpt-9-2025-05-01"
            ),
            "openai/gpt-9-2025-05-01": model("GPT-9", result("GPQA", 0.6), release_date="2025-04-01"),
        }
    )
    (tool,) = by_name(reading(text)).values()
    assert {"gpt-9", "gpt-9-2025-03-01", "openai/gpt-9-2025-05-01"} <= set(tool.aliases)
    assert tool.released_on == "2025-03-01"
    assert [(signal.metric, signal.value) for signal in tool.signals if signal.metric.startswith("b")] == [
        ("benchmark:gpqa", 60.0),
        ("benchmark:math", 70.0),
    ]


def test_the_month_is_mistrals_version() -> None:
    """Where the name leaves it out it is another model's name."""
    text = listed({"mistral/mistral-small-2409": model("Mistral Small")})
    assert list(by_name(reading(text))) == ["Mistral Small (2409)"]


def test_of_two_results_the_better_of_single_tries_counts() -> None:
    """The best of many tries isn't what one gets at the first."""
    text = listed(
        {
            "xai/grok-9": model(
                "Grok-9",
                result("AIME 2024", 0.7, analysis_method="Pass@1"),
                result("AIME 2024", 0.9, analysis_method="Cons@64"),
                result("GPQA", 0.44, analysis_method="Main"),
                result("GPQA", 0.46, analysis_method="Diamond"),
                result("SWE-bench Verified", 0.8, analysis_method="Parallel test-time compute"),
            )
        }
    )
    shown = figures(by_name(reading(text))["Grok-9"])
    assert shown["benchmark:aime_2024"][0] == 70.0
    assert shown["benchmark:gpqa"][0] == 46.0
    assert "benchmark:swe_bench_verified" not in shown


def test_a_day_before_the_release_is_not_that_of_the_test() -> None:
    """Then the file's own counts; a month is as exact as it is."""
    results = (
        result("GPQA", 0.5, date_recorded="2024-11-20"),
        result("MATH", 0.5, date_recorded="2025-03"),
    )
    shown = figures(by_name(reading(listed({"xai/grok-9": model("Grok-9", *results)})))["Grok-9"])
    assert shown["benchmark:gpqa"] == (50.0, LOOKED_UP)
    assert shown["benchmark:math"] == (50.0, "2025-03")


def test_results_that_are_no_shares_are_named() -> None:
    """Once for a model and what is wrong with them."""
    text = listed(
        {
            "xai/grok-9": model(
                "Grok-9",
                result("CodeForces", 1977, analysis_method="Elo Rating"),
                result("Common Voice 15", 0.076, analysis_method="WER"),
                result("MT-Bench", 8.99),
                result("MMMU", 0.0, source_link="https://example.com/benchmark-image"),
                result("FLEURS", 0.9, analysis_method="Speech recognition accuracy (1 - WER)"),
            ),
            "xai/broken": {"description": "no name"},
        }
    )
    one = reading(text)
    assert [rejection.reason for rejection in one.rejected] == [
        "name: missing",
        "results left out as no share of tasks done: CodeForces 1977, Common Voice 15 0.076",
        "results left out as no fraction of 1: MT-Bench 8.99",
        "results left out as from nowhere (example.com): MMMU 0",
    ]
    assert "benchmark:fleurs" in figures(by_name(one)["Grok-9"])
    assert set(reasons(one)) == {"xai/broken", "xai/grok-9"}


def test_the_real_file() -> None:
    """Of 126 models two are snapshots of others; results are refused, models aren't."""
    one = real("llmstats/llmstats.json")
    assert not one.warnings
    assert (len(one.tools), len(one.rejected)) == (124, 12)
    tools = by_name(one)
    assert tools["GPT-4o"].pricing
    assert figures(tools["GPT-4o"])["benchmark:mmlu_pro"][0] == pytest.approx(74.7)
    first, second = taken_in_twice(one)
    known = {"gpt-4o", "claude-3-5-sonnet", "deepseek-v3", "llama-4-scout-17b-16e-instruct", "qwq-32b", "o3"}
    assert known <= set(first.changed)
    assert "mistral-small" not in first.changed
    assert not second.added
    assert not second.changed
