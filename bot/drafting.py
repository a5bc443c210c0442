"""Editing in the chat: a form or a command makes a draft, its preview is looked at, and only then is it saved.

A draft is kept in the database until it is saved or discarded: what somebody typed outlives a rejected form, another
person's edit in the meantime, and the process. Its buttons carry its key; who presses one is checked anew.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from bot import standing
from bot.embeds import draft as draft_embed
from bot.embeds import tool as tool_embed
from bot.embeds.outlook import YOURS
from bot.replies import Refusal, Reply, acknowledge, amend
from bot.views.draft import UNNAMED, buttons, digest, menu
from bot.views.form import Form
from bot.views.undo import undo
from catalog import changes
from catalog.desk import chosen
from catalog.drafts import Draft, Purpose
from catalog.editing.change import Change, Edit
from catalog.editing.fields import Section, fields
from catalog.editing.form import filled, read
from catalog.editing.operations import made
from catalog.errors import ConflictError, EditError, FormError, StorageError
from catalog.models import Tool
from catalog.moments import moment
from catalog.proposals import NOTE_LIMIT
from catalog.revision import SHARED, Scope
from catalog.text import LINE_LIMIT, PROSE_LIMIT, clean_prose, slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

    import discord

    from bot.client import Matchbook
    from catalog.desk import Preview, Saved
    from catalog.editing.threeway import Side

log = logging.getLogger(__name__)

_GONE: Final = (
    "This draft is no longer there: it was saved or discarded, couldn't be kept, or is older than a week. Begin anew; "
    "`/catalog drafts` lists those that you can go on with."
)
#: Whose words `mine` and `theirs` are, where they aren't yours and somebody else's.
_SIDES: Final = {Purpose.REBASE: ("shared", "this server's")}
_PROPOSED: Final = ("proposed", "in the catalog")
_NOT_YOURS: Final = "Only who began this draft can go on with it."


def new_draft(interaction: discord.Interaction[Matchbook], scope: Scope, **content: object) -> Draft:
    """Begin a draft of whoever is at work; a reason or a note of which nothing can be seen is none."""
    # Letters that are written in one way alone may become more than Discord let somebody type.
    said = {
        name: clean_prose(str(text))[:limit].strip() or None
        for name, limit in (("reason", LINE_LIMIT), ("note", NOTE_LIMIT))
        if (text := content.get(name))
    }
    return Draft.model_validate(
        {"owner_id": interaction.user.id, "scope": scope, "made_at": moment(), **content, **said}
    )


class Drafting:
    """Takes drafts from a form or a command to the catalog, or to those who decide on proposals."""

    def __init__(self, bot: Matchbook) -> None:
        self._bot = bot
        # Drafts that are being written down while their forms are open already, by their keys.
        self._keeping: dict[str, asyncio.Task[None]] = {}

    async def stage(
        self,
        interaction: discord.Interaction[Matchbook],
        draft: Draft,
        *,
        problem: str | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Keep a draft and show what it would come to."""
        await acknowledge(interaction)
        await self._bot.catalog.storage.drafts.put(draft)
        await self._show(interaction, draft, problem=problem, notes=notes)

    async def ask(
        self,
        interaction: discord.Interaction[Matchbook],
        draft: Draft,
        section: Section,
        *,
        place: int | None = None,
    ) -> None:
        """Open the form of a section, filled with what was typed before, or with what the draft says."""
        again = draft.section == section and draft.place == place and draft.typed
        asked = draft.model_copy(
            update={"section": section, "place": place, "typed": draft.typed if again else {}}
        )
        typed = draft.typed if again else filled(_wanted(draft), section, place)
        await self.open(
            interaction, asked, Form(f"draft:{draft.key}", _heading(asked), fields(section), typed)
        )

    async def open(self, interaction: discord.Interaction[Matchbook], draft: Draft, form: Form) -> None:
        """Open a draft's form and keep the draft; Discord waits seconds for a form, the database may take longer."""
        keeping = asyncio.create_task(self._bot.catalog.storage.drafts.put(draft))
        self._keeping[draft.key] = keeping
        try:
            await interaction.response.send_modal(form)
            await keeping
        finally:
            if self._keeping.get(draft.key) is keeping:
                del self._keeping[draft.key]

    async def submitted(
        self, interaction: discord.Interaction[Matchbook], key: str, typed: Mapping[str, str]
    ) -> None:
        """Take what was typed into a draft's form; a form that can't be read is kept, to be mended."""
        draft = await self.mine(interaction, key)
        await acknowledge(interaction)
        if draft.section is None:
            raise Refusal(_GONE)
        try:
            wanted = _filed(draft, read(_wanted(draft), Section(draft.section), typed, draft.place))
            self._is_new(draft, wanted)
        except FormError as error:
            kept = draft.model_copy(update={"typed": _kept(Section(draft.section), typed)})
            await self._bot.catalog.storage.drafts.put(kept)
            await amend(interaction, Reply(draft_embed.refused(error.reasons), buttons(kept)))
            return
        await self.stage(interaction, _with(draft, wanted))

    def _is_new(self, draft: Draft, wanted: Tool) -> None:
        """Refuse to add what is there; somebody else may add the same later, which saving will tell."""
        there = self._bot.catalog.view(draft.scope.guild_id).among([wanted.slug])
        if _adds(draft) and there:
            name = there[wanted.slug].name
            raise FormError({"Name": f"there is a {name} already; edit that one with `/catalog edit`."})

    async def undo(
        self,
        interaction: discord.Interaction[Matchbook],
        scope: Scope,
        change: int,
        reason: str | None = None,
    ) -> None:
        """Stage the undoing of all that was saved together with a revision."""
        await acknowledge(interaction)
        undoing = await changes.undoing(self._bot.catalog, change, scope)
        await self.stage(interaction, new_draft(interaction, scope, change=undoing, reason=reason))

    async def again(
        self, interaction: discord.Interaction[Matchbook], key: str, section: Section | None = None
    ) -> None:
        """Open a draft's form again, or that of another section."""
        draft = await self.mine(interaction, key)
        if draft.section is None:
            raise Refusal(
                "This draft came from a command, not from a form; discard it and use the command again."
            )
        asked = section or Section(draft.section)
        await self.ask(interaction, draft, asked, place=draft.place if section is None else None)

    async def drop(self, draft: Draft) -> None:
        """Drop a draft that is done with; what was saved is saved, whatever becomes of the draft."""
        try:
            await self._bot.catalog.storage.drafts.drop(draft.key)
        except StorageError:
            log.warning("could not drop the draft of a change that was saved", exc_info=True)

    async def unfinished(self, interaction: discord.Interaction[Matchbook]) -> None:
        """List the drafts of whoever asks, as far as they can go on with them where they are."""
        await acknowledge(interaction)
        scopes = {SHARED, standing.proposable(interaction)}
        found = await self._bot.catalog.storage.drafts.of(interaction.user.id, list(scopes))
        await amend(interaction, Reply(draft_embed.unfinished(found), menu(found) if found else None))

    async def resume(self, interaction: discord.Interaction[Matchbook], key: str) -> None:
        """Show a draft again as it was left: its preview, or the form that couldn't be read or wasn't a change yet."""
        draft = await self.mine(interaction, key)
        if draft.section and (draft.typed or draft.change is None):
            await self.again(interaction, key)
            return
        await acknowledge(interaction)
        await self._show(interaction, draft)

    async def chose(
        self, interaction: discord.Interaction[Matchbook], key: str, side: Side, conflict: str
    ) -> None:
        """Take a side in one of a draft's conflicts."""
        draft = await self.mine(interaction, key)
        await acknowledge(interaction)
        preview = await self._preview(draft)
        names = (chosen(slug, one.place) for slug, one in preview.conflicts)
        # One that is no conflict any more needs no choice.
        if place := next((name for name in names if digest(name) == conflict), None):
            draft = draft.model_copy(update={"choices": {**draft.choices, place: side}})
            await self._bot.catalog.storage.drafts.put(draft)
        await self._show(interaction, draft)

    async def discard(self, interaction: discord.Interaction[Matchbook], key: str) -> None:
        """Drop a draft."""
        draft = await self.mine(interaction, key)
        await acknowledge(interaction)
        await self._bot.catalog.storage.drafts.drop(draft.key)
        await amend(interaction, Reply(draft_embed.discarded()))

    async def save(self, interaction: discord.Interaction[Matchbook], key: str) -> None:
        """Write a draft to the catalog; where somebody else changed the same, ask whose version to keep."""
        draft = await self.mine(interaction, key)
        await acknowledge(interaction)
        if draft.purpose is Purpose.PROPOSE:
            await self._bot.reviews.propose(interaction, draft)
            return
        if draft.proposal is not None:
            await self._bot.reviews.approve(interaction, draft.proposal, draft)
            return
        try:
            saved = await self._saved(interaction, draft)
        except ConflictError as error:
            await self._show(interaction, draft, problem=str(error))
            return
        await self.drop(draft)
        await amend(interaction, told(saved, _title(draft)))
        await self._bot.journal.tell(saved, _title(draft))

    async def _saved(self, interaction: discord.Interaction[Matchbook], draft: Draft) -> Saved:
        author = standing.author(interaction, draft.reason or _title(draft))
        if draft.purpose is Purpose.REBASE and draft.slug:
            return await self._bot.desk.settle(draft.slug, draft.scope, author, draft.choices)
        return await self._bot.desk.save(_change(draft), draft.scope, author, draft.choices)

    async def mine(self, interaction: discord.Interaction[Matchbook], key: str) -> Draft:
        """Give a draft to who began it and may still do what it is for; refuse anybody else."""
        if keeping := self._keeping.get(key):
            # Whether that works is told to who opened the form, who is the same.
            await asyncio.wait([keeping])
        draft = await self._bot.catalog.storage.drafts.get(key)
        if draft is None:
            raise Refusal(_GONE)
        if draft.owner_id != interaction.user.id:
            raise Refusal(_NOT_YOURS)
        # Everybody may propose, but only where they are.
        check = standing.present if draft.purpose is Purpose.PROPOSE else standing.allowed
        check(interaction, draft.scope)
        return draft

    async def _preview(self, draft: Draft) -> Preview:
        if draft.purpose is Purpose.REBASE and draft.slug and draft.scope.guild_id:
            return self._bot.desk.rebasing(draft.slug, draft.scope.guild_id, draft.choices)
        replay = draft.purpose is not Purpose.PROPOSE
        if replay:
            # What was asked a moment ago counts too.
            await self._bot.asked.flush(self._bot.catalog.storage)
        return await self._bot.desk.preview(_change(draft), draft.scope, draft.choices, replay=replay)

    async def _show(
        self,
        interaction: discord.Interaction[Matchbook],
        draft: Draft,
        *,
        problem: str | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        preview = await self._preview(draft)
        if draft.purpose is Purpose.REBASE and preview.is_empty:
            notes = (*notes, "Save it so, and the copy counts as brought up to the shared tool.")
        said = draft_embed.preview(
            _title(draft),
            preview,
            shared=draft.scope == SHARED,
            problem=problem,
            notes=notes,
            sides=_PROPOSED if draft.proposal else _SIDES.get(draft.purpose, YOURS),
        )
        await amend(interaction, Reply(said, buttons(draft, preview), card=self._card(draft, preview)))

    def _card(self, draft: Draft, preview: Preview) -> discord.Embed | None:
        """Draw the card of the tool that a draft is about, as members will see it: of a merge, the one that stays."""
        outlook, *others = preview.outlooks
        # An import has no such tool; only of a merge one stays and another one goes.
        if outlook.after is None or (others and all(other.after for other in others)):
            return None
        wanted = {one.slug: one.after for one in preview.outlooks}
        view = self._bot.catalog.view(draft.scope.guild_id).replaced(wanted)
        successor = view.successor(outlook.after)
        return tool_embed.card(outlook.after, view.rank(outlook.slug), successor, "As it will be shown")


def told(saved: Saved, title: str) -> Reply:
    """Say that a change was saved, with a button that takes it back."""
    return Reply(draft_embed.saved(saved, title), undo(saved) if saved.change else None)


def _kept(section: Section, typed: Mapping[str, str]) -> dict[str, str]:
    """Give what is kept of what was typed: all that the form could hold; a forged one may hold anything."""
    names = (field.name for field in fields(section))
    return {name: clean_prose(typed[name][:PROSE_LIMIT])[:PROSE_LIMIT] for name in names if name in typed}


def _wanted(draft: Draft) -> Tool | None:
    return draft.change.edits[0].after if draft.change else None


def _with(draft: Draft, wanted: Tool) -> Draft:
    """Give a draft that wants its tool so, with nothing typed that isn't in it."""
    if draft.change and not _adds(draft):
        first, *rest = draft.change.edits
        change = Change(title=draft.change.title, edits=(first.model_copy(update={"after": wanted}), *rest))
    else:
        edits = (Edit(slug=wanted.slug, before=None, after=wanted),)
        change = Change(title=f"Add {wanted.name}", edits=edits)
    place = draft.place
    if draft.section == Section.CAPABILITY and place is None and wanted.capabilities:
        # The form opens again on the capability that it has added, not to add another one.
        place = len(wanted.capabilities) - 1
    # Whose word to take was asked about what was typed before.
    now = {"change": change, "slug": change.edits[0].slug, "place": place, "typed": {}, "choices": {}}
    return draft.model_copy(update=now)


def _adds(draft: Draft) -> bool:
    """Say whether a draft is of a tool that wasn't there when it was begun."""
    return draft.change is None or draft.change.edits[0].before is None


def _filed(draft: Draft, wanted: Tool) -> Tool:
    """File a tool that isn't there yet under the name that it has by now: the first one may have been mistyped."""
    known = _wanted(draft)
    if not _adds(draft) or known is None or wanted.slug != slugify(known.name):
        return wanted
    return made(Tool, **{name: getattr(wanted, name) for name in wanted.model_fields_set - {"slug"}})


def _change(draft: Draft) -> Change:
    if draft.change is None:
        raise EditError("Nothing was filled in yet; press Edit again.")
    return draft.change


def _title(draft: Draft) -> str:
    return draft.change.title if draft.change else UNNAMED


def _heading(draft: Draft) -> str:
    return f"{_title(draft)}: {Section(draft.section).label}" if draft.section else _title(draft)
