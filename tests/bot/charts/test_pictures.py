"""Pictures show what they are given, whatever it is, and say the same in words."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.charts import theme
from bot.charts.axis import ticks
from bot.charts.canvas import PLAIN, Canvas
from bot.charts.comparison import BAR, LEFT, RIGHT, comparison, top_of
from bot.charts.fonts import fitted, legible, runs, width
from bot.charts.history import Entry, Report, history
from bot.charts.overlap import MOST, overlap, traits_of
from bot.charts.picture import ALT
from catalog.models import Tool
from catalog.rank import Component, Rank
from catalog.weights import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.charts.picture import Picture

TODAY = date(2026, 11, 22)
NAMES = [
    "</svg><script>alert(1)</script>&amp;\"'",
    "M" * 200,
    "שלום עולם",
    "مرحبا بالعالم",
    "🚀 Rocket 👩‍🚀 ✨",
    "通义千问",
    "a\nb\tc\x00\u202e\ud800",
    "",
    "हिन्दी ไทย ქართული",
]


def judged(value: float | None, low: float = 0.0, high: float = 100.0) -> Rank:
    """Make a rank whose components all have one value and span, on the scale of the rank."""
    share = 0.5 if value is None else value / 100
    # What makes a component known doesn't matter to a picture.
    signals: Any = () if value is None else ("a signal",)
    parts = [
        Component(name, 0.2, share, low / 100, high / 100, points=0, signals=signals) for name in COMPONENTS
    ]
    return Rank(
        slug="x", rank=value, low=low, high=high, factor=1, components=tuple(parts), known=1, expected=2
    )


def drawn(picture: Picture) -> Image.Image:
    """Draw a picture and look at what any picture has to be."""
    png = picture.draw()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert image.width == theme.WIDTH
    assert 200 < image.height < 2000
    assert len(png) < 200_000
    assert 0 < len(picture.alt) <= ALT
    return image


def filled(image: Image.Image, top: int) -> int:
    """Count the pixels in the middle of a bar that aren't track."""
    row = [image.getpixel((x, top + BAR // 2)) for x in range(LEFT, RIGHT)]
    return sum(sum(pixel) > sum(theme.TRACK) + 60 for pixel in row if isinstance(pixel, tuple))


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_drawn(name: str) -> None:
    """Markup, emoji, letters of other scripts, endless and empty names all end up in a picture of the usual size."""
    tools = [Tool(name="x", slug="a", tags=("coding", "local")), Tool(name="Other", slug="b")]
    drawn(comparison([name, "Other"], [judged(50, 40, 60), judged(None)]))
    drawn(overlap([tools[0].model_copy(update={"name": name}), tools[1]]))
    drawn(history(name, [Entry(TODAY, 50, 40, 60)], [Report(TODAY, 51, name)]))


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("value", [None, 0.0, 100.0])
def test_unknown_and_extreme_values_are_drawn(count: int, value: float | None) -> None:
    """Two to four tools of which nothing is known, or with nothing or everything reached, are drawn and said."""
    low, high = (0.0, 100.0) if value is None else (value, value)
    picture = comparison([f"Tool {n}" for n in range(count)], [judged(value, low, high)] * count)
    drawn(picture)
    assert ("unknown" in picture.alt) == (value is None)


@given(first=st.floats(0, 100), second=st.floats(0, 100))
@settings(max_examples=25, deadline=None)
def test_the_bigger_value_has_the_longer_bar(first: float, second: float) -> None:
    """A bar ends where its value says, so that of two the bigger value's is longer."""
    image = drawn(comparison(["A", "B"], [judged(first, first, first), judged(second, second, second)]))
    long = [filled(image, top_of(2, 0, tool)) for tool in (0, 1)]
    for value, pixels in zip((first, second), long, strict=True):
        assert pixels == pytest.approx((RIGHT - LEFT) * value / 100, abs=8)


def test_the_span_is_drawn_around_the_value() -> None:
    """A wide span covers more of the track than the value alone."""
    image = drawn(comparison(["A", "B"], [judged(50, 50, 50), judged(50, 10, 95)]))
    narrow, wide = (filled(image, top_of(2, 0, tool)) for tool in (0, 1))
    assert wide != narrow
    beyond = [image.getpixel((x, top_of(2, 0, 1) + BAR // 2)) for x in range(LEFT + 280, LEFT + 460)]
    assert len(set(beyond)) > 1


def test_letters_pass_on_the_card_and_colours_beside_it() -> None:
    """Text has the contrast of WCAG AA, bars and lines that of graphics, and letters on a tool's colour are read."""
    assert min(theme.contrast(ink, theme.CARD) for ink in (theme.INK, theme.SOFT)) >= 4.5
    assert min(theme.contrast(ink, theme.STRIPE) for ink in (theme.INK, theme.SOFT)) >= 4.5
    assert min(theme.contrast(colour, theme.CARD) for colour in (*theme.TOOLS, theme.UNKNOWN)) >= 3
    assert min(theme.contrast(theme.ON_COLOUR, colour) for colour in theme.TOOLS) >= 4.5
    assert theme.SMALL / 2 >= 11


def test_the_palette_has_every_colour_of_the_theme() -> None:
    """A picture's 256 colours hold those of the theme unchanged."""
    palette = theme.palette()
    assert len(palette) <= 256
    assert {theme.CARD, theme.TRACK, theme.RULE, theme.INK, theme.SOFT, theme.UNKNOWN, *theme.TOOLS} <= set(
        palette
    )


def test_the_words_say_what_the_picture_shows() -> None:
    """The description of a comparison has each tool's value and span."""
    alt = comparison(["Ash", "Oak"], [judged(62, 48, 81), judged(None)]).alt
    assert "Rank: Ash 62 (48 to 81), Oak unknown." in alt
    assert "Match graph: Ash 0.62 (0.48 to 0.81), Oak unknown." in alt


def test_the_same_content_has_the_same_key() -> None:
    """Pictures of the same content share a key, others don't."""
    first, same, other = (comparison(["A", "B"], [judged(50), judged(value)]) for value in (40, 40, 41))
    assert first == same
    assert first.key != other.key
    assert first.filename == f"comparison-{first.key}.png"


def test_what_is_shared_comes_first_and_the_rest_is_counted() -> None:
    """Rows are ordered by how many tools share them; what doesn't fit is counted in words and picture."""
    tools = [
        Tool(name="Ash", tags=("local", "coding", *(f"a{n}" for n in range(20)))),
        Tool(name="Oak", tags=("cloud", "coding")),
    ]
    traits = traits_of(tools)
    assert traits[0] == ("coding", (0, 1))
    assert len(traits) > MOST
    alt = overlap(tools).alt
    assert "All: coding." in alt
    assert "Only Oak: cloud." in alt
    assert drawn(overlap(tools)).height > drawn(overlap([Tool(name="A"), Tool(name="B")])).height


def test_a_tag_that_names_a_job_is_no_second_row() -> None:
    """A job and the tag of the same words are one row."""
    tools = [Tool(name="Ash", tags=("image-generation",)), Tool(name="Oak", tasks=("image generation",))]  # type: ignore[arg-type]
    assert [trait.text for trait in traits_of(tools)] == ["image generation"]


@pytest.mark.parametrize("days", [0, 1, 5, 40, 400, 4000, 40000])
def test_histories_of_any_length(days: int) -> None:
    """From one day to a century, dates under the chart stand apart and a history is drawn."""
    first = TODAY - timedelta(days=days)
    entries = [Entry(first, 30, 10, 60), *([Entry(TODAY, 70, 60, 80)] if days else [])]
    drawn(history("Ash", entries, [Report(TODAY, 51, f"source {n}") for n in range(6)], until=TODAY))
    shown = ticks(first, TODAY)
    assert len(shown) <= 6
    assert all(first <= tick.day <= TODAY for tick in shown)
    assert [tick.day for tick in shown] == sorted({tick.day for tick in shown})


def test_a_higher_rank_stands_higher() -> None:
    """The line of a history goes up with the rank, and a gap stays a gap."""

    def line(rank: float | None) -> Sequence[int]:
        entries = [Entry(TODAY, rank, 0, 100)]
        image = drawn(history("Ash", entries, until=TODAY + timedelta(days=9)))
        blue = theme.TOOLS[0]
        return [
            y
            for y in range(130, 460)
            for pixel in [image.getpixel((400, y))]
            if isinstance(pixel, tuple) and all(abs(a - b) < 12 for a, b in zip(pixel, blue, strict=True))
        ]

    assert max(line(80)) < min(line(20))
    assert not line(None)


def test_a_history_needs_an_entry() -> None:
    """A history of nothing is refused."""
    with pytest.raises(ValueError, match="an entry"):
        history("Ash", [])


@given(text=st.text(max_size=80), room=st.integers(20, 700))
@settings(max_examples=60, deadline=None)
def test_any_text_fits_its_room(text: str, room: int) -> None:
    """A text cut to some room is at most as wide, and what fits stays whole."""
    assert width(fitted(text, room, theme.BODY), theme.BODY) <= max(room, 26)
    Canvas(100).text(10, 50, text, PLAIN, room=room)


def test_scripts_have_their_fonts() -> None:
    """Each stretch of a name is drawn in a font that has its letters; what no font has is known to be missing."""
    assert [run.font for run in runs("Rocket שלום")] == ["NotoSans", "NotoSansHebrew"]
    assert legible("🚀 ok")
    assert not legible("通义千问")
