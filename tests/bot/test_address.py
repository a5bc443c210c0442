from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.address import Address, Screen
from bot.limits import CUSTOM_ID
from catalog.weights import COMPONENTS, Weights

keys = st.text(string.ascii_letters + string.digits + "-_", min_size=12, max_size=12)
shares = (
    st.lists(st.integers(0, 100), min_size=5, max_size=5)
    .filter(any)
    .map(lambda parts: Weights.of(dict(zip(COMPONENTS, parts, strict=True))).rounded())
)
addresses = st.builds(
    Address,
    st.sampled_from(Screen),
    st.lists(keys, min_size=1, max_size=4, unique=True).map(tuple),
    asker=st.integers(0, 2**64 - 1),
    page=st.integers(0, 9999),
    weights=st.none() | shares,
)


@given(addresses)
def test_round_trip(address: Address) -> None:
    """An address reads back as it was, and leaves room in a custom_id for what stands before it."""
    assert Address.parse(str(address)) == address
    assert len(str(address)) <= CUSTOM_ID - 10


@given(addresses, st.sampled_from(Screen), st.integers(0, 9999))
def test_leading_on(address: Address, screen: Screen, page: int) -> None:
    """Leading elsewhere keeps the tools and the asker; other tools and another asker start anew."""
    there = address.at(screen, page)
    assert (there.screen, there.page, there.keys, there.asker) == (screen, page, address.keys, address.asker)
    assert address.of("x" * 12).page == 0
    assert address.of("x" * 12).screen is address.screen
    assert address.for_asker(7) == Address(address.screen, address.keys, 7, address.page, address.weights)


@given(st.text(max_size=100) | st.from_regex(r"[a-z]:[\w.-]{10,30}:\d+:\w+", fullmatch=True))
def test_forged(text: str) -> None:
    """Any text is an address that writes itself within the limit, or a ValueError."""
    try:
        address = Address.parse(text)
    except ValueError:
        return
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c",
        "c:short:0:1",
        "c:" + ".".join(["x" * 12] * 5) + ":0:1",
        "c:xxxxxxxxxxxx:-1:1",
        "z:xxxxxxxxxxxx:0:1",
    ],
)
def test_not_addresses(text: str) -> None:
    """What isn't an address is a ValueError."""
    with pytest.raises(ValueError):  # noqa: PT011 (an enum words its own error)
        Address.parse(text)


def test_too_long() -> None:
    """An address that would not fit a custom_id is never written."""
    with pytest.raises(ValueError, match="does not fit"):
        str(Address(Screen.COMPARISON, ("x" * 12,) * 8, 1))
