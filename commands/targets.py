"""Options that say what of the catalog a command changes: a tool, one of its capabilities, a tool that was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import discord
from discord import app_commands

from bot import limits
from bot.replies import Refusal
from bot.standing import visible
from catalog.claims import heading
from catalog.editing.sentences import sentences
from catalog.merging import capability_key
from catalog.metrics import METRICS
from catalog.models import Signal, Tool
from catalog.names import name_key
from catalog.text import clean_line, slugify
from commands.options import ToolNames

if TYPE_CHECKING:
    from bot.client import Matchbook
    from catalog.revision import Scope
    from catalog.view import View


#: Removed tools that are looked through, and how many are offered beside a full list of those that are there.
_REMOVED: Final = 100
_BESIDE: Final = 5


def _scope(interaction: discord.Interaction[Any]) -> Scope:
    """Give whose catalog a command is about, as far as its options are filled in."""
    return visible(interaction, shared=bool(getattr(interaction.namespace, "shared", False)))


def _view(interaction: discord.Interaction[Any]) -> View:
    bot: Matchbook = interaction.client
    return bot.catalog.view(_scope(interaction).guild_id)


def _only(view: View, typed: str) -> Tool:
    """Give the one tool that a name means; a change is no place for guessing."""
    read = view.resolve(typed)
    if read.tool is None:
        near = ", ".join(candidate.name for candidate in read.candidates[:3])
        hint = f"Did you mean {near}? Type its whole name." if near else "Pick one that autocomplete offers."
        raise Refusal(f"“{limits.clip(typed, limits.CHOICE_NAME)}” isn't clearly one tool. {hint}")
    return view.get(read.tool.slug)


async def _removed(
    interaction: discord.Interaction[Matchbook], value: str, label: str
) -> list[app_commands.Choice[str]]:
    """Offer what was removed and fits what is typed so far, the last one first, each with a label."""
    removed = await interaction.client.catalog.storage.removed(_scope(interaction), _REMOVED)
    typed = value.strip().casefold()
    names = [(one.before.name if one.before else one.slug, one.slug) for one in removed]
    return [
        app_commands.Choice(name=limits.clip(label.format(name), limits.CHOICE_NAME), value=slug)
        for name, slug in names
        if typed in name.casefold()
    ][: limits.CHOICES]


class EditedTools(ToolNames):
    """A tool to be changed, as the catalog that the command is about has it."""

    async def transform(  # type: ignore[override]  # it arrives as the tool itself
        self, interaction: discord.Interaction[Any], value: str, /
    ) -> Tool:
        """Read the name; Refusal where it isn't clearly one tool."""
        return _only(_view(interaction), value)

    def view(self, interaction: discord.Interaction[Matchbook]) -> View:
        """Give the view that names are offered from."""
        return _view(interaction)


#: An option of this type is a tool to be changed.
EditedTool: TypeAlias = app_commands.Transform[Tool, EditedTools]


def _target(interaction: discord.Interaction[Any]) -> Tool | None:
    """Give the tool that the option `name` means so far, for the autocomplete of another option."""
    typed = getattr(interaction.namespace, "name", None)
    view = _view(interaction)
    read = view.resolve(typed) if isinstance(typed, str) and typed else None
    return view.get(read.tool.slug) if read and read.tool else None


class Places(app_commands.Transformer):
    """One of a tool's capabilities, by its title or its number; it arrives as its place, from 0."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> int:
        """Find the capability; Refusal where there is none."""
        tool = _target(interaction)
        if tool is None:
            raise Refusal("Pick the tool first; its capabilities are offered then.")
        wanted = value.strip().casefold()
        for place, capability in enumerate(tool.capabilities):
            if wanted in {heading(capability).casefold(), capability_key(capability), f"#{place + 1}"}:
                return place
        raise Refusal(
            f"{tool.name} has no capability “{limits.clip(value, limits.CHOICE_NAME)}”. Pick one that autocomplete "
            "offers, or write its number, such as #1."
        )

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer the capabilities of the tool named so far."""
        tool = _target(interaction)
        typed = value.strip().casefold()
        offers = [
            (f"#{place + 1}", f"#{place + 1} {heading(capability)}")
            for place, capability in enumerate(tool.capabilities if tool else ())
        ]
        return [
            app_commands.Choice(name=limits.clip(label, limits.CHOICE_NAME), value=number)
            for number, label in offers
            if typed in label.casefold()
        ][: limits.CHOICES]


#: An option of this type is a capability of the tool in the option `name`.
CapabilityPlace: TypeAlias = app_commands.Transform[int, Places]


class Signals(app_commands.Transformer):
    """One of a tool's figures, by its number."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> Signal:
        """Find the figure; Refusal where there is none."""
        tool = _target(interaction)
        known = {f"#{place}": signal for place, signal in enumerate(tool.signals if tool else (), 1)}
        found = known.get(value.strip().partition(" ")[0])
        if found is None:
            raise Refusal("It has no such figure. Pick one that autocomplete offers, or write its number.")
        return found

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer the figures of the tool named so far."""
        tool = _target(interaction)
        typed = value.strip().casefold()
        offers = [
            (f"#{place}", f"#{place} {one.metric} {one.value:,g} ({one.source}, {one.observed_on})")
            for place, one in enumerate(tool.signals if tool else (), 1)
        ]
        return [
            app_commands.Choice(name=limits.clip(label, limits.CHOICE_NAME), value=number)
            for number, label in offers
            if typed in label.casefold()
        ][: limits.CHOICES]


