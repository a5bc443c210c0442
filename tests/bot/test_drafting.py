from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.drafting import Drafting
from catalog.text import PROSE_LIMIT
from tests.commands.workbench import Workbench, kept, text

if TYPE_CHECKING:
    import pytest
    import simcord

    from catalog.drafts import Draft
    from tests.conftest import Shown, World


async def _draft(world: World, shown: Shown) -> Draft:
    """Read the draft whose buttons are shown."""
    key = str(next(iter(shown.buttons.values()))["custom_id"]).rpartition(":")[2]
    draft = await world.catalog.storage.drafts.get(key)
    assert draft is not None
    return draft


def _unbounded(form: simcord.InteractionResult) -> simcord.InteractionResult:
    """Forge a form that takes longer text than Discord would."""
    modal = form._interaction.modal
    assert modal is not None
    for label in modal["components"]:
        label["component"].pop("max_length", None)
    return form


async def test_a_megabyte(world: World) -> None:
    """A form that is forged to hold a megabyte is refused as too long, and the start of it is kept."""
    bench = await Workbench.of(world)
    form = _unbounded(await bench.form("edit", name="vllm"))
    shown = await bench.send(form, summary="x" * 1_000_000, vendor="Ours")
    assert shown.title == "Not quite"
    assert "1,000,000" in shown.text
    draft = await _draft(world, shown)
    assert draft.typed["summary"] == "x" * PROSE_LIMIT
    assert draft.typed["vendor"] == "Ours"
    assert bench.here("vllm") == bench.shared("vllm")


async def test_a_long_text_comes_back(world: World) -> None:
    """A text that has to be shortened opens again whole."""
    bench = await Workbench.of(world)
    form = _unbounded(await bench.form("edit", name="vllm"))
    shown = await bench.send(form, summary="y" * 4000)
    again = await world.press(shown, "Edit again", who=bench.ada)
    assert kept(again)["summary"] == "y" * 4000


async def test_other_fields_than_the_forms(world: World) -> None:
    """A field that a form never asked for changes nothing, and isn't kept."""
    bench = await Workbench.of(world)
    for summary in ("Ours.", "z" * 301):
        form = _unbounded(await bench.form("edit", name="vllm"))
        modal = form._interaction.modal
        assert modal is not None
        modal["components"][-1]["component"].update(custom_id="slug", required=False)
        shown = await bench.send(form, slug="other", summary=summary)
        draft = await _draft(world, shown)
        assert "slug" not in draft.typed
        assert draft.change is not None
        assert draft.change.edits[0].after is not None
        assert draft.change.edits[0].after.slug == "vllm"


async def test_what_is_said_is_saved(world: World) -> None:
    """A saved draft is gone: its buttons save nothing a second time."""
    bench = await Workbench.of(world)
    shown = await bench.use("alias add", name="vllm", alias="quarrybird")
    draft = await _draft(world, shown)
    custom_id = shown.buttons["Save"]["custom_id"]
    await bench.saved(shown)
    assert await world.catalog.storage.drafts.get(draft.key) is None
    public = await world.slash("tool", name="sglang")
    said = world.answered(await world.forge(public, "Ranks", custom_id, who=bench.ada))
    assert "no longer there" in text(said)


async def test_a_draft_of_another_server(world: World) -> None:
    """Who moderates two servers can't save a draft of one of them in the other."""
    bench = await Workbench.of(world)
    shown = await bench.use("alias add", name="vllm", alias="quarrybird")
    custom_id = shown.buttons["Save"]["custom_id"]
    both = bench.zoe.guild.add_member(bench.ada.user)
    await world.env.settle()
    there = await both.slash(bench.abroad, "tool", name="sglang")
    said = world.answered(await world.forge(world.answered(there), "Ranks", custom_id, who=both))
    assert "another server" in text(said)
    assert bench.here("vllm") == bench.shared("vllm")


