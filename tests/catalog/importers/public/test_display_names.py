from __future__ import annotations

import pytest

from catalog.importers.public.display_names import read, with_month


@pytest.mark.parametrize(
    ("text", "model", "snapshot"),
    [
        ("gpt-4o-2024-08-06", "gpt-4o", "2024-08-06"),
        ("GPT-4o (2024-05-13)", "GPT-4o", "2024-05-13"),
        ("Gemini 2.5 Pro Preview 05-06", "Gemini 2.5 Pro Preview", "05-06"),
        ("GPT-4o Audio (Preview 2024-12-17)", "GPT-4o Audio (Preview)", "2024-12-17"),
        ("Command R+ (08-24)", "Command R+", "08-24"),
        ("GPT-3.5 Turbo (0613)", "GPT-3.5 Turbo", "0613"),
        ("Claude Sonnet 3.5 (June 2024)", "Claude Sonnet 3.5", "June 2024"),
        ("Gemini 1.5 Pro (002)", "Gemini 1.5 Pro", ""),
        ("gemini-1.5-flash-latest", "gemini-1.5-flash", ""),
        ("Llama 4 Maverick (17Bx128E) Instruct FP8", "Llama 4 Maverick (17Bx128E) Instruct", ""),
    ],
)
def test_the_day_of_a_snapshot_is_none_of_the_name(text: str, model: str, snapshot: str) -> None:
    """Nor is how the weights are stored."""
    assert read(text)[:2] == (model, snapshot)


@pytest.mark.parametrize(
    "name",
    [
        "Mistral Large (2402)",
        "Mistral Large (Mar 2024)",
        "gemini-exp-1206",
        "DeepSeek V3 (0324)",
        "chatgpt-4o-latest",
        "text-davinci-003",
        "Llama 2 (70B)",
        "MedLM (Medium)",
        "Yi Large (Preview)",
        "Grok 4 Fast (Non-Reasoning)",
    ],
)
def test_what_tells_models_apart_stays(name: str) -> None:
    """Versions, sizes and variants are facts, and a day where it is all the version that there is."""
    assert read(name) == (name, "", ())


@pytest.mark.parametrize(
    ("text", "oddity"),
    [
        ("o3", 0),
        ("gemini-2.5-pro-preview-06-05 (default think)", 0),
        ("gpt-4-turbo-2024-04-09 (udiff)", 0),
        ("gpt-5 (medium)", 1),
        ("claude-opus-4-20250514 (no think)", 1),
        ("gpt-5 (high)", 2),
        ("Claude 3.7 Sonnet (20250219, extended thinking)", 2),
        ("o3 (2025-04-16, low reasoning effort)", 2),
    ],
)
def test_settings_are_held_against_what_one_gets_unasked(text: str, oddity: int) -> None:
    """The middle is nearer to it than an extreme."""
    assert read(text).oddity == oddity


def test_names_of_one_model_have_one_key() -> None:
    """However its words are ordered, and whether it is the displayed name or the id."""
    assert read("Claude 3.7 Sonnet (20250219)").key == read("claude-3-7-sonnet-20250219 (no thinking)").key
    assert read("Gemini Pro 1.5").key == read("gemini-1.5-pro-002").key
    assert read("GPT-4o mini").key != read("GPT-4o").key


@pytest.mark.parametrize(
    ("name", "id_", "full"),
    [
        ("Mistral Large 2", "mistral-large-2407", "Mistral Large 2 (2407)"),
        ("Mistral Large (2402)", "mistral-large-2402", "Mistral Large (2402)"),
        ("Mistral Small (2409)", "mistral-small-2501", "Mistral Small (2501)"),
        ("Mistral 7B", "mistral-7b-v0.1", "Mistral 7B"),
        ("Wren", "wren-12407", "Wren"),
        ("Wren", "wren-2413", "Wren"),
    ],
)
def test_a_month_that_is_a_version_is_part_of_the_name(name: str, id_: str, full: str) -> None:
    """As the id says it, where both do."""
    assert with_month(name, id_) == full