#: An option of this type is a figure of the tool in the option `name`.
KnownSignal: TypeAlias = app_commands.Transform[Signal, Signals]


class Aliases(app_commands.Transformer):
    """One of a tool's aliases."""

    async def transform(self, _: discord.Interaction[Any], value: str, /) -> str:
        """Take it as it was typed; whether the tool has it is for the edit to say."""
        return value

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer the aliases of the tool named so far."""
        tool = _target(interaction)
        typed = value.strip().casefold()
        aliases = [alias for alias in (tool.aliases if tool else ()) if typed in alias.casefold()]
        return [app_commands.Choice(name=alias, value=alias) for alias in aliases[: limits.CHOICES]]


#: An option of this type is an alias of the tool in the option `name`.
KnownAlias: TypeAlias = app_commands.Transform[str, Aliases]


class HistoricTools(EditedTools):
    """A tool that has a history, of which nothing else may be left; it arrives as its slug."""

    async def transform(  # type: ignore[override]  # it arrives as a slug
        self, interaction: discord.Interaction[Any], value: str, /
    ) -> str:
        """Read the name: a slug of which something was changed, the name of what is there, or of what was removed."""
        view, scope = _view(interaction), _scope(interaction)
        storage = interaction.client.catalog.storage
        slug, key = slugify(value), name_key(value)
        if value == slug and await storage.history(slug, scope, limit=1):
            return slug
        read = view.resolve(value)
        near = view.get(read.tool.slug) if read.tool else None
        if near and key in map(name_key, near.names):
            return near.slug
        gone = await storage.removed(scope, _REMOVED)
        named = (one.slug for one in gone if one.before and name_key(one.before.name) == key)
        # What only resembles a name comes last, and what nobody knows stands for itself.
        return next(named, near.slug if near else slug)

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer what is there, and what was removed."""
        gone = await _removed(interaction, value, "{} (removed)")
        there = await super().autocomplete(interaction, value)
        return [*there[: limits.CHOICES - min(len(gone), _BESIDE)], *gone][: limits.CHOICES]


#: An option of this type is the slug of a tool, be it there or gone.
HistoricTool: TypeAlias = app_commands.Transform[str, HistoricTools]


class Sentences(app_commands.Transformer):
    """A sentence that is said of the tool in the option `name`; it arrives as its key."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> str:
        """Find the sentence, by its key or as it stands; Refusal where it isn't said."""
        tool = _target(interaction)
        said = list(sentences(tool)) if tool else []
        found = next((one for one in said if value.strip() in {one.key, one.text}), None)
        if found is None:
            raise Refusal("That sentence isn't said of it. Pick one that autocomplete offers.")
        return found.key

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer the sentences that hold what is typed so far."""
        tool = _target(interaction)
        typed = value.strip().casefold()
        said = [one for one in sentences(tool) if typed in one.text.casefold()] if tool else []
        return [
            app_commands.Choice(name=limits.clip(one.text, limits.CHOICE_NAME), value=one.key)
            for one in said[: limits.CHOICES]
        ]


#: An option of this type is the key of a sentence.
SentenceKey: TypeAlias = app_commands.Transform[str, Sentences]


class RemovedTools(app_commands.Transformer):
    """A tool that was removed; it arrives as its slug."""

    async def transform(self, _: discord.Interaction[Any], value: str, /) -> str:
        """Take the slug that autocomplete filled in; whether such a tool was removed is for the edit to say."""
        return clean_line(value)[: limits.CHOICE_NAME]

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer what was removed, the last one first."""
        return await _removed(interaction, value, "{}")


#: An option of this type is a removed tool's slug.
RemovedTool: TypeAlias = app_commands.Transform[str, RemovedTools]


class ChangeNumbers(app_commands.Transformer):
    """The number of a change."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Discord takes nothing but a whole number for it."""
        return discord.AppCommandOptionType.integer

    @property
    def min_value(self) -> int:
        """Changes count from 1."""
        return 1

    async def transform(self, _: discord.Interaction[Any], value: int, /) -> int:
        """Take the number; whether there is such a change is for the undoing to say."""
        return value

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, interaction: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[int]]:
        """Offer the last changes."""
        recent = await interaction.client.catalog.storage.recent(_scope(interaction), 100)
        typed = str(value).strip()
        offers = {
            one.change: limits.clip(f"{one.change}: {one.reason} ({one.actor})", limits.CHOICE_NAME)
            for one in recent
        }
        return [
            app_commands.Choice(name=label, value=number)
            for number, label in offers.items()
            if typed.casefold() in label.casefold()
        ][: limits.CHOICES]


#: An option of this type is the number of a change.
ChangeNumber: TypeAlias = app_commands.Transform[int, ChangeNumbers]


class Metrics(app_commands.Transformer):
    """What a figure measures."""

    async def transform(self, _: discord.Interaction[Any], value: str, /) -> str:
        """Take the metric's name; whether it is one is for the document's rules to say."""
        return value.strip()

    async def autocomplete(  # type: ignore[override]  # the base class allows any kind of choice
        self, _: discord.Interaction[Matchbook], value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Offer the metrics that count in ranks."""
        typed = value.strip().casefold()
        return [
            app_commands.Choice(name=limits.clip(f"{metric.label} ({name})", limits.CHOICE_NAME), value=name)
            for name, metric in METRICS.items()
            if typed in f"{name} {metric.label}".casefold()
        ][: limits.CHOICES]


#: An option of this type is the name of a metric.
MetricName: TypeAlias = app_commands.Transform[str, Metrics]
