"""A server's review channel, and what comes into it: members' proposals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catalog.editing.sentences import sentences
from tests.commands.workbench import Workbench, text
from tests.conftest import Shown

if TYPE_CHECKING:
    import simcord

    from catalog.proposals import Proposal
    from tests.conftest import World


@dataclass
class ReviewRoom:
    """Ada and bob decide in a channel on what mia and leo propose."""

    bench: Workbench
    channel: simcord.ChannelHandle

    @classmethod
    async def of(cls, world: World, *, chosen: bool = True) -> ReviewRoom:
        """Open the room; `chosen`: as this server's review channel."""
        bench = await Workbench.of(world)
        channel = world.mia.guild.create_text_channel("review")
        await world.env.settle()
        room = cls(bench, channel)
        if chosen:
            await room.settle("review", channel=channel)
        return room

    @property
    def world(self) -> World:
        """The bot and the people."""
        return self.bench.world

    async def settle(self, command: str, **options: Any) -> Shown:  # noqa: ANN401 (as simcord takes them)
        """Let ada change a setting."""
        result = await self.bench.ada.slash(self.world.channel, f"settings {command}", **options)
        return Shown(self.world.env, result.response)

    async def suggest(
        self,
        name: str,
        *,
        who: simcord.MemberActor | None = None,
        options: dict[str, Any] | None = None,
        **values: str | list[str],
    ) -> Shown:
        """Let somebody (mia) suggest a missing tool and send it."""
        actor = who or self.world.mia
        form = await actor.slash(self.world.channel, "suggest tool", name=name, **(options or {}))
        return await self._sent(form, actor, values)

    async def change(
        self,
        section: str = "basics",
        *,
        who: simcord.MemberActor | None = None,
        options: dict[str, Any] | None = None,
        **values: str | list[str],
    ) -> Shown:
        """Let somebody (mia) suggest a change of vLLM and send it."""
        actor = who or self.world.mia
        form = await actor.slash(
            self.world.channel, "suggest change", name="vllm", section=section, **(options or {})
        )
        return await self._sent(form, actor, values)

    async def _sent(
        self, form: simcord.InteractionResult, actor: simcord.MemberActor, values: dict[str, Any]
    ) -> Shown:
        if form.modal is None:
            return self.world.answered(form)
        shown = await self.bench.send(form, who=actor, **values)
        return await self.bench.press(shown, "Send proposal", who=actor)

    async def dispute(
        self,
        note: str = "It isn't so.",
        *,
        who: simcord.MemberActor | None = None,
        said: str | None = None,
        options: dict[str, Any] | None = None,
        **values: str | list[str],
    ) -> Shown:
        """Let somebody (mia) dispute a sentence of vLLM, its summary if no other is named."""
        actor = who or self.world.mia
        sentence = said or next(sentences(self.world.catalog.get("vllm"))).text
        form = await actor.slash(
            self.world.channel, "suggest dispute", name="vllm", sentence=sentence, **(options or {})
        )
        if form.modal is None:
            return self.world.answered(form)
        return await self.bench.send(form, who=actor, note=note, **values)

    def board(self, number: int = 1) -> Shown:
        """Give a proposal's message in the channel."""
        for message in self.channel.history():
            shown = Shown(self.world.env, message)
            if shown.message.embeds and shown.title.startswith(f"Proposal {number}:"):
                return shown
        raise AssertionError(self.world.env.transcript())

    async def note(
        self,
        label: str,
        note: str = "",
        *,
        shown: Shown | None = None,
        who: simcord.MemberActor | None = None,
    ) -> Shown:
        """Let somebody (ada) press a button of the proposal's message that asks for a note, and write it."""
        actor = who or self.bench.ada
        form = await self.world.press(shown or self.board(), label, who=actor)
        if form.modal is None:
            return self.world.answered(form)
        return self.world.answered(await actor.submit_modal(form, {"note": note}))

    async def approve(
        self, shown: Shown | None = None, *, number: int = 1, who: simcord.MemberActor | None = None
    ) -> Shown:
        """Let somebody (ada) press Approve under a proposal's message and save what they are shown."""
        preview = await self.bench.press(shown or self.board(number), "Approve", who=who)
        return await self.bench.press(preview, "Save", who=who)

    async def proposal(self, number: int = 1) -> Proposal:
        """Give a proposal as it is kept."""
        found = await self.world.catalog.storage.proposals.get(number)
        assert found
        return found

    def heard(self, who: simcord.MemberActor) -> list[str]:
        """Give what the bot wrote to somebody, each message as text, oldest first."""
        if who.id not in self.world.env.backend.dm_channels:
            return []
        messages = sorted(who.user.dm_channel.history(), key=lambda one: one.id)
        return [text(Shown(self.world.env, one)) for one in messages if one.embeds]

    def letter(self, who: simcord.MemberActor) -> Shown:
        """Give the last message to somebody."""
        return Shown(self.world.env, who.user.dm_channel.last_message)
