from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import WeightsError
from catalog.models import ToolType
from catalog.rounding import split
from catalog.weights import BY_TYPE, COMPONENTS, DEFAULT, PRESETS, REASONS, Weights, of_type, parse

PARTS = st.dictionaries(st.sampled_from(COMPONENTS), st.integers(0, 999), min_size=1)


@given(
    PARTS, st.sampled_from(["{}={}", "{}: {}%", "{} = {}", "{}={}.0 %"]), st.sampled_from([" ", ", ", "; "])
)
def test_what_is_written_is_what_counts(parts: dict[str, int], form: str, between: str) -> None:
    """However the shares are written, they are the proportions, and together 1."""
    text = between.join(form.format(name.replace("_", " "), share) for name, share in parts.items())
    if not sum(parts.values()):
        with pytest.raises(WeightsError, match="At least one component"):
            parse(text)
        return
    weights = parse(text.upper())
    assert weights == pytest.approx(Weights.of(parts))
    assert sum(weights) == pytest.approx(1)
    assert parse(" ".join(f"{name}={share}" for name, share in parts.items())) == weights


@given(st.text(max_size=60) | st.from_regex(r"[a-z_ ]{1,12}[=:][0-9. %,-]{0,9}", fullmatch=True))
def test_any_text_gives_weights_or_is_refused(text: str) -> None:
    """Whatever is typed: a distribution, or the one error that says what there is."""
    try:
        weights = parse(text)
    except WeightsError:
        return
    assert sum(weights) == pytest.approx(1)
    assert min(weights) >= 0


@pytest.mark.parametrize(
    "text", ["quality=50 quality=20", "stars=5", "ecosystem", "", "quality=-5", "quality=5 x"]
)
def test_what_makes_no_sense_is_refused(text: str) -> None:
    """Twice the same, no component, no number, nothing at all."""
    with pytest.raises(WeightsError):
        parse(text)


def test_presets_are_known_by_name() -> None:
    """Each of them is a distribution."""
    for name, weights in PRESETS.items():
        assert parse(f" {name.upper()} ") == weights
        assert sum(weights) == pytest.approx(1)


def test_every_type_has_weights_and_a_reason() -> None:
    """All components count everywhere, none alone decides, and whole percentages say it all."""
    assert set(BY_TYPE) == set(REASONS) == set(ToolType)
    for kind in ToolType:
        assert sum(of_type(kind)) == pytest.approx(1)
        assert min(of_type(kind)) > 0
        assert max(of_type(kind)) < 0.5
        assert of_type(kind).percent() == tuple(round(share * 100) for share in of_type(kind))
        assert REASONS[kind].endswith(".")
    assert of_type(ToolType.OTHER) == pytest.approx(DEFAULT)


@given(PARTS.filter(lambda parts: sum(parts.values()) > 0))
def test_percentages_add_up(parts: dict[str, int]) -> None:
    """Whole percentages make 100, each off by less than one."""
    weights = Weights.of(parts)
    assert sum(weights.percent()) == 100
    assert all(abs(share * 100 - shown) <= 1 for share, shown in zip(weights, weights.percent(), strict=True))


@given(st.lists(st.floats(0, 100), min_size=1), st.integers(0, 1))
def test_split_adds_up(parts: list[float], up: int) -> None:
    """To the sum cut to a whole number, or to one more."""
    whole = int(sum(parts) + 1e-9) + up
    cut = split(whole, parts)
    assert sum(cut) == whole
    assert all(abs(one - part) <= 1 + 1e-9 for one, part in zip(cut, parts, strict=True))
