from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from catalog.models import Tool

if TYPE_CHECKING:
    import simcord

    from tests.conftest import World

OPTIONS = [
    ("compare", "first"),
    ("compare", "second"),
    ("compare", "third"),
    ("compare", "fourth"),
    ("tool", "name"),
    ("rank", "name"),
    ("alternatives", "name"),
]


@pytest.mark.parametrize(("command", "option"), OPTIONS)
async def test_nothing_typed(world: World, command: str, option: str) -> None:
    """Before anything is typed 25 tools are offered, none twice."""
    choices = await world.mia.autocomplete(world.channel, command, option, "")
    assert len({choice["value"] for choice in choices}) == len(choices) == 25


async def offered(world: World, channel: simcord.ChannelHandle | None = None) -> list[str]:
    """Give the slugs that are offered to leo while he has typed nothing."""
    choices = await world.leo.autocomplete(channel or world.channel, "tool", "name", "")
    return [str(choice["value"]) for choice in choices]


async def test_what_was_last_asked_for_comes_first(world: World) -> None:
    """What anybody in the server was last shown, by a command, a mention or a menu, stands before the popular ones."""
    popular = await offered(world)
    await world.slash("compare", first="comfyui", second="dspy")
    assert (await offered(world))[:2] == ["comfyui", "dspy"]
    await world.say(f"{world.me} what is aider")
    assert (await offered(world))[:3] == ["aider", "comfyui", "dspy"]
    asked = await world.slash("tool", name="llama")
    assert (await offered(world))[0] == "aider"
    await world.pick(asked, "Llama 3.3 70B")
    now = await offered(world)
    assert now[:4] == ["llama-3-3-70b", "aider", "comfyui", "dspy"]
    assert len(set(now)) == len(now) == 25
    assert now[4:] == [slug for slug in popular if slug not in now[:4]][:21]


async def test_picks_stay_in_their_server(world: World) -> None:
    """What one server looked at isn't told in another one or in a direct message, and what is said there isn't kept."""
    guild = world.env.create_guild("Elsewhere")
    channel = guild.create_text_channel("tools")
    visitor = guild.add_member(world.mia.user)
    await world.env.settle()
    popular = await offered(world)
    await world.slash("tool", name="comfyui")
    elsewhere = await visitor.autocomplete(channel, "tool", "name", "")
    alone = await world.mia.user.autocomplete("tool", "name", "")
    assert [choice["value"] for choice in elsewhere] == [choice["value"] for choice in alone] == popular
    await world.dm("what is dspy")
    await world.mia.user.slash("tool", name="dspy")
    assert [choice["value"] for choice in await world.mia.user.autocomplete("tool", "name", "")] == popular
    assert (await offered(world))[0] == "comfyui"


async def test_what_one_person_sees_is_not_told(world: World) -> None:
    """A private answer, its buttons, and a copy of somebody else's screen leave no trace in autocomplete."""
    await world.slash("tool", name="comfyui")
    before = await offered(world)
    secret = await world.slash("tool", name="aider", private=True)
    await world.press(secret, "Ranks")
    public = await world.slash("tool", name="comfyui")
    await world.press(public, "Alternatives", who=world.leo)
    assert await offered(world) == before


async def test_a_pick_that_is_gone_is_not_offered(world: World) -> None:
    """A tool that was taken out of the catalog is no longer offered, however recent."""
    await world.put(Tool.model_validate({"name": "Zyzzyva Nine"}))
    await world.slash("tool", name="zyzzyva nine")
    assert (await offered(world))[0] == "zyzzyva-nine"
    await world.remove("zyzzyva-nine")
    choices = await offered(world)
    assert "zyzzyva-nine" not in choices
    assert len(choices) == 25


async def test_a_failed_question_is_no_pick(world: World) -> None:
    """What could not be shown isn't offered either."""
    before = await offered(world)
    await world.slash("compare", first="comfyui", second="comfyui")
    await world.slash("compare", first="comfyui", second="qqqqxyz")
    assert await offered(world) == before


async def test_prefix(world: World) -> None:
    """What begins as typed comes first."""
    choices = await world.mia.autocomplete(world.channel, "compare", "first", "mistr")
    assert len(choices) > 2
    assert choices[0]["name"].startswith("Mistral")


async def test_alias(world: World) -> None:
    """An alias that was typed is shown beside the name; what is sent is the slug, which no other tool can have."""
    choices = await world.mia.autocomplete(world.channel, "compare", "first", "sd")
    assert choices[0] == {"name": "Stable-Diffusion (sd)", "value": "stable-diffusion"}


async def test_choices_mean_what_they_show(world: World) -> None:
    """Whatever is offered opens just that tool when it is picked, without a question back."""
    for typed in [
        "",
        "a",
        "e",
        "gpt",
        "llama",
        "mistral",
        "claude",
        "stable",
        "gem",
        "sd",
        "1",
        "4o",
        "open",
    ]:
        for choice in await world.mia.autocomplete(world.channel, "tool", "name", typed):
            resolution = world.catalog.resolve(choice["value"])
            assert resolution.tool is not None, choice
            assert choice["name"].split(" (")[0] == resolution.tool.name.split(" (")[0]
    # Once with everything around it: what is picked is what is drawn.
    choice = (await world.mia.autocomplete(world.channel, "tool", "name", "mist"))[0]
    assert (await world.slash("tool", name=choice["value"])).title == choice["name"]


async def test_every_tool_can_be_picked(world: World) -> None:
    """Each tool is offered when its whole name is typed, and picking it opens it."""
    for tool in world.catalog.tools:
        first = world.catalog.complete(tool.name)[0]
        assert first.slug == tool.slug
        resolution = world.catalog.resolve(first.name)
        assert resolution.tool is not None, resolution
        assert resolution.tool.slug == tool.slug


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 5000,
        "mistral " * 700,
        "@everyone",
        "<@1>",
        "\u202e\u200b\x00",
        "(((((",
        "\\",
        "通" * 5000,
        "🜁",
        " ",
    ],
)
async def test_hostile_typing(world: World, typed: str) -> None:
    """Whatever is typed, at most 25 choices of at most 100 characters come back, and nothing breaks."""
    choices = await world.mia.autocomplete(world.channel, "compare", "first", typed)
    assert len(choices) <= 25
    assert all(1 <= len(choice["name"]) <= 100 for choice in choices)


async def test_longest_names(world: World) -> None:
    """A name and an alias of 100 characters each are cut in what is shown; what is sent means that tool."""
    name, alias = "n" * 100, "a" * 100
    await world.put(Tool.model_validate({"name": name, "aliases": [alias]}))
    (choice,) = await world.mia.autocomplete(world.channel, "tool", "name", "a" * 90)
    assert len(choice["name"]) == 100
    assert (await world.slash("tool", name=choice["value"])).title == name


async def test_in_a_direct_message(world: World) -> None:
    """Names are offered outside a server too."""
    assert await world.mia.user.autocomplete("compare", "first", "mist")


async def test_a_name_that_is_anothers_slug(world: World) -> None:
    """Picking a tool opens that tool, even when its name is filed as another one's slug."""
    await world.put(Tool.model_validate({"slug": "alpha-speech-x", "name": "Alpha Speech"}))
    await world.put(Tool.model_validate({"slug": "zeta", "name": "Alpha Speech X"}))
    for choice in await world.mia.autocomplete(world.channel, "tool", "name", "alpha speech"):
        assert (await world.slash("tool", name=choice["value"])).title == choice["name"]
