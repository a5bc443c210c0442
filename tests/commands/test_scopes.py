from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest_asyncio

from catalog.models import Tool
from tests.conftest import Shown

if TYPE_CHECKING:
    import simcord

    from tests.conftest import World


@dataclass
class Neighbours:
    """Mia in two servers: at home copies of tools were made, abroad they were not."""

    world: World
    home: simcord.GuildHandle
    abroad: simcord.ChannelHandle
    visitor: simcord.MemberActor

    async def here(self, command: str, **options: str | bool) -> Shown:
        """Let her use a command at home."""
        return await self.world.slash(command, **options)

    async def there(self, command: str, **options: str | bool) -> Shown:
        """Let her use it abroad."""
        result = await self.visitor.slash(self.abroad, command, **options)
        return Shown(self.world.env, result.response)

    async def alone(self, command: str, **options: str | bool) -> Shown:
        """Let her use it in a direct message."""
        result = await self.world.mia.user.slash(command, **options)
        return Shown(self.world.env, result.response)


@pytest_asyncio.fixture
async def neighbours(world: World) -> Neighbours:
    """Two servers; the first one has renamed vLLM, given it another alias, and added a tool of its own."""
    guild = world.env.create_guild("Elsewhere")
    channel = guild.create_text_channel("tools")
    visitor = guild.add_member(world.mia.user)
    await world.env.settle()
    copy = world.catalog.get("vllm").model_copy(
        update={"name": "House Server", "aliases": ("housevllm",), "summary": "Ours alone."}
    )
    own = Tool.model_validate(
        {
            "name": "Quarrybird",
            "type": "repository",
            "tasks": ["serving"],
            "capabilities": [{"description": "Serves quarry models."}],
        }
    )
    await world.put(copy, own, guild=world.mia.guild)
    return Neighbours(world, world.mia.guild, channel, visitor)


async def test_commands(neighbours: Neighbours) -> None:
    """A guild's commands show its own documents; another guild's, and those of a direct message, the shared ones."""
    here = await neighbours.here("tool", name="housevllm")
    assert here.title == "House Server"
    assert "Ours alone." in here.text
    for ask in (neighbours.there, neighbours.alone):
        assert (await ask("tool", name="vllm")).title == "vLLM"
        assert "House" not in (await ask("tool", name="housevllm")).text
        assert "Quarrybird" not in (await ask("tool", name="quarrybird")).text
        assert "quarrybird" not in (await ask("alternatives", name="sglang")).text.casefold()
    assert (await neighbours.here("rank", name="quarrybird")).title == "Rank of Quarrybird"
    compared = await neighbours.here("compare", first="quarrybird", second="vllm")
    assert compared.title == "Quarrybird vs House Server"


async def test_about(neighbours: Neighbours) -> None:
    """A guild is told how many tools it sees."""
    count = len(neighbours.world.catalog)
    assert f"{count + 1} tools" in (await neighbours.here("about")).text
    assert f"{count} tools" in (await neighbours.there("about")).text
    assert f"{count} tools" in (await neighbours.alone("about")).text


async def test_autocomplete(neighbours: Neighbours) -> None:
    """Own names are offered at home and nowhere else."""
    world = neighbours.world
    for typed, name in (("quarry", "Quarrybird"), ("housev", "House Server (housevllm)")):
        at_home = await world.mia.autocomplete(world.channel, "tool", "name", typed)
        abroad = await neighbours.visitor.autocomplete(neighbours.abroad, "tool", "name", typed)
        alone = await world.mia.user.autocomplete("tool", "name", typed)
        assert at_home[0]["name"] == name
        assert name not in {choice["name"] for choice in (*abroad, *alone)}


async def test_mentions(neighbours: Neighbours) -> None:
    """A question in chat is read with the names of the guild in which it is asked."""
    world = neighbours.world
    assert (await world.say(f"{world.me} quarrybird vs housevllm")).title == "Quarrybird vs House Server"
    await neighbours.visitor.send(neighbours.abroad, f"{world.me} what is vllm")
    assert Shown(world.env, neighbours.abroad.last_message).title == "vLLM"
    await neighbours.visitor.send(neighbours.abroad, f"{world.me} what is quarrybird")
    assert "Quarrybird" not in Shown(world.env, neighbours.abroad.last_message).text
    assert "Quarrybird" not in (await world.dm("what is quarrybird")).text
    assert (await world.dm("vllm")).title == "vLLM"


async def test_buttons_and_menus(neighbours: Neighbours) -> None:
    """What is pressed in a guild is drawn as the guild sees it, after a restart too."""
    world = neighbours.world
    here = await neighbours.here("alternatives", name="quarrybird")
    await world.restart()
    await world.pick(here, "Quarrybird vs House Server")
    assert here.title == "Quarrybird vs House Server"
    await world.press(here, "Ranks")
    assert here.title == "Rank of Quarrybird and House Server"
    there = await neighbours.there("tool", name="vllm")
    await world.press(there, "Alternatives", who=neighbours.visitor)
    assert there.title == "Alternatives to vLLM"
    assert "Quarrybird" not in there.text
    assert not [option for option in there.options if "Quarrybird" in option["label"]]


async def test_another_guilds_button(neighbours: Neighbours) -> None:
    """A custom_id taken from one guild's message opens nothing of that guild in another."""
    here = await neighbours.here("tool", name="quarrybird")
    custom_id = here.buttons["Ranks"]["custom_id"]
    there = await neighbours.there("tool", name="sglang")
    result = await neighbours.world.forge(there, "Ranks", custom_id, who=neighbours.visitor)
    said = neighbours.world.answered(result)
    assert said.ephemeral
    assert "no longer in the catalog" in said.text
    assert "Quarrybird" not in said.text + there.text


async def test_the_search_form(neighbours: Neighbours) -> None:
    """A need is met with own tools at home, and without them elsewhere."""
    world = neighbours.world

    async def found(shown: Shown, who: simcord.MemberActor) -> str:
        form = await world.press(shown, "Search a need", who=who)
        assert form.modal is not None
        (label,) = form.modal["components"]
        (field,) = [label["component"]] if "component" in label else label["components"]
        sent = await who.submit_modal(form, {field["custom_id"]: "serve quarry models"})
        return world.answered(sent).text

    assert "Quarrybird" in await found(await neighbours.here("tool", name="sglang"), world.mia)
    assert "Quarrybird" not in await found(await neighbours.there("tool", name="sglang"), neighbours.visitor)


async def test_the_date(neighbours: Neighbours) -> None:
    """A guild's edit dates what the guild sees, and nothing that others see."""
    world = neighbours.world
    world.catalog.changed_on = "1999-12-31"
    world.catalog._swap(world.catalog._snapshot)
    assert "Catalog of 1999-12-31" not in (await neighbours.here("tool", name="sglang")).text
    assert "Catalog of 1999-12-31" in (await neighbours.there("tool", name="sglang")).text
