"""Every kind of person who may meet the bot, each where they stand, and what they can send it there.

Nothing that they send is held against what Discord would show them: a server can show a command to anybody, and a
custom_id can be forged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import discord
import simcord
from simcord import actors, interactions
from simcord.enums import ComponentType, InteractionType

from catalog.models import Tool
from catalog.moderation import Moderation
from catalog.revision import Author, Scope
from tests.conftest import Shown

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    import pytest
    from simcord.backend.models import Interaction

    from tests.conftest import World

Actor = simcord.MemberActor | simcord.UserHandle


class Person(StrEnum):
    """A kind of person; all of them but the last two are members of the server whose catalog it is about."""

    OWNER = "owner"
    MANAGER = "may manage the server"
    MODERATOR = "has a moderating role"
    MEMBER = "member"
    CURATOR = "curator"
    NEIGHBOUR = "moderates another server"
    ALONE = "in a direct message"
    BROUGHT = "brought the bot along"


#: Who may manage the server, and brought the bot into it without adding it: the most that somebody can be there.
#: In a direct message stands who has a moderating role in the server.

EVERYBODY: Final = frozenset(Person)
MODERATORS: Final = frozenset({Person.OWNER, Person.MANAGER, Person.MODERATOR})
MANAGERS: Final = frozenset({Person.OWNER, Person.MANAGER})
CURATORS: Final = frozenset({Person.CURATOR})
#: Who stands in the server when pressing what belongs to it.
PRESENT: Final = EVERYBODY - {Person.NEIGHBOUR, Person.ALONE, Person.BROUGHT}
NOBODY: Final[frozenset[Person]] = frozenset()

OWN: Final = Tool.model_validate(
    {
        "name": "Quarrybird",
        "type": "repository",
        "tasks": ["serving"],
        "aliases": ["quarrycrow"],
        "summary": "Quarrybird serves quarries.",
        "capabilities": [{"title": "Quarry serving", "description": "It serves quarry models all day long."}],
    }
)
#: A tool that the server had once.
GONE: Final = Tool.model_validate({"name": "Gonebird", "type": "repository", "tasks": ["serving"]})


@dataclass
class Answer:
    """What somebody got for something that they sent."""

    env: simcord.Env
    result: simcord.InteractionResult

    @property
    def shown(self) -> Shown:
        """The newest message that it led to."""
        return Shown(self.env, self.result.followups[-1] if self.result.followups else self.result.response)

    @property
    def is_form(self) -> bool:
        """Whether a form was opened."""
        return self.result.modal is not None

    @property
    def refusal(self) -> str | None:
        """The words of a refusal, None for anything else; a fault of the bot fails."""
        assert self.result.acknowledged, f"no answer\n{self.env.transcript()}"
        if self.is_form or (self.result.response is None and not self.result.followups):
            return None
        titles = [embed.title for embed in self.shown.message.embeds]
        assert "Something broke on our side" not in titles, self.env.transcript()
        if titles != ["That didn't work"]:
            return None
        assert self.shown.ephemeral, "a refusal that everybody sees"
        return self.shown.embed.description or ""


@dataclass
class People:
    """A server with its moderators and members, another one beside it, and what stands in both catalogs."""

    world: World
    database: sqlite3.Connection
    abroad: simcord.ChannelHandle
    role: simcord.RoleHandle
    actors: dict[Person, Actor]
    #: Who uses the bot as an app of their own.
    brought: set[int] = field(default_factory=set)
    _version: int | None = None
    _read: list[Any] = field(default_factory=list)

    @property
    def home(self) -> Scope:
        """The server's catalog."""
        return Scope(guild_id=self.world.mia.guild.id)

    def channel(self, person: Person, *, pressing: bool = False) -> simcord.ChannelHandle:
        """Where somebody stands; who moderates another server presses there what belongs to this one."""
        actor = self.actors[person]
        if isinstance(actor, simcord.UserHandle):
            return actor.dm_channel
        return self.abroad if pressing and person is Person.NEIGHBOUR else self.world.channel

    def _actor(self, person: Person, *, pressing: bool) -> Actor:
        actor = self.actors[person]
        if pressing and person is Person.NEIGHBOUR and isinstance(actor, simcord.MemberActor):
            assert self.abroad.guild is not None
            return simcord.MemberActor(self.world.env, self.abroad.guild, actor.user)
        return actor

    async def use(self, person: Person, command: str, *, abroad: bool = False, **options: object) -> Answer:
        """Use a command, whether or not Discord shows it there; `abroad` in the server that a neighbour moderates."""
        actor, channel = self._actor(person, pressing=abroad), self.channel(person, pressing=abroad)
        name, *nesting = command.split()
        backend = self.world.env.backend
        root = backend.find_command(name, None, type=discord.AppCommandType.chat_input.value)
        assert root is not None
        leaf, path = interactions.walk_to_subcommand(root, nesting)
        built, resolved = interactions.build_options(
            self.actors[Person.MEMBER] if channel.guild is None else actor,
            command,
            leaf,
            dict(options),
            channel_id=self.world.channel.id if channel.guild is None else channel.id,
        )
        data = {
            "id": root["id"],
            "name": name,
            "type": root.get("type", 1),
            "options": interactions.nest_options(root, path, built),
            "resolved": resolved,
        }
        return await self._sent(actor, channel, InteractionType.APPLICATION_COMMAND, data)

    async def offered(self, person: Person, command: str, option: str, typed: str, **filled: object) -> str:
        """Type into an option, who moderates another server there; give all that is offered, as one text."""
        actor, channel = self._actor(person, pressing=True), self.channel(person, pressing=True)
        name, *nesting = command.split()
        root = self.world.env.backend.find_command(name, None, type=1)
        assert root is not None
        leaf, path = interactions.walk_to_subcommand(root, nesting)
        built, _ = interactions.build_options(
            actor, command, leaf, filled, partial=True, channel_id=channel.id
        )
        (kind,) = [each["type"] for each in leaf["options"] if each["name"] == option]
        built.append({"name": option, "type": kind, "value": typed, "focused": True})
        data = {
            "id": root["id"],
            "name": name,
            "type": 1,
            "options": interactions.nest_options(root, path, built),
        }
        sent = await self._sent(actor, channel, InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE, data)
        choices = sent.result.autocomplete_choices
        assert choices is not None, "no answer"
        return "\n".join(f"{choice['name']} = {choice['value']}" for choice in choices)

    async def menu(self, person: Person, name: str, custom_id: str) -> Answer:
        """Use a message's menu on a message with a button."""
        actor, channel = self._actor(person, pressing=False), self.channel(person)
        root = self.world.env.backend.find_command(name, None, type=discord.AppCommandType.message.value)
        assert root is not None
        stored = self.posted(channel, custom_id)
        message = dict(simcord.backend.serializers.message_payload(self.world.env.backend, stored))
        data = {
            "id": root["id"],
            "name": name,
            "type": root["type"],
            "target_id": str(stored.id),
            "resolved": {"messages": {str(stored.id): message}},
        }
        return await self._sent(actor, channel, InteractionType.APPLICATION_COMMAND, data)

    def posted(self, channel: simcord.ChannelHandle, custom_id: str, values: Sequence[str] = ()) -> Any:  # noqa: ANN401 (simcord's record of the message)
        """Put a message of the bot into a channel, with a button or (with values) a menu under it."""
        part: dict[str, Any] = {
            "type": ComponentType.BUTTON,
            "style": 2,
            "label": "x",
            "custom_id": custom_id,
        }
        if values:
            options = [{"label": value[:100], "value": value} for value in values]
            part = {"type": ComponentType.STRING_SELECT, "custom_id": custom_id, "options": options}
        env = self.world.env
        rows = [{"type": ComponentType.ACTION_ROW, "components": [part]}]
        return env.backend.create_message(channel.id, env.backend.bot_user.id, "…", components=rows)

    async def press(self, person: Person, custom_id: str, *values: str) -> Answer:
        """Press a button, or pick from a menu, with any custom_id."""
        actor, channel = self._actor(person, pressing=True), self.channel(person, pressing=True)
        stored = self.posted(channel, custom_id, values)
        message = simcord.ResponseMessage(self.world.env, stored)
        if values:
            return Answer(self.world.env, await actor.select(message, values[:1], custom_id=custom_id))
        return Answer(self.world.env, await actor.click(message, custom_id=custom_id))

    async def send_form(self, person: Person, custom_id: str, **typed: str) -> Answer:
        """Send a form with any custom_id."""
        actor, channel = self._actor(person, pressing=True), self.channel(person, pressing=True)
        inputs = [
            {"type": 18, "component": {"type": 4, "custom_id": name, "value": text}}
            for name, text in typed.items()
        ]
        data = {"custom_id": custom_id, "components": inputs}
        return await self._sent(actor, channel, InteractionType.MODAL_SUBMIT, data)

    def close_forms(self) -> None:
        """Forget forms that were opened and not sent: the simulator looks through all of them whenever it rests."""
        self.world.bot._connection._view_store._modals.clear()

    async def _sent(
        self, actor: Actor, channel: simcord.ChannelHandle, kind: InteractionType, data: dict[str, Any]
    ) -> Answer:
        result = await actors._dispatch_actor_interaction(actor, kind, channel, data)
        return Answer(self.world.env, result)

    def kept(self) -> list[Any]:
        """All that stands in the database; read anew only when somebody has written to it."""
        (version,) = self.database.execute("pragma data_version").fetchone()
        if version != self._version:
            tables = [
                name
                for (name,) in self.database.execute("select name from sqlite_master where type = 'table'")
            ]
            self._read = [
                (name, self.database.execute(f"select * from {name} order by 1").fetchall())
                for name in tables
            ]
            self._version = version
        return self._read


