import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.names import compact, dotted, name_key, name_keys, version_tokens, words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("GPT-4o mini", "gpt 4 o mini"),
        ("GPT_4O  MINI", "gpt 4 o mini"),
        ("FLUX.1 [dev]", "flux 1 dev"),
        ("llama.cpp", "llama cpp"),
        ("Gemini 2.0 Flash", "gemini 2 flash"),
        ("Llama 3.1", "llama 3.1"),
        ("1.0.0", "1.0.0"),
        ("claude-opus-4-8", "claude opus 4.8"),
        ("stable-diffusion-v1-5", "stable diffusion 1.5"),
        ("claude_3_5_sonnet_20241022", "claude 3.5 sonnet 20241022"),
        ("gpt-4o-2024-08-06", "gpt 4 o 20240806"),
        ("llama-3-8b", "llama 3 8 b"),
        ("gpt-4-0613", "gpt 4 0613"),
        ("DeepSeek V3", "deepseek 3"),
        ("Command R+", "command r plus"),
        ("C#", "c sharp"),
        ("Weights & Biases", "weights and biases"),
        ("Pokémon", "pokemon"),
        ("\uff27\uff30\uff34\uff0d\uff14", "gpt 4"),
        ("Straße", "strasse"),
        ("通义千问", "通义千问"),
        ("...", ""),
        ("", ""),
    ],
)
def test_key(text: str, key: str) -> None:
    """Case, accents, width and separators are folded; dots stay between digits."""
    assert name_key(text) == key


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Mixtral 8x7B", ("8x7b",)),
        ("Mixtral-8x22b", ("8x22b",)),
        ("gpt4o", ("4o",)),
        ("Llama 3.1 70B", ("3.1", "70b")),
        ("Qwen3 30B-A3B", ("3", "30b", "a3b")),
        ("Mistral Small", ()),
        ("gpt-o3", ("o3",)),
        ("DeepSeek-R1", ("r1",)),
        ("Whisper v3", ("3",)),
        ("Command R7B", ("7b",)),
    ],
)
def test_version_tokens(text: str, tokens: tuple[str, ...]) -> None:
    """A number and its unit are one fact."""
    assert version_tokens(name_key(text)) == tokens


def test_words_keep_their_order() -> None:
    """Words come in the order of the name."""
    assert words(name_key("Qwen2.5-Coder 32B")) == ("qwen", "2.5", "coder", "32b")


def test_numbers_never_run_together() -> None:
    """Gemma 2 7B isn't Gemma 27B, even without separators."""
    assert compact(name_key("Gemma 2 7B")) != compact(name_key("Gemma 27B"))


def test_dotted_reads_identifiers() -> None:
    """API identifiers write 3-5 for 3.5."""
    assert dotted(name_key("claude-3-5-sonnet")) == name_key("Claude 3.5 Sonnet")


@given(st.text(max_size=150))
def test_key_is_stable(text: str) -> None:
    """The key of a key is the key, and has no space too many."""
    key = name_key(text)
    assert name_key(key) == key
    assert key == " ".join(key.split())


@given(st.lists(st.one_of(st.text(max_size=150), st.from_regex(r"[A-Za-z0-9 ._+v-]{0,20}", fullmatch=True))))
def test_many_names_have_the_keys_of_each(texts: list[str]) -> None:
    """Names that are normalised together come out as they do one by one, whatever is among them."""
    assert name_keys(texts) == [name_key(text) for text in texts]


@given(st.from_regex(r"[A-Za-z]{1,8}( [A-Za-z]{1,8}){0,3}", fullmatch=True), st.sampled_from("-_/ :|"))
def test_separators_and_case_never_matter(text: str, separator: str) -> None:
    """Any separator and any case give the same key."""
    assert name_key(text.replace(" ", separator).upper()) == name_key(f"  {text.lower()} ")


@given(st.text(max_size=80))
def test_forms_of_unicode_never_matter(text: str) -> None:
    """Composed and decomposed text have one key."""
    assert name_key(unicodedata.normalize("NFD", text)) == name_key(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("hostile", ["a" * 5000, "1a" * 2500, "\ufdfa" * 5000, ". " * 2500, "e\u0301" * 2500])
def test_long_text_is_cheap(hostile: str) -> None:
    """5,000 characters cost under 5 ms, whatever they are."""
    fastest = min(_seconds(hostile) for _ in range(5))
    assert fastest < 0.005


def _seconds(text: str) -> float:
    begun = time.perf_counter()
    words(name_key(text))
    return time.perf_counter() - begun
