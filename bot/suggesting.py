"""Suggestions from members: a missing tool, a change, or one sentence that isn't so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot import standing
from bot.drafting import new_draft
from bot.embeds import dispute as dispute_embed
from bot.replies import Refusal, Reply, acknowledge, send
from bot.views.dispute import sentences_of
from bot.views.form import Form, text_field
from catalog.drafts import Draft, Purpose
from catalog.editing.change import changed
from catalog.editing.fields import Section
from catalog.editing.sentences import Sentence, reworded, sentences
from catalog.proposals import NOTE_LIMIT, ProposalKind
from catalog.text import LINE_LIMIT, PROSE_LIMIT, clean_prose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import discord

    from bot.client import Matchbook
    from catalog.models import Tool

_GONE: Final = "That sentence isn't shown any more; somebody may have mended it. Look at the tool again."


class Suggesting:
    """Takes what members suggest."""

    def __init__(self, bot: Matchbook) -> None:
        self._bot = bot

    async def tool(
        self,
        interaction: discord.Interaction[Matchbook],
        name: str = "",
        note: str | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Ask for a tool that is missing."""
        draft = await self._draft(interaction, kind=ProposalKind.TOOL, note=_read(note), quiet=quiet)
        typed = {"name": name} if name else {}
        await self._bot.drafting.ask(
            interaction, draft.model_copy(update={"section": Section.BASICS, "typed": typed}), Section.BASICS
        )

    async def change(
        self,
        interaction: discord.Interaction[Matchbook],
        tool: Tool,
        section: Section,
        note: str | None,
        *,
        quiet: bool,
    ) -> None:
        """Open a tool's section, for a change to be proposed."""
        wanted = changed(tool, tool, f"Change {tool.name}")
        draft = await self._draft(interaction, change=wanted, slug=tool.slug, note=_read(note), quiet=quiet)
        await self._bot.drafting.ask(interaction, draft, section)

    async def offer(self, interaction: discord.Interaction[Matchbook], tools: Sequence[Tool]) -> None:
        """Show the sentences of some tools, for one of them to be disputed."""
        await self._bot.reviews.welcome(interaction, standing.proposable(interaction))
        if not tools:
            raise Refusal("No tool of the catalog is shown in that message. Use this on one of my answers.")
        said = [(tool, sentence) for tool in tools for sentence in sentences(tool)]
        await send(interaction, Reply(dispute_embed.offer(tools), sentences_of(said)), private=True)

    async def dispute(
        self,
        interaction: discord.Interaction[Matchbook],
        tool: Tool,
        key: str,
        *,
        quiet: bool = False,
    ) -> None:
        """Ask what is wrong with a sentence."""
        sentence = self._sentence(tool, key)
        draft = await self._draft(
            interaction,
            kind=ProposalKind.DISPUTE,
            slug=tool.slug,
            sentence=sentence.text,
            quiet=quiet,
        )
        form = [
            text_field(
                "note", "What is wrong with it, and how do you know?", limit=NOTE_LIMIT, required=True
            ),
            text_field("wording", "What should it say? (if you know)", limit=_room(tool, sentence)),
        ]
        typed = {"wording": sentence.text}
        await self._bot.drafting.open(
            interaction, draft, Form(f"dispute:{draft.key}", f"Dispute: {tool.name}", form, typed)
        )

    async def disputed(
        self, interaction: discord.Interaction[Matchbook], key: str, typed: Mapping[str, str]
    ) -> None:
        """Put a dispute before those who decide, with the sentence as it should be where that was said."""
        draft = await self._bot.drafting.mine(interaction, key)
        await acknowledge(interaction)
        tool = self._bot.catalog.view(draft.scope.guild_id).get(draft.slug or "")
        note, wording = (_read(typed.get(name)) for name in ("note", "wording"))
        if note is None:
            raise Refusal("Say what is wrong with the sentence; moderators can't tell from nothing.")
        change = None
        if wording and wording != draft.sentence:
            found = next((one for one in sentences(tool) if one.text == draft.sentence), None)
            if found is None:
                raise Refusal(_GONE)
            change = changed(tool, reworded(tool, found, wording), f"Reword a sentence of {tool.name}")
        wanted = draft.model_copy(update={"change": change, "note": note[:NOTE_LIMIT].strip()})
        await self._bot.reviews.propose(interaction, Draft.model_validate(dict(wanted)))

    async def _draft(self, interaction: discord.Interaction[Matchbook], **content: object) -> Draft:
        scope = standing.proposable(interaction)
        await self._bot.reviews.welcome(interaction, scope)
        return new_draft(interaction, scope, purpose=Purpose.PROPOSE, **content)

    @staticmethod
    def _sentence(tool: Tool, key: str) -> Sentence:
        found = next((one for one in sentences(tool) if one.key == key), None)
        if found is None:
            raise Refusal(_GONE)
        return found


def _room(tool: Tool, sentence: Sentence) -> int:
    """Count the characters that another sentence may have in this one's place: a form that is too long is lost."""
    if sentence.place is None:
        return LINE_LIMIT - len(tool.summary or "") + len(sentence.text)
    whole: str = getattr(tool.capabilities[sentence.place], sentence.field)
    return PROSE_LIMIT - len(whole) + len(sentence.text)


def _read(text: str | None) -> str | None:
    """Take what somebody wrote, if anything of it can be seen."""
    return clean_prose(text or "") or None
