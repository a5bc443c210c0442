"""The people who keep a catalog true, at work in the simulated Discord."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    import simcord

    from catalog.models import Tool
    from tests.conftest import Shown, World

#: Discord knows no indented code and no HTML.
_MARKDOWN = MarkdownIt("commonmark").disable(["code", "html_block", "html_inline", "entity", "lheading"])


@dataclass
class Workbench:
    """Ada and bob moderate the server that mia is in, zoe another one, and cora curates the shared catalog."""

    world: World
    ada: simcord.MemberActor
    bob: simcord.MemberActor
    cora: simcord.MemberActor
    zoe: simcord.MemberActor
    abroad: simcord.ChannelHandle

    @classmethod
    async def of(cls, world: World) -> Workbench:
        """Bring them into a world."""
        home, elsewhere = world.mia.guild, world.env.create_guild("Elsewhere")
        manage = discord.Permissions(manage_guild=True)
        abroad = elsewhere.create_text_channel("tools")
        managers = [guild.create_role("Managers", permissions=manage) for guild in (home, elsewhere)]
        ada, bob = (
            home.add_member(world.env.create_user(name), roles=[managers[0]]) for name in ("ada", "bob")
        )
        cora = home.add_member(world.env.create_user("cora"))
        zoe = elsewhere.add_member(world.env.create_user("zoe"), roles=[managers[1]])
        bench = cls(world, ada, bob, cora, zoe, abroad)
        bench.appoint()
        await world.env.settle()
        return bench

    def appoint(self) -> None:
        """Let the operator name cora as curator."""
        self.world.bot.curators = frozenset({self.cora.id})

    async def restart(self) -> None:
        """End the bot and start another one in its place."""
        await self.world.restart()
        self.appoint()

    async def form(
        self,
        command: str,
        *,
        who: simcord.MemberActor | None = None,
        **options: Any,  # noqa: ANN401 (of any kind that a command takes)
    ) -> simcord.InteractionResult:
        """Let somebody (ada) use a command, and give all that came of it."""
        actor = who or self.ada
        channel = self.abroad if actor is self.zoe else self.world.channel
        result: simcord.InteractionResult = await actor.slash(channel, f"catalog {command}", **options)
        return result

    async def use(
        self,
        command: str,
        *,
        who: simcord.MemberActor | None = None,
        **options: Any,  # noqa: ANN401 (of any kind that a command takes)
    ) -> Shown:
        """Let somebody (ada) use a command, and give what they are shown."""
        return self.world.answered(await self.form(command, who=who, **options))

    async def send(
        self,
        form: simcord.InteractionResult,
        *,
        who: simcord.MemberActor | None = None,
        **values: Any,  # noqa: ANN401 (a text, or the options that are picked)
    ) -> Shown:
        """Let somebody (ada) send a form back with some values instead of those that are filled in."""
        sent = await (who or self.ada).submit_modal(form, kept(form) | values)
        return self.world.answered(sent)

    async def press(self, shown: Shown, label: str, *, who: simcord.MemberActor | None = None) -> Shown:
        """Let somebody (ada) press a button, and give what they are shown."""
        return self.world.answered(await self.world.press(shown, label, who=who or self.ada))

    async def saved(self, shown: Shown, *, who: simcord.MemberActor | None = None) -> Shown:
        """Let somebody (ada) save what they are shown a preview of."""
        said = await self.press(shown, "Save", who=who)
        assert "Saved as change" in text(said), text(said)
        return said

    async def undone(self, shown: Shown, *, who: simcord.MemberActor | None = None) -> Shown:
        """Let somebody (ada) undo what they are shown as saved."""
        return await self.saved(await self.press(shown, "Undo", who=who), who=who)

    async def choose(
        self, shown: Shown, side: str, *, who: simcord.MemberActor | None = None, row: int = 0
    ) -> None:
        """Let somebody (ada) take a side in the conflict of a row."""
        menus = [part for part in shown.parts if part.get("custom_id", "").startswith(f"draft:choose{row}")]
        values = [str(one["value"]) for one in menus[0]["options"] if one["label"].startswith(side)]
        await (who or self.ada).select(shown.message, values, custom_id=menus[0]["custom_id"])

    def here(self, slug: str) -> Tool | None:
        """Give a tool as the server of ada and bob sees it."""
        return self.world.catalog.view(self.ada.guild.id).among([slug]).get(slug)

    def there(self, slug: str) -> Tool | None:
        """Give it as zoe's server sees it."""
        return self.world.catalog.view(self.zoe.guild.id).among([slug]).get(slug)

    def shared(self, slug: str) -> Tool | None:
        """Give the shared tool."""
        return self.world.catalog.view().among([slug]).get(slug)


def kept(form: simcord.InteractionResult) -> dict[str, Any]:
    """Give what a form is filled in with, as Discord sends it back untouched."""
    assert form.modal is not None
    values: dict[str, Any] = {}
    for label in form.modal["components"]:
        part = label["component"]
        if "options" in part:
            values[part["custom_id"]] = [
                option["value"] for option in part["options"] if option.get("default")
            ]
        else:
            values[part["custom_id"]] = part.get("value") or ""
    return values


def text(shown: Shown) -> str:
    """Give all that can be read in the embeds of a message."""
    parts: list[str] = []
    for embed in shown.message.embeds:
        parts += [embed.title or "", embed.description or "", embed.footer.text or ""]
        parts += [part for field in embed.fields for part in (field.name or "", field.value or "")]
    return "\n".join(parts)


def links(shown: Shown) -> list[str]:
    """Give where the links of a message lead, bare addresses included."""
    read = text(shown)
    tokens = [token for block in _MARKDOWN.parse(read) for token in block.children or []]
    targets = [str(token.attrs["href"]) for token in tokens if "href" in token.attrs]
    return targets + re.findall(r"(?<!\]\()\bhttps?://\S+", read)


def can_save(shown: Shown) -> bool:
    """Say whether a preview can be saved."""
    return "Save" in shown.buttons and not shown.buttons["Save"].get("disabled")
