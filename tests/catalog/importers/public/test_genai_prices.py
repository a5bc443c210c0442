from __future__ import annotations

import json
from collections import Counter
from typing import Any

from catalog.models import Status
from tests.catalog.importers.public.board_files import (
    by_name,
    figures,
    reading,
    real,
    reasons,
    taken_in_twice,
)


def provider(id_: str, *models: dict[str, Any]) -> dict[str, Any]:
    """Make a provider as the file has it."""
    return {"id": id_, "name": id_.title(), "api_pattern": "https://x", "models": list(models)}


def model(id_: str, usd: Any = 1, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (a record's fields)
    """Make a model as the file has it."""
    return {"id": id_, "match": {"equals": id_}, "prices": {"input_mtok": usd, "output_mtok": 2}, **more}


def price(prices: Any) -> float | None:  # noqa: ANN401 (as above)
    """Give what a model with these prices costs."""
    one = reading(
        json.dumps(
            [provider("openai", {**model("gpt-9"), "prices": prices}), provider("openai", model("gpt-8"))]
        ),
        "2026-08-21.json",
    )
    pricing = by_name(one)["gpt-9"].pricing
    return pricing.starting.usd if pricing and pricing.starting else None


def test_a_model_is_one_tool_with_its_makers_words() -> None:
    """Whoever else lists it."""
    (tool,) = by_name(
        reading(
            json.dumps(
                [
                    provider("azure", model("gpt-9", 9, context_window=5)),
                    provider(
                        "openai",
                        model("gpt-9", 3, name="GPT-9", description="A model.\n", context_window=1000),
                    ),
                    provider("openrouter", model("openai/gpt-9", 2, description="Another.")),
                ]
            ),
            "2026-08-21.json",
        )
    ).values()
    assert (tool.name, tool.vendor, tool.summary) == ("GPT-9", "OpenAI", "A model.")
    assert figures(tool) == {"context_window": (1000, "2026-08-21")}
    assert tool.pricing
    assert tool.pricing.starting
    assert tool.pricing.starting.usd == 3


def test_a_name_that_does_not_spell_the_id_is_that_of_another_model() -> None:
    """The list calls gpt-4-32k "gpt 4"."""
    one = reading(
        json.dumps([provider("openai", model("gpt-4-32k", name="gpt 4"), model("gpt-4", name="gpt 4"))])
    )
    assert set(by_name(one)) == {"gpt-4-32k", "gpt 4"}


def test_a_price_is_that_of_the_day() -> None:
    """The latest that has begun, for a short text, at no special hour."""
    assert price({"input_mtok": {"base": 5, "tiers": [{"start": 200000, "price": 10}]}}) == 5
    later = {"constraint": {"start_date": "2026-09-01"}, "prices": {"input_mtok": 3}}
    begun = {"constraint": {"start_date": "2026-03-13"}, "prices": {"input_mtok": 2}}
    hours = {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"}, "prices": {"input_mtok": 1}}
    assert price([{"prices": {"input_mtok": 4}}, begun, later]) == 2
    assert price([{"prices": {"input_mtok": 4}}, hours]) == 4
    assert price({"output_mtok": 2}) is None
    assert price({"input_mtok": 0}) is None


def test_what_a_customer_trained_is_refused() -> None:
    """Its price isn't that of the model; what the maker has ended is past."""
    one = reading(
        json.dumps(
            [provider("openai", model("ft:gpt-9"), model("gpt-9", deprecated=True), model("gpt-9-mini.ft-"))]
        )
    )
    assert len(reasons(one)) == 2
    (tool,) = by_name(one).values()
    assert tool.status is Status.DEPRECATED


def test_odd_records_are_refused_alone() -> None:
    """A model without a price, and a provider that is none."""
    one = reading(json.dumps([provider("openai", {"id": "gpt-8"}, model("gpt-9")), 7]))
    assert set(by_name(one)) == {"gpt-9"}
    assert sorted(reasons(one)) == ["2", "openai/gpt-8"]


def test_the_real_file() -> None:
    """What it holds is read, and what stands in the starter catalog is found there."""
    one = real("genai-prices/data.json")
    first, second = taken_in_twice(one)
    rejected = {"names whichever version": 14, "nothing says who makes": 9, "trained further": 4}
    kinds = Counter(kind for refused in one.rejected for kind in rejected if kind in refused.reason)
    assert (len(one.tools), kinds, len(one.rejected)) == (707, rejected, sum(rejected.values()))
    assert len(first.changed) + len(first.unchanged) >= 58
    assert (second.added, second.changed, first.warnings) == ((), (), ())
