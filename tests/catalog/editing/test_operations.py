from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.editing.operations import (
    absorbed,
    active,
    deprecated,
    gone,
    pointed,
    with_alias,
    with_capability_changed,
    with_capability_moved,
    with_pricing,
    with_signal,
    without_alias,
    without_capability,
    without_signal,
)
from catalog.errors import EditError
from catalog.models import Capability, Price, PriceUnit, Pricing, PricingKind, Signal, Status, Tool
from catalog.names import name_key
from catalog.text import ALIAS_LIMIT
from tests.catalog.editing.strategies import SCALARS, tools

if TYPE_CHECKING:
    from collections.abc import Callable

STARS = Signal(metric="github_stars", value=1, unit="stars", source="GitHub", observed_on="2026")
NEW = Capability(description="New.")

some = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tool(**fields: Any) -> Tool:  # noqa: ANN401 (whatever a document may hold)
    """Make a document."""
    return Tool.model_validate({"slug": "probe", "name": "Probe", **fields})


def abilities(known: Tool) -> str:
    """Give the descriptions of a tool's capabilities, one after the other."""
    return "".join(capability.description for capability in known.capabilities)


def able(*descriptions: str) -> Tool:
    """Make a document with capabilities."""
    return tool(capabilities=[{"description": description} for description in descriptions])


def test_an_alias_comes_and_goes() -> None:
    """An alias is cleaned and added last; it is taken away however its case."""
    known = with_alias(tool(aliases=["P"]), " Pro\u200bbe  two ")
    assert known.aliases == ("P", "Probe two")
    assert without_alias(known, "PROBE TWO").aliases == ("P",)


def test_a_capability_is_placed() -> None:
    """A capability stands in the place of the one that it replaces; one that is taken away leaves no gap."""
    known = able("a", "b", "c")
    assert abilities(with_capability_changed(known, 1, NEW)) == "aNew.c"
    assert abilities(without_capability(known, 1)) == "ac"
    titled = known.capabilities[1].model_copy(update={"title": "B"})
    assert with_capability_changed(known, 1, titled).capabilities[1] == titled


@pytest.mark.parametrize(
    ("place", "to", "order"), [(0, 2, "bca"), (2, 0, "cab"), (1, 1, "abc"), (0, 1, "bac")]
)
def test_a_capability_moves(place: int, to: int, order: str) -> None:
    """A moved capability stands in the place that was asked for, and the others close up."""
    assert abilities(with_capability_moved(able("a", "b", "c"), place, to)) == order


def test_a_figure_replaces_its_own() -> None:
    """One figure is kept of a metric, a source and a day; others are beside it."""
    other, newer = (STARS.model_copy(update=update) for update in ({"source": "GitLab"}, {"value": 2.0}))
    known = tool(signals=[STARS, other, STARS])
    assert with_signal(known, newer).signals == (newer, other)
    assert with_signal(tool(signals=[other]), STARS).signals == (other, STARS)
    assert without_signal(known, newer).signals == (other,)


def test_pricing_is_set_and_cleared() -> None:
    """A pricing is set whole, and None says that it isn't known."""
    start = Price(usd=20, unit=PriceUnit.MONTH, source="Acme", observed_on="2026")
    pricing = Pricing(kind=PricingKind.PAID, starting=start)
    known = with_pricing(tool(), pricing)
    assert known.pricing == pricing
    assert with_pricing(known, None).pricing is None


def test_a_status_goes_with_its_successor() -> None:
    """A tool that ends names who follows it, if anybody; one that is active again has no successor."""
    ended = deprecated(tool(), "other")
    assert (ended.status, ended.successor) == (Status.DEPRECATED, "other")
    assert (gone(ended, None).status, gone(ended, None).successor) == (Status.GONE, None)
    assert active(ended) == tool()


def test_what_changes_nothing_is_the_same_document() -> None:
    """An edit that leaves everything as it is gives the very document."""
    known = able("a", "b")
    assert active(known) is known
    assert with_capability_moved(known, 1, 1) is known
    assert pointed(known, "old", "new") is known


