from __future__ import annotations

from typing import Any

import yaml

from catalog.models import LinkKind, Status, Task
from tests.catalog.importers.public.board_files import (
    by_name,
    figures,
    reading,
    real,
    reasons,
    taken_in_twice,
)


def model(name: str, shown: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (whatever an entry may hold)
    """Make an entry as the file has it."""
    return {
        "name": name,
        "display_name": shown,
        "description": shown,
        "creator_organization_name": "Kolibri AI",
        "access": "limited",
        "release_date": "2025-03-01",
        "tags": ["TEXT_MODEL_TAG"],
    } | fields


def listed(*models: dict[str, Any]) -> str:
    """Make a file of entries."""
    return yaml.safe_dump({"models": list(models)}, sort_keys=False)


def test_an_entry_becomes_a_model() -> None:
    """Its references become links, and only those tags count that plainly mean a task."""
    text = listed(
        model(
            "kolibri/kolibri-2-7b-instruct",
            "Kolibri 2 Instruct (7B)",
            description=(
                "Kolibri 2 reads [pictures](https://kolibri.example/) and text."
                " ([paper](https://arxiv.org/abs/2501.00001), [blog](https://kolibri.example/blog),"
                " [model card](https://huggingface.co/kolibri-ai/Kolibri-2-7B))"
            ),
            num_parameters=7_000_000_000,
            tags=["TEXT_MODEL_TAG", "VISION_LANGUAGE_MODEL_TAG", "INSTRUCTION_FOLLOWING_MODEL_TAG"],
        )
    )
    tool = by_name(reading(text))["Kolibri 2 Instruct (7B)"]
    assert tool.summary == "Kolibri 2 reads pictures and text."
    assert (tool.vendor, tool.released_on, tool.status) == ("Kolibri AI", "2025-03-01", Status.ACTIVE)
    assert tool.tasks == (Task.TEXT_GENERATION, Task.IMAGE_UNDERSTANDING)
    assert [link.kind for link in tool.links] == [LinkKind.PAPER, LinkKind.MODEL_HUB]
    assert figures(tool) == {"parameters": (7e9, "2025-03-01")}
    assert tool.aliases == (
        "Kolibri 2 Instruct (7B)",
        "Kolibri 2 7B Instruct",
        "kolibri-2-7b-instruct",
        "kolibri/kolibri-2-7b-instruct",
    )


def test_snapshots_and_settings_are_one_model() -> None:
    """It came out with its first snapshot, and is what its latest is said to be."""
    text = listed(
        model("kolibri/kolibri-3-20250301", "Kolibri 3 (20250301)"),
        model(
            "kolibri/kolibri-3-20250601",
            "Kolibri 3 (20250601)",
            release_date="2025-06-01",
            description="A later Kolibri.",
        ),
        model(
            "kolibri/kolibri-3-20250601-thinking-10k",
            "Kolibri 3 (20250601, extended thinking)",
            release_date="2025-06-01",
        ),
    )
    (tool,) = by_name(reading(text)).values()
    assert (tool.name, tool.summary, tool.released_on) == ("Kolibri 3", "A later Kolibri.", "2025-03-01")
    assert "kolibri-3-20250601" in tool.aliases
    assert not [alias for alias in tool.aliases if "thinking" in alias]


def test_what_only_the_id_says_is_in_the_name() -> None:
    """A size where the name is a family's, and the month that is Mistral AI's version."""
    text = listed(
        model("kolibri/kolibri-7b", "Kolibri"),
        model("mistralai/amazon-mistral-small-2402-v1:0", "Mistral Small on Amazon Bedrock"),
        model("mistralai/ministral-3b-2410", "Ministral 3B (2402)"),
    )
    assert list(by_name(reading(text))) == ["kolibri-7b", "Mistral Small (2402)", "Ministral 3B (2410)"]


def test_one_common_word_is_no_alias() -> None:
    """Whoever types "medium" doesn't mean a model of 2022."""
    text = listed(model("kolibri/medium-20220720", "Kolibri medium v20220720 (6.1B)"))
    (tool,) = by_name(reading(text)).values()
    assert "medium" not in tool.aliases
    assert "medium-20220720" in tool.aliases


def test_a_model_is_past_when_its_maker_has_withdrawn_it() -> None:
    """Open weights stay, whatever a host does."""
    tags = ["DEPRECATED_MODEL_TAG", "TEXT_MODEL_TAG"]
    text = listed(
        model("kolibri/kolibri-1", "Kolibri 1", tags=tags),
        model("kolibri/wren-1", "Wren 1", tags=tags, access="open"),
    )
    assert [tool.status for tool in by_name(reading(text)).values()] == [Status.DEPRECATED, Status.ACTIVE]


def test_days_before_the_snapshot_are_slips() -> None:
    """Loose ones are read; what is none is left out."""
    text = listed(
        model("kolibri/kolibri-4-20250601", "Kolibri 4 (20250601)"),
        model("kolibri/wren-2", "Wren 2", release_date=None, release="2024-6-5"),
        model("kolibri/finch-2", "Finch 2", release_date="2024-18-4"),
    )
    assert [tool.released_on for tool in by_name(reading(text)).values()] == [None, "2024-06-05", None]


def test_what_is_no_single_model_is_refused() -> None:
    """HELM's own test entries go without a word."""
    text = listed(
        model("simple/model1", "Simple Model 1"),
        model("openai/whisper-1_gpt-4o-2024-11-20", "Whisper-1 + GPT-4o (2024-11-20)"),
        model("google/gemini-pro", "Gemini Pro"),
        model("kolibri/kolibri-1", "Kolibri 1"),
        {"name": "kolibri/broken", "display_name": "Broken"},
    )
    one = reading(text)
    assert list(by_name(one)) == ["Kolibri 1"]
    assert reasons(one) == {
        "model 2 (openai/whisper-1_gpt-4o-2024-11-20)": "two models one after the other, and no model itself",
        "model 3 (google/gemini-pro)": "whichever version was the newest; each has an entry of its own",
        "model 5 (kolibri/broken)": "creator_organization_name: missing; access: missing",
    }


def test_a_field_given_twice_is_no_reason_to_refuse_the_file() -> None:
    """Every other reader of YAML takes the last one."""
    text = listed(model("kolibri/kolibri-1", "Kolibri 1"))
    doubled = text.replace(
        "  display_name: Kolibri 1\n", "  display_name: Kolibri\n  display_name: Kolibri 1\n"
    )
    assert doubled != text
    assert list(by_name(reading(doubled))) == ["Kolibri 1"]


def test_the_real_file() -> None:
    """Of 623 entries 2 are for trying out, 5 are refused, and the others are of 536 models."""
    one = real("helm/model_metadata.yaml")
    assert not one.warnings
    assert (len(one.tools), len(one.rejected)) == (536, 5)
    first, second = taken_in_twice(one)
    known = {
        "gpt-4o",
        "claude-sonnet-4-5",
        "deepseek-r1",
        "llama-3-1-8b",
        "mixtral-8x7b",
        "dall-e-3",
        "grok-4",
    }
    assert known <= set(first.changed)
    assert "stable-diffusion-xl" in first.changed
    assert not second.added
    assert not second.changed