async def gather(world: World, database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> People:
    """Let everybody come, and put into the catalogs what they may change."""
    env, guild = world.env, world.mia.guild
    role = guild.create_role("Keepers")
    managing = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    elsewhere = env.create_guild("Elsewhere")
    theirs = elsewhere.create_role("Managers", permissions=discord.Permissions(manage_guild=True))

    def member(name: str, *roles: simcord.RoleHandle) -> simcord.MemberActor:
        return guild.add_member(env.create_user(name), roles=roles)

    neighbour, brought = member("nat"), member("bo", managing)
    elsewhere.add_member(neighbour.user, roles=[theirs])
    people = People(
        world,
        database,
        elsewhere.create_text_channel("tools"),
        role,
        {
            Person.OWNER: simcord.MemberActor(env, guild, guild.owner),
            Person.MANAGER: member("max", managing),
            Person.MODERATOR: member("mo", role),
            Person.MEMBER: world.mia,
            Person.CURATOR: member("cora"),
            Person.NEIGHBOUR: neighbour,
            Person.ALONE: member("al", role).user,
            Person.BROUGHT: brought,
        },
        {brought.id},
    )
    world.bot.curators = frozenset({people.actors[Person.CURATOR].id})
    await env.settle()
    usual = interactions.base_payload

    def payload(*args: Any, **named: Any) -> tuple[Interaction, dict[str, Any]]:  # noqa: ANN401 (passed on)
        record, made = usual(*args, **named)
        user_id, guild_id = named["user_id"], named["guild_id"]
        brings = user_id in people.brought
        made["authorizing_integration_owners"] = {"1": str(user_id)} if brings else {"0": str(guild_id or 0)}
        return record, made

    monkeypatch.setattr(interactions, "base_payload", payload)
    await world.catalog.preferences.moderate(guild.id, Moderation(roles=(role.id,), daily_limit=100))
    await _furnish(world, people.home)
    return people


async def _furnish(world: World, home: Scope) -> None:
    """Give the server a tool of its own, one that it removed, and a copy that the shared tool has moved away from."""
    shared = world.catalog.get("vllm")
    copy = shared.model_copy(
        update={"name": "House Server", "aliases": ("housevllm",), "summary": "Ours alone."}
    )
    await world.put(copy, OWN, GONE, guild=world.mia.guild)
    await world.put(
        shared.model_copy(update={"summary": "Everybody's."}),
        GONE.model_copy(update={"name": "Lostbird", "slug": "lostbird"}),
    )
    author = Author(name="test", reason="test")
    for slug, scope in (("gonebird", home), ("lostbird", Scope())):
        async with world.catalog.writing(author, scope) as writer:
            await writer.remove(slug)