async def test_a_fault_is_told_as_ours(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks behind a form is answered with an incident, to who sent it alone."""
    world.breaks = True
    bench = await Workbench.of(world)
    form = await bench.form("edit", name="vllm")

    async def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Drafting, "submitted", broken)
    shown = await bench.send(form)
    assert shown.ephemeral
    assert shown.title == "Something broke on our side"


async def test_many_conflicts(world: World) -> None:
    """More conflicts than menus come up as the first ones are decided, and nothing is saved before all are."""
    bench = await Workbench.of(world)
    basics: dict[str, Any] = {"name": "A LLM", "vendor": "A", "summary": "A.", "licence": "A-1"}
    other: dict[str, Any] = {name: f"B{value}" for name, value in basics.items()}
    mine = await bench.send(await bench.form("edit", name="vllm"), **basics)
    theirs = await bench.send(
        await bench.form("edit", name="vllm", who=bench.bob),
        who=bench.bob,
        **other,
    )
    await bench.saved(theirs, who=bench.bob)
    await bench.press(mine, "Save")
    for left in (4, 3, 2, 1):
        assert f"{left} choice" in text(mine)
        assert mine.buttons["Save"]["disabled"]
        await bench.choose(mine, "Yours")
    await bench.saved(mine)
    found = bench.here("vllm")
    assert found is not None
    assert (found.name, found.vendor, found.summary, found.licence) == tuple(basics.values())


async def test_forged_choices(world: World) -> None:
    """A choice that the menu didn't offer decides nothing."""
    bench = await Workbench.of(world)
    mine = await bench.send(await bench.form("edit", name="vllm"), summary="Ada's.")
    theirs = await bench.send(
        await bench.form("edit", name="vllm", who=bench.bob), who=bench.bob, summary="Bob's."
    )
    await bench.saved(theirs, who=bench.bob)
    await bench.press(mine, "Save")
    menu = next(part for part in mine.parts if part.get("custom_id", "").startswith("draft:choose"))
    for value in ("mine nothing", "nobody's", "mine " + "0" * 18):
        menu["options"][0]["value"] = value
        await bench.ada.select(mine.message, [value], custom_id=menu["custom_id"])
        menu = next(part for part in mine.parts if part.get("custom_id", "").startswith("draft:choose"))
        assert mine.buttons["Save"]["disabled"]
    assert getattr(bench.here("vllm"), "summary", "") == "Bob's."


async def test_a_choice_is_about_what_was_typed(world: World) -> None:
    """Who types something else after choosing is asked again; what they typed isn't dropped unseen."""
    bench = await Workbench.of(world)
    mine = await bench.send(await bench.form("edit", name="vllm"), summary="Ada's.")
    theirs = await bench.send(
        await bench.form("edit", name="vllm", who=bench.bob), who=bench.bob, summary="Bob's."
    )
    await bench.saved(theirs, who=bench.bob)
    await bench.press(mine, "Save")
    await bench.choose(mine, "Theirs")
    await bench.send(await world.press(mine, "Edit again", who=bench.ada), summary="Ada's other one.")
    assert mine.buttons["Save"]["disabled"]
    await bench.choose(mine, "Yours")
    await bench.saved(mine)
    assert getattr(bench.here("vllm"), "summary", "") == "Ada's other one."


async def test_a_form_opens_before_the_database_has_a_turn(world: World) -> None:
    """A form doesn't wait for whoever writes to the database, and what is sent meanwhile waits for its draft."""
    bench = await Workbench.of(world)
    async with world.catalog.storage._database.writing():
        opening = asyncio.create_task(bench.form("edit", name="vllm"))
        backend = world.env.backend
        while not (modals := [one for one in backend.interactions.values() if one.modal]):  # noqa: ASYNC110 (the simulation has no event for it)
            await asyncio.sleep(0.01)
        assert not opening.done()
        assert modals
    shown = await bench.send(await opening, summary="Ours.")
    await bench.saved(shown)
    assert getattr(bench.here("vllm"), "summary", None) == "Ours."


async def test_drafts_are_found_again(world: World) -> None:
    """Who lost sight of a draft finds it in a list, after a restart too, and goes on where they were."""
    bench = await Workbench.of(world)
    assert (await bench.use("drafts")).title == "No drafts"
    await bench.form("edit", name="vllm")
    assert (await bench.use("drafts")).title == "No drafts"
    await bench.send(await bench.form("edit", name="vllm"), summary="Ours.")
    broken = _unbounded(await bench.form("edit", name="sglang"))
    await bench.send(broken, summary="z" * 301)
    await bench.restart()
    listed = await bench.use("drafts")
    assert listed.ephemeral
    assert {one["label"] for one in listed.options} == {"Edit SGLang", "Edit vLLM"}
    assert (await bench.use("drafts", who=bench.bob)).title == "No drafts"
    keys = {one["label"]: str(one["value"]) for one in listed.options}
    form = await bench.ada.select(listed.message, [keys["Edit SGLang"]], custom_id="drafts")
    assert kept(form)["summary"] == "z" * 301
    await bench.ada.select(listed.message, [keys["Edit vLLM"]], custom_id="drafts")
    assert "Ours." in text(listed)
    await bench.saved(listed)
    assert getattr(bench.here("vllm"), "summary", None) == "Ours."
    assert [one["label"] for one in (await bench.use("drafts")).options] == ["Edit SGLang"]


async def test_somebody_elses_drafts(world: World) -> None:
    """A suggestion's draft is its member's own, in the server where it was begun."""
    bench = await Workbench.of(world)
    form = await world.mia.slash(world.channel, "suggest change", name="vllm")
    await world.mia.submit_modal(form, kept(form) | {"summary": "Mia's."})
    listed = await bench.use("drafts", who=world.mia)
    assert [one["label"] for one in listed.options] == ["Change vLLM"]
    key = str(listed.options[0]["value"])
    theirs = await bench.send(await bench.form("edit", name="vllm"), summary="Ours.")
    assert theirs.buttons
    mine = await bench.use("drafts")
    menu = next(part for part in mine.parts if part.get("custom_id") == "drafts")
    menu["options"][0]["value"] = key
    said = world.answered(await bench.ada.select(mine.message, [key], custom_id="drafts"))
    assert "Only who began this draft" in text(said)
