from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from catalog.editing.wording import field_label
from catalog.models import Status
from tests.commands.workbench import Workbench, can_save, kept, text

if TYPE_CHECKING:
    from tests.conftest import World


async def test_add(world: World) -> None:
    """A tool is added by a form, looked at, saved for one server alone, found there, and taken back."""
    bench = await Workbench.of(world)
    form = await bench.form("add", reason="We built it")
    shown = await bench.send(
        form, name="Quarrybird", type=["Repository"], vendor="Us", summary="Serves quarry models."
    )
    assert shown.ephemeral
    assert "Preview: Add Quarrybird" in text(shown)
    assert "Quarrybird** is new" in text(shown)
    assert "For this server alone" in text(shown)
    assert "As it will be shown" in text(shown)
    assert bench.here("quarrybird") is None
    said = await bench.saved(shown)
    found = bench.here("quarrybird")
    assert found is not None
    assert (found.vendor, found.summary) == ("Us", "Serves quarry models.")
    assert bench.there("quarrybird") is None
    assert bench.shared("quarrybird") is None
    card = await world.slash("tool", name="quarrybird")
    assert card.title == "Quarrybird"
    assert "Edited here" in card.text
    await bench.undone(said)
    assert bench.here("quarrybird") is None


async def test_add_goes_on(world: World) -> None:
    """Before a new tool is saved, more of it can be filled in; a name mended then is the one it is filed under."""
    bench = await Workbench.of(world)
    shown = await bench.send(await bench.form("add"), name="Quarybird", type=["Model"])
    again = await world.press(shown, "Edit again", who=bench.ada)
    assert kept(again)["name"] == "Quarybird"
    shown = await bench.send(again, name="Quarrybird")
    (menu,) = [part for part in shown.parts if part.get("custom_id", "").startswith("draft:section")]
    names = await bench.ada.select(shown.message, ["names"], custom_id=menu["custom_id"])
    shown = await bench.send(names, aliases="qb\nquarry", tasks=["Coding"])
    await bench.saved(shown)
    found = bench.here("quarrybird")
    assert found is not None
    assert found.aliases == ("qb", "quarry")
    assert bench.here("quarybird") is None


async def test_add_what_is_there(world: World) -> None:
    """A tool that is there can't be added again: what was typed is kept and can be mended."""
    bench = await Workbench.of(world)
    shown = await bench.send(await bench.form("add"), name="vLLM", type=["Repository"], summary="Mine.")
    assert "there is a vLLM already" in text(shown)
    again = await world.press(shown, "Edit again", who=bench.ada)
    assert (kept(again)["name"], kept(again)["summary"]) == ("vLLM", "Mine.")
    assert "Add Quarrybird" in text(await bench.send(again, name="Quarrybird"))


@pytest.mark.parametrize(
    ("section", "values", "field", "value"),
    [
        ("basics", {"summary": "Ours alone."}, "summary", "Ours alone."),
        ("names", {"tags": "ours, theirs"}, "tags", ("ours", "theirs")),
        ("status", {"status": ["Deprecated"], "successor": "sglang"}, "successor", "sglang"),
    ],
)
async def test_edit(world: World, section: str, values: dict[str, Any], field: str, value: object) -> None:
    """A section is opened filled in; what is typed is shown as a diff, saved for this server, and taken back."""
    bench = await Workbench.of(world)
    before = bench.shared("vllm")
    shown = await bench.send(await bench.form("edit", name="vllm", section=section), **values)
    assert "Preview: Edit vLLM" in text(shown)
    assert "now: " in text(shown) or " added" in text(shown)
    said = await bench.saved(shown)
    assert getattr(bench.here("vllm"), field) == value
    assert bench.there("vllm") == before == bench.shared("vllm")
    await bench.undone(said)
    assert bench.here("vllm") == before
    assert not world.catalog.view(bench.ada.guild.id).is_own("vllm"), field_label(field)


