from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.embeds.revision import PAGE
from catalog.models import Tool
from tests.catalog.editing.strategies import written
from tests.commands.workbench import Workbench, can_save, text

if TYPE_CHECKING:
    from tests.conftest import Shown, World

PROBE = Tool.model_validate({"name": "Quarrybird", "type": "repository", "summary": "First."})


async def _edited(bench: Workbench, reason: str | None = None, **values: Any) -> Shown:  # noqa: ANN401 (as Workbench.send)
    """Let ada edit Quarrybird for her server."""
    said: dict[str, Any] = {"reason": reason} if reason else {}
    form = await bench.form("edit", name="quarrybird", **said)
    return await bench.saved(await bench.send(form, **values))


async def test_pages(world: World) -> None:
    """A history is paged, newest first, with who and why; a change opens with its diff; a restart is no matter."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    for number in range(PAGE + 2):
        await _edited(bench, f"Reason {number}", vendor=f"Vendor {number}")
    shown = await bench.use("history", name="quarrybird")
    assert shown.ephemeral
    assert shown.title == "History of Quarrybird"
    assert f"Reason {PAGE + 1}" in shown.text
    assert "Reason 1\n" not in shown.text
    assert "by ada" in shown.text
    assert shown.buttons["Newer"]["disabled"]
    await bench.restart()
    await bench.press(shown, "Older")
    assert "Reason 0" in shown.text
    assert "Reason 2\n" not in shown.text
    assert shown.buttons["Older"]["disabled"]
    (option,) = [one for one in shown.options if "Reason 1" in one["label"]]
    menu = next(part for part in shown.parts if "options" in part)
    await bench.ada.select(shown.message, [option["value"]], custom_id=menu["custom_id"])
    assert "Vendor 1" in shown.text.replace("**", "")
    assert "was: " in shown.text
    assert "Why: Reason 1" in shown.text
    await bench.press(shown, "History")
    assert f"Reason {PAGE + 1}" in shown.text


async def test_undo_an_old_change(world: World) -> None:
    """Any change can be taken back, from its place in the history too; later edits of other places stay."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    await _edited(bench, summary="Second.")
    await _edited(bench, vendor="Somebody")
    shown = await bench.use("history", name="quarrybird")
    oldest = min(shown.options, key=lambda one: int(one["value"]))
    menu = next(part for part in shown.parts if "options" in part)
    await bench.ada.select(shown.message, [oldest["value"]], custom_id=menu["custom_id"])
    await bench.saved(await bench.press(shown, "Undo"))
    found = bench.here("quarrybird")
    assert found is not None
    assert (found.summary, found.vendor) == ("First.", "Somebody")
    assert len((await bench.use("history", name="quarrybird")).options) == 3


async def test_undo_conflict(world: World) -> None:
    """Undoing what was edited again since shows both values, and takes back what one chooses."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    second = await _edited(bench, summary="Second.")
    await _edited(bench, summary="Third.")
    shown = await bench.press(second, "Undo")
    assert not can_save(shown)
    assert "First." in text(shown)
    assert "Third." in text(shown)
    await bench.choose(shown, "Yours")
    await bench.saved(shown)
    assert written(bench.here("quarrybird")) == written(PROBE)
    assert not world.catalog.view(bench.ada.guild.id).is_own("quarrybird")


async def test_undo_by_number(world: World) -> None:
    """A change is undone by its number; undoing that brings it back; what isn't there is refused."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    await _edited(bench, summary="Second.")
    number = (await world.catalog.storage.history("quarrybird", limit=1))[0].number + 1
    shown = await bench.use("undo", change=number, reason="It was right")
    said = await bench.saved(shown)
    assert written(bench.here("quarrybird")) == written(PROBE)
    assert "It was right" in (await bench.use("history", name="quarrybird")).text
    await bench.undone(said)
    assert getattr(bench.here("quarrybird"), "summary", "") == "Second."
    for change in (10**6, 1):  # one of none, one of the shared catalog
        assert f"There is no change {change} here" in text(await bench.use("undo", change=change))


async def test_what_is_gone(world: World) -> None:
    """A tool that was removed keeps its history, and it can be asked for by its name."""
    bench = await Workbench.of(world)
    shown = await bench.send(await bench.form("add"), name="Quarrybird", type=["Model"])
    await bench.saved(shown)
    await bench.saved(await bench.use("remove", name="quarrybird", reason="A mistake"))
    shown = await bench.use("history", name="Quarrybird")
    assert shown.title == "History of Quarrybird"
    assert "A mistake" in shown.text
    await bench.saved(await bench.use("restore", name="quarrybird"))
    assert bench.here("quarrybird") is not None


async def test_what_is_gone_is_not_taken_for_another(world: World) -> None:
    """A removed tool's history is its own, by slug and by name, however much another tool's name resembles it."""
    bench = await Workbench.of(world)
    for name in ("Quarrybird", "Quarrybird 2", "Quarry Bird Server"):
        await bench.saved(await bench.send(await bench.form("add"), name=name, type=["Model"]))
    await bench.saved(await bench.use("remove", name="quarrybird-2", reason="A mistake"))
    for name in ("quarrybird-2", "Quarrybird 2", "quarrybird 2"):
        shown = await bench.use("history", name=name)
        assert shown.title == "History of Quarrybird 2", name
        assert "A mistake" in shown.text
    assert (await bench.use("history", name="Quarrybird")).title == "History of Quarrybird"
    offers = await bench.ada.autocomplete(world.channel, "catalog history", "name", "quarrybird")
    assert {"name": "Quarrybird 2 (removed)", "value": "quarrybird-2"} in offers
    assert "quarrybird" in [one["value"] for one in offers]
    for actor, channel in ((bench.zoe, bench.abroad), (bench.cora, world.channel)):
        shared = {"shared": True} if actor is bench.cora else {}
        offers = await actor.autocomplete(channel, "catalog history", "name", "quarrybird", **shared)
        assert "quarrybird-2" not in [one["value"] for one in offers]


async def test_whose_history(world: World) -> None:
    """Everybody reads their server's history and the shared one, and nobody another server's."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    await _edited(bench, "Between us", summary="Second.")
    shown = await bench.use("history", name="quarrybird", who=world.mia)
    assert "Between us" in shown.text
    menu = next(part for part in shown.parts if "options" in part)
    abroad = await bench.use("history", name="quarrybird", who=bench.zoe)
    assert "Nothing was changed" in abroad.text
    both = await bench.use("history", name="quarrybird", shared=True, who=bench.zoe)
    assert "Between us" not in both.text
    stolen = next(part for part in both.parts if "options" in part)
    stolen.update(custom_id=menu["custom_id"], options=menu["options"])
    value = menu["options"][0]["value"]
    said = world.answered(await bench.zoe.select(both.message, [value], custom_id=menu["custom_id"]))
    assert "another server" in text(said)


async def test_members_may_not_undo(world: World) -> None:
    """Who reads a history can't undo with its button unless they moderate."""
    bench = await Workbench.of(world)
    await world.put(PROBE)
    await _edited(bench, summary="Second.")
    shown = await bench.use("history", name="quarrybird", who=world.mia)
    menu = next(part for part in shown.parts if "options" in part)
    await world.mia.select(shown.message, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    said = await bench.press(shown, "Undo", who=world.mia)
    assert "Only this server's moderators" in text(said)
    assert getattr(bench.here("quarrybird"), "summary", "") == "Second."
