"""Catalogs as files in the chat: taken in from an attachment, or handed out as one."""

from __future__ import annotations

import asyncio
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import discord

from bot.drafting import new_draft
from bot.embeds import transfer as transfer_embed
from bot.replies import Refusal, Reply, acknowledge, amend
from catalog import changes
from catalog.exporting import to_text
from catalog.importers import read_file
from catalog.text import clean_line

if TYPE_CHECKING:
    from bot.client import Matchbook
    from catalog.exporting import ExportFormat
    from catalog.filing import ImportReport
    from catalog.importers import Reading
    from catalog.models import Tool
    from catalog.revision import Scope

#: Most tools that a chat's import may change; more is for the command line, which shows how far it is.
CHANGES_LIMIT: Final = 250
#: Most bytes of an attachment that is read, and most tools in it. A whole catalog that was exported here to be
#: edited elsewhere fits in, for what it says nothing new about isn't counted as changed.
SIZE_LIMIT: Final = 4_000_000
TOOLS_LIMIT: Final = 5_000
#: Most bytes of a file that is handed out: as much as Discord takes from anybody.
_LARGEST: Final = 8_000_000
#: How many rejected lines are told one by one.
_TOLD: Final = 8
#: Most characters of a file's name and of its extension: with four bytes each, no file system refuses them.
_STEM, _EXTENSION = 50, 10


class Transfer:
    """Takes files in and hands them out."""

    def __init__(self, bot: Matchbook) -> None:
        self._bot = bot
        # Reading takes a thread all to itself for seconds if somebody wants it to.
        self._reading = asyncio.Lock()

    async def take_in(
        self,
        interaction: discord.Interaction[Matchbook],
        scope: Scope,
        file: discord.Attachment,
        reason: str | None,
    ) -> None:
        """Show what an attached file would add and change, and what of it can't be read; nothing is saved yet."""
        name = _name(file.filename)
        if file.size > SIZE_LIMIT:
            raise Refusal(
                f"{name} has {file.size:,} bytes; at most {SIZE_LIMIT:,} are read here. Split it, or let the "
                "bot's operator use `matchbook import`."
            )
        await acknowledge(interaction)
        async with self._reading:
            reading = await asyncio.to_thread(_read, name, await file.read())
        change, report = await changes.importing(self._bot.catalog, reading.tools, scope, f"Import {name}")
        notes = _notes(report, reading)
        if change is None:
            await amend(interaction, Reply(transfer_embed.nothing_new(name, notes)))
            return
        if len(change.edits) > CHANGES_LIMIT:
            raise Refusal(
                f"{name} would add or change {len(change.edits):,} tools; at most {CHANGES_LIMIT:,} are taken in "
                "here at a time. Split it, or let the bot's operator use `matchbook import`."
            )
        draft = new_draft(interaction, scope, change=change, reason=reason)
        await self._bot.drafting.stage(interaction, draft, notes=notes)

    async def hand_out(
        self,
        interaction: discord.Interaction[Matchbook],
        scope: Scope,
        tool: Tool | None,
        form: ExportFormat,
    ) -> None:
        """Give the catalog that somebody sees, or one tool of it, as a file."""
        await acknowledge(interaction)
        tools = [tool] if tool else list(self._bot.catalog.view(scope.guild_id).tools)
        text = await asyncio.to_thread(to_text, tools, form)
        content = text.encode()
        if len(content) > _LARGEST:
            raise Refusal(
                f"That file would have {len(content):,} bytes, more than Discord takes. Export one tool, or let the "
                "bot's operator use `matchbook export`."
            )
        name = f"{tool.slug if tool else 'catalog'}.{form}"
        await amend(
            interaction,
            Reply(transfer_embed.handed_out(name, len(tools), form)),
            file=discord.File(BytesIO(content), name),
        )


def _name(filename: str) -> str:
    """Give an attachment's name as a file can bear it: without folders, and clipped, but for its extension."""
    path = Path(clean_line(filename).encode(errors="ignore").decode()).name.strip(".")
    stem, dot, extension = path.rpartition(".")
    if not stem or len(extension) > _EXTENSION:
        stem, dot, extension = path, "", ""
    return f"{stem[:_STEM]}{dot}{extension}" or "attachment"


def _read(name: str, content: bytes) -> Reading:
    # Through a file, as everything else that is imported: its name chooses the format, its bytes are checked.
    with tempfile.TemporaryDirectory(prefix="matchbook-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_file(path, limit=SIZE_LIMIT, most=TOOLS_LIMIT)


def _notes(report: ImportReport, reading: Reading) -> tuple[str, ...]:
    counts = f"{len(report.added)} new, {len(report.changed)} changed, {len(report.unchanged)} known already"
    told = [f"{one.where}: {one.reason}" for one in reading.rejected[:_TOLD]]
    more = len(reading.rejected) - len(told)
    return (
        f"{counts}, {len(reading.rejected)} can't be read",
        *told,
        *([f"and {more} more that can't be read"] if more > 0 else []),
        *(f"{one.where}: {one.reason}" for one in (*reading.warnings, *report.warnings)[:_TOLD]),
    )
