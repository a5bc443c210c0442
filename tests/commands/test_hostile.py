from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from catalog.editing.fields import Section, fields
from tests.commands.workbench import Workbench, links, text

if TYPE_CHECKING:
    from tests.conftest import Shown, World

NASTY = {
    "pings": "@everyone @here <@1> <@&1> <#1>",
    "links": "[free](https://evil.example) <https://evil.example> evil.example/x",
    "direction": "\u202egnp.exe\u2066x\u200b\u200c",
    "markup": "```\n# big\n> quote\n- item ||x|| ~~y~~ **z** `",
    "long": "word " * 800,
}


def _harmless(shown: Shown) -> None:
    read = text(shown)
    assert not [link for link in links(shown) if "evil" in link], read
    assert not re.search(r"@(everyone|here)|(?<!\\)<[@#][!&]?\d|[\u202a-\u202e\u2066-\u2069]", read), read
    assert "```" not in read


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.parametrize("section", Section)
async def test_forms(world: World, section: Section, kind: str) -> None:
    """Hostile text in every field of every form is refused or shown harmlessly; pings and links lead nowhere."""
    bench = await Workbench.of(world)
    name = "capability edit" if section is Section.CAPABILITY else "edit"
    options: dict[str, Any] = (
        {"capability": "#1"} if section is Section.CAPABILITY else {"section": section.value}
    )
    before = bench.shared("vllm")
    form = await bench.form(name, name="vllm", **options)
    typed: dict[str, Any] = {
        field.name: NASTY[kind][: min(field.max_length, 4000)]
        for field in fields(section)
        if not field.choices
    }
    shown = await bench.send(form, **typed)
    _harmless(shown)
    assert bench.here("vllm") == before
    if "Save" in shown.buttons:
        said = await bench.saved(shown)
        _harmless(said)
        _harmless(await world.slash("tool", name="vllm"))
        _harmless(await bench.use("history", name="vllm"))
        await bench.undone(said)
        assert bench.here("vllm") == before
    assert bench.shared("vllm") == before


@pytest.mark.parametrize("kind", NASTY)
async def test_commands(world: World, kind: str) -> None:
    """Hostile text in the options of commands is refused or shown harmlessly, reasons and names of files included."""
    bench = await Workbench.of(world)
    before = bench.shared("vllm")
    line = NASTY[kind][:300]
    for shown in (
        await bench.use("alias add", name="vllm", alias=line[:100], reason=line),
        await bench.use("alias remove", name="vllm", alias=line[:100], reason=line),
        await bench.use("capability remove", name="vllm", capability=line),
        await bench.use("remove", name=line, reason=line),
        await bench.use("restore", name=line, reason=line),
        await bench.use("history", name=line),
        await bench.use(
            "signal set", name="vllm", metric="github_stars", value=1.0, source=line, unit=line[:100]
        ),
        await bench.use("signal set", name="vllm", metric=line, value=1.0, source=line),
        await bench.use("pricing", name="vllm", kind="paid", usd=1.0, unit="month", source=line, note=line),
        await bench.use("import", file=(f"{line[:80]}.yaml", NASTY[kind].encode()), reason=line),
    ):
        _harmless(shown)
        if "Save" in shown.buttons:
            said = await bench.saved(shown)
            _harmless(said)
            _harmless(await bench.use("history", name="vllm"))
            await bench.undone(said)
    assert bench.here("vllm") == before == bench.shared("vllm")
