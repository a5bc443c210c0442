from __future__ import annotations

import time
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from catalog.text import (
    LINE_LIMIT,
    NAME_LIMIT,
    PROSE_LIMIT,
    SLUG_LIMIT,
    Line,
    Name,
    Prose,
    When,
    clean_line,
    clean_prose,
    slugify,
)

NAME: TypeAdapter[str] = TypeAdapter(Name)
LINE: TypeAdapter[str] = TypeAdapter(Line)
PROSE: TypeAdapter[str] = TypeAdapter(Prose)
WHEN: TypeAdapter[str] = TypeAdapter(When)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
#: Text with more of what makes text odd than chance would bring.
odd = st.text(
    st.one_of(
        st.sampled_from(
            "aé \t\n\r\x0b\x00\x1f\x85\u00a0\u2028\u2029\ufeff\u200b\u200e\u202e\u2066\U000e0041"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)
#: Words that anybody could have typed; nothing in them is cleaned away.
plain = st.text(st.sampled_from("abcXYZ019 .-+#éß通义"), min_size=1, max_size=60).filter(
    lambda text: any(character.isalnum() for character in text)
)


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_a_line_of_ascii_is_cleaned_like_any_other(text: str) -> None:
    """The short way that nearly all lines take leads where the long one does."""
    assert clean_line(text) == clean_line(f"\u200b{text}")


@given(odd)
def test_a_line_is_one_line(text: str) -> None:
    """A cleaned line has no break, no control or format character and no space that one can't see."""
    line = clean_line(text)
    assert line == line.strip()
    assert "  " not in line
    kinds = {unicodedata.category(character) for character in line if character != "\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert all(character == " " for character in line if character.isspace())


@given(odd)
def test_prose_keeps_breaks_and_nothing_else(text: str) -> None:
    """Cleaned prose is cleaned lines with at most one empty line between them."""
    prose = clean_prose(text)
    assert "\n\n\n" not in prose
    assert "\r" not in prose
    assert all(line == line.strip() and "\t" not in line for line in prose.split("\n"))


@given(plain)
def test_plain_text_stays(text: str) -> None:
    """What has nothing odd in it comes out as it went in, but for spaces at the ends and in rows."""
    assert clean_line(text) == " ".join(text.split())


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=8), max_size=8))
def test_cleaning_again_changes_nothing(words: list[str]) -> None:
    """What was cleaned once is clean: a document that is written and read again stays the same."""
    once = clean_line(" ".join(words))
    assert clean_line(once) == once
    assert clean_prose(once) == once


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("two  words\tand\nmore", "two words and more"),
        ("e\u0301tude", "\u00e9tude"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202eright to left\u202c", "right to left"),
        (f"a {FAMILY}", f"a {FAMILY}"),
        ("end\u200d", "end"),
        ("\u200dstart", "start"),
        ("first\u2028second", "first second"),
        ("Z" + "\u0335" * 40, "Z" + "\u0335" * 4),
        ("\u2713\ufe0f done", "\u2713\ufe0f done"),
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_lines(text: str, cleaned: str) -> None:
    """Invisible and stacked characters go; letters, accents and joined emoji stay."""
    assert clean_line(text) == cleaned


def test_prose() -> None:
    """Line breaks of every system become the same one, and a row of empty lines becomes one."""
    assert clean_prose("one \r\n two\r\rthree\n\n\n\n\nfour ") == "one\ntwo\n\nthree\n\nfour"


def test_cleaning_takes_linear_time() -> None:
    """A text of a million hostile characters is cleaned in seconds, not minutes."""
    started = time.perf_counter()
    clean_line("\u0301\u200d \u202e" * 250_000)
    clean_prose("\n \r" * 330_000)
    assert time.perf_counter() - started < 10


@given(odd)
def test_every_name_has_a_slug(text: str) -> None:
    """Whatever passes for a name gives a slug: lower-case ASCII letters and digits, single hyphens, 64 at most."""
    try:
        name = NAME.validate_python(text)
    except ValidationError:
        return
    slug = slugify(name)
    assert 0 < len(slug) <= SLUG_LIMIT
    assert slug.isascii()
    assert slug == slug.casefold()
    assert all(part.isalnum() for part in slug.split("-"))


@given(plain)
def test_a_slug_is_its_own_slug(name: str) -> None:
    """A slug typed as a name files under itself."""
    assert slugify(slugify(name)) == slugify(name)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Stable Diffusion 1.5", "stable-diffusion-1-5"),
        ("Command R+", "command-r-plus"),
        ("Command R", "command-r"),
        ("C#", "c-sharp"),
        ("Café—Modèle", "cafe-modele"),
        ("\uff27\uff30\uff34\uff0d\uff14", "gpt-4"),
        ("all-MiniLM-L6-v2", "all-minilm-l6-v2"),
        ("通义", "u-908cdf07"),
        ("x" * 63 + " y", "x" * 55 + "-00e7dc1c"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    """Accents fold, signs that tell names apart are spelt out, and no slug ends in a hyphen."""
    assert slugify(name) == slug


@pytest.mark.parametrize(
    "name",
    ["", " ", "\u200b", "...", "\u2014", "\U0001f600", "x" * (NAME_LIMIT + 1), 7, None],
    ids=ascii,
)
def test_what_is_no_name(name: Any) -> None:  # noqa: ANN401 (a name that is no text, too)
    """A name is a text of 1 to 100 characters with at least one letter or digit in it."""
    with pytest.raises(ValidationError):
        NAME.validate_python(name)


@pytest.mark.parametrize(
    "name",
    ["@everyone", "GPT @here", "@EVERYONE 5", "<@123>", "<@!123>", "<@&123>", "<#123>", "@\u200beveryone"],
    ids=ascii,
)
def test_a_name_pings_nobody(name: str) -> None:
    """A mention is refused in a name, hidden ones too, and the message says what to do."""
    with pytest.raises(ValidationError, match="without the @"):
        NAME.validate_python(name)


@pytest.mark.parametrize("name", ["@anthropic-ai/sdk", "hereford", "<3 LLM", "everyone", "C++", "4o"])
def test_what_only_looks_like_a_mention(name: str) -> None:
    """An @ or a bracket alone makes no mention."""
    assert NAME.validate_python(name) == name


def test_limits() -> None:
    """Text is taken up to its limit and refused beyond it; it is measured after cleaning."""
    for text, limit in ((NAME, NAME_LIMIT), (LINE, LINE_LIMIT), (PROSE, PROSE_LIMIT)):
        assert text.validate_python(" " * 9 + "x" * limit + "\u200b" * 9) == "x" * limit
        for wrong in ("x" * (limit + 1), "", "\u200b \n"):
            with pytest.raises(ValidationError):
                text.validate_python(wrong)


@pytest.mark.parametrize(
    ("given_as", "when"),
    [
        (2025, "2025"),
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("2025-03-07", "2025-03-07"),
        (date(2025, 3, 7), "2025-03-07"),
    ],
)
def test_dates_as_exact_as_known(given_as: object, when: str) -> None:
    """A year, a month or a day is taken, as text or as YAML reads it, and stays as exact as it was given."""
    assert WHEN.validate_python(given_as) == when


@pytest.mark.parametrize(
    "wrong",
    ["", "25", "2025-3", "2025-13", "2025-00", "2025-03-32", "1825", "2025-03-07T10:00", "today", 20250307],
)
def test_what_is_no_date(wrong: object) -> None:
    """Anything else is refused, with no guess at what was meant."""
    with pytest.raises(ValidationError):
        WHEN.validate_python(wrong)


@given(
    st.text(
        st.sampled_from(
            "aé1 \n\t\u00a0\u200d\u200b\u0301\u0327\u093c\u0958\u202e\u2028\u3164\ufb2c\u1100\u1161\u20dd"
        ),
        max_size=14,
    )
)
@example("e\u200b\u0301")
@example("a\u200d ")
@example("\u1100\u200b\u1161")
@example("a\u00a0\u200d")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """Also where something invisible stands between two that belong together, or beside an odd space."""
    for clean in (clean_line, clean_prose):
        assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("letter", ["\ufe70", "\ufc5e", "\uff9f"])
def test_a_mark_alone_has_a_slug(letter: str) -> None:
    """A letter of which folding leaves nothing still gives a slug of its own."""
    assert slugify(letter).startswith("u-")
    assert slugify(letter) != slugify("\ufe72")
