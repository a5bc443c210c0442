from __future__ import annotations

import re
import time
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.editing.pairing import LISTS, paired
from catalog.editing.places import places
from catalog.editing.wording import Order
from catalog.models import Tool
from tests.catalog.editing.strategies import rewritten, tools

some = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tool(**fields: Any) -> Tool:  # noqa: ANN401 (whatever a document may hold)
    """Make a document."""
    return Tool.model_validate({"slug": "probe", "name": "Probe", **fields})


def labels(*documents: Tool | None) -> list[str]:
    """Give the labels of what stands in lists."""
    return [place.label for place in places(*documents) if ":" in place.key and "order" not in place.key]


@some
@given(st.data())
def test_a_document_is_all_of_its_places(data: st.DataObject) -> None:
    """Each entry of each list is one place, also where it is said twice; each field of one value is one."""
    document = data.draw(tools(repeated=True))
    found = {place.key: place.values[0] for place in places(document)}
    for field in Tool.model_fields:
        value = getattr(document, field)
        if field in LISTS:
            order = found[f"order:{field}"]
            assert isinstance(order, Order)
            assert tuple(found[key] for key in order.keys) == value
        else:
            assert found[field] == value
    assert len(found) == len(Tool.model_fields) + sum(len(getattr(document, field)) for field in LISTS)


@some
@given(st.data())
def test_keys_and_labels_fit_a_menu(data: st.DataObject) -> None:
    """No two places share a key; a key is short, of plain signs, and a label short and of one line."""
    base = data.draw(tools(repeated=True))
    found = places(base, data.draw(rewritten(base)), data.draw(rewritten(base, "theirs")))
    assert len({place.key for place in found}) == len(found)
    assert all(re.fullmatch(r"[a-z0-9_.:~#-]{1,100}", place.key) for place in found)
    assert all(1 <= len(place.label) <= 100 and "\n" not in place.label for place in found)


@some
@given(st.data())
def test_a_third_document_changes_no_pair(data: st.DataObject) -> None:
    """What two documents make of each other is the same whatever a third one says, and so are the keys."""
    base = data.draw(tools(repeated=True))
    mine, theirs = data.draw(rewritten(base)), data.draw(rewritten(base, "theirs"))
    for field in LISTS:
        two, three = paired(field, (base, mine)), paired(field, (base, mine, theirs))
        assert three.orders[:2] == two.orders
        assert {
            key: versions[:2] for key, versions in three.entries.items() if any(versions[:2])
        } == two.entries


def test_a_rewritten_capability_is_the_same() -> None:
    """Under an unchanged title another text is the same capability; without one, an equal beginning is enough."""
    before = tool(
        capabilities=[
            {"title": "Batching", "description": "Groups requests."},
            {"description": "Draws pictures of anything; in oil, as painters of the golden age did it."},
            {"title": "Old", "description": "Sings  LOUD."},
        ]
    )
    after = tool(
        capabilities=[
            {"title": "New", "description": "sings loud."},
            {"title": "batching", "description": "Keeps the GPU busy."},
            {"description": "Draws pictures of anything; in chalk, on every pavement between here and Rome."},
        ]
    )
    pairing = paired("capabilities", (before, after))
    assert len(pairing.entries) == 3
    assert pairing.orders[1] == tuple(pairing.orders[0][place] for place in (2, 0, 1))


def test_a_description_counts_more_than_a_title() -> None:
    """Where titles were exchanged, the description says which capability is which."""
    before = tool(capabilities=[{"title": "A", "description": "one"}, {"title": "B", "description": "two"}])
    after = tool(capabilities=[{"title": "B", "description": "one"}, {"title": "A", "description": "two"}])
    assert (
        paired("capabilities", (before, after)).orders[0] == paired("capabilities", (before, after)).orders[1]
    )


def test_of_two_that_are_the_same_the_unchanged_one_stays() -> None:
    """When one of two entries with one identity goes, it is that one which went."""
    one, other = (
        {"metric": "github_stars", "value": value, "unit": "stars", "source": "a test", "observed_on": "2026"}
        for value in (1, 2)
    )
    pairing = paired("signals", (tool(signals=[one, other]), tool(signals=[other])))
    assert [versions[1] is None for versions in pairing.entries.values()] == [True, False]
    assert [key[-2:] == "#2" for key in pairing.entries] == [False, True]


def test_labels() -> None:
    """Every place is called something that people know it by, and long words are cut."""
    document = tool(
        aliases=["SD"],
        tasks=["coding"],
        tags=["open-weights"],
        links=[{"kind": "docs", "url": "https://example.com/" + "x" * 100}],
        capabilities=[{"title": "Continuous batching", "description": "x"}, {"description": "(a)\n\n(b)"}],
        hidden_capabilities=[{"count": 4, "source": "Unfragile"}],
        signals=[
            {
                "metric": "github_stars",
                "value": 1,
                "unit": "stars",
                "source": "GitHub",
                "observed_on": "2026-01-02",
            }
        ],
        reported=[{"source": "Unfragile: A vs B"}],
    )
    assert labels(document) == [
        "Alias “SD”",
        "Task “coding”",
        "Tag “open-weights”",
        f"Link “https://example.com/{'x' * 39}…”",
        "Capability “Continuous batching”",
        "Capability “(a) (b)…”",
        "Hidden capabilities (Unfragile)",
        "Signal github_stars (GitHub, 2026-01-02)",
        "Reported score (Unfragile: A vs B)",
    ]
    assert [place.label for place in places(document)][:6] == [
        "Slug",
        "Name",
        "Type",
        "Vendor",
        "Family",
        "Summary",
    ]
    assert "Order of reported scores" in [place.label for place in places(document)]


def test_a_key_says_what_it_is_of() -> None:
    """A key follows from the entry, not from where it stands; one that has other signs is a hash."""
    before = [place.key for place in places(tool(aliases=["SD", "通义"]))]
    after = [place.key for place in places(tool(aliases=["order", "通义", "SD"]))]
    assert before[6] == "aliases:sd"
    assert before[7].startswith("aliases:~")
    assert after[6:10] == ["aliases:order", before[7], before[6], "order:aliases"]


def test_a_long_list_is_quick() -> None:
    """Ten times as many entries, all of which claim to be the same, take about ten times as long to pair."""
    assert _fastest(3000) < 40 * _fastest(300)


def _fastest(count: int) -> float:
    entry = {"metric": "github_stars", "unit": "stars", "source": "a test", "observed_on": "2026"}
    before, after = (
        tool(signals=[{**entry, "value": start + number} for number in range(count)])
        for start in (0, count // 2)
    )
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        assert len(paired("signals", (before, after)).entries) == count
        taken.append(time.perf_counter() - started)
    return min(taken)
