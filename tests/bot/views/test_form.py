from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import ui

from bot.replies import SILENT
from bot.views.form import Form, text_field, typed_in
from catalog.editing.fields import FormField, Section, fields
from catalog.editing.form import filled, read
from catalog.models import Tool
from tests.commands.workbench import kept
from tests.conftest import Shown

if TYPE_CHECKING:
    import simcord

    from tests.conftest import World

TOOL = Tool.model_validate(
    {
        "name": "Probe",
        "type": "mcp-server",
        "summary": "Tries.",
        "tasks": ["coding", "chat"],
        "aliases": ["P", "Q"],
        "capabilities": [{"description": "Tries."}],
    }
)


@dataclass
class Desk:
    """A button in the channel that opens a form, and what was typed into it."""

    world: World
    message: simcord.ResponseMessage
    typed: list[dict[str, str]] = field(default_factory=list)

    async def open(self) -> simcord.InteractionResult:
        """Let mia open the form."""
        opened: simcord.InteractionResult = await self.world.mia.click(self.message, label="Open")
        return opened

    async def send(self, form: simcord.InteractionResult, **values: str | list[str]) -> Shown:
        """Let mia send the form back with some values instead of those that are filled in."""
        sent = await self.world.mia.submit_modal(form, kept(form) | values)
        return self.world.answered(sent)

    async def taken(self, interaction: discord.Interaction[Any]) -> None:
        """Note what was typed."""
        if interaction.type is discord.InteractionType.modal_submit:
            data: Any = interaction.data
            assert data["custom_id"] == "probe"
            self.typed.append(typed_in(interaction))
            await interaction.response.send_message("Noted.", ephemeral=True, allowed_mentions=SILENT)


async def desk(world: World, title: str, asked: tuple[FormField, ...], typed: dict[str, str]) -> Desk:
    """Put a button that opens a form into the channel."""
    view = ui.View(timeout=None)
    button: ui.Button[Any] = ui.Button(label="Open")
    view.add_item(button)
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send("A form", view=view, allowed_mentions=SILENT)
    made = Desk(world, Shown(world.env, sent).message)

    async def pressed(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(Form("probe", title, asked, typed))

    button.callback = pressed  # type: ignore[method-assign]  # how discord.py lets one button be given a task
    world.bot.add_listener(made.taken, "on_interaction")
    return made


@pytest.mark.parametrize("section", Section)
async def test_looking_changes_nothing(world: World, section: Section) -> None:
    """Every section opens filled in, and comes back from Discord as the same document."""
    place = 0 if section is Section.CAPABILITY else None
    made = await desk(world, f"Edit {TOOL.name}", fields(section), filled(TOOL, section, place))
    said = await made.send(await made.open())
    assert said.message.content == "Noted."
    (typed,) = made.typed
    assert read(TOOL, section, typed, place) == TOOL


async def test_what_is_typed_arrives(world: World) -> None:
    """Lines, boxes and menus hand on what was typed and picked, by the name of the field."""
    made = await desk(world, "Edit Probe", fields(Section.BASICS), filled(TOOL, Section.BASICS))
    await made.send(await made.open(), name="Probe Pro", type=["Model"], summary="")
    assert made.typed == [{"name": "Probe Pro", "type": "Model", "vendor": "", "summary": "", "licence": ""}]
    changed = read(TOOL, Section.BASICS, made.typed[0])
    assert (changed.name, changed.type, changed.summary) == ("Probe Pro", "model", None)


async def test_several_choices(world: World) -> None:
    """A menu of several choices shows what is chosen and hands on one a line; none is empty."""
    made = await desk(world, "Edit Probe", fields(Section.NAMES), filled(TOOL, Section.NAMES))
    form = await made.open()
    assert kept(form)["tasks"] == ["Coding", "Chat"]
    await made.send(form, tasks=["Chat", "Data"], aliases="One, Inc.\nTwo")
    await made.send(await made.open(), tasks=[])
    assert [typed["tasks"] for typed in made.typed] == ["Chat\nData", ""]
    assert made.typed[0]["aliases"] == "One, Inc.\nTwo"


async def test_how_it_looks(world: World) -> None:
    """Each field says what it is and what to type; a long title is cut, a text that is too long is not."""
    asked = fields(Section.CAPABILITY)
    made = await desk(world, "Edit " + "long " * 20, asked, {"title": "t" * 350})
    modal = (await made.open()).modal
    assert modal is not None
    assert len(modal["title"]) <= 45
    assert modal["title"].endswith("…")
    assert [label["label"] for label in modal["components"]] == [one.label for one in asked]
    assert [label["description"] for label in modal["components"]] == [one.help for one in asked]
    title, description, *_ = (label["component"] for label in modal["components"])
    assert (title["value"], title["max_length"], title["style"]) == ("t" * 350, 350, 1)
    assert (description["required"], description["style"]) == (True, 2)


async def test_a_text_field(world: World) -> None:
    """A field for running text is asked for where it is needed, and bounded."""
    asked = (text_field("note", "Why", limit=200, required=True), text_field("more", "More", limit=5000))
    made = await desk(world, "A note", asked, {})
    modal = (await made.open()).modal
    assert modal is not None
    note, more = (label["component"] for label in modal["components"])
    assert (note["required"], note["max_length"], note["style"]) == (True, 200, 2)
    assert (more["required"], more["max_length"]) == (False, 4000)