async def test_links_and_pricing(world: World) -> None:
    """Links and prices are edited in forms too."""
    bench = await Workbench.of(world)
    form = await bench.form("edit", name="vllm", section="links")
    await bench.saved(await bench.send(form, docs="https://docs.example/vllm"))
    form = await bench.form("edit", name="vllm", section="pricing")
    await bench.saved(
        await bench.send(
            form,
            kind=["Freemium"],
            price="20 per month",
            source="vllm.example/pricing",
            observed_on="2026-03-01",
        )
    )
    found = bench.here("vllm")
    assert found is not None
    assert "https://docs.example/vllm" in [link.url for link in found.links]
    assert found.pricing is not None
    assert found.pricing.starting is not None
    assert found.pricing.starting.usd == 20


async def test_unchanged(world: World) -> None:
    """A form that is sent back as it was can't be saved: nothing would change."""
    bench = await Workbench.of(world)
    shown = await bench.send(await bench.form("edit", name="vllm"))
    assert "Nothing would change" in text(shown)
    assert not can_save(shown)


async def test_rejected_form(world: World) -> None:
    """A form that can't be read says why; it opens again as it was left, after a restart too, and nothing is lost."""
    bench = await Workbench.of(world)
    form = await bench.form("edit", name="vllm", section="pricing")
    await bench.restart()
    shown = await bench.send(
        form, kind=["Pay as you go"], price="a lot", source="vllm.example", note="Much of it.\u202e"
    )
    assert shown.title == "Not quite"
    assert "Starting price" in shown.text
    assert "Save" not in shown.buttons
    await bench.restart()
    again = await world.press(shown, "Edit again", who=bench.ada)
    left = kept(again)
    assert (left["price"], left["source"], left["note"]) == ("a lot", "vllm.example", "Much of it.")
    assert left["kind"] == ["Pay as you go"]
    shown = await bench.send(again, price="2 per hour", observed_on="2026-03")
    await bench.saved(shown)
    found = bench.here("vllm")
    assert found is not None
    assert found.pricing is not None
    assert found.pricing.note == "Much of it."


async def test_pricing(world: World) -> None:
    """A price is set by a command; one without its source, or with a day that is none, is refused in words."""
    bench = await Workbench.of(world)
    for options, why in (
        ({"usd": 20.0, "unit": "month"}, "A price needs what it buys and where it is written"),
        ({"source": "vllm.example"}, "say more of a price"),
    ):
        given: dict[str, Any] = {"name": "vllm", "kind": "freemium", **options}
        assert why in text(await bench.use("pricing", **given))
    price: dict[str, Any] = {"kind": "freemium", "usd": 20.0, "unit": "month", "source": "vllm.example"}
    assert "date" in text(await bench.use("pricing", name="vllm", **price, seen_on="today"))
    said = await bench.saved(await bench.use("pricing", name="vllm", **price, seen_on="2026-03-01"))
    found = bench.here("vllm")
    assert found is not None
    assert found.pricing is not None
    assert found.pricing.starting is not None
    assert found.pricing.starting.observed_on == "2026-03-01"
    await bench.undone(said)
    assert bench.here("vllm") == bench.shared("vllm")


async def test_status(world: World) -> None:
    """A tool is deprecated with its successor, which its card names; it can be active after all."""
    bench = await Workbench.of(world)
    shown = await bench.use("status", name="vllm", status="deprecated", successor="sglang")
    assert "SGLang" in text(shown)
    await bench.saved(shown)
    assert "SGLang" in (await world.slash("tool", name="vllm")).text
    assert "can't be its own successor" in text(
        await bench.use("status", name="vllm", status="gone", successor="vllm")
    )
    await bench.saved(await bench.use("status", name="vllm", status="gone"))
    found = bench.here("vllm")
    assert found is not None
    assert (found.status, found.successor) == (Status.GONE, None)
    await bench.saved(await bench.use("status", name="vllm", status="active"))
    assert bench.here("vllm") == bench.shared("vllm")
    assert not world.catalog.view(bench.ada.guild.id).is_own("vllm")


async def test_disjoint_edits(world: World) -> None:
    """Of two moderators at once, the one who saves second keeps both edits, and is told of the other one."""
    bench = await Workbench.of(world)
    mine = await bench.send(await bench.form("edit", name="vllm"), vendor="Ada's")
    theirs = await bench.send(
        await bench.form("edit", name="vllm", who=bench.bob), who=bench.bob, summary="Bob's."
    )
    await bench.saved(theirs, who=bench.bob)
    said = await bench.saved(mine)
    assert "Kept of what others changed meanwhile" in text(said)
    assert "Bob's" in text(said)
    found = bench.here("vllm")
    assert found is not None
    assert (found.vendor, found.summary) == ("Ada's", "Bob's.")
    await bench.undone(said)
    found = bench.here("vllm")
    assert found is not None
    assert found.summary == "Bob's."
    assert found.vendor != "Ada's"


