from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.transfer import CHANGES_LIMIT, SIZE_LIMIT, TOOLS_LIMIT
from catalog.exporting import to_text
from catalog.importers import read_file
from catalog.models import Tool
from tests.catalog.editing.strategies import written
from tests.commands.workbench import Workbench, links, text
from tests.conftest import PAGES

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

    from tests.conftest import World

NEW = {"name": "Quarrybird", "type": "repository", "summary": "Serves quarry models."}
CHANGED = {"name": "vLLM", "type": "repository", "tags": ["quarried"]}
FILES = {
    "tools.yaml": b"- {name: Quarrybird, type: repository}\n- {name: vLLM, tags: [quarried]}\n- {name: 7}\n",
    "tools.json": json.dumps([NEW, CHANGED, {"type": "model"}]).encode(),
    "tools.jsonl": "\n".join(map(json.dumps, [NEW, CHANGED, {"type": "model"}])).encode(),
    "tools.csv": b"name,type,tags\nQuarrybird,repository,\nvLLM,repository,quarried\n,model,\n",
}


@pytest.mark.parametrize("name", FILES)
async def test_import(world: World, name: str) -> None:
    """A file is looked at with what it adds, changes and can't say, saved as one change, and undone as one."""
    bench = await Workbench.of(world)
    before = written(bench.here("vllm"))
    shown = await bench.use("import", file=(name, FILES[name]), reason="Spring cleaning")
    assert f"Import {name}".replace(".", "\\.") in text(shown) or f"Import {name}" in text(shown)
    assert "1 new, 1 changed, 0 known already, 1 can't be read" in text(shown)
    assert name in text(shown)
    assert "/tmp" not in text(shown)  # noqa: S108 (it is what must not be told)
    assert "Quarrybird** is new" in text(shown)
    assert bench.here("quarrybird") is None
    said = await bench.saved(shown)
    assert bench.here("quarrybird") is not None
    assert "quarried" in getattr(bench.here("vllm"), "tags", ())
    assert bench.there("quarrybird") is None
    assert "Spring cleaning" in (await bench.use("history", name="quarrybird")).text
    await bench.undone(said)
    assert bench.here("quarrybird") is None
    assert written(bench.here("vllm")) == before


async def test_import_again(world: World) -> None:
    """A file whose tools are all known changes nothing and says so."""
    bench = await Workbench.of(world)
    await bench.saved(await bench.use("import", file=("tools.csv", FILES["tools.csv"])))
    said = await bench.use("import", file=("tools.csv", FILES["tools.csv"]))
    assert said.title == "Nothing to import"
    assert "2 known already" in said.text
    assert not said.buttons


async def test_a_page(world: World) -> None:
    """A saved comparison page is read for this server alone, and taken back whole."""
    bench = await Workbench.of(world)
    for slug in {one.tool.slug for one in read_file(PAGES[1]).tools}:
        await world.remove(slug)
    before = {tool.slug: written(tool) for tool in world.catalog.view(bench.ada.guild.id).tools}
    shown = await bench.use("import", file=(PAGES[1].name, PAGES[1].read_bytes()))
    assert "2 new" in text(shown)
    said = await bench.saved(shown)
    assert len(world.catalog.view(bench.ada.guild.id)) == len(before) + 2
    await bench.undone(said)
    after = {tool.slug: written(tool) for tool in world.catalog.view(bench.ada.guild.id).tools}
    assert after == before


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("tools.yaml", b"x" * (SIZE_LIMIT + 1), "at most 4,000,000 are read here"),
        ("tools.json", b"{", "tools.json"),
        ("tools.exe", b"MZ\x00\x01", "tools.exe"),
        ("tools.yaml", b"", "tools.yaml"),
        (
            "many.jsonl",
            b"\n".join(b'{"name": "T%d"}' % n for n in range(CHANGES_LIMIT + 1)),
            "would add or change 251 tools; at most 250 are taken in",
        ),
        ("more.csv", b"name\n" + b"T\n" * (TOOLS_LIMIT + 1), "more than 5,000 tools"),
        ("../../@everyone.json", b"{", "everyone"),
    ],
)
async def test_files_that_are_refused(world: World, name: str, content: bytes, why: str) -> None:
    """What is too large, no file of ours or broken is refused in words, and nothing is left to press."""
    bench = await Workbench.of(world)
    said = await bench.use("import", file=(name, content))
    assert why in text(said).replace("\\", "").replace("\u200b", ""), text(said)
    assert "/tmp" not in text(said)  # noqa: S108 (it is what must not be told)
    assert "@everyone" not in text(said)
    assert not said.buttons


@pytest.mark.parametrize(
    "name",
    [f"{'é' * 200}.yaml", f"tools.{'y' * 250}", f"{'.' * 300}yaml", "\0\u202e\ud800.yaml", "..", "x" * 255],
)
async def test_names_that_no_file_can_have(world: World, name: str) -> None:
    """A file is read whatever it is called, and what is said of it names it as far as there is room."""
    bench = await Workbench.of(world)
    shown = await bench.use("import", file=(name, FILES["tools.yaml"]))
    assert "1 new, 1 changed, 0 known already, 1 can't be read" in text(shown)
    assert len(shown.title) < 100
    assert "\u202e" not in text(shown)
    said = await bench.saved(shown)
    assert bench.here("quarrybird") is not None
    await bench.undone(said)


