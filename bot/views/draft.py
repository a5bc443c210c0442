"""The buttons and menus under a draft's preview."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot import limits
from bot.replies import Refusal
from bot.views.persistent import Persistent
from catalog.desk import chosen
from catalog.drafts import Purpose
from catalog.editing.fields import Section
from catalog.editing.threeway import Side

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import Matchbook
    from catalog.desk import Preview
    from catalog.drafts import Draft
    from catalog.editing.threeway import Conflict
    from catalog.storage.drafts import Unfinished

#: A draft's key, as `secrets.token_urlsafe(12)` makes it.
KEY: Final = r"(?P<key>[\w-]{16})"
#: What was picked can't be read: the bot offers it no more, or never did.
_OUTDATED: Final = "This menu is out of date; press Edit again or begin anew."
#: How many conflicts can be decided at a time; the next ones come up as these are.
_CONFLICTS: Final = 3
_SIDES: Final = {
    Purpose.REBASE: {Side.MINE: "The shared tool's", Side.THEIRS: "This server's"},
}
_USUAL: Final = {Side.MINE: "Yours", Side.THEIRS: "Theirs"}
#: Where a moderator settles what a member proposed.
_PROPOSED: Final = {Side.MINE: "Proposed", Side.THEIRS: "In the catalog"}


#: What a draft is called before its tool has a name.
UNNAMED: Final = "New tool"


def digest(place: str) -> str:
    """Name a place in an option of a menu, however long its own name."""
    return blake2b(place.encode(), digest_size=9).hexdigest()


class Press(Persistent[ui.Button[Any]], template=rf"draft:(?P<act>save|again|drop):{KEY}"):
    """Saves a draft, opens its form again, or drops it."""

    def __init__(self, act: str, key: str, label: str, *, disabled: bool = False) -> None:
        style = {"save": discord.ButtonStyle.success, "drop": discord.ButtonStyle.danger}
        super().__init__(
            ui.Button(
                label=label,
                style=style.get(act, discord.ButtonStyle.secondary),
                custom_id=f"draft:{act}:{key}",
                disabled=disabled,
                row=4,
            )
        )
        self.does, self.key = act, key

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from what Discord sends back."""
        assert isinstance(item, ui.Button)
        return cls(match["act"], match["key"], item.label or "")

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Do what the button says."""
        drafting = interaction.client.drafting
        do = {"save": drafting.save, "again": drafting.again, "drop": drafting.discard}[self.does]
        await do(interaction, self.key)


class Sections(Persistent[ui.Select[Any]], template=rf"draft:section:{KEY}"):
    """A menu that opens the form of another section of the same draft."""

    def __init__(self, key: str) -> None:
        options = [
            discord.SelectOption(label=section.label, value=section.value)
            for section in Section
            if section is not Section.CAPABILITY
        ]
        super().__init__(
            ui.Select(
                custom_id=f"draft:section:{key}", options=options, placeholder="Edit more of it…", row=3
            )
        )
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the menu from what Discord sends back."""
        return cls(match["key"])

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Open the form."""
        section = self.item.values[0]
        if section not in {*Section}:
            raise Refusal(_OUTDATED)
        await interaction.client.drafting.again(interaction, self.key, Section(section))


class Drafts(Persistent[ui.Select[Any]], template=r"drafts"):
    """A menu of somebody's unfinished drafts; the one that is picked is shown again."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(ui.Select(custom_id="drafts", options=options, placeholder="Go on with…"))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], __: re.Match[str], /
    ) -> Self:
        """Rebuild the menu from what Discord sends back."""
        assert isinstance(item, ui.Select)
        return cls(item.options)

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Show the draft."""
        await interaction.client.drafting.resume(interaction, self.item.values[0])


class Choice(Persistent[ui.Select[Any]], template=rf"draft:choose(?P<row>\d):{KEY}"):
    """A menu that settles a conflict: each of its two options shows the value that it keeps."""

    def __init__(self, key: str, row: int, options: list[discord.SelectOption], placeholder: str) -> None:
        super().__init__(
            ui.Select(
                custom_id=f"draft:choose{row}:{key}",
                options=options,
                placeholder=limits.clip(placeholder, limits.PLACEHOLDER),
                row=row,
            )
        )
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the menu from what Discord sends back."""
        assert isinstance(item, ui.Select)
        return cls(match["key"], int(match["row"]), item.options, item.placeholder or "")

    async def act(self, interaction: discord.Interaction[Matchbook]) -> None:
        """Keep the side that was chosen."""
        side, _, place = self.item.values[0].partition(" ")
        if side not in {*Side}:
            raise Refusal(_OUTDATED)
        await interaction.client.drafting.chose(interaction, self.key, Side(side), place)


def menu(found: Sequence[Unfinished]) -> ui.View:
    """Lay out somebody's drafts."""
    options = [
        discord.SelectOption(
            label=limits.clip(one.title or UNNAMED, limits.OPTION_LABEL),
            description=f"since {one.made_at[:10]}, {one.made_at[11:16]} UTC",
            value=one.key,
        )
        for one in found[: limits.SELECT_OPTIONS]
    ]
    view = ui.View(timeout=None)
    view.add_item(Drafts(options))
    return view


def buttons(draft: Draft, preview: Preview | None = None) -> ui.View:
    """Lay out what can be done with a draft: without a preview, its form has to be mended first."""
    view = ui.View(timeout=None)
    conflicts = preview.conflicts if preview else ()
    for row, (slug, conflict) in enumerate(conflicts[:_CONFLICTS]):
        options = _sides(draft, chosen(slug, conflict.place), conflict)
        view.add_item(Choice(draft.key, row, options, f"{conflict.label}: whose version?"))
    if draft.section and draft.section != Section.CAPABILITY and preview:
        view.add_item(Sections(draft.key))
    if preview:
        label = "Send proposal" if draft.purpose is Purpose.PROPOSE else "Save"
        # Who keeps all of a copy as it is has still settled what the shared tool brought.
        # Nor is it nothing to approve what came true meanwhile.
        idle = preview.is_empty and draft.purpose is not Purpose.REBASE and not _came_true(draft)
        view.add_item(Press("save", draft.key, label, disabled=bool(conflicts) or idle))
    if draft.section:
        view.add_item(Press("again", draft.key, "Edit again"))
    view.add_item(Press("drop", draft.key, "Discard"))
    return view


def _came_true(draft: Draft) -> bool:
    """Say whether a draft approves a proposal that wanted something: if nothing differs, it is so by now."""
    wanted = draft.change.edits if draft.proposal and draft.change else ()
    return any(edit.before != edit.after for edit in wanted)


def _sides(draft: Draft, place: str, conflict: Conflict) -> list[discord.SelectOption]:
    names = _PROPOSED if draft.proposal else _SIDES.get(draft.purpose, _USUAL)
    return [
        discord.SelectOption(
            label=limits.clip(f"{names[side]}: {value or 'nothing'}", limits.OPTION_LABEL),
            description=limits.clip(f"Keep it for {conflict.label}", limits.OPTION_DESCRIPTION),
            value=f"{side} {digest(place)}",
        )
        for side, value in ((Side.MINE, conflict.mine), (Side.THEIRS, conflict.theirs))
    ]
