"""docs/moderation.md and the bot say the same of who may do what.

`UPDATE_DOCS=1 pytest tests/commands/test_authorisation.py` renews the table.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import simcord
from discord import app_commands

from catalog.editing.sentences import sentences
from catalog.revision import Scope
from tests.commands.doors import Doors, doors
from tests.commands.people import Person
from tests.commands.rights import RIGHTS, SHARED_OPTION, fault
from tests.conftest import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commands.people import People
    from tests.conftest import World

DOCS = Path(__file__).parents[2] / "docs" / "moderation.md"
_TABLE = re.compile(r"<!-- rights -->\n.*?<!-- end -->", re.DOTALL)
#: What is the server's own and nobody else's to see, in every form that an option could offer it in.
_OURS = re.compile(r"quarry|house|gonebird|ours alone", re.IGNORECASE)

#: The same where somebody has typed its name themselves.
_TOLD = re.compile(r"Quarrybird|House Server|Gonebird|Ours alone|another name")


def _commands(world: World) -> Iterator[str]:
    """Name every command, those that ask for the shared catalog too, and every menu of messages."""
    for root in world.bot.tree.get_commands(type=None):
        if isinstance(root, app_commands.ContextMenu):
            yield root.name
            continue
        found = list(root.walk_commands()) if isinstance(root, app_commands.Group) else [root]
        for command in found:
            if isinstance(command, app_commands.Command):
                yield command.qualified_name
                if command.get_parameter("shared"):
                    yield f"{command.qualified_name}{SHARED_OPTION}"


async def test_every_way_in_has_its_place(world: World) -> None:
    """Each command, button, menu and form stands in the table: one that is new has to be thought of there."""
    placed = [command for right in RIGHTS for command in right.commands]
    assert sorted(placed) == sorted(_commands(world))
    named = {door.partition(" (")[0] for right in RIGHTS for door in right.doors}
    assert named == set(doors())


async def _options(people: People, person: Person, command: str) -> dict[str, Any]:
    """Fill a command in so that nothing but who asks can stand in its way."""
    name, asked, _ = command.partition(SHARED_OPTION)
    # Who isn't in the server, or brought the bot into it, sees the shared catalog.
    shared = asked or person in {Person.ALONE, Person.BROUGHT}
    tool = "ollama" if shared else "quarrybird"
    (last,) = await people.world.catalog.storage.recent(Scope() if shared else people.home, 1)
    entry = {"type": "repository", "tasks": ["serving"], "capabilities": [{"description": "New."}]}
    whole = people.world.catalog.view(None if shared else people.home.guild_id).get(tool)
    known = {"name": tool}
    options: dict[str, dict[str, Any]] = {
        "about": {},
        "catalog add": {},
        "catalog alias add": known | {"alias": "Q. bird"},
        "catalog alias remove": known | {"alias": (*whole.aliases, "none")[0]},
        "catalog capability edit": known | {"capability": "#1"},
        "catalog capability move": known | {"capability": "#1", "to": 1},
        "catalog capability remove": known | {"capability": "#1"},
        "catalog drafts": {},
        "catalog export": {},
        "catalog history": {"name": "vllm"},
        "catalog import": {"file": ("tool.yaml", str({"name": "Newbird", **entry}).encode())},
        "catalog merge": known | {"into": "sglang"},
        "catalog pricing": known | {"kind": "free"},
        "catalog rebase": {"name": "vllm"},
        "catalog reset": {"name": "vllm"},
        "catalog restore": {"name": "lostbird" if shared else "gonebird"},
        "catalog review": {},
        "catalog settings": {},
        "catalog signal set": known
        | {"metric": "github_stars", "value": 5.0, "source": "https://example.org"},
        "catalog signal remove": {"name": "vllm", "figure": "#1"},
        "catalog status": known | {"status": "gone"},
        "catalog undo": {"change": last.number},
        "catalog upstream": {"name": "vllm"},
        "catalog wanted": {},
        "compare": {"first": "vllm", "second": "ollama"},
        "privacy forget me": {},
        "settings block": {"member": people.world.leo},
        "settings log": {},
        "settings moderators role": {"role": people.role},
        "settings proposals": {"daily_limit": 50},
        "settings review": {},
        "settings weights": {"weights": "quality"},
        "suggest dispute": {
            "name": "ollama",
            "sentence": next(sentences(people.world.catalog.get("ollama"))).key,
        },
        "suggest change": {"name": "ollama"},
        "suggest tool": {},
    }
    return options.get(name, known) | ({"shared": True} if asked else {})


@pytest.mark.parametrize("person", Person)
async def test_commands(people: People, person: Person) -> None:
    """Who may use a command gets what it is for; anybody else is refused in words, and nothing is changed."""
    wrong = []
    for right in RIGHTS:
        for command in right.commands:
            before = people.kept()
            if command == "Dispute this":
                address = await Doors(people, person).prepared("go")
                answer = await people.menu(person, command, address.custom_id)
            else:
                answer = await people.use(
                    person, command.removesuffix(SHARED_OPTION), **await _options(people, person, command)
                )
            people.close_forms()
            changed = people.kept() != before
            wrong.append(fault(person, command, right.who, answer.refusal, changed=changed))
    assert not [one for one in wrong if one]


async def test_a_server_can_show_commands_to_everybody(people: People) -> None:
    """Where a server lets members see and use all commands, they are refused as before."""
    world = people.world
    for command in await world.bot.tree.fetch_commands():
        world.mia.guild.set_command_permissions(command, {world.mia: True})
    before = people.kept()
    tried: dict[str, dict[str, object]] = {
        "catalog remove": {"name": "quarrybird"},
        "settings proposals": {"daily_limit": 0},
        "settings moderators role": {"role": people.role},
    }
    for name, options in tried.items():
        result = await world.mia.slash(world.channel, name, **options)
        assert Shown(world.env, result.response).title == "That didn't work"
    assert people.kept() == before


async def test_who_loses_the_role_loses_the_draft(people: People) -> None:
    """A draft that was begun by a moderator can't be saved by who isn't one any more, and is still there."""
    world = people.world
    through = Doors(people, Person.MODERATOR)
    sent = await through.prepared("draft:save (own, server)")
    rules = world.catalog.preferences.moderation(people.home.guild_id)
    assert people.home.guild_id
    await world.catalog.preferences.moderate(people.home.guild_id, rules.model_copy(update={"roles": ()}))
    before = people.kept()
    refusal = (await through.go_through("draft:save", sent)).refusal
    assert refusal
    assert "Only this server's moderators" in refusal
    assert people.kept() == before


async def test_a_curator_in_a_direct_message(people: People) -> None:
    """A curator needs no option in a direct message, where there is no other catalog; in a server they do."""
    options = await _options(people, Person.ALONE, "catalog remove")
    refusal = (await people.use(Person.CURATOR, "catalog remove", **options)).refusal
    assert refusal
    assert "Only this server's moderators" in refusal
    curator = people.actors[Person.CURATOR]
    assert isinstance(curator, simcord.MemberActor)
    people.actors[Person.ALONE] = curator.user
    answer = await people.use(Person.ALONE, "catalog remove", **options)
    assert answer.refusal is None
    assert "Remove Ollama" in str(answer.shown.message.embeds[0].title)


async def test_what_is_of_one_server_is_out_of_reach_in_another(people: People) -> None:
    """Who moderates a server reaches nothing of another one by its names and numbers, and is told nothing of it."""
    doors = Doors(people, Person.NEIGHBOUR)
    number = int((await doors.prepared("review:show (server)")).custom_id.rpartition(":")[2])
    (last,) = await people.world.catalog.storage.recent(people.home, 1)
    tried: list[tuple[str, dict[str, object]]] = [
        ("catalog review", {"number": number}),
        ("catalog undo", {"change": last.number}),
        ("catalog restore", {"name": "gonebird"}),
        ("catalog history", {"name": "quarrybird"}),
        ("catalog history", {"name": "vllm"}),
        ("catalog export", {"name": "quarrybird"}),
        ("catalog remove", {"name": "quarrybird"}),
        ("catalog edit", {"name": "housevllm"}),
        ("catalog reset", {"name": "vllm"}),
        ("catalog upstream", {"name": "vllm"}),
    ]
    before = people.kept()
    for command, options in tried:
        answer = await people.use(Person.NEIGHBOUR, command, abroad=True, **options)
        assert answer.refusal is not None, command
        assert not _TOLD.search(answer.refusal), answer.refusal
    assert people.kept() == before


def _offering(world: World) -> Iterator[tuple[app_commands.Command[Any, ..., Any], str]]:
    """Give every option that offers something while one types."""
    for root in world.bot.tree.get_commands():
        found = list(root.walk_commands()) if isinstance(root, app_commands.Group) else [root]
        for command in found:
            if isinstance(command, app_commands.Command):
                yield from ((command, option.name) for option in command.parameters if option.autocomplete)


async def test_what_is_offered_while_one_types(people: People) -> None:
    """A server's own tools, aliases, capabilities and sentences are offered there alone, and never among the shared."""
    world = people.world
    await world.slash("tool", name="quarrybird")
    at_home = 0
    for command, option in _offering(world):
        name = command.qualified_name
        for typed, tool in (
            ("", "quarrybird"),
            ("quarry", "housevllm"),
            ("house", "gonebird"),
            ("gone", "vllm"),
        ):
            filled = {"name": tool} if option != "name" and command.get_parameter("name") else {}
            for person in (Person.NEIGHBOUR, Person.ALONE):
                offered = await people.offered(person, name, option, typed, **filled)
                assert not _OURS.search(offered), (person, name, option, typed)
            if command.get_parameter("shared"):
                offered = await people.offered(Person.OWNER, name, option, typed, **filled, shared=True)
                assert not _OURS.search(offered), (name, option, typed)
            at_home += bool(_OURS.search(await people.offered(Person.MEMBER, name, option, typed, **filled)))
    assert at_home > 50


def _table() -> str:
    """Write down who may do what, and below it by which commands, buttons, menus and forms."""
    lines = [["", *Person], ["---"] * (len(Person) + 1)]
    lines += [
        [right.what, *("yes" if person in right.who else "no" for person in Person)] for right in RIGHTS
    ]
    table = "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
    ways = "".join(f"- {right.what}: {', '.join(right.ways)}.\n" for right in RIGHTS)
    return f"{table}\nThe commands, and the custom_ids of buttons, menus and forms, that each row stands for:\n\n{ways}"


def test_the_documented_table_is_the_one_that_is_tried() -> None:
    """The page's table is made from what the tests try."""
    text = DOCS.read_text()
    real = _TABLE.sub(lambda _: f"<!-- rights -->\n\n{_table()}\n<!-- end -->", text)
    if os.environ.get("UPDATE_DOCS"):
        DOCS.write_text(real)
    assert "<!-- rights -->" in text
    assert real == DOCS.read_text()