async def test_as_much_hostile_text_as_is_read(world: World) -> None:
    """As much hostile text as an import takes is shown harmlessly, saved and undone; a name that calls is refused."""
    bench = await Workbench.of(world)
    nasty = "[free](https://evil.example) ||x|| \u202egnp.exe \u200b ``` # big "
    tools = [
        {
            "name": f"Quarry {number}{' @everyone' * (number % 2)}",
            "vendor": "@everyone <@1>",
            "type": "model",
            "summary": nasty,
            "capabilities": [{"description": nasty * 30, "title": nasty[:80]}],
        }
        for number in range(2 * CHANGES_LIMIT)
    ]
    content = json.dumps(tools, ensure_ascii=False).encode()
    content += b" " * (SIZE_LIMIT - len(content))
    assert len(content) == SIZE_LIMIT
    shown = await bench.use("import", file=("tools.json", content))
    assert f"{CHANGES_LIMIT} new" in text(shown)
    assert f"{CHANGES_LIMIT} can't be read" in text(shown)
    said = await bench.saved(shown)
    for one in (shown, said, await bench.use("history", name="quarry-8")):
        assert not [link for link in links(one) if "evil" in link]
        assert not {"@everyone", "<@1>"} & {*text(one).split()}
        assert "\u202e" not in text(one)
    await bench.undone(said)
    assert bench.here("quarry-8") is None


async def test_more_than_a_server_has_room_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has as much of its own as there is room for takes nothing more, but changes what it has."""
    monkeypatch.setattr("catalog.desk.OWN_LIMIT", 2)
    bench = await Workbench.of(world)
    three = b"- {name: Quarry A}\n- {name: Quarry B}\n- {name: Quarry C}\n"
    said = await bench.press(await bench.use("import", file=("three.yaml", three)), "Save")
    assert "would have 3 tools of its own" in text(said)
    assert bench.here("quarry-a") is None
    two = b"- {name: Quarry A}\n- {name: Quarry B}\n"
    await bench.saved(await bench.use("import", file=("two.yaml", two)))
    said = await bench.press(await bench.use("alias add", name="vllm", alias="Quarry"), "Save")
    assert "there is room for 2" in text(said)
    await bench.saved(await bench.use("alias add", name="quarry-a", alias="Quarry"))
    await bench.saved(await bench.use("remove", name="quarry-b"))
    await bench.saved(await bench.use("alias add", name="vllm", alias="VQuarry"))


async def test_hostile_documents(world: World) -> None:
    """Whatever a file's documents say, its preview is harmless, and what was saved is too."""
    bench = await Workbench.of(world)
    nasty = "@everyone <@1> [free](https://evil.example) ||x|| \u202egnp.exe \u200b ``` # big"
    tool = {
        "name": "Quarry ||bird|| [free](https://evil.example)",
        "type": "model",
        "vendor": nasty,
        "summary": nasty,
        "capabilities": [{"description": nasty * 40, "unique": nasty}],
    }
    shown = await bench.use("import", file=("tools.json", json.dumps([tool, {"name": nasty}]).encode()))
    said = await bench.saved(shown)
    card = await world.slash("tool", name="quarry-bird-free-https-evil-example")
    for one in (shown, said, card, await bench.use("history", name="quarry-bird-free-https-evil-example")):
        assert not [link for link in links(one) if "evil" in link]
        assert not {"@everyone", "<@1>", "\u202e"} & {*text(one).split()}
        assert "\u202e" not in text(one)


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl"])
async def test_round_trip(world: World, tmp_path: Path, form: str) -> None:
    """What is exported holds all that this server sees, and imported elsewhere gives the same documents."""
    bench = await Workbench.of(world)
    shown = await bench.send(await bench.form("edit", name="vllm"), summary="Ours.")
    await bench.saved(shown)
    result = await bench.form("export", format=form)
    content = await _attached(world, result)
    file = tmp_path / f"catalog.{form}"
    file.write_bytes(content)
    read = {one.tool.slug: written(one.tool) for one in read_file(file).tools}
    seen = {tool.slug: written(tool) for tool in world.catalog.view(bench.ada.guild.id).tools}
    assert set(read) == set(seen)
    assert read["vllm"] == seen["vllm"]
    said = await bench.use("import", file=(f"catalog.{form}", content))
    assert said.title == "Nothing to import"


async def test_export_one(world: World) -> None:
    """One tool, or the shared catalog, can be exported by anybody; another server's edits are not in it."""
    bench = await Workbench.of(world)
    await bench.saved(await bench.send(await bench.form("edit", name="vllm"), summary="Ours."))
    result = await bench.form("export", name="vllm", format="json", who=bench.zoe)
    content = await _attached(world, result)
    shared = bench.shared("vllm")
    assert isinstance(shared, Tool)
    assert content.decode() == to_text([shared], "json")
    assert b"Ours." in await _attached(world, await bench.form("export", name="vllm", who=world.mia))
    assert b"Ours." not in await _attached(
        world, await bench.form("export", name="vllm", shared=True, who=world.mia)
    )


async def _attached(world: World, result: simcord.InteractionResult) -> bytes:
    """Give what is attached to an answer."""
    shown = world.answered(result)
    (attachment,) = shown.message.attachments
    return bytes(await attachment.read())
