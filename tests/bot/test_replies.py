from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
import pytest

from bot.replies import SILENT, Refusal, Reply, explain
from catalog.errors import UnknownToolError
from catalog.models import Tool

if TYPE_CHECKING:
    from tests.conftest import Shown, World


def test_nobody_is_called() -> None:
    """Every new message forbids mentions, with buttons and without."""
    parts = Reply(discord.Embed(title="x")).parts()
    assert parts["allowed_mentions"].to_dict() == SILENT.to_dict() == {"parse": []} | SILENT.to_dict()
    assert "view" not in parts


@pytest.mark.parametrize("error", [Refusal("Not like that."), UnknownToolError("nothing")])
def test_what_a_person_can_mend(error: Exception) -> None:
    """A refusal and an error of the catalog are said as they are, without an incident."""
    embed = explain(error).embed
    assert embed.title == "That didn't work"
    assert embed.description == str(error)
    assert not embed.fields


def _incident(shown: Shown, caplog: pytest.LogCaptureFixture) -> None:
    assert shown.title == "Something broke on our side"
    found = re.search(r"`([0-9a-f]{8})`", shown.text)
    assert found
    (record,) = [record for record in caplog.records if found[1] in record.getMessage()]
    assert record.levelname == "ERROR"
    assert record.exc_info
    for inside in ("Traceback", "NoneType", "File ", ".py"):
        assert inside not in shown.text


async def test_refusals_are_text(world: World) -> None:
    """A refusal that names a tool shows its name as text."""
    await world.put(
        Tool.model_validate({"name": "[x](https://evil.example)", "slug": "evil", "aliases": ["evil"]})
    )
    shown = await world.slash("compare", first="evil", second="evil")
    assert "named twice" in shown.text
    assert not shown.links


async def test_a_command_that_breaks(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A fault of ours is logged with an id, and the person is shown the id and nothing else, privately."""
    world.breaks = True
    world.catalog._swap(None)  # type: ignore[arg-type]  # something of ours is broken
    shown = await world.slash("tool", name="vLLM")
    assert shown.ephemeral
    _incident(shown, caplog)


async def test_a_button_that_breaks(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The same under a button; the message stays."""
    world.breaks = True
    shown = await world.slash("tool", name="vLLM")
    world.catalog._swap(None)  # type: ignore[arg-type]  # something of ours is broken
    said = world.answered(await world.press(shown, "Ranks"))
    assert said.ephemeral
    _incident(said, caplog)
    assert shown.title == "vLLM"


async def test_a_question_in_chat_that_breaks(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The same for a question in chat."""
    world.breaks = True
    world.catalog._swap(None)  # type: ignore[arg-type]  # something of ours is broken
    _incident(await world.say(f"{world.me} vllm"), caplog)


async def test_autocomplete_that_breaks(world: World) -> None:
    """Autocomplete that breaks offers nothing."""
    world.breaks = True
    world.catalog._swap(None)  # type: ignore[arg-type]  # something of ours is broken
    assert await world.mia.autocomplete(world.channel, "tool", "name", "v") == []


async def test_an_answer_that_discord_refuses(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Where even the apology can't be sent, that is logged and nothing else happens."""
    world.breaks = True
    world.env.inject_error(
        "POST", "/interactions/*", status=404, code=10062, message="Unknown interaction", times=None
    )
    await world.mia.slash(world.channel, "about")
    assert any("could not tell" in record.getMessage() for record in caplog.records)