def test_a_tool_points_at_what_its_successor_became() -> None:
    """A successor that was merged away is followed; a tool never succeeds itself."""
    ended = deprecated(tool(), "old")
    assert pointed(ended, "old", "new").successor == "new"
    assert pointed(ended, "old", "probe").successor is None
    assert pointed(ended, "another", "new").successor == "old"


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (
            lambda: with_alias(tool(), "probe"),
            "probe is the tool's name already; an alias is another name for it.",
        ),
        (lambda: with_alias(tool(aliases=["P"]), "p"), "Probe has the alias p already."),
        (lambda: with_alias(tool(), "\u200b"), "Name: it can't be empty; write something that can be seen."),
        (lambda: with_alias(tool(), "x" * 1_000_000), "Name: it is too long; shorten it to 100 characters."),
        (
            lambda: with_alias(tool(), "@everyone"),
            "Name: a name can't hold a mention (@everyone, @here, <@id>); write it without the @.",
        ),
        (
            lambda: with_alias(tool(aliases=[f"n{number}" for number in range(ALIAS_LIMIT)]), "one more"),
            "Probe has 254 aliases, and can't have more; remove one first.",
        ),
        (lambda: without_alias(tool(), "P"), "Probe has no alias P; choose one that it has."),
        (
            lambda: without_capability(able("a"), 1),
            "Probe has 1 capability, and none in that place. Look at the list again and choose one of it.",
        ),
        (
            lambda: with_capability_moved(able("a", "b"), 0, -1),
            "Probe has 2 capabilities, and none in that place. Look at the list again and choose one of it.",
        ),
        (
            lambda: with_capability_changed(tool(), 0, NEW),
            "Probe has no capabilities, and none in that place. Look at the list again and choose one of it.",
        ),
        (
            lambda: with_capability_changed(able("a", "new."), 0, NEW),
            "Probe has this capability already: New. Change that one instead.",
        ),
        (
            lambda: with_capability_changed(able("a"), 0, NEW.model_copy(update={"unique": "x" * 5000})),
            "Unique: it is too long; shorten it to 4000 characters.",
        ),
        (
            lambda: without_signal(tool(), STARS),
            "Probe has no github_stars from GitHub of 2026; choose one that it has.",
        ),
        (
            lambda: with_signal(tool(), STARS.model_copy(update={"observed_on": "soon"})),
            "Observed on: it can't be read; write a date like 2025, 2025-03 or 2025-03-07.",
        ),
        (
            lambda: with_signal(tool(), STARS.model_copy(update={"value": 1e300})),
            "Value: the figure is out of bounds; look at it again.",
        ),
        (
            lambda: deprecated(tool(), "Not A Slug"),
            "Successor: it can't be read; write the short name of a tool in the catalog, like stable-diffusion.",
        ),
        (lambda: gone(tool(), "probe"), "Probe can't be its own successor; choose another tool."),
        (lambda: absorbed(tool(), tool()), "Probe can't be merged into itself; choose another tool to keep."),
        (
            lambda: absorbed(
                tool(aliases=[f"a{number}" for number in range(ALIAS_LIMIT)]),
                Tool(name="Other", aliases=("X",)),
            ),
            "Probe and Other have 256 other names together, and a tool has at most 254; remove 2 first.",
        ),
    ],
)
def test_what_cannot_be_done(edit: Callable[[], Tool], reason: str) -> None:
    """An edit that breaks a rule says which in a sentence, and what to do; it never repeats a megabyte."""
    with pytest.raises(EditError) as caught:
        edit()
    assert str(caught.value) == reason


@some
@given(tools(repeated=True), st.text(max_size=120) | st.sampled_from(("<@1>", "x" * 10**5, "\ud800", "\x00")))
def test_any_text_is_an_alias_or_a_reason(known: Tool, text: str) -> None:
    """Whatever is typed, it becomes an alias and nothing else changes, or it is refused in a sentence."""
    reason = ""
    after = known
    try:
        after = with_alias(known, text)
    except EditError as error:
        reason = str(error)
    assert bool(reason) == (after == known)
    assert len(reason) < 200
    assert after.aliases[: len(known.aliases)] == known.aliases
    assert after.model_copy(update={"aliases": known.aliases}) == known


@some
@given(tools(), tools())
def test_a_duplicate_is_absorbed_whole(survivor: Tool, other: Tool) -> None:
    """The survivor's words stay, the duplicate's names find it, and every entry of a list is in it."""
    duplicate = other.model_copy(update={"slug": "duplicate"})
    after = absorbed(survivor, duplicate)
    assert after.slug == survivor.slug
    assert all(
        getattr(after, field) == getattr(survivor, field)
        for field in SCALARS
        if field not in {"type", "successor"}
    )
    names = {name_key(name) for name in (after.name, *after.aliases)}
    assert {name_key(name) for name in (duplicate.name, *duplicate.aliases)} <= names
    assert set(duplicate.tasks) <= set(after.tasks)
    assert set(duplicate.tags) <= set(after.tags)
    assert {link.url for link in duplicate.links} <= {link.url for link in after.links}
    assert {each.description for each in duplicate.capabilities} <= {
        each.description for each in after.capabilities
    }
    assert {each.source for each in duplicate.reported} <= {each.source for each in after.reported}
    assert len(after.signals) >= len(duplicate.signals)
    assert after.capabilities[: len(survivor.capabilities)] == survivor.capabilities or {
        each.description for each in duplicate.capabilities
    } & {each.description for each in survivor.capabilities}
    assert absorbed(after, duplicate) == after


def test_a_duplicate_fills_what_is_empty() -> None:
    """What the survivor doesn't say is taken from the duplicate; what both say is the survivor's."""
    survivor = tool(vendor="Acme", capabilities=[{"description": "Draws."}])
    duplicate = Tool.model_validate(
        {
            "name": "Other",
            "type": "model",
            "vendor": "Bolt",
            "summary": "S.",
            "status": "gone",
            "successor": "third",
            "capabilities": [{"description": "draws.", "unique": "In oil."}],
        }
    )
    after = absorbed(survivor, duplicate)
    assert (after.type, after.vendor, after.summary, after.aliases) == ("model", "Acme", "S.", ("Other",))
    assert after.capabilities == (Capability(description="Draws.", unique="In oil."),)
    assert (after.status, after.successor) == (Status.ACTIVE, None)


def test_a_survivor_loses_a_successor_that_it_absorbed() -> None:
    """Who absorbs its own successor has none, or the one that this had."""
    ended = deprecated(tool(), "other")
    assert absorbed(ended, Tool(name="Other")).successor is None
    assert absorbed(ended, Tool(name="Other", status=Status.GONE, successor="third")).successor == "third"
    assert absorbed(ended, Tool(name="Other", status=Status.GONE, successor="probe")).successor is None