@pytest.mark.parametrize(("side", "outcome"), [("Yours", "Ada's."), ("Theirs", "Bob's.")])
async def test_the_same_field(world: World, side: str, outcome: str) -> None:
    """Who saves second sees both values, chooses one, and saves: after a restart, too."""
    bench = await Workbench.of(world)
    mine = await bench.send(await bench.form("edit", name="vllm"), summary="Ada's.", vendor="Ada")
    theirs = await bench.send(
        await bench.form("edit", name="vllm", who=bench.bob), who=bench.bob, summary="Bob's."
    )
    await bench.saved(theirs, who=bench.bob)
    asked = await bench.press(mine, "Save")
    assert "Couldn't be saved" in text(asked)
    assert "Ada's" in text(asked)
    assert "Bob's" in text(asked)
    assert not can_save(asked)
    assert getattr(bench.here("vllm"), "summary", None) == "Bob's."
    await bench.restart()
    await bench.choose(mine, side)
    await bench.saved(mine)
    found = bench.here("vllm")
    assert found is not None
    assert (found.summary, found.vendor) == (outcome, "Ada")


async def test_added_twice(world: World) -> None:
    """Of two who add a tool of the same name, the second one sees both and chooses; nothing is lost unseen."""
    bench = await Workbench.of(world)
    forms = [await bench.form("add", who=who) for who in (bench.ada, bench.bob)]
    mine = await bench.send(forms[0], name="Quarrybird", type=["Model"], summary="Ada's.")
    theirs = await bench.send(forms[1], who=bench.bob, name="Quarrybird", type=["Model"], summary="Bob's.")
    await bench.saved(theirs, who=bench.bob)
    asked = await bench.press(mine, "Save")
    assert "Ada's" in text(asked)
    assert "Bob's" in text(asked)
    await bench.choose(mine, "Yours")
    await bench.saved(mine)
    assert getattr(bench.here("quarrybird"), "summary", None) == "Ada's."


async def test_buttons_of_somebody_else(world: World) -> None:
    """A draft is its maker's: nobody else presses its buttons, and its maker does after a restart."""
    bench = await Workbench.of(world)
    shown = await bench.use("alias add", name="vllm", alias="quarrybird")
    keys = {label: part["custom_id"] for label, part in shown.buttons.items()}
    public = await world.slash("tool", name="sglang")
    for label, custom_id in keys.items():
        said = world.answered(await world.forge(public, "Ranks", custom_id, who=bench.bob))
        assert "Only who began this draft" in text(said), label
        public = await world.slash("tool", name="sglang")
    assert bench.here("vllm") == bench.shared("vllm")
    await bench.restart()
    await bench.saved(shown)
    assert "quarrybird" in getattr(bench.here("vllm"), "aliases", ())


async def test_a_draft_that_is_gone(world: World) -> None:
    """What was discarded can't be saved, and is said to be gone; nothing was changed."""
    bench = await Workbench.of(world)
    shown = await bench.use("alias add", name="vllm", alias="quarrybird")
    custom_id = shown.buttons["Save"]["custom_id"]
    await bench.press(shown, "Discard")
    assert shown.title == "Discarded"
    assert not shown.buttons
    public = await world.slash("tool", name="sglang")
    said = world.answered(await world.forge(public, "Ranks", custom_id, who=bench.ada))
    assert "no longer there" in text(said)
    assert bench.here("vllm") == bench.shared("vllm")


async def test_who_lost_the_role(world: World) -> None:
    """Who moderated when a draft was begun and doesn't any more can't save it."""
    bench = await Workbench.of(world)
    shown = await bench.use("alias add", name="vllm", alias="quarrybird", shared=True, who=bench.cora)
    world.bot.curators = frozenset()
    said = await bench.press(shown, "Save", who=bench.cora)
    assert "Only the curators" in text(said)
    assert "quarrybird" not in getattr(bench.shared("vllm"), "aliases", ())
